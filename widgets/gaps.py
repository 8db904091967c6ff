"""What a template left open in a text: where, what it is, and how to mend it."""

from dataclasses import dataclass

from clients.models.folded import Span, line_of
from clients.models.rules.headings import blank_headings
from clients.models.template import unfilled

from .cells import Line, Piece, Tone, clip


@dataclass(frozen=True)
class Gap:
    """A placeholder without a value, a Liquid tag that nobody evaluates, or a heading left blank."""

    text: str
    span: Span
    """What to write over; behind a heading it is empty."""
    line: int
    """Counted from 1."""

    @property
    def said(self) -> str:
        """The gap itself, on one line and not too long."""
        return clip(" ".join(self.text.split()), 34)

    @property
    def mend(self) -> str:
        """What to do about it."""
        if self.text.endswith(":"):
            return "em branco: preencha"
        if self.text.startswith("{%"):
            return "condição não sai: apague"
        if not self.text.endswith("}}"):
            return "não fecha: complete ou apague"
        return "sem valor: escreva por cima"


def gaps(text: str) -> tuple[Gap, ...]:
    """Return the gaps of ``text`` in order; each blocks sending."""
    open_ones = [Gap(text[start:end], (start, end), line_of(text, start)) for start, end in unfilled(text)]
    for part in blank_headings(text):
        start, end = part.span
        open_ones.append(Gap(text[start:end], (end, end), line_of(text, end)))
    return tuple(sorted(open_ones, key=lambda gap: gap.span))


def marked(line: str) -> Line:
    """One line of text with its gaps in the tone of a warning."""
    pieces: list[Piece] = []
    done = 0
    for start, end in unfilled(line):
        pieces += (Piece(line[done:start]), Piece(line[start:end], Tone.WARN))
        done = end
    return tuple(piece for piece in (*pieces, Piece(line[done:])) if piece.text)
