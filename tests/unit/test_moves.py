"""The lifecycle: no sequence of moves leaves the table, and a move carries what it has to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.finding import Severity
from clients.models.lifecycle import CLOSED, LABELS, ChamadoStatus
from clients.models.moves import ARROWS, Move, Need, arrow, check_move

TODAY = date(2026, 3, 9)
FULL = {
    "comment": "o motivo",
    "url": "https://homologacao.exemplo.com.br",
    "version": "4.18.2",
    "deadline": date(2026, 3, 20),
}
S = ChamadoStatus


def test_every_status_can_be_reached_from_triagem_and_only_two_are_the_end() -> None:
    reached, new = {S.TRIAGEM}, {S.TRIAGEM}
    while new:
        new = {each.to for status in new for each in ARROWS[status]} - reached
        reached |= new
    assert reached == set(ChamadoStatus)
    assert {status for status, arrows in ARROWS.items() if not arrows} == CLOSED


@given(st.lists(st.sampled_from(ChamadoStatus), max_size=40))
def test_no_sequence_of_moves_leaves_the_table(wishes: list[ChamadoStatus]) -> None:
    status = S.TRIAGEM
    for wish in wishes:
        findings = check_move(status, Move.model_validate({"to": wish, **FULL}), today=TODAY)
        if arrow(status, wish) is None:
            assert [found.field for found in findings] == ["to"]
        else:
            assert findings == ()
            status = wish


@given(st.sampled_from(ChamadoStatus), st.sampled_from(ChamadoStatus))
def test_an_illegal_move_names_each_legal_one(before: ChamadoStatus, to: ChamadoStatus) -> None:
    if arrow(before, to) is not None:
        return
    (found,) = check_move(before, Move.model_validate({"to": to, **FULL}), today=TODAY)
    assert found.severity is Severity.BLOCK
    assert all(LABELS[each.to] in found.message for each in ARROWS[before])


@pytest.mark.parametrize(
    ("before", "to", "need"),
    [
        (S.TRIAGEM, S.REPROVADO, Need.COMMENT),
        (S.TRIAGEM, S.AGUARDANDO_INFORMACOES, Need.COMMENT),
        (S.TRIAGEM, S.BACKLOG, Need.DEADLINE),
        (S.AGUARDANDO_INFORMACOES, S.TRIAGEM, Need.COMMENT),
        (S.PR_APROVADO, S.PUBLICADO_EM_HOMOLOGACAO, Need.URL),
        (S.TEST_FINISHED, S.PUBLICADO, Need.VERSION),
        (S.PULL_REQUEST, S.ERROR_FIX, Need.COMMENT),
        (S.TESTING, S.ERROR_FIX, Need.COMMENT),
        (S.PUBLICADO, S.ENCERRADO, Need.COMMENT),
        (S.PUBLICADO, S.ERROR_FIX, Need.COMMENT),
    ],
)
def test_a_move_carries_what_it_has_to(before: ChamadoStatus, to: ChamadoStatus, need: Need) -> None:
    without = {name: value for name, value in FULL.items() if name != need}
    (found,) = check_move(before, Move.model_validate({"to": to, **without}), today=TODAY)
    assert found.field == need
    assert found.example
    assert check_move(before, Move.model_validate({"to": to, need: FULL[need]}), today=TODAY) == ()


def test_a_deadline_is_not_yesterday_and_a_url_can_be_opened() -> None:
    late = Move(to=S.BACKLOG, deadline=date(2026, 3, 8))
    assert "08/03/2026 já passou" in check_move(S.TRIAGEM, late, today=TODAY)[0].message
    assert check_move(S.TRIAGEM, Move(to=S.BACKLOG, deadline=TODAY), today=TODAY) == ()
    nowhere = Move(to=S.PUBLICADO_EM_HOMOLOGACAO, url="no servidor de testes")
    assert check_move(S.PR_APROVADO, nowhere, today=TODAY)[0].field == "url"


def test_labels_of_ones_own_are_in_the_refusal() -> None:
    labels = {**LABELS, S.BACKLOG: "Fila"}
    (found,) = check_move(S.TRIAGEM, Move(to=S.DOING), today=TODAY, labels=labels)
    assert found.message == "De Triagem não se passa a Doing: só a Fila, Reprovado ou Aguardando Informações."


def test_a_chamado_is_closed_with_what_the_client_said_and_claims_no_more() -> None:
    (found,) = check_move(S.PUBLICADO, Move(to=S.ENCERRADO), today=TODAY)
    assert found.message == "O que o cliente disse: preencha."
    assert found.example == "Testei aqui e deu certo."
    way = arrow(S.PUBLICADO, S.ENCERRADO)
    assert way is not None
    assert "validou" not in way.verb
