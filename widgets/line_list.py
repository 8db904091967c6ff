"""The one list of the product: a cursor over rows of any number, drawn line by line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from textual.geometry import Offset
from textual.message import Message

from .bound import bound
from .cells import Ground, Line, Piece, Tone, wrap
from .jump_place import Place
from .keys import LINES, LIST
from .line_view import LineView

Row = TypeVar("Row")
Key = str | int
"""What tells a row from its neighbours, and finds it again after a refresh."""


MARGIN = 3
"""Cells that a row does not get: cursor mark, blank and position bar."""


class LineList(LineView, Generic[Row]):
    """Rows under a cursor that stays on its row when the rows are replaced.

    ``key`` names a row, ``draw(row, width)`` lays it out in ``width`` cells: those of the list, less
    `MARGIN`. Nothing is done per row until it is seen: 100 rows and 100,000 cost the same.
    """

    BINDINGS = [*bound(LINES), *bound(LIST)]

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row; None where there are no rows."""

        rows: "LineList[object]"
        key: Key | None

        @property
        def control(self) -> "LineList[object]":
            """The list, for ``@on(..., "#id")``."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """Enter on a row."""

        rows: "LineList[object]"
        key: Key

        @property
        def control(self) -> "LineList[object]":
            """The list, for ``@on(..., "#id")``."""
            return self.rows

    def __init__(
        self,
        key: Callable[[Row], Key],
        draw: Callable[[Row, int], Line],
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._key, self._draw = key, draw
        self._rows: Sequence[Row] = ()
        self._positions: dict[Key, int] | None = None
        self._cursor = 0
        self._cursor_key: Key | None = None
        self._reason: tuple[str, ...] = ()
        self._wished: tuple[str, int] | None = None
        self.taken = False
        """Whether the analyst ever sent the cursor somewhere: from then on it is nobody else's."""

    # ── content ──

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows. The cursor stays on its row; if that is gone, on its place in the list.

        So do the rows around it, but for a list that shows its beginning: there it shows what comes on top.
        """
        offset, at_top = self._cursor - self.top, self.top == 0
        before = self._cursor_key
        self._rows, self._positions = rows, None
        self._to_what_was_wished()
        self._cursor = self._find(self._cursor_key, self._cursor)
        self._cursor_key = self._key(rows[self._cursor]) if rows else None
        self.content_changed()
        if self.is_attached and self.line_cells:
            stays = at_top and self._cursor < self.line_rows
            self.jump_to(0 if stays else self._cursor - offset)
            self._reveal()
        if before != self._cursor_key:
            self.post_message(self.Highlighted(self._self, self._cursor_key))

    def explain(self, *reason: str) -> None:
        """What to show where there are no rows: why, and what to do about it. One line each."""
        if reason != self._reason:
            self._reason = reason
            if not self._rows:
                self.content_changed()

    def _find(self, key: Key | None, near: int) -> int:
        if not self._rows or key is None:
            return 0
        if near < len(self._rows) and self._key(self._rows[near]) == key:
            return near
        return self._position(key, min(near, len(self._rows) - 1))

    def _position(self, key: Key, otherwise: int) -> int:
        if self._positions is None:
            self._positions = {self._key(row): index for index, row in enumerate(self._rows)}
        return self._positions.get(key, otherwise)

    # ── cursor ──

    @property
    def cursor(self) -> int:
        """Index of the row under the cursor; 0 where there are none."""
        return self._cursor

    @property
    def cursor_key(self) -> Key | None:
        """What names the row under the cursor; None where there are none."""
        return self._cursor_key

    @property
    def highlighted(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def whereabouts(self) -> tuple[str, int]:
        """Name and index of the row under the cursor, or of the one wished for while there are no rows."""
        if self._wished is not None:
            return self._wished
        return ("" if self._cursor_key is None else str(self._cursor_key)), self._cursor

    def select_key(self, key: Key) -> bool:
        """Put the cursor on the row named ``key``; False, and nothing moves, if it is not there."""
        index = self._position(key, -1)
        if index >= 0:
            self.move_to(index)
        return index >= 0

    def go_back_to(self, name: str, index: int) -> None:
        """Put the cursor on the row whose key reads ``name``, else on row ``index``, once there are rows."""
        self._wished = (name, index)
        self.set_rows(self._rows)

    def _to_what_was_wished(self) -> None:
        if self._wished is None or not self._rows:
            return
        (name, near), self._wished = self._wished, None
        found = (at for at, row in enumerate(self._rows) if str(self._key(row)) == name)
        self._cursor = next(found, min(near, len(self._rows) - 1))
        self._cursor_key = self._key(self._rows[self._cursor])

    def move_to(self, index: int) -> None:
        """Put the cursor on row ``index``, or on the nearest there is."""
        index = max(0, min(index, len(self._rows) - 1))
        if not self._rows or index == self._cursor:
            return
        old, self._cursor = self._cursor, index
        self._cursor_key = self._key(self._rows[index])
        self.refresh_line(old)
        self.refresh_line(index)
        self._reveal()
        self.post_message(self.Highlighted(self._self, self._cursor_key))

    def walk_to(self, index: int) -> None:
        """The same for the analyst, by a key."""
        self.taken = True
        self.move_to(index)

    def _reveal(self) -> None:
        """Scroll by half a screen at the edges: repainting one is dearer than a dozen cursor moves."""
        top, height = self.top, self.line_rows
        if self._cursor < top:
            self.jump_to(min(self._cursor, top - height // 2))
        elif self._cursor >= top + height:
            self.jump_to(max(self._cursor - height + 1, top + height // 2))

    @property
    def _self(self) -> "LineList[object]":
        return self  # type: ignore[return-value]  # messages do not carry the type of the rows

    def jump_places(self) -> Iterator[Place]:
        """The rows in view."""
        for y, index in enumerate(range(self.top, min(self.top + self.line_rows, len(self._rows)))):
            yield Place(Offset(0, y), partial(self.move_to, index))

    # ── drawing ──

    def line_count(self, width: int) -> int:
        """One line for each row, or the reason why there are none."""
        return len(self._rows) or len(self._reason_lines(width))

    def line_at(self, index: int, width: int) -> Line:
        """Cursor mark and the row; one blank before the position bar."""
        if not self._rows:
            return self._reason_lines(width)[index]
        mark = "▌" if index == self._cursor else " "
        return (Piece(mark, Tone.ACCENT), *self._draw(self._rows[index], width - 2))

    def ground_at(self, index: int) -> Ground:
        """The cursor's row stands out, less so while the keys are elsewhere."""
        if index != self._cursor or not self._rows:
            return Ground.PLAIN
        return Ground.CURSOR if self.has_focus else Ground.RESTING

    def _reason_lines(self, width: int) -> list[Line]:
        lines: list[Line] = [()] if self._reason else []
        for number, sentence in enumerate(self._reason):
            tone = Tone.DIM if number else Tone.PLAIN
            lines += [(Piece(f"  {part}", tone),) for part in wrap(sentence, width - 4)]
        return lines

    # ── keys ──

    def action_line_up(self) -> None:
        """One row up."""
        self.walk_to(self._cursor - 1)

    def action_line_down(self) -> None:
        """One row down."""
        self.walk_to(self._cursor + 1)

    def action_page_up(self) -> None:
        """One screen up."""
        self.walk_to(self._cursor - self.line_rows)

    def action_page_down(self) -> None:
        """One screen down."""
        self.walk_to(self._cursor + self.line_rows)

    def action_line_first(self) -> None:
        """To the first row."""
        self.walk_to(0)

    def action_line_last(self) -> None:
        """To the last row."""
        self.walk_to(len(self._rows) - 1)

    def action_choose(self) -> None:
        """Open the row."""
        if self._cursor_key is not None:
            self.post_message(self.Chosen(self._self, self._cursor_key))

    def on_focus(self) -> None:
        """The cursor's row comes forward."""
        self.repaint_changed()

    def on_blur(self) -> None:
        """The cursor's row steps back."""
        self.repaint_changed()
