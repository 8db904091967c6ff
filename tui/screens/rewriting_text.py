"""The proposal of the assistant, to be changed before it becomes the description."""

from tui.commands.dialogs import REWRITING_TEXT
from widgets.bound import bound

from .text import TextScreen


class RewritingTextScreen(TextScreen):
    """The whole proposal, the open questions above it."""

    ABOUT = (
        "Mude o que quiser e responda aqui as perguntas em aberto. O texto fica guardado enquanto se "
        "escreve; só entra na descrição quando você usar."
    )
    CSS = """
    RewritingTextScreen > Vertical { width: 100; padding: 0 1; }
    RewritingTextScreen TextBox { min-height: 8; max-height: 45vh; }
    """
    BINDINGS = bound(REWRITING_TEXT, priority=("texto-proposta.usar",))
