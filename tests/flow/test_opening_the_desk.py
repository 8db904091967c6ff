"""What a desk does with what it finds on this machine when it opens."""

from pathlib import Path

import pytest

from clients.errors import StoreError, Unreachable
from clients.models.chamado import ChamadoDraft
from clients.models.feed import Trouble
from clients.models.fields import Vocabulary
from clients.models.ticket import Ticket
from tests.support.clock import Clock
from tui.cache import Reached
from tui.desk import Desk
from tui.intent import Step
from tui.journal import Journal
from tui.local_data import KEEP_CLOSED, KEEP_GONE
from tui.settings import Settings

pytestmark = pytest.mark.anyio


def settings(folder: Path) -> Settings:
    return Settings.model_validate({"pasta_de_dados": folder / "dados"})


async def left_behind(folder: Path, clock: Clock) -> None:
    """A session that sent one answer and discarded one chamado."""
    desk = Desk(settings(folder), clock)
    await desk.open()
    (intent,) = desk.local.journal.plan([Step("freshdesk.reply", "ticket:1", {"text": "Olá"})])
    desk.local.journal.done(desk.local.journal.begin(intent, KEEP_CLOSED), 9)
    desk.local.chamado_drafts.save(ChamadoDraft(id="a"))
    desk.local.chamado_drafts.discard("a")
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


async def test_a_row_of_another_version_is_left_out_and_the_list_is_read_from_its_beginning(
    tmp_path: Path,
) -> None:
    clock = Clock()
    kept = Ticket(id=2, subject="Nota rejeitada", created_at=clock.now, updated_at=clock.now)
    desk = Desk(settings(tmp_path), clock)
    await desk.open()
    assert desk.store is not None
    desk.local.cache.keep_tickets([kept])
    desk.local.cache.keep_queue(Reached(clock.now, clock.now), (), clock.now)
    desk.store.put("tickets", "id", [{"id": 1, "subject": "sem datas"}])
    desk.store.put(
        "singles",
        "key",
        [
            {"key": "services", "items": [{"oid": 1}, {"client": "A", "service": "CTE", "state": "ok"}]},
            {"key": "me", "nome": "Ana"},
            {"key": "vocabulary", "statuses": 7, "types": 1},
            {"key": "templates", "items": [{"x": 1}]},
        ],
    )
    await desk.close()

    desk = Desk(settings(tmp_path), clock)
    await desk.open()
    assert desk.account.me is None
    assert desk.account.templates == ()
    assert desk.account.vocabulary == Vocabulary()
    assert (await desk.sources.remembered_queue()).items == (kept,)
    assert desk.local.cache.reached() == Reached(), "the ticket left out would not come again by its changes"
    assert [service.service for service in (await desk.sources.remembered_services()).items] == ["CTE"]
    await desk.close()


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


@pytest.mark.parametrize(("board", "told"), [("local", 1), ("redmine", 0)])
async def test_a_shared_board_that_is_away_does_not_keep_the_desk_from_opening(
    tmp_path: Path, board: str, told: int
) -> None:
    chamados = {"pasta": tmp_path / "sumiu", "quadro": board, "redmine": {"projeto": "chamados"}}
    redmine = {"url": "http://127.0.0.1:9", "chave": "k"}
    values = {"pasta_de_dados": tmp_path / "dados", "chamados": chamados, "redmine": redmine}
    desk = Desk(Settings.model_validate(values), Clock())
    troubles: list[Trouble] = []
    desk.trouble = troubles.append
    await desk.open()
    assert desk.is_open
    assert len(troubles) == told
    with pytest.raises(Unreachable):
        await desk.local_board.chamados()
    await desk.close()
