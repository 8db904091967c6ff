"""What the note on a round's services says was done about each of them. Pure."""

from collections.abc import Iterable
from datetime import datetime

from .morning import CheckKind, MorningRound
from .service import Service
from .service_doings import LONGEST_FOUND
from .service_note import is_of_this_failure
from .text import clipped
from .times import day_time


def told_at_the_round(service: Service, rounds: Iterable[MorningRound], now: datetime) -> str:
    """Return it on one line, the latest that was written while the service failed; empty where none was."""
    noted = [
        (check.noted_at, check.note, each.who)
        for each in rounds
        for check in [each.check(CheckKind.SERVICES)]
        if check.noted_at is not None and is_of_this_failure(service, check.noted_at, now)
    ]
    if not noted:
        return ""
    at, note, who = max(noted)
    said = clipped(" ".join(note.split()), LONGEST_FOUND)
    return f"na rotina, por {who}, {day_time(at, now)}: {said}"
