"""U on a task: one's own last change of its fields is shown the other way round, and made once confirmed."""

from typing import TYPE_CHECKING

from tui.flows.task_undoing import undo_last_edit
from tui.flows.tasks import edit_step

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
        task, me = await redmine.task(task_id), await offers.me()
        words = (await redmine.words(task)).of(task)
        edit = undo_last_edit(task, me, words)
        told = edit.told.replace("; ", "\n")
        about = f"{told}\n\nAs notas ficam; só os campos voltam."
        if await self._app.ask(ConfirmScreen(f"Desfazer na tarefa {task_id}?", about, "Desfazer")):
            self._app.task_watch.change([edit_step(edit)], [task], f"{edit.told}.")
