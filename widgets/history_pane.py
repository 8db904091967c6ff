"""The page of one chamado: everything that is known of it, scrolled line by line."""

from textual.widget import Widget

from clients.models.chamado import Chamado
from clients.models.feed import Feed
from clients.models.lifecycle import LABELS, Labels

from .answer_preview import Sheet
from .chamado_history import history_lines
from .pane import Clock, Pane


class HistoryPane(Pane):
    """One chamado, oldest event first."""

    HELP = (
        "Tudo o que se sabe do chamado: a ficha, e cada passo com quem, quando, de onde para onde e por quê."
    )

    def __init__(self, *, clock: Clock, labels: Labels = LABELS, id: str | None = None) -> None:
        super().__init__("Chamado", clock=clock, id=id)
        self._labels = labels
        self._chamado: Chamado | None = None
        self.sheet = Sheet(())

    def content(self) -> list[Widget]:
        """The lines."""
        return [self.sheet]

    def show(self, chamado: Chamado, feed: Feed[Chamado] | None = None) -> None:
        """Show ``chamado``, as it was read with ``feed``; one stays where one reads."""
        self._chamado = chamado
        read = feed or Feed(loading=True)
        self.tell_feed(read, f"nº {chamado.number}")
        self._tell_trouble(read.trouble)  # there is something to show even where nothing was read
        self._tell()

    def tick(self) -> None:
        """Say ages anew."""
        super().tick()
        self._tell()

    def focus(self, scroll_visible: bool = True) -> "HistoryPane":
        """Give the keys to the lines."""
        self.sheet.focus(scroll_visible)
        return self

    def _tell(self) -> None:
        if self._chamado is not None:
            self.sheet.show(history_lines(self._chamado, self.clock(), self._labels))
