"""Asking the manager, on Slack, who takes a ticket: the message as it will be posted, to be edited (R12)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from clients.errors import PlantaoError
from clients.models.slack_talk import Question
from clients.models.text import safe_text
from clients.models.ticket import Ticket
from tui.commands.dialogs import ASK_LEAD
from tui.flows.slack_posting import Posting, post_step, question_text
from widgets.bound import bound
from widgets.inputs import TextBox
from widgets.key_line import KeyLine
from widgets.phrases import hour_minute

from .dialog import Dialog

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class AskLeadScreen(Dialog[str | None]):
    """Gives the text to be posted; None where nothing is to be asked."""

    ABOUT = """\
A pergunta sai como está escrita, uma vez só, e não chama ninguém pelo @.
A conversa no Slack é acompanhada: a resposta aparece aqui."""
    CSS = """
    AskLeadScreen { align: center middle; }
    AskLeadScreen > Vertical {
        width: 78; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    AskLeadScreen Static { height: auto; }
    AskLeadScreen TextBox { height: auto; min-height: 5; max-height: 10; margin: 1 0; }
    AskLeadScreen .refused { color: $text-error; }
    """
    BINDINGS = bound(ASK_LEAD, priority=("gestor.perguntar",))

    def __init__(
        self,
        title: str,
        text: str,
        before: Sequence[Question],
        *,
        longest: int,
        keep: Callable[[str], None],
    ) -> None:
        """``before`` was asked already; ``longest`` in characters; ``keep`` is told of each change."""
        super().__init__()
        self.title = title
        self._heading = title
        self._text = text
        self._before = before
        self._longest = longest
        self._keep = keep

    def compose(self) -> ComposeResult:
        """What was asked before, the message, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._heading} ")
            for question in self._before:
                yield Static(_asked_before(question))
            yield TextBox(self._text)
            yield Static(classes="refused")
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Go on writing at the end."""
        box = self.query_one(TextBox)
        box.move_cursor(box.document.end)
        box.focus()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        text = self.query_one(TextBox).text
        if text != self._text:
            self._text = text
            self._keep(text)
        self.query_one(".refused", Static).update(Content(""))

    def action_ask(self) -> None:
        """Post it."""
        text = self.query_one(TextBox).text.strip()
        if not text:
            self._refuse("✖ Escreva a pergunta, ou volte.")
        elif len(text) > self._longest:
            self._refuse(f"✖ São {len(text)} letras; cabem {self._longest}. Encurte.")
        else:
            self.dismiss(text)

    def action_give_up(self) -> None:
        """Nothing is posted."""
        self.dismiss(None)

    def _refuse(self, reason: str) -> None:
        self.query_one(".refused", Static).update(Content(reason))


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
        before,
        longest=LONGEST_TEXT,
        keep=keep,
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
