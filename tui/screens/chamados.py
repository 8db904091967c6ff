"""Mode 3, its list: chamados that were sent, and drafts that were not."""

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from tui.commands.catalog import CHAMADO_PAGES, CHAMADO_VERBS, CHAMADOS
from widgets.bound import bound
from widgets.chamado_list import ChamadoList
from widgets.key_bar import KeyBar
from widgets.keys import KeyGroup

from .chamado import ChamadoScreen
from .chamado_page import ChamadoPage
from .confirm import ConfirmScreen

_KEYS = (*CHAMADO_VERBS.keys, *CHAMADO_PAGES.keys, *CHAMADOS.keys)


class ChamadosScreen(ChamadoPage):
    """The plain list, with the chamado under the cursor in full."""

    VERBS = KeyGroup(CHAMADOS.id, CHAMADOS.title, _KEYS)
    PAGE = "chamados"
    TITLE = "Chamados"
    ABOUT = """\
Chamados técnicos junto ao fabricante do ERP: rascunhos no alto,
depois os enviados. O que foi enviado começa em Triagem; cada
situação diz o que significa para o cliente."""
    BINDINGS = bound(VERBS)

    def content(self) -> Iterable[Widget]:
        """The list and its detail."""
        return [ChamadoList(clock=self.plantao.minute, labels=self.plantao.desk.settings.chamados.labels)]

    @property
    def pane(self) -> ChamadoList:
        """The list."""
        return self.query_one(ChamadoList)

    @property
    def kept_pane(self) -> ChamadoList:
        """The list."""
        return self.pane

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.pane.focus()

    def show_chamados(self, feed: Feed[Chamado], drafts: tuple[ChamadoDraft, ...]) -> None:
        """All of them."""
        self.pane.show(feed, drafts, resumed=self.resumed)
        self._tell_bar()

    @property
    def chosen(self) -> tuple[Chamado, ...]:
        """The marked ones, or the one under the cursor."""
        return self.pane.chosen

    def dealt_with(self, chamados: Sequence[Chamado]) -> None:
        """What was marked was for this."""
        self.pane.mark(frozenset())

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()

    def why_not(self, command_id: str) -> str | None:
        """Only drafts can be discarded; only what is there can be copied."""
        if command_id == "copiar":  # a draft, too
            return None if self.pane.highlighted else "Não há chamado na lista."
        if command_id == "descartar-rascunho" and not isinstance(self.pane.highlighted, ChamadoDraft):
            return "Só um rascunho pode ser descartado; um chamado enviado fica."
        return super().why_not(command_id)

    @on(ChamadoList.Highlighted)
    def _tell_bar(self) -> None:
        """Of a draft nothing is moved, and of a chamado nothing discarded."""
        refused = (name for name in ("descartar-rascunho", "mover") if self.why_not(name) is not None)
        self.query_one(KeyBar).left_out = frozenset(refused)

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
        if not await self.app.push_screen_wait(question):
            return
        try:
            await desk.disk(desk.local.chamado_drafts.discard, row.id)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        self.reload()

    def do_copiar(self) -> None:
        """Number and title, by OSC 52; a draft has only its title."""
        row = self.pane.highlighted
        if row is not None:
            number = f"Chamado nº {row.number}: " if isinstance(row, Chamado) else ""
            self.plantao.copy(f"{number}{row.title}")
