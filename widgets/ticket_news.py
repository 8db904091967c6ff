"""What happened to a ticket since the analyst looked, as lines that are read before anything is sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from clients.models.conversation import Conversation, Voice
from clients.models.ticket_changes import Change

from .cells import Line, Piece, Tone
from .phrases import date_time

VOICES = {Voice.CLIENT: "cliente", Voice.REPLY: "resposta", Voice.NOTE: "nota interna"}
"""Who said something."""


def ticket_news(new: Sequence[Conversation], changes: Sequence[Change], now: datetime) -> Iterator[Line]:
    """Fields that changed and messages that came, each in full; nothing where nothing did."""
    if not new and not changes:
        return
    yield (Piece("▲ O que mudou no ticket desde que você o abriu", Tone.WARN),)
    for change in changes:
        yield (
            Piece(f"  {change.label}: ", Tone.DIM),
            Piece(f"{change.before} → {change.after}", Tone.STRONG),
        )
    for said in new:
        yield (Piece(f"  {date_time(said.created_at, now)}  {VOICES[said.voice]}", Tone.ACCENT),)
        for line in said.text.split("\n"):
            if line.strip():
                yield (Piece("  │ ", Tone.DIM), Piece(line))
    yield ()
