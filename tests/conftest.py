"""What every test stands on: no colours or settings of the developer's own terminal and home."""

import gc
import os
import signal
import sys

if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # under nohup; what the tests start would inherit it
    signal.signal(signal.SIGHUP, lambda number, frame: None)
REPORT = "TEXTUAL_SNAPSHOT_TEMPDIR"  # of pytest-textual-snapshot, handed to each worker of a parallel run
for name in [key for key in os.environ if key.startswith(("TEXTUAL", "PLANTAO")) and key != REPORT]:
    del os.environ[name]
for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR"):
    os.environ.pop(name, None)
os.environ["TZ"] = "UTC"  # the jump host's zone must never matter
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as plantao has it: a tenth of a second for each process
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred desks of a process of their own: compiled once
sys.dont_write_bytecode = False

from collections.abc import Callable, Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
import stamina  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from textual.timer import Timer  # noqa: E402
from textual.widget import Widget  # noqa: E402

from clients.store import Store  # noqa: E402
from tests.support import idle, parsed_css  # noqa: E402
from tests.support.clock import Clock  # noqa: E402
from widgets.countdown import Countdown  # noqa: E402

settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")
A_DAY = 86_400
SELDOM = (50_000, 50, 100)
"""When garbage is collected; so often as Python does by itself is a quarter of a pilot test."""


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # modules and the tests themselves are never garbage
    gc.set_threshold(*SELDOM)


def pytest_sessionfinish() -> None:
    gc.collect()
    gc.freeze()  # what lives on: pytest now looks five times over for what was never awaited or closed


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def no_settings_of_the_developer(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def pilots_wait_for_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    idle.install(monkeypatch)


@pytest.fixture(autouse=True)
def rules_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed_css.install(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "plantao.db")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts() -> int:
    """How often something is tried under `no_waiting`."""
    return 2


@pytest.fixture
def no_waiting(attempts: int) -> Iterator[None]:
    """Nothing is waited for between two attempts."""
    with stamina.set_testing(True, attempts=attempts, cap=True):
        yield


@pytest.fixture
def seconds_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A countdown goes on when a test calls `tick`; of real seconds a busy machine would miss some."""
    monkeypatch.setattr(Countdown, "set_interval", _a_timer_that_rests)


def _a_timer_that_rests(widget: Countdown, interval: float, callback: Callable[[], None]) -> Timer:
    return Widget.set_interval(widget, interval * A_DAY, callback)
