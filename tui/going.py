"""Going to a ticket, task, chamado or service from anywhere; what was gone to is remembered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.chamado import Chamado
from clients.models.reference import Asked, Reference, RefKind
from clients.models.service import Service
from clients.models.task import Task
from clients.models.ticket import Ticket

from .finding import Finder, Findings, Found

if TYPE_CHECKING:
    from textual.screen import Screen

    from .app import PlantaoApp


class Going:
    """Asks where to, looks it up, opens it. What waits for disk or network is for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    def note(self, opened: Reference) -> None:
        """Remember that ``opened`` was opened."""
        desk = self._app.desk
        if desk.is_open:
            desk.saver.save(f"recent:{opened.id}", lambda: desk.local.recents.note(opened))

    def note_ticket(self, ticket: Ticket) -> None:
        """The same for a ticket."""
        self.note(Reference(kind=RefKind.TICKET, key=str(ticket.id), title=ticket.subject))

    def note_chamado(self, chamado: Chamado) -> None:
        """The same for a chamado."""
        self.note(Reference(kind=RefKind.CHAMADO, key=str(chamado.number), title=chamado.title))

    def note_service(self, service: Service) -> None:
        """The same for a service."""
        title = f"{service.client} · {service.service}"
        self.note(Reference(kind=RefKind.SERVICE, key=service.key, title=title))

    # ── where to ──

    async def ask(self) -> None:
        """Ask where to, and go there: for a worker that keys wait for."""
        from .screens.number import NumberScreen

        app, settings = self._app, self._app.desk.settings
        try:
            await app.desk.ready()
            await app.desk.saver.flush()
            recent = await app.desk.disk(app.desk.local.recents.newest)
            page = NumberScreen(
                recent,
                app.desk.clock(),
                freshdesk=settings.freshdesk.url if settings.freshdesk else "",
                redmine=settings.redmine.url if settings.redmine else "",
            )
            wanted = await app.ask(page)
            if isinstance(wanted, Asked):
                await self.to_number(wanted)
            elif wanted is not None:
                await self.to_reference(wanted)
        except PlantaoError as error:
            app.report(error.trouble)

    async def to_number(self, asked: Asked) -> None:
        """Go to what has the number; where several have it, ask which. For a worker."""
        findings = await self._finder.find(asked)
        chosen = await self._choose(asked, findings)
        if chosen is not None:
            await self._open(chosen)

    async def to_reference(self, wanted: Reference) -> None:
        """Go to something that was opened before, as it is now. For a worker."""
        if wanted.kind is RefKind.SERVICE:
            await self._app.show_service(wanted.key)
        else:
            await self.to_number(Asked(int(wanted.key), (wanted.kind,)))

    async def _choose(self, asked: Asked, findings: Findings) -> Found | None:
        from widgets.picker import Pick

        from .screens.pick import PickScreen

        if not findings.found:
            self._tell_nothing(asked, findings)
            return None
        for trouble in findings.troubles:
            self._app.report(trouble)
        if len(findings.found) == 1:
            return findings.found[0]
        by_id = {each.reference.id: each for each in findings.found}
        picks = [Pick(id, f"{one.reference.label} · {one.reference.title}") for id, one in by_id.items()]
        chosen = await self._app.ask(PickScreen(f"{asked.number} é o número de", picks))
        return by_id[chosen] if chosen is not None else None

    def _tell_nothing(self, asked: Asked, findings: Findings) -> None:
        for trouble in findings.troubles:
            self._app.report(trouble)
        if not findings.troubles:
            none = f"Não existe {_any_of(asked.kinds)} {asked.number}, ou não é visível para você."
            self._app.refuse(none, title="Não encontrado")

    # ── there ──

    async def _open(self, found: Found) -> None:
        self.note(found.reference)
        match found.record:
            case Ticket() as ticket:
                await self._to_ticket(ticket)
            case Task() as task:
                await self._to_task(task)
            case Chamado() as chamado:
                await self._to_chamado(chamado)

    async def _to_ticket(self, ticket: Ticket) -> None:
        from .screens.mesa import MesaScreen

        app = self._app
        if app.ticket(ticket.id) is None:
            app.mesa_watch.call_ticket(ticket)
        base = await self._to_mode("mesa")
        if isinstance(base, MesaScreen):
            base.go_to(ticket.id)

    async def _to_task(self, task: Task) -> None:
        from .screens.tasks import TasksScreen

        await self._app.task_watch.call(task)
        base = await self._to_mode("tarefas")
        if isinstance(base, TasksScreen):
            base.go_to(task.id)

    async def _to_mode(self, mode: str) -> "Screen[object]":
        """Bring a mode into view, without the pages that lie over it."""
        from .screens.desk_screen import DeskScreen

        app = self._app
        await app.switch_mode(mode)
        base = app.screen_stack[0]
        for page in tuple(app.screen_stack[:0:-1]):
            if isinstance(page, DeskScreen):
                page.leave()
        return base

    async def _to_chamado(self, chamado: Chamado) -> None:
        from .screens.chamado_history import ChamadoHistoryScreen

        await self._app.push_screen(ChamadoHistoryScreen(chamado))

    # ── below ──

    @property
    def _finder(self) -> Finder:
        return Finder(self._app.desk, self._app.ticket, self._chamado)

    def _chamado(self, number: int) -> Chamado | None:
        return next((each for each in self._app.chamados.items if each.number == number), None)


def _any_of(kinds: Sequence[RefKind]) -> str:
    *others, last = kinds
    return f"{', '.join(others)} ou {last}" if others else last
