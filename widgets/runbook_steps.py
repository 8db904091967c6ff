"""The steps of a runbook as a list: which are done, which is due, which are to come."""

from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widget import Widget

from clients.models.walk import Walk

from .cells import Line, Piece, Tone, fit
from .line_list import LineList
from .pane import Clock, Pane
from .phrases import counted
from .runbook_text import AHEAD, DUE, OUTCOMES

_MARK = 9
"""Cells of sign and word."""


@dataclass(frozen=True)
class StepRow:
    """One step."""

    id: str
    title: str
    sign: str
    word: str
    tone: Tone


class RunbookSteps(Pane):
    """All steps, the one that is looked at under the cursor."""

    HELP = """\
Os passos do roteiro: ✔ feito, ▸ agora, ✖ diferente do esperado, – pulado, · falta. O cursor mostra
também um passo que já passou; gravar de novo um passo vale, e o que foi gravado antes fica no roteiro."""

    @dataclass
    class Looked(Message):
        """Another step is under the cursor."""

        step_id: str

    class Chosen(Message):
        """Enter on a step."""

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__("Passos", clock=clock, id=id)
        self._list: LineList[StepRow] = LineList(lambda row: row.id, _drawn)

    def content(self) -> list[Widget]:
        """The list."""
        return [self._list]

    def show(self, walk: Walk) -> None:
        """Show how far ``walk`` is."""
        rows = _rows(walk)
        if rows != self._list.rows:
            self._list.set_rows(rows)
        dealt = sum(walk.dealt_with(step) is not None for step in walk.runbook.steps)
        self.tell_count(f"{dealt} de {counted(len(rows), 'passo', 'passos')}")

    def look_at(self, step_id: str) -> None:
        """Put the cursor on a step."""
        self._list.select_key(step_id)

    def focus(self, scroll_visible: bool = True) -> "RunbookSteps":
        """Give the keys to the list."""
        self._list.focus(scroll_visible)
        return self

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        event.stop()
        if event.key is not None:
            self.post_message(self.Looked(str(event.key)))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen())


def _rows(walk: Walk) -> tuple[StepRow, ...]:
    due = None if walk.stopped_at else walk.current
    rows = []
    for step in walk.runbook.steps:
        mark = walk.dealt_with(step)
        sign, word, tone = OUTCOMES[mark.outcome] if mark else DUE if step is due else AHEAD
        rows.append(StepRow(step.id, step.title, sign, word, tone))
    return tuple(rows)


def _drawn(row: StepRow, width: int) -> Line:
    title = Tone.STRONG if row.word == DUE[1] else Tone.PLAIN
    return (Piece(fit(f"{row.sign} {row.word}", _MARK), row.tone), Piece(row.title, title))
