"""A ticket that turned into planning: what changes is shown in full, then done as one (R19)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.rules.planning import PLANNING, Planning, planning_changes
from clients.models.rules.shipped import PLANNING_REPLY, titled, with_shipped
from clients.models.task import Named, Task
from clients.models.template import unfilled
from clients.models.ticket import CLOSED, Ticket
from tui.drafts import Draft, draft_key
from tui.flows.planning import planning_steps
from tui.flows.reply_checks import reply_findings
from tui.flows.step_words import step_text, step_title
from tui.journal import Step
from widgets.picker import Pick
from widgets.work_preview import PlannedStep

from .closer import Closer
from .closing_fields import ask_closing_fields
from .pending import PendingScreen
from .pick import PickScreen
from .planning_look import PlanningPreview, PlanningScreen, PlanningTextScreen, Word

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_CHANGED, _DRAFT, _SHIPPED, _NO_TASK = "changed", "draft", "shipped", "none"


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
        draft = await self._begun(ticket)
        if isinstance(draft, Word):
            return False
        reply = _reply(ticket, draft.text if draft else self._shipped, draft)
        written = (_key(ticket.id), *((draft.key,) if draft else ()))
        return await self._confirmed(ticket, task, reply, said, time, written)

    # ── below ──

    async def _confirmed(
        self,
        ticket: Ticket,
        task: Task | None,
        reply: Answer,
        said: Sequence[Conversation],
        time: str,
        written: Sequence[str],
    ) -> bool:
        """Show everything until it is done or given up; the text may be changed in between.

        ``written`` are the keys of what is kept of the text, and is no draft any more once it is sent.
        """
        last, me = max((one.id for one in said), default=0), self._app.desk.account.agent.id
        filled = await ask_closing_fields(self._app, ticket) if ticket.status != CLOSED else {}
        while filled is not None:
            planning = await self._planning(ticket, task, reply.text)
            reply = reply.model_copy(update={"text": planning.reply})
            if spans := unfilled(reply.text):
                self._app.refuse(f"Falta preencher {reply.text[slice(*spans[0])]} na resposta.")
                word = Word.EDIT
            else:
                steps = tuple(planning_steps(ticket, task, planning, reply, filled, last=last, agent=me))
                warnings = filter(None, (planning.trouble, time, *self._findings(ticket, reply, said)))
                word = await self._app.ask(PlanningScreen(self._preview(ticket, steps, tuple(warnings))))
            match word:
                case Word.GO:
                    return await self._carry_out(steps, written)
                case Word.BACK:
                    return False
            edited = await self._edited(reply)
            if edited is None and spans:
                return False
            reply = edited or reply
        return False

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

    async def _begun(self, ticket: Ticket) -> Draft | Word | None:
        """What was written for this ticket, if that is to be sent; `Word.BACK` where one gave up."""
        desk = self._app.desk
        await desk.saver.flush()
        keys = {_CHANGED: _key(ticket.id), _DRAFT: draft_key(ticket.id, Kind.REPLY)}
        found = {name: await desk.disk(desk.drafts.load, key) for name, key in keys.items()}
        begun = {name: draft for name, draft in found.items() if draft is not None}
        if not begun:
            return None
        labels = {_CHANGED: "O texto que você mudou aqui", _DRAFT: "O rascunho deste ticket"}
        picks = [Pick(name, labels[name], " ".join(draft.text.split())[:24]) for name, draft in begun.items()]
        picks.append(Pick(_SHIPPED, "O texto de sempre", "vai ao comitê"))
        chosen = await self._app.ask(PickScreen("Qual resposta?", picks))
        return Word.BACK if chosen is None else begun.get(chosen)

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

    def _preview(self, ticket: Ticket, steps: Sequence[Step], warnings: Sequence[str]) -> PlanningPreview:
        words = self._app.desk.account.vocabulary
        return PlanningPreview(
            f" #{ticket.id} virou planejamento ",
            [PlannedStep(step_title(step, words), step_text(step)) for step in steps],
            warnings=warnings,
            hold=self._app.desk.settings.replies.undo_seconds,
            back="Voltar à fila",
        )

    async def _carry_out(self, steps: Sequence[Step], written: Sequence[str]) -> bool:
        drafts = self._app.desk.drafts

        def confirmed(workflow: str) -> None:
            for key in written:
                drafts.discard(key)

        planned = await self._app.desk.workflows.plan(steps, also=confirmed)
        workflow = planned[0].workflow
        self._app.push_screen(PendingScreen(workflow))
        self._app.carrier.carry(workflow)
        return True

    async def _edited(self, reply: Answer) -> Answer | None:
        """The reply with another text, which is kept meanwhile; None where one goes back."""
        desk, key = self._app.desk, _key(reply.ticket_id)

        def keep(text: str) -> None:
            desk.saver.save(key, lambda: desk.drafts.save(key, text, cc=reply.cc, files=reply.attachments))

        begun = await desk.disk(desk.drafts.load, key)
        page = PlanningTextScreen(
            f"Resposta do #{reply.ticket_id} ao virar planejamento",
            begun.text if begun else reply.text,
            keep=keep,
        )
        text = await self._app.ask(page)
        await desk.saver.flush()
        return None if text is None else reply.model_copy(update={"text": text})


def _key(ticket_id: int) -> str:
    """The key under which the changed text is kept: a draft for the composer is another."""
    return f"planning:{ticket_id}"


def _reply(ticket: Ticket, text: str, draft: Draft | None) -> Answer:
    """The reply with the files and copies that were chosen for it, or else those of the ticket."""
    cc = ticket.copied if draft is None or draft.cc is None else draft.cc
    files = draft.files if draft else ()
    return Answer(ticket_id=ticket.id, kind=Kind.REPLY, text=text, cc=cc, attachments=files)
