"""A text before it leaves for a model: exactly as it will be sent, to whom, and a yes."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.assistant.prompt import Prompt
from clients.models.text import safe_text
from tui.commands.dialogs import CONFIRM
from widgets.bound import bound
from widgets.key_line import KeyLine, key_of

from .dialog import Dialog


class OutgoingTextScreen(Dialog[bool]):
    """``s`` sends; ``n`` and Esc do not."""

    CSS = """
    OutgoingTextScreen { align: center middle; }
    OutgoingTextScreen > Vertical {
        width: 100; max-width: 100%; height: auto; max-height: 100%; padding: 0 1; border: heavy $warning;
        background: $surface;
    }
    OutgoingTextScreen .about { height: auto; padding: 0 1; }
    OutgoingTextScreen VerticalScroll {
        height: auto; max-height: 65vh; margin: 1 0; padding: 0 1; background: $foreground 7%;
        scrollbar-size-vertical: 1;
    }
    OutgoingTextScreen VerticalScroll Static { height: auto; }
    OutgoingTextScreen KeyLine { padding: 0 1; }
    """
    TITLE = "Texto que vai sair"
    BINDINGS = bound(CONFIRM)
    ABOUT = (
        "Mostra letra por letra o que o modelo recebe: a descrição com os dados pessoais trocados por "
        "marcas como ‹CPF_1›, e as instruções fixas. Os originais ficam só na memória desta sessão e "
        "voltam ao texto da resposta. Nada sai antes do sim; Enter de propósito não responde."
    )

    def __init__(
        self, destination: str, model: str, prompt: Prompt, masked: Sequence[str], news: str
    ) -> None:
        """``masked`` are the placeholders in the text; ``news`` warns of what is odd in it."""
        super().__init__()
        self._about = (destination, model, masked, news)
        self._prompt = prompt

    def compose(self) -> ComposeResult:
        """Where it goes, what was taken out, the text itself, the keys."""
        destination, model, masked, news = self._about
        kept = f"Ficam aqui: {', '.join(masked)}." if masked else "Nenhum dado pessoal foi encontrado."
        lines = [
            Content.assemble(
                ("▲ Destino: ", "bold $text-warning"), (destination, "bold"), f" · modelo {model}"
            ),
            Content.styled(safe_text(kept, multiline=False), "$foreground-muted"),
        ]
        if news:
            lines.append(Content.styled(f"▲ {safe_text(news, multiline=False)}", "$text-warning"))
        with Vertical() as card:
            card.border_title = Content(" Enviar este texto ao modelo? ")
            yield Static(Content("\n").join(lines), classes="about")
            with VerticalScroll():
                yield Static(
                    Content.assemble(
                        safe_text(self._prompt.user),
                        ("\n\nInstruções fixas, enviadas junto:\n", "bold $foreground-muted"),
                        (safe_text(self._prompt.system), "$foreground-muted"),
                    )
                )
            yield KeyLine(self, labels=lambda: {"answer(True)": "Enviar", "answer(False)": "Não enviar"})

    def on_mount(self) -> None:
        """The text can be gone through at once."""
        self.query_one(VerticalScroll).focus()

    def key_enter(self) -> None:
        """Say why nothing happens."""
        yes, no = key_of(self, "answer(True)"), key_of(self, "answer(False)")
        self.plantao.refuse(f"Enter não envia: {yes} envia, {no} não.")

    def action_answer(self, agreed: bool) -> None:
        """The analyst's word."""
        self.dismiss(agreed)
