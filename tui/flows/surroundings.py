"""Looking around before a ticket is attended: its tasks, what Redmine offers, its time."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.attendance import NEW_TASK, Attendance
from clients.models.fields import Vocabulary
from clients.models.people import Agent
from clients.models.slack_talk import Question
from clients.models.text import fold
from clients.models.ticket_view import TicketView

from .around import Around
from .attending import guess_project
from .task_offers import TaskOffers

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.redmine import Redmine

    from ..settings import AttendSettings


class Surroundings:
    """What is there for one account. Methods raise PlantaoError."""

    def __init__(
        self,
        freshdesk: "Freshdesk",
        redmine: "Redmine | None",
        offers: TaskOffers | None,
        settings: "AttendSettings",
        me: Agent,
        words: Vocabulary,
        url: str,
        *,
        asked: Callable[[int], Awaitable[tuple[Question, ...]]],
    ) -> None:
        """``url`` is the address of the Freshdesk account; ``asked`` gives what was asked about a ticket."""
        self._freshdesk = freshdesk
        self._redmine = redmine
        self._offers = offers
        self._settings = settings
        self._me = me
        self._words = words
        self._url = url
        self._asked = asked

    async def of(self, seen: TicketView, now: datetime) -> Around:
        """Everything around a ticket that was read; Redmine is asked anew for its tasks."""
        ticket = seen.ticket
        around = Around(
            ticket=ticket,
            conversations=seen.conversations.items,
            words=self._words,
            me=self._me,
            now=now,
            link=f"{self._url}/a/tickets/{ticket.id}",
            trackers=self._settings.trackers,
            questions=await self._asked(ticket.id),
        )
        if self._settings.ticket_time:
            around = replace(around, times=await self._freshdesk.time_entries(ticket.id))
        if self._redmine is None or self._offers is None:
            return around
        return replace(
            around,
            tasks=await self._redmine.find_by_ticket(ticket.id),
            projects=await self._offers.projects(),
            priorities=await self._offers.priorities(),
            ticket_field=await self._redmine.ticket_field(),
            my_user=await self._offers.me(),
        )

    async def with_form(self, around: Around, form: Attendance) -> Around:
        """The same with what the project of the form's task offers, for its Tipo, and where that may go."""
        project = self._project(around, form)
        if project is None or self._offers is None:
            return replace(around, form=None, statuses=())
        statuses = await self._offers.next_statuses(form.task_id) if form.task_id is not None else ()
        tracker = self._settings.trackers.get(form.type, form.type)
        found = await self._offers.form(project, tracker, new=form.task == NEW_TASK)
        return replace(around, form=found, statuses=statuses)

    def project(self, around: Around) -> str:
        """Id of the project that is guessed for a new task; "" where the settings name none."""
        return guess_project(around, self._settings.projects, self._settings.project)

    def activity(self, around: Around) -> str:
        """Id of the activity that the settings name; "" where the project has none such."""
        wanted = fold(self._settings.activity).strip()
        offered = around.form.project.activities if around.form else ()
        return next((str(one.id) for one in offered if wanted and fold(one.name).strip() == wanted), "")

    def _project(self, around: Around, form: Attendance) -> int | None:
        linked = next((task for task in around.tasks if task.id == form.task_id), None)
        if linked is not None:
            return linked.project.id
        return int(form.project) if form.project.isdigit() else None
