"""What a new reading makes of what was known: names mapped, clocks allowed for, the missing unknown (R1)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from .service import Service, ServiceState
from .text import fold, is_garbled

CLOCK_TOLERANCE = timedelta(minutes=3)
"""By how much two clocks may differ before it is worth a word."""
KEPT_MISSING = timedelta(days=1)
"""How long a service that no source shows any more stays on the board, unknown."""
_WAS = {ServiceState.FAIL: "estava em falha", ServiceState.OK: "estava ok", ServiceState.UNKNOWN: ""}
_ILLEGIBLE = "nome com caracteres ilegíveis"


class ClientNames:
    """Names of clients as sources write them, mapped to the one that counts, accents and case aside."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names``: as written to as called. ValueError where one is given two clients."""
        self._names: dict[str, str] = {}
        for written, name in names.items():
            if self._names.setdefault(_comparable(written), name) != name:
                raise ValueError(f"dá dois clientes a “{written}”")

    def of(self, written: str) -> str:
        """Return what the client is called."""
        return self._names.get(_comparable(written), written)

    def applied(self, services: Iterable[Service]) -> list[Service]:
        """Return the services under their clients' own names."""
        return [
            item
            if (name := self.of(item.client)) == item.client
            else item.model_copy(update={"client": name})
            for item in services
        ]


def _comparable(name: str) -> str:
    return " ".join(fold(name).split())


def worst_of(services: Iterable[Service]) -> tuple[Service, ...]:
    """Return each service once, in its worst state where it was listed several times."""
    found: dict[str, Service] = {}
    for service in services:
        known = found.get(service.key)
        if known is None or service.state.rank < known.state.rank:
            found[service.key] = service
        elif service.state is known.state and not set(service.sources) <= set(known.sources):
            both = tuple(dict.fromkeys((*known.sources, *service.sources)))
            found[service.key] = known.model_copy(update={"sources": both})
    return tuple(found.values())


def doubted_names(services: Iterable[Service]) -> list[Service]:
    """Return the services, those unknown instead of green whose name came garbled: it may be another's."""
    return [
        item.model_copy(
            update={
                "state": ServiceState.UNKNOWN if item.state is ServiceState.OK else item.state,
                "note": " · ".join(filter(None, (item.note, _ILLEGIBLE))),
            }
        )
        if is_garbled(item.client) or is_garbled(item.service)
        else item
        for item in services
    ]


def by_our_clock(services: Iterable[Service], ahead: timedelta | None, now: datetime) -> list[Service]:
    """Return the services with their checks by our clock, where the source's is ``ahead`` of it by much.

    A check in the future even of that clock was written by yet another one, and stays as it is.
    """
    if ahead is None or abs(ahead) <= CLOCK_TOLERANCE:
        return list(services)
    theirs = now + ahead + CLOCK_TOLERANCE
    return [
        item
        if item.last_check is None or item.last_check > theirs
        else item.model_copy(update={"last_check": item.last_check - ahead, "check_written": item.last_check})
        for item in services
    ]


def not_ahead(found: Iterable[Service], before: Iterable[Service], now: datetime) -> list[Service]:
    """Return ``found`` without checks that lie ahead of ``now``: each counts from when it was first read.

    A page that stopped looking would count as fresh for as long as its clock runs ahead.
    """
    known = {item.key: item for item in before}
    checked = []
    for item in found:
        if item.last_check is not None and item.last_check > now + CLOCK_TOLERANCE:
            written = item.check_written or item.last_check
            previous = known.get(item.key)
            same = previous is not None and previous.check_written == written
            first = previous.last_check if same and previous is not None else now
            item = item.model_copy(update={"last_check": first, "check_written": written})
        checked.append(item)
    return checked


def unread(
    before: Iterable[Service], failed: Collection[str], read: Collection[Service], as_of: datetime | None
) -> list[Service]:
    """Return what ``failed`` sources last said and still counts, to be aged from when it was read.

    That is what none of those that were ``read`` shows, and what was red: another source does not refute it.
    """
    if not failed:
        return []
    shown = {item.key for item in read}
    return [
        item if item.last_check is not None else item.model_copy(update={"last_check": as_of})
        for item in before
        if item.missing_since is None
        and (not item.sources or not set(item.sources).isdisjoint(failed))
        and (item.key not in shown or item.state is ServiceState.FAIL)
    ]


def missing(
    found: Collection[Service], before: Iterable[Service], sources: Collection[str], now: datetime
) -> list[Service]:
    """Return what was there ``before`` and is not ``found``: unknown, for `KEPT_MISSING`, and then no more.

    What came from none of today's ``sources`` was taken out of the settings, and goes at once.
    """
    shown = {item.key for item in found}
    gone = []
    for item in before:
        if item.key in shown or (item.sources and set(item.sources).isdisjoint(sources)):
            continue
        since = item.missing_since or now
        if now - since >= KEPT_MISSING:
            continue
        note = item.note if item.missing_since else " · ".join(filter(None, (_WAS[item.state], item.note)))
        lost = {
            "state": ServiceState.UNKNOWN,
            "missing_since": since,
            "since": since,
            "note": note,
            "overdue": False,
        }
        gone.append(item.model_copy(update=lost))
    return gone
