"""The line that says what runs, and the questions about what ran too long or runs when one leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from clients.models.timer import Timer, task_target, ticket_target
from tests.support.clock import NOW, Clock, frozen
from tests.support.desk import SIZES, WIDE, Sitting, sitting
from tests.support.painted import lines_of, repainted, settle
from tui.desk import Desk
from tui.screens.duration import TimeScreen, UnitScreen
from tui.screens.mesa import MesaScreen
from tui.screens.timer_question import ForgottenScreen, Leaving, LeavingScreen
from tui.settings import Settings
from widgets.quiet_screen import QuietScreen
from widgets.timer_line import TimerLine, timer_line

pytestmark = pytest.mark.anyio
each_size = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
TICKET = ticket_target(4102)


def running(minutes: float, target: str = TICKET) -> Timer:
    """A timer that has run for so long."""
    return Timer(target=target).started(NOW - timedelta(minutes=minutes))


def paused(number: int) -> Timer:
    return running(30, ticket_target(number)).paused(NOW)


def stopped(number: int) -> Timer:
    return running(30, ticket_target(number)).at_stop(NOW)


class TestTheWords:
    @pytest.mark.parametrize(
        ("timers", "told"),
        [
            ((), ""),
            ((running(42),), "⏱ 0:42 #4102"),
            ((running(125, task_target(3017)),), "⏱ 2:05 tarefa #3017"),
            ((running(42), paused(1)), "⏱ 0:42 #4102 · 1 pausado"),
            ((running(1), running(2, ticket_target(7)), paused(1), paused(2), stopped(3)),
             "⏱ 0:01 #4102 · ⏱ 0:02 #7 · 2 pausados · 1 a registrar"),
            ((paused(1), stopped(2)), "⏱ 1 pausado · 1 a registrar"),
            ((running(571),), "▲ 9:31 #4102 esquecido?"),
        ],
    )  # fmt: skip
    async def test_what_runs_and_what_waits(self, timers: tuple[Timer, ...], told: str) -> None:
        assert timer_line(timers, NOW) == told


class LineApp(App[None]):
    """The line between two others."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    def get_default_screen(self) -> Screen[object]:
        return QuietScreen()

    def compose(self) -> ComposeResult:
        yield Static("acima")
        yield TimerLine(clock=self.clock)
        yield Static("abaixo")

    @property
    def line(self) -> TimerLine:
        return self.query_one(TimerLine)


class TestTheLine:
    async def test_without_a_timer_it_takes_no_room(self) -> None:
        app = LineApp(Clock(NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert app.line.region.height == 0
            app.line.timers = (running(42),)
            await settle(pilot)
            assert lines_of(app.line) == ["⏱ 0:42 #4102"]
            app.line.timers = ()
            await settle(pilot)
            assert app.line.region.height == 0

    async def test_it_is_painted_when_the_minute_changes_and_not_before(self) -> None:
        clock = Clock(NOW)
        app = LineApp(clock)
        async with app.run_test(size=(80, 24)) as pilot:
            app.line.timers = (running(42),)
            await settle(pilot)
            with repainted() as regions:
                for _ in range(59):
                    clock.forward(seconds=1)
                    app.line.tick()
                app.line.timers = (running(42.01),)  # as another session wrote it: nothing to see
                await settle(pilot)
            assert regions == []
            with repainted() as regions:
                clock.forward(seconds=1)
                app.line.tick()
                await settle(pilot)
            assert [(region.y, region.height) for region in regions] == [(1, 1)]
            assert lines_of(app.line) == ["⏱ 0:43 #4102"]

    async def test_in_a_narrow_place_it_stays_one_line(self) -> None:
        app = LineApp(Clock(NOW))
        async with app.run_test(size=(20, 6)) as pilot:
            app.line.timers = (running(42), paused(1), stopped(2))
            await settle(pilot)
            assert lines_of(app.line) == ["⏱ 0:42 #4102 · 1 pa…"]


@asynccontextmanager
async def at_a_desk(folder: Path, size: tuple[int, int] = WIDE) -> AsyncIterator[Sitting]:
    async with sitting(Desk(Settings(state_folder=folder), frozen), size) as seat:
        await seat.arrives_at(MesaScreen)
        yield seat


class TestLeaving:
    @each_size
    @pytest.mark.parametrize(
        ("key", "answer"), [("d", Leaving.RUN_ON), ("p", Leaving.PAUSE), ("escape", None), ("n", None)]
    )
    async def test_the_time_runs_on_or_pauses_or_one_stays(
        self, tmp_path: Path, size: tuple[int, int], key: str, answer: Leaving | None
    ) -> None:
        answers: list[Leaving | None] = []
        async with at_a_desk(tmp_path, size) as seat:
            timers = (running(42), running(5, task_target(3017)))
            seat.app.push_screen(LeavingScreen(timers, NOW), answers.append)
            await seat.sees(
                "O que fazer com o tempo?", "#4102: 0h42 até agora", "tarefa #3017: 0h05 até agora"
            )
            await seat.sees("d Deixar correndo", "p Pausar", "Esc Cancelar saída")
            await seat.press("enter", "s")  # answer nothing
            assert isinstance(seat.app.screen, LeavingScreen)
            await seat.press(key)
            await seat.arrives_at(MesaScreen)
            assert answers == [answer]

    async def test_more_than_fit_are_scrolled_and_the_keys_stay_in_view(self, tmp_path: Path) -> None:
        async with at_a_desk(tmp_path, SIZES["80x24"]) as seat:
            timers = tuple(running(number, ticket_target(number)) for number in range(1, 40))
            seat.app.push_screen(LeavingScreen(timers, NOW))
            await seat.sees("#1: 0h01 até agora", "p Pausar")


class TestForgotten:
    async def asked(self, seat: Sitting, *, active: bool = True) -> list[int | None]:
        """Ask about a timer of yesterday, 15:06 in São Paulo, and of three hours of work."""
        answers: list[int | None] = []
        timer = running(21 * 60)
        if active:
            timer = timer.noting(NOW - timedelta(hours=18))
        offer = timer.offer(NOW)
        assert offer is not None
        seat.app.push_screen(ForgottenScreen(TICKET, offer, NOW), answers.append)
        await seat.sees("Quanto tempo foi: #4102?", "Começou em 03/03 15:06 e conta 21h00 sem pausa.")
        return answers

    @each_size
    @pytest.mark.parametrize(("key", "minutes"), [("a", 180), ("l", 570), ("escape", None)])
    async def test_up_to_the_last_activity_or_the_limit_or_later(
        self, tmp_path: Path, size: tuple[int, int], key: str, minutes: int | None
    ) -> None:
        async with at_a_desk(tmp_path, size) as seat:
            answers = await self.asked(seat)
            await seat.sees("Até a última atividade, 03/03 18:06: 3h00", "Até o limite, 04/03 00:36: 9h30")
            await seat.sees("a Atividade", "l Limite", "d Digitar", "Esc Decidir depois")
            await seat.press("enter")  # answers nothing
            assert isinstance(seat.app.screen, ForgottenScreen)
            await seat.press(key)
            await seat.arrives_at(MesaScreen)
            assert answers == [minutes]

    async def test_where_no_activity_was_noted_none_is_offered(self, tmp_path: Path) -> None:
        async with at_a_desk(tmp_path) as seat:
            answers = await self.asked(seat, active=False)
            await seat.sees("Nenhuma atividade foi anotada")
            assert "a Atividade" not in seat.text()
            await seat.press("a")
            assert isinstance(seat.app.screen, ForgottenScreen)
            assert answers == []

    @each_size
    async def test_the_analyst_says_it(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with at_a_desk(tmp_path, size) as seat:
            answers = await self.asked(seat)
            await seat.press("d")
            await seat.arrives_at(TimeScreen)
            await seat.sees("#4102, desde 03/03 15:06")
            await seat.press("escape")  # not after all
            await seat.arrives_at(ForgottenScreen)
            await seat.press("d")
            await seat.arrives_at(TimeScreen)
            await seat.press("8", "enter")
            await seat.arrives_at(UnitScreen)
            await seat.press("h")
            await seat.arrives_at(MesaScreen)
            assert answers == [480]
