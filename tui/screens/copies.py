"""Choosing who gets a copy of a reply."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from clients.models.chamado import STEP_SEPARATOR, convert_notify, split_list
from clients.models.quality.personal import is_email
from tui.commands.dialogs import COPIES
from widgets.bound import bound
from widgets.inputs import TextInput
from widgets.key_line import KeyLine

from .dialog import Dialog


class CopyScreen(Dialog[tuple[str, ...] | None]):
    """The addresses on one line; gives them checked, or None where nothing is to change."""

    TITLE = "Cópia da resposta"
    ABOUT = (
        "Quem está em cópia no ticket continua recebendo, a não ser que você tire o endereço. "
        "Separe os e-mails por ponto e vírgula; vazio é ninguém."
    )
    CSS = """
    CopyScreen { align: center middle; }
    CopyScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    CopyScreen .refused { height: auto; margin: 1 0; color: $text-error; }
    """
    BINDINGS = bound(COPIES, priority=("copia.usar",))

    def __init__(self, copies: tuple[str, ...]) -> None:
        super().__init__()
        self._copies = copies

    def compose(self) -> ComposeResult:
        """The field, what is wrong in it, the keys."""
        with Vertical() as card:
            card.border_title = Content(" Quem recebe cópia ")
            yield TextInput(
                "".join(f"{copy}{STEP_SEPARATOR}" for copy in self._copies),
                placeholder="ana@cliente.com.br; rui@cliente.com.br",
            )
            yield Static(classes="refused")
            yield KeyLine(self)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one(".refused", Static).update(Content(""))

    def action_take(self) -> None:
        """Back to the text with these, if each is an address."""
        copies = tuple(dict.fromkeys(split_list(convert_notify(self.query_one(TextInput).value))))
        wrong = next((address for address in copies if not is_email(address)), None)
        if wrong is None:
            self.dismiss(copies)
        else:
            said = f"✖ «{wrong}» não é um e-mail válido: confira a digitação."
            self.query_one(".refused", Static).update(Content(said))

    def action_give_up(self) -> None:
        """Back to the text; the copies stay as they were."""
        self.dismiss(None)
