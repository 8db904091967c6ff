"""The three panes of the Mesa on one screen, as the application puts them together."""

from collections.abc import Callable
from datetime import datetime, timedelta

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from clients.models.feed import Feed
from clients.models.service import Service
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from tests.support import desk_sample as sample
from widgets import belt
from widgets.cells import Piece, Tone
from widgets.key_bar import KeyBar
from widgets.preview_pane import PreviewPane
from widgets.queue_pane import QueuePane
from widgets.quiet_screen import QuietScreen
from widgets.services_pane import ServicesPane
from widgets.top_line import TopLine

MODES = (("1", "Mesa"), ("2", "Tarefas"), ("3", "Chamados"), ("4", "Serviços"), ("5", "Hoje"))


class MesaApp(App[None]):
    """Panes over the invented desk. ``said`` collects the messages of the panes."""

    CSS = """
    #left { width: 66; }
    ServicesPane { height: 9; }
    .narrow #left { width: 1fr; }
    .narrow PreviewPane, .narrow ServicesPane { display: none; }
    """
    BINDINGS = [("r", "reply", "Responder"), ("n", "note", "Nota"), ("tab", "app.focus_next", "Painel")]
    # two verbs of the application: one live, one that cannot be used now

    def __init__(
        self,
        tickets: Feed[Ticket] | None = None,
        services: Feed[Service] | None = None,
        view: TicketView | None = None,
        clock: Callable[[], datetime] = lambda: sample.NOW,
    ) -> None:
        super().__init__()
        read = sample.NOW - timedelta(minutes=5)
        self.first_tickets = tickets or Feed(sample.tickets(300), as_of=read)
        self.first_services = services or Feed(sample.services(), as_of=read)
        self.first_view = view
        self.clock = clock
        self.said: list[object] = []
        self.top = TopLine(MODES)
        self.services_pane = ServicesPane(clock=clock)
        self.queue_pane = QueuePane(clock=clock)
        self.preview_pane = PreviewPane(clock=clock)
        self.preview_pane.add_class("-divided")

    def get_default_screen(self) -> Screen[None]:
        return QuietScreen(id="_default")

    def compose(self) -> ComposeResult:
        yield self.top
        with Horizontal(classes="narrow" if self.size.width < 100 else ""):
            with Vertical(id="left"):
                yield self.queue_pane
                yield self.services_pane
            yield self.preview_pane
        yield KeyBar()

    def on_mount(self) -> None:
        counters = (Piece("✖ 2 ", Tone.BAD), Piece("◆ 12 ", Tone.WARN), Piece("sandbox", Tone.DIM))
        self.top.tell("1", counters, self.clock())
        self.queue_pane.show(self.first_tickets, me=sample.ME, vocabulary=sample.VOCABULARY)
        self.services_pane.show(self.first_services)
        self.preview_pane.show(self.first_view, sample.VOCABULARY)
        self.queue_pane.focus()

    def action_reply(self) -> None:
        self.said.append("reply")

    def action_note(self) -> None:
        self.said.append("note")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "note" else super().check_action(action, parameters)

    def on_queue_pane_highlighted(self, event: QueuePane.Highlighted) -> None:
        self.said.append(event)

    def on_queue_pane_chosen(self, event: QueuePane.Chosen) -> None:
        self.said.append(event)

    def on_services_pane_chosen(self, event: ServicesPane.Chosen) -> None:
        self.said.append(event)


if __name__ == "__main__":
    belt.install()
    MesaApp(view=sample.ticket_view()).run()
