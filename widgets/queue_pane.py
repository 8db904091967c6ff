"""The queue: whose turn, how long still, saved views, and a filter that answers at every letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from clients.models.chamado import Chamado
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.queue import (
    QUEUE_VIEWS,
    Queue,
    QueueEntry,
    QueueView,
    count_views,
    queue_view,
    views_in_use,
)
from clients.models.spot import Spot
from clients.models.ticket import Ticket

from . import phrases
from .bound import bound
from .cells import Line
from .filtered_pane import FilteredPane
from .key_line import key_by_id
from .keys import QUEUE
from .line_list import LineList
from .pane import Clock
from .queue_filter import QueueFilter
from .queue_head import QueueHeader, ViewStrip
from .queue_row import Columns, draw_entry
from .reasons import empty_reason

_FOLD_AT_ONCE = 300
"""Tickets folded for the filter in one breath while nothing else happens."""
_NEVER = ("Ainda sem tickets na fila.",)
_NOTHING = ("Nenhum ticket nos últimos 90 dias.",)


class QueuePane(FilteredPane, inherit_bindings=False):
    """Tickets in the order in which they break."""

    HELP = """\
**Fila**: os tickets na ordem em que estouram. ◆ ninguém respondeu ainda; a vez diz quem deve o próximo passo.
★ a correção foi publicada: falta pedir ao cliente que valide; vem antes de tudo até que se peça.
As visões recortam a fila e contam o que há em cada uma; o filtro ignora acentos e maiúsculas."""
    BINDINGS = bound(QUEUE)
    DEFAULT_CSS = """
    QueuePane.-filtering QueueHeader { display: none; }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to another ticket, or there is none."""

        ticket_id: int | None

    @dataclass
    class Chosen(Message):
        """Enter on a ticket."""

        ticket_id: int

    def __init__(self, *, clock: Clock, never: tuple[str, ...] = _NEVER, id: str | None = None) -> None:
        looked_in = "nº, cliente, assunto, tipo, situação"
        super().__init__("Fila", clock=clock, looked_in=looked_in, id=id)
        self._never = never
        self._feed: Feed[Ticket] = Feed()
        self._me: int | None = None
        self._vocabulary = Vocabulary()
        self._published: Mapping[int, Chamado] = {}
        self._queue = Queue()
        self._view = QUEUE_VIEWS[0]
        self._drafted: frozenset[int] = frozenset()
        self._marked: frozenset[int] = frozenset()
        self._let_go: frozenset[int] = frozenset()
        self._held: Sequence[QueueEntry] = ()
        self._search = QueueFilter()
        self._folding: Timer | None = None
        self._folded = 0
        self._columns: dict[tuple[int, int], Columns] = {}
        self._strip = ViewStrip()
        self._header = QueueHeader()
        self._list: LineList[QueueEntry] = LineList(lambda entry: entry.id, self._draw)

    def content(self) -> list[Widget]:
        """Views, then the columns' names or the filter in their place, then the list."""
        return [self._strip, self._header, self.filter_line, self._list]

    @property
    def walked(self) -> LineList[QueueEntry]:
        """The list."""
        return self._list

    def step(self, by: int) -> None:
        """Move the list's cursor."""
        self._list.move_to(self._list.cursor + by)

    # ── what the screen tells ──

    def show(
        self,
        feed: Feed[Ticket],
        *,
        me: int | None,
        vocabulary: Vocabulary,
        published: Mapping[int, Chamado] = MappingProxyType({}),
        queue: Queue | None = None,
    ) -> None:
        """Show ``feed`` to the agent ``me`` in the account's words; ``published`` as of `Queue.read`.

        ``queue`` is what `Queue.read` made of the feed's items, where that was done elsewhere: 100,000
        tickets take it seconds, which belong into a thread.
        """
        first = self._feed.as_of is None and feed.as_of is not None
        same_words = me == self._me and vocabulary == self._vocabulary
        if feed.items is not self._feed.items or not same_words or published != self._published:
            before = self._queue if same_words else None
            now = self.clock()
            self._queue = queue or Queue.read(
                feed.items, me=me, vocabulary=vocabulary, now=now, published=published, before=before
            )
            self._header.number = max(
                6, len(str(max((entry.id for entry in self._queue.entries), default=0))) + 1
            )
            self._header.refresh()
            self._start_folding()
        self._feed, self._me, self._vocabulary, self._published = feed, me, vocabulary, published
        self._hold()
        if first:  # the pages of a first reading come oldest first; what breaks next is on top only now
            self._list.move_to(0)
        self.tell_feed(feed, self._count())

    def mark_drafts(self, tickets: frozenset[int]) -> None:
        """Mark the tickets on which an answer was begun."""
        if tickets != self._drafted:
            self._drafted = tickets
            self._list.content_changed()

    def tick(self) -> None:
        """Say ages and clocks anew; what is about to break may have changed with the time."""
        super().tick()
        if self._feed.is_read:
            self._queue = Queue(self._queue.entries, count_views(self._queue.entries, self.clock()))
        self._hold()
        self._list.content_changed()

    @property
    def chosen(self) -> tuple[QueueEntry, ...]:
        """What a verb is about: the marked tickets in the list's order, or else the one under the cursor."""
        marked = tuple(entry for entry in self._list.rows if entry.id in self._marked)
        return marked or tuple(filter(None, (self.highlighted,)))

    def mark(self, tickets: frozenset[int]) -> None:
        """Mark ``tickets`` and no others."""
        if tickets != self._marked:
            self._marked = tickets
            self._list.content_changed()
            self.tell_count(self._count())

    @property
    def view(self) -> QueueView:
        """The view shown."""
        return self._view

    @property
    def highlighted(self) -> QueueEntry | None:
        """The entry under the cursor."""
        return self._list.highlighted

    @property
    def shown(self) -> Sequence[QueueEntry]:
        """What is listed: the view's entries that pass the filter, in order."""
        return self._list.rows

    def show_view(self, view_id: str) -> None:
        """Change to the view ``view_id``; KeyError if there is none."""
        self._view = queue_view(view_id)
        self._hold()
        self._list.move_to(0)  # another view is read from what breaks next

    def filter(self, query: str) -> None:
        """Filter by ``query``, as if it had been typed; the empty string clears."""
        if self.filter_line.value != query:
            self.filter_line.value = query  # comes back as Changed
        self.set_class(bool(query) or self.filter_line.has_focus, "-filtering")

    def let_go(self, tickets: Iterable[int]) -> None:
        """Once one of ``tickets`` under the cursor is closed, go on with the next instead of following it."""
        self._let_go = frozenset(tickets)

    def select(self, ticket_id: int) -> bool:
        """Put the cursor on a ticket; False if it is not listed."""
        return self._list.select_key(ticket_id)

    def reveal(self, ticket_id: int) -> None:
        """Put the cursor on a ticket of the queue; a view or filter that leaves it out ends."""
        if not self.select(ticket_id):
            self.action_clear_filter()
            self.wanted = ""
            self.show_view(QUEUE_VIEWS[0].id)
            self.select(ticket_id)

    @property
    def spot(self) -> Spot:
        """View, filter and ticket."""
        return super().spot.model_copy(update={"view": self._view.id})

    def go_back_to(self, spot: Spot) -> None:
        """Come back to a view, where there still is such a one, and in it to the ticket."""
        if spot.view in {view.id for view in QUEUE_VIEWS}:
            self._view = queue_view(spot.view)
            self._hold()
        super().go_back_to(spot)

    # ── how it gets there ──

    def _hold(self) -> None:
        """Take the view's entries from the queue, then what the filter leaves of them."""
        self._held = self._queue.of(self._view, self.clock())
        self._strip.tell(self._view.id, self._queue.counts if self._feed.is_read else {})
        self.sift()

    def sift(self) -> None:
        """List what view and filter leave."""
        self._list.explain(*self._reason())
        before, place = self.highlighted, self._list.cursor
        self._list.set_rows(self._search.search(self._held, self.wanted))
        if before and before.ticket.is_open and before.id in self._let_go and self._is_closed_now(before.id):
            self._let_go = frozenset()
            self._list.move_to(place)
        self.tell_count(self._count())

    def _is_closed_now(self, ticket_id: int) -> bool:
        now = self.highlighted
        return now is not None and now.id == ticket_id and not now.ticket.is_open

    def _count(self) -> str:
        if not self._feed.is_read:
            return phrases.tally(None)
        shown, all_of_them = len(self._list.rows), len(self._queue.entries)
        count = phrases.number(shown)
        if shown != all_of_them:
            count += f" de {phrases.number(all_of_them)}"
        if self._marked:
            count += f" · ■ {phrases.counted(len(self._marked), 'marcado', 'marcados')}"
        return count

    def _reason(self) -> tuple[str, ...]:
        if not self._queue.entries:
            return empty_reason(self._feed, _NOTHING, self._never)
        if self.wanted.strip():
            return (
                f"Nada em “{self._view.label}” com “{self.wanted.strip()}”.",
                f"{key_by_id(self, 'fila.limpar-filtro')} limpa o filtro.",
            )
        return (
            f"Nada em “{self._view.label}”. Bom sinal.",
            f"{key_by_id(self, 'fila.visao')} mostra a próxima visão.",
        )

    def _draw(self, entry: QueueEntry, width: int) -> Line:
        known = (width, self._header.number)
        if known not in self._columns:
            self._columns[known] = Columns.for_width(*known)
        columns, now = self._columns[known], self.clock()
        drafted, marked = entry.id in self._drafted, entry.id in self._marked
        return draw_entry(entry, columns, now, drafted=drafted, marked=marked)

    def _start_folding(self) -> None:
        """Prepare the filter in small steps, so that its first letter does not wait for 10,000 tickets."""
        self._folded = 0
        if self._folding is None and self.is_attached:
            self._folding = self.set_interval(0.02, self._fold_some)

    def _fold_some(self) -> None:
        self._folded = self._search.prepare(self._queue.entries, self._folded, _FOLD_AT_ONCE)
        if self._folded >= len(self._queue.entries) and self._folding is not None:
            self._folding.stop()
            self._folding = None

    # ── keys and messages ──

    def action_view(self, step: int) -> None:
        """Next or previous view."""
        views = views_in_use(self._queue.counts, self._view)
        self.show_view(views[(views.index(self._view) + step) % len(views)].id)

    def action_mark(self) -> None:
        """Mark the ticket under the cursor, or unmark it, and go on to the next."""
        if (entry := self.highlighted) is not None:
            self.mark(self._marked ^ {entry.id})
            self._list.move_to(self._list.cursor + 1)

    def action_mark_all(self) -> None:
        """Mark what is listed; where all of it is marked, nothing."""
        listed = frozenset(entry.id for entry in self._list.rows)
        self.mark(frozenset() if listed <= self._marked else listed)

    @on(LineList.Highlighted)
    def _to_ticket(self, event: LineList.Highlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted(None if event.key is None else int(event.key)))

    @on(LineList.Chosen)
    def _on_ticket(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(int(event.key)))
