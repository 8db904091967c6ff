"""How long did it take? Typed, understood on the spot, never taken for something else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.clock import frozen
from tests.support.desk import SIZES, WIDE, Sitting, sitting
from tests.support.painted import repainted, settle
from tui.desk import Desk
from tui.screens.duration import TimeScreen, UnitScreen
from tui.screens.help import HelpScreen
from tui.screens.mesa import MesaScreen
from tui.settings import Settings

pytestmark = pytest.mark.anyio
each_size = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


@asynccontextmanager
async def asked(
    folder: Path, size: tuple[int, int] = WIDE, minutes: int | None = None
) -> AsyncIterator[tuple[Sitting, list[int | None]]]:
    """Somebody is asked for a time; what was answered is collected."""
    answers: list[int | None] = []
    async with sitting(Desk(Settings(state_folder=folder), frozen), size) as seat:
        await seat.arrives_at(MesaScreen)
        seat.app.push_screen(TimeScreen("#4102 Nota não sai", minutes), answers.append)
        await seat.arrives_at(TimeScreen)
        await seat.sees("Quanto tempo?", "#4102 Nota não sai", "Enter Usar", "Esc Voltar")
        yield seat, answers


async def gone_back(seat: Sitting, answers: list[int | None]) -> int | None:
    await seat.arrives_at(MesaScreen)
    await seat.until(lambda: answers, "answered")
    assert len(answers) == 1
    return answers[0]


@each_size
async def test_what_is_typed_is_echoed_and_taken(tmp_path: Path, size: tuple[int, int]) -> None:
    async with asked(tmp_path, size) as (seat, answers):
        await seat.write("1h30")
        await seat.sees("= 1h30 (1,50 h)")
        await seat.press("backspace")
        await seat.sees("= 1h03 (1,05 h)")
        await seat.write("x")
        await seat.until(lambda: "= " not in seat.text(), "took the echo back")
        await seat.press("backspace", "backspace", "backspace")
        await seat.sees("= 1h00 (1,00 h), 1 lido em horas")
        await seat.press("enter")
        assert await gone_back(seat, answers) == 60


@each_size
@pytest.mark.parametrize(("key", "minutes"), [("m", 10), ("h", 600)])
async def test_a_bare_number_is_asked_about(
    tmp_path: Path, size: tuple[int, int], key: str, minutes: int
) -> None:
    async with asked(tmp_path, size) as (seat, answers):
        await seat.write("10")
        await seat.sees("? 10 minutos ou 10 horas?")
        await seat.press("enter")
        await seat.arrives_at(UnitScreen)
        await seat.sees("Minutos: = 0h10 (0,17 h)", "Horas:   = 10h00 (10,00 h)", "m Minutos", "h Horas")
        await seat.press("enter")  # answers nothing
        assert isinstance(seat.app.screen, UnitScreen)
        await seat.press(key)
        assert await gone_back(seat, answers) == minutes


async def test_the_question_is_answered_in_a_burst(tmp_path: Path) -> None:
    async with asked(tmp_path) as (seat, answers):
        await seat.press("9", "0", "enter", "m")
        assert await gone_back(seat, answers) == 90


async def test_ninety_hours_are_refused_and_the_number_can_be_corrected(tmp_path: Path) -> None:
    async with asked(tmp_path) as (seat, answers):
        await seat.press("9", "0", "enter")
        await seat.arrives_at(UnitScreen)
        await seat.sees("Minutos: = 1h30 (1,50 h)", "Horas:   passa de 24 horas")
        await seat.press("h")
        await seat.arrives_at(TimeScreen)
        await seat.sees("✖ 90h00 passa de 24 horas")
        await seat.press("enter")
        await seat.arrives_at(UnitScreen)
        await seat.press("escape")
        await seat.arrives_at(TimeScreen)
        await seat.write("min")
        await seat.sees("= 1h30 (1,50 h)")
        assert "✖" not in seat.text()
        await seat.press("enter")
        assert await gone_back(seat, answers) == 90


@each_size
async def test_a_warning_asks_for_enter_once_more(tmp_path: Path, size: tuple[int, int]) -> None:
    async with asked(tmp_path, size) as (seat, answers):
        await seat.write("1:75")
        await seat.sees("= 2h15 (2,25 h)", "▲ 75 minutos passam de uma hora: é 2h15?")
        assert "Enter de novo" not in seat.text()
        await seat.press("enter")
        await seat.sees("Enter de novo usa")
        assert answers == []
        await seat.press("backspace", "6")  # another one: it is warned of anew
        await seat.sees("76 minutos passam")
        await seat.press("enter")
        await seat.sees("Enter de novo usa")
        await seat.press("enter")
        assert await gone_back(seat, answers) == 136


@each_size
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "✖ Falta o tempo"),
        ("0", "✖ O tempo não pode ser zero"),
        ("-1h", "✖ O tempo não pode ser negativo"),
        ("25h", "✖ 25h00 passa de 24 horas"),
        ("30s", "✖ Segundos não contam"),
        ("agora", "✖ Não entendi o tempo"),
    ],
)
async def test_what_is_no_time_stays_in_the_field_with_the_reason(
    tmp_path: Path, size: tuple[int, int], typed: str, reason: str
) -> None:
    async with asked(tmp_path, size) as (seat, answers):
        await seat.write(typed)
        assert "✖" not in seat.text()  # it may be half typed
        await seat.press("enter")
        await seat.sees(reason)
        assert answers == []
        await seat.press("escape")
        assert await gone_back(seat, answers) is None


async def test_what_the_timer_counted_stands_there_to_begin_with(tmp_path: Path) -> None:
    async with asked(tmp_path, minutes=42) as (seat, answers):
        await seat.sees("0h42", "= 0h42 (0,70 h)")
        await seat.press("enter")
        assert await gone_back(seat, answers) == 42


async def test_the_same_echo_is_not_painted_again(tmp_path: Path) -> None:
    async with asked(tmp_path) as (seat, _):
        await seat.write("90m")
        await seat.sees("= 1h30 (1,50 h)")
        echo = seat.app.screen.query_one(".read").region
        await settle(seat.pilot)
        with repainted() as regions:
            await seat.write("  ")
            await settle(seat.pilot)
        assert regions
        assert not any(region.overlaps(echo) for region in regions)


async def test_help_says_what_can_be_typed(tmp_path: Path) -> None:
    async with asked(tmp_path) as (seat, _):
        await seat.press("f1")
        await seat.arrives_at(HelpScreen)
        await seat.sees("Escreva como preferir: 1h30", "Usar o tempo que aparece")
