"""The top line where there is little room: digits, counts and the time are whole, or not there."""

import pytest

from tests.support.desk_sample import NOW
from widgets.cells import Line, Piece, line_width
from widgets.top_line import TopLine

MODES = (("1", "Mesa"), ("3", "Chamados"), ("4", "Serviços"), ("5", "Hoje"))
FULL = (Piece("⇥ Distribuidora Pedro Alves 12 min"), Piece("  "), Piece("✖ 5 em falha  "), Piece("◆ 332  "))
BRIEF = (Piece("⇥ Distribuido… 12 min"), Piece("  "), Piece("✖ 5  "), Piece("◆ 332  "))


def told(width: int, pages: Line = ()) -> str:
    line = TopLine(MODES)
    line.tell("4", FULL, NOW, shorter=(BRIEF,), pages=pages)
    pieces = line.lay_out(width)
    assert line_width(pieces) == width
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize("width", range(30, 140))
def test_digits_and_time_show_at_every_width(width: int) -> None:
    line = told(width)
    assert all(digit in line for digit in ("1 ", " 3 ", "[4", " 5"))
    assert line.endswith(" 10:42 ")


@pytest.mark.parametrize("width", range(30, 140))
def test_no_count_is_cut_and_nothing_is_glued_to_the_modes(width: int) -> None:
    line = told(width)
    assert "◆" not in line or "◆ 332 " in line
    assert "✖" not in line or "✖ 5 " in line
    assert "⇥" not in line or line[line.index("⇥") - 1] == " "


def test_words_go_before_the_name_of_the_mode() -> None:
    assert "[4 Serviços]" in told(76)
    assert "em falha" not in told(76)
    assert "[4]" in told(56)
    assert "✖ 5  ◆ 332" in told(56)


def test_the_pages_of_a_mode_go_last_but_the_counts() -> None:
    pages = (Piece(" lista "), Piece("[kanban]"))
    assert "[kanban]" in told(90, pages)
    assert "[kanban]" not in told(60, pages)
