"""One task in progress per person, from the reading to what is written, on both Redmines."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from clients.models.spent_time import SpentTime
from clients.models.task import Task
from clients.models.timer import task_target
from clients.models.times import BRAZIL
from clients.models.worked import minutes_of
from clients.store import Store
from tests.support.clock import Clock
from tests.support.cutting_proxy import When
from tests.support.redmine_flows import FlowDesk, flow_desk
from tests.support.redmine_lab import FORBIDDEN_STATUS, Lab
from tui.flows.engine import Refused, Sent
from tui.flows.hours import TaskTime
from tui.flows.task_progress import (
    Stopping,
    counted_by_none,
    is_in_progress,
    move,
    named,
    progress_steps,
)
from tui.flows.workflows import Progress

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

DOING, STOPPED = "Em homologação", "Aguardando cliente"
"""Not «Em andamento», which the data that both are seeded with has the analyst at by the dozen."""
TRAINING = 11


class Shift(FlowDesk):
    """What the analyst does to tasks; each reads before it writes."""

    async def me(self) -> int:
        return (await self.redmine.current_user()).id

    async def given(self, subject: str) -> Task:
        """A new task of the analyst's own."""
        made = self.lab.create(subject=subject, assigned_to_id=await self.me())
        return await self.redmine.task(int(made["id"]))

    async def in_progress(self) -> list[int]:
        mine = await self.redmine.tasks(assigned_to="me", status="open")
        me = await self.me()
        return [task.id for task in mine if is_in_progress(task, me, DOING)]

    async def starts(self, task: Task, *, logging: int = 0) -> Progress:
        """Start it, and stop what is in progress, with so many minutes."""
        task = await self.redmine.task(task.id)
        others = [await self.redmine.task(number) for number in await self.in_progress()]
        stopping = [self.stopping(one, logging) for one in others if one.id != task.id]
        status = named(task.allowed_statuses, DOING)
        assert status is not None
        return await self.does(*progress_steps(task_target(task.id), stopping, move(task, status)))

    async def stops(self, task: Task, minutes: int) -> Progress:
        """Stop it, as it is now."""
        return await self.stops_as_seen(await self.redmine.task(task.id), minutes)

    async def stops_as_seen(self, task: Task, minutes: int) -> Progress:
        """Stop it as it was read, whatever became of it."""
        return await self.does(*progress_steps(task_target(task.id), [self.stopping(task, minutes)], None))

    def stopping(self, task: Task, minutes: int) -> Stopping:
        status = named(task.allowed_statuses, STOPPED)
        assert status is not None
        time = TaskTime(
            task_id=task.id,
            minutes=minutes,
            activity_id=TRAINING,
            activity="Treinamento",
            comments="Conferido com o cliente",
            spent_on=datetime.now(UTC).astimezone(BRAZIL).date(),
            timer=task_target(task.id),
        )
        return Stopping(task, (time,) if minutes else (), move(task, status))

    async def status_of(self, task: Task) -> str:
        return (await self.redmine.task(task.id)).status.name

    async def logged(self, task: Task) -> list[SpentTime]:
        return list(await self.redmine.spent_times(task.id, user=None))

    def colleague_changes(self, task: Task, **fields: object) -> None:
        answer = self.lab.ask(
            "PUT", f"/issues/{task.id}.json", key=self.lab.colleague_key, body={"issue": fields}
        )
        assert answer.status_code == 204


@pytest.fixture
async def shift(lab: Lab, store: Store, clock: Clock) -> AsyncIterator[Shift]:
    with flow_desk(lab, store, clock) as desk:
        shift = Shift(desk.lab, desk.line, desk.redmine, desk.flows, desk.timers, desk.disk)
        for number in await shift.in_progress():  # whatever there is of the seeded data and of other tests
            await shift.stops(await shift.redmine.task(number), 0)
        assert await shift.in_progress() == []
        yield shift


async def test_a_task_is_begun_and_stopped_and_its_time_is_logged_once(shift: Shift, clock: Clock) -> None:
    task = await shift.given("Etiqueta em branco")
    assert await shift.status_of(task) == "Nova"
    shift.timers.start(task_target(task.id))
    assert (await shift.starts(task)).is_done
    assert (await shift.status_of(task), await shift.in_progress()) == (DOING, [task.id])
    clock.forward(minutes=25)
    (timer,) = shift.timers.list()
    shift.timers.stop(timer.target)
    progress = await shift.stops(task, timer.minutes(clock()))
    assert (progress.is_done, progress.troubles) == (True, ())
    assert (await shift.status_of(task), await shift.in_progress()) == (STOPPED, [])
    (entry,) = await shift.logged(task)
    assert (minutes_of(entry), entry.activity.id) == (25, TRAINING)
    assert entry.comments.startswith("Conferido com o cliente ")
    assert shift.timers.list() == (), "the timer forgot what was logged"
    told = [entry.details[0]["new_value"] for entry in (await shift.redmine.task(task.id)).journals]
    assert len(told) == 2


async def test_what_no_timer_counted_is_known_by_when_one_put_it_in_progress(shift: Shift) -> None:
    task, me = await shift.given("Etiqueta em branco"), await shift.me()
    await shift.starts(task)
    begun = await shift.redmine.task(task.id)
    later = begun.journals[-1].created_on + timedelta(minutes=40)
    assert uncounted(begun, me, later) == 40
    shift.colleague_changes(task, notes="Como está?")
    assert uncounted(await shift.redmine.task(task.id), me, later) == 40
    shift.colleague_changes(task, status_id=begun.status.id - 1)
    shift.colleague_changes(task, status_id=begun.status.id)
    assert uncounted(await shift.redmine.task(task.id), me, later) is None


def uncounted(task: Task, me: int, now: datetime) -> int | None:
    """Minutes that no timer counted."""
    timer = counted_by_none(task, me, now)
    return timer.minutes(now) if timer is not None else None


async def test_starting_another_stops_the_first_before_it_begins(shift: Shift) -> None:
    first, second = await shift.given("Etiqueta em branco"), await shift.given("Boleto sem código")
    await shift.starts(first)
    shift.line.writes.clear()
    progress = await shift.starts(second, logging=40)
    assert (progress.is_done, progress.troubles) == (True, ())
    assert shift.line.writes == [
        "POST /time_entries.json",
        f"PUT /issues/{first.id}.json",
        f"PUT /issues/{second.id}.json",
    ]
    assert await shift.in_progress() == [second.id]
    assert await shift.status_of(first) == STOPPED
    assert [minutes_of(entry) for entry in await shift.logged(first)] == [40]
    assert await shift.logged(second) == []


async def test_what_a_colleague_has_in_progress_is_none_of_ones_own(shift: Shift) -> None:
    theirs = await shift.given("De um colega")
    await shift.starts(theirs)
    shift.colleague_changes(theirs, assigned_to_id=6)
    assert await shift.in_progress() == []
    own = await shift.given("Minha")
    assert (await shift.starts(own)).is_done
    assert await shift.status_of(theirs) == DOING


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@pytest.mark.parametrize("lost", ["time", "first", "second"])
async def test_an_answer_lost_on_the_way_is_looked_for_and_nothing_is_sent_twice(
    shift: Shift, lost: str, when: When
) -> None:
    first, second = await shift.given("Etiqueta em branco"), await shift.given("Boleto sem código")
    await shift.starts(first)
    write = {
        "time": "POST /time_entries",
        "first": f"PUT /issues/{first.id}.",
        "second": f"PUT /issues/{second.id}.",
    }[lost]
    shift.cut_at(write, when)
    progress = await shift.starts(second, logging=40)
    assert shift.line.hit.is_set()
    assert progress.is_done
    assert len(shift.line.writes) == (3 if when is When.AFTER else 4)
    assert [minutes_of(entry) for entry in await shift.logged(first)] == [40]
    assert (await shift.status_of(first), await shift.in_progress()) == (STOPPED, [second.id])
    assert [len((await shift.redmine.task(one.id)).journals) for one in (first, second)] == [2, 1]


async def test_a_situation_that_the_workflow_bars_is_told_and_the_time_stands(shift: Shift) -> None:
    task = await shift.given("Etiqueta em branco")
    await shift.starts(task)
    now = await shift.redmine.task(task.id)
    assert named(now.allowed_statuses, "Cancelada") is None, "and is not offered"
    barred = next(one for one in await shift.redmine.statuses() if one.id == FORBIDDEN_STATUS)
    stopping = Stopping(now, shift.stopping(now, 30).times, move(now, barred))
    progress = await shift.does(*progress_steps(task_target(task.id), [stopping], None))
    assert progress.is_done
    (trouble,) = progress.troubles
    assert trouble.title == "Nem tudo foi aceito"
    assert f"Situação: pedido Cancelada, ficou {DOING}. Sua função não pode" in trouble.message
    assert await shift.status_of(task) == DOING
    assert [minutes_of(entry) for entry in await shift.logged(task)] == [30]


async def test_a_task_that_may_not_be_begun_because_of_another_is_told(shift: Shift) -> None:
    task, blocker = await shift.given("Etiqueta em branco"), await shift.given("Espera o fornecedor")
    await shift.redmine.relate(task.id, blocker.id, "blocked")
    now = await shift.redmine.task(task.id)
    closed = next(one for one in await shift.redmine.statuses() if one.name == "Fechada")
    assert named(now.allowed_statuses, "Fechada") is None
    progress = await shift.does(
        *progress_steps(task_target(task.id), [Stopping(now, (), move(now, closed))], None)
    )
    assert isinstance(progress.last, Sent)
    assert f"encerre antes: nº {blocker.id} (Espera o fornecedor, Nova)" in progress.troubles[0].message


async def test_a_task_that_somebody_changed_meanwhile_stays_theirs_and_the_time_is_logged_once(
    shift: Shift,
) -> None:
    task = await shift.given("Etiqueta em branco")
    await shift.starts(task)
    seen = await shift.redmine.task(task.id)
    seen = seen.model_copy(update={"updated_on": seen.updated_on - timedelta(hours=1)})
    shift.colleague_changes(task, status_id=3, notes="Resolvi do meu lado.")
    progress = await shift.stops_as_seen(seen, 30)
    assert isinstance(progress.last, Refused)
    assert "mudou desde que foi aberta (Situação" in progress.last.trouble.message
    assert await shift.status_of(task) == "Resolvida"
    assert [minutes_of(entry) for entry in await shift.logged(task)] == [30]
    await shift.flows.give_up(progress.steps[0].workflow)
    assert (await shift.stops(task, 0)).is_done, "seen as it is, it is changed"
    assert await shift.status_of(task) == STOPPED
    assert [minutes_of(entry) for entry in await shift.logged(task)] == [30]


async def test_where_the_first_cannot_be_stopped_the_second_is_not_begun(shift: Shift) -> None:
    first, second = await shift.given("Etiqueta em branco"), await shift.given("Boleto sem código")
    await shift.starts(first)
    seen = await shift.redmine.task(first.id)
    seen = seen.model_copy(update={"updated_on": seen.updated_on - timedelta(hours=1)})
    shift.colleague_changes(first, subject="Etiqueta em branco na expedição", status_id=8)
    begun = await shift.redmine.task(second.id)
    status = named(begun.allowed_statuses, DOING)
    assert status is not None
    steps = progress_steps(task_target(second.id), [shift.stopping(seen, 40)], move(begun, status))
    progress = await shift.does(*steps)
    assert isinstance(progress.last, Refused)
    assert [step.is_open for step in progress.steps] == [False, True, True]
    assert (await shift.status_of(second), await shift.in_progress()) == ("Nova", [])
    await shift.flows.give_up(progress.steps[0].workflow)


async def test_a_task_that_was_passed_on_meanwhile_is_not_begun_over_it(shift: Shift) -> None:
    task = await shift.given("Etiqueta em branco")
    seen = task.model_copy(update={"updated_on": task.updated_on - timedelta(hours=1)})
    shift.colleague_changes(task, assigned_to_id=6)
    status = named(seen.allowed_statuses, DOING)
    assert status is not None
    progress = await shift.does(*progress_steps(task_target(task.id), [], move(seen, status)))
    assert isinstance(progress.last, Refused)
    assert "Atribuído para" in progress.last.trouble.message
    assert await shift.status_of(task) == "Nova"
