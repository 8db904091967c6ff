"""Walks on disk: each step is durable before the next is shown, also through kill -9 and two sessions."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.models.guards import Sight
from clients.models.runbook import Guard
from clients.models.walk import Outcome, Walk
from clients.runbooks import shipped
from clients.store import Store
from tests.support.clock import Clock
from tui.walks import Walks

ROOT = Path(__file__).parents[2]
DYPE = next(each for each in shipped() if each.id == "servico-dype")


@pytest.fixture
def walks(store: Store, clock: Clock) -> Walks:
    return Walks(store, clock)


@pytest.fixture
def elsewhere(store: Store, clock: Clock) -> Iterator[Walks]:
    """The same analyst in another tmux window."""
    opened = Store(store.path)
    yield Walks(opened, clock)
    opened.close()


def _begun(walks: Walks, clock: Clock) -> Walk:
    walk = Walk(id="w1", runbook=DYPE, client="Loja Sol", service="Serviço DYPE", who="Bia", begun_at=clock())
    walks.begin(walk)
    return walk


def test_a_step_goes_on_from_what_another_session_did(walks: Walks, elsewhere: Walks, clock: Clock) -> None:
    _begun(walks, clock)
    walks.step("w1", "ver-quem-esta", Outcome.DONE, who="Bia")
    elsewhere.step("w1", "anunciar-entrada", Outcome.DONE, who="Bia")
    walk = walks.step("w1", "conectar", Outcome.DONE, who="Bia")
    assert [each.step_id for each in walk.footprints] == ["ver-quem-esta", "anunciar-entrada", "conectar"]
    assert walk.inside


def test_what_may_not_be_changes_nothing(walks: Walks, clock: Clock) -> None:
    begun = _begun(walks, clock)
    with pytest.raises(ValueError, match="antes vem"):
        walks.step("w1", "ver-log", Outcome.DONE, who="Bia", found="nada")
    assert walks.get("w1") == begun


def test_a_closed_one_is_no_longer_open(walks: Walks, clock: Clock) -> None:
    _begun(walks, clock)
    assert [each.id for each in walks.open()] == ["w1"]
    walks.end("w1")
    assert walks.open() == ()
    assert [each.id for each in walks.list()] == ["w1"]


def test_the_open_one_of_a_service_is_found_again(walks: Walks, clock: Clock) -> None:
    begun = _begun(walks, clock)
    assert walks.open_for("LOJA SOL", "servico dype") == begun
    assert walks.open_for("Loja Lua", "Serviço DYPE") is None
    walks.end("w1")
    assert walks.open_for("Loja Sol", "Serviço DYPE") is None


def test_why_one_went_past_a_guard_is_kept(walks: Walks, elsewhere: Walks, clock: Clock) -> None:
    _begun(walks, clock)
    somebody = Sight(Guard.FREE, False, "Bruno está lá", "Bruno")
    walks.override("w1", somebody, "combinado com ele", who="Bia")
    found = elsewhere.get("w1").override_of(Guard.FREE, "Bruno")
    assert found is not None
    assert (found.reason, found.seen, found.at) == ("combinado com ele", "Bruno está lá", clock())


def test_one_that_is_not_there(walks: Walks) -> None:
    with pytest.raises(LookupError):
        walks.get("w9")


WALKING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from clients.models.walk import Outcome, Walk
from clients.runbooks import shipped
from clients.store import Store
from tui.walks import Walks

walks = Walks(Store(Path(sys.argv[1])), lambda: datetime.now(UTC))
runbook = next(each for each in shipped() if each.id == "servico-dype")
walks.begin(Walk(id="w1", runbook=runbook, client="Loja Sol", who="Bia", begun_at=datetime.now(UTC)))
for step in runbook.steps[: int(sys.argv[2])]:
    walks.step("w1", step.id, Outcome.DONE, who="Bia", found="visto")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.crash
@pytest.mark.parametrize("steps", range(len(DYPE.steps) + 1))
def test_killed_after_any_step_it_goes_on_with_the_next(tmp_path: Path, clock: Clock, steps: int) -> None:
    file = tmp_path / "store.json"
    done = subprocess.run([sys.executable, "-c", WALKING, str(file), str(steps)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    store = Store(file)
    walk = Walks(store, clock).get("w1")
    store.close()
    assert len(walk.footprints) == steps
    assert walk.current == (DYPE.steps[steps] if steps < len(DYPE.steps) else None)
    assert walk.inside is (2 <= steps < len(DYPE.steps))
