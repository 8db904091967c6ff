"""The handover: its lines by part, and below them the one under the cursor in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widget import Widget

from .cells import Line
from .handover_rows import HandoverRow
from .hanging_lines import HangingLines
from .line_list import LineList
from .pane import Clock, Pane


class LineInFull(HangingLines):
    """All that is told of one row."""

    DEFAULT_CSS = "LineInFull { height: 1fr; border-top: solid $foreground 20%; }"


class HandoverPane(Pane):
    """Rows and the one under the cursor; emits what was chosen, and changes nothing by itself."""

    HELP = """\
Ao preparar: ✓ vai na passagem, – fica de fora; no título de uma parte, Espaço vale para toda ela. Ao
receber: ☐ sem ciência, ✓ com ciência, e de quem; no título de uma parte, também. ✖ já venceu ou está em
falha, ? desconhecido, ✎ tem nota, » há pergunta de quem deu ciência.
Embaixo, a linha do cursor por inteiro; Tab passa para lá quando não cabe."""
    DEFAULT_CSS = """
    HandoverPane LineList { height: 2fr; }
    """

    @dataclass
    class Chosen(Message):
        """Enter on a row: where it is dealt with is wanted."""

        row: HandoverRow

    class Highlighted(Message):
        """Another row is under the cursor."""

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__("Passagem de turno", clock=clock, id=id)
        self._list: LineList[HandoverRow] = LineList(lambda row: row.key, _draw)
        self._list.explain("Lendo…")
        self._full = LineInFull()
        self._whose = ""

    def content(self) -> list[Widget]:
        """Rows, and one in full."""
        return [self._list, self._full]

    @property
    def highlighted(self) -> HandoverRow | None:
        """The row under the cursor."""
        return self._list.highlighted

    @property
    def rows(self) -> Sequence[HandoverRow]:
        """The rows shown."""
        return self._list.rows

    def show(self, whose: str, rows: Sequence[HandoverRow], told: str) -> None:
        """Show ``rows``, those of another handover than before from the top; ``told`` is for the title."""
        self._list.set_rows(tuple(rows))
        if whose != self._whose:
            self._whose = whose
            self._list.move_to(0)
        self.tell_count(told)
        self._tell()

    def select(self, key: str) -> bool:
        """Put the cursor on a row; False where it is not there."""
        return self._list.select_key(key)

    def focus(self, scroll_visible: bool = True) -> "HandoverPane":
        """Give the keys to the rows."""
        self._list.focus(scroll_visible)
        return self

    def _tell(self) -> None:
        row = self.highlighted
        self._full.show_pieces(row.details if row is not None else ())

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Highlighted())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if (row := self.highlighted) is not None:
            self.post_message(self.Chosen(row))


def _draw(row: HandoverRow, width: int) -> Line:
    return row.draw(width)
