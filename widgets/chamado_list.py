"""All chamados: those not yet sent on top, then the newest; the one under the cursor in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from textual.content import Content
from textual.message import Message

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from clients.models.lifecycle import LABELS, Labels

from .cells import Line
from .chamado_pane import ChamadoPane
from .chamado_row import Columns, Row, draw_header, draw_row, row_key
from .chamado_text import chamado_text, draft_text
from .key_line import key_by_id, key_of
from .line_list import MARGIN
from .one_line import OneLine
from .pane import Clock
from .phrases import counted
from .reasons import empty_reason

_NOTHING = "Nenhum chamado ainda."
_NEVER = ("Os chamados ainda não foram lidos.",)


def touched(row: Row) -> datetime:
    """When the analyst last had a row in hand: a draft when it was left, a chamado when it was sent."""
    moment = row.created_at if isinstance(row, Chamado) else row.updated_at
    return moment or datetime.min.replace(tzinfo=UTC)


class ChamadoHeader(OneLine):
    """Names of the columns, as wide as the list draws them."""

    def lay_out(self, width: int) -> Line:
        """Over the columns of the list."""
        return draw_header(Columns.for_width(width - MARGIN))


class ChamadoList(ChamadoPane):
    """The plain list of mode 3. Enter continues a draft, and on a sent one goes to its detail."""

    HELP = (
        "Rascunhos no alto, depois os chamados do mais novo ao mais antigo. O que cada situação significa "
        "para o cliente aparece no detalhe. ■ marcado: mover vale para todos os marcados."
    )

    @dataclass
    class DraftChosen(Message):
        """Enter on a draft: it is to be continued."""

        draft: ChamadoDraft

    def __init__(self, *, clock: Clock, labels: Labels = LABELS, id: str | None = None) -> None:
        super().__init__("Chamados", ChamadoHeader(), clock=clock, labels=labels, id=id)
        self._known: set[tuple[str, datetime]] = set()
        self._begun: set[str] = set()
        """What was listed as a draft, by id: once sent it is still the analyst's own."""

    def show(
        self, chamados: Feed[Chamado], drafts: tuple[ChamadoDraft, ...], *, resumed: bool = False
    ) -> None:
        """Show what the board has, and what is not yet sent; the cursor goes to what was just in hand.

        That is what is new where one came back (``resumed``); else only what one sent: the rest is others'.
        """
        sent = {chamado.id for chamado in chamados.items}
        begun = [draft for draft in drafts if draft.id not in sent]
        self.rows.explain(*empty_reason(chamados, (_NOTHING, self._how_to_begin), _NEVER))
        rows: tuple[Row, ...] = (*begun, *chamados.items)
        self.take(chamados, rows)
        self._to_what_was_in_hand(rows, resumed=resumed)

    @property
    def _how_to_begin(self) -> str:
        key = key_of(self, "command('novo-chamado')")
        return f"Abra um a partir de um ticket, ou um novo aqui{f' ({key})' if key else ''}."

    def _to_what_was_in_hand(self, rows: Sequence[Row], *, resumed: bool) -> None:
        news = [row for row in rows if (row_key(row), touched(row)) not in self._known]
        self._known.update((row_key(row), touched(row)) for row in news)
        sent = [row for row in news if isinstance(row, Chamado) and row.id in self._begun]
        self._begun.update(row.id for row in rows if isinstance(row, ChamadoDraft))
        in_hand = sent or (news if resumed else [])
        if in_hand:
            self.rows.select_key(row_key(max(in_hand, key=touched)))

    def count(self) -> str:
        """Sent ones and drafts."""
        sent = sum(isinstance(row, Chamado) for row in self.listed)
        told = counted(sent, "enviado", "enviados")
        begun = len(self.listed) - sent
        return f"{told} · {counted(begun, 'rascunho', 'rascunhos')}" if begun else told

    def draw(self, row: Row, width: int, *, marked: bool) -> Line:
        """One line of columns."""
        return draw_row(row, Columns.for_width(width), self.clock(), self.labels, marked=marked)

    def text_of(self, row: Row) -> Content:
        """The sheet; of a draft, how to go on with it."""
        if isinstance(row, Chamado):
            return chamado_text(row, self.clock(), self.labels)
        head = Content.assemble(
            ("Rascunho, ainda não enviado", "bold $text-warning"),
            f"  {key_by_id(self, 'lista.abrir')} continua\n\n",
        )
        return head + draft_text(row, None, self.clock())

    def open_row(self, row: Row) -> None:
        """Enter: a draft is gone on with."""
        if isinstance(row, ChamadoDraft):
            self.post_message(self.DraftChosen(row))
        else:
            super().open_row(row)
