"""The list of mode 5: its cursor passes over what has no verb."""

from collections.abc import Iterator, Sequence

from .hours_row import HoursRow, RowKind
from .jump_place import Place
from .line_list import LineList

_SILENT = (RowKind.HEAD, RowKind.NOTE)
"""Rows without a verb."""
_SIDEWAYS = ("scroll_left", "scroll_right")
_HEADINGS = (*_SILENT, RowKind.DAY)


class HoursList(LineList[HoursRow]):
    """Headings and sentences are read, and stand under the cursor only where there is nothing else."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing lies to the left or to the right: those keys are the screen's, which has its weeks."""
        return action not in _SIDEWAYS and super().check_action(action, parameters)

    @property
    def is_silent(self) -> bool:
        """Whether no row has a verb."""
        return all(row.kind in _SILENT for row in self.rows)

    def to_first(self) -> None:
        """The first row that is more than a heading."""
        more = next((at for at, row in enumerate(self.rows) if row.kind not in _HEADINGS), 0)
        self.move_to(nearest_verb(self.rows, more, 1))

    def set_rows(self, rows: Sequence[HoursRow]) -> None:
        """As of `LineList`; a row that is gone leaves the cursor to one with a verb."""
        super().set_rows(rows)
        self.move_to(nearest_verb(rows, self.cursor, 1))

    def walk_to(self, index: int) -> None:
        """On in the same direction where the row has no verb; past the last one the rest comes into view."""
        index = max(0, min(index, len(self.rows) - 1))
        way = -1 if index < self.cursor else 1
        place = nearest_verb(self.rows, index, way)
        super().walk_to(place)
        is_last = (place - index) * way < 0
        if is_last and not self.top <= index < self.top + self.line_rows:
            self.jump_to(index)

    def jump_places(self) -> Iterator[Place]:
        """The rows in view that the cursor goes to."""
        for place in super().jump_places():
            if self.rows[self.top + place.at.y].kind not in _SILENT:
                yield place


def nearest_verb(rows: Sequence[HoursRow], index: int, way: int) -> int:
    """The row at ``index``, or the first one with a verb from there on, else back; ``index`` where none has.

    ``way`` is 1 for down and -1 for up.
    """
    down, up = range(index, len(rows)), range(min(index, len(rows) - 1), -1, -1)
    order = (*down, *up) if way > 0 else (*up, *down)
    return next((at for at in order if rows[at].kind not in _SILENT), index)
