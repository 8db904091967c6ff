"""The questions about time, one after the other: who goes back loses nothing of what was typed."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from clients.errors import Forbidden, NotFound
from clients.models.doing import Suggestion
from clients.models.project import ProjectForm
from clients.models.spent_time import Numbered, SpentTime
from clients.models.task import Named, Task
from clients.models.timer import Span, Timer, task_target
from clients.models.times import day_of
from clients.redmine import Redmine
from tests.support.asker import Asker, agrees, goes_back, picks, takes, types
from tests.support.clock import NOW, Clock
from tests.support.tasks import ME, task
from tui.desk import Desk
from tui.flows.hours import TaskTime
from tui.screens.entry_verbs import EntryVerbs
from tui.screens.hours_logging import HoursLogging
from tui.settings import Settings

pytestmark = pytest.mark.anyio
TASK, HIDDEN = 812, 813
TARGET = task_target(TASK)
TUESDAY = date(2026, 3, 3)
ACTIVITIES = (Named(id=1, name="Suporte"), Named(id=2, name="Reunião"))
ENTRY = SpentTime(
    id=81,
    hours=0.5,
    project=Named(id=1, name="ERP"),
    issue=Numbered(id=TASK),
    user=Named(id=ME, name="Beatriz"),
    activity=ACTIVITIES[0],
    spent_on=TUESDAY,
    comments="liguei",
    created_on=NOW,
    updated_on=NOW,
)


class Tasks(Redmine):
    """Has one task, in a project with two activities."""

    def __init__(self) -> None:
        self.read = 0

    async def task(self, task_id: int) -> Task:
        self.read += 1
        if task_id == HIDDEN:
            raise Forbidden("Redmine", "sem permissão")
        if task_id != TASK:
            raise NotFound("Redmine", "não existe")
        return task(TASK, assigned=ME)

    async def project(self, project: int | str) -> ProjectForm:
        return ProjectForm(
            id=1, name="ERP", activities=(Named(id=1, name="Suporte"), Named(id=2, name="Reunião"))
        )


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    desk = Desk(Settings(state_folder=tmp_path), clock)
    await desk.open()
    desk.redmine = Tasks()
    yield desk
    desk.redmine = None
    await desk.close()


def times(asker: Asker) -> list[TaskTime]:
    return [TaskTime.model_validate(step.payload) for step in asker.steps]


def stretch(clock: Clock, minutes: int = 0) -> Suggestion:
    began = clock() - timedelta(minutes=30)
    return Suggestion(TARGET, began, clock(), ("respondido", "tarefa criada"), minutes=minutes)


async def test_no_at_the_last_look_leads_one_step_back_with_all_that_was_typed(desk: Desk) -> None:
    asker = Asker(desk, types("25min"), picks("reuniao"), types("liguei"), goes_back)
    asker.will(goes_back, takes, takes, agrees)
    await EntryVerbs(asker.app).log_on_task(TASK)
    assert asker.is_done
    kinds = [title.split(" · ")[-1] for title, _ in asker.asked]
    comment, last = "o que foi feito (pode ficar vazio)", "Registrar o tempo da tarefa #812?"
    assert kinds == ["Quanto tempo?", "Atividade", comment, last, comment, "Atividade", comment, last]
    assert asker.asked[4][1] == "liguei"
    (time,) = times(asker)
    assert (time.minutes, time.activity, time.comments) == (25, "Reunião", "liguei")


async def test_what_was_left_in_the_middle_is_there_the_next_time_on_the_same_target(desk: Desk) -> None:
    asker = Asker(desk, types("25min"), picks("suporte"), types("liguei ao", then_back=True))
    asker.will(goes_back, goes_back)
    await EntryVerbs(asker.app).log_on_task(TASK)
    assert asker.steps == ()
    later = Asker(desk, takes, picks("suporte"), takes, agrees)
    await EntryVerbs(later.app).log_on_task(TASK)
    assert [offered for _, offered in later.asked[:3:2]] == ["25min", "liguei ao"]
    (time,) = times(later)
    assert (time.minutes, time.comments) == (25, "liguei ao")
    afresh = Asker(desk, goes_back)
    await EntryVerbs(afresh.app).log_on_task(TASK)
    assert afresh.asked == [("Quanto tempo?", "")], "what was logged is not offered again"


async def test_what_was_typed_is_there_where_its_logging_could_not_be_planned(desk: Desk) -> None:
    asker = Asker(desk, types("25min"), picks("suporte"), types("liguei"), agrees)
    asker.plans = False
    await EntryVerbs(asker.app).log_on_task(TASK)
    assert asker.steps, "it was to be written"
    later = Asker(desk, takes, picks("suporte"), takes, goes_back, goes_back, goes_back, goes_back)
    await EntryVerbs(later.app).log_on_task(TASK)
    assert [offered for _, offered in later.asked[:3:2]] == ["25min", "liguei"]


@pytest.mark.parametrize("plans", [False, True])
async def test_what_an_entry_is_to_say_is_kept_until_its_change_is_planned(desk: Desk, plans: bool) -> None:
    asker = Asker(desk, picks("comentario"), types("liguei de novo"), agrees)
    asker.plans = plans
    await EntryVerbs(asker.app).change(ENTRY)
    assert asker.steps
    later = Asker(desk, picks("comentario"), goes_back, goes_back)
    await EntryVerbs(later.app).change(ENTRY)
    assert later.asked[1][1] == ("liguei" if plans else "liguei de novo")


async def test_the_task_is_read_once_however_often_one_goes_back(desk: Desk) -> None:
    asker = Asker(desk, types("25min"), goes_back, types("30min"), goes_back, goes_back)
    await EntryVerbs(asker.app).log_on_task(TASK)
    assert isinstance(desk.redmine, Tasks)
    assert desk.redmine.read == 1


async def test_a_suggestion_proposes_its_minutes_where_they_are_known_and_what_was_done(
    desk: Desk, clock: Clock
) -> None:
    asker = Asker(desk, takes, picks("suporte"), takes, agrees)
    await HoursLogging(asker.app).log(TARGET, stretch(clock, 30), None)
    (time,) = times(asker)
    assert (time.minutes, time.comments) == (30, "Respondido, tarefa criada")
    unknown = Asker(desk, goes_back)
    await HoursLogging(unknown.app).log(TARGET, stretch(clock), None)
    assert unknown.asked == [("Quanto tempo?", "")]


async def test_the_day_in_view_is_proposed_and_may_be_another(desk: Desk) -> None:
    asker = Asker(desk, types("812"), types("ontem"), types("1h"), picks("suporte"), types(""), agrees)
    await HoursLogging(asker.app).log("", None, date(2026, 2, 27))
    assert asker.asked[1] == ("De que dia é?", "27/02/2026")
    (time,) = times(asker)
    assert (time.spent_on, time.minutes) == (TUESDAY, 60)


async def test_time_of_another_day_lets_the_timer_of_today_run_on(desk: Desk, clock: Clock) -> None:
    desk.local.timers.start(TARGET)
    clock.forward(minutes=20)
    asker = Asker(desk, types("03/03"), types("1h"), picks("suporte"), types(""), agrees)
    await HoursLogging(asker.app).log(TARGET, None, TUESDAY)
    (time,) = times(asker)
    assert (time.minutes, time.timer_day) == (60, TUESDAY)
    timer = desk.local.timers.get(TARGET)
    assert timer is not None
    assert timer.is_running
    desk.local.timers.settle(TARGET, 60, "op", clock(), time.timer_day)
    timer = desk.local.timers.get(TARGET)
    assert timer is not None
    assert timer.minutes(clock()) == 20, "no minute of it is lost"


async def test_time_that_was_counted_on_another_day_is_logged_while_today_runs_on(
    desk: Desk, clock: Clock
) -> None:
    began = clock() - timedelta(days=1)
    tuesday, today = Span(began=began, ended=began + timedelta(minutes=20)), Span(began=clock())
    desk.local.timers.keep(Timer(target=TARGET, spans=(tuesday, today)))
    clock.forward(minutes=20)
    asker = Asker(desk, takes, takes, picks("suporte"), types(""), agrees)
    await HoursLogging(asker.app).log(TARGET, None, TUESDAY)
    (time,) = times(asker)
    assert (time.minutes, time.spent_on) == (20, TUESDAY)
    desk.local.timers.settle(TARGET, 20, "op", clock(), time.timer_day)
    clock.forward(minutes=10)
    timer = desk.local.timers.get(TARGET)
    assert timer is not None
    assert (timer.is_running, timer.minutes(clock())) == (True, 30)


async def test_what_runs_since_the_day_that_is_logged_stops(desk: Desk, clock: Clock) -> None:
    desk.local.timers.keep(Timer(target=TARGET, spans=(Span(began=clock() - timedelta(hours=1)),)))
    asker = Asker(desk, takes, takes, picks("suporte"), types(""), agrees)
    await HoursLogging(asker.app).log(TARGET, None, day_of(clock()))
    timer = desk.local.timers.get(TARGET)
    assert timer is not None
    assert not timer.is_running, "what runs on would be logged a second time"


async def test_of_the_day_that_is_meant_the_timers_minutes_are_proposed_alone(
    desk: Desk, clock: Clock
) -> None:
    spans = [Span(began=clock() - ago, ended=clock() - ago + timedelta(minutes=20)) for ago in _TWO_DAYS]
    desk.local.timers.keep(Timer(target=TARGET, spans=tuple(spans), stopped=True))
    asker = Asker(desk, takes, takes, picks("suporte"), types(""), agrees)
    await HoursLogging(asker.app).log(TARGET, None, TUESDAY)
    (time,) = times(asker)
    assert (time.minutes, time.spent_on) == (20, TUESDAY)
    desk.local.timers.settle(TARGET, 20, "op", clock(), time.timer_day)
    timer = desk.local.timers.get(TARGET)
    assert timer is not None
    assert timer.minutes(clock()) == 20, "today's waits on"


_TWO_DAYS = (timedelta(days=1), timedelta(hours=1))


async def test_what_is_neither_a_task_nor_a_ticket_is_told_and_asked_for_again(desk: Desk) -> None:
    link = "https://outra.exemplo.com.br/issues/812"
    asker = Asker(desk, types("nada"), types(link), types("#999"), goes_back)
    await HoursLogging(asker.app).log("", None, None)
    assert [
        next(each for each in ("não é número", "outro endereço", "Não há") if each in told)
        for told in asker.told
    ] == ["não é número", "outro endereço", "Não há"]
    assert asker.asked[-1][1] == "#999"


async def test_a_task_that_may_not_be_seen_is_asked_for_again(desk: Desk) -> None:
    asker = Asker(desk, types(str(HIDDEN)), goes_back)
    await HoursLogging(asker.app).log("", None, None)
    assert asker.is_done
    assert "você não os vê" in asker.told[0]
