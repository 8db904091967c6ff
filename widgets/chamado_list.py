"""All chamados: those not yet sent on top, then the newest; the one under the cursor in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed

from .bound import bound
from .cells import Line
from .chamado_row import Columns, Row, draw_header, draw_row
from .chamado_text import chamado_text, draft_text
from .form_foot import show
from .key_line import key_by_id
from .keys import DETAIL
from .line_list import MARGIN, LineList
from .one_line import OneLine
from .pane import Clock, Pane
from .phrases import counted
from .reasons import empty_reason

WIDE = 110
"""Columns from which the detail stands beside the list."""
_NOTHING = ("Nenhum chamado ainda.", "Abra um a partir de um ticket, ou um novo aqui.")
_NEVER = ("Os chamados ainda não foram lidos.",)


def row_key(row: Row) -> str:
    """A sent chamado has its draft's id, so the two are told apart by a prefix."""
    return row.id if isinstance(row, Chamado) else f"rascunho:{row.id}"


def touched(row: Row) -> datetime:
    """When the analyst last had a row in hand: a draft when it was left, a chamado when it was sent."""
    moment = row.created_at if isinstance(row, Chamado) else row.updated_at
    return moment or datetime.min.replace(tzinfo=UTC)


class ChamadoHeader(OneLine):
    """Names of the columns, as wide as the list draws them."""

    def lay_out(self, width: int) -> Line:
        """Over the columns of the list."""
        return draw_header(Columns.for_width(width - MARGIN))


class ChamadoDetail(VerticalScroll, can_focus=True):
    """One chamado in full."""

    BINDINGS = bound(DETAIL)
    DEFAULT_CSS = """
    ChamadoDetail { padding: 0 2; scrollbar-size-vertical: 1; }
    ChamadoDetail > Static { height: auto; padding-right: 1; }
    """

    class Left(Message):
        """Back to the list."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static()

    def tell(self, text: Content) -> None:
        """Show another one, from its top."""
        show(self.query_one(Static), text)
        self.scroll_home(animate=False)

    def action_back(self) -> None:
        """Give the keys back."""
        self.post_message(self.Left())


class ChamadoList(Pane):
    """The plain list of mode 3. Enter continues a draft, and on a sent one goes to its detail."""

    HELP = (
        "Rascunhos no alto, depois os chamados do mais novo ao mais antigo. O que cada situação significa "
        "para o cliente aparece no detalhe."
    )
    DEFAULT_CSS = """
    ChamadoList .body { layout: vertical; height: 1fr; }
    ChamadoList .rows { height: 1fr; }
    ChamadoList ChamadoDetail { height: 1fr; border-top: solid $foreground 20%; }
    ChamadoList.-wide .body { layout: horizontal; }
    ChamadoList.-wide .rows { width: 3fr; }
    ChamadoList.-wide ChamadoDetail { width: 2fr; border-top: none; border-left: solid $foreground 20%; }
    """

    @dataclass
    class DraftChosen(Message):
        """Enter on a draft: it is to be continued."""

        draft: ChamadoDraft

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__("Chamados", clock=clock, id=id)
        self.rows: LineList[Row] = LineList(row_key, self._draw, id="chamados-lista")
        self.detail = ChamadoDetail()
        self._known: set[tuple[str, datetime]] = set()

    def content(self) -> list[Widget]:
        """List and detail."""
        return [Vertical(Vertical(ChamadoHeader(), self.rows, classes="rows"), self.detail, classes="body")]

    @property
    def highlighted(self) -> Row | None:
        """What the cursor is on."""
        return self.rows.highlighted

    def show(self, chamados: Feed[Chamado], drafts: tuple[ChamadoDraft, ...]) -> None:
        """Show what the board has, and what is not yet sent; the cursor goes to what was just in hand."""
        sent = {chamado.id for chamado in chamados.items}
        begun = [draft for draft in drafts if draft.id not in sent]
        count = counted(len(chamados.items), "enviado", "enviados")
        if begun:
            count += f" · {counted(len(begun), 'rascunho', 'rascunhos')}"
        self.tell_feed(chamados, count)
        self.rows.explain(*empty_reason(chamados, _NOTHING, _NEVER))
        rows: tuple[Row, ...] = (*begun, *chamados.items)
        self.rows.set_rows(rows)
        self._to_what_was_in_hand(rows)
        self._tell()

    def _to_what_was_in_hand(self, rows: Sequence[Row]) -> None:
        news = [row for row in rows if (row_key(row), touched(row)) not in self._known]
        self._known.update((row_key(row), touched(row)) for row in news)
        if news:
            self.rows.select_key(row_key(max(news, key=touched)))

    def tick(self) -> None:
        """Say ages anew."""
        super().tick()
        self.rows.content_changed()

    def focus(self, scroll_visible: bool = True) -> "ChamadoList":
        """Give the keys to the list."""
        self.rows.focus(scroll_visible)
        return self

    def select(self, key: str) -> bool:
        """Put the cursor on a chamado (or draft, see `row_key`); False if it is not there."""
        return self.rows.select_key(key)

    def on_resize(self, event: events.Resize) -> None:
        """Beside or below."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def _draw(self, row: Row, width: int) -> Line:
        return draw_row(row, Columns.for_width(width), self.clock())

    @on(LineList.Highlighted)
    def _another(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._tell()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        row = self.highlighted
        if isinstance(row, ChamadoDraft):
            self.post_message(self.DraftChosen(row))
        else:
            self.detail.focus()

    @on(ChamadoDetail.Left)
    def _back(self, event: ChamadoDetail.Left) -> None:
        event.stop()
        self.rows.focus()

    def _tell(self) -> None:
        row = self.highlighted
        if isinstance(row, Chamado):
            self.detail.tell(chamado_text(row, self.clock()))
        elif row is not None:
            head = Content.assemble(
                ("Rascunho, ainda não enviado", "bold $text-warning"),
                f"  {key_by_id(self, 'lista.abrir')} continua\n\n",
            )
            self.detail.tell(head + draft_text(row, None, self.clock()))
        else:
            self.detail.tell(Content(""))
