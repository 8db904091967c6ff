"""What a reading of a monitoring source notes on its way, so that one that fails can be explained, too."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .charset import Decoded
from .errors import PlantaoError, RemoteError
from .models.reading_report import Asked, Counted, Judged, Sought, SourceReading
from .models.service import ServiceState

if TYPE_CHECKING:
    from .http import Response


class Notes:
    """Notes on one reading. ``timer`` tells seconds."""

    def __init__(
        self, clock: Callable[[], datetime] | None = None, timer: Callable[[], float] = time.perf_counter
    ) -> None:
        """Without a ``clock`` nothing is said of the server's."""
        self._clock = clock
        self._timer = timer
        self._begun = 0.0
        self._asked: list[Asked] = []
        self._sought: dict[tuple[str, str], int] = {}
        self._left_out: Counter[str] = Counter()
        self._judged: Counter[tuple[ServiceState, str]] = Counter()
        self._rows = 0
        self.clock_ahead: timedelta | None = None
        """By how much the server's clock is ahead of ours."""

    def anew(self) -> None:
        """All is read once more: what was found so far no longer counts."""
        self._sought.clear()
        self._left_out.clear()
        self._judged.clear()
        self._rows = 0

    def begin(self) -> None:
        """Something is asked for now."""
        self._begun = self._timer()

    def answered(self, what: str, answer: "Response", decoded: Decoded) -> None:
        """It came over HTTP."""
        self._came(what, answer.url.partition("?")[0], len(answer.body), decoded, answer.status)
        date = answer.date()
        if date is not None and self._clock is not None:
            kept = answer.headers.get("age", "")  # how old it is, where something on the way kept it
            age = timedelta(seconds=int(kept[:9])) if kept.isascii() and kept.isdecimal() else timedelta()
            self.clock_ahead = date + age - self._clock()

    def opened(self, what: str, path: str, size: int, decoded: Decoded) -> None:
        """It came from a file."""
        self._came(what, path, size, decoded, None)

    def refused(self, what: str, address: str, error: PlantaoError) -> None:
        """It did not come."""
        status = error.status if isinstance(error, RemoteError) else None
        seconds = self._timer() - self._begun
        plain = address.partition("?")[0]
        self._asked.append(
            Asked(what=what, address=plain, status=status, seconds=seconds, trouble=error.message)
        )

    def sought(self, name: str, place: str, found: int) -> None:
        """``found`` more were found for a selector or in a column."""
        self._sought[name, place] = self._sought.get((name, place), 0) + found

    def row(self) -> None:
        """One more row was looked at."""
        self._rows += 1

    def left_out(self, why: str) -> None:
        """A row or a cell makes no service of its own."""
        self._left_out[why] += 1

    def judged(self, state: ServiceState, mark: str) -> None:
        """A mark, or the lack of one, decided a state."""
        self._judged[state, mark] += 1

    def reading(self, name: str, kind: str, services: int, error: PlantaoError | None) -> SourceReading:
        """Return what was noted."""
        ranked = sorted(self._judged.items(), key=lambda item: (item[0][0].rank, -item[1], item[0][1]))
        return SourceReading(
            name=name,
            kind=kind,
            asked=tuple(self._asked),
            sought=tuple(Sought(name=n, place=p, found=count) for (n, p), count in self._sought.items()),
            rows=self._rows,
            left_out=tuple(Counted(what=why, count=count) for why, count in self._left_out.most_common()),
            judged=tuple(Judged(state=state, mark=mark, count=count) for (state, mark), count in ranked),
            clock_ahead=self.clock_ahead.total_seconds() if self.clock_ahead is not None else None,
            services=services,
            trouble=error.trouble if error is not None else None,
        )

    def _came(self, what: str, address: str, size: int, decoded: Decoded, status: int | None) -> None:
        self._asked.append(
            Asked(
                what=what,
                address=address,
                status=status,
                size=size,
                charset=decoded.charset,
                charset_from=decoded.origin,
                doubt=decoded.doubt,
                seconds=self._timer() - self._begun,
            )
        )
