from datetime import timedelta

import pytest

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.lifecycle import ChamadoStatus
from clients.models.queue import QUEUE_VIEWS, Queue, QueueEntry, QueueView, queue_view, views_in_use
from clients.models.ticket import Ticket, Turn
from clients.models.validation import asking_event
from tests.support.chamados import chamado
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


def released(number: int, ago: timedelta) -> Chamado:
    moved = ChamadoEvent(
        at=NOW - ago, who="Téo", status=ChamadoStatus.PUBLICADO, before=ChamadoStatus.TEST_FINISHED
    )
    return chamado(number, ChamadoStatus.PUBLICADO, events=(moved,))


def asked(chamado: Chamado) -> Chamado:
    here = ChamadoStatus.PUBLICADO
    question = ChamadoEvent(id=asking_event(chamado), at=NOW, who="Lia", status=here, before=here)
    return chamado.with_event(question)


def read(*tickets: Ticket, published: dict[int, Chamado] | None = None, before: Queue | None = None) -> Queue:
    return Queue.read(
        tickets, me=ME, vocabulary=VOCABULARY, now=NOW, published=published or {}, before=before
    )


class TestToBeValidated:
    def test_it_comes_before_everything_the_longest_published_first(self) -> None:
        queue = read(
            made(1),
            made(2, stats=ANSWERED),
            made(3, stats=ANSWERED, status=4),
            made(4, stats=ANSWERED, status=5),
            published={2: released(7, HOUR), 3: released(8, 2 * HOUR)},
        )
        assert [entry.id for entry in queue.entries] == [3, 2, 1, 4]
        assert [entry.to_validate for entry in queue.entries] == [True, True, False, False]

    def test_once_the_client_was_asked_it_takes_its_normal_place(self) -> None:
        queue = read(made(1), made(2, stats=ANSWERED), published={2: asked(released(7, HOUR))})
        assert [(entry.id, entry.to_validate) for entry in queue.entries] == [(1, False), (2, False)]

    def test_any_other_answer_leaves_it_where_it_is(self) -> None:
        told = {**ANSWERED, "agent_responded_at": NOW - HOUR / 2}
        queue = read(made(1), made(2, stats=told), published={2: released(7, HOUR)})
        assert [(entry.id, entry.to_validate) for entry in queue.entries] == [(2, True), (1, False)]

    def test_the_client_who_answers_makes_it_our_turn(self) -> None:
        back = {"agent_responded_at": NOW - HOUR / 2, "requester_responded_at": NOW - HOUR / 4}
        queue = read(made(1, stats=ANSWERED), made(2, stats=back), published={2: asked(released(7, HOUR))})
        assert [(entry.id, entry.turn) for entry in queue.entries] == [(2, Turn.OURS), (1, Turn.CLIENT)]

    @pytest.mark.parametrize("status", [2, 3, 4, 5])
    def test_it_has_a_view_of_its_own_and_is_ours_whatever_its_status(self, status: int) -> None:
        queue = read(made(2, stats=ANSWERED, status=status), published={2: released(7, HOUR)})
        assert (queue.counts["a_validar"], queue.counts["minha_vez"]) == (1, 1)
        assert queue.counts == {view.id: len(queue.of(view, NOW)) for view in QUEUE_VIEWS}

    def test_the_view_is_passed_over_while_it_holds_nothing(self) -> None:
        first, validating = queue_view("todos"), queue_view("a_validar")
        assert validating not in views_in_use({"a_validar": 0}, first)
        assert validating in views_in_use({"a_validar": 1}, first)
        assert validating in views_in_use({"a_validar": 0}, validating)

    def test_what_is_published_or_validated_changes_that_entry_alone(self) -> None:
        tickets, publication = [made(n, stats=ANSWERED) for n in range(1, 6)], {3: released(7, HOUR)}
        before = read(*tickets)
        after = read(*tickets, published=publication, before=before)
        again = read(*tickets, published=dict(publication), before=after)
        ended = read(*tickets, before=again)
        kept = [
            len({id(one) for one in old.entries} & {id(one) for one in new.entries})
            for old, new in ((before, after), (after, again), (again, ended))
        ]
        assert kept == [4, 5, 4]
        assert after.entries[0].id == 3
        assert [entry.id for entry in ended.entries] == [entry.id for entry in before.entries]


def test_an_unknown_view_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="vencendo"):
        queue_view("vencidos")
