"""A note on a task, of several lines: who may read it is in view while one writes, and kept with it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from clients.errors import RemoteError
from clients.models.task import Task
from clients.models.task_changes import TaskChanges
from tui.commands.dialogs import TASK_NOTE
from tui.drafts import task_note_key
from tui.flows.task_required import joined, told_of
from tui.flows.task_texts import note_edit, note_warnings
from tui.flows.tasks import TaskEdit, edit_step
from tui.kept_text import KeptText
from widgets.bound import bound
from widgets.inputs import TextBox
from widgets.work_preview import PlannedStep, WorkPreview

from .last_look import WorkScreen
from .task_required import RequiredFields
from .task_text import BEGUN, TaskTextScreen

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp

_PUBLIC = "NOTA PÚBLICA — quem vê a tarefa lê"
_PRIVATE = "NOTA PRIVADA — só quem tem permissão lê"


class NoteScreen(TaskTextScreen):
    """The note, in a frame that tells who reads it: heavy for all, dashed for those who may."""

    BINDINGS = bound(TASK_NOTE, priority=("texto-nota.trocar",))
    ABOUT = """\
A moldura grossa é a nota que lê quem vê a tarefa; a tracejada, a privada. Ao trocar, o texto vai junto.
O texto fica guardado enquanto se escreve, e nada é gravado antes da conferência."""
    DEFAULT_CSS = """
    NoteScreen > Vertical { border-title-style: bold; border-subtitle-color: $foreground-muted; }
    NoteScreen > .-public {
        border: heavy $primary; border-title-color: $background; border-title-background: $primary;
    }
    NoteScreen > .-private {
        border: dashed $warning; border-title-color: $background; border-title-background: $warning;
    }
    NoteScreen > Vertical:ansi { border-title-background: ansi_default; border-title-style: bold reverse; }
    NoteScreen > .-public:ansi { border-title-color: $primary; }
    NoteScreen > .-private:ansi { border-title-color: $warning; }
    """

    def __init__(
        self,
        about: str,
        text: str,
        *,
        private: bool,
        keep: Callable[[str, bool], None],
        moved: Callable[[str, bool], None],
        above: Sequence[Content] = (),
    ) -> None:
        """``about`` names the task; ``keep`` is told of each change, ``moved`` of who may read it now."""
        super().__init__(about, text, keep=lambda typed: keep(typed, self.private), above=above)
        self.private = private
        """Whether only those may read it who have the permission."""
        self._about = about
        self._moved = moved

    def on_mount(self) -> None:
        """Dress for who reads it."""
        self._dress()

    def action_switch(self) -> None:
        """The other readers; the text stays."""
        self.private = not self.private
        self._dress()
        self._moved(self.query_one(TextBox).text, self.private)

    def _dress(self) -> None:
        card = self.query_one(Vertical)
        card.border_title = Content(f" {_PRIVATE if self.private else _PUBLIC} ")
        card.border_subtitle = Content(f" {self._about} ")
        card.set_class(self.private, "-private")
        card.set_class(not self.private, "-public")


class TaskNotes:
    """Methods wait for the analyst, and raise PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp", redmine: "Redmine") -> None:
        self._app = app
        self._redmine = redmine

    async def write(self, task_id: int) -> None:
        """Write a note on a task, or go on with one that was begun."""
        before = await self._redmine.task(task_id)
        text, private = await self._begun(task_id)
        above = [Content.styled(BEGUN, "$text-muted")] if text else []
        required = RequiredFields(self._app)
        while True:
            page = NoteScreen(
                f"tarefa {task_id} · {before.subject}",
                text,
                private=private,
                keep=lambda typed, private: self._kept(task_id, private).keep(typed),
                moved=lambda typed, private: self._move(task_id, typed, private),
                above=above,
            )
            written = await self._app.ask(page)
            if written is None:
                return
            text, private, above = written, page.private, []
            try:
                agreed = await self._agreed(before, text, private, required)
            except RemoteError as error:
                self._app.report(error.trouble)
                continue
            if agreed is not None:
                await self._app.desk.saver.flush()
                self._begin(*agreed, text, private)
                return

    # ── below ──

    async def _begun(self, task_id: int) -> tuple[str, bool]:
        """What was kept, and whether it is private; of two both in one, for the few who may read them all."""
        hidden, shown = self._kept(task_id, True), self._kept(task_id, False)
        private, public = await hidden.begun(), await shown.begun()
        if private and public:
            private = f"{private}\n\n{public}"
            hidden.keep(private)
            await shown.forget()
        return private or public, bool(private)

    def _kept(self, task_id: int, private: bool) -> KeptText:
        return KeptText(self._app.desk, task_note_key(task_id, private=private))

    def _move(self, task_id: int, text: str, private: bool) -> None:
        drafts = self._app.desk.local.drafts
        away, to = (task_note_key(task_id, private=each) for each in (not private, private))

        def move() -> None:
            drafts.save(away, text)  # its last letters may have been refused before
            drafts.move(away, to)

        self._app.desk.saver.then(move)

    async def _agreed(
        self, before: Task, text: str, private: bool, required: RequiredFields
    ) -> tuple[Task, tuple[TaskEdit, ...]] | None:
        """The task as it is once the analyst agreed, having seen what others did to it; None to write on.

        And what Redmine insists on and the task lacks: no note is taken without.
        """
        desk, agreed_to = self._app.desk, None
        me = await desk.offers.me() if desk.offers is not None else 0
        while True:
            now = await self._redmine.task(before.id)
            parts = await required.ask(now, TaskChanges(notes=text))
            if parts is None:
                return None
            shown = (tuple(note_warnings(before, now, text, me)), told_of(parts))
            if shown == agreed_to:
                return now, parts
            warnings, told = shown
            readers = _PRIVATE if private else _PUBLIC
            preview = WorkPreview(
                f" Tarefa {now.id} · nota ",
                [PlannedStep(readers, text, warnings=warnings), *(PlannedStep(one) for one in told)],
                hold=desk.settings.replies.undo_seconds,
                go="Gravar",
                back="Voltar ao texto",
            )
            if not await self._app.ask(WorkScreen(preview)):
                return None
            agreed_to = shown

    def _begin(self, task: Task, parts: tuple[TaskEdit, ...], text: str, private: bool) -> None:
        desk, key = self._app.desk, task_note_key(task.id, private=private)
        note = note_edit(task, text, private=private)
        self._app.task_watch.change(
            [edit_step(joined(note, *parts))],
            [task],
            f"{'; '.join((f'{note.told} gravada', *told_of(parts)))}.",
            also=lambda workflow: desk.local.drafts.discard(key),
            failed=lambda: desk.saver.then(lambda: desk.local.drafts.begin(key, text)),
            once=True,
        )
