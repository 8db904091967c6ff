"""The demo's desk finds what the colleagues left, and the folder in which shifts are handed over."""

import stat
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from clients.models.handover import awaited
from clients.store import Store
from tui.cli.demo import demo_settings, team_at_work
from tui.shared_handovers import open_handovers


def now() -> datetime:
    return datetime.now(UTC)


def test_a_handover_waits_in_the_demos_own_folder(tmp_path: Path) -> None:
    with team_at_work(tmp_path) as (ready, folder), closing(Store(tmp_path / "own.db")) as own:
        settings = demo_settings(ready, tmp_path / "dados", handovers=folder)
        assert settings.handover.folder == folder
        assert folder.parent == tmp_path
        assert stat.S_IMODE(folder.stat().st_mode) == 0o2770
        shared = open_handovers(settings, own, now)
        assert shared.handovers.trouble is None
        (waiting,) = awaited(shared.handovers.list(), "Beatriz Nogueira", now())
        assert waiting.who == "Otávio Prado"
        assert shared.store is not None
        shared.store.close()


def test_without_a_team_nobody_hands_over(ready: Mapping[str, object], tmp_path: Path) -> None:
    assert demo_settings(ready, tmp_path).handover.folder is None
