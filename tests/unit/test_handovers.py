"""Handovers on disk: prepared in one's own store, met in a folder that the analysts share."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.handover import Handover, HandoverLine, Part
from clients.store import Store
from tests.support.clock import Clock
from tui.handovers import HANDOVERS, KEPT, Handovers
from tui.settings import Settings
from tui.shared_handovers import FILE, open_handovers

LINE = HandoverLine(key="a", part=Part.OPEN, text="algo")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "equipe"
    made.mkdir()
    made.chmod(0o2770)
    return made


@pytest.fixture
def ana(store: Store, folder: Path, clock: Clock) -> Iterator[Handovers]:
    shared = Store(folder / FILE, shared=True)
    yield Handovers(store, shared, clock)
    shared.close()


@pytest.fixture
def bruno(tmp_path: Path, folder: Path, clock: Clock) -> Iterator[Handovers]:
    """Another user of the machine, with another store."""
    own, shared = Store(tmp_path / "bruno" / "plantao.db"), Store(folder / FILE, shared=True)
    yield Handovers(own, shared, clock)
    shared.close()
    own.close()


def handover(clock: Clock, number: int = 1, who: str = "Ana") -> Handover:
    return Handover(id=f"h{number}", who=who, at=clock(), lines=(LINE,), text="texto")


def test_two_sessions_prepare_one_handover(store: Store, clock: Clock) -> None:
    one, other = Handovers(store, None, clock), Handovers(Store(store.path), None, clock)
    one.prepare("Ana", lambda it: it.with_only(["a"], passed_on=False))
    both = other.prepare("Ana", lambda it: it.noted("b", "ligar"))
    assert one.preparation("ANA") == both
    assert (both.left_out, both.notes) == (frozenset({"a"}), {"b": "ligar"})
    assert one.preparation("Bia").notes == {}
    other._store.close()


def test_handing_over_forgets_the_preparation_and_only_the_first_session_does_it(
    ana: Handovers, clock: Clock
) -> None:
    ana.prepare("Ana", lambda it: it.noted("b", "ligar"))
    ana.hand_over(handover(clock), after="")
    assert ana.preparation("Ana").notes == {}
    with pytest.raises(ValueError, match="Outra sessão sua passou o turno hoje 12:00"):
        ana.hand_over(handover(clock, 2), after="")
    ana.hand_over(handover(clock, 3), after="h1")


def test_what_was_not_shared_is_shared_later_and_acknowledgements_stay(
    ana: Handovers, bruno: Handovers, clock: Clock
) -> None:
    ana.hand_over(handover(clock), after="")
    assert bruno.list() == ()
    ana.share()
    (seen,) = bruno.list()
    bruno.change(seen.id, lambda one: one.acknowledged(["a"], "Bruno", clock()))
    ana.share()
    (known,) = ana.list()
    given = known.acknowledgement("a")
    assert given is not None
    assert given.who == "Bruno"


def test_who_handed_over_is_told_once_of_each_acknowledgement(
    ana: Handovers, bruno: Handovers, store: Store, folder: Path, clock: Clock
) -> None:
    since = clock()
    ana.hand_over(handover(clock), after="")
    ana.share()
    assert ana.news("Ana", since) == ()
    bruno.change("h1", lambda one: one.acknowledged(["a"], "Bruno", clock()))
    assert bruno.news("Bruno", since) == (), "it is not his"
    (told,) = ana.news("ana", since)
    assert [(told.handover.id, one.key, one.who) for one in told.given] == [("h1", "a", "Bruno")]
    with Store(folder / FILE, shared=True) as shared:
        again = Handovers(store, shared, clock)
        assert again.news("Ana", since) == (), "nor after a restart"
    bruno.change("h1", lambda one: one.asked_back("a", "Bruno", clock(), "qual?"))
    assert [one.note for each in ana.news("Ana", since) for one in each.given] == ["qual?"]
    clock.forward(days=2)
    bruno.change("h1", lambda one: one.asked_back("a", "Bruno", clock(), "e agora?"))
    assert ana.news("Ana", clock()) == (), "of one that waits no more"


def test_a_handover_is_forgotten_in_time(ana: Handovers, bruno: Handovers, clock: Clock) -> None:
    ana.hand_over(handover(clock), after="")
    ana.share()
    clock.forward(days=KEPT.days + 1)
    assert (ana.list(), ana.last("Ana")) == ((), None)
    ana.hand_over(handover(clock, 2), after="")
    ana.share()
    assert [one.id for one in bruno.list()] == ["h2"]
    assert bruno.change("h1", lambda one: one) is None


def test_a_row_of_another_version_hides_no_other(ana: Handovers, bruno: Handovers, clock: Clock) -> None:
    ana.hand_over(handover(clock), after="")
    ana.share()
    shared = bruno._meeting
    shared.put(HANDOVERS, "id", [{"id": "h9", "at": clock().isoformat(), "odd": True}])
    assert [one.id for one in bruno.list()] == ["h1"]


class TestOpening:
    def test_the_shared_file_is_the_groups_and_of_nobody_else(
        self, store: Store, folder: Path, clock: Clock
    ) -> None:
        settings = Settings.model_validate({"passagem": {"pasta": str(folder)}})
        opened = open_handovers(settings, store, clock)
        assert opened.store is not None
        assert opened.handovers.is_shared
        assert (folder / FILE).stat().st_mode & 0o777 == 0o660
        opened.store.close()

    def test_a_folder_that_is_open_to_all_is_refused_and_the_rest_goes_on(
        self, store: Store, folder: Path, clock: Clock
    ) -> None:
        folder.chmod(0o2777)
        settings = Settings.model_validate({"passagem": {"pasta": str(folder)}})
        opened = open_handovers(settings, store, clock)
        assert opened.handovers.trouble is not None
        assert "aberta a todos" in opened.handovers.trouble.message
        opened.handovers.hand_over(handover(clock), after="")
        assert [one.id for one in opened.handovers.list()] == ["h1"]
        assert clock() - opened.handovers.list()[0].at == timedelta()
