"""A chamado as a page: the sheet, every event and comment, where to test, in which version."""

from collections.abc import Callable, Iterable

from textual.widget import Widget

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from tui.commands.catalog import CHAMADO_VERBS, HISTORY
from widgets.bound import bound
from widgets.history_pane import HistoryPane
from widgets.keys import KeyGroup

from .chamado_page import ChamadoPage


class ChamadoHistoryScreen(ChamadoPage):
    """One chamado; it can be moved and commented from here."""

    VERBS = KeyGroup(HISTORY.id, HISTORY.title, (*HISTORY.keys, *CHAMADO_VERBS.keys))
    TITLE = "Histórico do chamado"
    ABOUT = """\
O chamado inteiro: a ficha, e cada passo com quem, quando, de onde
para onde, o que significa para o cliente e o que se disse."""
    BINDINGS = bound(VERBS)

    def __init__(self, chamado: Chamado) -> None:
        super().__init__()
        self._chamado = chamado

    def content(self) -> Iterable[Widget]:
        """The page."""
        return [HistoryPane(clock=self.plantao.minute, labels=self.plantao.desk.settings.chamados.labels)]

    @property
    def pane(self) -> HistoryPane:
        """The page's text."""
        return self.query_one(HistoryPane)

    def on_mount(self) -> None:
        """As it was just seen, until it is read anew."""
        self.plantao.going.note_chamado(self._chamado)
        self.pane.show(self._chamado)
        self.pane.focus()

    def show_chamados(self, feed: Feed[Chamado], drafts: tuple[ChamadoDraft, ...]) -> None:
        """This one of them."""
        self._chamado = next((each for each in feed.items if each.id == self._chamado.id), self._chamado)
        self.pane.show(self._chamado, feed)

    @property
    def chosen(self) -> tuple[Chamado, ...]:
        """The chamado."""
        return (self._chamado,)

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()

    def do_mesa(self) -> None:
        """1: the Mesa, also where it lies below."""
        self._leave_for(self.plantao.do_mesa, is_below=self.plantao.current_mode == "mesa")

    def do_chamados(self) -> None:
        """3: back to the page it was opened from, or from the Mesa to that of the chamados seen last."""
        self._leave_for(self.plantao.do_chamados, is_below=self.plantao.current_mode != "mesa")

    def do_servicos(self) -> None:
        """4: the services."""
        self._leave_for(self.plantao.do_servicos, is_below=False)

    def _leave_for(self, mode: Callable[[], None], *, is_below: bool) -> None:
        self.dismiss()
        if not is_below:
            mode()

    def do_fechar_historico(self) -> None:
        """Back."""
        self.dismiss()

    def do_copiar(self) -> None:
        """Number, title, where to test and the version, by OSC 52."""
        chamado = self._chamado
        parts = (f"Chamado nº {chamado.number}: {chamado.title}", chamado.url, chamado.version)
        self.plantao.copy(" · ".join(filter(None, parts)))
