"""A move is carried out by a workflow, and what the board left out of it is told."""

from datetime import date
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.errors import DoneInPart
from clients.models.chamado import Chamado
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.moves import Move
from clients.store import Store
from tests.support.boards import NOW, draft
from tests.support.clock import Clock
from tui.disk import Disk
from tui.flows.chamado_steps import move_step
from tui.flows.remotes import board_remotes
from tui.flows.workflows import Workflows
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
APPROVED = Move(to=ChamadoStatus.BACKLOG, deadline=date(2026, 3, 30))


class HalfDeaf(LocalBoard):
    """Moves, and says that something of it was not kept."""

    async def move(self, id: str, move: Move, *, event: str, who: str) -> Chamado:
        await super().move(id, move, event=event, who=who)
        raise DoneInPart(self.name, "o chamado foi movido, mas o prazo não ficou", way_out="Mude-o lá.")


async def test_what_a_board_left_out_of_a_move_is_told_and_the_move_is_done(tmp_path: Path) -> None:
    store, clock, disk = Store(tmp_path / "plantao.db"), Clock(NOW), Disk()
    board = HalfDeaf(store, clock)
    journal = Journal(store, Session.here(), clock)
    flows = Workflows(journal, disk, clock, board_remotes(board, LABELS), sleep=clock.sleep)
    sent = await board.submit(draft())
    planned = await flows.plan((move_step(sent, APPROVED, "Téo", labels=LABELS),))
    progress = await flows.carry_on(planned[0].workflow)
    assert progress.is_done
    (trouble,) = progress.troubles
    assert "o prazo não ficou" in trouble.message
    assert "Mude-o lá." in trouble.message
    now = await board.chamado(sent.id)
    assert now is not None
    assert now.status is ChamadoStatus.BACKLOG
    assert now.events[-1].id == progress.steps[0].remote_id
    disk.close()
    store.close()
