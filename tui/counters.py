"""What asks for attention in the top line, whatever one is looking at."""

from typing import TYPE_CHECKING

from clients.models.service import ServiceState
from clients.models.ticket import Turn
from widgets.cells import Line, Piece, Tone

if TYPE_CHECKING:
    from .app import PlantaoApp


def counters(app: "PlantaoApp", *, leave: bool = False, brief: bool = False) -> Line:
    """Operations, time, handovers, the round, red services, unanswered tickets; ``brief`` without words.

    ``leave`` leaves out handovers and the round, which can wait.
    """
    red = sum(item.state is ServiceState.FAIL for item in app.services.items)
    waiting = sum(ticket.turn is Turn.UNANSWERED for ticket in app.queue.items)
    no_services, no_queue = app.services.as_of is None, app.queue.as_of is None and not waiting
    going = app.outbox.on_the_way + app.carrier.on_the_way
    asked = app.outbox.questions + app.carrier.open
    place, time = app.server_watch.line(), app.timekeeper.line()

    def said(text: str, words: str) -> str:
        return f"{text}  " if brief else f"{text} {words}  "

    return (
        *([Piece(said(f"↻ {going}", "a caminho"), Tone.WARN)] if going else []),
        *([Piece(f"{_asked(app, asked, brief)}  ", Tone.WARN)] if asked else []),
        *([*place, Piece("  ")] if place else []),
        *([*time, Piece("  ")] if time else []),
        *app.news.pieces(),
        *app.task_watch.line(brief=brief),
        *(() if leave else (*app.handover_count.line(brief=brief), *app.morning_count.line(brief=brief))),
        Piece(said(f"✖ {'?' if no_services else red}", "em falha"), Tone.BAD if red else Tone.DIM),
        Piece(said(f"◆ {'?' if no_queue else waiting}", "sem resposta"), Tone.WARN if waiting else Tone.DIM),
    )


def _asked(app: "PlantaoApp", asked: int, brief: bool) -> str:
    key = app.key_of("pendencias")
    return f"? {asked} ({key})" if brief else f"? {asked} sem desfecho ({key})"
