"""Mode 5, today: hours against the working day, what has none logged, timers, and what is open."""

import asyncio
from collections.abc import Coroutine, Iterable
from datetime import date, timedelta
from functools import cached_property

from textual import on, work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.doing import Suggestion
from clients.models.feed import Feed
from clients.models.figures import DAYS
from clients.models.spent_time import SpentTime
from clients.models.ticket import Ticket
from clients.models.times import day_of
from clients.models.timesheet import Timesheet
from clients.models.workday import week_of
from tui.commands.catalog import TODAY
from tui.day_charts import DayCharts
from tui.timesheets import NO_REDMINE, Timesheets
from widgets.bound import bound
from widgets.cells import Line, Piece, Tone
from widgets.hours_pane import HoursPage, HoursPane
from widgets.hours_row import HoursRow, RowKind
from widgets.key_bar import KeyBar

from .confirm import ConfirmScreen
from .desk_screen import DeskScreen
from .entry_verbs import EntryVerbs
from .hours_logging import HoursLogging
from .today_rows import row_day, row_words, timed_target

_A_WEEK = timedelta(days=7)
_WEEKS = ("semana-anterior", "semana-seguinte")
SETTLES_AFTER = 0.2
"""Seconds in which several steps of one operation come to one reading."""
_NEVER = ("Lendo as horas…",)


class TodayScreen(DeskScreen):
    """The list of the day or the week, or the charts."""

    VERBS = TODAY
    MODE = "5"
    PAGE = "hoje"
    TITLE = "Hoje"
    ABOUT = """\
O tempo é sempre registrado, mesmo de minutos: o que está no Redmine, contra a jornada de cada
dia, e o que se fez aqui sem hora registrada, que vira lançamento só quando você registra.
A visão passa de hoje à semana e aos gráficos. Mudar e apagar valem para os seus lançamentos, e dizem
o que o Redmine recusou. Aqui também estão os cronômetros, o que ficou sem desfecho e a rotina da manhã,
também enquanto o Redmine não responde: ficam as últimas horas que ele disse, com a idade delas."""
    BINDINGS = bound(TODAY)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Timesheet | None = None
        self._feed: Feed[SpentTime] = Feed(loading=True)
        self._page = HoursPage.TODAY
        self._shown: date | None = None
        """A day of the week that is looked at; None: this week."""
        self._asking = False
        """Whether a verb is under way, with its questions over the list."""

    def content(self) -> Iterable[Widget]:
        """The pane."""
        never = _NEVER if self._has_hours else (NO_REDMINE.title, NO_REDMINE.way_out)
        return [HoursPane(clock=self.plantao.minute, never=never, named=self._subject)]

    @property
    def _has_hours(self) -> bool:
        return self.plantao.desk.settings.redmine is not None

    @property
    def pane(self) -> HoursPane:
        """The pane."""
        return self.query_one(HoursPane)

    @property
    def sheet(self) -> Timesheet | None:
        """What was read last."""
        return self._sheet

    # ── what is read ──

    def on_mount(self) -> None:
        """Give the keys to the list."""
        self.pane.focus()
        self.watch(self.app, "queue", self._queue_moved, init=False)

    def on_screen_resume(self) -> None:
        """Hours may have been logged meanwhile; not so between two questions of a verb."""
        super().on_screen_resume()
        if not self._asking:
            self._read()

    def work_moved(self) -> None:
        """An operation is further on: once it is over, its hours are read."""
        if self.plantao.carrier.on_the_way == 0:
            self._read()
        else:
            self._read_here()

    def do_atualizar(self) -> None:
        """U: everything, and the hours."""
        self.plantao.do_atualizar()
        self._read()

    @work(exclusive=True, group="hours", exit_on_error=False)
    async def _read(self) -> None:
        await asyncio.sleep(SETTLES_AFTER)
        self._show(self._sheet, self._feed.busy())
        desk = self.plantao.desk
        try:
            await desk.ready()
            # what this machine knows waits for no server
            self._take(await self._here(), loading=self._has_hours)
            if self._has_hours:
                await desk.connected()
                self._take(await self._sheets.read(self._shown))
        except PlantaoError as error:
            self._show(self._sheet, self._feed.failed(error.trouble))
        if self.pane.shows_charts:
            self._draw_charts()

    async def _here(self) -> Timesheet:
        """The week as far as this machine knows it, with the hours of the newest reading that it had."""
        sheet, wanted = self._sheet, self._shown or self._today
        if sheet is None or sheet.read_at is None or wanted not in week_of(sheet.shown):
            return await self._sheets.remembered(self._shown)
        return await self._sheets.with_local(sheet)

    def _take(self, sheet: Timesheet, *, loading: bool = False) -> None:
        self._show(sheet, Feed(sheet.entries, as_of=sheet.read_at, loading=loading))

    @work(exclusive=True, group="charts", exit_on_error=False)
    async def _draw_charts(self) -> None:
        async for found in self._charts.read():
            self.pane.show_figures(found)

    @on(HoursPane.ChartsShown)
    def _has_room(self) -> None:
        if self._sheet is not None:  # else they come with it
            self._draw_charts()

    def _queue_moved(self, before: Feed[Ticket], now: Feed[Ticket]) -> None:
        """Tickets came or went: their charts follow, and Redmine is not asked for that."""
        told = before.trouble == now.trouble and (before.as_of is None) == (now.as_of is None)
        if self.pane.shows_charts and not (told and before.items is now.items):
            self._draw_tickets()

    @work(exclusive=True, group="charted-tickets", exit_on_error=False)
    async def _draw_tickets(self) -> None:
        self.pane.show_figures(await self._charts.drawn())

    @work(exclusive=True, group="hours-here", exit_on_error=False)
    async def _read_here(self) -> None:
        """What this machine knows anew; Redmine is not asked."""
        await asyncio.sleep(SETTLES_AFTER)
        sheet = self._sheet
        if sheet is None:
            return
        try:
            known = await self._sheets.with_local(sheet)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return
        if self._sheet is sheet:  # else another one was read meanwhile
            self._show(known, self._feed)

    @cached_property
    def _sheets(self) -> Timesheets:
        return Timesheets(self.plantao.desk)

    @cached_property
    def _charts(self) -> DayCharts:
        app = self.plantao
        return DayCharts(app.desk, self._sheets, lambda: app.queue)

    def _show(self, sheet: Timesheet | None, feed: Feed[SpentTime]) -> None:
        self._sheet, self._feed = sheet, feed
        self.pane.show(sheet, feed)
        self._tell_bar()

    def tick(self) -> None:
        """Ages and timers grow; after midnight it is another day."""
        self.pane.tick()
        if self._sheet is None or not self.is_current:
            return
        if self._today == self._sheet.today:
            self._read_here()
        else:
            self._read()

    # ── where one is ──

    def pages(self) -> Line:
        """The pages; the one in view in brackets."""
        pieces: list[Piece] = []
        for page in HoursPage:
            if page is self._page:
                pieces.append(Piece(f"[{page.value}] ", Tone.ACCENT))
            else:
                pieces.append(Piece(f" {page.value}  ", Tone.DIM))
        return tuple(pieces)

    def do_pagina_horas(self) -> None:
        """V."""
        order = tuple(HoursPage)
        self._go_to(order[(order.index(self._page) + 1) % len(order)])
        if self._page is not HoursPage.WEEK and self._shown is not None:
            self._look_at(None)

    def do_semana_anterior(self) -> None:
        """Left: hours that are missing are often last week's."""
        self._look_at((self._shown or self._today) - _A_WEEK)

    def do_semana_seguinte(self) -> None:
        """Right, as far as this week."""
        later = (self._shown or self._today) + _A_WEEK
        self._look_at(later if later < self._today else None)

    def _look_at(self, shown: date | None) -> None:
        self._shown = shown
        if shown is not None and self._page is not HoursPage.WEEK:
            self._go_to(HoursPage.WEEK)
        self._read()

    def _go_to(self, page: HoursPage) -> None:
        self._page = page
        self.pane.show_page(page)
        if page is HoursPage.CHARTS:
            self._draw_charts()
        self.tell_top()
        self._tell_bar()

    @property
    def _today(self) -> date:
        return day_of(self.plantao.desk.clock())

    def _subject(self, target: str) -> str:
        kind, _, number = target.partition(":")
        if kind == "task":
            return self._sheet.subjects.get(int(number), "") if self._sheet else ""
        ticket = self.plantao.ticket(int(number)) if kind == "ticket" else None
        return ticket.subject if ticket else ""

    def _day_meant(self, row: HoursRow | None) -> date | None:
        """The day that is proposed for time; None where it is today's, or what it is of knows its day."""
        if self._page is not HoursPage.WEEK or (row and (row.suggestion or row.timer)):
            return None
        return row_day(row) or self._shown or self._today

    # ── verbs ──

    @on(HoursPane.Highlighted)
    def _tell_bar(self) -> None:
        verbs = ("mudar-lancamento", "apagar-lancamento", "contar-tempo", "registrar-horas", *_WEEKS)
        self.query_one(KeyBar).left_out = frozenset(each for each in verbs if self.why_not(each) is not None)

    def why_not(self, command_id: str) -> str | None:
        """What each verb needs under the cursor."""
        row, desk = self.pane.row, self.plantao.desk
        needs_redmine = command_id in ("registrar-horas", "mudar-lancamento", "apagar-lancamento")
        if needs_redmine and (desk.redmine is None or not desk.is_open):
            return "As horas ficam no Redmine, que não está configurado ou ainda não abriu."
        if command_id == "mudar-lancamento" and (row is None or row.entry is None):
            return "Só um lançamento do Redmine se muda."
        if command_id == "apagar-lancamento" and (row is None or not (row.entry or row.suggestion)):
            return "Só um lançamento se apaga, ou uma sugestão que você não quer."
        if command_id in _WEEKS and self._page is HoursPage.CHARTS:
            return f"Os gráficos são sempre dos últimos {DAYS} dias; as semanas estão nas listas."
        if command_id == "semana-seguinte" and self._shown is None:
            return "Esta é a semana de hoje."
        if command_id == "contar-tempo" and not timed_target(row):
            return "Não há ticket nem tarefa sob o cursor."
        if command_id == "copiar" and not (row and (row.entry or row.suggestion)):
            return "Não há o que copiar sob o cursor."
        return super().why_not(command_id)

    @on(HoursPane.Chosen)
    async def _chosen(self, event: HoursPane.Chosen) -> None:
        command = {
            RowKind.ENTRY: "mudar-lancamento",
            RowKind.DAY: "registrar-horas",
            RowKind.SUGGESTION: "registrar-horas",
            RowKind.TIMER: "registrar-horas",
            RowKind.PENDING: "pendencias",
            RowKind.ROUND: "rotina",
        }.get(event.row.kind)
        if command is not None:
            await self.plantao.action_command(command)

    def do_registrar_horas(self) -> None:
        """Log time: of the suggestion, the timer or the task under the cursor, or of what is asked for."""
        row = self.pane.row
        stretch = row.suggestion if row else None
        logging = HoursLogging(self.plantao).log(timed_target(row), stretch, self._day_meant(row))
        self._verb(logging)

    def do_mudar_lancamento(self) -> None:
        """Change the entry."""
        row = self.pane.row
        if row is not None and row.entry is not None:
            self._verb(EntryVerbs(self.plantao).change(row.entry))

    def do_apagar_lancamento(self) -> None:
        """Take the entry back, or set the suggestion aside."""
        row = self.pane.row
        if row is not None and row.entry is not None:
            self._verb(EntryVerbs(self.plantao).remove(row.entry))
        elif row is not None and row.suggestion is not None:
            self._verb(self._set_aside(row.suggestion))

    def do_contar_tempo(self) -> None:
        """Start or pause the timer of what is under the cursor."""
        target = timed_target(self.pane.row)
        if target:
            self._verb(self.plantao.timekeeper.toggle(target))

    def do_copiar(self) -> None:
        """The row's own words, by OSC 52."""
        row, sheet = self.pane.row, self._sheet
        if row is not None and sheet is not None:
            self.plantao.copy(row_words(row, sheet))

    def _verb(self, work: Coroutine[None, None, None]) -> None:
        self.plantao.keys_wait_for(self._carried_out(work))

    @work(group="verb", exit_on_error=False)
    async def _carried_out(self, work: Coroutine[None, None, None]) -> None:
        self._asking = True
        try:
            await work
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        finally:
            self._asking = False
        self._read_here()

    async def _set_aside(self, stretch: Suggestion) -> None:
        about = "Não é lançamento e nada se apaga: só deixa de ser sugerido. O que vier depois volta a ser."
        if await self.plantao.ask(ConfirmScreen("Não sugerir mais?", about, "Não sugerir")):
            await self.plantao.desk.disk(self.plantao.desk.local.set_aside.put, stretch)
