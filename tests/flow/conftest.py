"""The sandbox of the demo, one for all tests that run commands on it: each has data of its own.

All of them together ask more of Freshdesk and of Slack than these grant in a minute.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from tests.support.headless import Env, environment
from tui.cli.demo import sandbox

PLENTY = 1_000_000


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, object]]:
    """What the sandbox says when it is ready."""
    with sandbox(tmp_path_factory.mktemp("demo") / "sandbox") as ready:
        _grant_everything(ready)
        yield ready


def _grant_everything(ready: Mapping[str, object]) -> None:
    urls, keys = ready["urls"], ready["keys"]
    assert isinstance(urls, dict)
    assert isinstance(keys, dict)
    httpx.put(
        f"{urls['control']}/_sandbox/knobs",
        json={
            "freshdesk": {"rate_total": PLENTY, "rate_list": PLENTY},
            "slack": {"rates_enforced": False},
        },
        headers={"Authorization": f"Bearer {keys['control']}"},
    ).raise_for_status()


@pytest.fixture
def env(ready: Mapping[str, object], tmp_path: Path) -> Env:
    """The environment of somebody whose settings are those of the demo."""
    return environment(ready, tmp_path / "dados")
