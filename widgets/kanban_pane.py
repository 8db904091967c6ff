"""The kanban: fourteen columns, what each means for the client, cards that stand still pointed at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widget import Widget

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from clients.models.late import is_stuck
from clients.models.lifecycle import CLOSED, LABELS, ChamadoStatus, Labels
from clients.models.spot import Spot

from .cells import Line
from .chamado_filter import LOOKED_IN, ChamadoFilter
from .chamado_row import Row
from .filtered_pane import FilteredPane
from .kanban import Kanban
from .kanban_card import draw_card
from .kanban_heads import ColumnHeads, MeaningLine, StatusStrip
from .pane import Clock
from .phrases import counted, number

_ORDER = tuple(ChamadoStatus)
_HALF = len(_ORDER) // 2


class KanbanPane(FilteredPane):
    """All chamados by status. Those that have waited longest are on top; in the last columns, the newest."""

    HELP = (
        "Uma coluna por situação: ← → trocam de coluna, ↑ ↓ de chamado. No alto, todas as colunas com "
        "quantos há em cada uma; a do cursor está entre colchetes. Abaixo, o que a situação significa para "
        "o cliente. ▲ parado: há dias na mesma situação; ▲ com data: o prazo passou."
    )
    DEFAULT_CSS = """
    KanbanPane.-filtering .meaning { display: none; }
    """

    @dataclass
    class Chosen(Message):
        """Enter on a card."""

        chamado: Chamado

    def __init__(
        self, *, clock: Clock, labels: Labels = LABELS, stuck_days: int = 3, id: str | None = None
    ) -> None:
        """``stuck_days`` in one status make a chamado stuck."""
        super().__init__("Kanban", clock=clock, looked_in=LOOKED_IN, id=id)
        self.labels = labels
        self.kanban = Kanban(self._draw)
        self._stuck_days = stuck_days
        self._wished = ""
        """The card that one comes back to."""
        self._strips = (StatusStrip(_ORDER[:_HALF], labels), StatusStrip(_ORDER[_HALF:], labels))
        self._heads = ColumnHeads(labels)
        self._meaning = MeaningLine(labels)
        self._search = ChamadoFilter(labels)
        self._feed: Feed[Chamado] = Feed()
        self._listed: Sequence[Row] = ()
        self._counts: Mapping[ChamadoStatus, int] = {}

    def content(self) -> list[Widget]:
        """All statuses, the columns, what the cursor's means; the filter in its place."""
        return [*self._strips, self._heads, self.kanban, self._meaning, self.filter_line]

    # ── what the screen tells and asks ──

    def show(self, chamados: Feed[Chamado], drafts: tuple[ChamadoDraft, ...] = ()) -> None:
        """Show what the board has; drafts are not on it yet."""
        first = self._feed.as_of is None and bool(chamados.items)
        self._feed = chamados
        open_first = sorted(chamados.items, key=lambda each: (each.since, each.number))
        self._listed = tuple(open_first)
        self._sort()
        self.tell_feed(chamados, self._counted())
        self._tell_trouble(chamados.trouble)  # empty columns say nothing of why they are empty
        if first and self._wished and self.select(self._wished):
            return
        if first and not self._counts.get(self.kanban.status):
            self.kanban.go_to(next(status for status in _ORDER if self._counts.get(status)))

    @property
    def highlighted(self) -> Chamado | None:
        """The card under the cursor."""
        return self.kanban.highlighted

    def select(self, id: str) -> bool:
        """Put the cursor on a chamado; False if it is not there."""
        return self.kanban.select(id)

    @property
    def spot(self) -> Spot:
        """Filter and card."""
        card = self.highlighted
        return Spot(filter=self.wanted, row=card.id if card is not None else self._wished)

    def go_back_to(self, spot: Spot) -> None:
        """Come back to a card, once there are cards."""
        self._wished = spot.row
        super().go_back_to(spot)

    def tick(self) -> None:
        """Say ages anew."""
        super().tick()
        self.kanban.content_changed()
        self._tell_count()

    # ── the filter ──

    @property
    def walked(self) -> Widget:
        """The columns."""
        return self.kanban

    def step(self, by: int) -> None:
        """Cards up or down."""
        self.kanban.move_by(by)

    def sift(self) -> None:
        """Sort what the filter leaves into columns."""
        self._sort()
        if self.wanted.strip():
            self.kanban.to_cards()
        self._tell_count()

    def _sort(self) -> None:
        found = self._search.search(self._listed, self.wanted)
        columns: dict[ChamadoStatus, list[Chamado]] = {status: [] for status in _ORDER}
        for row in found:
            if isinstance(row, Chamado):
                columns[row.status].append(row)
        for status in CLOSED:
            columns[status].reverse()
        self._counts = {status: len(cards) for status, cards in columns.items()}
        self.kanban.set_cards(columns)

    # ── drawing ──

    def _draw(self, chamado: Chamado, width: int) -> Sequence[Line]:
        return draw_card(chamado, width, self.clock(), self._stuck_days)

    def _tell_count(self) -> None:
        self.tell_count(self._counted())

    def _counted(self) -> str:
        total, shown = len(self._listed), sum(self._counts.values())
        count = counted(total, "chamado", "chamados")
        if shown != total:
            count = f"{number(shown)} de {count}"
        now = self.clock()
        stuck = sum(isinstance(row, Chamado) and is_stuck(row, now, self._stuck_days) for row in self._listed)
        return f"{count} · ▲ {counted(stuck, 'parado', 'parados')}" if stuck else count

    @on(Kanban.Highlighted)
    def _told(self, event: Kanban.Highlighted) -> None:
        event.stop()
        kanban = self.kanban
        for strip in self._strips:
            strip.tell(kanban.status, self._counts)
        shown, reachable = kanban.shown, kanban.reachable
        columns = [
            (status, *kanban.place(status), width)
            for status, width in zip(shown, kanban.widths(), strict=False)
        ]
        self._heads.tell(
            columns,
            kanban.status,
            before=bool(shown) and shown[0] is not reachable[0],
            after=bool(shown) and shown[-1] is not reachable[-1],
        )
        self._meaning.tell(kanban.status)

    @on(Kanban.Chosen)
    def _chosen(self, event: Kanban.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(event.chamado))
