"""Rewriting a task's description: kept as it is typed, compared before it is sent, over nobody's change."""

from typing import TYPE_CHECKING

from textual.content import Content

from clients.errors import RemoteError
from clients.models.task import Task
from clients.models.task_changes import TaskChanges, same_text
from tui.drafts import description_key
from tui.flows.task_fields import expected
from tui.flows.task_required import joined, told_of
from tui.flows.task_texts import described_by, description_edit
from tui.flows.tasks import TaskEdit, edit_step

from .task_difference import DifferenceScreen
from .task_required import RequiredFields
from .task_text import BEGUN, TaskTextScreen

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp

_MOVED = "▲ A descrição mudou no Redmine desde que você começou: antes de gravar as duas são mostradas."


class DescriptionScreen(TaskTextScreen):
    """The description as it is to become."""

    READ_FIRST = True
    ABOUT = """\
A descrição inteira da tarefa. O texto fica guardado enquanto se escreve. Antes de gravar mostra-se o que
muda; se outra pessoa a mudou enquanto isso, as duas são mostradas e nada é gravado por cima."""


class TaskDescription:
    """Methods wait for the analyst, and raise PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp", redmine: "Redmine") -> None:
        self._app = app
        self._redmine = redmine

    async def edit(self, task: Task) -> None:
        """Change the description of ``task``, as it was just read, or go on with what was begun."""
        desk, key = self._app.desk, description_key(task.id)
        await desk.saver.flush()
        begun = await desk.disk(desk.local.drafts.load, key)
        text = begun.text if begun is not None else task.description
        base = (begun.base or "") if begun is not None else task.description
        now, resumed, required = task, begun is not None, RequiredFields(self._app)
        parts: tuple[TaskEdit, ...] | None = ()
        while True:
            written = await self._written(now, text, base, resumed=resumed)
            if written is None:
                return
            text, resumed = written, False
            try:
                now = await self._redmine.task(task.id)
                if same_text(text, now.description):
                    desk.saver.then(lambda: desk.local.drafts.discard(key))
                    self._app.say(f"A descrição da tarefa {task.id} já é esta.")
                    return
                if same_text(base, now.description):
                    parts = await required.ask(now, TaskChanges(description=text))
                    if parts is None or not await self._agreed(now, text, parts):
                        continue
                    now = await self._redmine.task(task.id)  # one may have looked at it for long
                    if await required.ask(now, TaskChanges(description=text)) != parts:
                        continue
            except RemoteError as error:
                self._app.report(error.trouble)
                continue
            if same_text(base, now.description):
                await desk.saver.flush()
                self._begin(now, text, parts or ())
                return
            base = now.description
            self._keep(task.id, text, base)
            if not await self._told_of_both(now, text):
                return

    # ── below ──

    async def _written(self, task: Task, text: str, base: str, *, resumed: bool) -> str | None:
        above = [Content.styled(BEGUN, "$text-muted")] if resumed else []
        if not same_text(base, task.description):
            above.append(Content.styled(_MOVED, "$text-warning"))
        page = DescriptionScreen(
            f"Tarefa {task.id} · descrição",
            text,
            keep=lambda typed: self._keep(task.id, typed, base),
            above=above,
        )
        return await self._app.ask(page)

    def _keep(self, task_id: int, text: str, base: str) -> None:
        desk, key = self._app.desk, description_key(task_id)
        desk.saver.save(key, lambda: desk.local.drafts.save(key, text, base=base))

    async def _agreed(self, task: Task, text: str, parts: tuple[TaskEdit, ...]) -> bool:
        question = f"Mudar a descrição da tarefa {task.id}?"
        told = f"Vai junto, porque o Redmine exige: {'; '.join(told_of(parts))}." if parts else ""
        page = DifferenceScreen(question, task.description, text, yes="Gravar", warning=told)
        return await self._app.ask(page)

    async def _told_of_both(self, task: Task, text: str) -> bool:
        """Somebody else was quicker: nothing is sent before both were seen. True to go on writing."""
        who = described_by(task) or "Outra pessoa"
        warning = f"{who} a mudou enquanto você escrevia. Nada foi gravado; o seu texto está guardado."
        question = f"A descrição da tarefa {task.id} já é outra"
        page = DifferenceScreen(
            question, task.description, text, yes="Continuar no meu texto", no="Deixar", warning=warning
        )
        return await self._app.ask(page)

    def _begin(self, task: Task, text: str, parts: tuple[TaskEdit, ...]) -> None:
        desk, key = self._app.desk, description_key(task.id)
        edit = joined(description_edit(task, text), *parts)

        def begun_again() -> None:
            desk.saver.then(lambda: desk.local.drafts.begin(key, text, base=task.description))

        self._app.task_watch.change(
            [edit_step(edit)],
            [expected(task, edit.changes, {})],
            f"{edit.told}.",
            also=lambda workflow: desk.local.drafts.discard(key),
            failed=begun_again,
            once=True,
        )
