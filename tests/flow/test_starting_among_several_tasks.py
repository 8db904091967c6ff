"""A task is started while one is at others: one question first, and only what was chosen is written."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Unpack

import pytest
from rich.cells import cell_len

from clients.errors import ServerTrouble
from clients.models.project import ProjectForm
from clients.models.spent_time import Numbered, SpentTime
from clients.models.task import JournalEntry, Named, Task, TaskStatus
from clients.models.timer import TimerState, task_target
from clients.redmine import Redmine
from clients.redmine_lists import TaskFilters
from tests.support.asker import Asker, agrees, goes_back, picks, takes, types
from tests.support.clock import Clock
from tests.support.tasks import ME, STATUSES, task
from tui.desk import Desk
from tui.flows.hours import TASK_HOURS
from tui.flows.task_offers import TaskOffers
from tui.flows.tasks import UPDATE
from tui.screens.task_progress import TaskProgress
from tui.screens.task_required import RequiredFields
from tui.screens.time_asking import LONGEST_TITLE
from tui.settings import Settings
from tui.settings_tasks import TaskSettings

pytestmark = pytest.mark.anyio
NEW, DOING = STATUSES[1], STATUSES[2]
FEEDBACK = TaskStatus(id=3, name="Feedback")
WANTED, FIRST, SECOND, THIRD = 7, 11, 12, 13
LONG = "Importação de notas fiscais de devolução recusada com a mensagem de série inválida"


class Tasks(Redmine):
    """The analyst is at several tasks, and wants to begin another."""

    def __init__(self, clock: Clock) -> None:
        at_it = JournalEntry(
            id=1,
            user=Named(id=ME, name="Beatriz"),
            created_on=clock() - timedelta(minutes=40),
            details=({"property": "attr", "name": "status_id", "old_value": "1", "new_value": "2"},),
        )
        offered = (NEW, DOING, FEEDBACK)
        begun = [
            task(number, status=2, assigned=ME, subject=LONG, allowed_statuses=offered, journals=(at_it,))
            for number in (FIRST, SECOND, THIRD)
        ]
        self.logged: list[SpentTime] = []
        self.all = {each.id: each for each in (task(WANTED, assigned=ME, allowed_statuses=offered), *begun)}

    async def tasks(self, **filters: Unpack[TaskFilters]) -> tuple[Task, ...]:
        return tuple(self.all.values())

    async def task(self, task_id: int) -> Task:
        return self.all[task_id]

    async def project(self, project: int | str) -> ProjectForm:
        return ProjectForm(id=1, name="ERP")

    async def spent_times(
        self,
        task_id: int | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        user: object = "me",
    ) -> tuple[SpentTime, ...]:
        return tuple(entry for entry in self.logged if entry.issue and entry.issue.id == task_id)

    async def members(self, project: int | str) -> tuple[Named, ...]:
        return ()


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    desk = Desk(Settings(state_folder=tmp_path), clock)
    await desk.open()
    desk.redmine = redmine = Tasks(clock)
    desk.offers = TaskOffers(redmine)
    desk.offers._me = ME
    yield desk
    desk.redmine = desk.offers = None
    await desk.close()


def written(asker: Asker) -> list[tuple[str, object]]:
    return [(step.kind, step.payload["task_id"]) for step in asker.steps]


async def test_all_may_stay_as_they_are_while_the_time_of_this_one_is_counted(desk: Desk) -> None:
    desk.local.timers.start(task_target(FIRST))
    asker = Asker(desk, picks("deixar todas"))
    await TaskProgress(asker.app).toggle(WANTED)
    assert asker.is_done
    assert asker.asked[0][0] == "Você está em 3 outras tarefas · e elas?"
    assert asker.steps == ()
    assert asker.told == ["Contando o tempo da tarefa #7. As outras ficam como estão."]
    assert [timer.target for timer in desk.local.timers.running()] == [task_target(WANTED)]
    kept = desk.local.timers.get(task_target(FIRST))
    assert kept is not None
    assert kept.state is TimerState.PAUSED, "its time waits"


async def test_all_may_be_stopped_with_one_answer_and_their_time_waits_in_their_timers(desk: Desk) -> None:
    asker = Asker(desk, picks("parar todas"), picks("Nova"), agrees)
    await TaskProgress(asker.app).toggle(WANTED)
    assert asker.is_done
    assert "Cada uma fica na situação dela" in asker.asked[1][1]
    assert written(asker) == [(UPDATE, FIRST), (UPDATE, SECOND), (UPDATE, THIRD), (UPDATE, WANTED)]
    for number in (FIRST, SECOND, THIRD):
        kept = desk.local.timers.get(task_target(number))
        assert kept is not None
        assert kept.minutes(desk.clock()) == 40
    assert [timer.target for timer in desk.local.timers.running()] == [task_target(WANTED)]


async def test_all_stopped_may_each_stay_in_its_situation(desk: Desk) -> None:
    asker = Asker(desk, picks("parar todas"), picks("cada uma fica"), agrees)
    await TaskProgress(asker.app).toggle(WANTED)
    assert written(asker) == [(UPDATE, WANTED)]
    assert desk.local.timers.get(task_target(SECOND)) is not None


async def test_one_by_one_each_may_be_left_as_it_is_and_a_stopped_one_in_its_situation(desk: Desk) -> None:
    asker = Asker(desk, picks("uma a uma"), picks("deixar como"))
    asker.will(picks("registrar agora"), types("25min"), types("liguei"), picks("continua em andamento"))
    asker.will(picks("registrar depois"), picks("feedback"), agrees)
    await TaskProgress(asker.app).toggle(WANTED)
    assert asker.is_done
    assert written(asker) == [(TASK_HOURS, SECOND), (UPDATE, THIRD), (UPDATE, WANTED)]
    assert desk.local.timers.get(task_target(FIRST)) is None, "its time goes on counting by its situation"
    assert "A tarefa 11 fica como está." in asker.asked[-1][1]
    assert all(cell_len(title) <= LONGEST_TITLE and title[-1] in "?e)" for title, _ in asker.asked)
    assert any("tarefa 12 «Importação" in title for title, _ in asker.asked)


async def test_going_back_comes_to_the_question_before_and_loses_no_answer(desk: Desk) -> None:
    asker = Asker(desk, picks("uma a uma"), picks("deixar como"), picks("registrar depois"), picks("nova"))
    asker.will(goes_back, goes_back, takes, takes, picks("deixar como"), goes_back, takes, agrees)
    await TaskProgress(asker.app).toggle(WANTED)
    assert asker.is_done
    assert written(asker) == [(UPDATE, SECOND), (UPDATE, WANTED)]
    assert [title.split(" ")[0] for title, _ in asker.asked].count("Começar") == 2
    first = [title for title, _ in asker.asked if "11" in title]
    assert len(first) == 1, "what was answered is not asked again"


async def test_going_back_from_the_first_question_does_nothing(desk: Desk) -> None:
    asker = Asker(desk, picks("parar todas"), goes_back, goes_back)
    await TaskProgress(asker.app).toggle(WANTED)
    assert (asker.steps, desk.local.timers.list()) == ((), ())


async def test_one_other_is_asked_about_without_the_list(desk: Desk) -> None:
    assert isinstance(desk.redmine, Tasks)
    del desk.redmine.all[SECOND], desk.redmine.all[THIRD]
    asker = Asker(desk, picks("deixar como"), agrees)
    await TaskProgress(asker.app).toggle(WANTED)
    assert written(asker) == [(UPDATE, WANTED)]


async def test_where_a_usual_situation_waits_time_may_be_logged_without_it(
    desk: Desk, tmp_path: Path
) -> None:
    desk.settings = Settings(state_folder=tmp_path, tasks=TaskSettings(stopped="nova"))
    assert isinstance(desk.redmine, Tasks)
    del desk.redmine.all[THIRD]
    asker = Asker(desk, picks("uma a uma"), picks("sem mudar"), takes, types("liguei"))
    asker.will(picks("registrar depois"), agrees)
    await TaskProgress(asker.app).toggle(WANTED)
    assert "→ Nova" in asker.asked[0][1]
    assert written(asker) == [(TASK_HOURS, FIRST), (UPDATE, SECOND), (UPDATE, WANTED)]


async def test_time_is_logged_of_a_task_that_stays_in_progress(desk: Desk) -> None:
    asker = Asker(desk, lambda screen: "registrar", takes, types("liguei"), agrees)
    await TaskProgress(asker.app).toggle(FIRST)
    assert "Registrar o tempo · continua Em andamento" in asker.asked[0][1]
    assert written(asker) == [(TASK_HOURS, FIRST)]


async def test_a_stopped_one_may_stay_in_its_situation(desk: Desk) -> None:
    asker = Asker(desk, picks("parar e registrar"), takes, types("liguei"), picks("continua"), agrees)
    await TaskProgress(asker.app).toggle(FIRST)
    assert written(asker) == [(TASK_HOURS, FIRST)]


async def test_what_was_typed_is_there_where_stopping_could_not_be_planned(desk: Desk) -> None:
    asker = Asker(desk, picks("parar e registrar"), takes, types("liguei"), picks("continua"), agrees)
    asker.plans = False
    await TaskProgress(asker.app).toggle(FIRST)
    assert asker.steps, "it was to be written"
    later = Asker(desk, picks("parar e registrar"), takes, goes_back, goes_back, goes_back)
    await TaskProgress(later.app).toggle(FIRST)
    assert later.asked[2][1] == "liguei"


class Failing(Tasks):
    """Answers until the task that is wanted was read, and a question later no more."""

    def __init__(self, clock: Clock, *failing: str) -> None:
        super().__init__(clock)
        self._failing = failing
        wanted = self.all[WANTED]
        self.all[WANTED] = wanted.model_copy(update={"allowed_statuses": ()})

    async def tasks(self, **filters: Unpack[TaskFilters]) -> tuple[Task, ...]:
        self._may("tasks")
        return (self.all[WANTED],)

    async def statuses(self) -> tuple[TaskStatus, ...]:
        self._may("statuses")
        return (NEW, DOING, FEEDBACK)

    def _may(self, what: str) -> None:
        if what in self._failing:
            raise ServerTrouble("Redmine", "erro 500")


@pytest.mark.parametrize("failing", ["tasks", "statuses"])
async def test_time_is_counted_whatever_redmine_fails_to_tell_while_starting(
    desk: Desk, clock: Clock, failing: str
) -> None:
    desk.redmine = Failing(clock, failing)
    asker = Asker(desk)
    await TaskProgress(asker.app).toggle(WANTED)
    assert asker.steps == ()
    assert "erro 500" in asker.told[0], "it is reported"
    assert [timer.target for timer in desk.local.timers.running()] == [task_target(WANTED)]


async def test_time_is_counted_where_what_is_required_cannot_be_read(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(self: RequiredFields, task: Task, changes: object) -> None:
        raise ServerTrouble("Redmine", "erro 500")

    monkeypatch.setattr(RequiredFields, "ask", ask)
    desk.redmine = Failing(clock)
    asker = Asker(desk)
    await TaskProgress(asker.app).toggle(WANTED)
    assert "erro 500" in asker.told[0]
    assert [timer.target for timer in desk.local.timers.running()] == [task_target(WANTED)]


async def test_what_was_logged_since_it_was_begun_is_not_offered_again(desk: Desk, clock: Clock) -> None:
    assert isinstance(desk.redmine, Tasks)
    del desk.redmine.all[SECOND], desk.redmine.all[THIRD]
    at = clock() - timedelta(minutes=15)
    logged = SpentTime(
        id=1,
        project=Named(id=1, name="ERP"),
        issue=Numbered(id=FIRST),
        user=Named(id=ME, name="Beatriz"),
        activity=Named(id=10, name="Suporte"),
        hours=0.42,
        spent_on=at.date(),
        created_on=at,
        updated_on=at,
    )
    desk.redmine.logged = [logged]
    asker = Asker(desk, goes_back)
    await TaskProgress(asker.app).toggle(WANTED)
    assert "Registrar agora · 0h15" in asker.asked[0][1]
