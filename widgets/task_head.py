"""What stands above the list of tasks: the views with their counts, the names of the columns."""

from collections.abc import Mapping, Sequence

from clients.models.task_columns import COLUMNS, TaskColumn
from clients.models.task_views import TaskView

from . import phrases
from .cells import Line, Piece, Tone, line_width
from .line_list import MARGIN
from .one_line import OneLine
from .task_row import TaskColumns, draw_header, draw_news_header


class TaskHeader(OneLine):
    """Names of the columns, as wide as the list draws them."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.wanted: Sequence[TaskColumn] = COLUMNS
        self.told: Mapping[TaskColumn, int] = {}
        """As of `TaskColumns.for_width`."""
        self.number = 6
        self.of_news = False

    def columns(self, width: int) -> TaskColumns:
        """Those of a list of ``width`` cells."""
        return TaskColumns.for_width(width, self.wanted, self.number, self.told)

    def lay_out(self, width: int) -> Line:
        """Over the columns of the list."""
        columns = self.columns(width - MARGIN)
        return draw_news_header(columns) if self.of_news else draw_header(columns)


class TaskStrip(OneLine):
    """The views with their counts; the current one in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Sequence[TaskView], str, Mapping[str, int]] = ((), "", {})

    def tell(self, views: Sequence[TaskView], current: str, counts: Mapping[str, int]) -> None:
        """Show ``counts`` by id of view, none where nothing was read yet, and which one is current."""
        if (views, current, counts) != self._told:
            self._told = (views, current, counts)
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """Full labels where they fit, else short ones, else as many as fit, the current one among them."""
        views, current, counts = self._told
        for short in (False, True):
            items = [self._item(view, view.short if short else view.label) for view in views]
            if sum(map(line_width, items)) < width:
                break
        else:
            held = [view for view in views if counts.get(view.id) != 0 or view.id == current]
            items = [self._item(view, view.short) for view in held]
            place = next((number for number, view in enumerate(held) if view.id == current), 0)
            while len(items) > 1 and sum(map(line_width, items)) >= width:
                drop = 0 if place == len(items) - 1 else len(items) - 1
                del items[drop]
                place -= drop < place
        return (Piece(" "), *(piece for item in items for piece in item))

    def _item(self, view: TaskView, label: str) -> Line:
        _, current, counts = self._told
        count = phrases.tally(counts.get(view.id))
        if view.id == current:
            return (Piece(f"[{label} {count}] ", Tone.ACCENT),)
        return (Piece(f"{label} ", Tone.DIM), Piece(f"{count}  ", Tone.PLAIN))
