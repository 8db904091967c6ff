"""Time at the desk: counted while one works, shown, logged on the task, asked about before it is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clients.errors import Rejected
from clients.models.attendance import AnswerKind
from clients.models.spent_time import NewTime, SpentTime
from clients.models.task import Task
from clients.models.task_changes import TaskChanges
from clients.models.timer import Timer, TimerState, task_target, ticket_target
from clients.models.written import Written
from clients.sandbox.server import Running
from clients.store import Store
from tests.support.clock import NOW, Clock
from tests.support.desk import SIZES, WIDE, Sitting, at_the_desk, settings_for, sitting
from tests.support.painted import repainted, settle
from tui.desk import Desk
from tui.intent import Step
from tui.screens.answer import AnswerScreen
from tui.screens.attend import AttendScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.last_look import WorkScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pick import PickScreen
from tui.screens.tasks import TasksScreen
from tui.screens.timer_question import ForgottenScreen, LeavingScreen
from tui.screens.timers import TimersScreen
from tui.settings import AttendSettings
from tui.timers import Timers

pytestmark = pytest.mark.anyio
each_size = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


@pytest.fixture
def now() -> Clock:
    """The desk's clock."""
    return Clock(NOW)


@asynccontextmanager
async def desk_at(
    running: Running,
    folder: Path,
    now: Clock,
    size: tuple[int, int] = WIDE,
    attend: AttendSettings | None = None,
) -> AsyncIterator[Sitting]:
    """A desk on the sandbox whose clock is moved by the test."""
    settings = settings_for(running, folder, attend=attend or AttendSettings())
    async with at_the_desk(running, folder, size, desk=Desk(settings, now)) as seat:
        yield seat


def begun_before(running: Running, folder: Path, target: str, began: datetime) -> None:
    """Leave a timer running, as a session before did."""
    with_store(running, folder, began).start(target)


def with_store(running: Running, folder: Path, at: datetime) -> Timers:
    settings = settings_for(running, folder)
    return Timers(Store(settings.store_file), Clock(at))


async def tasks_of(seat: Sitting, ticket_id: int) -> tuple[Task, ...]:
    assert seat.app.desk.redmine is not None
    return await seat.app.desk.redmine.find_by_ticket(ticket_id)


async def ticket_with(seat: Sitting, tasks: int) -> int:
    """Put the cursor on a ticket with so many tasks; return its id."""
    for entry in seat.mesa.queue.shown:
        if len(await tasks_of(seat, entry.id)) == tasks:
            await seat.goes_to(entry.id)
            return entry.id
    raise AssertionError(f"no ticket has {tasks} tasks")


async def with_a_second_task(seat: Sitting, ticket_id: int) -> None:
    """Let the task of another ticket be one of this."""
    redmine = seat.app.desk.redmine
    assert redmine is not None
    for entry in seat.mesa.queue.shown:
        tasks = await tasks_of(seat, entry.id)
        if entry.id != ticket_id and len(tasks) == 1:
            changes = TaskChanges(custom_fields={await redmine.ticket_field(): str(ticket_id)})
            await redmine.update(tasks[0].id, changes, seen=None)
            return


async def logged_on(seat: Sitting, task_id: int) -> list[SpentTime]:
    """What the analyst logged on the task at this desk."""
    assert seat.app.desk.redmine is not None
    found = await seat.app.desk.redmine.spent_times(task_id=task_id, user="me")
    return [one for one in found if "[op:" in one.comments]


async def timer_of(seat: Sitting, ticket_id: int) -> Timer | None:
    desk = seat.app.desk
    return await desk.disk(desk.local.timers.get, ticket_target(ticket_id))


async def something_open_on(seat: Sitting, ticket_id: int) -> None:
    """Another session leaves something without an outcome there."""
    desk = seat.app.desk
    await desk.disk(desk.local.journal.plan, (Step("freshdesk.note", ticket_target(ticket_id), {}),), "work")


def going(seat: Sitting, group: str) -> bool:
    """Whether a worker of the group is at it."""
    return any(each.group == group and not each.is_finished for each in seat.app.workers)


async def a_minute_begins(seat: Sitting, now: Clock, minutes: int = 1) -> None:
    """Let minutes pass; the desk looks at the clock as the last of them begins."""
    now.forward(minutes=minutes)
    seat.app._tick()
    await settle(seat.pilot)


class TestCounting:
    @each_size
    async def test_one_key_starts_pauses_and_resumes_and_the_top_line_says_it(
        self, running: Running, tmp_path: Path, now: Clock, size: tuple[int, int]
    ) -> None:
        async with desk_at(running, tmp_path, now, size) as seat:
            ticket_id = seat.mesa.queue.shown[0].id
            await seat.goes_to(ticket_id)
            await seat.press("i")
            await seat.sees(f"⏱ 0:00 #{ticket_id}")
            await a_minute_begins(seat, now, 42)
            top = seat.lines()[0]
            assert f"⏱ 0:42 #{ticket_id}" in top
            assert top.rstrip().endswith("12:48")
            assert "[1 Mesa]" in top
            await seat.press("i")
            await seat.sees(f"‖ 0:42 #{ticket_id}")
            await seat.hears(f"#{ticket_id} pausado em 0h42.")
            await a_minute_begins(seat, now, 60)
            assert f"‖ 0:42 #{ticket_id}" in seat.lines()[0]
            await seat.press("i")
            await seat.sees(f"⏱ 0:42 #{ticket_id}")

    async def test_starting_another_pauses_the_first_and_says_so(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            first, second = (entry.id for entry in seat.mesa.queue.shown[:2])
            await seat.goes_to(first)
            await seat.press("i")
            await seat.sees(f"⏱ 0:00 #{first}")
            await seat.goes_to(second)
            await seat.press("i")
            await seat.sees(f"⏱ 0:00 #{second} +1")
            await seat.hears(f"Contando o tempo do #{second}. Pausado: #{first}.")

    async def test_within_a_minute_a_running_timer_paints_nothing(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            await seat.goes_to(seat.mesa.queue.shown[0].id)
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            seat.app.clear_notifications()
            await seat.until(lambda: not seat.app.screen.query("Toast"))
            await settle(seat.pilot)
            with repainted() as regions:
                for _ in range(3):
                    now.forward(seconds=19)
                    seat.app.tell_top()
                    seat.app.timekeeper.look()
                    await settle(seat.pilot)
            assert regions == []
            now.forward(seconds=3)
            with repainted() as regions:
                seat.app.tell_top()
                await settle(seat.pilot)
            assert [(region.y, region.height) for region in regions] == [(0, 1)]

    async def test_counters_lose_their_words_before_the_timer_or_the_clock_do(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now, (100, 24)) as seat:
            ticket_id = seat.mesa.queue.shown[0].id
            await seat.press("i")
            await seat.sees(f"⏱ 0:00 #{ticket_id}", "sem resposta")
            seat.app.carrier._open = frozenset(("uma", "outra"))
            seat.app.tell_top()
            await settle(seat.pilot)
            top = seat.lines()[0]
            assert f"? 2 (P)  ⏱ 0:00 #{ticket_id}" in top
            assert top.rstrip().endswith("12:06")
            assert "sem resposta" not in top

    async def test_what_another_session_started_shows_with_the_next_minute(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            begun_before(running, tmp_path, ticket_target(77), NOW)
            await a_minute_begins(seat, now)
            await seat.sees("⏱ 0:01 #77")


class TestLogging:
    @each_size
    async def test_the_timers_minutes_are_confirmed_and_logged_once(
        self, running: Running, tmp_path: Path, now: Clock, size: tuple[int, int]
    ) -> None:
        async with desk_at(running, tmp_path, now, size) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            (task,) = await tasks_of(seat, ticket_id)
            await seat.press("i")
            await seat.sees(f"#{ticket_id}", "⏱ 0:00")
            now.forward(minutes=42)
            await seat.press("h")
            await seat.arrives_at(TimeScreen)
            await seat.sees("= 0h42 (0,70 h)")
            await seat.press("enter")
            await seat.arrives_at(PickScreen)
            await seat.sees("Atividade")
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.write("XML conferido")
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees("Hoje, 04/03:", f"Registrar 0h42 na tarefa {task.id}", "«XML conferido»")
            assert await logged_on(seat, task.id) == []
            await seat.press("s")
            await seat.hears(f"#{ticket_id} · Registrar 0h42")
            (entry,) = await logged_on(seat, task.id)
            assert round(entry.hours * 60) == 42
            assert entry.comments.startswith("XML conferido [op:")
            assert await timer_of(seat, ticket_id) is None
            await seat.until(lambda: "0:42" not in seat.lines()[0], "forgot the timer")

    async def test_the_comment_may_stay_empty_and_the_time_is_the_analysts_word(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            (task,) = await tasks_of(seat, await ticket_with(seat, tasks=1))
            await seat.press("h")
            await seat.arrives_at(TimeScreen)
            await seat.write("1h05")
            await seat.press("enter")
            await seat.arrives_at(PickScreen)
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await seat.press("s")
            await seat.hears("Registrar 1h05")
            (entry,) = await logged_on(seat, task.id)
            assert round(entry.hours * 60) == 65

    async def test_the_usual_activity_comes_first(self, running: Running, tmp_path: Path, now: Clock) -> None:
        async with desk_at(running, tmp_path, now, attend=AttendSettings(activity="suporte")) as seat:
            await ticket_with(seat, tasks=1)
            await seat.press("h", *"20min", "enter")
            await seat.arrives_at(PickScreen)
            await seat.sees("de costume")
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees("(Suporte)")

    async def test_of_several_tasks_one_is_chosen(self, running: Running, tmp_path: Path, now: Clock) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            await with_a_second_task(seat, ticket_id)
            tasks = await tasks_of(seat, ticket_id)
            assert len(tasks) == 2
            await seat.press("h")
            await seat.arrives_at(PickScreen)
            await seat.sees("em qual tarefa?", *(str(task.id) for task in tasks))
            await seat.press("down", "enter")
            await seat.arrives_at(TimeScreen)
            await seat.write("5min")
            await seat.press("enter")
            await seat.arrives_at(PickScreen)
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees(f"na tarefa {tasks[1].id}")

    async def test_without_a_task_attending_is_offered(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=0)
            await seat.press("h")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees(f"O #{ticket_id} não tem tarefa no Redmine", "s Atender")
            await seat.press("n")
            await seat.arrives_at(MesaScreen)
            await seat.press("h")
            await seat.arrives_at(ConfirmScreen)
            await seat.press("s")
            await seat.arrives_at(AttendScreen)

    async def test_on_the_ticket_too_where_the_settings_say_so(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now, attend=AttendSettings(ticket_time=True)) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            freshdesk = seat.app.desk.freshdesk
            assert freshdesk is not None
            before = {entry.id for entry in await freshdesk.time_entries(ticket_id)}
            await seat.press("h", *"20min", "enter")
            await seat.arrives_at(PickScreen)
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees("na tarefa", f"no ticket #{ticket_id}")
            await seat.press("s")
            await seat.hears(f"Registrar 0h20 no ticket #{ticket_id}")
            new = [entry for entry in await freshdesk.time_entries(ticket_id) if entry.id not in before]
            assert [entry.time_spent for entry in new] == ["00:20"]

    @pytest.mark.parametrize("stage", range(4))
    async def test_esc_anywhere_logs_nothing_and_the_timer_goes_on(
        self, running: Running, tmp_path: Path, now: Clock, stage: int
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            (task,) = await tasks_of(seat, ticket_id)
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            now.forward(minutes=9)
            await seat.press("h")
            for words in _STAGES[:stage]:
                await seat.sees(words)
                await seat.press("enter")
            for words in reversed(_STAGES[: stage + 1]):  # one question back each time
                await seat.sees(words)
                await seat.press("escape")
            await seat.arrives_at(MesaScreen)
            timer = await timer_of(seat, ticket_id)
            assert timer is not None
            assert timer.is_running
            assert await logged_on(seat, task.id) == []

    async def test_a_refused_entry_leaves_the_time_to_be_logged(
        self, running: Running, tmp_path: Path, now: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)

            async def refuses(new: NewTime) -> Written[SpentTime]:
                raise Rejected("Redmine", "a atividade não vale neste projeto")

            monkeypatch.setattr(seat.app.desk.redmine, "log_time", refuses)
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            now.forward(minutes=9)
            await seat.press("h", "enter")
            await seat.arrives_at(PickScreen)
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await seat.press("s")
            await seat.sees("■ 0:09", "? 1 sem desfecho")
            timer = await timer_of(seat, ticket_id)
            assert timer is not None
            assert timer.state is TimerState.STOPPED

    async def test_without_redmine_it_says_why(self, running: Running, tmp_path: Path, now: Clock) -> None:
        settings = settings_for(running, tmp_path, redmine=None)
        async with at_the_desk(running, tmp_path, desk=Desk(settings, now)) as seat:
            await seat.press("h")
            await seat.hears("Sem conexão com o Redmine")

    async def test_where_nothing_can_be_planned_the_timer_runs_on(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            now.forward(minutes=42)
            await seat.press("h")
            await seat.arrives_at(TimeScreen)
            await seat.press("enter")
            await seat.arrives_at(PickScreen)
            await seat.press("enter")
            await seat.arrives_at(LineScreen)
            await seat.press("enter")
            await seat.arrives_at(ConfirmScreen)
            await something_open_on(seat, ticket_id)
            await seat.press("s")
            await seat.hears("Resolva antes, em Pendências")
            timer = await timer_of(seat, ticket_id)
            assert timer is not None
            assert timer.is_running


_STAGES = ("Quanto tempo?", "Atividade", "o que foi feito", "Registrar o tempo do")


class TestAttending:
    async def test_where_nothing_can_be_planned_the_timer_runs_on(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            await seat.press("a")
            await seat.arrives_at(AttendScreen)
            screen = seat.app.screen
            assert isinstance(screen, AttendScreen)
            await seat.until(lambda: screen._around.form is not None, "read the form")
            screen.form.take("time", "20 min")
            screen.form.take("activity", screen.form.choices["activity"][0].value)
            screen.form.take("answer", AnswerKind.NONE.value)
            await seat.until(lambda: screen._form.answer is AnswerKind.NONE)
            await seat.press("f9")
            await seat.arrives_at(WorkScreen)
            await something_open_on(seat, ticket_id)
            await seat.press("enter", "enter")
            await seat.hears("Resolva antes, em Pendências")
            timer = await timer_of(seat, ticket_id)
            assert timer is not None
            assert timer.is_running
            desk = seat.app.desk
            assert ticket_id in await desk.disk(desk.local.attendances.tickets), "it is still to be confirmed"

    async def test_time_that_attending_logs_is_not_left_on_the_timer(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            (task,) = await tasks_of(seat, ticket_id)
            desk, shown = seat.app.desk, seat.app.ticket(ticket_id)
            assert shown is not None and shown.type
            # as it is linked, the task needs no change: the time is the one step
            attend = AttendSettings(activity="suporte", trackers={shown.type: task.tracker.name})
            desk.settings = desk.settings.model_copy(update={"attend": attend})
            await seat.press("a")
            await seat.arrives_at(AttendScreen)
            now.forward(minutes=20)
            screen = seat.app.screen
            assert isinstance(screen, AttendScreen)
            await seat.until(lambda: screen._around.form is not None, "read the form")
            await seat.press("f4")
            await seat.until(lambda: screen._form.time == "20 min", "took the time")
            screen.form.take("answer", AnswerKind.NONE.value)
            await seat.until(lambda: screen._form.answer is AnswerKind.NONE)
            await seat.press("f9")
            await seat.arrives_at(WorkScreen)
            await seat.sees("Registrar 0h20")
            await seat.press("enter", "enter")
            await seat.hears(f"#{ticket_id} · Registrar 0h20 na tarefa")
            (entry,) = await logged_on(seat, task.id)
            assert round(entry.hours * 60) == 20
            assert await timer_of(seat, ticket_id) is None

    async def test_minutes_of_another_day_are_told_apart_before_they_are_taken_for_today(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            yesterday = Timer(target=ticket_target(ticket_id)).started(NOW - timedelta(days=1))
            seat.app.desk.local.timers.keep(yesterday.paused(NOW - timedelta(hours=22)))
            await seat.press("a")
            await seat.arrives_at(AttendScreen)
            now.forward(minutes=20)
            screen = seat.app.screen
            assert isinstance(screen, AttendScreen)
            await seat.until(lambda: screen._around.form is not None, "read the form")
            await seat.press("f4")
            await seat.until(lambda: screen._form.time == "140 min", "took the time")
            await seat.hears("ter 03/03 2h00 · qua 04/03 0h20: aqui tudo conta hoje.")


class TestTheList:
    @each_size
    async def test_every_timer_with_its_state_and_what_can_be_done(
        self, running: Running, tmp_path: Path, now: Clock, size: tuple[int, int]
    ) -> None:
        async with desk_at(running, tmp_path, now, size) as seat:
            first, second = (entry.id for entry in seat.mesa.queue.shown[:2])
            for ticket_id in (first, second):
                await seat.goes_to(ticket_id)
                await seat.press("i")
                await seat.sees(f"⏱ 0:00 #{ticket_id}")
                now.forward(minutes=10)
            await seat.press("H")
            await seat.arrives_at(TimersScreen)
            await seat.sees("⏱ contando", "‖ pausado")
            assert f"0h10  #{second}" in seat.line("⏱ contando")
            assert f"0h10  #{first}" in seat.line("‖ pausado")
            await seat.press("i")
            await seat.until(lambda: "⏱ contando" not in seat.text(), "paused")
            await seat.press("x")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees(f"#{second}: 0h10 não registrado")
            await seat.press("s")
            await seat.arrives_at(TimersScreen)
            await seat.until(lambda: f"#{second}" not in seat.text(), "discarded")
            await seat.press("enter")
            await seat.sees("⏱ contando")
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
            assert f"⏱ 0:10 #{first}" in seat.lines()[0]
            assert await timer_of(seat, second) is None

    async def test_empty_it_says_how_to_begin(self, running: Running, tmp_path: Path, now: Clock) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            await seat.press("H")
            await seat.sees("Nenhum cronômetro.", "i conta o tempo do ticket")


class TestLeaving:
    @each_size
    @pytest.mark.parametrize("keys", [("ctrl+q",), ("q", "q")], ids=["Ctrl+Q", "q twice"])
    async def test_a_running_timer_is_asked_about_and_can_be_paused(
        self, running: Running, tmp_path: Path, now: Clock, size: tuple[int, int], keys: tuple[str, ...]
    ) -> None:
        async with desk_at(running, tmp_path, now, size) as seat:
            ticket_id = seat.mesa.queue.shown[0].id
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            now.forward(minutes=3)
            await seat.press(*keys)
            await seat.arrives_at(LeavingScreen)
            await seat.sees(f"#{ticket_id}: 0h03 até agora")
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
            assert seat.app.return_code is None
            now.forward(seconds=10)
            await seat.press(*keys)
            await seat.arrives_at(LeavingScreen)
            await seat.press("p")
            await seat.until(lambda: seat.app.return_code == 0, "left")
        timer = with_store(running, tmp_path, NOW).get(ticket_target(ticket_id))
        assert timer is not None
        assert (timer.state, timer.minutes(now())) == (TimerState.PAUSED, 3)

    @pytest.mark.parametrize("key", ["d", "ctrl+q"])
    async def test_it_can_run_on(self, running: Running, tmp_path: Path, now: Clock, key: str) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            await seat.press("ctrl+q")
            await seat.arrives_at(LeavingScreen)
            await seat.press(key)
            await seat.until(lambda: seat.app.return_code == 0, "left")
        assert len(with_store(running, tmp_path, NOW).running()) == 1

    async def test_a_dropped_link_asks_nothing_and_the_time_runs_on(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            seat.app._hung_up(129)
            await seat.until(lambda: seat.app.return_value == 129, "closed")
        assert len(with_store(running, tmp_path, NOW).running()) == 1

    async def test_a_paused_timer_is_no_question(self, running: Running, tmp_path: Path, now: Clock) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            await seat.press("i")
            await seat.sees("‖ 0:00")
            await seat.press("ctrl+q")
            await seat.until(lambda: seat.app.return_code == 0, "left")


class TestForgotten:
    YESTERDAY = NOW - timedelta(hours=21)

    async def test_it_is_asked_about_at_the_start_and_becomes_what_the_analyst_says(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        begun_before(running, tmp_path, ticket_target(77), self.YESTERDAY)
        async with sitting(Desk(settings_for(running, tmp_path), now)) as seat:
            await seat.arrives_at(ForgottenScreen)
            await seat.sees("Quanto tempo foi: #77?", "21h00 sem pausa")
            await seat.press("d")
            await seat.arrives_at(TimeScreen)
            await seat.write("2h30")
            await seat.press("enter")
            await seat.arrives_at(MesaScreen)
            await seat.hears("#77: 2h30 por registrar.")
            await seat.sees("‖ 2:30 #77")

    async def test_decided_later_it_stays_in_doubt_and_is_asked_again_before_it_is_logged(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            await a_minute_begins(seat, now, 600)
            await seat.sees(f"▲ 10:00 #{ticket_id}")
            await seat.press("h")
            await seat.arrives_at(ForgottenScreen)
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
            await seat.sees(f"▲ 10:00 #{ticket_id}")
            await seat.press("h")
            await seat.arrives_at(ForgottenScreen)
            await seat.press("l")
            await seat.arrives_at(TimeScreen)
            await seat.sees("= 9h30 (9,50 h)")

    async def test_attending_asks_before_it_goes_on_counting(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = await ticket_with(seat, tasks=1)
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            now.forward(hours=10)
            await seat.press("a")
            await seat.arrives_at(ForgottenScreen)
            await seat.press("l")
            await seat.arrives_at(AttendScreen)
            timer = await timer_of(seat, ticket_id)
            assert timer is not None
            assert (timer.state, timer.minutes(now())) == (TimerState.RUNNING, 570)


class TestActivity:
    async def test_writing_an_answer_is_noted_to_the_minute(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            ticket_id = seat.mesa.queue.shown[0].id
            await seat.press("i")
            await seat.sees("⏱ 0:00")
            await seat.press("r")
            await seat.arrives_at(AnswerScreen)
            now.forward(minutes=25, seconds=30)
            await seat.write("Bom dia")
            await seat.until(lambda: not going(seat, "timers-note"), "noted")
            timer = await timer_of(seat, ticket_id)
            assert timer is not None
            assert timer.spans[-1].active_at == NOW + timedelta(minutes=25)

    async def test_a_task_is_worked_on_from_the_first_key_of_a_change_to_its_last(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
            await seat.press("2")
            await seat.arrives_at(TasksScreen)
            screen = seat.app.screen
            assert isinstance(screen, TasksScreen)
            await seat.until(lambda: screen.pane.highlighted, "listed the tasks")
            assert screen.pane.highlighted
            target = task_target(screen.pane.highlighted.id)
            await seat.app.timekeeper.start(target)

            async def last_active() -> datetime | None:
                timer = await seat.app.desk.disk(seat.app.desk.local.timers.get, target)
                return timer.spans[-1].active_at if timer else None

            now.forward(minutes=25)
            await seat.press("s")
            await seat.arrives_at(PickScreen)
            await seat.until(lambda: not going(seat, "timers-note"), "noted")
            assert await last_active() == NOW + timedelta(minutes=25)
            now.forward(minutes=10)
            await seat.press("down", "enter")
            await seat.arrives_at(TasksScreen)
            await seat.until(lambda: not going(seat, "work"), "carried it out")
            await seat.until(lambda: not going(seat, "timers-note"), "noted")
            assert await last_active() == NOW + timedelta(minutes=35)

    async def test_changing_a_ticket_is_noted_and_one_without_a_timer_gets_none(
        self, running: Running, tmp_path: Path, now: Clock
    ) -> None:
        async with desk_at(running, tmp_path, now) as seat:
            first, second = (entry.id for entry in seat.mesa.queue.shown[:2])
            await seat.goes_to(first)
            await seat.press("i")
            await seat.sees(f"⏱ 0:00 #{first}")
            for minutes, ticket_id in ((5, first), (8, second)):
                now.now = NOW + timedelta(minutes=minutes)
                await seat.goes_to(ticket_id)
                await seat.press("t")
                await seat.arrives_at(PickScreen)
                await seat.press("escape")
                await seat.arrives_at(MesaScreen)
            timer = await timer_of(seat, first)
            assert timer is not None
            assert timer.spans[-1].active_at == NOW + timedelta(minutes=5)
            assert await timer_of(seat, second) is None
