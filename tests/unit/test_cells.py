import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.cells import Piece, Tone, clip, clip_line, fit, justify, line_width, wrap

TEXT = st.text(st.sampled_from("ab çÃ漢字é…—\u0301 "), max_size=60)


@given(TEXT, st.integers(0, 40), st.booleans())
def test_fit_fills_exactly(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


def test_clip_marks_what_it_cut_and_leaves_the_rest() -> None:
    assert clip("Emissão", 7) == "Emissão"
    assert clip("Emissão", 5) == "Emis…"
    assert clip("漢字漢字", 4) == "漢…"
    assert clip("abc", 0) == ""


@given(st.lists(TEXT, max_size=5), st.integers(0, 40))
def test_a_line_that_fits_is_left_alone(texts: list[str], more: int) -> None:
    line = tuple(Piece(text) for text in texts)
    assert clip_line(line, line_width(line) + more) == line


@given(st.lists(TEXT, min_size=1, max_size=5), st.integers(1, 40))
def test_a_clipped_line_keeps_as_much_of_its_beginning_as_fits(texts: list[str], width: int) -> None:
    line = [Piece(text) for text in texts]
    assume(line_width(line) > width)
    clipped = clip_line(line, width)
    assert line_width(clipped) <= width
    text, whole = "".join(piece.text for piece in clipped), "".join(texts)
    said = text.removesuffix("…")
    assert said != text
    assert whole.startswith(said)
    blanks = len(whole[len(said) :]) - len(whole[len(said) :].lstrip())  # none stay before the ellipsis
    assert cell_len(said) + blanks >= width - 2  # the ellipsis, and half a wide character


def test_nothing_fits_into_no_width() -> None:
    assert clip_line([Piece("abc")], 0) == ()


def test_both_ends_of_a_line_and_the_left_gives_way() -> None:
    line = justify((Piece("esquerda"),), (Piece("dir", Tone.DIM),), 12)
    assert "".join(piece.text for piece in line) == "esquerda dir"
    line = justify((Piece("esquerda"),), (Piece("dir"),), 8)
    assert "".join(piece.text for piece in line) == "esq… dir"


@given(TEXT, st.integers(1, 30))
def test_wrapped_lines_fit_and_lose_no_character(text: str, width: int) -> None:
    lines = list(wrap(text, max(width, 2)))
    assert all(cell_len(line) <= max(width, 2) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("um dois três", ["um dois", "três"]),
        ("  recuado aqui", ["  recuado", "aqui"]),
        ("palavracomprida x", ["palavraco", "mprida x"]),
    ],
)
def test_wrap_breaks_at_blanks(text: str, lines: list[str]) -> None:
    assert list(wrap(text, 9)) == lines
