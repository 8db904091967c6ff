"""A text and what is proposed in its place: beside each other, or one below the other where it is narrow."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from clients.models.assistant.sides import Sides, sides
from clients.models.assistant.word_diff import Change, Fate
from clients.models.text import safe_text

from .cells import Line, Piece, Tone, fit, line_width, wrap
from .line_view import LineView

WIDE = 110
"""Columns from which the texts stand beside each other."""
_TONES = {
    Fate.KEPT: Tone.PLAIN,
    Fate.MOVED: Tone.DIM,
    Fate.ADDED: Tone.ADDED,
    Fate.REMOVED: Tone.REMOVED,
}
_MARKS = {
    Fate.REMOVED: Piece("- ", Tone.BAD),
    Fate.ADDED: Piece("+ ", Tone.GOOD),
    Fate.MOVED: Piece("~ ", Tone.DIM),
}
"""In front of a line, by the heaviest of what is in it."""
_UNMARKED = Piece("  ")
_GUTTER = 2
_NAMES = ("Como está", "Proposta")


class Comparison(LineView):
    """Remarks first, then both texts. Each line says with ``-``, ``+`` or ``~`` what is in it."""

    HELP = """\
Em cima, o que conferir antes de aceitar; depois os dois textos.
Sinais: - sai da descrição, + entra com a proposta, ~ muda de lugar.
O que a descrição não diz está nas perguntas em aberto: ninguém
inventou a resposta, e ela não entra no texto."""

    def __init__(self) -> None:
        super().__init__()
        self._remarks: tuple[Line, ...] = ()
        self._compared: Sides | None = None
        self._names = _NAMES
        self._alone: tuple[str, str] | None = None
        self._lines: tuple[int, tuple[Line, ...]] = (0, ())

    def compare(
        self, before: str, after: str, remarks: Iterable[Line], *, names: tuple[str, str] = _NAMES
    ) -> None:
        """Show ``after`` as it differs from ``before``, the ``remarks`` above; ``names`` are what they are
        called."""
        self._names = names
        self._show(sides(safe_text(before), safe_text(after)), None, remarks)

    def show_text(self, title: str, text: str) -> None:
        """Show one text alone."""
        self._show(None, (title, safe_text(text)), ())

    def _show(self, compared: Sides | None, alone: tuple[str, str] | None, remarks: Iterable[Line]) -> None:
        self._compared, self._alone, self._remarks = compared, alone, tuple(remarks)
        self._lines = (0, ())
        self.content_changed()
        self.jump_to(0)

    def line_count(self, width: int) -> int:
        """Lines of remarks and texts."""
        return len(self._laid_out(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return self._laid_out(width)[index]

    def _laid_out(self, width: int) -> tuple[Line, ...]:
        if self._lines[0] != width and width > 0:
            self._lines = width, tuple(self._all(width))
        return self._lines[1]

    def _all(self, width: int) -> Iterator[Line]:
        for remark in self._remarks:
            yield from _folded(remark, width)
        if self._remarks:
            yield ()
        if self._alone is not None:
            title, text = self._alone
            yield (Piece(title, Tone.ACCENT),)
            yield from ((Piece(part),) for line in text.split("\n") for part in wrap(line, width))
        elif self._compared is not None:
            yield from comparison_lines(self._compared, width, self._names)


def comparison_lines(compared: Sides, width: int, names: tuple[str, str] = _NAMES) -> Iterator[Line]:
    """Yield both texts as lines of at most ``width`` cells."""
    yield from (_beside if width >= WIDE else _below)(compared, width, names)


def _heads(names: tuple[str, str]) -> tuple[Line, Line]:
    before, after = names
    return (
        (Piece(before, Tone.ACCENT), Piece("   - sai   ~ muda de lugar", Tone.DIM)),
        (Piece(after, Tone.ACCENT), Piece("   + entra   ~ muda de lugar", Tone.DIM)),
    )


def _beside(compared: Sides, width: int, names: tuple[str, str]) -> Iterator[Line]:
    half = (width - 3) // 2
    before, after = _heads(names)
    left = [before, *_side(compared.before, half)]
    right = [after, *_side(compared.after, half)]
    for mine, other in zip_longest(left, right, fillvalue=()):
        blank = Piece(" " * (half - line_width(mine)))
        yield (*mine, blank, Piece(" │ ", Tone.DIM), *other)


def _below(compared: Sides, width: int, names: tuple[str, str]) -> Iterator[Line]:
    before, after = _heads(names)
    yield after
    yield from _side(compared.after, width)
    yield ()
    yield before
    yield from _side(compared.before, width)


def _side(changes: Sequence[Change], width: int) -> Iterator[Line]:
    """One text as lines of at most ``width`` cells, marks included."""
    text = "".join(change.text for change in changes)
    fates = [change.fate for change in changes for _ in change.text]
    place = 0
    for line in text.split("\n"):
        for part in wrap(line, width - _GUTTER):
            start = text.find(part.rstrip(), place) if part.strip() else place
            end = start + len(part.rstrip())
            yield (_mark(fates[start:end], text[start:end]), *_pieces(text[start:end], fates[start:end]))
            place = end
        place = text.find("\n", place) + 1


def _mark(fates: Sequence[Fate], text: str) -> Piece:
    met = {fate for fate, char in zip(fates, text, strict=True) if not char.isspace()}
    return next((_MARKS[fate] for fate in _MARKS if fate in met), _UNMARKED)


def _pieces(text: str, fates: Sequence[Fate]) -> Iterator[Piece]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or fates[end] is not fates[start]:
            words = text[start:end].rstrip()
            yield Piece(words, _TONES[fates[start]])
            yield Piece(text[start + len(words) : end])
            start = end


def _folded(remark: Line, width: int) -> Iterator[Line]:
    """A remark of one tone, wrapped, its later lines under the words of the first."""
    for piece in remark:
        glyph, _, words = piece.text.partition(" ")
        indent = len(glyph) + 1
        for number, part in enumerate(wrap(words, max(1, width - indent))):
            yield (Piece(fit(glyph if number == 0 else "", indent) + part, piece.tone),)
