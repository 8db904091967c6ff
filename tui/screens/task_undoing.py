"""U on a task: one's own last change of its fields is shown the other way round, and made once confirmed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.task import Named
from clients.models.timer import task_target
from tui.flows.task_fields import expected
from tui.flows.task_undoing import undo_last_edit
from tui.flows.tasks import edit_step
from tui.journal import Busy

from .confirm import ConfirmScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TaskUndoing:
    """Waits for the analyst: for a worker. Raises PlantaoError."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def undo(self, task_id: int) -> None:
        """Take back what the analyst changed last, as Redmine's history of the task tells it."""
        redmine, offers = self._app.desk.redmine, self._app.desk.offers
        if redmine is None or offers is None:
            return
        waiting = await self._app.desk.workflows.waiting_on(task_target(task_id))
        if waiting is not None:
            raise Busy(waiting)
        task, me = await redmine.task(task_id), await offers.me()
        words = (await redmine.words(task)).of(task)
        edit = undo_last_edit(task, me, words)
        about = f"{edit.told}\n\nAs notas ficam; só os campos voltam."
        if await self._app.ask(ConfirmScreen(f"Desfazer na tarefa {task_id}?", about, "Desfazer")):
            named: dict[str, Sequence[Named]] = {
                name: [Named(id=number, name=said) for number, said in known.items()]
                for name, known in words.names.items()
            }
            named["status_id"] = task.allowed_statuses  # they say which of them is closed
            asked = expected(task, edit.changes, named)
            self._app.task_watch.change([edit_step(edit)], [asked], f"{edit.told}.", once=True)
