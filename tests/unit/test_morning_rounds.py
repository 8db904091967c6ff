"""Rounds on disk, and what counts as done about a failing service."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from clients.models.morning import CheckKind, MorningRound, Sight
from clients.models.service import Service, ServiceState
from clients.models.service_doings import dealt_with
from clients.models.service_note import ServiceNote
from clients.models.walk import Outcome, Walk
from clients.runbooks import shipped
from clients.store import Store
from tests.support.clock import Clock
from tui.morning_rounds import MorningRounds

TODAY = date(2026, 3, 4)
KINDS = list(CheckKind)


@pytest.fixture
def rounds(store: Store) -> MorningRounds:
    return MorningRounds(store)


@pytest.fixture
def elsewhere(store: Store) -> Iterator[MorningRounds]:
    """The same analyst in another tmux window."""
    opened = Store(store.path)
    yield MorningRounds(opened)
    opened.close()


def ticked(rounds: MorningRounds, kind: CheckKind, clock: Clock) -> MorningRound:
    sight = Sight(kind=kind, told="nenhum", read_at=clock())
    return rounds.change(TODAY, "Ana", lambda one: one.ticked(sight, clock()))


def closed(rounds: MorningRounds, clock: Clock, day: date = TODAY) -> MorningRound:
    return rounds.change(day, "Ana", lambda one: one.closed("texto", clock(), absent=KINDS))


def test_two_sessions_tick_one_list(rounds: MorningRounds, elsewhere: MorningRounds, clock: Clock) -> None:
    ticked(rounds, CheckKind.SERVICES, clock)
    both = ticked(elsewhere, CheckKind.TIMERS, clock)
    assert rounds.of(TODAY, "Ana") == both
    assert both.done == 2
    assert rounds.of(TODAY, "Bia").done == 0


def test_only_one_session_closes_it(rounds: MorningRounds, elsewhere: MorningRounds, clock: Clock) -> None:
    first = closed(rounds, clock)
    with pytest.raises(ValueError, match="já foi fechada"):
        closed(elsewhere, clock)
    assert elsewhere.of(TODAY, "Ana") == first


def test_the_next_round_knows_when_those_before_were_closed(rounds: MorningRounds, clock: Clock) -> None:
    before = closed(rounds, clock, TODAY - timedelta(days=1))
    closed(rounds, clock)
    rounds.change(TODAY, "Bia", lambda one: one.closed("texto", clock(), absent=KINDS))
    assert rounds.closed_before(TODAY, "Ana") == (before.closed_at,)


def service(clock: Clock, **more: object) -> Service:
    asked = {"since": clock() - timedelta(hours=2), **more}
    return Service.model_validate(
        {"client": "Loja Sol", "service": "CTE", "state": ServiceState.FAIL, **asked}
    )


def note(clock: Clock, hours: int, text: str, *, acknowledges: bool = False) -> ServiceNote:
    at = clock() - timedelta(hours=hours)
    return ServiceNote(id=text, key="loja sol/cte", at=at, who="Ana", text=text, acknowledges=acknowledges)


def test_only_what_was_done_since_it_fails_counts(clock: Clock) -> None:
    notes = (note(clock, 1, "cadastro\ndeles", acknowledges=True), note(clock, 3, "outra falha"))
    assert dealt_with(service(clock), notes, (), clock()) == "ciente por Ana, hoje 11:00: cadastro deles"
    assert dealt_with(service(clock), notes[1:], (), clock()) == ""


def test_of_a_failure_without_a_beginning_what_was_done_today_counts(clock: Clock) -> None:
    notes = (note(clock, 30, "anteontem"), note(clock, 3, "hoje"))
    found = dealt_with(service(clock, since=None), notes, (), clock())
    assert found == "anotado por Ana, hoje 09:00: hoje"


def test_a_runbook_that_was_walked_for_it_counts_with_what_was_found(clock: Clock) -> None:
    runbook = next(each for each in shipped() if each.id == "servico-dype")

    def walk(client: str, of: str) -> Walk:
        return Walk(id="w1", runbook=runbook, client=client, service=of, who="Ana", begun_at=clock())

    step = runbook.steps[0]
    found = walk("LOJA SOL", "cte").stepped(
        step.id, Outcome.OTHERWISE, at=clock(), who="Ana", found="erro no cadastro"
    )
    told = dealt_with(service(clock), (), (found,), clock())
    assert told.startswith(f"roteiro {runbook.title} por Ana, hoje 12:00, em andamento: ")
    assert told.endswith("erro no cadastro")
    for other in (walk("Loja Lua", "CTE"), walk("Loja Sol", "Serviço DYPE")):
        assert dealt_with(service(clock), (), (other,), clock()) == ""
