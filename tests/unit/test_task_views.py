"""Which tasks a view holds, in which order, and what a saved one leaves of another."""

from datetime import date, timedelta

import pytest

from clients.models.task import CustomField, Named, TaskRelation
from clients.models.task_views import (
    BUILT_IN,
    TASK_VIEWS,
    Narrowing,
    Order,
    TaskEntry,
    blockers,
    counts,
    entry_of,
    listed,
    saved_view,
    since_when,
)
from tests.support.clock import NOW
from tests.support.tasks import ME, OTHER, entry, task

SINCE = NOW - timedelta(days=30)
VIEWS = {view.id: view for view in TASK_VIEWS}
A_DAY = timedelta(days=1)

DESK = (
    entry(1, assigned=ME, due=date(2026, 3, 10)),
    entry(2, assigned=ME, due=date(2026, 3, 5), hours=1.5),
    entry(3, author=ME, assigned=OTHER, updated=timedelta(days=2)),
    entry(4, watched=True),
    entry(5, author=ME, status=5, closed=A_DAY),
    entry(6, assigned=ME, status=5, closed=timedelta(days=40)),
    entry(7, author=ME, watched=True, blocked_by=(1,)),
    entry(8, watched=True, status=1, closed=A_DAY),
    entry(9, assigned=ME, hours=None),
    entry(10, author=ME, status=5, closed=A_DAY, blocked_by=(1,)),
)


@pytest.mark.parametrize(
    ("view", "numbers"),
    [
        ("minhas", (2, 1, 9)),
        ("criadas", (7, 3)),
        ("observadas", (8, 7, 4)),
        ("concluidas", (10, 5)),
        ("bloqueadas", (7,)),
        ("sem_horas", (6, 1)),
    ],
)
def test_what_each_view_holds(view: str, numbers: tuple[int, ...]) -> None:
    assert tuple(one.id for one in listed(DESK, VIEWS[view], SINCE)) == numbers
    assert counts(DESK, TASK_VIEWS, SINCE)[view] == len(numbers)


def test_a_view_says_something_of_its_own_where_it_is_empty() -> None:
    assert len({view.nothing for view in TASK_VIEWS if view.nothing}) == len(TASK_VIEWS)


def test_what_a_task_is_to_one_is_read_off_it() -> None:
    known = entry(3).model_copy(update={"last_journal": 44})
    read = entry_of(task(3, assigned=ME, author=ME), ME, watched=True, before=known)
    assert (read.assigned, read.authored, read.watched, read.last_journal) == (True, True, True, 44)
    assert read.roles() == "com você, criada por você, você observa"
    stranger = entry_of(task(3), ME, watched=False)
    assert not stranger.is_ours
    assert stranger.roles() == ""


def test_only_a_relation_that_blocks_this_task_blocks_it() -> None:
    relations = (
        TaskRelation(id=1, issue_id=8, issue_to_id=3, relation_type="blocks"),
        TaskRelation(id=2, issue_id=3, issue_to_id=9, relation_type="blocks"),
        TaskRelation(id=3, issue_id=7, issue_to_id=3, relation_type="relates"),
    )
    assert blockers(task(3, relations=relations)) == (8,)


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("prazo", (2, 3, 1)),
        ("alterada", (1, 3, 2)),
        ("prioridade", (3, 2, 1)),
        ("numero", (3, 2, 1)),
        ("titulo", (2, 1, 3)),
    ],
)
def test_orders(order: Order, numbers: tuple[int, ...]) -> None:
    rows = (
        entry(1, assigned=ME, subject="Émissão", updated=timedelta(minutes=1)),
        entry(2, assigned=ME, subject="boleto", due=date(2026, 3, 5), updated=timedelta(hours=9)),
        entry(3, assigned=ME, subject="Nota", priority=4, updated=timedelta(hours=2)),
    )
    view = saved_view("x", "minhas", Narrowing(), order)
    assert tuple(one.id for one in listed(rows, view, SINCE)) == numbers


class TestSavedViews:
    ROWS = (
        entry(1, assigned=ME, status=2, subject="Emissão de boletos"),
        entry(2, assigned=ME, tracker=Named(id=7, name="Planejamento")),
        entry(3, assigned=ME, project=Named(id=2, name="Portal do Cliente"), priority=4),
        entry(4, author=ME, assigned=OTHER),
        entry(5, author=ME),
    )

    @pytest.mark.parametrize(
        ("base", "narrowing", "numbers"),
        [
            ("minhas", Narrowing(), {1, 2, 3}),
            ("minhas", Narrowing(statuses=("em ANDAMENTO",)), {1}),
            ("minhas", Narrowing(trackers=("planejamento", "Bug")), {1, 2, 3}),
            ("minhas", Narrowing(trackers=("Planejamento",)), {2}),
            ("minhas", Narrowing(projects=("portal do cliente",), priorities=("urgente",)), {3}),
            ("minhas", Narrowing(projects=("portal do cliente",), priorities=("normal",)), set()),
            ("minhas", Narrowing(text="emissao boleto"), {1}),
            ("criadas", Narrowing(people=("otavio",)), {4}),
            ("criadas", Narrowing(people=("",)), {5}),
            ("criadas", Narrowing(people=("otavio", "")), {4, 5}),
        ],
    )
    def test_leave_what_their_words_say(self, base: str, narrowing: Narrowing, numbers: set[int]) -> None:
        view = saved_view("sprint", base, narrowing)
        assert {one.id for one in listed(self.ROWS, view, SINCE)} == numbers

    def test_never_take_the_name_of_a_built_in_one(self) -> None:
        assert saved_view("minhas", "criadas", Narrowing()).id not in BUILT_IN

    def test_are_of_a_view_that_is_there(self) -> None:
        with pytest.raises(KeyError):
            saved_view("x", "todas", Narrowing())


def test_the_filter_searches_people_and_fields_without_accents() -> None:
    fields = (CustomField(id=3, name="Cliente", values=("Móveis Vale do Ipê",)),)
    found = entry(31, assigned=OTHER, custom_fields=fields).haystack()
    assert all(word in found for word in ("31", "emitir nota", "otavio prado", "ipe", "bug", "erp", "nova"))


def test_the_day_since_when_stays_for_an_hour() -> None:
    assert since_when(NOW, 30) == since_when(NOW.replace(minute=59), 30)
    assert NOW - since_when(NOW, 1) < timedelta(days=1, hours=1)


def test_an_entry_survives_being_kept() -> None:
    kept = entry(7, author=ME, watched=True, blocked_by=(1,))
    assert TaskEntry.model_validate(kept.model_dump(mode="json", exclude_defaults=True)) == kept
