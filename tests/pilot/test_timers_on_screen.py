"""The line that says what runs, and the questions about what ran too long or runs when one leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from clients.models.timer import Timer, task_target, ticket_target
from tests.support.clock import NOW, frozen
from tests.support.desk import SIZES, WIDE, Sitting, sitting
from tui.desk import Desk
from tui.screens.duration import TimeScreen, UnitScreen
from tui.screens.mesa import MesaScreen
from tui.screens.timer_question import ForgottenScreen, Leaving, LeavingScreen
from tui.settings import Settings
from widgets.cells import Tone
from widgets.phrases import timer_state
from widgets.timer_line import timer_line

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
        ("timers", "told", "tone"),
        [
            ((), "", None),
            ((running(42),), "⏱ 0:42 #4102", Tone.ACCENT),
            ((running(125, task_target(3017)),), "⏱ 2:05 tarefa #3017", Tone.ACCENT),
            ((running(42), paused(1)), "⏱ 0:42 #4102 +1", Tone.ACCENT),
            ((paused(1), paused(2), stopped(3)), "‖ 0:30 #1 +2", Tone.DIM),
            ((stopped(2),), "■ 0:30 #2", Tone.DIM),
            ((running(571),), "▲ 9:31 #4102", Tone.WARN),
            ((running(1), running(571, ticket_target(7))), "▲ 0:01 #4102 +1", Tone.WARN),
        ],
    )
    async def test_the_first_and_how_many_more(
        self, timers: tuple[Timer, ...], told: str, tone: Tone | None
    ) -> None:
        line = timer_line(timers, NOW)
        assert "".join(piece.text for piece in line) == told
        assert [piece.tone for piece in line] == ([tone] if tone else [])

    async def test_every_mark_is_one_cell_wide(self) -> None:
        timers = (running(1), paused(1), stopped(1), running(571))
        assert [cell_len(timer_state(timer, NOW)[0]) for timer in timers] == [1, 1, 1, 1]


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
            await seat.sees("d Deixar correndo", "p Pausar", "Esc Não fechar")
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
