"""Mode 3: chamados that were sent, and drafts that were not."""

from collections.abc import Iterable

from textual import on, work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from tui.commands.catalog import CHAMADOS
from tui.flows.chamado import new_draft
from widgets.bound import bound
from widgets.chamado_list import ChamadoList

from .chamado import ChamadoScreen
from .confirm import ConfirmScreen
from .desk_screen import DeskScreen


class ChamadosScreen(DeskScreen):
    """The plain list, with the chamado under the cursor in full."""

    VERBS = CHAMADOS
    MODE = "3"
    TITLE = "Chamados"
    ABOUT = """\
Chamados técnicos junto ao fabricante do ERP: rascunhos no alto,
depois os enviados. O que foi enviado começa em Triagem; cada
situação diz o que significa para o cliente."""
    BINDINGS = bound(CHAMADOS)

    def content(self) -> Iterable[Widget]:
        """The list and its detail."""
        return [ChamadoList(clock=self.plantao.minute)]

    @property
    def pane(self) -> ChamadoList:
        """The list."""
        return self.query_one(ChamadoList)

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.pane.focus()

    def on_screen_resume(self) -> None:
        """A draft was written or sent meanwhile."""
        super().on_screen_resume()
        self._load()

    @work(exclusive=True, group="chamados", exit_on_error=False)
    async def _load(self) -> None:
        desk = self.plantao.desk
        try:
            await desk.ready()
            await desk.saver.flush()
            drafts = await desk.disk(desk.chamado_drafts.list)
            feed: Feed[Chamado] = Feed(await desk.board.chamados(), as_of=desk.clock())
        except PlantaoError as error:
            self.pane.show(Feed[Chamado]().failed(error.trouble), ())
            return
        self.pane.show(feed, drafts)

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()

    def why_not(self, command_id: str) -> str | None:
        """Only drafts can be discarded; only what is there can be copied."""
        if command_id == "novo-chamado" and not self.plantao.desk.is_open:
            return "Os dados desta máquina não estão abertos: um rascunho se perderia."
        if command_id == "copiar" and self.pane.highlighted is None:
            return "Não há chamado na lista."
        if command_id == "descartar-rascunho" and not isinstance(self.pane.highlighted, ChamadoDraft):
            return "Só um rascunho pode ser descartado; um chamado enviado fica."
        return None

    def do_novo_chamado(self) -> None:
        """An empty form."""
        self.app.push_screen(ChamadoScreen(self.plantao.desk, new_draft()))

    @on(ChamadoList.DraftChosen)
    def _continue(self, event: ChamadoList.DraftChosen) -> None:
        self.app.push_screen(ChamadoScreen(self.plantao.desk, event.draft))

    @work(exclusive=True, group="discard", exit_on_error=False)
    async def do_descartar_rascunho(self) -> None:
        """Forget a draft, once confirmed."""
        row, desk = self.pane.highlighted, self.plantao.desk
        if not isinstance(row, ChamadoDraft):
            return
        question = ConfirmScreen("Descartar o rascunho?", row.title or "(sem título)", "Descartar")
        if await self.app.push_screen_wait(question):
            await desk.disk(desk.chamado_drafts.discard, row.id)
            self._load()

    def do_copiar(self) -> None:
        """Number and title, by OSC 52; a draft has only its title."""
        row = self.pane.highlighted
        if row is not None:
            number = f"Chamado nº {row.number}: " if isinstance(row, Chamado) else ""
            self.plantao.copy(f"{number}{row.title}")
