"""Around the columns: all fourteen statuses with their counts, the columns' names, what one means."""

from collections.abc import Mapping, Sequence

from clients.models.lifecycle import LABELS, MEANING, ChamadoStatus, Labels

from .cells import Line, Piece, Tone, clip, clip_line, line_width
from .one_line import OneLine
from .phrases import number

_SHORT = {
    ChamadoStatus.REPROVADO: "Reprov.",
    ChamadoStatus.AGUARDANDO_INFORMACOES: "Ag.Info",
    ChamadoStatus.PULL_REQUEST: "PR",
    ChamadoStatus.ERROR_FIX: "ErrFix",
    ChamadoStatus.PR_APROVADO: "PR ok",
    ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO: "Homol.",
    ChamadoStatus.TEST_FINISHED: "Test ok",
    ChamadoStatus.PUBLICADO: "Public.",
    ChamadoStatus.ENCERRADO: "Encerr.",
}
"""Of the maker's labels, where there is no room for them."""


class StatusStrip(OneLine):
    """Some of the statuses with their counts; the current one in brackets."""

    def __init__(self, statuses: Sequence[ChamadoStatus], labels: Labels) -> None:
        super().__init__()
        self._statuses, self._labels = tuple(statuses), labels
        self._told: tuple[ChamadoStatus | None, Mapping[ChamadoStatus, int]] = (None, {})

    def tell(self, current: ChamadoStatus, counts: Mapping[ChamadoStatus, int]) -> None:
        """Show ``counts``, and which column the cursor is in."""
        told = (current, {status: counts.get(status, 0) for status in self._statuses})
        if told != self._told:
            self._told = told
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """Each in cells of the same width."""
        current, counts = self._told
        each = max(3, width // len(self._statuses))
        pieces: list[Piece] = []
        for status in self._statuses:
            pieces += self._item(status, counts.get(status, 0), each, current=status is current)
        return clip_line(pieces, width)

    def _item(self, status: ChamadoStatus, count: int, width: int, *, current: bool) -> Line:
        told, label = number(count), self._labels[status]
        room = width - len(told) - 3  # brackets, and a blank before the count
        if len(label) > room and label == LABELS[status]:
            label = _SHORT.get(status, label)
        label = clip(label, room)
        blank = Piece(" " * (room - line_width((Piece(label),))))
        if current:
            return (Piece(f"[{label} {told}]", Tone.ACCENT), blank)
        tone = Tone.PLAIN if count else Tone.DIM
        return (Piece(f" {label} ", Tone.DIM), Piece(f"{told} ", tone), blank)


class MeaningLine(OneLine):
    """What a status means for the client."""

    def __init__(self, labels: Labels) -> None:
        super().__init__(classes="meaning")
        self._labels = labels
        self._of: ChamadoStatus | None = None

    def tell(self, status: ChamadoStatus) -> None:
        """Say it of ``status``."""
        if status is not self._of:
            self._of = status
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """In a sentence where there is room for one; the column's head has the name where there is little."""
        if self._of is None:
            return ()
        label, meaning = self._labels[self._of], Piece(MEANING[self._of])
        said = (Piece(f" {label} ", Tone.STRONG), Piece("· para o cliente: ", Tone.DIM), meaning)
        if line_width(said) <= width:
            return said
        brief = (Piece(f" {label}: ", Tone.STRONG), meaning)
        return brief if line_width(brief) <= width else clip_line((Piece(" "), meaning), width)


class ColumnHeads(OneLine):
    """The columns on screen: name and count, of the cursor's also where it is; ‹ › where there are more."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._told: tuple[tuple[tuple[ChamadoStatus, int, int, int], ...], ChamadoStatus | None, bool, bool]
        self._told = ((), None, False, False)

    def tell(
        self,
        columns: Sequence[tuple[ChamadoStatus, int, int, int]],
        current: ChamadoStatus,
        *,
        before: bool,
        after: bool,
    ) -> None:
        """``columns`` are status, place of the cursor, number of cards, width; more ``before``, ``after``."""
        told = (tuple(columns), current, before, after)
        if told != self._told:
            self._told = told
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """Each over its column."""
        columns, current, before, after = self._told
        pieces: list[Piece] = []
        for at, (status, place, count, cells) in enumerate(columns):
            here = status is current
            dash, rule = ("━", Tone.ACCENT) if here else ("─", Tone.DIM)
            start = "‹" if before and at == 0 else dash
            end = "›" if after and at == len(columns) - 1 else dash
            told = f"{number(place)}/{number(count)}" if here and count else number(count)
            label = clip(self._labels[status], cells - len(told) - 6)
            head = (
                Piece(start, rule),
                Piece(f" {label} ", Tone.ACCENT if here else Tone.STRONG),
                Piece(f"{told} ", Tone.PLAIN if here else Tone.DIM),
            )
            fill = max(0, cells - line_width(head) - 1)
            pieces += [*head, Piece(dash * fill, rule), Piece(end, rule)]
            if at < len(columns) - 1:
                pieces.append(Piece("┬", Tone.DIM))
        return clip_line(pieces, width)
