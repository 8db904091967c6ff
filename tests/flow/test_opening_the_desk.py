"""What a desk does with what it finds on this machine when it opens."""

from pathlib import Path

import pytest

from clients.errors import StoreError
from clients.models.chamado import ChamadoDraft
from tests.support.clock import Clock
from tui.desk import KEEP_CLOSED, KEEP_GONE, Desk
from tui.journal import Journal, Step
from tui.settings import Settings

pytestmark = pytest.mark.anyio


def settings(folder: Path) -> Settings:
    return Settings.model_validate({"pasta_de_dados": folder / "dados"})


async def left_behind(folder: Path, clock: Clock) -> None:
    """A session that sent one answer and discarded one chamado."""
    desk = Desk(settings(folder), clock)
    await desk.open()
    (intent,) = desk.journal.plan([Step("freshdesk.reply", "ticket:1", {"text": "Olá"})])
    desk.journal.done(desk.journal.begin(intent, KEEP_CLOSED), 9)
    desk.chamado_drafts.save(ChamadoDraft(id="a"))
    desk.chamado_drafts.discard("a")
    await desk.close()


async def rows_after_opening(folder: Path, clock: Clock) -> dict[str, int]:
    desk = Desk(settings(folder), clock)
    await desk.open()
    assert desk.store is not None
    rows = {name: len(desk.store.table(name)) for name in ("ops", "chamado_drafts")}
    await desk.close()
    return rows


async def test_old_texts_and_old_traces_are_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    await left_behind(tmp_path, clock)
    assert await rows_after_opening(tmp_path, clock) == {"ops": 1, "chamado_drafts": 1}
    clock.forward(seconds=KEEP_CLOSED.total_seconds() + 1)
    assert await rows_after_opening(tmp_path, clock) == {"ops": 0, "chamado_drafts": 1}
    clock.forward(seconds=KEEP_GONE.total_seconds())
    assert await rows_after_opening(tmp_path, clock) == {"ops": 0, "chamado_drafts": 0}


async def test_a_disk_that_takes_nothing_does_not_keep_the_desk_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(journal: Journal, before: object) -> None:
        raise StoreError("disco cheio")

    monkeypatch.setattr(Journal, "forget_closed", full)
    desk = Desk(settings(tmp_path), Clock())
    await desk.open()
    assert desk.is_open
    await desk.close()
