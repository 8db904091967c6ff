"""What the pages of mode 3 share: reading the board, verbs on chamados, the way to the other pages."""

from collections.abc import Callable, Sequence

from textual import work

from clients.errors import PlantaoError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from clients.models.moves import ARROWS
from tui.flows.chamado import new_draft
from widgets.cells import Line, Piece, Tone

from .chamado import ChamadoScreen
from .chamado_verbs import ChamadoVerbs, Verb
from .desk_screen import DeskScreen

PAGES = (
    ("chamados", "ver-lista", "lista"),
    ("kanban", "ver-kanban", "kanban"),
    ("triagem", "ver-triagem", "triagem"),
)
"""Mode of the app, command and name of each page, in the order in which the mode's digit walks them."""
_ON_ONE = (
    "mover",
    "comentar",
    "historico",
    "aprovar",
    "reprovar",
    "pedir-informacao",
    "duplicado",
    "copiar-numero-chamado",
)
"""Commands that need a chamado."""


class ChamadoPage(DeskScreen):
    """Reads the board when it comes into view and shows it; subclasses say how, and what is chosen."""

    MODE = "3"

    def __init__(self) -> None:
        super().__init__()
        self._feed: Feed[Chamado] = Feed(loading=True)
        self._drafts: tuple[ChamadoDraft, ...] = ()
        self._came_back = False
        self.resumed = False
        """Whether what is being shown is the first that was read since one came back to the page."""

    # ── what a subclass says ──

    def show_chamados(self, feed: Feed[Chamado], drafts: tuple[ChamadoDraft, ...]) -> None:
        """Show what the board has, and what was not sent yet."""
        raise NotImplementedError

    @property
    def chosen(self) -> tuple[Chamado, ...]:
        """What a verb is about."""
        raise NotImplementedError

    def dealt_with(self, chamados: Sequence[Chamado]) -> None:
        """A verb on ``chamados`` was begun."""

    # ── reading ──

    def on_mount(self) -> None:
        """Follow what the board's poller brings."""
        self.watch(self.app, "chamados", self._show_news, init=False)

    def _show_news(self, feed: Feed[Chamado]) -> None:
        """What was read before the page itself last read is none; that it can be read no more is."""
        own = self._feed.as_of
        if own is None and self._feed.loading:
            return  # its own first reading is under way, and brings the drafts too
        if feed.as_of is not None and (own is None or feed.as_of >= own):
            self._feed = feed
        elif feed.trouble is not None and not feed.loading:
            self._feed = self._feed.failed(feed.trouble)
        else:
            return
        self.show_chamados(self._feed, self._drafts)

    def on_screen_resume(self) -> None:
        """Something was written, sent or moved meanwhile."""
        super().on_screen_resume()
        self._came_back = True
        self.reload()

    def do_atualizar(self) -> None:
        """All sources, and the board."""
        self.plantao.do_atualizar()
        self.reload()

    @work(exclusive=True, group="chamados", exit_on_error=False)
    async def reload(self) -> None:
        """Read board and drafts anew."""
        desk = self.plantao.desk
        try:
            await desk.ready()
            await desk.saver.flush()
            self._drafts = await desk.disk(desk.local.chamado_drafts.list)
            self._feed = await desk.chamado_room.read()
        except PlantaoError as error:
            self._feed = self._feed.failed(error.trouble)
        self.resumed, self._came_back = self._came_back, False
        self.show_chamados(self._feed, self._drafts)
        self.resumed = False

    # ── where one is ──

    def pages(self) -> Line:
        """The pages of the mode with their keys; the one in view in brackets."""
        pieces: list[Piece] = []
        for page, command, name in PAGES if self.PAGE else ():
            key = self.plantao.key_of(command)
            if page == self.PAGE:
                pieces.append(Piece(f"[{key} {name}] ", Tone.ACCENT))
            else:
                pieces += [Piece(f" {key}", Tone.PLAIN), Piece(f" {name}  ", Tone.DIM)]
        return tuple(pieces)

    def do_ver_lista(self) -> None:
        """L."""
        self.plantao.show_chamados_page("chamados")

    def do_ver_kanban(self) -> None:
        """K."""
        self.plantao.show_chamados_page("kanban")

    def do_ver_triagem(self) -> None:
        """T."""
        self.plantao.show_chamados_page("triagem")

    # ── verbs ──

    def why_not(self, command_id: str) -> str | None:
        """Verbs need a chamado, and a move one from which a chamado can go somewhere."""
        if command_id == "novo-chamado" and not self.plantao.desk.is_open:
            return "Os dados desta máquina não estão abertos: um rascunho se perderia."
        if command_id == "copiar" and not self.chosen:
            return "Não há chamado sob o cursor."
        if command_id in _ON_ONE and not self.chosen:
            return "Não há chamado enviado sob o cursor."
        if command_id == "mover" and not any(ARROWS[chamado.status] for chamado in self.chosen):
            labels = self.plantao.desk.settings.chamados.labels
            return f"{labels[self.chosen[0].status]} é o fim: dali um chamado não sai."
        return super().why_not(command_id)

    def do_mover(self) -> None:
        """Along an arrow of the table."""
        self.begin(lambda verbs: verbs.move)

    def do_comentar(self) -> None:
        """Say something of it."""
        self.begin(lambda verbs: verbs.comment, self.chosen[:1])

    def do_historico(self) -> None:
        """All that happened to it."""
        self.open_history(self.chosen[0])

    def open_history(self, chamado: Chamado) -> None:
        """Show everything that is known of ``chamado``."""
        from .chamado_history import ChamadoHistoryScreen

        self.app.push_screen(ChamadoHistoryScreen(chamado))

    def do_novo_chamado(self) -> None:
        """An empty form."""
        self.app.push_screen(ChamadoScreen(self.plantao.desk, new_draft()))

    def do_copiar(self) -> None:
        """Number and title, by OSC 52."""
        if self.chosen:
            chamado = self.chosen[0]
            self.plantao.copy(f"Chamado nº {chamado.number}: {chamado.title}")

    def do_copiar_numero_chamado(self) -> None:
        """The number alone."""
        if self.chosen:
            self.plantao.copy(str(self.chosen[0].number))

    def begin(
        self, verb: Callable[[ChamadoVerbs], Verb], chamados: tuple[Chamado, ...] | None = None
    ) -> None:
        """Do ``verb`` on ``chamados``, or on what is chosen; keys wait for what it opens."""
        on = self.chosen if chamados is None else chamados
        self.plantao.keys_wait_for(self._carry_out(verb(ChamadoVerbs(self.plantao)), on))

    @work(group="verb", exit_on_error=False)
    async def _carry_out(self, verb: Verb, chamados: tuple[Chamado, ...]) -> None:
        try:
            if await verb(chamados):
                self.dealt_with(chamados)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        self.reload()
