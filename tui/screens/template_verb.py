"""One template as a reply to several tickets: filled in for each, read in full, sent once to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clients.models.answer import Answer, Kind
from clients.models.rules.closed_ticket import check_closed
from clients.models.rules.shipped import with_shipped
from clients.models.template import Template, fill, unfilled, values_for
from clients.models.ticket import Ticket
from tui.carrier import Result
from tui.flows.answer import message_step
from tui.flows.reply_checks import reply_findings
from tui.flows.step_words import step_text
from tui.intent import Step
from widgets.phrases import counted
from widgets.template_picker import TemplatePicker
from widgets.work_preview import PlannedStep, WorkPreview

from .bulk import Bulk, Plan
from .last_look import WorkScreen
from .template import TemplateScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


@dataclass(frozen=True)
class _Reply:
    """What one ticket would be answered."""

    ticket: Ticket
    step: Step
    findings: tuple[str, ...]


class TemplateVerb:
    """Answers tickets from one template. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def answer(self, tickets: Sequence[Ticket]) -> bool:
        """Send one template to each of ``tickets``. True where something was begun."""
        template = await self._template(tickets)
        if template is None:
            return False
        begun = [await self._reply(ticket, template) for ticket in tickets]
        replies = [one for one in begun if isinstance(one, _Reply)]
        left_out = [one for one in begun if isinstance(one, Result)]
        if not replies:
            self._app.refuse("\n".join(f"{one.subject}: {one.told}" for one in left_out))
            return False
        if not await self._app.ask(WorkScreen(self._preview(template, replies, left_out))):
            return False
        Bulk(self._app).carry([Plan((reply.step,)) for reply in replies], left_out)
        return True

    # ── below ──

    async def _template(self, tickets: Sequence[Ticket]) -> Template | None:
        desk = self._app.desk
        known = with_shipped(desk.account.templates, desk.settings.replies.under_review)
        # what differs from ticket to ticket is shown by its name
        values = self._values(tickets[0]) if len(tickets) == 1 else {}
        picker = TemplatePicker(known, values, desk.account.templates_trouble)
        return await self._app.ask(TemplateScreen(picker))

    def _values(self, ticket: Ticket) -> dict[str, str]:
        return values_for(ticket, self._app.desk.account.agent.name)

    async def _reply(self, ticket: Ticket, template: Template) -> _Reply | Result:
        desk, subject = self._app.desk, f"#{ticket.id}"
        assert desk.freshdesk is not None, "the ticket was read from it"
        if self._app.outbox.is_going(ticket.id):
            return Result(subject, False, "a mensagem anterior ainda está a caminho")
        text = fill(template.text, self._values(ticket))
        if spans := unfilled(text):
            return Result(subject, False, f"falta preencher {text[slice(*spans[0])]}")
        said = tuple(await desk.freshdesk.conversations(ticket.id))
        answer = Answer(ticket_id=ticket.id, kind=Kind.REPLY, text=text, cc=ticket.copied)
        found = reply_findings(answer, ticket, said, desk.account, desk.settings, template=template.title)
        status = desk.account.vocabulary.status(ticket.status)
        found = (*check_closed(answer, ticket, status), *found)
        last = max((one.id for one in said), default=0)
        findings = tuple(dict.fromkeys(finding.message for finding in found))
        return _Reply(ticket, message_step(answer, last, desk.account.agent.id), findings)

    def _preview(
        self, template: Template, replies: Sequence[_Reply], left_out: Sequence[Result]
    ) -> WorkPreview:
        count = counted(len(replies), "ticket", "tickets")
        return WorkPreview(
            f" «{template.title}» a {count} ",
            [PlannedStep(_heading(reply), step_text(reply.step), reply.findings) for reply in replies],
            warnings=[f"{one.subject} fica de fora: {one.told}" for one in left_out],
            hold=self._app.desk.settings.replies.undo_seconds,
            back="Voltar à fila",
        )


def _heading(reply: _Reply) -> str:
    ticket, copies = reply.ticket, ", ".join(reply.ticket.copied)
    whom = ticket.requester.name if ticket.requester else ticket.client
    told = f"#{ticket.id} · {whom or 'cliente'} · {ticket.subject}"
    return f"{told} (cópia: {copies})" if copies else told
