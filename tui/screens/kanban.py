"""Mode 3, the kanban: where every chamado is, and which of them stand still."""

from collections.abc import Iterable

from textual import events, on
from textual.widget import Widget

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from tui.commands.catalog import CHAMADO_PAGES, CHAMADO_VERBS
from widgets.bound import bound
from widgets.kanban_pane import KanbanPane
from widgets.keys import KeyGroup

from .chamado_page import ChamadoPage


class KanbanScreen(ChamadoPage):
    """All chamados by status."""

    VERBS = KeyGroup(CHAMADO_PAGES.id, CHAMADO_PAGES.title, (*CHAMADO_VERBS.keys, *CHAMADO_PAGES.keys))
    PAGE = "kanban"
    TITLE = "Kanban"
    ABOUT = """\
As situações do fabricante, da Triagem ao Encerrado. Abaixo das
colunas está o que a do cursor significa para o cliente. Mover
segue as setas da tabela: só o que ela permite é oferecido."""
    BINDINGS = bound(VERBS)

    def content(self) -> Iterable[Widget]:
        """The columns."""
        settings = self.plantao.desk.settings.chamados
        return [KanbanPane(clock=self.plantao.minute, labels=settings.labels, stuck_days=settings.stuck_days)]

    @property
    def pane(self) -> KanbanPane:
        """The columns with what stands around them."""
        return self.query_one(KanbanPane)

    @property
    def kept_pane(self) -> KanbanPane:
        """The columns."""
        return self.pane

    def on_mount(self) -> None:
        """The keys go to the columns."""
        self.pane.focus()

    def show_chamados(self, feed: Feed[Chamado], drafts: tuple[ChamadoDraft, ...]) -> None:
        """All that were sent."""
        self.pane.show(feed)

    @property
    def chosen(self) -> tuple[Chamado, ...]:
        """The card under the cursor."""
        card = self.pane.highlighted
        return () if card is None else (card,)

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()

    def on_key(self, event: events.Key) -> None:
        """What marks elsewhere says where it does."""
        if event.key == "space":
            event.stop()
            lists = " e ".join(
                f"{self.plantao.key_of(command)} {name}"
                for command, name in (("ver-lista", "Lista"), ("ver-triagem", "Triagem"))
            )
            self.plantao.refuse_key(f"No kanban não se marca: marque em {lists}.")

    @on(KanbanPane.Chosen)
    def _open(self, event: KanbanPane.Chosen) -> None:
        self.open_history(event.chamado)
