"""The board is read by its poller and by the pages: what comes later was never read before."""

import asyncio
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.models.chamado import Chamado
from clients.models.lifecycle import LABELS
from clients.store import Store
from tests.support.boards import draft
from tests.support.clock import Clock
from tui.chamado_room import ChamadoRoom
from tui.disk import Disk
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio


class SlowOnce(LocalBoard):
    """Its first reading comes back late, with what was there when it began."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self.release = asyncio.Event()
        self.begun = asyncio.Event()

    async def chamados(self) -> tuple[Chamado, ...]:
        found = await super().chamados()
        if not self.begun.is_set():
            self.begun.set()
            await self.release.wait()
        return found


async def test_a_late_answer_never_takes_the_place_of_a_newer_one(tmp_path: Path) -> None:
    clock, store = Clock(), Store(tmp_path / "plantao.db")
    board = SlowOnce(store, clock)
    room = ChamadoRoom(board, None, Journal(store, Session.here(), clock), Disk(), clock, LABELS)
    came: list[int] = []

    async def reads() -> None:
        came.append(len((await room.read()).items))

    first = asyncio.ensure_future(reads())
    await board.begun.wait()
    await board.submit(draft())
    second = asyncio.ensure_future(reads())
    await asyncio.sleep(0)
    board.release.set()
    await asyncio.gather(first, second)
    assert came == [0, 1]
