"""The task under the cursor, with all that is known of it, as text that scrolls."""

from textual.message import Message

from clients.models.feed import Trouble
from clients.models.task_news import TaskNews
from clients.models.task_reading import TaskReading
from clients.models.task_views import TaskEntry

from .bound import bound
from .cells import Line, Piece, Tone, wrap
from .keys import DETAIL
from .line_view import LineView
from .pane import Clock
from .reasons import trouble_line
from .task_text import task_lines

_NOTHING = "Nenhuma tarefa em foco."


class TaskSheet(LineView):
    """One task, wrapped once for each width."""

    BINDINGS = bound(DETAIL)
    DEFAULT_CSS = """
    TaskSheet { border-top: solid $foreground 20%; }
    TaskSheet:focus { border-top: heavy $primary; }
    """

    class Left(Message):
        """Back to the list."""

    def __init__(self, *, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._reading: TaskReading | None = None
        self._entry: TaskEntry | None = None
        self._news: TaskNews | None = None
        self._trouble: Trouble | None = None
        self._wrapped: tuple[int, list[Line]] | None = None

    def show(
        self,
        reading: TaskReading | None,
        entry: TaskEntry | None = None,
        news: TaskNews | None = None,
        trouble: Trouble | None = None,
    ) -> None:
        """Show a task, or that there is none; ``trouble`` says why it is not as the server has it now."""
        shown = self.task_id
        self._reading, self._entry, self._news, self._trouble = reading, entry, news, trouble
        if self.task_id != shown:
            self.jump_to(0)
        self.rewrap()

    @property
    def task_id(self) -> int | None:
        """The task shown."""
        return self._reading.task.id if self._reading is not None else None

    def rewrap(self) -> None:
        """Say ages anew."""
        self._wrapped = None
        self.content_changed()

    def line_count(self, width: int) -> int:
        """Lines at that width."""
        return len(self._lines(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return self._lines(width)[index]

    def action_back(self) -> None:
        """Give the keys back."""
        self.post_message(self.Left())

    def _lines(self, width: int) -> list[Line]:
        if self._wrapped is None or self._wrapped[0] != width:
            self._wrapped = (width, self._lay_out(width))
        return self._wrapped[1]

    def _lay_out(self, width: int) -> list[Line]:
        if self._reading is None:
            return [(), *((Piece(f"  {part}", Tone.DIM),) for part in wrap(_NOTHING, width - 2))]
        lines = list(task_lines(self._reading, self._entry, self._news, self._clock(), width))
        return [trouble_line(self._trouble), *lines] if self._trouble is not None else lines
