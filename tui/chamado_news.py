"""What happens to chamados while the desk is open: shown where they are listed, told, and told by e-mail."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.feed import Feed
from clients.models.lifecycle import CLOSED, ChamadoStatus
from clients.models.validation import published
from widgets.phrases import counted

from .sync import Poller

if TYPE_CHECKING:
    from .app import PlantaoApp
    from .seen_chamados import Happened

MOST_TOLD = 3
"""Chamados that are told one by one; more are counted."""


class ChamadoNews:
    """Reads the board for the app."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._poller: Poller[Chamado] | None = None
        self._trouble = ""

    def start(self) -> None:
        """Begin to read the board."""
        self._poller = self._app.desk.chamados_poller(self._app.chamados)
        self._app.run_worker(self._poller.run(self._take), group="chamados", exit_on_error=False)

    def ask(self) -> None:
        """Read now instead of at the end of the pause."""
        if self._poller is not None:
            self._poller.ask()

    def published(self) -> Mapping[int, Chamado]:
        """The chamados that wait for the client's validation, by ticket; the newest of several."""
        return published(self._app.chamados.items)

    def of_ticket(self, ticket_id: int) -> tuple[Chamado, ...]:
        """The chamados of a ticket, the newest first."""
        return tuple(each for each in self._app.chamados.items if each.ticket_id == ticket_id)

    def _take(self, feed: Feed[Chamado]) -> None:
        self._app.chamados = feed
        if feed.trouble is not None and feed.trouble.message != self._trouble:
            self._app.report(feed.trouble)
        self._trouble = feed.trouble.message if feed.trouble is not None else ""
        if not feed.loading and feed.trouble is None:
            self._app.run_worker(self._follow(feed), group="news", exit_on_error=False)

    async def _follow(self, feed: Feed[Chamado]) -> None:
        desk = self._app.desk
        try:
            happened = await desk.disk(desk.local.seen_chamados.catch_up, feed.items)
            self._tell([one for one in map(self._of_others, happened) if self._concerns_me(one)])
            workflows = await desk.chamado_room.letters(feed)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return
        for workflow in workflows:
            self._app.carrier.carry(workflow, quietly=True)

    def _of_others(self, happened: "Happened") -> "Happened":
        """What others did to the chamado, comments before moves: the last is what is told."""
        chamado, events = happened
        theirs = [event for event in events if event.who != self._app.desk.author]
        return chamado, tuple(sorted(theirs, key=lambda event: event.is_move))

    def _concerns_me(self, happened: "Happened") -> bool:
        """Whether the chamado or its ticket is mine, and somebody else did something to it."""
        chamado, events = happened
        desk = self._app.desk
        ticket = self._app.ticket(chamado.ticket_id) if chamado.ticket_id is not None else None
        mine = chamado.author == desk.author
        if ticket is not None and desk.account.me is not None:
            mine = mine or ticket.responder_id == desk.account.me.id
        return mine and bool(events)

    def _tell(self, happened: list["Happened"]) -> None:
        if len(happened) > MOST_TOLD:
            key = self._app.key_of("chamados")
            self._app.say(f"{counted(len(happened), 'chamado', 'chamados')} com novidade: {key} mostra.")
            return
        for chamado, events in happened:
            self._app.say(self._sentence(chamado, events[-1]))

    def _sentence(self, chamado: Chamado, event: ChamadoEvent) -> str:
        label = self._app.desk.settings.chamados.labels[event.status]
        if not event.is_move:
            return f"Chamado nº {chamado.number}: {event.who or 'alguém'} comentou."
        told = f"Chamado nº {chamado.number}: {label}"
        if event.status is ChamadoStatus.PUBLICADO and chamado.ticket_id is not None:
            return f"{told} ({event.version}). Validar com o cliente no #{chamado.ticket_id}."
        if event.status in CLOSED or event.status is ChamadoStatus.AGUARDANDO_INFORMACOES:
            return f"{told}. {' '.join(event.comment.split())}"[:200]
        return f"{told}."
