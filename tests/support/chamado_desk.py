"""A desk with chamados on its board, without any server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from clients.boards.board import Board
from clients.models.chamado import Chamado
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import ARROWS, Move, Need, arrow
from tests.support.clock import frozen
from tests.support.desk import NARROW, Sitting, sitting
from tests.support.form_desk import GOOD, licence
from tui.desk import Desk
from tui.settings import ReplySettings, Settings
from tui.settings_chamados import ChamadoSettings

CARRIED: dict[Need, object] = {
    Need.COMMENT: "como combinado",
    Need.URL: "https://homologacao.exemplo.com.br",
    Need.VERSION: "4.18.2",
    Need.DEADLINE: date(2026, 3, 20),
}
"""What a move may have to carry."""


def way_to(status: ChamadoStatus) -> tuple[ChamadoStatus, ...]:
    """The shortest way through the table, from Triagem."""
    ways: dict[ChamadoStatus, tuple[ChamadoStatus, ...]] = {ChamadoStatus.TRIAGEM: ()}
    while status not in ways:
        for here, way in tuple(ways.items()):
            for each in ARROWS[here]:
                ways.setdefault(each.to, (*way, each.to))
    return ways[status]


async def on_the_board(
    board: Board,
    title: str = GOOD.title,
    status: ChamadoStatus = ChamadoStatus.TRIAGEM,
    **changes: object,
) -> Chamado:
    """Send a chamado and bring it to ``status``; ``changes`` are of its draft."""
    draft = GOOD.model_copy(update={"id": str(uuid4()), "title": title, **changes})
    chamado = await board.submit(draft, author="Marina", licence=licence(draft.licence_email))
    for each in way_to(status):
        way = arrow(chamado.status, each)
        carried = {way.need: CARRIED[way.need]} if way and way.need else {}
        move = Move.model_validate({"to": each, **carried})
        chamado = await board.move(chamado.id, move, event=str(uuid4()), who="Carla")
    return chamado


async def as_it_is(seat: Sitting, chamado: Chamado) -> Chamado:
    """Read it from the board."""
    found = await seat.app.desk.board.chamado(chamado.id)
    assert found is not None
    return found


def chamado_settings(folder: Path, *, hold: int = 0, shared: Path | None = None) -> Settings:
    """Settings without servers; ``hold`` are the seconds for taking back, ``shared`` the team's board."""
    return Settings(
        state_folder=folder,
        replies=ReplySettings(undo_seconds=hold),
        chamados=ChamadoSettings(folder=shared),
    )


@asynccontextmanager
async def at_the_board(
    settings: Settings, size: tuple[int, int] = NARROW, *, clock: Callable[[], datetime] = frozen
) -> AsyncIterator[Sitting]:
    """Sit down at a desk whose board can be filled before it is looked at."""
    async with sitting(Desk(settings, clock), size) as seat:
        await seat.until(lambda: seat.app.desk.is_open, "opened the desk")
        yield seat


async def has_read(seat: Sitting) -> None:
    """Wait until the page in view has read what it reads; the desk's pollers never end."""
    await seat.until(
        lambda: all(worker.is_finished for worker in seat.app.workers if worker.node is seat.app.screen)
    )
