"""A page over a mode that is read anew whenever something moved: round and handover."""

from typing import ClassVar

from widgets.pane import Pane

from .desk_screen import DeskScreen


class LivePage(DeskScreen):
    """Follows what the pollers bring; what they do not bring is read as it opens and when asked for."""

    FOLLOWS: ClassVar[tuple[str, ...]]
    """Names of the app's variables."""

    def reload(self) -> object:
        """Read everything anew and show it."""
        raise NotImplementedError

    def read_remote(self) -> object:
        """Read what no poller brings, and show it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Give the keys to the rows, follow, and read."""
        self.query_one(Pane).focus()
        for name in self.FOLLOWS:
            self.watch(self.app, name, self._follow)
        self.read_remote()

    def _follow(self) -> None:
        self.reload()

    def tick(self) -> None:
        """Ages grow, others tick and acknowledge, and something was done about it meanwhile."""
        self.reload()

    def work_moved(self) -> None:
        """The text may be posted by now."""
        self.reload()

    def do_atualizar(self) -> None:
        """All sources."""
        self.plantao.do_atualizar()
        self.read_remote()
