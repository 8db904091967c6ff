"""Walking a runbook: one step at a time, each with who, when and what was found; nobody is left inside."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.runbook import Act, Runbook, Step
from clients.models.walk import Outcome, Walk
from clients.runbooks import shipped

NOW = datetime(2026, 5, 4, 11, 30, tzinfo=UTC)
DYPE = next(each for each in shipped() if each.id == "servico-dype")

ONE_LOOK = Runbook(id="ver", title="Ver", steps=(Step(id="ver", title="Ver o serviço"),))


def _walk(runbook: Runbook = DYPE) -> Walk:
    return Walk(id="w", runbook=runbook, client="Loja Sol", service="Serviço DYPE", who="Bia", begun_at=NOW)


def _until(step_id: str) -> Walk:
    walk, at = _walk(), NOW
    while walk.current and walk.current.id != step_id:
        at += timedelta(minutes=1)
        walk = walk.stepped(walk.current.id, Outcome.DONE, at=at, who="Bia", found="em execução")
    return walk


def test_it_begins_at_the_first_step_outside() -> None:
    walk = _walk()
    assert walk.current is DYPE.steps[0]
    assert (walk.inside, walk.entered_at) == (False, None)


def test_one_step_at_a_time_in_order() -> None:
    with pytest.raises(ValueError, match="antes vem o passo “Ver quem está no servidor”"):
        _walk().stepped("ver-log", Outcome.DONE, at=NOW, who="Bia", found="nada")


def test_a_record_is_asked_for() -> None:
    with pytest.raises(ValueError, match="falta “Situação do serviço”"):
        _until("ver-servico").stepped("ver-servico", Outcome.DONE, at=NOW, who="Bia", found=" ")


@pytest.mark.parametrize("outcome", [Outcome.OTHERWISE, Outcome.SKIPPED])
def test_what_is_not_as_expected_or_is_skipped_needs_words(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="escreva"):
        _until("conectar").stepped("conectar", outcome, at=NOW, who="Bia")


def test_where_something_is_not_as_expected_one_stops() -> None:
    walk = _until("ver-log").stepped(
        "ver-log", Outcome.OTHERWISE, at=NOW, who="Bia", found="exceção no lote 3"
    )
    assert walk.stopped_at is not None
    assert walk.stopped_at.id == "ver-log"
    assert "Trecho do log: exceção no lote 3" in walk.findings


def test_a_step_can_be_done_again_and_its_last_word_counts() -> None:
    walk = _until("desconectar").stepped("ver-servico", Outcome.OTHERWISE, at=NOW, who="Bia", found="parado")
    mark = walk.dealt_with(DYPE.steps[3])
    assert mark is not None
    assert (mark.outcome, mark.found) == (Outcome.OTHERWISE, "parado")
    assert walk.current is DYPE.steps[5]


def test_having_entered_one_is_inside_until_the_leaving_is_announced() -> None:
    inside = _until("conectar")
    assert (inside.inside, inside.entered_at) == (True, NOW + timedelta(minutes=2))
    with pytest.raises(ValueError, match="anuncie a saída"):
        inside.ended(NOW)


def test_leaving_cannot_be_skipped() -> None:
    with pytest.raises(ValueError, match="não pode ser pulada"):
        _until("anunciar-saida").stepped("anunciar-saida", Outcome.SKIPPED, at=NOW, who="Bia", found="pressa")


def test_after_leaving_it_is_closed_and_stays_so() -> None:
    walk = _until("").ended(NOW + timedelta(hours=1))
    assert (walk.current, walk.inside) == (None, False)
    with pytest.raises(ValueError, match="já foi encerrado"):
        walk.stepped("ver-log", Outcome.DONE, at=NOW, who="Bia", found="nada")


def test_it_is_the_same_after_the_disk() -> None:
    walk = _until("ver-log")
    assert Walk.model_validate_json(walk.model_dump_json()) == walk


@given(st.lists(st.tuples(st.integers(0, len(DYPE.steps) - 1), st.sampled_from(Outcome), st.booleans())))
def test_no_way_of_walking_ends_it_with_somebody_inside(way: list[tuple[int, Outcome, bool]]) -> None:
    walk, announced = _walk(), 0
    for place, outcome, ends in way:
        step = DYPE.steps[place]
        try:
            walk = walk.stepped(step.id, outcome, at=NOW, who="Bia", found="x")
            announced += (
                {Act.ENTER: 1, Act.LEAVE: -1}[step.act] if step.act and outcome is Outcome.DONE else 0
            )
            walk = walk.ended(NOW) if ends else walk
        except ValueError:
            continue
        assert walk.inside is bool(announced)
        assert not (walk.ended_at and announced)


def test_nobody_goes_on_over_the_entry() -> None:
    begun = _until("anunciar-entrada")
    with pytest.raises(ValueError, match="a entrada não pode ser pulada"):
        begun.stepped("anunciar-entrada", Outcome.SKIPPED, at=NOW, who="Bia", found="já avisei")
    refused = begun.stepped("anunciar-entrada", Outcome.OTHERWISE, at=NOW, who="Bia", found="Slack fora")
    with pytest.raises(ValueError, match="a entrada no servidor não foi anunciada"):
        refused.stepped("conectar", Outcome.DONE, at=NOW, who="Bia")
    skipped = refused.stepped("conectar", Outcome.SKIPPED, at=NOW, who="Bia", found="não entrei")
    assert not skipped.inside


def test_why_a_step_was_skipped_is_nothing_that_was_found() -> None:
    walk = _walk()
    for step in DYPE.steps:
        if step.act is None and walk.current == step:
            walk = walk.stepped(step.id, Outcome.SKIPPED, at=NOW, who="Bia", found="sem acesso")
            break
    assert (walk.findings, walk.conclusion) == ("", "")


def test_a_walk_comes_to_something_by_what_was_found_or_by_being_closed_with_a_step_done() -> None:
    begun = _walk(ONE_LOOK)
    assert not begun.came_to_something
    assert not begun.ended(NOW).came_to_something
    skipped = begun.stepped("ver", Outcome.SKIPPED, at=NOW, who="Bia", found="sem acesso")
    assert not skipped.ended(NOW).came_to_something
    done = begun.stepped("ver", Outcome.DONE, at=NOW, who="Bia")
    assert not done.came_to_something
    assert done.ended(NOW).came_to_something
    otherwise = begun.stepped("ver", Outcome.OTHERWISE, at=NOW, who="Bia", found="parado")
    assert otherwise.came_to_something
