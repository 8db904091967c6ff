"""The ticket under the cursor: who asks, what is agreed, and the whole conversation."""

from collections.abc import Mapping, Sequence

from textual.widget import Widget

from clients.models.chamado import Chamado
from clients.models.conversation import Conversation
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.lifecycle import LABELS, Labels
from clients.models.ticket_view import TicketView

from .bound import bound
from .cells import Ground, Line, Piece, Tone, wrap
from .key_line import key_by_id
from .keys import PREVIEW
from .line_view import LineView
from .one_line import OneLine
from .pane import Clock, Pane
from .preview_text import PreviewLine, preview_lines

_NOTHING = ("Nenhum ticket em foco.", "Escolha um na fila para ler a conversa aqui.")


class PreviewText(LineView):
    """The lines of one ticket, wrapped once for each width."""

    BINDINGS = bound(PREVIEW)

    def __init__(
        self,
        *,
        clock: Clock,
        trackers: Mapping[str, str] | None = None,
        mended_by: str = "",
        labels: Labels = LABELS,
        validated_by: str = "",
    ) -> None:
        """Everything as of `PreviewPane`."""
        super().__init__()
        self.clock = clock
        self._trackers = trackers or {}
        self._mended_by = mended_by
        self._labels = labels
        self._validated_by = validated_by
        self._chamados: Sequence[Chamado] = ()
        self._view: TicketView | None = None
        self._vocabulary = Vocabulary()
        self._quotes = False
        self._wrapped: tuple[int, list[PreviewLine]] | None = None

    def show(self, view: TicketView | None, vocabulary: Vocabulary, chamados: Sequence[Chamado] = ()) -> None:
        """Show ``view``. Another ticket begins at its top; news of the same one do not move the text."""
        same = view is not None and self._view is not None and view.ticket.id == self._view.ticket.id
        self._view, self._vocabulary, self._wrapped = view, vocabulary, None
        self._chamados = chamados
        if not same:
            self._quotes = False
            self.jump_to(0)
        self.content_changed()

    @property
    def ticket_id(self) -> int | None:
        """The ticket shown."""
        return self._view.ticket.id if self._view else None

    def rewrap(self) -> None:
        """Say ages anew."""
        self._wrapped = None
        self.content_changed()

    def line_count(self, width: int) -> int:
        """Lines at that width."""
        return len(self._lines(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return self._lines(width)[index].line

    def ground_at(self, index: int) -> Ground:
        """Notes lie on another ground."""
        return self._lines(self.line_cells)[index].ground

    def action_quotes(self) -> None:
        """Show or fold what mails quote."""
        self._quotes = not self._quotes
        self.rewrap()

    def _lines(self, width: int) -> list[PreviewLine]:
        if self._wrapped is None or self._wrapped[0] != width:
            self._wrapped = (width, self._lay_out(width))
        return self._wrapped[1]

    def _lay_out(self, width: int) -> list[PreviewLine]:
        if self._view is None:
            first, second = _NOTHING
            return [
                PreviewLine(()),
                *(PreviewLine((Piece(f"  {part}"),)) for part in wrap(first, width - 2)),
                *(PreviewLine((Piece(f"  {part}", Tone.DIM),)) for part in wrap(second, width - 2)),
            ]
        key = key_by_id(self, "conversa.citacoes")
        return preview_lines(
            self._view,
            self._vocabulary,
            self.clock(),
            width,
            quotes=self._quotes,
            quotes_key=key or "…",
            trackers=self._trackers,
            mended_by=self._mended_by,
            chamados=self._chamados,
            labels=self._labels,
            validated_by=self._validated_by,
        )


class PreviewPane(Pane):
    """One ticket with its conversation, oldest message first."""

    DEFAULT_CSS = """
    PreviewPane > .company { display: none; }
    PreviewPane > .company.-on { display: block; }
    """

    HELP = """\
**Conversa**: quem pede, o que está combinado e tudo o que se disse, do mais antigo ao mais novo.
O que o cliente não vê está marcado como nota interna; o texto citado fica escondido até que se peça."""

    def __init__(
        self,
        *,
        clock: Clock,
        trackers: Mapping[str, str] | None = None,
        mended_by: str = "",
        labels: Labels = LABELS,
        validated_by: str = "",
        id: str | None = None,
    ) -> None:
        """``trackers`` names the tracker of a Tipo where the two systems use different words.

        ``mended_by`` is the key that makes them equal, where there is one; ``labels`` are those of chamados,
        and ``validated_by`` is the key that takes the client's validation to one.
        """
        super().__init__("Ticket", clock=clock, id=id)
        self._company = OneLine(classes="company")
        self._text = PreviewText(
            clock=clock, trackers=trackers, mended_by=mended_by, labels=labels, validated_by=validated_by
        )

    def content(self) -> list[Widget]:
        """Who else is on the ticket, and the text."""
        return [self._company, self._text]

    @property
    def ticket_id(self) -> int | None:
        """The ticket shown."""
        return self._text.ticket_id

    def show(self, view: TicketView | None, vocabulary: Vocabulary, chamados: Sequence[Chamado] = ()) -> None:
        """Show ``view`` with its ``chamados``, or that there is nothing to show."""
        shown = self.ticket_id
        self._text.show(view, vocabulary, chamados)
        if self.ticket_id != shown:
            self._tell_company("")
        feed: Feed[Conversation] = view.conversations if view else Feed()
        self.tell_feed(feed, f"#{view.ticket.id}" if view else "")

    def tell_company(self, ticket_id: int, said: str) -> None:
        """Say above the text of ``ticket_id`` who else works on it; nothing where ``said`` is empty."""
        if ticket_id == self.ticket_id:
            self._tell_company(said)

    def _tell_company(self, said: str) -> None:
        self._company.show((Piece(f" ▲ {said}", Tone.WARN),) if said else ())
        self._company.set_class(bool(said), "-on")

    def tick(self) -> None:
        """Say ages anew."""
        super().tick()
        self._text.rewrap()

    def focus(self, scroll_visible: bool = True) -> "PreviewPane":
        """Give the keys to the text."""
        self._text.focus(scroll_visible)
        return self
