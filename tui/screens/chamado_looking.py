"""Looking at chamados once more before a verb: another analyst, or a developer, may have been faster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clients.models.chamado import Chamado, ChamadoEvent
from tui.carrier import Result

if TYPE_CHECKING:
    from tui.app import PlantaoApp


@dataclass(frozen=True)
class Looked:
    """What the board says now."""

    chamados: tuple[Chamado, ...]
    """Those that are still in the status in which they were shown, as they are now."""
    gone: tuple[Result, ...]
    """Those that are not."""
    said: Mapping[str, tuple[ChamadoEvent, ...]]
    """What was said of a chamado since it was shown, by its id."""


async def look_again(app: "PlantaoApp", seen: Sequence[Chamado]) -> Looked:
    """Read ``seen`` anew. Raises the board's errors."""
    board, labels = app.desk.board, app.desk.settings.chamados.labels
    if len(seen) == 1:
        one = await board.chamado(seen[0].id)
        now = {one.id: one} if one is not None else {}
    else:
        now = {chamado.id: chamado for chamado in await board.chamados()}
    still: list[Chamado] = []
    gone: list[Result] = []
    said: dict[str, tuple[ChamadoEvent, ...]] = {}
    for before in seen:
        found, subject = now.get(before.id), f"chamado nº {before.number}"
        if found is None:
            gone.append(Result(subject, False, "não está mais no quadro"))
        elif found.status is not before.status:
            last = found.last_move
            by = f" por {last.who}" if last is not None and last.who else ""
            gone.append(Result(subject, False, f"já foi para {labels[found.status]}{by}"))
        else:
            still.append(found)
            said[found.id] = found.events[len(before.events) :]
    return Looked(tuple(still), tuple(gone), said)
