"""The three panes of the Mesa and the way from one to the next: side by side, or one at a time."""

from textual import events

from clients.models.service import Service
from widgets.key_bar import KeyBar
from widgets.preview_pane import PreviewPane
from widgets.queue_pane import QueuePane
from widgets.service_text import in_one_line
from widgets.services_pane import ServicesPane

from .desk_screen import DeskScreen
from .mesa_reasons import ON_A_TICKET
from .ticket_pages import TicketPages


class MesaPanes(DeskScreen):
    """A screen with services, queue and conversation; one of them has the keys."""

    PANES = ("services", "queue", "preview")

    @property
    def services(self) -> ServicesPane:
        """The pane of services."""
        return self.query_one(ServicesPane)

    @property
    def queue(self) -> QueuePane:
        """The pane of tickets."""
        return self.query_one(QueuePane)

    @property
    def preview(self) -> PreviewPane:
        """The pane of the conversation."""
        return self.query_one(PreviewPane)

    @property
    def service_in_hand(self) -> Service | None:
        """The service under the cursor, where the services have the keys."""
        here = self.focused is not None and self.services in self.focused.ancestors
        return self.services.highlighted if here else None

    @property
    def kept_pane(self) -> QueuePane:
        """The queue."""
        return self.queue

    def bring_up(self, name: str) -> None:
        """Give the keys to a pane; on a narrow screen show it in the place of the others."""
        self._mark(name)
        self.query_one(f"#{name}").focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tab walks the panes too, and the narrow screen follows."""
        for pane in (self.services, self.queue, self.preview):
            if pane in event.widget.ancestors:
                self._mark(pane.id)

    def _mark(self, name: str | None) -> None:
        # all classes at once: each change alone would style everything on the screen anew
        self.update_classes({f"-{pane}": pane == name for pane in self.PANES})
        self._tell_bar(on_services=name == "services")

    def _tell_bar(self, *, on_services: bool) -> None:
        """Among the services no verb is named that is a ticket's."""
        bar = self.query_one(KeyBar)
        bar.left_out = ON_A_TICKET if on_services else frozenset()
        bar.called_for = frozenset(("lista.abrir", "voltar-fila") if on_services else ())
        bar.labels = {"lista.abrir": "Ver serviço"} if on_services else {}

    def do_proximo_painel(self) -> None:
        """Tab."""
        self._walk(1)

    def do_painel_anterior(self) -> None:
        """Shift+Tab."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        around = self.focused.ancestors if self.focused is not None else []
        here = next((at for at, name in enumerate(self.PANES) if self.query_one(f"#{name}") in around), 0)
        name = self.PANES[(here + step) % len(self.PANES)]
        if name == "preview":
            self.do_ver_conversa()
        else:
            self.bring_up(name)

    def do_ver_servicos(self) -> None:
        """F2."""
        self.bring_up("services")

    def do_ver_fila(self) -> None:
        """F3."""
        self.bring_up("queue")

    def do_ver_conversa(self) -> None:
        """F4."""
        self.bring_up("preview")

    def do_voltar_fila(self) -> None:
        """Esc, away from the queue."""
        self.bring_up("queue")

    # ── copying ──

    def do_copiar(self) -> None:
        """The ticket's address, or the service that has the keys, by OSC 52."""
        service, entry = self.service_in_hand, self.queue.highlighted
        if service is not None:
            self.plantao.copy(in_one_line(service, self.plantao.desk.clock()))
        elif entry is not None:
            self.plantao.copy(TicketPages(self.plantao).address(entry.id) or f"#{entry.id}")

    def do_copiar_numero(self) -> None:
        """The ticket's number alone."""
        if (entry := self.queue.highlighted) is not None:
            self.plantao.copy(str(entry.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back to the queue only from elsewhere."""
        if parameters == ("voltar-fila",):
            return self.focused is not None and self.is_mounted and self.queue not in self.focused.ancestors
        return super().check_action(action, parameters)
