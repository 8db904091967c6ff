"""The tasks one has to do with: views, a filter as one types, and the task under the cursor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from clients.models.feed import Feed, Trouble
from clients.models.spot import Spot
from clients.models.task_columns import COLUMNS, TaskColumn
from clients.models.task_news import TaskNews
from clients.models.task_reading import TaskReading
from clients.models.task_views import CONCLUDED_DAYS, TASK_VIEWS, TaskEntry, TaskView, since_when
from clients.models.text import fold

from .bound import bound
from .cells import Line
from .filtered_pane import FilteredPane
from .key_line import key_by_id
from .keys import SIFTING_TASKS
from .line_list import LineList
from .pane import Clock
from .phrases import number, tally
from .reasons import empty_reason
from .task_head import TaskHeader, TaskStrip
from .task_listing import CALLED, NEWS, columns_of, counts_of, rows_of
from .task_row import TaskRow, draw_news, draw_task, longest_told
from .task_sheet import TaskSheet
from .word_filter import WordFilter

WIDE = 110
"""Columns from which the task stands beside the list."""
_NEVER = ("Ainda sem tarefas.",)
_NOTHING = ("Você não tem, não criou nem observa nenhuma tarefa.",)
_NO_NEWS = "Nada mudou nas suas tarefas desde que você olhou."


class TasksPane(FilteredPane, inherit_bindings=False):
    """Mode 2."""

    HELP = """\
**Visões**: "o que mudou" conta o que outros fizeram e você ainda não viu (✱): tarefa concluída, nota,
mudança de situação; fica visto quando a tarefa é lida ao lado.
"sem horas" são as suas tarefas sem tempo registrado; "bloqueadas", as que esperam por outra ainda aberta.
"buscadas" aparece quando se vai, pelo número, a uma tarefa que não é de nenhuma visão.
▲ no prazo: já passou. … na linha: mudança a caminho. Enter leva ao detalhe."""
    BINDINGS = bound(SIFTING_TASKS)
    DEFAULT_CSS = """
    TasksPane .body { layout: vertical; height: 1fr; }
    TasksPane .rows { height: 1fr; }
    TasksPane TaskSheet { height: 11; }
    TasksPane TaskSheet:focus { height: 70%; }
    TasksPane.-wide .body { layout: horizontal; }
    TasksPane.-wide .rows { width: 5fr; }
    TasksPane.-wide TaskSheet {
        width: 3fr; min-width: 47; max-width: 90; height: 1fr;
        border-top: none; border-left: solid $foreground 20%;
    }
    TasksPane.-wide TaskSheet:focus { height: 1fr; border-top: none; border-left: heavy $primary; }
    TasksPane.-filtering TaskHeader { display: none; }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to another task; None where there is none."""

        row: TaskRow | None

    def __init__(
        self,
        *,
        clock: Clock,
        views: Sequence[TaskView] = TASK_VIEWS,
        columns: Sequence[TaskColumn] = COLUMNS,
        concluded_days: int = CONCLUDED_DAYS,
        never: tuple[str, ...] = _NEVER,
        id: str | None = None,
    ) -> None:
        """``columns`` stand beside number and title, the first of them longest."""
        super().__init__("Tarefas", clock=clock, looked_in="nº, título, pessoa, tipo, situação, campo", id=id)
        self._views = (NEWS, *views, CALLED)
        self._days = concluded_days
        self._never = never
        self._feed: Feed[TaskEntry] = Feed()
        self._news: tuple[TaskNews, ...] = ()
        self._view: TaskView | None = None
        """None until one opened the mode."""
        self._counts: Mapping[str, int] = {}
        self._listed: Sequence[TaskRow] = ()
        self._search: WordFilter[TaskRow] = WordFilter(lambda row: row.id, _haystack)
        self._strip = TaskStrip()
        self._header = TaskHeader()
        self._wanted = columns
        self._rows: LineList[TaskRow] = LineList(lambda row: row.id, self._draw)
        self._sheet = TaskSheet(clock=clock)

    def content(self) -> list[Widget]:
        """Views, then the columns' names or the filter in their place, the list, and the task."""
        rows = Vertical(self._header, self.filter_line, self._rows, classes="rows")
        return [self._strip, Vertical(rows, self._sheet, classes="body")]

    # ── what the screen tells ──

    def show(self, feed: Feed[TaskEntry], news: tuple[TaskNews, ...]) -> None:
        """Show the tasks and what is new on them."""
        first = (self._feed.as_of is None) != (feed.as_of is None)
        same = feed.items is self._feed.items and news == self._news and not first
        self._feed, self._news = feed, news
        if not same or self._view is None:
            self._hold()
        self._rows.explain(*self._reason())
        self.tell_feed(feed, self._count())

    def show_task(self, reading: TaskReading | None, trouble: Trouble | None = None) -> None:
        """Show beside the list the task under its cursor, as far as it was read."""
        row = self.highlighted
        if reading is not None and (row is None or row.id != reading.task.id):
            return
        self._sheet.show(reading, row.entry if row else None, row.news if row else None, trouble)

    def open_view(self) -> None:
        """Choose the view to begin with, unless one was chosen: what is new, if anything is."""
        if self._view is None:
            self.show_view(NEWS.id if any(one.unread for one in self._news) else self._views[1].id)

    def reveal(self, task_id: int) -> None:
        """Put the cursor on a task; a view or filter that leaves it out ends."""
        self.open_view()
        if self.select(task_id):
            return
        if self.wanted:
            self.action_clear_filter()
            self.wanted = ""
            self.sift()
        since, entries = since_when(self.clock(), self._days), self._feed.items
        entry = next((each for each in entries if each.id == task_id), None)
        if entry is not None and not self.select(task_id):
            self.show_view(next(view.id for view in self._views if view.holds(entry, since)))
            self.select(task_id)

    def show_view(self, view_id: str) -> None:
        """Change to the view of that id."""
        self._view = next(view for view in self._views if view.id == view_id)
        self._hold()
        self._rows.move_to(0)

    def tick(self) -> None:
        """Say ages anew; what was concluded may have become too old."""
        super().tick()
        self._hold()
        self._rows.content_changed()
        self._sheet.rewrap()

    # ── what is under the keys ──

    @property
    def walked(self) -> Widget:
        """The list."""
        return self._rows

    @property
    def view(self) -> TaskView:
        """The view shown."""
        return self._view or self._views[1]

    @property
    def highlighted(self) -> TaskRow | None:
        """The task under the cursor."""
        return self._rows.highlighted

    @property
    def shown(self) -> Sequence[TaskRow]:
        """What is listed."""
        return self._rows.rows

    @property
    def spot(self) -> Spot:
        """View, filter and task."""
        return super().spot.model_copy(update={"view": self.view.id})

    def go_back_to(self, spot: Spot) -> None:
        """Come back to a view, where there still is such a one, and in it to the task."""
        if spot.view == CALLED.id:  # what was called is not there any more
            return
        self._view = next((view for view in self._views if view.id == spot.view), self._view)
        self._hold()
        super().go_back_to(spot)

    def select(self, task_id: int) -> bool:
        """Put the cursor on a task; False if it is not listed."""
        return self._rows.select_key(task_id)

    def step(self, by: int) -> None:
        """Move the cursor."""
        self._rows.move_to(self._rows.cursor + by)

    def sift(self) -> None:
        """List what view and filter leave."""
        self._rows.explain(*self._reason())
        self._rows.set_rows(self._search.search(self._listed, self.wanted))
        self.tell_count(self._count())

    # ── below ──

    def _hold(self) -> None:
        """Take the view's tasks, then what the filter leaves of them."""
        since = since_when(self.clock(), self._days)
        self._listed = rows_of(self.view, self._feed.items, self._news, since)
        counts = counts_of(self._views, self._feed.items, self._news, since)
        self._counts = counts if self._is_known else {CALLED.id: counts[CALLED.id]}
        self._header.number = max((2, *(len(str(row.id)) for row in self._listed)))
        wanted = columns_of(self.view, self._wanted)
        self._header.told = longest_told(self._listed, wanted, self.clock())
        self._header.wanted = [column for column in wanted if column in self._header.told]
        self._header.of_news = self.view.id == NEWS.id
        self._header.refresh()
        self._strip.tell(self._offered, self.view.id, self._counts)
        self.sift()

    @property
    def _is_known(self) -> bool:
        """Whether the lists were read at all: of one task that was called nobody knows how many there are."""
        return self._feed.as_of is not None or any(not entry.called for entry in self._feed.items)

    @property
    def _offered(self) -> Sequence[TaskView]:
        """The views that one walks: that of called tasks only once there are some."""
        return [view for view in self._views if view is not CALLED or self._counts.get(CALLED.id)]

    def _count(self) -> str:
        if not self._is_known and not self._listed:
            return tally(None)
        shown, held = len(self._rows.rows), len(self._listed)
        return number(shown) if shown == held else f"{number(shown)} de {number(held)}"

    def _reason(self) -> tuple[str, ...]:
        if not self._feed.items and not self._news:
            return empty_reason(self._feed, _NOTHING, self._never)
        if self.wanted.strip() and self._listed:
            key = key_by_id(self, "tarefas.limpar-filtro")
            return (f"Nada com “{self.wanted.strip()}”.", f"{key} limpa o filtro.")
        said = _NO_NEWS if self.view.id == NEWS.id else self.view.nothing
        return (said, f"{key_by_id(self, 'tarefas.visao')} mostra a próxima visão.")

    def _draw(self, row: TaskRow, width: int) -> Line:
        columns = self._header.columns(width)
        draw = draw_news if self.view.id == NEWS.id else draw_task
        return draw(row, columns, self.clock())

    def on_resize(self, event: events.Resize) -> None:
        """Beside or below."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def action_view(self, step: int) -> None:
        """Next or previous view."""
        views = self._offered
        self.show_view(views[(views.index(self.view) + step) % len(views)].id)

    @on(LineList.Highlighted)
    def _another(self, event: LineList.Highlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted(self.highlighted))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._sheet.focus()

    @on(TaskSheet.Left)
    def _back(self, event: TaskSheet.Left) -> None:
        event.stop()
        self._rows.focus()


def _haystack(row: TaskRow) -> str:
    told = f"{row.id} {row.news.subject} {row.news.told}" if row.news is not None else ""
    return f"{row.entry.haystack() if row.entry is not None else ''} {fold(told)}"
