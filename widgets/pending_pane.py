"""Operations that have no outcome yet, each with its steps: what was done, what is not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widget import Widget

from .cells import Line, Piece, Tone, justify, wrap
from .line_list import LineList
from .line_view import LineView
from .pane import Clock, Pane
from .phrases import counted


@dataclass(frozen=True)
class PendingRow:
    """One line: an operation, or one of its steps."""

    key: str
    text: str
    mark: str = ""
    """Glyph of a step; an operation has none."""
    tone: Tone = Tone.PLAIN
    about: str = ""
    """What stands at the right end: when it was confirmed, how far it is."""
    evidence: str = ""
    """What is known of the outcome."""
    sends: str = ""
    """The text that a step sends, in full."""

    @property
    def is_step(self) -> bool:
        """Whether it is a step and not the head of an operation."""
        return bool(self.mark)


class Evidence(LineView, can_focus=False):
    """What is known of the row under the cursor, and what it sends."""

    DEFAULT_CSS = "Evidence { height: 30%; min-height: 5; border-top: solid $foreground 20%; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def show(self, text: str) -> None:
        """Show ``text`` from its beginning."""
        if text != self._text:
            self._text = text
            self.content_changed()
            self.jump_to(0)

    def line_count(self, width: int) -> int:
        """Lines of the wrapped text."""
        return len(self._wrapped(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return (Piece(self._wrapped(width)[index]),)

    def _wrapped(self, width: int) -> list[str]:
        return [part for line in self._text.split("\n") for part in wrap(line, width)]


class PendingPane(Pane):
    """The list, and below it what is known of the row under the cursor."""

    HELP = """\
Cada operação foi confirmada uma vez e é feita uma vez só, passo a passo. ✓ feito, ✖ recusado,
? sem desfecho (só você pode dizer), · por fazer, ↻ em andamento. Depois de um passo recusado nada mais é
feito até você decidir. Das perguntas feitas no Slack: … espera resposta, » respondida."""

    @dataclass
    class Chosen(Message):
        """Enter on a row."""

        key: str

    class Highlighted(Message):
        """Another row is under the cursor."""

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__("Pendências", clock=clock, id=id)
        self._list: LineList[PendingRow] = LineList(lambda row: row.key, self._draw)
        self._evidence = Evidence()

    def content(self) -> list[Widget]:
        """List and evidence."""
        return [self._list, self._evidence]

    @property
    def highlighted(self) -> PendingRow | None:
        """The row under the cursor."""
        return self._list.highlighted

    def select(self, key: str) -> bool:
        """Put the cursor on a row; False if it is not there."""
        return self._list.select_key(key)

    def show(self, rows: Sequence[PendingRow]) -> None:
        """Show ``rows``: each operation followed by its steps."""
        self._list.explain("Nada pendente.", "Tudo o que você confirmou foi feito, ou abandonado.")
        self._list.set_rows(tuple(rows))
        operations = sum(not row.is_step for row in rows)
        self.tell_count(counted(operations, "operação", "operações") if operations else "")
        self._tell()

    def focus(self, scroll_visible: bool = True) -> "PendingPane":
        """Give the keys to the list."""
        self._list.focus(scroll_visible)
        return self

    def _draw(self, row: PendingRow, width: int) -> Line:
        if not row.is_step:
            return justify((Piece(row.text, Tone.STRONG),), (Piece(row.about, Tone.DIM),), width)
        left = (Piece(f"  {row.mark} ", row.tone), Piece(row.text, row.tone))
        return justify(left, (Piece(row.about, Tone.DIM),), width)

    def _tell(self) -> None:
        row = self.highlighted
        self._evidence.show(in_full(row) if row else "")

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Highlighted())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(str(event.key)))


def in_full(row: PendingRow) -> str:
    """What the row says, what is known of it, and what it sends, unless its words end with all of that."""
    lines = [] if row.text.endswith(row.sends) else [f"│ {line}" for line in row.sends.splitlines()]
    return "\n".join(filter(None, (row.text, row.evidence, *lines)))
