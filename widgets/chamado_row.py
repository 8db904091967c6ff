"""A chamado, or one not yet sent, as one line of the list; which columns there are depends on the room."""

from dataclasses import dataclass
from datetime import datetime

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.licence import LicenceCheck
from clients.models.lifecycle import ChamadoStatus, Labels
from clients.models.text import safe_text

from . import phrases
from .cells import Line, Piece, Tone, fit
from .licence_line import MARKS

STATUSES: dict[ChamadoStatus, tuple[str, Tone]] = {
    ChamadoStatus.TRIAGEM: ("○", Tone.ACCENT),
    ChamadoStatus.REPROVADO: ("✖", Tone.BAD),
    ChamadoStatus.AGUARDANDO_INFORMACOES: ("▲", Tone.WARN),
    ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO: ("▲", Tone.WARN),
    ChamadoStatus.PUBLICADO: ("▲", Tone.WARN),
    ChamadoStatus.ENCERRADO: ("✓", Tone.GOOD),
}
"""Where something is asked of us, or nothing more happens; all others are on their way."""
UNDERWAY = ("◐", Tone.PLAIN)
DRAFT = ("·", "rascunho")
Row = Chamado | ChamadoDraft


def row_key(row: Row) -> str:
    """A sent chamado has its draft's id, so the two are told apart by a prefix."""
    return row.id if isinstance(row, Chamado) else f"rascunho:{row.id}"


@dataclass(frozen=True)
class Columns:
    """Widths in cells; 0 where a column does not show. One blank stands between columns."""

    title: int
    tool: int
    client: int
    status: int
    ticket: int
    number: int = 5
    age: int = 6

    @classmethod
    def for_width(cls, width: int) -> "Columns":
        """The columns for a list of ``width`` cells."""
        status = 14 if width < 75 else 18 if width < 110 else 26
        client = 0 if width < 64 else 14 if width < 75 else 16 if width < 110 else 26
        tool = 0 if width < 92 else 12 if width < 130 else 22
        ticket = 0 if width < 100 else 7
        shown = [5, status, 6, *(cells for cells in (client, tool, ticket) if cells)]
        return cls(max(4, width - sum(shown) - len(shown)), tool, client, status, ticket)


def draw_header(columns: Columns) -> Line:
    """The names of the columns."""
    cells = [fit("nº", columns.number), fit("título", columns.title)]
    cells += [fit("ferramenta", columns.tool)] if columns.tool else []
    cells += [fit("cliente", columns.client)] if columns.client else []
    cells += [fit("situação", columns.status)]
    cells += [fit("idade", columns.age, right=True)]
    cells += [fit("ticket", columns.ticket, right=True)] if columns.ticket else []
    return (Piece(" " + " ".join(cells), Tone.DIM),)  # the list has the cursor's mark in the first cell


def draw_row(row: Row, columns: Columns, now: datetime, labels: Labels, *, marked: bool = False) -> Line:
    """One chamado. What asks something of us stands out, what is over steps back; ■ marked."""
    if isinstance(row, Chamado):
        glyph, tone = STATUSES.get(row.status, UNDERWAY)
        label, number, licence, began = labels[row.status], str(row.number), row.licence, row.created_at
        over = row.status in (ChamadoStatus.ENCERRADO, ChamadoStatus.REPROVADO)
    else:
        (glyph, label), tone, number = DRAFT, Tone.ACCENT, "—"
        licence, began, over = None, row.updated_at or now, False
    body = Tone.DIM if over else Tone.PLAIN
    title = safe_text(row.title, multiline=False) or "(sem título)"
    line = [Piece(fit(number, columns.number) + " ", Tone.DIM)]
    if marked:
        line.append(Piece("■ ", Tone.ACCENT))
    line.append(Piece(fit(title, columns.title - (2 if marked else 0)) + " ", body))
    if columns.tool:
        line.append(Piece(fit(row.tool or "—", columns.tool) + " ", Tone.DIM))
    if columns.client:
        line += _client(row.licence_email, licence, columns.client, body)
    line.append(Piece(fit(f"{glyph} {label}", columns.status) + " ", tone))
    line.append(Piece(fit(phrases.age(began, now), columns.age, right=True), Tone.DIM))
    if columns.ticket:
        ticket = f"#{row.ticket_id}" if row.ticket_id else ""
        line.append(Piece(" " + fit(ticket, columns.ticket, right=True), Tone.DIM))
    return tuple(line)


def _client(email: str, licence: LicenceCheck | None, width: int, body: Tone) -> list[Piece]:
    glyph, tone = MARKS[licence.state] if licence else ("○", Tone.DIM)
    client = licence.licence.client if licence and licence.licence else ""
    name = safe_text(client or email, multiline=False) or "—"
    return [Piece(f"{glyph} ", tone), Piece(fit(name, width - 2) + " ", body)]
