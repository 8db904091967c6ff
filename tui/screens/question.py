"""A question asked on Slack: its row in Pendências, its line at the form, all that was said in its thread."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.slack_talk import Question, newest_question
from tui.commands.dialogs import THREAD
from tui.flows.around import Around
from tui.flows.directing import PLACE, lead_answer
from widgets.bound import bound
from widgets.cells import Tone, clip
from widgets.key_line import KeyLine
from widgets.pending_pane import PendingRow
from widgets.phrases import hour_minute

from .dialog import Dialog

BEGINNING = 60
"""Cells of a message that are its first words."""


class QuestionScreen(Dialog[None]):
    """Nothing is asked: Esc and Enter both go back, and the link can be copied."""

    CSS = """
    QuestionScreen { align: center middle; }
    QuestionScreen > Vertical {
        width: 78; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; border: heavy $primary;
        background: $surface;
    }
    QuestionScreen VerticalScroll { height: auto; max-height: 14; margin-bottom: 1; }
    QuestionScreen Static { height: auto; }
    """
    TITLE = "Pergunta no Slack"
    BINDINGS = bound(THREAD)
    ABOUT = "O que foi perguntado e o que responderam, como estava na última leitura."

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Question, answers, address, keys."""
        with Vertical() as card:
            card.border_title = Content(f" Perguntado em {self._question.place or PLACE} ")
            with VerticalScroll():
                yield Static(Content(thread_text(self._question)))
            yield KeyLine(self)

    def action_copy(self) -> None:
        """The address, by OSC 52."""
        if self._question.permalink:
            self.plantao.copy(self._question.permalink)
        else:
            self.plantao.refuse("O endereço desta pergunta não é conhecido.")

    def action_close(self) -> None:
        """Back."""
        self.dismiss()


def thread_text(question: Question) -> str:
    """Everything that was said, oldest first, and the address."""
    said = [f"{hour_minute(question.asked_at)} você: {question.text}"]
    said += [f"{hour_minute(answer.at)} {answer.who}: {answer.text}" for answer in question.answers]
    if not question.answers:
        said.append("Ninguém respondeu ainda.")
    return "\n\n".join(filter(None, (*said, question.permalink)))


def question_row(question: Question) -> PendingRow:
    """Its line in Pendências."""
    about = f"#{question.ticket_id}" if question.ticket_id is not None else question.about
    said = " · ".join(filter(None, (about, beginning(question.text))))
    evidence, answer = thread_text(question), question.answer
    asked = f"{hour_minute(question.asked_at)} em {question.place or PLACE}"
    if answer is None:
        return PendingRow(question.id, said, "…", about=asked, evidence=evidence)
    told = f"{answer.who}: {beginning(answer.text)} ← {said}"
    return PendingRow(question.id, told, "»", Tone.GOOD, about=hour_minute(answer.at), evidence=evidence)


def beginning(text: str, width: int = BEGINNING) -> str:
    """The first words of ``text``, on one line."""
    return clip(" ".join(text.split()), width)


def waiting_line(question: Question) -> str:
    """What is known of a question, in a sentence: when it was asked, where, and the newest answer."""
    asked = f"Perguntado {hour_minute(question.asked_at)} em {question.place or PLACE}"
    if question.answer is None:
        return f"{asked}, ainda sem resposta: “{beginning(question.text)}”"
    answer = question.answer
    return f"{asked}; {answer.who} respondeu {hour_minute(answer.at)}: “{beginning(answer.text)}”"


def lead_line(around: Around) -> Content | None:
    """What is known of the question to whom it may go, for the field that it is about."""
    asked = newest_question(around.questions)
    if asked is None:
        return None
    place, found = asked.place or PLACE, lead_answer(around)
    if found is None:
        told = f"Perguntado {hour_minute(asked.asked_at)} em {place}; ninguém respondeu ainda."
        return Content.styled(told, "$foreground-muted")
    _, answer = found
    told = f"» {answer.who}, {hour_minute(answer.at)} em {place}: {' '.join(answer.text.split())}"
    link = f"\n{asked.permalink}" if asked.permalink else ""
    return Content.assemble((told, "$text-success"), (link, "$foreground-muted"))
