"""What the screens share that lie over the desk for a moment: help, palette and quitting work there too."""

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import on
from textual.screen import ModalScreen
from textual.worker import Worker

from tui.commands.catalog import IN_DIALOGS
from widgets.bound import bound

if TYPE_CHECKING:
    from tui.app import PlantaoApp

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A question or a list over the desk. The keys of the desk rest, but for the few that always work."""

    BINDINGS = bound(IN_DIALOGS)
    ABOUT: ClassVar[str] = ""
    """What it is for; the head of its help. Empty where the widget in it says so itself."""

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        self.plantao.tell_failure(event.worker)

    @property
    def plantao(self) -> "PlantaoApp":
        """The app, typed."""
        return cast("PlantaoApp", self.app)
