"""Mode 5: hours against the working day, what was not logged, and what still runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual import events, on
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from clients.models.feed import Feed
from clients.models.figures import Figure
from clients.models.spent_time import SpentTime
from clients.models.timesheet import Timesheet

from .cells import Line, Piece, Tone
from .chart_lines import chart_lines
from .drawn_lines import DrawnLines
from .hours_row import HoursRow, NameOf, RowKind, draw_hours_row, today_rows, week_rows
from .hours_text import title_words, week_lines
from .line_list import LineList
from .pane import Clock, Pane
from .reasons import empty_reason

WIDE = 110
"""Columns from which the week stands beside the list."""
NOTHING = ("Nenhuma hora registrada.",)


class HoursPage(StrEnum):
    """What is listed."""

    TODAY = "Hoje"
    WEEK = "Semana"
    CHARTS = "Gráficos"


class HoursPane(Pane):
    """A list of what there is of the day or the week; the week in numbers beside it where there is room."""

    HELP = """\
**Hoje**: contra a jornada (feriados nacionais e os da equipe contam). **+** é o que foi feito aqui sem
hora registrada: uma sugestão, que só vira lançamento quando você registra. Enter faz o que a linha pede:
registra a sugestão ou o cronômetro, muda o lançamento, abre as pendências ou a rotina."""
    DEFAULT_CSS = """
    HoursPane .body { height: 1fr; }
    HoursPane LineList { width: 5fr; }
    HoursPane .week { display: none; padding: 0 1; border-left: solid $foreground 20%; }
    HoursPane.-wide .week { display: block; width: 3fr; min-width: 46; max-width: 60; }
    HoursPane .charts { display: none; padding: 0 1; }
    HoursPane.-charts .charts { display: block; width: 1fr; }
    HoursPane.-charts LineList, HoursPane.-charts .week { display: none; }
    """

    @dataclass
    class Chosen(Message):
        """Enter on a row."""

        row: HoursRow

    class Highlighted(Message):
        """The cursor came to another row."""

    def __init__(self, *, clock: Clock, never: tuple[str, ...], named: NameOf, id: str | None = None) -> None:
        super().__init__(HoursPage.TODAY, clock=clock, id=id)
        self._never = never
        self._named = named
        self._sheet: Timesheet | None = None
        self._page = HoursPage.TODAY
        self._rows: LineList[HoursRow] = LineList(lambda row: row.key, self._draw)
        self._week = DrawnLines(classes="week")
        self._week.can_focus = False
        self.charts = DrawnLines(classes="charts")
        self.charts.show(lambda width: tuple((Piece(line, Tone.DIM),) for line in never))

    def content(self) -> list[Widget]:
        """The list, the week beside it, the charts in the place of both."""
        return [Horizontal(self._rows, self._week, self.charts, classes="body")]

    # ── what the screen tells ──

    def show(self, sheet: Timesheet | None, feed: Feed[SpentTime]) -> None:
        """Show what was read; ``feed`` says how old it is, and what went wrong."""
        self._rows.explain(*empty_reason(feed, NOTHING, self._never))
        self._sheet = sheet
        self.tell_feed(feed, title_words(sheet) if sheet else "")
        self._tell_trouble(feed.trouble if sheet else None)  # days are listed even where nothing is logged
        self._list()

    def show_figures(self, found: Sequence[Figure]) -> None:
        """Draw the charts."""
        self.charts.show(lambda width: chart_lines(found, width))

    def show_page(self, page: HoursPage) -> None:
        """List another page."""
        self._page = page
        self._title.rename(page)
        self.set_class(page is HoursPage.CHARTS, "-charts")
        self._list()
        self._to_first()
        self.focus()

    def tick(self) -> None:
        """Timers grow."""
        super().tick()
        self._rows.content_changed()

    # ── what is under the keys ──

    @property
    def row(self) -> HoursRow | None:
        """The row under the cursor; None on the charts."""
        return None if self._page is HoursPage.CHARTS else self._rows.highlighted

    def focus(self, scroll_visible: bool = True) -> "HoursPane":
        """Give the keys to what is in view."""
        wanted = self.charts if self._page is HoursPage.CHARTS else self._rows
        wanted.focus(scroll_visible)
        return self

    # ── below ──

    def _list(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        rows: Sequence[HoursRow] = ()
        if self._page is not HoursPage.CHARTS:
            listed = today_rows if self._page is HoursPage.TODAY else week_rows
            rows = listed(sheet, self.clock())
        fresh = not self._rows.rows
        self._rows.set_rows(rows)
        self._rows.content_changed()
        if fresh:
            self._to_first()
        self._week.show(lambda width: tuple(week_lines(sheet)))

    def _to_first(self) -> None:
        """The first row with a verb, rather than its heading."""
        place = next((n for n, row in enumerate(self._rows.rows) if row.kind is not RowKind.HEAD), 0)
        self._rows.move_to(place)

    def _draw(self, row: HoursRow, width: int) -> Line:
        if self._sheet is None:
            return ()
        return draw_hours_row(row, self._sheet, width, self.clock(), self._named)

    def on_resize(self, event: events.Resize) -> None:
        """Beside, or not at all."""
        self.set_class(event.size.width >= WIDE, "-wide")

    @on(LineList.Highlighted)
    def _another(self, event: LineList.Highlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if (row := self._rows.highlighted) is not None:
            self.post_message(self.Chosen(row))
