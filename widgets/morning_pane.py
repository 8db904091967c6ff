"""The morning round: the checklist, and below it what the check under the cursor finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widget import Widget

from clients.models.morning import Check, CheckKind, MorningRound, Sight, SightLine, Weight

from .cells import Line, Piece, Tone, fit, justify
from .hanging_lines import HangingLines
from .line_list import LineList
from .pane import Clock, Pane
from .phrases import ago, hour_minute

_MARKS = {
    Weight.RED: ("✖", Tone.BAD),
    Weight.UNKNOWN: ("?", Tone.WARN),
    Weight.PLAIN: ("•", Tone.PLAIN),
}
_TITLE = 20
"""Cells of a check's name."""
_ROOMY = 100
"""From how many cells on nothing has to be said in short."""


@dataclass(frozen=True)
class CheckRow:
    """One line of the checklist, with what it finds now."""

    check: Check
    sight: Sight
    who: str

    def state(self, width: int) -> tuple[str, str, Tone]:
        """Sign, words and tone of how far it is, in a row of ``width`` cells."""
        done_at = self.check.done_at
        if done_at is not None:
            by = f" por {self.who}" if width >= _ROOMY else ""  # the title says it too
            return "✓", f"feito às {hour_minute(done_at)}{by}", Tone.GOOD
        if self.sight.absent:
            return "–", "não há o que conferir", Tone.DIM
        return "☐", "por fazer" if not self.check.note else "com nota", Tone.WARN

    @property
    def told(self) -> str:
        """What was found when it was ticked, or is found now."""
        seen = self.check.seen or self.sight
        return seen.absent or seen.told or seen.trouble or "lendo…"


class Found(HangingLines):
    """All that a check found, and what was written on it."""

    DEFAULT_CSS = "Found { height: 1fr; border-top: solid $foreground 20%; }"

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def show(self, row: CheckRow | None) -> None:
        """Show ``row`` from its beginning, where it is another one or found something else."""
        self.show_pieces(tuple(_found(row, self._age(row))) if row is not None else ())

    def _age(self, row: CheckRow | None) -> str:
        return ago(row.sight.read_at, self._clock()) if row is not None and row.sight.read_at else ""


class MorningPane(Pane):
    """Checklist and findings; emits what was chosen, and changes nothing by itself."""

    HELP = """\
☐ por fazer, ✓ feito, – sem sistema a conferir. Embaixo, o que o item do cursor achou: ✖ em falha,
? desconhecido (nunca é verde), • o resto; Tab passa para lá quando não cabe. Um serviço em falha pede o
que foi feito dele, ou uma nota que diga por que não."""
    DEFAULT_CSS = """
    MorningPane LineList { height: 5; }
    """

    @dataclass
    class Chosen(Message):
        """Enter on a check: where it is looked at is wanted."""

        kind: CheckKind

    class Highlighted(Message):
        """Another check is under the cursor."""

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__("Rotina da manhã", clock=clock, id=id)
        self._list: LineList[CheckRow] = LineList(lambda row: row.check.kind.value, self._draw)
        self._found = Found(clock)
        self._end = ""

    def content(self) -> list[Widget]:
        """List and findings."""
        return [self._list, self._found]

    @property
    def highlighted(self) -> CheckRow | None:
        """The check under the cursor."""
        return self._list.highlighted

    def show(self, morning: MorningRound, sights: Sequence[Sight], end: str) -> None:
        """Show the round with what is found now; ``end`` is what became of its summary, once it is closed."""
        by_kind = {each.kind: each for each in sights}
        self._end = f"{end}\n\n{morning.text}" if morning.closed_at is not None else ""
        rows = tuple(CheckRow(each, by_kind[each.kind], morning.who) for each in morning.checks)
        self._list.set_rows(rows)
        self.tell_count(_count(morning, rows))
        self._tell()

    def tick(self) -> None:
        """Say ages anew."""
        super().tick()
        self._tell()

    def focus(self, scroll_visible: bool = True) -> "MorningPane":
        """Give the keys to the list."""
        self._list.focus(scroll_visible)
        return self

    def _draw(self, row: CheckRow, width: int) -> Line:
        sign, words, tone = row.state(width)
        red = not row.check.is_done and any(one.weight is Weight.RED for one in row.sight.lines)
        left = (
            Piece(f"{sign} ", tone),
            Piece(f"{fit(row.check.title, _TITLE)} ", Tone.STRONG),
            Piece(row.told, Tone.BAD if red else Tone.PLAIN),
        )
        return justify(left, (Piece(words, tone),), width)

    def _tell(self) -> None:
        if self._end:
            lines = self._end.split("\n")
            self._found.show_pieces(tuple((Piece(" ", Tone.PLAIN), line) for line in lines))
        else:
            self._found.show(self.highlighted)

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Highlighted())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(CheckKind(str(event.key))))


def _count(morning: MorningRound, rows: Sequence[CheckRow]) -> str:
    if morning.closed_at is not None:
        return f"{morning.day:%d/%m/%Y} · fechada às {hour_minute(morning.closed_at)} por {morning.who}"
    wanted = sum(not row.sight.absent for row in rows)
    return f"{morning.day:%d/%m/%Y} · {morning.who} · {morning.done} de {wanted}"


def _found(row: CheckRow, age: str) -> Iterator[tuple[Piece, str]]:
    check, sight = row.check, row.check.seen or row.sight
    for line in check.news(row.sight):
        yield Piece("▲", Tone.WARN), f"Depois de marcado: {line.text}"
    if check.note:
        yield Piece("✎", Tone.ACCENT), check.note.replace("\n", " ")
    for line in sight.lines:
        sign, tone = _MARKS[line.weight]
        yield Piece(sign, tone), f"{line.text}{_dealt(line, check)}"
    if sight.absent:
        yield Piece(" ", Tone.DIM), f"{sight.absent}: este item não impede fechar a rotina."
    elif not sight.lines and sight.read_at is not None:
        yield Piece(" ", Tone.DIM), "Nada a ver aqui."
    if row.sight.trouble:
        yield Piece("▲", Tone.WARN), row.sight.trouble
    if check.done_at is not None:
        yield Piece(" ", Tone.DIM), f"Como foi visto às {hour_minute(check.done_at)}."
    elif age:
        yield Piece(" ", Tone.DIM), f"Lido {age}."


def _dealt(line: SightLine, check: Check) -> str:
    if line.weight is not Weight.RED:
        return ""
    return f" → {line.dealt or ('ver a nota' if check.note else 'falta dizer o que foi feito')}"
