"""A path of this machine to be typed over the desk; Tab goes on with it as far as the files allow."""

from textual import on, work
from textual.content import Content
from textual.widgets import Input, Static

from tui.flows.attaching import complete
from widgets.inputs import TextInput

from .dialog import Dialog, Result

SHOWN = 12
"""Names offered at a time; more of them are counted."""


class PathScreen(Dialog[Result]):
    """Has a `TextInput` for the path and a `Static` of class ``names``; the subclass takes what is typed."""

    def action_complete(self) -> None:
        """Go on with the path; where several files could be meant, show their names."""
        self.plantao.keys_wait_for(self._complete())

    @work(exclusive=True, group="complete", exit_on_error=False)
    async def _complete(self) -> None:
        field = self.query_one(TextInput)
        typed = field.value
        found = await complete(typed)
        if field.value == typed:  # else one has typed on
            with self.prevent(Input.Changed):
                field.value = found.text
            field.action_end()
            self._offer(found.names)

    @on(Input.Changed)
    def _typed_on(self) -> None:
        self._offer(())

    def _offer(self, names: tuple[str, ...]) -> None:
        more = len(names) - SHOWN
        shown = [*names[:SHOWN], *([f"… e mais {more}"] if more > 0 else [])]
        self.query_one(".names", Static).update(Content("   ".join(shown)))
