"""A ticket as one line of the queue; which columns there are depends on the room."""

from dataclasses import dataclass
from datetime import datetime

from clients.models.queue import SOON, QueueEntry, initials
from clients.models.ticket import Turn

from . import phrases
from .cells import Line, Piece, Tone, clip, fit

URGENT = 4
CLOCK = 9
AGE = 6
GAP = "  "
"""Before the age: "em 3 h 53 min" would be one time and not two."""
INITIALS = 3
"""Cells of an owner who is told by initials."""
_TURN_TONES = {
    Turn.UNANSWERED: Tone.WARN,
    Turn.OURS: Tone.ACCENT,
    Turn.CLIENT: Tone.DIM,
    Turn.DONE: Tone.DIM,
}


@dataclass(frozen=True)
class Columns:
    """Widths in cells; 0 where a column does not show. A blank parts them, and two the age."""

    number: int
    client: int
    subject: int
    kind: int
    status: int
    owner: int
    clock: int = CLOCK
    age: int = AGE

    @classmethod
    def for_width(cls, width: int, number: int = 6) -> "Columns":
        """The columns for a list of ``width`` cells whose longest "#id" has ``number``."""
        client = 0 if width < 50 else 12 if width < 100 else 18 if width < 150 else 26
        kind = 0 if width < 76 else 6 if width < 112 else 14 if width < 150 else 24
        status = 0 if width < 66 else 10 if width < 100 else 16 if width < 150 else 26
        owner = 0 if width < 60 else INITIALS if width < 96 else 10 if width < 150 else 18
        age = 0 if width < 44 else AGE
        shown = [1, number, *(cells for cells in (client, kind, status, owner, CLOCK, age) if cells)]
        blanks = len(shown) + (len(GAP) - 1 if age else 0)
        return cls(number, client, max(4, width - sum(shown) - blanks), kind, status, owner, CLOCK, age)


def draw_header(columns: Columns) -> Line:
    """The names of the columns."""
    cells = [" ", fit("nº", columns.number)]
    cells += [fit("cliente", columns.client)] if columns.client else []
    cells += [fit("assunto", columns.subject)]
    cells += [fit("tipo", columns.kind)] if columns.kind else []
    cells += [fit("situação", columns.status)] if columns.status else []
    cells += [fit("com", columns.owner)] if columns.owner else []
    cells += [fit("prazo", columns.clock, right=True)]
    age = GAP + fit("idade", columns.age, right=True) if columns.age else ""
    return (Piece(" " + " ".join(cells) + age, Tone.DIM),)  # the list has the cursor's mark in the first cell


def draw_entry(
    entry: QueueEntry, columns: Columns, now: datetime, *, drafted: bool = False, marked: bool = False
) -> Line:
    """One ticket. What waits for us reads clearly, the rest steps back; ✎ an answer begun, ■ marked."""
    ticket = entry.ticket
    glyph, _ = phrases.TO_VALIDATE if entry.to_validate else phrases.turn(entry.turn)
    waiting = entry.to_validate or entry.turn in (Turn.UNANSWERED, Turn.OURS)
    body = Tone.PLAIN if waiting else Tone.DIM
    line = [
        Piece(f"{glyph} ", Tone.ACCENT if entry.to_validate else _TURN_TONES[entry.turn]),
        Piece(fit(f"#{ticket.id}", columns.number) + " ", Tone.DIM),
    ]
    if columns.client:
        line.append(Piece(fit(ticket.client, columns.client) + " ", body))
    subject = columns.subject
    if ticket.priority >= URGENT and entry.turn is not Turn.DONE and subject > 12:
        line.append(Piece("! ", Tone.BAD))
        subject -= 2
    if marked:
        line.append(Piece("■ ", Tone.ACCENT))
        subject -= 2
    if drafted and subject > 12:
        line.append(Piece("✎ ", Tone.ACCENT))
        subject -= 2
    line.append(Piece(fit(ticket.subject or "(sem assunto)", subject) + " ", body))
    if columns.kind:
        line.append(Piece(fit(ticket.type or "—", columns.kind) + " ", Tone.DIM))
    if columns.status:
        line.append(Piece(fit(_short(entry.status), columns.status) + " ", Tone.DIM))
    if columns.owner:
        line.append(Piece(fit(_owner(entry.owner, columns.owner), columns.owner) + " ", Tone.DIM))
    clock = phrases.short_deadline(entry.clock, now)
    line.append(
        Piece(fit(clip(clock, columns.clock), columns.clock, right=True), clock_tone(entry.clock, now))
    )
    if columns.age:
        line.append(Piece(GAP + fit(phrases.age(ticket.created_at, now), columns.age, right=True), Tone.DIM))
    return tuple(line)


def _short(status: str) -> str:
    """What tells one waiting from another comes first: "Aguardando Cliente" as "Ag. Cliente"."""
    return status.replace("Aguardando ", "Ag. ", 1)


def _owner(name: str, width: int) -> str:
    if not name:
        return "—"
    return initials(name) if width <= INITIALS else name


def clock_tone(clock: datetime | None, now: datetime) -> Tone:
    """How pressing a deadline is."""
    if clock is None or clock - now > SOON:
        return Tone.DIM
    return Tone.WARN if clock >= now else Tone.BAD
