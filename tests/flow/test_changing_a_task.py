"""Changing a task: what is told of it where the answer was lost and only looking tells."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clients.errors import OutcomeUnknown
from clients.freshdesk_files import Upload
from clients.models.task import JournalEntry, Named, Task, TaskStatus
from clients.models.task_changes import TaskChanges
from clients.models.written import Written
from clients.redmine import Redmine
from clients.store import Store
from tests.support.clock import Clock
from tui.disk import Disk
from tui.flows.engine import Found, Missing, Sent, Unknown
from tui.flows.task_texts import note_edit
from tui.flows.tasks import UPDATE, EditingTask, TaskEdit, edit_step
from tui.flows.workflows import RESUME_WITHIN, Workflows
from tui.intent import Intent, State
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
NOTE = "O cliente é o do contrato em atraso."


class Tasks(Redmine):
    """One task of which every change arrives, and every answer is lost."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.private_allowed = True
        self.status_allowed = True
        self.now = Task(
            id=812,
            project=Named(id=1, name="ERP"),
            tracker=Named(id=4, name="Bug"),
            status=TaskStatus(id=1, name="Nova"),
            created_on=clock() - timedelta(days=1),
            updated_on=clock() - timedelta(hours=1),
        )

    async def task(self, task_id: int) -> Task:
        return self.now

    async def update(
        self,
        task_id: int,
        changes: TaskChanges,
        *,
        seen: datetime | None,
        after: int | None = None,
        files: Sequence[Path | Upload] = (),
    ) -> Written[Task]:
        entry = JournalEntry(
            id=1,
            notes=changes.notes,
            private_notes=changes.private_notes and self.private_allowed,
            created_on=self._clock(),
        )
        taken = changes.status_id if self.status_allowed else None
        self.now = self.now.model_copy(
            update={
                "journals": (entry,),
                "status": TaskStatus(id=taken or self.now.status.id),
                "updated_on": self._clock(),
            }
        )
        raise OutcomeUnknown("Redmine", "sem resposta")


class Desk:
    def __init__(self, store: Store, clock: Clock) -> None:
        self.tasks, self.disk = Tasks(clock), Disk()
        self.journal = Journal(store, Session.here(), clock)
        remotes = {UPDATE: EditingTask(self.tasks)}
        self.flows = Workflows(self.journal, self.disk, clock, remotes, sleep=clock.sleep)

    async def plans(self) -> Intent:
        """A status, and a note that only the team shall read."""
        changes = TaskChanges(status_id=2, notes=NOTE, private_notes=True)
        step = edit_step(TaskEdit(task_id=812, changes=changes, seen=self.tasks.now.updated_on, told="nota"))
        return (await self.flows.plan([step]))[0]


@pytest.fixture
def desk(store: Store, clock: Clock) -> Iterator[Desk]:
    desk = Desk(store, clock)
    yield desk
    desk.disk.close()


async def test_a_note_that_is_private_as_asked_is_no_trouble(desk: Desk) -> None:
    progress = await desk.flows.carry_on((await desk.plans()).workflow)
    assert progress.is_done
    assert progress.troubles == ()


async def test_a_private_note_that_everybody_sees_is_told_after_a_lost_answer(desk: Desk) -> None:
    desk.tasks.private_allowed = False
    progress = await desk.flows.carry_on((await desk.plans()).workflow)
    assert isinstance(progress.last, Sent)
    (trouble,) = progress.troubles
    assert trouble.title == "A nota está visível a todos"
    assert "não como privada" in progress.steps[0].evidence


async def test_that_it_is_seen_is_told_beside_what_did_not_change(desk: Desk) -> None:
    desk.tasks.private_allowed = desk.tasks.status_allowed = False
    progress = await desk.flows.carry_on((await desk.plans()).workflow)
    assert isinstance(progress.last, Unknown)
    assert "não como privada" in progress.last.intent.evidence
    assert "status_id" in progress.last.intent.evidence


async def test_that_it_is_seen_is_told_also_where_it_was_looked_for_much_later(
    desk: Desk, clock: Clock
) -> None:
    desk.tasks.private_allowed = False
    planned = await desk.plans()
    sending = await desk.disk(desk.journal.begin, planned, timedelta(seconds=90))
    with pytest.raises(OutcomeUnknown):
        await desk.flows._remotes[UPDATE].do(sending)
    clock.now += RESUME_WITHIN + timedelta(minutes=1)
    progress = await desk.flows.settle(planned.workflow)
    assert progress.steps[0].state is State.DONE
    assert [trouble.title for trouble in progress.troubles] == ["A nota está visível a todos"]


async def test_a_note_that_says_the_same_as_the_one_before_is_not_taken_for_it(desk: Desk) -> None:
    looked = desk.tasks.now.updated_on
    before = JournalEntry(id=7, notes=NOTE, created_on=looked)
    desk.tasks.now = desk.tasks.now.model_copy(update={"journals": (before,)})
    (planned,) = await desk.flows.plan([edit_step(note_edit(desk.tasks.now, NOTE, private=False))])
    editing = EditingTask(desk.tasks)
    assert isinstance(await editing.look(planned), Missing)
    again = JournalEntry(id=8, notes=NOTE, created_on=looked)
    desk.tasks.now = desk.tasks.now.model_copy(update={"journals": (before, again)})
    assert isinstance(await editing.look(planned), Found)
