"""Mode 2, the tasks: what is with one, what one created or observes, and what others did to it."""

import asyncio
from collections.abc import Awaitable, Iterable

from textual import on, work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.task import Task
from clients.models.task_reading import TaskReading
from clients.models.timer import task_target
from tui.commands.catalog import TASKS
from tui.nothing_here import why_no_tasks
from widgets.bound import bound
from widgets.task_row import TaskRow
from widgets.tasks_pane import TasksPane

from .desk_screen import DeskScreen

FOLLOW_AFTER = 0.08
"""Seconds that the cursor rests on a task before it is shown as it is known."""
READ_AFTER = 0.5
"""Seconds more before it is read: going down the list must not cost Redmine a request a line."""
_ON_REDMINE = frozenset(
    """
    editar-tarefa situacao-tarefa tipo-tarefa direcionar-tarefa nota-tarefa horas-tarefa observar-tarefa
    desfazer-tarefa
    """.split()
)
_ON_FRESHDESK = frozenset(("responder-ticket", "ver-ticket"))
_ON_A_TASK = _ON_REDMINE | _ON_FRESHDESK | {"cronometro-tarefa", "copiar"}


class TasksScreen(DeskScreen):
    """The list in its views, with the task under the cursor in full."""

    VERBS = TASKS
    MODE = "2"
    PAGE = "tarefas"
    TITLE = "Tarefas"
    ABOUT = """\
As tarefas do Redmine que são suas: as que estão com você, as que criou e as que observa.
Concluída a tarefa, responda ao cliente do ticket; com o OK dele respondido, encerre o ticket.
Todo tempo é registrado, mesmo minutos.
Horas, observadores e relações são conferidos de tempos em tempos, e ao atualizar."""
    BINDINGS = bound(TASKS)

    def __init__(self) -> None:
        super().__init__()
        self._waits = False
        """Whether the task is shown as the list has it, because Redmine is not connected yet."""

    def content(self) -> Iterable[Widget]:
        """The list and the task."""
        settings = self.plantao.desk.settings.tasks
        return [
            TasksPane(
                clock=self.plantao.minute,
                views=settings.all_views,
                columns=settings.columns,
                concluded_days=settings.concluded_days,
                never=why_no_tasks(self.plantao.desk.settings),
            )
        ]

    @property
    def pane(self) -> TasksPane:
        """The list."""
        return self.query_one(TasksPane)

    @property
    def kept_pane(self) -> TasksPane:
        """The list."""
        return self.pane

    def go_to(self, task_id: int) -> None:
        """Show a task of the lists; a view or filter that leaves it out ends."""
        self.pane.reveal(task_id)
        self.pane.focus()
        self._follow()

    # ── what the app has ──

    def on_mount(self) -> None:
        """Follow what is read of the tasks."""
        self.watch(self.app, "tasks", self._show)
        self.watch(self.app, "task_news", self._show)
        self.pane.focus()

    def on_screen_resume(self) -> None:
        """Something may have changed meanwhile."""
        super().on_screen_resume()
        self.pane.open_view()
        self._follow()

    def _show(self) -> None:
        before = self.pane.highlighted
        self.pane.show(self.plantao.tasks, self.plantao.task_news)
        if self.pane.highlighted != before or self._waits:
            self._follow()

    @on(TasksPane.Highlighted)
    def _another(self) -> None:
        self._follow()

    @work(exclusive=True, group="follow", exit_on_error=False)
    async def _follow(self) -> None:
        await asyncio.sleep(FOLLOW_AFTER)
        row, room = self.pane.highlighted, self.plantao.desk.task_room
        if row is None or row.entry is None:
            self.pane.show_task(None)
            await self._seen(row)
            return
        task = row.entry.task
        self._waits = room is None
        if room is None:
            self.pane.show_task(TaskReading(task))
            return
        reading = room.remembered(task)
        self.pane.show_task(reading)
        if self.plantao.screen is not self:
            return
        await asyncio.sleep(READ_AFTER)
        if not room.is_fresh(reading, task):
            try:
                self.pane.show_task(await room.read(task.id))
            except PlantaoError as error:
                self.pane.show_task(reading, error.trouble)
                return
        await self._seen(row)

    async def _seen(self, row: TaskRow | None) -> None:
        """What was shown in full is not new any more."""
        if row is None or row.news is None or not row.news.unread or self.plantao.screen is not self:
            return
        try:
            await self.plantao.task_watch.mark_seen([row.news])
        except PlantaoError as error:
            self.plantao.report(error.trouble)

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()

    # ── verbs ──

    def why_not(self, command_id: str) -> str | None:
        """Verbs need a task that is there, and what they write to."""
        row, desk = self.pane.highlighted, self.plantao.desk
        if command_id in _ON_A_TASK and row is None:
            return "Não há tarefa sob o cursor."
        if command_id in _ON_A_TASK and row is not None and row.entry is None:
            return "A tarefa não existe mais, ou você não a vê mais."
        if command_id in _ON_REDMINE and desk.redmine is None:
            return "Sem conexão com o Redmine nada se muda nele."
        if command_id in _ON_FRESHDESK and desk.freshdesk is None:
            return "Sem conexão com o Freshdesk não se chega ao ticket."
        if command_id in ("cronometro-tarefa", "marcar-vistas") and not desk.is_open:
            return "Os dados locais ainda não foram abertos."
        return super().why_not(command_id)

    @property
    def _under(self) -> Task | None:
        row = self.pane.highlighted
        return row.entry.task if row is not None and row.entry is not None else None

    def do_responder_ticket(self) -> None:
        """R: to the ticket, with the answer ready where the task was concluded."""
        from .task_ticket import TaskTicket

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskTicket(self.plantao).answer(task)))

    def do_ver_ticket(self) -> None:
        """M: to the ticket, in the queue."""
        from .task_ticket import TaskTicket

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskTicket(self.plantao).show(task)))

    def do_observar_tarefa(self) -> None:
        """O: observe, or no longer."""
        from .task_verbs import TaskVerbs

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskVerbs(self.plantao).observe_task(task.id)))

    def do_editar_tarefa(self) -> None:
        """E: change a field, which is chosen first."""
        self._change("")

    def do_situacao_tarefa(self) -> None:
        """S."""
        self._change("status_id")

    def do_tipo_tarefa(self) -> None:
        """T."""
        self._change("tracker_id")

    def do_direcionar_tarefa(self) -> None:
        """D: give it to somebody."""
        self._change("assigned_to_id")

    def _change(self, field: str) -> None:
        from .task_edits import TaskEdits

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskEdits(self.plantao).change(task.id, field)))

    def do_desfazer_tarefa(self) -> None:
        """U: what one changed last goes back."""
        from .task_undoing import TaskUndoing

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskUndoing(self.plantao).undo(task.id)))

    def do_nota_tarefa(self) -> None:
        """N: write a note on it."""
        from .task_note import TaskNotes

        task, redmine = self._under, self.plantao.desk.redmine
        if task is not None and redmine is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskNotes(self.plantao, redmine).write(task.id)))

    def do_horas_tarefa(self) -> None:
        """H: log time on it."""
        from .entry_verbs import EntryVerbs

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(EntryVerbs(self.plantao).log_on_task(task.id)))

    def do_cronometro_tarefa(self) -> None:
        """I: it is in progress, alone, and its time passes; or it stops and its time is logged."""
        from .task_progress import TaskProgress

        if (task := self._under) is not None:
            self.plantao.keys_wait_for(self._carry_out(TaskProgress(self.plantao).toggle(task.id)))

    def do_marcar_vistas(self) -> None:
        """X: all that is new counts as seen."""
        unread = [one for one in self.plantao.task_news if one.unread]
        if unread:
            self._carry_out(self.plantao.task_watch.mark_seen(unread))

    def do_copiar(self) -> None:
        """The task's address, by OSC 52."""
        settings = self.plantao.desk.settings.redmine
        if (task := self._under) is not None and settings is not None:
            self.plantao.copy(f"{settings.url}/issues/{task.id}")

    @work(group="verb", exit_on_error=False)
    async def _carry_out(self, verb: Awaitable[object]) -> None:
        if (task := self._under) is not None:
            self.plantao.timekeeper.note(task_target(task.id))
        try:
            await verb
        except PlantaoError as error:
            self.plantao.report(error.trouble)
