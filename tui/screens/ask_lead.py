"""Asking the manager, on Slack, who takes a ticket: the message as it will be posted, to be edited (R12)."""

from typing import TYPE_CHECKING

from textual.content import Content

from clients.errors import PlantaoError
from clients.models.slack_talk import Question
from clients.models.text import safe_text
from clients.models.ticket import Ticket
from tui.commands.dialogs import ASK_LEAD
from tui.flows.slack_posting import Posting, post_step, question_text
from widgets.bound import bound
from widgets.phrases import hour_minute

from .text import TextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class AskLeadScreen(TextScreen):
    """The question, as it will be posted."""

    ABOUT = """\
A pergunta sai como está escrita, uma vez só, e não chama ninguém pelo @.
A conversa no Slack é acompanhada: a resposta aparece aqui."""
    BINDINGS = bound(ASK_LEAD, priority=("gestor.perguntar",))


async def ask_lead(app: "PlantaoApp", ticket: Ticket) -> None:
    """Ask in the manager's channel who takes ``ticket``, once the analyst has seen the message: for a worker.

    What becomes of it is told by the carrier.
    """
    desk = app.desk
    if desk.room is None or desk.settings.freshdesk is None:
        app.refuse("O Slack não está configurado: complete [slack]; plantao configurar diz onde.")
        return
    from clients.slack import LONGEST_TEXT

    key = f"question:{ticket.id}"
    await desk.saver.flush()
    try:
        channel = await desk.room.manager()
        before = await desk.disk(desk.questions.of_ticket, ticket.id)
        begun = await desk.disk(desk.drafts.load, key)
    except PlantaoError as error:
        app.report(error.trouble)
        return
    link = f"{desk.settings.freshdesk.url}/a/tickets/{ticket.id}"

    def keep(text: str) -> None:
        desk.saver.save(key, lambda: desk.drafts.save(key, text))

    page = AskLeadScreen(
        f"Perguntar em {channel.name} · #{ticket.id}",
        begun.text if begun else question_text(ticket, link),
        keep=keep,
        above=[_asked_before(question) for question in before],
        longest=LONGEST_TEXT,
    )
    text = await app.ask(page)
    if text is None:
        return
    posting = Posting(channel=channel.id, place=channel.name, text=text, ticket=ticket.id)
    try:
        planned = await desk.workflows.plan([post_step(posting)])
    except PlantaoError as error:
        app.report(error.trouble)
        return
    app.carrier.carry(planned[0].workflow)
    await desk.saver.flush()
    await desk.disk(desk.drafts.discard, key)


def _asked_before(question: Question) -> Content:
    asked = f"Já perguntado {hour_minute(question.asked_at)} em {question.place}: "
    if question.answer is None:
        return Content.styled(f"{asked}ninguém respondeu ainda.", "$text-warning")
    words = " ".join(question.answer.text.split())
    return Content.styled(safe_text(f"{asked}{question.answer.who} respondeu «{words}»"), "$text-success")
