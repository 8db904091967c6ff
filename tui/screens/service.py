"""One service with all that is known of it, over the desk; the list clips what is long."""

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.service import Service
from clients.models.service_history import ServiceHistory
from tui.commands.dialogs import SERVICE
from widgets.bound import bound
from widgets.key_line import KeyLine
from widgets.service_strip import strip_text
from widgets.service_text import service_text

from .dialog import Dialog


class ServiceScreen(Dialog[None]):
    """Nothing is asked: Esc and Enter both go back."""

    CSS = """
    ServiceScreen { align: center middle; }
    ServiceScreen > Vertical {
        width: 64; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; border: heavy $primary;
        background: $surface;
    }
    ServiceScreen VerticalScroll { height: auto; max-height: 16; margin-bottom: 1; }
    ServiceScreen Static { height: auto; }
    #strip { margin-top: 1; }
    """
    TITLE = "Serviço"
    BINDINGS = bound(SERVICE)
    ABOUT = """\
Tudo o que o monitoramento diz do serviço, e como ele esteve nos
últimos dias, pelo que o Plantão viu. Só se entra no servidor do
cliente quando algo está vermelho nele."""

    def __init__(self, service: Service, history: ServiceHistory, now: datetime) -> None:
        super().__init__()
        self._text = service_text(service, now)
        self._strip = strip_text(history, now)

    def compose(self) -> ComposeResult:
        """The sheet and the keys."""
        with Vertical() as card:
            card.border_title = Content(" Serviço ")
            with VerticalScroll():
                yield Static(self._text)
                yield Static(self._strip, id="strip")
            yield KeyLine(self)

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss()
