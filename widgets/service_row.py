"""A service as one line of the table; which columns there are depends on the room."""

from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from clients.models.service import Service, ServiceState

from . import phrases
from .cells import Line, Piece, Tone, clip, fit
from .service_known import FLAPPING, KNOWN, Known, acknowledged_by, people_words, state_tone


@dataclass(frozen=True)
class Columns:
    """Widths in cells; 0 where a column does not show. One blank stands between columns."""

    client: int
    service: int
    people: int
    note: int
    check: int
    state: int = 14
    since: int = 6

    @classmethod
    def for_width(cls, width: int, *, checked: bool = True) -> "Columns":
        """The columns for a list of ``width`` cells; ``checked``: some source says when it looked."""
        check = 6 if width >= 96 and checked else 0
        room = width - 14 - 1 - 6 - 1 - (check + 1 if check else 0)
        if width < 68:
            client = (room - 1) // 2
            return cls(client, room - 1 - client, 0, 0, check)
        client, service, people = (14, 12, 11) if width < 76 else (13, 12, 14) if width < 96 else (18, 16, 16)
        if room >= 74:  # the room of a check that no source tells is the client's
            client = 24
        if width >= 130:
            client, service, people = 26, 22, 20
        return cls(client, service, people, room - client - service - people - 3, check)


def draw_header(columns: Columns) -> Line:
    """The names of the columns."""
    cells = [fit("situação", columns.state), fit("cliente", columns.client), fit("serviço", columns.service)]
    cells += [fit("quem está", columns.people), fit("nota", columns.note)] if columns.people else []
    cells += [fit("verif.", columns.check, right=True)] if columns.check else []
    cells += [fit("desde", columns.since, right=True)]
    return (Piece(" " + " ".join(cells), Tone.DIM),)  # the list has the cursor's mark in the first cell


def draw_row(service: Service, known: Known, columns: Columns, now: datetime) -> Line:
    """One service; what runs steps back. What comes and goes says so beside the sign of its state."""
    flaps = known.flaps(service, now)
    tone = state_tone(service, flaps=flaps)
    quiet = Tone.DIM if service.state is ServiceState.OK else Tone.PLAIN
    glyph, word = phrases.state(service.state)
    if flaps:
        glyph, word = glyph + FLAPPING[0], FLAPPING[1]
    line = [
        Piece(fit(f"{glyph} {word}", columns.state) + " ", tone),
        Piece(fit(service.client, columns.client) + " ", quiet),
        Piece(fit(service.service, columns.service) + " ", quiet),
    ]
    if columns.people:
        there = people_words(known, service, now, columns.people)
        line.append(Piece(fit(there, columns.people) + " ", quiet if there != "—" else Tone.DIM))
        line += remark_pieces(service, known, columns.note, now)
        line.append(Piece(" "))
    if columns.check:
        line.append(
            Piece(fit(phrases.age(service.last_check, now), columns.check, right=True) + " ", Tone.DIM)
        )
    since = fit(phrases.age(service.since, now), columns.since, right=True)
    return (*line, Piece(since, tone if quiet is Tone.PLAIN else Tone.DIM))


def remark_pieces(service: Service, known: Known, width: int, now: datetime) -> Line:
    """Who knows of it, then what is to be said of it, in exactly ``width`` cells."""
    note = known.acknowledgement(service, now)
    remark = service.remark(now) or service.kind
    if note is None:
        return (Piece(fit(remark, width), Tone.DIM),)
    said = clip(acknowledged_by(note) if width > len(KNOWN) + 4 else KNOWN, width)
    rest = fit(f" · {remark}" if remark else "", width - cell_len(said))
    return (Piece(said, Tone.ACCENT), Piece(rest, Tone.DIM))
