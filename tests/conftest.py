"""What every test stands on: no colours or settings of the developer's own terminal and home."""

import os
import signal

if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # under nohup; what the tests start would inherit it
    signal.signal(signal.SIGHUP, lambda number, frame: None)
REPORT = "TEXTUAL_SNAPSHOT_TEMPDIR"  # of pytest-textual-snapshot, handed to each worker of a parallel run
for name in [key for key in os.environ if key.startswith(("TEXTUAL", "PLANTAO")) and key != REPORT]:
    del os.environ[name]
for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR"):
    os.environ.pop(name, None)
os.environ["TZ"] = "UTC"  # the jump host's zone must never matter

import pytest  # noqa: E402


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
