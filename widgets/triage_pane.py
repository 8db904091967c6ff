"""The triage: chamados that wait for a decision, oldest first, each with what the form's rules find in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from clients.models.finding import Finding
from clients.models.lifecycle import LABELS, ChamadoStatus, Labels
from clients.models.text import safe_text

from . import phrases
from .cells import Line, Piece, Tone, fit
from .chamado_pane import ChamadoPane
from .chamado_row import Row
from .chamado_text import chamado_text
from .findings_text import findings_text
from .licence_line import MARKS
from .line_list import MARGIN
from .one_line import OneLine
from .pane import Clock
from .phrases import counted
from .reasons import empty_reason

_NOTHING = ("Nenhum chamado em triagem.", "Tudo foi decidido; os novos chegam aqui, o mais antigo no alto.")
_NEVER = ("Os chamados ainda não foram lidos.",)


@dataclass(frozen=True)
class TriageColumns:
    """Widths in cells; 0 where a column does not show."""

    title: int
    author: int
    number: int = 5
    licence: int = 1
    age: int = 6

    @classmethod
    def for_width(cls, width: int) -> "TriageColumns":
        """The columns for a list of ``width`` cells."""
        author = 0 if width < 56 else 14
        return cls(max(4, width - 5 - 1 - 6 - 3 - (author + 1 if author else 0)), author)


class TriageHeader(OneLine):
    """Names of the columns."""

    def lay_out(self, width: int) -> Line:
        """Over the columns of the list; the licence has its glyph alone."""
        columns = TriageColumns.for_width(width - MARGIN)
        cells = [fit("nº", columns.number), " ", fit("título", columns.title)]
        cells += [fit("autor", columns.author)] if columns.author else []
        cells += [fit("espera", columns.age, right=True)]
        return (Piece(" " + " ".join(cells), Tone.DIM),)


class TriagePane(ChamadoPane):
    """Chamados in Triagem. The sheet at the side begins with the findings, told by the screen."""

    HELP = (
        "Os chamados que esperam uma decisão, o mais antigo no alto. A ficha começa pelo que a conferência "
        "aponta, o mesmo que o autor viu: ✖ impede, ▲ avisa, · sugere. Na lista, o sinal antes do título é a "
        "licença: ● válida, ▲ experiência, ✖ vencida ou não encontrada, ? não verificada. ■ marcado."
    )
    DEFAULT_CSS = """
    TriagePane .rows { height: 7; }
    TriagePane.-wide .rows { width: 2fr; height: 1fr; }
    TriagePane.-wide Detail { width: 3fr; }
    """

    def __init__(self, *, clock: Clock, labels: Labels = LABELS, id: str | None = None) -> None:
        super().__init__("Triagem", TriageHeader(), clock=clock, labels=labels, id=id)
        self._findings: tuple[str, Sequence[Finding]] = ("", ())

    def show(self, chamados: Feed[Chamado], drafts: tuple[ChamadoDraft, ...] = ()) -> None:
        """Show those of ``chamados`` that are in Triagem; drafts are not there yet."""
        waiting = [each for each in chamados.items if each.status is ChamadoStatus.TRIAGEM]
        self.rows.explain(*empty_reason(chamados, _NOTHING, _NEVER))
        waiting.sort(key=lambda chamado: (chamado.since, chamado.number))
        self.take(chamados, tuple(waiting))
        self.post_message(self.Highlighted(self.highlighted))

    def tell_findings(self, chamado: Chamado, findings: Sequence[Finding]) -> None:
        """Show what was found in ``chamado``, if it is still the one in view."""
        row = self.highlighted
        if isinstance(row, Chamado) and row.id == chamado.id:
            self._findings = chamado.id, findings
            self.tell_detail()

    def count(self) -> str:
        """How many wait."""
        return counted(len(self.listed), "à espera", "à espera")

    def draw(self, row: Row, width: int, *, marked: bool) -> Line:
        """Number, licence, title, author, how long it has waited."""
        if not isinstance(row, Chamado):
            return ()
        columns = TriageColumns.for_width(width)
        glyph, tone = MARKS[row.licence.state] if row.licence else ("○", Tone.DIM)
        line = [Piece(fit(str(row.number), columns.number) + " ", Tone.DIM), Piece(f"{glyph} ", tone)]
        if marked:
            line.append(Piece("■ ", Tone.ACCENT))
        title = safe_text(row.title, multiline=False) or "(sem título)"
        line.append(Piece(fit(title, columns.title - (2 if marked else 0)) + " "))
        if columns.author:
            line.append(Piece(fit(row.author or "—", columns.author) + " ", Tone.DIM))
        line.append(Piece(fit(phrases.age(row.since, self.clock()), columns.age, right=True), Tone.DIM))
        return tuple(line)

    def text_of(self, row: Row) -> Content:
        """The findings, then the sheet."""
        if not isinstance(row, Chamado):
            return Content("")
        of, findings = self._findings
        return findings_text(findings if of == row.id else None) + chamado_text(
            row, self.clock(), self.labels
        )
