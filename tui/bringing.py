"""The attachments of a ticket on their way into the chamado that was opened from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.chamado import ChamadoDraft
from clients.models.feed import Trouble
from clients.models.ticket import Attachment
from widgets.phrases import counted

from .flows.downloads import attachments_of, download_all

if TYPE_CHECKING:
    from .app import PlantaoApp
    from .screens.chamado import ChamadoScreen


class Bringing:
    """Downloads in the background, each attachment once; the form neither waits nor has to stay open."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._saved: dict[int, Path] = {}
        """Where each attachment is, by its id: a form that is opened again downloads nothing again."""
        self._going: dict[int, str] = {}
        """Draft that waits for the files, by ticket: the newest, where one was left and another begun."""

    def bring(self, ticket_id: int, draft_id: str) -> None:
        """Have the ticket's attachments named in the draft's files, once they are on this machine."""
        if self._app.desk.freshdesk is None:
            return
        begun = ticket_id in self._going
        self._going[ticket_id] = draft_id
        if not begun:
            work = self._bring(ticket_id)
            self._app.run_worker(work, group=f"bringing-{ticket_id}", exit_on_error=False)

    async def _bring(self, ticket_id: int) -> None:
        try:
            # the queue names no attachments
            found = attachments_of(await anext(self._app.desk.read(ticket_id)))
            if found:
                await self._deliver(ticket_id, await self._fetch(ticket_id, found))
        except PlantaoError as error:
            self._app.report(error.trouble)
        finally:
            draft_id = self._going.pop(ticket_id)
            self._tell_form(draft_id, "")

    async def _fetch(self, ticket_id: int, found: Sequence[Attachment]) -> list[Path]:
        desk = self._app.desk
        assert desk.freshdesk is not None
        new = [each for each in found if each.id not in self._saved or not self._saved[each.id].is_file()]
        if new:
            self._app.say(f"Baixando {counted(len(new), 'anexo', 'anexos')} do #{ticket_id} para o chamado…")
        failed: list[tuple[str, str]] = []
        for number, each in enumerate(new, 1):
            which = f"baixando os anexos do ticket: {number} de {len(new)}"
            self._tell_form(self._going[ticket_id], which)
            done = await download_all(desk.freshdesk, ticket_id, [each], desk.settings.downloads_folder)
            self._saved.update((each.id, path) for path in done.saved)
            failed += done.failed
        if failed:
            reasons = "\n".join(f"{name}: {reason}" for name, reason in failed)
            count = counted(len(failed), "anexo não foi baixado", "anexos não foram baixados")
            key = self._app.key_of("baixar-anexos")
            way_out = f"O chamado segue sem isso; {key}, na fila, tenta de novo."
            self._app.report(Trouble(count, reasons, way_out))
        return [self._saved[each.id] for each in found if each.id in self._saved]

    async def _deliver(self, ticket_id: int, paths: Sequence[Path]) -> None:
        if not paths:
            return
        named = [str(path) for path in paths]
        count = counted(len(named), "anexo", "anexos")
        draft_id = self._going[ticket_id]
        draft = await self._closed_draft(draft_id)
        form = self._form(draft_id)
        if form is not None and not form.add_files(named):
            self._app.say(f"{count} do #{ticket_id} depois da conferência: em Arquivos ao voltar dela.")
            return
        if form is None and draft is None:  # discarded, sent, or never kept
            self._app.say(f"O chamado do #{ticket_id} não foi adiante; {count} em {paths[0].parent}.")
            return
        if form is None and draft is not None:
            self._add_to(draft, named)
        self._app.say(f"{count} do #{ticket_id} em Arquivos: confira antes de enviar.")

    async def _closed_draft(self, draft_id: str) -> ChamadoDraft | None:
        """The draft as it is on disk, where its form is not open."""
        if self._form(draft_id) is not None:
            return None
        desk = self._app.desk
        await desk.saver.flush()
        drafts = await desk.disk(desk.local.chamado_drafts.list)
        return next((each for each in drafts if each.id == draft_id), None)

    def _add_to(self, draft: ChamadoDraft, lines: Sequence[str]) -> None:
        desk = self._app.desk
        there = {line.strip() for line in draft.files.splitlines()}
        files = "\n".join(filter(None, [draft.files.rstrip("\n"), *(x for x in lines if x not in there)]))
        filled = draft.model_copy(update={"files": files})
        desk.saver.save(f"chamado:{draft.id}", lambda: desk.local.chamado_drafts.save(filled))

    def _tell_form(self, draft_id: str, said: str) -> None:
        form = self._form(draft_id)
        if form is not None:
            form.tell_incoming(said)

    def _form(self, draft_id: str) -> "ChamadoScreen | None":
        from .screens.chamado import ChamadoScreen

        forms = (screen for screen in self._app.open_screens() if isinstance(screen, ChamadoScreen))
        return next((screen for screen in forms if screen.draft_id == draft_id), None)
