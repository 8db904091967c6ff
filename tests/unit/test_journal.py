import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pydantic import ValidationError

from clients.errors import PlantaoError
from clients.store import Store
from tests.support.clock import Clock
from tui.intent import Intent, State, Step
from tui.journal import LEASE, LONGEST_SEND, Busy, Journal, JournalError, Overtaken
from tui.session import Session

ME = Session(host="ponte", pid=4_194_303, started="inicio:1")  # beyond the highest pid: never runs
REPLY = Step("freshdesk.reply", "ticket:4102", {"text": "Olá"}, {"last": 7})
MINUTE = timedelta(minutes=1)


@pytest.fixture
def journal(store: Store, clock: Clock) -> Journal:
    return Journal(store, ME, clock)


def test_an_intent_is_on_disk_before_anything_is_sent(journal: Journal, store: Store, clock: Clock) -> None:
    (intent,) = journal.plan([REPLY])
    sending = journal.begin(intent, MINUTE)
    other = Store(store.path)
    try:
        found = Journal(other, ME, clock).get(intent.op_id)
    finally:
        other.close()
    assert found == sending
    assert found.state is State.SENDING
    assert found.sent_at == clock.now
    assert found.deadline == clock.now + MINUTE
    assert found.attempts == 1
    assert found.payload == {"text": "Olá"}
    assert found.baseline == {"last": 7}


def test_an_intent_cannot_be_altered(journal: Journal) -> None:
    (intent,) = journal.plan([REPLY])
    with pytest.raises(ValidationError):
        intent.kind = "outro"  # type: ignore[misc]


def test_a_done_intent_is_not_pending_and_keeps_its_remote_id(journal: Journal) -> None:
    (intent,) = journal.plan([REPLY])
    journal.done(journal.begin(intent, MINUTE), 90001)
    assert journal.pending() == ()
    found = journal.get(intent.op_id)
    assert found is not None
    assert (found.state, found.remote_id, found.owner) == (State.DONE, 90001, None)


def test_a_second_workflow_on_the_same_ticket_waits(journal: Journal) -> None:
    (first,) = journal.plan([REPLY])
    with pytest.raises(Busy) as busy:
        journal.plan([Step("freshdesk.note", "ticket:4103", {}), Step("freshdesk.note", "ticket:4102", {})])
    assert busy.value.intent == first
    assert journal.pending() == (first,), "nothing of the refused workflow was written"
    journal.fail(first, "desistiu")
    assert len(journal.plan([REPLY])) == 1


def test_a_step_waits_for_the_one_before(journal: Journal) -> None:
    first, second = journal.plan([REPLY, Step("freshdesk.status", "ticket:4102", {"status": 3})])
    with pytest.raises(JournalError, match="passo 1"):
        journal.begin(second, MINUTE)
    journal.done(journal.begin(first, MINUTE), 1)
    assert journal.begin(second, MINUTE).state is State.SENDING


def test_no_way_leads_out_of_done_nor_around_looking(journal: Journal) -> None:
    (intent,) = journal.plan([REPLY])
    sending = journal.begin(intent, MINUTE)
    with pytest.raises(JournalError):
        journal.begin(sending, MINUTE)
    unsure = journal.unsure(sending, "sem resposta")
    with pytest.raises(JournalError):
        journal.begin(unsure, MINUTE)
    done = journal.done(unsure, 5)
    with pytest.raises(JournalError):
        journal.fail(done, "tarde demais")


def test_the_quarantine_counts_from_when_the_answer_was_lost(journal: Journal, clock: Clock) -> None:
    sending = journal.begin(journal.plan([REPLY])[0], MINUTE)
    clock.forward(seconds=120)  # files are on their way for as long as that
    unsure = journal.unsure(sending, "sem resposta")
    assert unsure.deadline == clock.now + MINUTE
    assert unsure.owner is not None
    assert unsure.owner.until == clock.now + LEASE + MINUTE


def test_what_was_interrupted_yesterday_is_out_of_quarantine(journal: Journal, clock: Clock) -> None:
    sending = journal.begin(journal.plan([REPLY])[0], MINUTE)
    clock.forward(days=1)
    unsure = journal.unsure(sending, "interrompida")
    assert unsure.deadline is not None
    assert unsure.deadline < clock.now


def test_a_stale_copy_of_an_intent_changes_nothing(journal: Journal) -> None:
    (intent,) = journal.plan([REPLY])
    journal.begin(intent, MINUTE)
    with pytest.raises(Overtaken):
        journal.fail(intent, "cópia antiga")


def running(clock: Clock, store: Store, process: "subprocess.Popen[bytes]") -> Journal:
    from tui import session

    there = Session(host=ME.host, pid=process.pid, started=session._started(process.pid))
    return Journal(store, there, clock)


@pytest.fixture
def other_process() -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        yield process
        process.kill()


def test_two_sessions_never_settle_the_same_intent(
    journal: Journal, store: Store, clock: Clock, other_process: "subprocess.Popen[bytes]"
) -> None:
    theirs = running(clock, store, other_process)
    (intent,) = theirs.plan([REPLY])
    sending = theirs.begin(intent, MINUTE)
    assert journal.claim(intent.op_id) is None, "the other one runs and holds its lease"
    assert journal.pending() == (sending,), "it is seen all the same"

    other_process.kill()
    other_process.wait()
    claimed = journal.claim(intent.op_id)
    assert claimed is not None
    assert claimed.owner is not None
    assert claimed.owner.session == ME
    with pytest.raises(Overtaken):
        theirs.done(sending, 1)


def test_a_session_that_hangs_loses_its_intent_when_the_lease_ends(
    journal: Journal, store: Store, clock: Clock, other_process: "subprocess.Popen[bytes]"
) -> None:
    theirs = running(clock, store, other_process)
    sending = theirs.begin(theirs.plan([REPLY])[0], MINUTE)
    clock.now += LONGEST_SEND + LEASE
    assert journal.claim(sending.op_id) is None, "the quarantine counts on top of the lease"
    clock.now += MINUTE
    assert journal.claim(sending.op_id) is not None
    with pytest.raises(Overtaken):
        theirs.done(sending, 1)


def test_what_a_living_session_is_still_sending_is_not_settled_by_another(
    journal: Journal, store: Store, clock: Clock, other_process: "subprocess.Popen[bytes]"
) -> None:
    """Large files on a slow line: who looks before they arrived finds nothing, and would send once more."""
    theirs = running(clock, store, other_process)
    sending = theirs.begin(theirs.plan([REPLY])[0], MINUTE)
    clock.now += LONGEST_SEND
    assert journal.claim(sending.op_id) is None
    assert theirs.done(sending, 1).state is State.DONE


def test_what_goes_with_a_workflow_is_written_with_it_or_not_at_all(journal: Journal, store: Store) -> None:
    def note(workflow: str) -> None:
        store.put("notes", "name", [{"name": workflow}])

    (planned,) = journal.plan([REPLY], also=note)
    assert [row["name"] for row in store.table("notes").all()] == [planned.workflow]
    with pytest.raises(Busy):
        journal.plan([REPLY], also=note)
    assert len(store.table("notes").all()) == 1

    def fails(workflow: str) -> None:
        raise PlantaoError("sem espaço")

    elsewhere = Step("freshdesk.reply", "ticket:4103", {"text": "Olá"})
    with pytest.raises(PlantaoError, match="sem espaço"):
        journal.plan([elsewhere], also=fails)
    assert journal.pending() == (planned,)


def test_an_intent_of_another_host_is_left_alone_while_its_lease_holds(
    journal: Journal, store: Store, clock: Clock
) -> None:
    far = Journal(store, ME.model_copy(update={"host": "outra"}), clock)
    (intent,) = far.plan([REPLY])
    assert journal.claim(intent.op_id) is None
    clock.forward(minutes=5)
    assert journal.claim(intent.op_id) is not None


def test_a_reused_process_number_is_not_taken_for_the_session(
    journal: Journal, store: Store, clock: Clock, other_process: "subprocess.Popen[bytes]"
) -> None:
    before = Journal(store, Session(host=ME.host, pid=other_process.pid, started="inicio:0"), clock)
    (intent,) = before.plan([REPLY])
    assert journal.claim(intent.op_id) is not None


def test_this_process_knows_itself() -> None:
    from tui.session import gone

    here = Session.here()
    assert not gone(here, here)
    assert gone(here.model_copy(update={"started": here.started + "0"}), here)


def test_texts_of_what_was_closed_long_ago_are_forgotten(
    journal: Journal, store: Store, clock: Clock
) -> None:
    note = Step("freshdesk.note", "ticket:7", {"text": "aguarda"})
    (sent,), (refused,) = journal.plan([REPLY]), journal.plan([note])
    journal.done(journal.begin(sent, MINUTE), 1)
    journal.fail(refused, "recusada")
    first, second = journal.plan([note, Step("freshdesk.status", "ticket:7", {"status": 3})])
    journal.done(journal.begin(first, MINUTE), 2)
    clock.forward(days=8)
    (late,) = journal.plan([REPLY])
    journal.done(journal.begin(late, MINUTE), 3)
    journal.forget_closed(clock.now - timedelta(days=7))
    kept = {row["op_id"] for row in store.table("ops").all()}
    assert kept == {first.op_id, second.op_id, late.op_id}, "of an open workflow all is kept"


def test_pending_intents_come_oldest_first(journal: Journal, clock: Clock) -> None:
    (late,) = journal.plan([Step("freshdesk.note", "ticket:1", {})])
    clock.forward(minutes=-10)
    early = journal.plan([REPLY, Step("freshdesk.note", "ticket:4102", {})])
    ids: list[Intent] = [*early, late]
    assert list(journal.pending()) == ids
