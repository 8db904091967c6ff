"""Texts behind signs, each broken where the room ends and hanging behind its sign."""

from .cells import Line, Piece, Tone, wrap
from .line_view import LineView

SignedText = tuple[Piece, str]
"""A sign, and the text that hangs behind it."""


class HangingLines(LineView):
    """Shows signed texts from the first one on."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: tuple[SignedText, ...] = ()

    def show_pieces(self, pieces: tuple[SignedText, ...]) -> None:
        """Show ``pieces`` from their beginning, where they are others."""
        if pieces != self._pieces:
            self._pieces = pieces
            self.content_changed()
            self.jump_to(0)

    def line_count(self, width: int) -> int:
        """Lines of the broken text."""
        return len(self._lines(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return self._lines(width)[index]

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for sign, text in self._pieces:
            for number, part in enumerate(wrap(text, width - 3)):
                head = Piece(f" {sign.text} ", sign.tone) if number == 0 else Piece("   ")
                lines.append((head, Piece(part, sign.tone if sign.text == " " else Tone.PLAIN)))
        return lines
