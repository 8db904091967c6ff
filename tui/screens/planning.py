"""A ticket that turned into planning: what changes is shown in full, then done as one (R19)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.answer import Answer
from clients.models.conversation import Conversation
from clients.models.rules.planning import PLANNING, Planning, planning_changes
from clients.models.rules.shipped import PLANNING_REPLY, titled, with_shipped
from clients.models.task import Named, Task
from clients.models.ticket import CLOSED, Ticket
from tui.flows.planning import planning_steps
from tui.flows.reply_checks import reply_findings
from widgets.picker import Pick

from .closer import Closer
from .closing_fields import ask_closing_fields
from .pick import PickScreen
from .wording import Look, Worded, Wording, Wordings
from .wording_look import Part, Word

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_NO_TASK = "none"


class PlanningVerb:
    """Turns a ticket into planning. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def turn(self, tickets: Sequence[Ticket]) -> bool:
        """Turn the first of ``tickets``, as it was just read. True where something was begun."""
        ticket, desk = tickets[0], self._app.desk
        assert desk.freshdesk is not None, "the ticket was read from it"
        if self._app.outbox.is_going(ticket.id):
            self._app.refuse(f"A mensagem anterior ao #{ticket.id} ainda está a caminho: espere.")
            return False
        said = tuple(await desk.freshdesk.conversations(ticket.id))
        tasks = await desk.redmine.find_by_ticket(ticket.id) if desk.redmine is not None else ()
        time = await Closer(self._app).time_against(ticket.id)
        task = await self._which(tasks)
        if isinstance(task, Word):
            return False
        worded = Worded(self._app, ticket, f"#{ticket.id} virou planejamento")
        shipped = Wording(
            f"planning:{ticket.id}", f"Resposta do #{ticket.id} ao virar planejamento", self._shipped
        )
        composed = ("O texto de sempre", "vai ao comitê")
        wording = await worded.begun(shipped, "Qual resposta?", composed, draft=True)
        filled = await ask_closing_fields(self._app, ticket) if wording and ticket.status != CLOSED else {}
        if wording is None or filled is None:
            return False
        last, me = max((one.id for one in said), default=0), desk.account.agent.id

        async def plan(wordings: Wordings) -> Look:
            reply = wordings[Part.REPLY].answer(ticket)
            planning = await self._planning(ticket, task, reply.text)
            steps = tuple(planning_steps(ticket, task, planning, reply, filled, last=last, agent=me))
            warnings = filter(None, (planning.trouble, time, *self._findings(ticket, reply, said)))
            return Look(steps, tuple(warnings))

        return await worded.confirmed({Part.REPLY: wording}, plan)

    # ── below ──

    async def _which(self, tasks: Sequence[Task]) -> Task | Word | None:
        """The task that turns; `Word.BACK` where one gave up."""
        if len(tasks) < 2:
            return tasks[0] if tasks else None
        picks = [Pick(str(task.id), f"{task.id} {task.subject}", task.tracker.name) for task in tasks]
        picks.append(Pick(_NO_TASK, "Nenhuma delas", "só responder e encerrar"))
        chosen = await self._app.ask(PickScreen(f"Qual tarefa vira {PLANNING}?", picks))
        if chosen is None:
            return Word.BACK
        return next((task for task in tasks if str(task.id) == chosen), None)

    @property
    def _shipped(self) -> str:
        """The desk's own text, with its placeholders."""
        desk = self._app.desk
        known = with_shipped(desk.account.templates, desk.settings.replies.under_review)
        return titled(known, PLANNING_REPLY).text

    async def _planning(self, ticket: Ticket, task: Task | None, text: str) -> Planning:
        desk = self._app.desk
        trackers: tuple[Named, ...] = ()
        if task is not None and desk.offers is not None:
            trackers = (await desk.offers.form(task.project.id, PLANNING)).project.trackers
        tasks = (task,) if task is not None else ()
        account = desk.account
        return planning_changes(ticket, tasks, trackers, account.vocabulary, text, account.agent.name)

    def _findings(self, ticket: Ticket, reply: Answer, said: Sequence[Conversation]) -> tuple[str, ...]:
        desk = self._app.desk
        found = reply_findings(reply, ticket, said, desk.account, desk.settings, template=PLANNING_REPLY)
        return tuple(dict.fromkeys(finding.message for finding in found))
