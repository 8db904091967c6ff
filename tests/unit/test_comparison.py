"""Two texts beside or below each other: nothing of either is lost, and what changed is marked in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clients.models.assistant.offline import rewrite
from clients.models.assistant.sides import sides
from clients.models.assistant.word_diff import Fate
from clients.models.text import safe_text
from widgets.comparison import comparison_lines

BEFORE = "O pedido não salva. Acesse Vendas > Pedidos. Sem acento."
TEXTS = st.text(alphabet="ab .\n", max_size=60) | st.text(max_size=30).map(safe_text)


def shown(before: str, after: str, width: int) -> list[str]:
    lines = comparison_lines(sides(before, after), width)
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def test_each_line_says_what_is_in_it() -> None:
    assert shown("um dois três\nquatro", "um três\nquatro\ncinco", 40) == [
        "Proposta   + entra   ~ muda de lugar",
        "  um três",
        "  quatro",
        "+ cinco",
        "",
        "Como está   - sai   ~ muda de lugar",
        "- um dois três",
        "  quatro",
    ]


def test_what_only_moved_is_no_news() -> None:
    compared = sides(BEFORE, "Acesse Vendas > Pedidos.\nO pedido não salva.\nCom acento.")
    moved = [text.strip() for fate, text in (*compared.before, *compared.after) if fate is Fate.MOVED]
    assert set(moved) in ({"Acesse Vendas > Pedidos."}, {"O pedido não salva."})
    assert "".join(text for _, text in compared.before) == BEFORE


@pytest.mark.parametrize("width", [40, 100, 160])
def test_every_line_fits_and_both_texts_are_whole(width: int) -> None:
    proposal = rewrite(BEFORE).text
    lines = shown(BEFORE, proposal, width)
    for word in (BEFORE + " " + proposal).split():
        assert any(word in line for line in lines), word


@given(TEXTS, TEXTS, st.sampled_from([40, 120]))
def test_no_line_is_too_wide(before: str, after: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in shown(before, after, width))


@given(TEXTS, TEXTS)
def test_the_sides_are_the_texts(before: str, after: str) -> None:
    compared = sides(before, after)
    assert "".join(text for _, text in compared.before) == before
    assert "".join(text for _, text in compared.after) == after
