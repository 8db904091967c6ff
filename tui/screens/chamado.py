"""The chamado form as a page: the notice first, then the form, every change on disk."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import ContentSwitcher

from clients.errors import PlantaoError
from clients.models.chamado import ChamadoDraft
from clients.models.notice import NOTICE
from tui.desk import Desk
from tui.flows.attaching import complete
from tui.flows.chamado import NotReady
from tui.flows.chamado_files import ChamadoRules
from tui.flows.chamado_similar import SimilarChamados
from widgets.chamado_form import ChamadoForm
from widgets.form_heading import FormHeading
from widgets.key_bar import KeyBar
from widgets.notice import Notice
from widgets.path_box import PathBox
from widgets.send_preview import SendPreview

from .draft_screen import DraftScreen


class ChamadoScreen(DraftScreen):
    """One draft: from the notice to its number in Triagem."""

    MODE = "3"
    TITLE = "Chamado técnico"
    ABOUT = """\
Para instabilidade que precisa do Desenvolvimento. Antes: teste em
sua base, consulte a Central de Ajuda, peça apoio ao suporte.
Título diz a tela e a situação; a licença do e-mail precisa ser
válida; o fluxo separa as telas por ";"; a descrição responde onde,
o que, com qual usuário, passo a passo e a mensagem exata.
O que impede o envio está marcado com ✖ no próprio campo."""

    def __init__(self, desk: Desk, draft: ChamadoDraft) -> None:
        super().__init__(desk)
        self._draft = draft
        self._begun = draft.updated_at is not None
        """Whether there is a draft to be kept: a form that nobody wrote in leaves none."""
        self._rules = ChamadoRules(desk.settings.chamados.words.lexicon)
        self._similar = SimilarChamados(lambda: desk.board, desk.clock)

    def compose(self) -> ComposeResult:
        """The notice for a new draft; the form for one whose notice was read."""
        start = "form" if self._draft.notice_read_at else "notice"
        with ContentSwitcher(initial=start):
            yield Notice(self._desk.settings.chamados.notice or NOTICE, id="notice")
            hold = self._desk.settings.replies.undo_seconds
            yield ChamadoForm(self._draft, self._rules, clock=self._desk.clock, hold=hold, id="form")
        yield KeyBar()

    def on_mount(self) -> None:
        """The keys go to what is shown; files named in an old draft are looked at."""
        if not self._draft.notice_read_at:
            self.query_one(Notice).focus()
        elif self._draft.files:
            self._look_at_files(self._draft.files)

    def on_screen_suspend(self) -> None:
        """Nothing leaves while help or the palette hides it."""
        for preview in self.query(SendPreview):
            preview.pause()

    @property
    def ticket_id(self) -> int | None:
        """The ticket that the chamado came from."""
        return self._draft.ticket_id

    def tell_company(self, said: str, advised: str) -> None:
        """The last look, which lies within the form, says it again."""
        super().tell_company(said, advised)
        self.form.company = said

    @property
    def form(self) -> ChamadoForm:
        """The form."""
        return self.query_one(ChamadoForm)

    @property
    def _list_key(self) -> str:
        return self.plantao.key_of("chamados")

    @on(Notice.Understood)
    def _understood(self) -> None:
        self.form.draft = self.form.draft.model_copy(update={"notice_read_at": self._desk.clock()})
        if self._begun:
            self._keep(self.form.draft)
        self.form.recheck()
        self.query_one(ContentSwitcher).current = "form"
        self.form.sheet.focus_field("title")

    @on(Notice.Left)
    def _left(self) -> None:
        self.dismiss()

    # ── the draft ──

    @on(ChamadoForm.Changed)
    def _changed(self, event: ChamadoForm.Changed) -> None:
        if event.draft.files != self._draft.files:
            self._look_at_files(event.draft.files)
        self._keep(event.draft)

    def _keep(self, draft: ChamadoDraft) -> None:
        self._draft, self._begun = draft, True
        drafts = self._desk.local.chamado_drafts
        self.keep(f"chamado:{draft.id}", lambda: drafts.save(draft))

    def say_kept(self, kept: str, unkept: str) -> None:
        """Above the form."""
        for heading in self.query(FormHeading):
            heading.kept, heading.unkept = kept, unkept

    @on(ChamadoForm.Closed)
    def _left_form(self) -> None:
        kept = f"Rascunho guardado: continue em {self._list_key} Chamados."
        self.close_kept(kept if self._begun else "")

    @work(exclusive=True, group="files", exit_on_error=False)
    async def _look_at_files(self, files: str) -> None:
        await self._rules.look(files)
        self.form.recheck()

    def add_files(self, paths: Sequence[str]) -> bool:
        """As `ChamadoForm.add_files`: files that were brought for this draft."""
        return self.form.add_files(paths)

    def tell_incoming(self, said: str) -> None:
        """Say below the files what is still on its way; empty where nothing is."""
        self.form.incoming = said

    @property
    def draft_id(self) -> str:
        """Which draft this is."""
        return self._draft.id

    @on(PathBox.Wanted)
    def _complete(self, event: PathBox.Wanted) -> None:
        self.plantao.keys_wait_for(self._complete_path(event.box, event.typed))

    @work(exclusive=True, group="complete", exit_on_error=False)
    async def _complete_path(self, box: PathBox, typed: str) -> None:
        found = await complete(typed)
        box.complete(typed, found.text, found.names, whole=found.is_whole)

    # ── what is alike ──

    @on(ChamadoForm.SimilarWanted)
    @work(exclusive=True, group="similar", exit_on_error=False)
    async def _look_for_similar(self, event: ChamadoForm.SimilarWanted) -> None:
        self.form.similar = await self._similar.of(event.draft)

    # ── the assistant ──

    @on(ChamadoForm.AssistantWanted)
    @work(exclusive=True, group="assistant", exit_on_error=False)
    async def _assist(self, event: ChamadoForm.AssistantWanted) -> None:
        from .rewriting import RewritingScreen

        ticket = self.plantao.ticket(self.ticket_id) if self.ticket_id is not None else None
        rewriting = await self.app.push_screen_wait(RewritingScreen(self._desk, event.draft, ticket))
        if rewriting is not None:
            self.form.decided(rewriting)

    # ── licence and sending ──

    @on(ChamadoForm.LicenceWanted)
    @work(exclusive=True, group="licence", exit_on_error=False)
    async def _check_licence(self, event: ChamadoForm.LicenceWanted) -> None:
        self.form.licence = await self._desk.check_licence(event.email)

    @on(ChamadoForm.SendWanted)
    @work(exclusive=True, group="send", exit_on_error=False)
    async def _send(self, event: ChamadoForm.SendWanted) -> None:
        await self._desk.saver.flush()
        try:
            chamado = await self._desk.submit(event.draft, unchecked_accepted=event.unchecked_accepted)
        except NotReady as error:
            self.form.licence = error.licence
            self.form.trouble = error.trouble
            return
        except PlantaoError as error:
            self.form.trouble = error.trouble
            return
        self.leave()
        self.plantao.say(
            f"Chamado nº {chamado.number} enviado: está em Triagem. {self._list_key} mostra a lista."
        )
