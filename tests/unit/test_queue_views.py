from datetime import timedelta

import pytest

from clients.models.queue import QUEUE_VIEWS, Queue, QueueEntry, QueueView, queue_view
from clients.models.ticket import Ticket, Turn
from tests.support.desk_sample import ME, NOW, VOCABULARY, tickets

HOUR = timedelta(hours=1)


def made(number: int = 1, /, **change: object) -> Ticket:
    wire: dict[str, object] = {
        "id": number,
        "subject": "x",
        "status": 2,
        "created_at": NOW - 30 * HOUR,
        "updated_at": NOW,
        "due_by": NOW + 90 * HOUR,
        "fr_due_by": NOW + 80 * HOUR,
        "stats": {"agent_responded_at": None},
    }
    return Ticket.model_validate({**wire, **change})


ANSWERED = {"agent_responded_at": NOW - 5 * HOUR, "first_responded_at": NOW - 5 * HOUR}
CAME_BACK = {**ANSWERED, "requester_responded_at": NOW - HOUR}


def holds(view: QueueView, ticket: Ticket, me: int | None = ME) -> bool:
    return view.holds(QueueEntry.of(ticket, me, VOCABULARY), NOW)


def views_of(ticket: Ticket) -> set[str]:
    return {view.id for view in QUEUE_VIEWS if holds(view, ticket)}


@pytest.mark.parametrize(
    ("change", "views"),
    [
        ({}, {"todos", "sem_resposta", "minha_vez"}),
        ({"responder_id": 8}, {"todos", "sem_resposta"}),
        ({"responder_id": ME, "stats": CAME_BACK}, {"todos", "minha_vez"}),
        ({"responder_id": 8, "stats": CAME_BACK}, {"todos"}),
        ({"stats": ANSWERED}, {"todos", "aguardando_cliente"}),
        ({"stats": ANSWERED, "status": 6}, {"todos", "aguardando_desenvolvimento"}),
        ({"stats": CAME_BACK, "status": 6}, {"todos", "minha_vez", "aguardando_desenvolvimento"}),
        ({"stats": ANSWERED, "due_by": NOW + 4 * HOUR}, {"todos", "aguardando_cliente", "vencendo"}),
        ({"stats": ANSWERED, "due_by": NOW + 5 * HOUR}, {"todos", "aguardando_cliente"}),
        ({"fr_due_by": NOW - 9 * HOUR}, {"todos", "sem_resposta", "minha_vez", "vencendo"}),
        ({"status": 5, "due_by": NOW - HOUR}, {"todos"}),
    ],
)
def test_a_ticket_is_in_the_views_of_its_state(change: dict[str, object], views: set[str]) -> None:
    assert views_of(made(**change)) == views


def test_who_reads_is_not_known_then_only_what_nobody_has_is_ours() -> None:
    view = queue_view("minha_vez")
    assert holds(view, made(), None)
    assert not holds(view, made(responder_id=ME), None)


def test_what_breaks_next_comes_first() -> None:
    queue = Queue.read(
        [
            made(1, status=5, updated_at=NOW - 2 * HOUR),
            made(2, stats=ANSWERED, due_by=NOW - HOUR),
            made(3, stats=CAME_BACK),
            made(4, fr_due_by=NOW + 3 * HOUR),
            made(5, fr_due_by=NOW + 2 * HOUR),
            made(6, fr_due_by=None, due_by=None),
            made(7, status=4, updated_at=NOW - HOUR),
        ],
        me=ME,
        vocabulary=VOCABULARY,
        now=NOW,
    )
    assert [entry.id for entry in queue.entries] == [5, 4, 6, 3, 2, 7, 1]


def test_counts_are_what_the_views_hold() -> None:
    queue = Queue.read(tickets(200), me=ME, vocabulary=VOCABULARY, now=NOW)
    assert queue.counts == {view.id: len(queue.of(view, NOW)) for view in QUEUE_VIEWS}
    assert 0 < queue.counts["minha_vez"] < queue.counts["todos"] == 200
    assert {entry.turn for entry in queue.of(queue_view("sem_resposta"), NOW)} == {Turn.UNANSWERED}


def test_deleted_and_spam_are_not_in_the_queue() -> None:
    queue = Queue.read([made(1, deleted=True), made(2, spam=True)], me=ME, vocabulary=VOCABULARY, now=NOW)
    assert (queue.entries, queue.counts["todos"]) == ((), 0)


def test_a_refresh_works_out_only_what_changed() -> None:
    first = tickets(50)
    before = Queue.read(first, me=ME, vocabulary=VOCABULARY, now=NOW)
    changed = first[3].model_copy(update={"subject": "outro"})
    after = Queue.read(
        (*first[:3], changed, *first[4:]), me=ME, vocabulary=VOCABULARY, now=NOW, before=before
    )
    kept = {id(entry) for entry in before.entries} & {id(entry) for entry in after.entries}
    assert len(kept) == 49
    assert next(entry for entry in after.entries if entry.id == changed.id).ticket.subject == "outro"


def test_an_unknown_view_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="vencendo"):
        queue_view("vencidos")
