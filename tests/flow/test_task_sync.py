"""The tasks one has to do with kept equal to Redmine's: what is asked, what is told, and what goes."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clients.errors import RemoteError
from clients.models.feed import Feed
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry
from clients.store import Store
from tests.support.clock import Clock
from tests.support.redmine_wire import RedmineWire, redmine_wire
from tui.disk import Disk
from tui.task_names import TaskNames
from tui.task_shelf import TaskShelf
from tui.task_sync import LONGEST_GAP, NEWS_LAST, ROUND_EVERY, TaskSync
from tui.task_teller import MOST_READ, TaskTeller

pytestmark = pytest.mark.anyio
ME, COLLEAGUE, THIRD = 5, 6, 7
BY = "Otávio Prado"
CLOSED = 5


class Session:
    """One session of the desk on the tasks, opened on the folder that others left."""

    def __init__(self, wire: RedmineWire, folder: Path, clock: Clock) -> None:
        self.store = Store(folder / "plantao.db")
        self.shelf, self.disk, self.redmine = TaskShelf(self.store), Disk(), wire.client()
        self._wire, self._clock = wire, clock
        self.feed = self.shelf.tasks()
        teller = TaskTeller(self.redmine, TaskNames(self.redmine), self.me)
        self.sync = TaskSync(self.redmine, self.shelf, teller, self.disk, clock, self.me, concluded_days=30)

    async def me(self) -> int:
        return ME

    async def refresh(self, *, asked_for: bool = False, after: int = 60) -> list[Feed[TaskEntry]]:
        """Refresh once, so many seconds later; return every state that was shown."""
        self._clock.forward(seconds=after)
        before = self.feed.busy() if asked_for else self.feed
        states = [state async for state in self.sync.refresh(before)]
        self.feed = states[-1]
        return states

    @property
    def entries(self) -> dict[int, TaskEntry]:
        assert len({entry.id for entry in self.feed.items}) == len(self.feed.items)
        return {entry.id: entry for entry in self.feed.items}

    def news(self) -> dict[int, TaskNews]:
        return {one.task_id: one for one in self.shelf.news() if one.unread}

    def close(self) -> None:
        self.redmine.close()
        self.disk.close()
        self.store.close()


@pytest.fixture
def wire(tmp_path: Path, clock: Clock) -> Iterator[RedmineWire]:
    with redmine_wire(tmp_path / "redmine", clock) as wire:
        yield wire


@pytest.fixture
async def desk(wire: RedmineWire, tmp_path: Path, clock: Clock) -> AsyncIterator[Session]:
    desk = Session(wire, tmp_path / "desk", clock)
    await desk.refresh()
    wire.taken()
    yield desk
    desk.close()


def paths(wire: RedmineWire) -> list[str]:
    return [path for path, _ in wire.taken()]


LIST = "GET /issues.json"


async def test_the_first_reading_brings_all_that_one_has_to_do_with(
    wire: RedmineWire, tmp_path: Path, clock: Clock
) -> None:
    desk = Session(wire, tmp_path / "desk", clock)
    states = await desk.refresh()
    asked = wire.taken()
    assert [path for path, _ in asked] == ["GET /users/current.json", *[LIST] * 7]
    assert {query["status_id"] for _, query in asked[2:]} == {"open", "closed"}
    since = clock() - timedelta(days=30, hours=1)
    expected = {
        row["id"]
        for row in wire.rows.issues()
        if row["project_id"] != 5
        and (ME in (row["assigned_to_id"], row["author_id"]) or ME in row["watcher_ids"])
        and (row["closed_on"] is None or row["closed_on"] > f"{since:%Y-%m-%dT%H}")
    }
    assert desk.entries.keys() == expected
    assert len(states) > 2, "what there is shows as it comes"
    assert all(state.loading and state.as_of is None for state in states[:-1])
    assert not desk.news(), "of what was never seen nothing is new"
    desk.close()


async def test_where_nothing_changed_one_request_says_so(wire: RedmineWire, desk: Session) -> None:
    before = desk.feed.items
    await desk.refresh()
    ((path, query),) = wire.taken()
    assert path == LIST
    assert query["updated_on"].startswith(">=2026-")
    assert "assigned_to_id" not in query
    assert desk.feed.items is before


async def test_an_idle_hour_costs_what_is_said(wire: RedmineWire, desk: Session) -> None:
    for _ in range(60):
        await desk.refresh()
    asked = paths(wire)
    rounds = 60 // ROUND_EVERY
    assert asked == [LIST] * len(asked)
    assert len(asked) == (60 - rounds) + rounds * 7


async def test_a_change_costs_two_requests_and_is_told_in_words(wire: RedmineWire, desk: Session) -> None:
    first, second = wire.creates("Etiqueta em branco"), wire.creates("Boleto sem código")
    await desk.refresh()
    assert not desk.news(), "what one does oneself is no news"
    wire.taken()
    for number in (first, second):
        wire.changes(number, status_id=2, assigned_to_id=COLLEAGUE, notes="Vou olhar hoje.")
        await desk.refresh()
        told = desk.news()[number]
        assert told.lines == (
            f"{BY} comentou: «Vou olhar hoje.»",
            f"{BY}: Situação: Nova → Em andamento; Atribuído para: (vazio) → {BY}",
        )
        assert not told.concluded
    asked = paths(wire)
    assert asked[:2] == [LIST, f"GET /issues/{first}.json"]
    assert asked[-2:] == [LIST, f"GET /issues/{second}.json"], "names are asked for once"


async def test_a_task_that_is_concluded_says_by_whom(wire: RedmineWire, desk: Session, clock: Clock) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh()
    clock.forward(minutes=5)
    wire.changes(number, status_id=CLOSED, notes="Publicado na 12.4.")
    await desk.refresh()
    told = desk.news()[number]
    assert told.lines == (f"{BY} comentou: «Publicado na 12.4.»", f"concluída por {BY}")
    assert told.concluded
    assert told.subject == "Etiqueta em branco"
    assert not desk.entries[number].is_open
    clock.forward(minutes=1)
    wire.changes(number, status_id=2)
    await desk.refresh()
    assert desk.news()[number].lines[-1] == f"reaberta por {BY}"
    assert not desk.news()[number].concluded


async def test_what_happens_between_two_sessions_is_told_in_the_next(
    wire: RedmineWire, desk: Session, tmp_path: Path, clock: Clock
) -> None:
    number, quiet = wire.creates("Etiqueta em branco"), wire.creates("Nada aqui")
    await desk.refresh()
    clock.forward(hours=10)
    wire.changes(number, status_id=CLOSED)
    other = Session(wire, tmp_path / "desk", clock)
    assert {entry.id for entry in other.feed.items} == desk.entries.keys()
    assert other.feed.as_of == desk.feed.as_of
    await other.refresh()
    assert other.news()[number].lines == (f"concluída por {BY}",)
    assert quiet not in other.news()
    other.close()


async def test_news_stay_unread_until_they_were_seen(wire: RedmineWire, desk: Session, clock: Clock) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh()
    clock.forward(minutes=1)
    wire.changes(number, notes="Primeira.")
    await desk.refresh()
    shown = desk.news()[number]
    clock.forward(minutes=1)
    wire.changes(number, notes="Segunda.")
    await desk.refresh()
    desk.shelf.mark_seen([shown])
    assert [line[-11:] for line in desk.news()[number].lines] == ["«Primeira.»", " «Segunda.»"]
    desk.shelf.mark_seen([desk.news()[number]])
    assert number not in desk.news()
    assert [one.task_id for one in desk.shelf.news()] == [number]
    clock.forward(minutes=1)
    wire.changes(number, notes="Terceira.")
    await desk.refresh()
    assert desk.news()[number].lines == (f"{BY} comentou: «Terceira.»",)
    desk.shelf.mark_seen([desk.news()[number]])
    clock.forward(days=NEWS_LAST.days + 1)
    await desk.refresh()
    assert desk.shelf.news() == ()


async def test_two_sessions_tell_a_change_once(
    wire: RedmineWire, desk: Session, tmp_path: Path, clock: Clock
) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh()
    other = Session(wire, tmp_path / "desk", clock)
    await other.refresh()
    clock.forward(minutes=1)
    wire.changes(number, status_id=CLOSED)
    await desk.refresh()
    desk.shelf.mark_seen(desk.news().values())
    await other.refresh()
    assert not other.news()
    assert not other.entries[number].is_open
    other.close()


async def test_a_task_given_to_one_is_told_and_one_given_away_goes_at_once(
    wire: RedmineWire, desk: Session, clock: Clock
) -> None:
    given = wire.creates("De um colega", who=1)
    own = wire.creates("Criada para mim", who=1, assigned_to_id=ME)
    await desk.refresh()
    assert given not in desk.entries
    assert desk.news()[own].lines == (f"{BY} criou para você",)
    clock.forward(minutes=1)
    wire.changes(given, assigned_to_id=ME)
    await desk.refresh()
    assert desk.entries[given].assigned
    assert desk.news()[given].lines == (f"{BY} passou a você",)
    wire.changes(given, assigned_to_id=THIRD)
    await desk.refresh()
    assert given not in desk.entries


async def test_a_round_finds_what_updated_on_hides(wire: RedmineWire, desk: Session, clock: Clock) -> None:
    number, other = wire.creates("Etiqueta em branco"), wire.creates("Antes dela", who=1)
    watched = wire.creates("De um colega", who=1)
    await desk.refresh()
    clock.forward(minutes=1)
    wire.creates("Mais tarde", who=1)  # the newest change is read again each time
    await desk.refresh()
    entry = {"issue_id": number, "hours": 1.5, "activity_id": 10}
    wire.does("POST", "/time_entries.json", time_entry=entry)
    relation = {"issue_to_id": other, "relation_type": "blocked"}
    wire.does("POST", f"/issues/{number}/relations.json", relation=relation)
    wire.does("POST", f"/issues/{watched}/watchers.json", user_id=ME)
    await desk.refresh()
    assert number not in desk.news()
    assert watched not in desk.entries
    wire.taken()
    await desk.refresh(asked_for=True)
    assert desk.news()[number].lines == (f"espera pela nº {other}", f"{BY} lançou 1h30")
    assert desk.entries[number].blocked_by == (other,)
    assert desk.entries[watched].watched
    asked = paths(wire)
    assert asked == [*[LIST] * 8, "GET /time_entries.json"]
    clock.forward(minutes=1)
    wire.changes(other, status_id=CLOSED)  # a stranger's task
    await desk.refresh()
    assert desk.entries[number].blocked_by == ()
    assert desk.news()[number].lines[-1] == f"não espera mais pela nº {other}"


async def test_hours_that_others_log_are_told_once_whenever_between_two_rounds_they_were_logged(
    wire: RedmineWire, desk: Session, clock: Clock
) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh()
    for hours in (1.5, 0.25):
        for who, spent in ((1, hours), (0, 2.0)):
            entry = {"issue_id": number, "hours": spent, "activity_id": 10}
            wire.does("POST", "/time_entries.json", who=who, time_entry=entry)
            clock.forward(minutes=1)
        for _ in range(ROUND_EVERY):
            clock.forward(minutes=1)
            await desk.refresh()
        assert desk.news()[number].lines == (f"{BY} lançou {'1h30' if hours > 1 else '0h15'}",)
        desk.shelf.mark_seen([desk.news()[number]])


async def test_ones_own_hours_are_no_news(wire: RedmineWire, desk: Session) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh()
    entry = {"issue_id": number, "hours": 0.5, "activity_id": 10}
    wire.does("POST", "/time_entries.json", who=0, time_entry=entry)
    await desk.refresh(asked_for=True)
    assert desk.entries[number].task.spent_hours == 0.5
    assert number not in desk.news()


async def test_a_task_that_is_gone_is_told_once_and_one_no_longer_observed_is_not(
    wire: RedmineWire, desk: Session, tmp_path: Path
) -> None:
    number, watched = wire.creates("Etiqueta em branco"), wire.creates("De um colega", who=1)
    wire.does("POST", f"/issues/{watched}/watchers.json", user_id=ME)
    await desk.refresh(asked_for=True)
    assert {number, watched} <= desk.entries.keys()
    wire.does("DELETE", f"/issues/{watched}/watchers/{ME}.json")
    store = wire.rows.store
    store.table("redmine_issues").remove(doc_ids=[number])
    await desk.refresh(asked_for=True)
    assert not {number, watched} & desk.entries.keys()
    assert desk.news()[number].lines == ("não existe mais, ou você não a vê mais",)
    assert watched not in desk.news()
    assert {entry.id for entry in desk.shelf.tasks().items} == desk.entries.keys()


async def test_after_a_long_silence_only_what_is_ones_own_is_read(
    wire: RedmineWire, desk: Session, clock: Clock
) -> None:
    clock.forward(seconds=LONGEST_GAP.total_seconds())
    await desk.refresh()
    assert paths(wire) == [LIST] * 7


async def test_of_many_changes_at_once_most_are_only_told_to_have_happened(
    wire: RedmineWire, desk: Session, clock: Clock
) -> None:
    numbers = [wire.creates(f"Parte {n}") for n in range(MOST_READ + 3)]
    await desk.refresh()
    clock.forward(minutes=1)
    for number in numbers:
        wire.changes(number, status_id=CLOSED)
    wire.taken()
    await desk.refresh()
    views = [path for path in paths(wire) if path.startswith("GET /issues/")]
    assert len(views) == MOST_READ
    told = [desk.news()[number] for number in numbers]
    assert all(one.concluded for one in told)
    assert sorted({one.told for one in told}) == ["concluída", f"concluída por {BY}"]


async def test_a_reading_that_broke_off_is_made_again(
    wire: RedmineWire, desk: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh()
    clock.forward(minutes=1)
    wire.changes(number, status_id=CLOSED)
    with monkeypatch.context() as broken:

        async def fails(task_id: int) -> None:
            raise RemoteError("Redmine", "sem resposta")

        broken.setattr(desk.redmine, "task", fails)
        with pytest.raises(RemoteError):
            await desk.refresh()
    assert desk.entries[number].is_open
    clock.forward(minutes=3)
    await desk.refresh()
    assert desk.news()[number].lines == (f"concluída por {BY}",)


@pytest.mark.parametrize("asked_for", [False, True])
@pytest.mark.parametrize("reads_before", [0, 1])
async def test_what_happens_in_the_second_that_was_just_read_is_told_once(
    wire: RedmineWire, desk: Session, reads_before: int, asked_for: bool
) -> None:
    number = wire.creates("Etiqueta em branco")
    for _ in range(reads_before):
        await desk.refresh()
        wire.changes(number, notes="Primeira.")
    await desk.refresh(after=0)
    wire.changes(number, notes="Segunda.")  # `updated_on` is as it was
    await desk.refresh(asked_for=asked_for)
    notes = ["Primeira.", "Segunda."] if reads_before else ["Segunda."]
    assert desk.news()[number].lines == tuple(f"{BY} comentou: «{note}»" for note in notes)
    desk.shelf.mark_seen(desk.news().values())
    wire.taken()
    await desk.refresh()
    assert number not in desk.news()
    assert paths(wire) == [LIST], "and it is looked at no more"


async def test_a_conclusion_in_the_second_that_was_just_read_is_told_as_one(
    wire: RedmineWire, desk: Session
) -> None:
    number = wire.creates("Etiqueta em branco")
    await desk.refresh(after=0)
    wire.changes(number, status_id=CLOSED)
    await desk.refresh()
    assert desk.news()[number].lines == (f"concluída por {BY}",)
    assert desk.news()[number].concluded


async def test_as_long_as_the_second_goes_on_it_is_looked_at_again(wire: RedmineWire, desk: Session) -> None:
    number = wire.creates("Etiqueta em branco")
    for place in range(3):
        await desk.refresh(after=0)
        wire.changes(number, notes=f"Nota {place}.")
    await desk.refresh()
    assert len(desk.news()[number].lines) == 3


async def test_where_the_second_was_over_nothing_is_read_a_second_time(
    wire: RedmineWire, desk: Session, clock: Clock
) -> None:
    first, second = wire.creates("Etiqueta em branco"), wire.creates("Boleto sem código")
    await desk.refresh()
    wire.changes(first, notes="Primeira.")
    clock.forward(seconds=1)
    wire.changes(second, notes="Segunda.")
    await desk.refresh(after=0)
    wire.taken()
    await desk.refresh()
    assert paths(wire) == [LIST, f"GET /issues/{second}.json"]


async def test_what_another_version_kept_is_left_out(desk: Session) -> None:
    desk.store.put("tasks", "id", [{"id": 1, "task": "nada"}])
    assert 1 not in {entry.id for entry in desk.shelf.tasks().items}
    assert len(desk.shelf.tasks().items) >= len(desk.feed.items) - 1
