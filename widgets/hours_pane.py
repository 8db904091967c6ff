"""Mode 5: hours against the working day, what was not logged, and what still runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual import events, on
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widget import Widget

from clients.models.feed import Feed
from clients.models.figures import Figure
from clients.models.spent_time import SpentTime
from clients.models.timesheet import Timesheet

from .cells import Line, Piece, Tone
from .chart_lines import chart_lines, short_chart_lines
from .drawn_lines import DrawnLines
from .hours_list import HoursList
from .hours_row import HoursRow, NameOf, draw_hours_row, today_rows, week_rows
from .hours_text import title_words, week_lines
from .line_list import LineList
from .pane import Clock, Pane
from .reasons import empty_reason

WIDE = 110
"""Columns from which the week stands beside the list."""
BROAD = 150
"""Columns from which the charts stand beside both."""
NOTHING = ("Nenhuma hora registrada.",)


class HoursPage(StrEnum):
    """What is listed."""

    TODAY = "Hoje"
    WEEK = "Semana"
    CHARTS = "Gráficos"


class HoursPane(Pane):
    """A list of what there is of the day or the week; its numbers and the charts where there is room."""

    HELP = """\
**Hoje**: contra a jornada (feriados nacionais e os da equipe contam). **+** é o que foi feito aqui sem
hora registrada: uma sugestão, que só vira lançamento quando você registra. Enter faz o que a linha pede:
registra a sugestão ou o cronômetro, muda o lançamento, abre as pendências ou a rotina; no nome de um dia,
registra tempo naquele dia."""
    DEFAULT_CSS = """
    HoursPane .body { height: 1fr; }
    HoursPane .lists { layout: horizontal; width: 1fr; }
    HoursPane .lists LineList { width: 5fr; }
    HoursPane .week { display: none; padding: 0 1; border-left: solid $foreground 20%; }
    HoursPane.-wide .week { display: block; width: 3fr; min-width: 46; max-width: 60; }
    HoursPane .charts { display: none; width: 1fr; padding: 0 1; }
    HoursPane.-broad .lists { layout: vertical; }
    HoursPane.-broad .lists LineList { width: 1fr; }
    HoursPane.-broad .week {
        width: 1fr; max-width: 100%; max-height: 20; border-left: none; border-top: solid $foreground 20%;
    }
    HoursPane.-broad.-week .week { display: none; }
    HoursPane.-broad .charts { display: block; border-left: solid $foreground 20%; }
    HoursPane.-broad .charts:focus { border-left: heavy $primary; }
    HoursPane.-charts .charts, HoursPane.-charts .charts:focus { display: block; border-left: none; }
    HoursPane.-charts .lists { display: none; }
    """

    @dataclass
    class Chosen(Message):
        """Enter on a row."""

        row: HoursRow

    class Highlighted(Message):
        """The cursor came to another row."""

    class ChartsShown(Message):
        """There is room for the charts now."""

    def __init__(self, *, clock: Clock, never: tuple[str, ...], named: NameOf, id: str | None = None) -> None:
        super().__init__(HoursPage.TODAY, clock=clock, id=id)
        self._never = never
        self._named = named
        self._sheet: Timesheet | None = None
        self._why: tuple[str, ...] = never
        self._figures: tuple[Figure, ...] = ()
        self._page = HoursPage.TODAY
        self._rows = HoursList(lambda row: row.key, self._draw)
        self._week = DrawnLines(classes="week")
        self._week.can_focus = False
        self.charts = DrawnLines(classes="charts")
        self.charts.show(lambda width: tuple((Piece(line, Tone.DIM),) for line in never))

    def content(self) -> list[Widget]:
        """The list, the week beside it or below, the charts beside both or in their place."""
        lists = Container(self._rows, self._week, classes="lists")
        return [Horizontal(lists, self.charts, classes="body")]

    # ── what the screen tells ──

    def show(self, sheet: Timesheet | None, feed: Feed[SpentTime]) -> None:
        """Show what was read; ``feed`` says how old it is, and what went wrong."""
        self._why = empty_reason(feed, NOTHING, self._never)
        self._rows.explain(*self._why)
        first = self._sheet is not None and self._sheet.read_at is None  # the hours come to what was known
        self._sheet = sheet
        self.tell_feed(feed, title_words(sheet) if sheet else "")
        # days are listed even where nothing is logged; what was never read says why among the rows
        self._tell_trouble(feed.trouble if sheet and sheet.read_at else None)
        self._list(first=first)

    def show_figures(self, found: Sequence[Figure]) -> None:
        """Draw the charts: in short beside the lists, with all their numbers on their own page."""
        self._figures = tuple(found)
        self._draw_charts()

    def show_page(self, page: HoursPage) -> None:
        """List another page."""
        self._page = page
        self._title.rename(page)
        self.set_class(page is HoursPage.CHARTS, "-charts")
        self.set_class(page is HoursPage.WEEK, "-week")
        self._draw_charts()
        self._list()
        self._rows.to_first()
        self.focus()

    def tick(self) -> None:
        """Timers grow."""
        super().tick()
        self._rows.content_changed()

    @property
    def shows_charts(self) -> bool:
        """Whether the charts are in view."""
        return self._page is HoursPage.CHARTS or self.has_class("-broad")

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

    def _draw_charts(self) -> None:
        if self._figures:
            draw = chart_lines if self._page is HoursPage.CHARTS else short_chart_lines
            self.charts.show(lambda width: draw(self._figures, width))

    def _list(self, *, first: bool = False) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        rows: Sequence[HoursRow] = ()
        if self._page is not HoursPage.CHARTS:
            listed = today_rows if self._page is HoursPage.TODAY else week_rows
            rows = listed(sheet, self._why)
        fresh = self._rows.is_silent or (first and not self._rows.taken)
        self._rows.set_rows(rows)
        self._rows.content_changed()
        if fresh:
            self._rows.to_first()
        self._week.show(lambda width: tuple(week_lines(sheet)))

    def _draw(self, row: HoursRow, width: int) -> Line:
        if self._sheet is None:
            return ()
        return draw_hours_row(row, self._sheet, width, self.clock(), self._named)

    def on_resize(self, event: events.Resize) -> None:
        """Beside, or not at all."""
        self.set_class(event.size.width >= WIDE, "-wide")
        narrower = not self.has_class("-broad")
        self.set_class(event.size.width >= BROAD, "-broad")
        if narrower and self.has_class("-broad"):
            self.post_message(self.ChartsShown())

    @on(LineList.Highlighted)
    def _another(self, event: LineList.Highlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if (row := self._rows.highlighted) is not None:
            self.post_message(self.Chosen(row))
