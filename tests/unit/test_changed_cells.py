from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.changed_cells import changed_cells

DIM, BRIGHT = Style(dim=True), Style(bold=True)


def strip(*pieces: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in pieces])


def test_only_what_differs_is_counted() -> None:
    assert changed_cells(strip(("abcdef   ", DIM)), strip(("abXdYf   ", DIM))) == (2, 3)
    assert changed_cells(strip(("abc", DIM)), strip(("ab", DIM), ("c", DIM))) == (0, 0)
    assert changed_cells(strip(("abc", DIM)), strip(("a", DIM), ("bc", BRIGHT))) == (1, 2)


def test_a_wide_character_is_never_cut() -> None:
    assert changed_cells(strip(("a漢c", DIM)), strip(("a字c", DIM))) == (1, 2)
    assert changed_cells(strip(("a漢c", DIM)), strip(("axyc", DIM))) == (1, 2)
    assert changed_cells(strip(("axyc", DIM)), strip(("ax漢", DIM))) == (2, 2)


def test_a_mark_is_never_cut_off() -> None:
    assert changed_cells(strip(("abe\u0301x", DIM)), strip(("abe\u0300x", DIM))) == (0, 4)


def test_another_width_changes_all() -> None:
    assert changed_cells(strip(("abc", DIM)), strip(("abcd", DIM))) == (0, 4)


def test_characters_that_join_change_all() -> None:
    before, after = strip(("👍🏽 a", DIM)), strip(("👍🏽 b", DIM))
    assert changed_cells(before, after) in ((3, 1), (0, after.cell_length))


CHARACTERS = st.lists(st.sampled_from(["a", "b", " ", "漢", "é", "e\u0301"]), max_size=6).map("".join)
TEXTS = st.lists(st.tuples(CHARACTERS, st.sampled_from((DIM, BRIGHT))), max_size=4)


@given(TEXTS, TEXTS)
def test_writing_the_changed_cells_makes_one_line_of_the_other(
    old: list[tuple[str, Style]], new: list[tuple[str, Style]]
) -> None:
    before, after = strip(*old), strip(*new)
    start, count = changed_cells(before, after)
    width = after.cell_length
    if before.cell_length != width:
        assert (start, count) == (0, width)
        return
    parts = [before.crop(0, start), after.crop(start, start + count), before.crop(start + count, width)]
    written = Strip.join(parts)
    assert written.text == after.text
    assert changed_cells(written, after)[1] in (0, width)
