"""What asks for attention in the top line, whatever one is looking at."""

from enum import IntEnum
from typing import TYPE_CHECKING

from clients.models.service import ServiceState
from clients.models.ticket import Turn
from widgets.cells import Line, Piece, Tone

if TYPE_CHECKING:
    from .app import PlantaoApp


class Room(IntEnum):
    """How much room there is: each leaves out one thing more than the one before."""

    ALL = 0
    NO_WORDS = 1
    NO_ROUND = 2
    NO_TICKET = 3
    """Of the timer."""
    SHORT_CLIENT = 4


def counters(app: "PlantaoApp", room: Room = Room.ALL) -> Line:
    """Operations, time, handovers, the round, red services, unanswered tickets: what there is room for."""
    red = sum(item.state is ServiceState.FAIL for item in app.services.items)
    waiting = sum(ticket.turn is Turn.UNANSWERED for ticket in app.queue.items)
    no_services, no_queue = app.services.as_of is None, app.queue.as_of is None and not waiting
    going = app.outbox.on_the_way + app.carrier.on_the_way
    asked = app.outbox.questions + app.carrier.open
    brief = room >= Room.NO_WORDS
    place = app.server_watch.line(clipped=room >= Room.SHORT_CLIENT)
    time = app.timekeeper.line(named=room < Room.NO_TICKET)

    def said(text: str, words: str) -> str:
        return f"{text}  " if brief else f"{text} {words}  "

    return (
        *([Piece(said(f"↻ {going}", "a caminho"), Tone.WARN)] if going else []),
        *([Piece(f"{_asked(app, asked, brief)}  ", Tone.WARN)] if asked else []),
        *([*place, Piece("  ")] if place else []),
        *([*time, Piece("  ")] if time else []),
        *app.news.pieces(brief=brief),
        *app.task_watch.line(brief=brief),
        *(() if room >= Room.NO_ROUND else app.handover_count.line(brief=brief)),
        *(() if room >= Room.NO_ROUND else app.morning_count.line(brief=brief)),
        Piece(said(f"✖ {'?' if no_services else red}", "em falha"), Tone.BAD if red else Tone.DIM),
        Piece(said(f"◆ {'?' if no_queue else waiting}", "sem resposta"), Tone.WARN if waiting else Tone.DIM),
    )


def _asked(app: "PlantaoApp", asked: int, brief: bool) -> str:
    key = app.key_of("pendencias")
    return f"? {asked} ({key})" if brief else f"? {asked} sem desfecho ({key})"
