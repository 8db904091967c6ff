"""Histories and notes of services on disk: a change at once, sameness seldom, two sessions together."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from clients.models.service import Service, ServiceState
from clients.models.service_note import Destination, Passed, ServiceNote, is_known
from clients.store import Store
from tests.support.clock import Clock
from tui.service_log import HISTORIES, ServiceLog

OK, FAIL = ServiceState.OK, ServiceState.FAIL


@pytest.fixture
def log(store: Store) -> ServiceLog:
    return ServiceLog(store)


@pytest.fixture
def elsewhere(store: Store) -> Iterator[ServiceLog]:
    """The same analyst in another tmux window."""
    opened = Store(store.path)
    yield ServiceLog(opened)
    opened.close()


def _cte(state: ServiceState, **facts: object) -> Service:
    return Service.model_validate({"client": "Loja Sol", "service": "CTE", "state": state} | facts)


def test_a_change_is_written_at_once(log: ServiceLog, clock: Clock) -> None:
    log.note_look([_cte(OK)], clock())
    clock.forward(minutes=1)
    log.note_look([_cte(FAIL)], clock())
    assert [each.state for each in log.history("loja sol/cte").spells] == [OK, FAIL]


def test_that_nothing_changed_is_written_now_and_then(log: ServiceLog, store: Store, clock: Clock) -> None:
    began = clock()
    seen = set()
    for _ in range(25):
        log.note_look([_cte(OK)], clock())
        seen.add(str(store.table(HISTORIES).all()))
        clock.forward(minutes=1)
    assert len(seen) == 3
    assert log.history("loja sol/cte").spells[0].seen == began + timedelta(minutes=20)


def test_two_sessions_write_one_history(log: ServiceLog, elsewhere: ServiceLog, clock: Clock) -> None:
    log.note_look([_cte(OK)], clock())
    clock.forward(minutes=2)
    elsewhere.note_look([_cte(FAIL)], clock())
    clock.forward(minutes=2)
    log.note_look(
        [_cte(OK)], clock() - timedelta(minutes=4, seconds=1)
    )  # a look that comes late changes nothing
    assert [each.state for each in log.history("loja sol/cte").spells] == [OK, FAIL]
    assert log.histories().keys() == {"loja sol/cte"}


def test_notes_are_kept_newest_first_and_once(log: ServiceLog, clock: Clock) -> None:
    first = ServiceNote(id="1", key="k", at=clock(), who="Bia", text="já avisei")
    second = ServiceNote(id="2", key="k", at=clock() + timedelta(minutes=1), who="Bia", text="visto")
    for note in (first, second, first):
        log.write_down(note)
    assert log.notes("k") == (second, first)
    assert log.notes("outro") == ()


def test_an_acknowledgement_is_of_the_failure_of_its_time(log: ServiceLog, clock: Clock) -> None:
    log.write_down(ServiceNote(id="1", key="k", at=clock(), who="Bia", text="com a WE", acknowledges=True))
    note = log.acknowledged()["k"]
    assert is_known(_cte(FAIL, since=clock() - timedelta(hours=1)), note, clock())
    assert not is_known(_cte(FAIL, since=clock() + timedelta(hours=1)), note, clock())
    assert not is_known(_cte(OK), note, clock())
    assert not is_known(_cte(FAIL), None, clock())


def test_of_a_failure_without_a_beginning_an_acknowledgement_of_today_counts(clock: Clock) -> None:
    note = ServiceNote(id="1", key="k", at=clock(), who="Bia", text="com a WE", acknowledges=True)
    assert is_known(_cte(FAIL), note, clock())
    assert not is_known(_cte(FAIL), note, clock() + timedelta(days=1))
    assert not is_known(_cte(FAIL), note, clock() + timedelta(days=40))


def test_where_a_note_went_on_to_is_kept_with_it(
    log: ServiceLog, elsewhere: ServiceLog, clock: Clock
) -> None:
    log.write_down(ServiceNote(id="1", key="k", at=clock(), who="Bia", text="visto", excerpt="ERRO 1"))
    asked = Passed(to=Destination.LEAD, place="gestor_suporte", at=clock(), who="Bia")
    noted = Passed(to=Destination.NOTE, place="#7", at=clock(), who="Bia")
    log.passed_on("1", asked)
    elsewhere.passed_on("1", noted)
    log.passed_on("gone", noted)
    (note,) = log.notes("k")
    assert (note.passed, note.excerpt) == ((asked, noted), "ERRO 1")


def _passed(log: ServiceLog, clock: Clock, passed: Passed) -> ServiceNote:
    note = ServiceNote(
        id="1", key="loja sol/cte", at=clock(), who="Bia", text="Certificado venceu.", passed=(passed,)
    )
    log.write_down(note)
    return note


def test_a_note_that_was_recorded_on_its_ticket_is_no_draft_any_more(log: ServiceLog, clock: Clock) -> None:
    _passed(log, clock, Passed(to=Destination.NOTE, place="#4096", at=clock(), who="Bia"))
    log.note_arrived(4097, "Certificado venceu.")
    log.note_arrived(4096, "outra coisa")
    assert _told(log) == ["rascunho de nota no #4096"]
    log.note_arrived(4096, "Loja Sol · CTE: em falha.\n\nCertificado venceu. Avisado.")
    assert _told(log) == ["nota no #4096"]


def test_a_chamado_that_was_sent_is_told_by_its_number(log: ServiceLog, clock: Clock) -> None:
    _passed(log, clock, Passed(to=Destination.CHAMADO, draft_id="d", at=clock(), who="Bia"))
    log.chamado_arrived("another", 11)
    assert _told(log) == ["rascunho de chamado"]
    log.chamado_arrived("d", 12)
    assert _told(log) == ["chamado nº 12"]


def _told(log: ServiceLog) -> list[str]:
    note = log.note("1")
    assert note is not None
    return [each.told for each in note.passed]
