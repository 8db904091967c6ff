"""One's hours kept on disk by week: what was read whole comes back whole, the oldest weeks go."""

from datetime import date, timedelta

from clients.models.workday import week_of
from clients.store import Store
from tests.support.clock import NOW
from tests.unit.test_worked import WEDNESDAY, WEEK, entry
from tui.hours_shelf import HOURS, KEPT, HoursShelf


def test_a_week_comes_back_with_its_age_and_what_its_tasks_are_called(store: Store) -> None:
    shelf = HoursShelf(store)
    entries = [entry(90, id=1), entry(30, WEEK[6], task=None, id=2), entry(5, WEEK[0] - timedelta(1), id=3)]
    shelf.keep(WEEK, entries, {812: "Nota", 9: "De outra"}, NOW)
    kept = shelf.week(WEEK[6])
    assert kept is not None
    assert (kept.at, [each.id for each in kept.entries], kept.subjects) == (NOW, [1, 2], {812: "Nota"})
    assert kept.entries[0] == entries[0]
    assert shelf.week(WEEK[0] - timedelta(days=1)) is None


def test_a_week_that_is_read_again_keeps_the_names_that_are_known(store: Store) -> None:
    shelf = HoursShelf(store)
    shelf.keep(WEEK, [entry(90)], {812: "Nota"}, NOW)
    shelf.keep(WEEK, [entry(95)], {}, NOW + timedelta(hours=1))
    kept = shelf.week(WEDNESDAY)
    assert kept is not None
    assert kept.subjects == {812: "Nota"}
    assert kept.at == NOW + timedelta(hours=1)


def test_a_week_without_hours_is_known_to_be_empty(store: Store) -> None:
    shelf = HoursShelf(store)
    shelf.keep(WEEK, [], {}, NOW)
    kept = shelf.week(WEDNESDAY)
    assert kept is not None
    assert kept.entries == ()


def test_what_lies_long_before_the_newest_week_is_forgotten(store: Store) -> None:
    shelf = HoursShelf(store)
    old = date(2025, 12, 31)
    shelf.keep(week_of(old), [entry(90, old)], {}, NOW)
    shelf.keep(week_of(WEDNESDAY - KEPT), [], {}, NOW)
    shelf.keep(WEEK, [], {}, NOW)
    assert shelf.week(old) is None
    assert shelf.week(WEDNESDAY - KEPT) is not None


def test_what_another_version_kept_otherwise_is_as_if_never_read(store: Store) -> None:
    store.put(HOURS, "monday", [{"monday": WEEK[0].isoformat(), "at": "ontem"}])
    assert HoursShelf(store).week(WEDNESDAY) is None
