"""What the screens share: top line and key bar, commands with reasons, help, the minute's tick."""

import inspect
from collections.abc import Awaitable, Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.worker import Worker

from tui.commands.catalog import NONE
from tui.counters import Room, counters
from widgets.cells import Line
from widgets.filtered_pane import FilteredPane
from widgets.key_bar import KeyBar
from widgets.keys import KeyGroup
from widgets.quiet_screen import QuietScreen
from widgets.top_line import TopLine

if TYPE_CHECKING:
    from tui.app import PlantaoApp

MODES = (("1", "Mesa"), ("2", "Tarefas"), ("3", "Chamados"), ("4", "Serviços"), ("5", "Hoje"))
"""Digit and name of each mode."""


class DeskScreen(QuietScreen[None]):
    """A mode of the desk, or a full page over one. ``do_<command id>`` methods carry the commands out."""

    VERBS: ClassVar[KeyGroup] = NONE
    """The commands of this screen, beside those that work everywhere."""
    MODE: ClassVar[str] = ""
    """Digit of its mode; empty for a page that lies over any of them."""
    PAGE: ClassVar[str] = ""
    """Its mode of the app; empty for a page over one."""
    ABOUT: ClassVar[str]
    """What the screen is for and which rules of the routine it serves; the head of its help."""

    ON_ENTER: ClassVar[str] = ""
    """What Enter in its list does, where that is not opening the row."""

    @property
    def plantao(self) -> "PlantaoApp":
        """The app, typed."""
        return cast("PlantaoApp", self.app)

    def compose(self) -> ComposeResult:
        """Top line, content, key bar."""
        yield TopLine(MODES)
        yield from self.content()
        yield KeyBar()

    def content(self) -> Iterable[Widget]:
        """What lies between top line and key bar."""
        return ()

    @property
    def kept_pane(self) -> FilteredPane | None:
        """The list in which one's place is kept from session to session; None where there is none."""
        return None

    def on_mount(self) -> None:
        """Come back to where one was."""
        self.plantao.returning.bring_back(self)

    def on_screen_resume(self) -> None:
        """Time has passed while another screen was in view."""
        self.tick()
        self.tell_top()

    def tell_top(self) -> None:
        """Say in the top line where one is, what asks for attention, and the time."""
        app = self.plantao
        for line in self.query(TopLine):
            fullest, *shorter = (counters(app, room) for room in Room)
            line.tell(self._mode, fullest, app.desk.clock(), shorter=shorter, pages=self.pages())

    @property
    def _mode(self) -> str:
        """Its own mode, or that of what it lies over."""
        base = self.app.screen_stack[0]
        return self.MODE or (base.MODE if isinstance(base, DeskScreen) else "")

    def pages(self) -> Line:
        """The pages of this mode, where it has several."""
        return ()

    def work_moved(self) -> None:
        """A step that was begun is further on."""

    def why_not(self, command_id: str) -> str | None:
        """Why a command cannot be given now; None if it can. A key that does nothing must say why."""
        return None

    async def action_command(self, command_id: str) -> None:
        """Carry a command out, or say why not."""
        reason = self.why_not(command_id)
        if reason is not None:
            self.plantao.refuse_key(reason)
            return
        done = getattr(self, f"do_{command_id.replace('-', '_')}")()
        if inspect.isawaitable(done):
            await cast("Awaitable[object]", done)

    def leave(self) -> None:
        """Go, and take along what lies over this screen: a dismissal would only take the topmost."""
        if self in self.app.screen_stack:
            while self.app.screen is not self:
                self.app.pop_screen()
            self.dismiss()

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        self.plantao.tell_failure(event.worker)

    def tick(self) -> None:
        """Say ages anew; called once a minute on the screen in view."""
