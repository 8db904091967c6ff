"""What a web address is, wherever one is asked for."""

from datetime import date

import pytest

from clients.models.letter_body import Body, Fact, as_html
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move, check_move
from clients.models.quality.files import check_entries
from clients.models.web_address import is_web_address

ADDRESSES = [
    ("https://homologacao.exemplo.com.br/a?b=1&c=x#d", True),
    ("http://homologacao:8080/pedidos", True),
    ("http://10.0.0.5/", True),
    ("http://[2001:db8::1]:8080/", True),
    ("https://homologação.exemplo.com.br", True),
    ("https://", False),
    ("https:///a", False),
    ("https://[::1", False),
    ("https://a..b", False),
    ("https://exemplo.com.br:99999/", False),
    ("https://banco.exemplo.com.br@mal.exemplo.com.br/", False),
    ("https://exemplo.com.br/meu video", False),
    ("https://exemplo.com.br/meu\u00a0video", False),
    (f"https://exemplo.com.br/{'a' * 2_000}", False),
    ("ftp://exemplo.com.br/x", False),
    ("javascript://exemplo.com.br/%0aalert(1)", False),
]


@pytest.mark.parametrize(("url", "is_one"), ADDRESSES)
def test_it_is_the_same_for_a_move_a_list_of_links_and_a_letter(url: str, is_one: bool) -> None:
    assert is_web_address(url) is is_one
    move = Move(to=ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO, url=url)
    moved = not check_move(ChamadoStatus.PR_APROVADO, move, today=date(2026, 3, 9))
    listed = "arquivos.link" not in [finding.rule for finding in check_entries(url)]
    linked = "<a href=" in as_html(Body("42", "Publicado", "Saiu.", (Fact("Onde", url),)))
    assert (moved, listed, linked) == (is_one,) * 3


def test_the_beginning_may_be_left_out_in_a_list_only() -> None:
    assert not list(check_entries("www.exemplo.com.br/video"))
    assert not is_web_address("www.exemplo.com.br/video")
