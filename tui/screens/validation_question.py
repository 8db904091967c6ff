"""What the client said since the publication, and what came out of it: none of the answers by habit."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.text import safe_text
from clients.models.validation import Stage, Verdict
from tui.commands.dialogs import VALIDATION
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog


class ValidationScreen(Dialog[Verdict | Stage | None]):
    """Shows the client's words. Enter does nothing here."""

    TITLE = "Validação do chamado"
    ABOUT = """\
O chamado publicado se encerra com a validação do cliente; se ainda falha, volta ao Error Fix com as palavras
dele. Depois desta pergunta tudo é mostrado, com os textos, antes de ser feito."""
    CSS = """
    ValidationScreen { align: center middle; }
    ValidationScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    ValidationScreen Static { height: auto; }
    ValidationScreen VerticalScroll { height: auto; max-height: 14; margin-bottom: 1; }
    """
    BINDINGS = bound(VALIDATION)

    def __init__(self, about: str, told: str, *, by_phone: bool, asked: bool) -> None:
        """``told`` is what the client said; ``by_phone`` where it was nothing in writing.

        Where it was not ``asked``, that somebody did is one of the answers: `Stage.WAITING`.
        """
        super().__init__()
        self._about = about
        self._told = safe_text(told)
        self._by_phone = by_phone
        self._asked = asked

    def compose(self) -> ComposeResult:
        """The words, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._about} ")
            with VerticalScroll(can_focus=False):
                yield Static(Content(self._told))
            yield KeyLine(self, labels=self._labels)

    def on_mount(self) -> None:
        """The keys of a list go through what does not fit, once it is known how it wraps."""
        self.call_after_refresh(self._let_scroll)

    def _let_scroll(self) -> None:
        words = self.query_one(VerticalScroll)
        if words.max_scroll_y:
            words.can_focus = True
            words.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """That the client was asked is said once."""
        return not (self._asked and parameters == (Stage.WAITING.value,))

    def action_answer(self, answer: str) -> None:
        """The analyst's word."""
        if answer == Stage.WAITING:
            self.dismiss(Stage.WAITING)
        else:
            self.dismiss(Verdict(answer) if answer else None)

    def _labels(self) -> dict[str, str]:
        if not self._by_phone:
            return {}
        return {
            "answer('validated')": "Validado, por telefone",
            "answer('failing')": "Ainda falha, por telefone",
        }
