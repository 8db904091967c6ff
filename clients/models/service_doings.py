"""What was done about a failing service: who acknowledged it, what was found, which runbook was walked."""

from collections.abc import Iterable
from datetime import datetime

from .client_key import client_key
from .excerpt import masked
from .service import Service
from .service_note import ServiceNote, first_line, is_of_this_failure
from .text import clipped, fold
from .times import day_time
from .walk import Walk

LONGEST_FOUND = 120
"""Characters of what was written down at each doing; a longer one is told by its gist."""


def dealt_with(service: Service, notes: Iterable[ServiceNote], walks: Iterable[Walk], now: datetime) -> str:
    """Return it on one line, the newest first; empty where nothing was done since it fails.

    A walk that came to nothing is nothing done.
    """

    def counts(at: datetime) -> bool:
        return is_of_this_failure(service, at, now)

    by_id = {note.id: note for note in notes}
    walked = [walk for walk in walks if _counts_for(walk, service) and counts(walk.begun_at)]
    done = [(walk.begun_at, _walk(walk, by_id.pop(walk.id, None), now)) for walk in walked]
    done += [(note.at, _note(note, now)) for note in by_id.values() if counts(note.at)]
    return "; ".join(told for _, told in sorted(done, reverse=True))


def _counts_for(walk: Walk, service: Service) -> bool:
    same_client = client_key(walk.client) == client_key(service.client)
    return same_client and fold(walk.service) in ("", fold(service.service)) and walk.came_to_something


def _note(note: ServiceNote, now: datetime) -> str:
    word = "ciente" if note.acknowledges else "anotado"
    return _told(f"{word} por {note.who}, {day_time(note.at, now)}", note.text, note.gist, note)


def _walk(walk: Walk, note: ServiceNote | None, now: datetime) -> str:
    state = "" if walk.ended_at is not None else ", em andamento"
    head = f"roteiro {walk.runbook.title} por {walk.who}, {day_time(walk.begun_at, now)}{state}"
    if note is not None:
        return _told(head, note.text, note.gist, note)
    return _told(head, walk.findings, first_line(walk.conclusion), None)


def _told(head: str, text: str, gist: str, note: ServiceNote | None) -> str:
    """On one line: what was written down, masked since all of it is posted, and where it went on to."""
    found, short = (" ".join(each.split()) for each in masked((text, gist)).texts)
    if not found or len(found) > LONGEST_FOUND:
        found = clipped(short, LONGEST_FOUND)
    passed = ", ".join(each.told for each in note.passed) if note else ""
    return head + (f": {found}" if found else "") + (f" ({passed})" if passed else "")
