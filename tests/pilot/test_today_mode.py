"""Mode 5: a gap becomes an entry only by the analyst's keys; entries are changed and taken back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from clients.errors import Unreachable
from clients.models.answer import Kind
from clients.models.spent_time import SpentTime
from clients.models.timer import Span, Timer, task_target, ticket_target
from clients.models.timesheet import Timesheet
from clients.models.worked import minutes_of
from clients.sandbox.server import Running
from tests.support.clock import NOW, Clock
from tests.support.desk import NARROW, SIZES, WIDE, Sitting, at_the_desk, settings_for, sitting
from tui.desk import Desk
from tui.flows.answer import KINDS
from tui.intent import Step
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pick import PickScreen
from tui.screens.today import TodayScreen
from widgets.hours_row import RowKind

pytestmark = pytest.mark.anyio
BROAD = (160, 45)
REPLY = KINDS[Kind.REPLY]
TUESDAY, WEDNESDAY, LAST_FRIDAY = date(2026, 3, 3), date(2026, 3, 4), date(2026, 2, 27)


@pytest.fixture
def now() -> Clock:
    return Clock(NOW)


async def ticket_with_a_task(seat: Sitting) -> tuple[int, int]:
    """A ticket of the queue that has one task, and that task."""
    assert seat.app.desk.redmine is not None
    for entry in seat.mesa.queue.shown:
        tasks = await seat.app.desk.redmine.find_by_ticket(entry.id)
        if len(tasks) == 1:
            return entry.id, tasks[0].id
    raise AssertionError("no ticket has one task")


def answered(seat: Sitting, ticket_id: int) -> None:
    """A reply that went out just now, with no time logged."""
    journal = seat.app.desk.local.journal
    (intent,) = journal.plan([Step(REPLY, ticket_target(ticket_id), {"ticket_id": ticket_id})], "work")
    journal.done(journal.begin(intent, seat.app.desk._quarantine), 1)


def counts_readings(seat: Sitting) -> list[str]:
    """Grows by one for each time that Redmine is asked for the entries."""
    redmine, asked = seat.app.desk.redmine, list[str]()
    assert redmine is not None
    spent_times = redmine.spent_times

    async def counted(*args: Any, **options: Any) -> tuple[SpentTime, ...]:
        asked.append("entries")
        return await spent_times(*args, **options)

    redmine.spent_times = counted  # type: ignore[method-assign]
    return asked


def today(seat: Sitting) -> TodayScreen:
    assert isinstance(seat.app.screen, TodayScreen)
    return seat.app.screen


async def looks(seat: Sitting, *, with_hours: bool = True) -> TodayScreen:
    await seat.press("5")
    await seat.arrives_at(TodayScreen)
    screen = today(seat)
    await seat.until(lambda: screen.sheet and (screen.sheet.read_at or not with_hours), "read the week")
    return screen


async def picks(seat: Sitting, letters: str) -> None:
    await seat.arrives_at(PickScreen)
    await seat.write(letters)
    await seat.press("enter")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_gap_is_logged_by_hand_then_changed_then_taken_back(
    running: Running, tmp_path: Path, now: Clock, size: tuple[int, int]
) -> None:
    desk = Desk(settings_for(running, tmp_path), now)
    async with at_the_desk(running, tmp_path, size, desk=desk) as seat:
        await seat.everything_read()
        ticket, task = await ticket_with_a_task(seat)
        answered(seat, ticket)
        screen = await looks(seat)
        before = len(screen.sheet.of_today) if screen.sheet else 0
        await seat.sees(f"#{ticket}", "respondido", "sem hora registrada")

        asked = counts_readings(seat)
        await seat.press("enter")
        await seat.arrives_at(TimeScreen)
        await seat.write("25min")
        await seat.press("enter")
        await picks(seat, "")
        await seat.arrives_at(LineScreen)
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("Hoje, 04/03:", f"Registrar 0h25 na tarefa {task}")
        assert screen.sheet and len(screen.sheet.of_today) == before, "nothing is logged before the last key"
        assert asked == [], "no question of the way reads the week anew"
        await seat.press("s")
        await seat.until(lambda: screen.sheet and len(screen.sheet.of_today) == before + 1, "logged it")
        await seat.until(lambda: screen.sheet and not screen.sheet.suggestions, "suggested it no more")
        assert "sem hora registrada" not in seat.text()
        assert screen.sheet
        made = max(screen.sheet.of_today, key=lambda entry: entry.id)

        def there() -> int | None:
            assert screen.sheet
            return next((minutes_of(each) for each in screen.sheet.of_today if each.id == made.id), None)

        assert there() == 25
        rows = screen.pane._rows
        assert rows.select_key(f"entry-{made.id}")
        await seat.press("e")
        await picks(seat, "tempo")
        await seat.arrives_at(TimeScreen)
        await seat.write("1h30")  # over what stands there
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("0h25 → 1h30")
        await seat.press("s")
        await seat.until(lambda: there() == 90, "changed it")

        assert rows.select_key(f"entry-{made.id}")
        await seat.press("x")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("enter")
        await seat.press("n")
        assert there() == 90
        await seat.press("x")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.until(lambda: there() is None, "took it back")


async def test_pages_reasons_and_what_is_not_wanted(running: Running, tmp_path: Path, now: Clock) -> None:
    desk = Desk(settings_for(running, tmp_path), now)
    async with at_the_desk(running, tmp_path, WIDE, desk=desk) as seat:
        await seat.everything_read()
        ticket, _ = await ticket_with_a_task(seat)
        answered(seat, ticket)
        screen = await looks(seat)
        await seat.sees("qua 04/03", "de 8h00", "sem hora registrada")
        await seat.press("e")
        assert "Só um lançamento do Redmine se muda." in seat.toasts[-1]
        await seat.press("y")
        assert f"#{ticket} · respondido" in seat.toasts[-1]
        await seat.press("x")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.until(lambda: screen.sheet and not screen.sheet.suggestions, "set it aside")

        await seat.press("v")
        await seat.sees("[Semana]", "Por cliente", "Por tarefa", "← Semana anterior")
        await seat.press("right")
        assert "Esta é a semana de hoje." in seat.toasts[-1]
        await seat.press("left")
        await seat.sees("seg 23/02 a dom 01/03", "sex 27/02", "→ Seguinte")
        assert screen.pane._rows.select_key(f"day-{LAST_FRIDAY}")
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.write(f"#{ticket}")
        await seat.press("enter")
        await seat.sees("De que dia é?", "27/02/2026")
        await seat.write("26/02")  # over what stands there
        await seat.press("enter")
        await seat.arrives_at(TimeScreen)
        await seat.sees(f"#{ticket}", "· qui 26/02")
        for words in ("De que dia é?", "em qual tarefa ou ticket?"):
            await seat.press("escape")
            await seat.sees(words)
        await seat.press("escape")
        await seat.arrives_at(TodayScreen)
        await seat.press("right")
        await seat.sees("qua 04/03")
        await seat.press("v")
        await seat.sees("[Gráficos]", "Horas por dia", "registradas de")
        assert screen.pane.row is None
        await seat.press("left")
        assert "Os gráficos são sempre dos últimos 14 dias" in seat.toasts[-1]
        assert "← Semana anterior" not in seat.text()
        await seat.press("h")
        await seat.arrives_at(LineScreen)
        await seat.press("escape", "escape", "1")
        await seat.arrives_at(MesaScreen)


async def test_a_timer_is_logged_from_here_and_paused(running: Running, tmp_path: Path, now: Clock) -> None:
    async with at_the_desk(
        running, tmp_path, NARROW, desk=Desk(settings_for(running, tmp_path), now)
    ) as seat:
        await seat.everything_read()
        ticket, _ = await ticket_with_a_task(seat)
        await seat.app.timekeeper.start(ticket_target(ticket))
        now.forward(minutes=42)
        screen = await looks(seat)
        await seat.sees("⏱ contando", "0h42")
        row = screen.pane.row
        assert row is not None
        assert row.kind is RowKind.TIMER
        await seat.press("i")
        await seat.sees("‖ pausado")
        await seat.press("h")
        await seat.arrives_at(TimeScreen)
        await seat.sees("= 0h42")
        await seat.press("enter")
        await picks(seat, "")
        await seat.arrives_at(LineScreen)
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.until(lambda: screen.sheet and not screen.sheet.timers, "took it off the timer")
        await seat.until(
            lambda: screen.sheet and 42 in map(minutes_of, screen.sheet.of_today), "read what was logged"
        )


async def test_without_redmine_all_that_needs_none_is_there(
    running: Running, tmp_path: Path, now: Clock
) -> None:
    desk = Desk(settings_for(running, tmp_path, redmine=None), now)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        ticket = seat.mesa.queue.shown[0].id
        answered(seat, seat.mesa.queue.shown[1].id)
        await seat.app.timekeeper.start(ticket_target(ticket))
        now.forward(minutes=42)
        await looks(seat, with_hours=False)
        await seat.sees("⏱ contando", "0h42", f"#{ticket}", "respondido", "Rotina da manhã")
        await seat.sees("horas não lidas", "Redmine não configurado.", "Complete [redmine]")
        assert "0h00" not in seat.text(), "nothing is known of the hours"
        await seat.press("v", "v")
        await seat.sees("[Gráficos]", "Redmine não configurado. Complete [redmine]", "entraram,")
        assert not seat.toasts


async def test_a_new_session_begins_on_the_hours_and_keeps_them_while_redmine_fails(
    running: Running, tmp_path: Path, now: Clock
) -> None:
    settings = settings_for(running, tmp_path)
    async with at_the_desk(running, tmp_path, WIDE, desk=Desk(settings, now)) as seat:
        await looks(seat)
        await seat.press("v", "v")
        await seat.sees("[Gráficos]", "registradas de")
        seat.app.returning.leave()
    now.forward(minutes=20)
    async with sitting(Desk(settings, now), WIDE) as seat:
        await seat.arrives_at(TodayScreen)
        screen = today(seat)
        await seat.until(lambda: screen.sheet and screen.sheet.read_at == now(), "read them anew")
        assert seat.app.desk.redmine is not None

        async def fails(*args: Any, **options: Any) -> tuple[SpentTime, ...]:
            raise Unreachable("Redmine", "não respondeu em 10 s")

        seat.app.desk.redmine.spent_times = fails  # type: ignore[method-assign]
        now.forward(minutes=30)
        await seat.press("u")
        await seat.sees("▲ Sem conexão: Redmine: não respondeu em 10 s", "de 8h00", "há 30 min")
        await seat.press("v", "v")
        await seat.sees("Dados de hoje", "registradas de")


async def test_where_there_is_room_the_charts_stand_beside_the_day(
    running: Running, tmp_path: Path, now: Clock
) -> None:
    async with at_the_desk(running, tmp_path, BROAD, desk=Desk(settings_for(running, tmp_path), now)) as seat:
        await looks(seat)
        await seat.sees("Hoje, qua 04/03", "Faltam", "Horas por dia", "Horas por cliente", "entraram,")
        assert today(seat).pane.row is not None, "the keys are the list's"
        await seat.press("v", "v")
        await seat.sees("[Gráficos]", "registradas de")
        assert "Hoje, qua 04/03" not in seat.text()
        both = seat.line("Horas por dia")
        assert "Horas por cliente" in both
        await seat.press("v")
        await seat.pilot.resize_terminal(*NARROW)
        await seat.until(lambda: "Horas por dia" not in seat.text(), "made room for the list")
        await seat.pilot.resize_terminal(*BROAD)
        await seat.sees("Horas por dia", "Hoje, qua 04/03")


def worked(target: str, *ago: tuple[timedelta, int]) -> Timer:
    """A timer that stands still: how long ago it was started each time, and for how many minutes."""
    spans = [Span(began=NOW - since, ended=NOW - since + timedelta(minutes=lasted)) for since, lasted in ago]
    return Timer(target=target, spans=tuple(spans), stopped=True)


async def test_time_of_two_days_on_a_ticket_is_asked_for_and_logged_day_by_day(
    running: Running, tmp_path: Path, now: Clock
) -> None:
    desk = Desk(settings_for(running, tmp_path), now)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.everything_read()
        ticket, task = await ticket_with_a_task(seat)
        target = ticket_target(ticket)
        desk.local.timers.keep(worked(target, (timedelta(days=1), 120), (timedelta(minutes=30), 30)))
        screen = await looks(seat)
        await seat.press("h")
        for day, minutes in (("ter 03/03", "= 2h00"), ("qua 04/03", "= 0h30")):
            await seat.arrives_at(TimeScreen)
            await seat.sees(f"· {day}", minutes)
            await seat.press("enter")
        await picks(seat, "")
        await seat.arrives_at(LineScreen)
        await seat.write("XML conferido")
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("ter 03/03:", f"Registrar 2h00 na tarefa {task}", "Hoje, 04/03:", "Registrar 0h30")
        assert seat.text().count("«XML conferido»") == 1
        await seat.press("s")
        await seat.until(lambda: screen.sheet and not screen.sheet.timers, "took it off the timer")
        await seat.until(lambda: screen.sheet and logged_now(screen.sheet) == {TUESDAY: 120, WEDNESDAY: 30})


async def test_a_number_that_is_no_tasks_is_asked_for_again_as_it_was_typed(
    running: Running, tmp_path: Path, now: Clock
) -> None:
    desk = Desk(settings_for(running, tmp_path), now)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await looks(seat)
        await seat.press("v", "v")
        await seat.sees("[Gráficos]")
        await seat.press("h")
        await seat.arrives_at(LineScreen)
        await seat.write("abc")
        await seat.press("enter")
        await seat.sees("✖ “abc” não é número nem link de tarefa ou ticket.")
        await seat.press("backspace", "backspace", "backspace", *"99999", "enter")
        await seat.sees("✖ Não há tarefa nem ticket “99999”", "  99999")
        await seat.press(*["backspace"] * 5, *"12", "enter")
        await seat.arrives_at(TimeScreen)
        await seat.sees("tarefa 12")


async def test_yesterdays_time_on_a_task_is_yesterdays(running: Running, tmp_path: Path, now: Clock) -> None:
    desk = Desk(settings_for(running, tmp_path), now)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.everything_read()
        _, task = await ticket_with_a_task(seat)
        desk.local.timers.keep(worked(task_target(task), (timedelta(days=1), 120)))
        screen = await looks(seat)
        await seat.press("h")
        await seat.arrives_at(TimeScreen)
        await seat.sees(f"tarefa {task}", "· ter 03/03", "= 2h00")
        await seat.press("enter")
        await picks(seat, "")
        await seat.arrives_at(LineScreen)
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("ter 03/03:", f"Registrar 2h00 na tarefa {task}")
        await seat.press("s")
        await seat.until(lambda: screen.sheet and logged_now(screen.sheet) == {TUESDAY: 120})


def logged_now(sheet: Timesheet) -> dict[date, int]:
    """Minutes that were logged at this desk, by day."""
    return {each.spent_on: minutes_of(each) for each in sheet.entries if "[op:" in each.comments}
