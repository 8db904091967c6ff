"""What stands above the queue's list: the saved views, the names of the columns."""

from collections.abc import Mapping

from clients.models.queue import QUEUE_VIEWS, QueueView, queue_view, views_in_use

from . import phrases
from .cells import Line, Piece, Tone, line_width
from .line_list import MARGIN
from .one_line import OneLine
from .queue_row import Columns, draw_header

_LABELS = {view.id: view.label for view in QUEUE_VIEWS}
_SHORT = {view.id: view.short for view in QUEUE_VIEWS}
_SHORTEST = _SHORT | {"minha_vez": "minha", "vencendo": "vence"}
_TIGHT = _SHORTEST | {"sem_resposta": "s/resp.", "aguardando_desenvolvimento": "des."}


class QueueHeader(OneLine):
    """Names of the columns, as wide as the list draws them."""

    number = 6

    def lay_out(self, width: int) -> Line:
        """Over the columns of the list."""
        return draw_header(Columns.for_width(width - MARGIN, self.number))


class ViewStrip(OneLine):
    """Saved views with their counts; the current one in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self._current = QUEUE_VIEWS[0].id
        self._counts: Mapping[str, int] = {}

    def tell(self, current: str, counts: Mapping[str, int]) -> None:
        """Show ``counts`` by id of view, none where nothing was read yet, and which one is current."""
        if (current, counts) != (self._current, self._counts):
            self._current, self._counts = current, counts
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """Full labels where they fit, else shorter ones, else as many as fit that hold something."""
        items: list[Line] = []
        views = views_in_use(self._counts, queue_view(self._current))
        for names, gap in ((_LABELS, " "), (_SHORT, " "), (_SHORTEST, ""), (_TIGHT, "")):
            items = [self._item(view, names[view.id], gap) for view in views]
            if sum(line_width(item) for item in items) + 1 <= width:
                return (Piece(" "), *(piece for item in items for piece in item))
        items = [self._item(view, _TIGHT[view.id], "") for view in views if self._tells(view)]
        while len(items) > 1 and sum(line_width(item) for item in items) + 1 > width:
            del items[-1 if items[0][0].tone is Tone.ACCENT else 0]
        return (Piece(" "), *(piece for item in items for piece in item))

    def _tells(self, view: QueueView) -> bool:
        """Whether it is worth its place where there is little: there is something in it, or it is current."""
        return bool(self._counts.get(view.id)) or view.id == self._current

    def _item(self, view: QueueView, label: str, gap: str) -> Line:
        count = phrases.tally(self._counts.get(view.id))
        if view.id == self._current:
            return (Piece(f"[{label} {count}]{'' if gap else ' '}", Tone.ACCENT),)
        return (Piece(f"{gap}{label} ", Tone.DIM), Piece(f"{count} ", Tone.PLAIN))
