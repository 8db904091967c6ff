"""A ticket's chamado in a few words beside the ticket: where it is, and what that means for the client."""

import re

from clients.models.chamado import Chamado
from clients.models.lifecycle import MEANING, ChamadoStatus, Labels
from clients.models.ticket_view import TicketView
from clients.models.validation import STAGES, Stage, standing

from .cells import Piece, Tone
from .phrases import TO_VALIDATE

_STAGE_TONES = {Stage.TO_ASK: Tone.ACCENT, Stage.WAITING: Tone.DIM, Stage.ANSWERED: Tone.WARN}


def chamado_pieces(chamado: Chamado, view: TicketView, labels: Labels, validated_by: str) -> list[Piece]:
    """Number, situation and its meaning; of a published one also how far the client's validation is.

    That is told by the conversation of ``view``, where it was read; ``validated_by`` is the key that goes on.
    """
    published = chamado.status is ChamadoStatus.PUBLICADO
    version = f" ({chamado.version})" if published and chamado.version else ""
    told = [
        Piece(f"nº {chamado.number}"),
        Piece(f" · {labels[chamado.status]}{version}", Tone.PLAIN if published else Tone.DIM),
        *(Piece(word, Tone.DIM) for word in _words(f" · {MEANING[chamado.status]}")),
    ]
    if published and view.conversations.as_of is not None:
        stage = standing(chamado, view.conversations.items).stage
        mark = f"{TO_VALIDATE[0]} " if stage is Stage.TO_ASK else ""
        told.append(Piece(f" · {mark}{STAGES[stage]}", _STAGE_TONES[stage]))
    if published and validated_by:
        told.append(Piece(f" · {validated_by} valida", Tone.DIM))
    return told


def _words(sentence: str) -> list[str]:
    """Word by word, so that it can go on below; the mark that parts it stays with the first."""
    return re.findall(r"(?: ·)? \S+", sentence)
