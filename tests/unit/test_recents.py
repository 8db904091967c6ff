"""What was opened lately, on disk."""

from clients.models.reference import Reference, RefKind
from clients.store import Store
from tests.support.clock import Clock
from tui.recents import KEPT, Recents


def ticket(number: int, title: str = "Nota não sai") -> Reference:
    return Reference(kind=RefKind.TICKET, key=str(number), title=title)


def test_the_last_opened_comes_first_and_once(store: Store, clock: Clock) -> None:
    recents = Recents(store, clock)
    for number, title in ((1, "a"), (2, "b"), (1, "a, mudado")):
        recents.note(ticket(number, title))
        clock.forward(seconds=1)
    assert [(each.key, each.title) for each in recents.newest()] == [("1", "a, mudado"), ("2", "b")]


def test_a_ticket_and_a_task_of_one_number_are_two(store: Store, clock: Clock) -> None:
    recents = Recents(store, clock)
    recents.note(ticket(12))
    recents.note(Reference(kind=RefKind.TASK, key="12"))
    assert {each.label for each in recents.newest()} == {"ticket 12", "tarefa 12"}


def test_two_sessions_add_to_one_list(store: Store, clock: Clock) -> None:
    other = Store(store.path)
    Recents(store, clock).note(ticket(1))
    clock.forward(seconds=1)
    Recents(other, clock).note(ticket(2))
    assert [each.key for each in Recents(store, clock).newest()] == ["2", "1"]
    other.close()


def test_what_was_opened_longest_ago_is_forgotten(store: Store, clock: Clock) -> None:
    recents = Recents(store, clock)
    for number in range(1, KEPT + 3):
        recents.note(ticket(number))
        clock.forward(seconds=1)
    kept = [int(each.key) for each in recents.newest()]
    assert kept == list(range(KEPT + 2, 2, -1))
