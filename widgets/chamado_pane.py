"""Chamados in a list that can be filtered and marked, the one under the cursor in full beside or below."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from clients.models.chamado import Chamado
from clients.models.feed import Feed
from clients.models.lifecycle import Labels

from .bound import bound
from .cells import Line
from .chamado_filter import LOOKED_IN, ChamadoFilter
from .chamado_row import Row, row_key
from .detail import Detail
from .filtered_pane import FilteredPane
from .key_line import key_by_id
from .keys import MARKING
from .line_list import LineList
from .one_line import OneLine
from .pane import Clock
from .phrases import counted, number

WIDE = 110
"""Columns from which the detail stands beside the list."""


class ChamadoPane(FilteredPane):
    """List and detail. Subclasses draw the rows and write the detail."""

    BINDINGS = bound(MARKING)
    DEFAULT_CSS = """
    ChamadoPane .body { layout: vertical; height: 1fr; }
    ChamadoPane .rows { height: 1fr; }
    ChamadoPane Detail:focus { border-top: heavy $primary; }
    ChamadoPane Detail { height: 1fr; border-top: solid $foreground 20%; }
    ChamadoPane.-wide .body { layout: horizontal; }
    ChamadoPane.-wide .rows { width: 3fr; }
    ChamadoPane.-wide Detail { width: 2fr; border-top: none; border-left: solid $foreground 20%; }
    ChamadoPane.-wide Detail:focus { border-top: none; border-left: heavy $primary; }
    ChamadoPane.-filtering .names { display: none; }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row, or what is under it is news."""

        row: Row | None

    def __init__(
        self, title: str, header: OneLine, *, clock: Clock, labels: Labels, id: str | None = None
    ) -> None:
        """``header`` names the columns; ``labels`` are what the statuses are called."""
        super().__init__(title, clock=clock, looked_in=LOOKED_IN, id=id)
        self.labels = labels
        self.rows: LineList[Row] = LineList(row_key, self._draw)
        self.detail = Detail()
        self.listed: Sequence[Row] = ()
        """What there is to be filtered."""
        self._header = header
        self._header.add_class("names")
        self._search = ChamadoFilter(labels)
        self._marked: frozenset[str] = frozenset()
        self._told = ""
        """What the detail is about."""

    def content(self) -> list[Widget]:
        """List and detail."""
        rows = Vertical(self._header, self.filter_line, self.rows, classes="rows")
        return [Vertical(rows, self.detail, classes="body")]

    # ── what a subclass says ──

    def draw(self, row: Row, width: int, *, marked: bool) -> Line:
        """Lay ``row`` out in ``width`` cells."""
        raise NotImplementedError

    def text_of(self, row: Row) -> Content:
        """What the detail says of ``row``."""
        raise NotImplementedError

    def count(self) -> str:
        """How many there are, in words."""
        raise NotImplementedError

    # ── what is under the keys ──

    @property
    def walked(self) -> Widget:
        """The list."""
        return self.rows

    @property
    def highlighted(self) -> Row | None:
        """What the cursor is on."""
        return self.rows.highlighted

    @property
    def chosen(self) -> tuple[Chamado, ...]:
        """What a verb is about: the marked chamados in the list's order, or else the one under the cursor."""
        rows = [row for row in self.rows.rows if isinstance(row, Chamado)]
        marked = tuple(row for row in rows if row.id in self._marked)
        under = (self.highlighted,) if isinstance(self.highlighted, Chamado) else ()
        return marked or under

    def mark(self, ids: frozenset[str]) -> None:
        """Mark the chamados of these ids and no others."""
        if ids != self._marked:
            self._marked = ids
            self.rows.content_changed()
            self._tell_count()

    def select(self, key: str) -> bool:
        """Put the cursor on a chamado (or draft, see `row_key`); False if it is not there."""
        return self.rows.select_key(key)

    def go_on(self) -> None:
        """To the next one: what the cursor is on was dealt with."""
        self.step(1)

    # ── how it gets there ──

    def take(self, feed: Feed[Chamado], rows: Sequence[Row]) -> None:
        """List ``rows``, which were read as ``feed``; marks of those that are gone go with them."""
        self.listed = rows
        self._marked &= frozenset(row.id for row in rows if isinstance(row, Chamado))
        shown = self._sifted()
        self.tell_feed(feed, self._counted(shown))
        self._show(shown)

    def sift(self) -> None:
        """List what the filter leaves."""
        self._show(self._sifted())
        self._tell_count()

    def _sifted(self) -> Sequence[Row]:
        return self._search.search(self.listed, self.wanted)

    def _show(self, rows: Sequence[Row]) -> None:
        self.rows.set_rows(rows)
        if self.listed and not rows:
            key = key_by_id(self, "chamados.limpar-filtro")
            self.rows.explain(f"Nada com “{self.wanted.strip()}”.", f"{key} limpa o filtro.")
        self.tell_detail()

    def step(self, by: int) -> None:
        """Move the cursor."""
        self.rows.move_to(self.rows.cursor + by)

    def tick(self) -> None:
        """Say ages anew."""
        super().tick()
        self.rows.content_changed()

    def on_resize(self, event: events.Resize) -> None:
        """Beside or below."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def tell_detail(self) -> None:
        """Say anew what the detail says."""
        row = self.highlighted
        key = "" if row is None else row_key(row)
        self.detail.tell(Content("") if row is None else self.text_of(row), from_top=key != self._told)
        self._told = key

    def _tell_count(self) -> None:
        self.tell_count(self._counted(self.rows.rows))

    def _counted(self, shown: Sequence[Row]) -> str:
        count = self.count()
        if self.wanted.strip():
            count = f"{number(len(shown))} de {count}"
        if self._marked:
            count += f" · ■ {counted(len(self._marked), 'marcado', 'marcados')}"
        return count

    def _draw(self, row: Row, width: int) -> Line:
        return self.draw(row, width, marked=isinstance(row, Chamado) and row.id in self._marked)

    # ── keys and messages ──

    def action_mark(self) -> None:
        """Mark the chamado under the cursor, or unmark it, and go on, unless one reads it; never a draft."""
        if isinstance(self.highlighted, Chamado):
            self.mark(self._marked ^ {self.highlighted.id})
        if not self.detail.has_focus:
            self.step(1)

    def action_mark_all(self) -> None:
        """Mark what is listed; where all of it is marked, nothing."""
        listed = frozenset(row.id for row in self.rows.rows if isinstance(row, Chamado))
        self.mark(frozenset() if listed <= self._marked else listed)

    @on(LineList.Highlighted)
    def _another(self, event: LineList.Highlighted) -> None:
        event.stop()
        self.tell_detail()
        self.post_message(self.Highlighted(self.highlighted))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if self.highlighted is not None:
            self.open_row(self.highlighted)

    def open_row(self, row: Row) -> None:
        """Enter: to the detail."""
        self.detail.focus()

    @on(Detail.Left)
    def _back(self, event: Detail.Left) -> None:
        event.stop()
        self.rows.focus()
