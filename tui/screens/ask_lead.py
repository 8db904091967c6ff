"""Asking the manager, on Slack, who takes a ticket (R12)."""

from typing import TYPE_CHECKING

from textual.content import Content

from clients.errors import PlantaoError
from clients.models.slack_talk import Question
from clients.models.text import safe_text
from clients.models.ticket import Ticket
from tui.flows.slack_posting import question_text
from widgets.phrases import hour_minute

from .slack_question import ask_on_slack

if TYPE_CHECKING:
    from tui.app import PlantaoApp


async def ask_lead(app: "PlantaoApp", ticket: Ticket) -> None:
    """Ask in the manager's channel who takes ``ticket``; as of `ask_on_slack`, but trouble is told."""
    desk = app.desk
    slack, freshdesk = desk.settings.slack, desk.settings.freshdesk
    if slack is None or freshdesk is None:
        app.refuse("O Slack não está configurado: complete [slack]; plantao configurar diz onde.")
        return
    try:
        before = await desk.disk(desk.local.questions.of_ticket, ticket.id)
        await ask_on_slack(
            app,
            f"question:{ticket.id}",
            slack.manager_channel,
            question_text(ticket, f"{freshdesk.url}/a/tickets/{ticket.id}"),
            about=f"#{ticket.id}",
            above=[_asked_before(question) for question in before],
            ticket=ticket.id,
        )
    except PlantaoError as error:
        app.report(error.trouble)


def _asked_before(question: Question) -> Content:
    asked = f"Já perguntado {hour_minute(question.asked_at)} em {question.place}: "
    if question.answer is None:
        return Content.styled(f"{asked}ninguém respondeu ainda.", "$text-warning")
    words = " ".join(question.answer.text.split())
    return Content.styled(safe_text(f"{asked}{question.answer.who} respondeu «{words}»"), "$text-success")
