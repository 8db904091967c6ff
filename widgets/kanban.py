"""Columns of cards side by side, drawn line by line: only the cards on screen are ever laid out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from clients.models.chamado import Chamado
from clients.models.lifecycle import ChamadoStatus

from .bound import bound
from .cells import Ground, Line, Piece, Tone
from .jump_place import Place
from .keys import KANBAN, LINES, LIST
from .line_view import LineView

CARD = 5
"""Lines of a card, the blank below it among them."""
NARROWEST = 25
"""Cells of a column."""
_RULE = "│"
_MARGIN = 3
"""Cells that a card does not get: cursor mark, and a blank on both sides."""

Draw = Callable[[Chamado, int], Sequence[Line]]
"""Lays a card out: ``CARD - 1`` lines of so many cells."""


@dataclass
class _Column:
    """Where one is in a column."""

    cards: Sequence[Chamado] = ()
    cursor: int = 0
    top: int = 0

    def move_to(self, index: int, room: int) -> None:
        """Put the cursor on a card, and scroll so that it is among the ``room`` that fit."""
        self.cursor = max(0, min(index, len(self.cards) - 1))
        self.top = max(self.cursor - room + 1, min(self.top, self.cursor), 0)
        self.top = min(self.top, max(0, len(self.cards) - room))


class Kanban(LineView):
    """A cursor over columns and their cards. A card that goes elsewhere leaves the cursor where it is."""

    BINDINGS = [*bound(LINES), *bound(LIST), *bound(KANBAN)]

    @dataclass
    class Highlighted(Message):
        """The cursor came to another card or column."""

        kanban: "Kanban"

    @dataclass
    class Chosen(Message):
        """Enter on a card."""

        chamado: Chamado

    def __init__(self, draw: Draw, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw_card = draw
        self._columns = {status: _Column() for status in ChamadoStatus}
        self._status = ChamadoStatus.TRIAGEM
        self._first = 0
        self._hides_empty = False

    # ── content ──

    def set_cards(self, cards: Mapping[ChamadoStatus, Sequence[Chamado]]) -> None:
        """Replace the cards, in the order of each column. The cursors stay on theirs, or on their places."""
        for status, column in self._columns.items():
            before = column.cards[column.cursor].id if column.cards else ""
            column.cards = cards.get(status, ())
            places = (at for at, card in enumerate(column.cards) if card.id == before)
            column.move_to(next(places, column.cursor), self._room)
        self._come_into_view()
        self.content_changed()
        self.post_message(self.Highlighted(self))

    @property
    def reachable(self) -> tuple[ChamadoStatus, ...]:
        """The columns that the keys walk, in the order of the kanban."""
        filled = self._filled
        return filled if self._hides_empty and filled else tuple(ChamadoStatus)

    @property
    def _filled(self) -> tuple[ChamadoStatus, ...]:
        return tuple(status for status, column in self._columns.items() if column.cards)

    def _nearest(self, among: Sequence[ChamadoStatus]) -> ChamadoStatus:
        order = list(ChamadoStatus)
        here = order.index(self._status)
        return min(among, key=lambda status: abs(order.index(status) - here))

    @property
    def shown(self) -> tuple[ChamadoStatus, ...]:
        """The columns on screen, left to right."""
        return self.reachable[self._first : self._first + self._fit]

    @property
    def hides_empty(self) -> bool:
        """Whether empty columns are left out."""
        return self._hides_empty

    @property
    def status(self) -> ChamadoStatus:
        """The column of the cursor."""
        return self._status

    @property
    def highlighted(self) -> Chamado | None:
        """The card under the cursor."""
        column = self._columns[self._status]
        return column.cards[column.cursor] if column.cards else None

    def place(self, status: ChamadoStatus) -> tuple[int, int]:
        """Where the cursor of a column is, counted from one, and how many cards it has."""
        column = self._columns[status]
        return (column.cursor + 1 if column.cards else 0), len(column.cards)

    def select(self, id: str) -> bool:
        """Put the cursor on a chamado; False if it is not there."""
        for status, column in self._columns.items():
            for at, card in enumerate(column.cards):
                if card.id == id:
                    column.move_to(at, self._room)
                    self.go_to(status)
                    return True
        return False

    def go_to(self, status: ChamadoStatus) -> None:
        """Put the cursor into a column."""
        self._status = status
        self._come_into_view()
        self._moved()

    def to_cards(self) -> None:
        """Out of an empty column into the nearest that is not, if there is one."""
        filled = self._filled
        if filled and self._status not in filled:
            self.go_to(self._nearest(filled))

    def jump_places(self) -> Iterator[Place]:
        """The cards in view, and the columns that have none."""
        x = 0
        for status, width in zip(self.shown, self.widths(), strict=False):
            column = self._columns[status]
            for line in range(min(self._room, max(1, len(column.cards) - column.top))):
                go = partial(self._go_to_card, status, column.top + line)
                yield Place(Offset(x, line * CARD), go)
            x += width + 1

    def _go_to_card(self, status: ChamadoStatus, index: int) -> None:
        self._columns[status].move_to(index, self._room)
        self.go_to(status)

    # ── room ──

    @property
    def _fit(self) -> int:
        """How many columns there is room for."""
        return max(1, (self.line_cells + 1) // (NARROWEST + 1))

    @property
    def _room(self) -> int:
        """How many cards fit below one another, with or without the last blank."""
        return max(1, (self.line_rows + 1) // CARD)

    def widths(self) -> tuple[int, ...]:
        """Cells of each column on screen; a rule stands between two."""
        count = max(1, len(self.shown))
        cells, more = divmod(self.line_cells - (count - 1), count)
        return tuple(cells + (at < more) for at in range(count))

    def _come_into_view(self) -> None:
        reachable = self.reachable
        if self._status not in reachable:
            self._status = self._nearest(reachable)
        at = reachable.index(self._status)
        self._first = max(at - self._fit + 1, min(self._first, at), 0)
        self._first = min(self._first, max(0, len(reachable) - self._fit))

    def _settle(self) -> None:
        """After another size: all cursors in view again."""
        for column in self._columns.values():
            column.move_to(column.cursor, self._room)
        self._come_into_view()

    def _measure(self) -> None:
        super()._measure()
        self._settle()

    # ── drawing ──

    def line_count(self, width: int) -> int:
        """As many as there is room for: columns scroll by themselves."""
        return self.line_rows

    def _strip(self, y: int) -> Strip:
        """One line through all columns; the card under the cursor lies on a ground of its own."""
        palette = self._palette()
        pieces: list[Strip] = []
        for status, width in zip(self.shown, self.widths(), strict=False):
            if pieces:
                pieces.append(palette.strip((Piece(_RULE, Tone.DIM),), 1))
            line, ground = self._cell(self._columns[status], status, y, width)
            pieces.append(palette.strip(line, width, ground))
        pieces.append(palette.strip((), 1))  # the cell of the position bar: the columns' heads say it
        return Strip.join(pieces)

    def _cell(self, column: _Column, status: ChamadoStatus, y: int, width: int) -> tuple[Line, Ground]:
        index, line = column.top + y // CARD, y % CARD
        if not column.cards:
            return ((Piece("  vazia", Tone.DIM),) if y == 0 else ()), Ground.PLAIN
        if index >= len(column.cards) or line == CARD - 1:
            return (), Ground.PLAIN
        under = status is self._status and index == column.cursor
        card = self._draw_card(column.cards[index], width - _MARGIN)[line]
        if not under:
            return (Piece("  "), *card), Ground.PLAIN
        return (Piece("▌ ", Tone.ACCENT), *card), Ground.CURSOR if self.has_focus else Ground.RESTING

    def on_resize(self, event: events.Resize) -> None:
        """Other columns may be on screen now."""
        self.post_message(self.Highlighted(self))

    # ── keys ──

    def move_by(self, cards: int) -> None:
        """Move the cursor within its column."""
        column = self._columns[self._status]
        self.move_to(column.cursor + cards)

    def move_to(self, index: int) -> None:
        """Put the cursor on a card of its column, or on the nearest there is."""
        column = self._columns[self._status]
        before = column.cursor
        column.move_to(index, self._room)
        if column.cursor != before:
            self._moved()

    def _moved(self) -> None:
        self.content_changed()
        self.post_message(self.Highlighted(self))

    def action_column(self, step: int) -> None:
        """To the next column, or the one before."""
        reachable = self.reachable
        at = reachable.index(self._status) + step
        if 0 <= at < len(reachable):
            self.go_to(reachable[at])

    def action_toggle_empty(self) -> None:
        """Leave empty columns out, or show all again."""
        self._hides_empty = not self._hides_empty
        self._come_into_view()
        self._moved()

    def action_line_up(self) -> None:
        """One card up."""
        self.move_by(-1)

    def action_line_down(self) -> None:
        """One card down."""
        self.move_by(1)

    def action_page_up(self) -> None:
        """As many cards up as are on screen."""
        self.move_by(-self._room)

    def action_page_down(self) -> None:
        """As many cards down as are on screen."""
        self.move_by(self._room)

    def action_line_first(self) -> None:
        """To the first card."""
        self.move_to(0)

    def action_line_last(self) -> None:
        """To the last card."""
        self.move_to(len(self._columns[self._status].cards) - 1)

    def action_choose(self) -> None:
        """Open the card."""
        if (card := self.highlighted) is not None:
            self.post_message(self.Chosen(card))

    def on_focus(self) -> None:
        """The card under the cursor comes forward."""
        self.repaint_changed()

    def on_blur(self) -> None:
        """It steps back."""
        self.repaint_changed()
