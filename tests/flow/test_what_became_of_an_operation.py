"""What became of an operation is told, also where the local store can be read no more."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from clients.errors import StoreError
from clients.models.feed import Trouble
from clients.models.fields import Vocabulary
from clients.store import Store
from tests.support.clock import Clock
from tui.carrier import Carrier
from tui.flows.engine import Elsewhere
from tui.flows.workflows import Progress, Steps

from .test_workflows import THREE, Ledger, Office

if TYPE_CHECKING:
    from tui.app import PlantaoApp

pytestmark = pytest.mark.anyio


class Bridge:
    """Stands for the app: what it was told, in order."""

    def __init__(self, office: Office) -> None:
        self.desk = SimpleNamespace(workflows=office.flows, account=SimpleNamespace(vocabulary=Vocabulary()))
        self.timekeeper = SimpleNamespace(note=lambda target: None)
        self.told: list[str] = []

    @property
    def carrier(self) -> Carrier:
        """What carries the operations out for it."""
        return Carrier(cast("PlantaoApp", self))

    def report(self, trouble: Trouble) -> None:
        self.told.append(f"{trouble.title}: {trouble.message}")

    def refuse(self, words: str) -> None:
        self.told.append(words)

    def key_of(self, command: str) -> str:
        return "P"

    def tell_top(self) -> None:
        """Nothing is above."""

    def work_moved(self) -> None:
        """No page shows it."""

    def refresh_sources(self) -> None:
        """Nothing is read."""


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def office(store: Store, clock: Clock, ledger: Ledger) -> Iterator[Office]:
    office = Office(store, clock, ledger)
    yield office
    office.disk.close()


async def unreadable(*given: object, **named: object) -> Steps:
    raise StoreError("o disco não respondeu")


async def test_a_refusal_is_told_where_what_is_open_cannot_be_counted(
    office: Office, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.faults = ["refused"]
    monkeypatch.setattr(office.flows, "pending", unreadable)
    app = Bridge(office)
    result = await app.carrier.result(THREE[:1])
    assert not result.done
    assert any("o disco não respondeu" in each for each in app.told)
    assert any("#4102" in each and "não pode" in each for each in app.told)


async def test_a_refusal_is_told_where_it_cannot_be_closed(
    office: Office, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.faults = ["refused"]
    monkeypatch.setattr(office.flows, "give_up", unreadable)
    app = Bridge(office)
    result = await app.carrier.result(THREE[:1], once=True)
    assert "não pode" in result.told
    assert any("o disco não respondeu" in each for each in app.told)
    assert any("#4102" in each and "não pode" in each for each in app.told)


@pytest.mark.parametrize(
    ("faults", "certain"),
    [(["refused"], True), (["", "refused"], False), (["lost after"], False)],
    ids=["nothing was done", "stopped halfway", "nobody can tell"],
)
async def test_that_nothing_was_done_is_certain_only_of_a_refusal_before_anything_was(
    office: Office, ledger: Ledger, faults: list[str], *, certain: bool
) -> None:
    ledger.faults, ledger.puzzled = faults, True
    result = await Bridge(office).carrier.result(THREE)
    assert (result.done, result.certain) == (False, certain)


async def test_it_is_certain_where_it_could_not_even_be_planned(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.flows, "plan", unreadable)
    assert (await Bridge(office).carrier.result(THREE)).certain


async def test_it_is_not_where_another_session_is_at_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_it_elsewhere(workflow: str, tell: object) -> Progress:
        steps = await office.disk(office.journal.workflow, workflow)
        return Progress(steps, Elsewhere(steps[0]))

    monkeypatch.setattr(office.flows, "carry_on", at_it_elsewhere)
    assert not (await Bridge(office).carrier.result(THREE)).certain


async def test_it_is_not_where_how_far_it_is_cannot_be_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.flows, "carry_on", unreadable)
    assert not (await Bridge(office).carrier.result(THREE[:1])).certain
