"""What a runbook's screen asks: whether to go past a guard, what was found, what to do where one stands."""

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.text import safe_text
from tui.commands.dialogs import BARRED, FOUND, STOPPED
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog
from .text import TextScreen


class Way(StrEnum):
    """How one goes on from where one stands."""

    ASK = "ask"
    """Ask on Slack."""
    REASON = "reason"
    """Past the guard, saying why."""
    FINE = "fine"
    """The step is as expected by now."""
    ON = "on"
    """To the next step."""
    BACK = "back"
    """Stay."""


class _WayScreen(Dialog[Way]):
    """Says what stands against going on. Enter does nothing here."""

    DEFAULT_CSS = """
    _WayScreen { align: center middle; }
    _WayScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    _WayScreen Static { height: auto; }
    _WayScreen VerticalScroll { height: auto; max-height: 14; margin-bottom: 1; scrollbar-size-vertical: 1; }
    """
    HEADING: ClassVar[str]

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = safe_text(about)

    def compose(self) -> ComposeResult:
        """What stands against it, and the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self.HEADING} ")
            with VerticalScroll():
                yield Static(Content(self._about))
            yield KeyLine(self)

    def action_go(self, way: str) -> None:
        """The analyst's word."""
        self.dismiss(Way(way))


class BarredScreen(_WayScreen):
    """A guard that does not hold."""

    TITLE = "Passo barrado"
    HEADING = "Agora não se entra"
    ABOUT = """\
Só se entra no servidor de um cliente quando algo está vermelho nele e ninguém mais está lá. Quem segue
assim mesmo diz o motivo, que fica no roteiro e em tudo o que se exporta dele."""
    BINDINGS = bound(BARRED)

    def __init__(self, about: str, *, may_ask: bool) -> None:
        """``may_ask`` is whether asking on Slack who is there is of any use, and possible."""
        super().__init__(about)
        self._may_ask = may_ask

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Asking is there where somebody can be asked."""
        return self._may_ask or (action, parameters) != ("go", ("ask",))


class StoppedScreen(_WayScreen):
    """A step that is not as expected."""

    TITLE = "Diferente do esperado"
    HEADING = "Pare e pergunte"
    ABOUT = """\
O passo não está como se esperava: aqui se para e se pergunta. Nada se conserta por conta própria, e nada
é parado nem reiniciado."""
    BINDINGS = bound(STOPPED)


class FoundScreen(TextScreen):
    """What was found in the place of what was expected."""

    ABOUT = """\
Escreva o que foi visto, ou cole o trecho do log. O texto é guardado a cada tecla. No roteiro ele fica
como está; o que dele sai para o Slack, o histórico, uma cópia ou um arquivo sai mascarado."""
    BINDINGS = bound(FOUND, priority=("encontrado.anotar",))
