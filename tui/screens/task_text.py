"""A text of a task over the desk: written here or in the analyst's own editor, kept as it is typed."""

from textual import work

from clients.models.text import safe_text
from tui.commands.dialogs import TASK_TEXT
from widgets.bound import bound
from widgets.inputs import TextBox

from .editing import edited
from .text import TextScreen

BEGUN = "Este é o texto que você deixou antes; apagado todo, ele se faz de novo."
"""Above a draft that one comes back to."""


class TaskTextScreen(TextScreen):
    """A description or a note; what is done with it is shown before it is done."""

    BINDINGS = bound(TASK_TEXT, priority=("texto-tarefa.conferir",))
    DEFAULT_CSS = """
    TaskTextScreen > Vertical { width: 100; padding: 0 2; }
    TaskTextScreen TextBox { min-height: 8; max-height: 60vh; }
    """

    def action_editor(self) -> None:
        """The text in the analyst's own editor."""
        self.plantao.keys_wait_for(self._edit())

    @work(exclusive=True, group="editor", exit_on_error=False)
    async def _edit(self) -> None:
        box = self.query_one(TextBox)
        text = await edited(self.plantao, box.text)
        if text is not None and text != box.text:
            box.replace(safe_text(text), box.document.start, box.document.end)
            box.move_cursor(box.document.end)
        box.focus()
