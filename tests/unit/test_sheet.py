"""The paragraphs of a last look, as they are broken to the width there is."""

from widgets.answer_preview import Sheet
from widgets.cells import Line, Piece


def told(paragraph: Line, width: int) -> list[str]:
    """The lines of one paragraph."""
    sheet = Sheet([paragraph])
    lines = (sheet.line_at(at, width) for at in range(sheet.line_count(width)))
    return ["".join(piece.text for piece in line) for line in lines]


def test_the_bar_of_a_quote_goes_down_along_it() -> None:
    assert told((Piece("   │ "), Piece("Boa tarde, Simone")), 15) == ["   │ Boa tarde,", "   │ Simone"]


def test_other_labels_are_said_once() -> None:
    assert told((Piece("Para  "), Piece("Simone Araújo")), 12) == ["Para  Simone", "      Araújo"]
