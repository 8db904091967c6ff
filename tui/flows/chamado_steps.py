"""Moving a chamado and saying something of it as steps: found again by the id of their event."""

from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import DoneInPart, PlantaoError
from clients.models.base import Model
from clients.models.chamado import Chamado
from clients.models.lifecycle import LABELS, ChamadoStatus, Labels
from clients.models.moves import Move, arrow
from clients.models.text import SafeMultiline, SafeText

from ..intent import Intent, Step
from .engine import Did, Found, Missing, Unclear

if TYPE_CHECKING:
    from clients.boards.board import Board

MOVE, COMMENT = "chamado.move", "chamado.comment"


class ChamadoMoved(PlantaoError):
    """Somebody moved the chamado after the analyst looked."""

    title = "O chamado já mudou de situação"
    way_out = "Olhe o chamado de novo e decida; este passo pode ser pulado."


class Moving(Model):
    """A move, of a chamado as the analyst saw it."""

    chamado: str
    number: int
    seen: ChamadoStatus
    move: Move
    who: SafeText
    label: SafeText = ""
    """What the status is called that it goes to."""


class Remark(Model):
    """A comment on a chamado."""

    chamado: str
    number: int
    text: SafeMultiline
    who: SafeText


def chamado_target(number: int) -> str:
    """What a step on a chamado is done to, in the journal's words."""
    return f"chamado:{number}"


def move_step(chamado: Chamado, move: Move, who: str, target: str | None = None, *, labels: Labels) -> Step:
    """Plan to move ``chamado``, as part of what is done on ``target``; ``labels`` are what it is told in."""
    moving = Moving(
        chamado=chamado.id,
        number=chamado.number,
        seen=chamado.status,
        move=move,
        who=who,
        label=labels[move.to],
    )
    return Step(MOVE, target or chamado_target(chamado.number), moving.model_dump(mode="json"))


def remark_step(chamado: Chamado, text: str, who: str) -> Step:
    """Plan to say ``text`` of ``chamado``."""
    remark = Remark(chamado=chamado.id, number=chamado.number, text=text, who=who)
    return Step(COMMENT, chamado_target(chamado.number), remark.model_dump(mode="json"))


def move_words(step: Step | Intent) -> str:
    """Tell what a move does, on one line."""
    moving = Moving.model_validate(step.payload)
    move, found = moving.move, arrow(moving.seen, moving.move.to)
    verb = found.verb if found else "Mover"
    given: tuple[str, ...] = (move.url, move.version)
    if move.deadline is not None:
        given += (f"prazo {move.deadline:%d/%m/%Y}",)
    if move.duplicate_of is not None:
        given += (f"duplicado do nº {move.duplicate_of}",)
    told = ", ".join(filter(None, given))
    return f"{verb}: chamado nº {moving.number} → {moving.label or LABELS[move.to]}" + (
        f" ({told})" if told else ""
    )


class MovingChamado:
    """The remote step ``chamado.move``."""

    def __init__(self, board: "Board", labels: Labels = LABELS) -> None:
        self._board = board
        self._labels = labels

    async def ready(self, intent: Intent) -> None:
        """Raise ChamadoMoved where it is no longer in the status that the analyst saw."""
        moving = Moving.model_validate(intent.payload)
        chamado = await self._board.chamado(moving.chamado)
        if chamado is None or chamado.status is moving.seen or _event(chamado, intent.op_id):
            return
        last = chamado.last_move
        by = f" por {last.who}" if last is not None and last.who else ""
        where = self._labels[chamado.status]
        raise ChamadoMoved(f"o chamado nº {moving.number} foi para {where}{by}.")

    async def do(self, intent: Intent) -> int | str | Did | None:
        """Move it."""
        moving = Moving.model_validate(intent.payload)
        try:
            await self._board.move(moving.chamado, moving.move, event=intent.op_id, who=moving.who)
        except DoneInPart as error:
            return Did(intent.op_id, f"{error.message}\n{error.way_out}")
        return intent.op_id

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the event's id."""
        return await _look(self._board, str(intent.payload["chamado"]), intent.op_id)

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


class CommentingChamado:
    """The remote step ``chamado.comment``."""

    def __init__(self, board: "Board") -> None:
        self._board = board

    async def ready(self, intent: Intent) -> None:
        """A comment fits whatever status it is in."""

    async def do(self, intent: Intent) -> int | str | None:
        """Say it."""
        remark = Remark.model_validate(intent.payload)
        await self._board.comment(remark.chamado, remark.text, event=intent.op_id, who=remark.who)
        return intent.op_id

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the event's id."""
        return await _look(self._board, str(intent.payload["chamado"]), intent.op_id)

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


async def _look(board: "Board", id: str, event: str) -> Found | Missing:
    chamado = await board.chamado(id)
    at = None if chamado is None else _event(chamado, event)
    return Missing("O quadro foi conferido e não está lá.") if at is None else Found(event)


def _event(chamado: Chamado, id: str) -> datetime | None:
    return next((event.at for event in chamado.events if event.id == id), None)
