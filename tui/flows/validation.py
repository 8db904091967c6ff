"""What came out of a client's validation (C12): the chamado moved, the client answered, the ticket set."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from clients.boards.board import Board
from clients.models.answer import Answer
from clients.models.chamado import Chamado
from clients.models.fields import Vocabulary
from clients.models.lifecycle import ChamadoStatus, Labels
from clients.models.moves import Move
from clients.models.text import fold
from clients.models.ticket import CLOSED, Ticket
from clients.models.timer import ticket_target
from clients.models.validation import Verdict, asking_comment, asking_event

from ..intent import Step
from .answer import message_step
from .chamado_steps import move_step
from .ticket_fields import edit_after_answer

IN_DEVELOPMENT = "Aguardando Desenvolvimento"
"""Name of the status of a ticket whose chamado is being worked on, where the account has it."""


def development_status(words: Vocabulary) -> int | None:
    """Return the account's status of that name, or None."""
    wanted = fold(IN_DEVELOPMENT)
    return next((value for value, label in words.statuses.items() if fold(label) == wanted), None)


async def record_asked(board: Board, chamado_id: str, who: str) -> None:
    """Record on the chamado that the client was asked, if it still waits for that; once a publication.

    Raises as `Board.comment`.
    """
    chamado = await board.chamado(chamado_id)
    if chamado is not None and chamado.status is ChamadoStatus.PUBLICADO:
        await board.comment(chamado.id, asking_comment(chamado), event=asking_event(chamado), who=who)


def verdict_steps(
    ticket: Ticket,
    chamado: Chamado,
    verdict: Verdict,
    comment: str,
    reply: Answer,
    changes: Mapping[str, JsonValue],
    *,
    who: str,
    labels: Labels,
    last: int,
    agent: int,
) -> Iterator[Step]:
    """Yield the steps in their order. The chamado goes first: where somebody moved it, nothing else is done.

    ``changes`` are the ticket's fields by then, as `Freshdesk.update` takes them; ``who`` moves the chamado,
    told in ``labels``; ``last`` is the newest message that ``agent`` has seen.
    """
    move = Move(to=verdict.to, comment=comment)
    yield move_step(chamado, move, who, ticket_target(ticket.id), labels=labels)
    yield message_step(reply, last, agent)
    if changes:
        yield edit_after_answer(ticket, changes)


def changes_for(
    verdict: Verdict, ticket: Ticket, filled: Mapping[str, JsonValue], words: Vocabulary
) -> dict[str, JsonValue]:
    """Return what ``verdict`` sets on ``ticket``; ``filled`` are the fields that closing it wants filled."""
    if verdict is Verdict.VALIDATED:
        return {} if ticket.status == CLOSED else {**filled, "status": CLOSED}
    status = development_status(words)
    return {} if status is None else {"status": status}
