"""A chamado on the desk's own board, brought through its statuses up to its publication."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from clients.boards.board import Board
from clients.boards.local import LocalBoard
from clients.models.chamado import Chamado
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.models.ticket import Turn
from tests.support.boards import draft
from tests.support.clock import NOW
from tests.support.desk import Sitting

VERSION = "4.18.2"
TO_PUBLICADO = (
    Move(to=ChamadoStatus.BACKLOG, deadline=date(2026, 3, 30)),
    Move(to=ChamadoStatus.A_FAZER),
    Move(to=ChamadoStatus.DOING),
    Move(to=ChamadoStatus.PULL_REQUEST),
    Move(to=ChamadoStatus.PR_APROVADO),
    Move(to=ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO, url="https://homologacao.exemplo.com.br"),
    Move(to=ChamadoStatus.TESTING),
    Move(to=ChamadoStatus.TEST_FINISHED),
    Move(to=ChamadoStatus.PUBLICADO, version=VERSION),
)
"""The usual way."""


async def publish(board: Board, ticket_id: int, moves: Sequence[Move] = TO_PUBLICADO) -> Chamado:
    """Send a chamado of the ticket and bring it along ``moves``."""
    sent = await board.submit(draft(ticket_id=ticket_id), author="Marina")
    for number, move in enumerate(moves):
        sent = await board.move(sent.id, move, event=f"{sent.id}:{number}", who="Téo")
    return sent


async def published_an_hour_ago(seat: Sitting, ticket_id: int) -> Chamado:
    """Publish a chamado of the ticket where the desk keeps its own; it is not read yet."""
    return await publish(colleague_at(seat, NOW - timedelta(hours=1)), ticket_id)


def colleague_at(seat: Sitting, now: datetime) -> Board:
    """The desk's board as somebody else has it."""
    assert seat.app.desk.store is not None
    return LocalBoard(seat.app.desk.store, lambda: now)


def answered_before(seat: Sitting) -> int:
    """A ticket that waits for its client, the last word longer ago than an hour, well down in the queue."""
    for entry in reversed(seat.mesa.queue.shown):
        stats = entry.ticket.stats
        told = stats.agent_responded_at if stats else None
        if entry.turn is Turn.CLIENT and told is not None and told < NOW - timedelta(hours=1):
            return entry.id
    raise AssertionError("no such ticket")
