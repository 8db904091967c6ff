"""The tasks while the desk is open: shown where they are listed, what is new on them counted (R23)."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.feed import Feed
from clients.models.task import Task
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry, entry_of
from widgets.cells import Line, Piece, Tone
from widgets.phrases import counted

from .asked_tasks import AskedTasks
from .called_tasks import CalledTasks
from .sync import Poller

if TYPE_CHECKING:
    from .app import PlantaoApp
    from .carrier import Result
    from .intent import Step
    from .task_room import TaskRoom

NEW = "✱"
"""Before what nobody saw yet."""


class TaskWatch:
    """Reads the tasks for the app. What goes wrong is told where they are listed."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._poller: Poller[TaskEntry] | None = None
        self._read: Feed[TaskEntry] = Feed(loading=True)
        self._called = CalledTasks()
        self._asked = AskedTasks()
        self._told: set[tuple[int, tuple[str, ...]]] = set()

    async def begin(self) -> None:
        """Show the tasks as they were last read."""
        desk = self._app.desk
        try:
            self._show(await desk.disk(desk.local.task_shelf.tasks))
            news = await desk.disk(desk.local.task_shelf.news)
        except PlantaoError as error:
            self._show(Feed(trouble=error.trouble))
            return
        self._told = {_mark(one) for one in news}
        self._app.task_news = news

    def start(self) -> None:
        """Begin to read them, where Redmine is configured."""
        room = self._app.desk.task_room
        if room is None:
            self._show(Feed(self._read.items, as_of=self._read.as_of))
            return
        self._poller = room.poller(self._read)
        self._app.run_worker(self._poller.run(self._take), group="tasks", exit_on_error=False)

    def ask(self) -> None:
        """Read all of them now, instead of what changed at the end of the pause."""
        if self._poller is not None:
            self._poller.ask()

    async def call(self, task: Task) -> None:
        """Have the lists show ``task``, which was just read, also where it is none of theirs.

        Raises RemoteError.
        """
        if all(entry.id != task.id for entry in self._read.items):
            self._called.call(await self._entry(task))
            self._show(self._read)

    def change(
        self,
        steps: "Sequence[Step]",
        asked: Sequence[Task],
        said: str = "",
        *,
        also: Callable[[str], object] = lambda workflow: None,
        failed: Callable[[], object] = lambda: None,
        once: bool = False,
    ) -> None:
        """Carry the steps out, and meanwhile show the tasks as they are ``asked`` to become.

        ``said``, ``also`` and ``once`` as of `Carrier.start`. Where nothing of it came about they are shown
        as they were, and ``failed`` is called; where that is not certain they are read again.
        """
        numbers = [task.id for task in asked]

        def ended(result: "Result") -> None:
            if not result.done and self._app.desk.offers is not None:
                self._app.desk.offers.forget()  # Redmine may insist on other fields than was known
            if result.certain:
                self._asked.take_back(numbers)
                self._show(self._read)
                self._app.say(f"{_named(numbers)} como antes da mudança, que não foi feita.")
                failed()
                return
            self._asked.written(numbers)
            self.ask()
            if not result.done:
                key = self._app.key_of("pendencias")
                self._app.refuse(f"Ainda não se sabe se a mudança foi feita: Pendências ({key}) mostra.")

        self._asked.ask(asked)
        self._show(self._read)
        self._app.carrier.start(steps, said, also=also, ended=ended, once=once)

    def read_again(self, task_id: int) -> None:
        """Read all of them now: something was done to one that its date does not show."""
        room = self._app.desk.task_room
        if room is not None:
            room.forget(task_id)
            if task_id in self._called:
                self._app.run_worker(self._recall(room, task_id), group="called", exit_on_error=False)
        self.ask()

    def line(self, *, brief: bool) -> Line:
        """What of it belongs into the top line: how many tasks have news that nobody saw."""
        count = sum(one.unread for one in self._app.task_news)
        if not count:
            return ()
        words = f"{NEW} {count}" if brief else f"{NEW} {counted(count, 'tarefa mudou', 'tarefas mudaram')}"
        return (Piece(f"{words}  ", Tone.ACCENT),)

    async def mark_seen(self, news: Iterable[TaskNews]) -> None:
        """Note that these were seen. Raises StoreError."""
        desk = self._app.desk
        self._app.task_news = await desk.disk(desk.local.task_shelf.mark_seen, tuple(news))

    def _show(self, feed: Feed[TaskEntry]) -> None:
        self._read = feed
        self._app.tasks = self._asked.over(self._called.among(feed))

    async def _recall(self, room: "TaskRoom", task_id: int) -> None:
        """Read a called task again: no list tells what became of it."""
        try:
            self._called.call(await self._entry((await room.read(task_id)).task))
        except PlantaoError as error:
            self._app.report(error.trouble)
            return
        self._show(self._read)

    async def _entry(self, task: Task) -> TaskEntry:
        offers = self._app.desk.offers
        me = await offers.me() if offers is not None else 0
        return entry_of(task, me, watched=any(person.id == me for person in task.watchers))

    def _take(self, feed: Feed[TaskEntry]) -> None:
        self._asked.hear(feed)
        self._show(feed)
        if not feed.loading and feed.trouble is None:
            self._app.run_worker(self._look(), exclusive=True, group="task-news", exit_on_error=False)

    async def _look(self) -> None:
        desk = self._app.desk
        try:
            news = await desk.disk(desk.local.task_shelf.news)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return
        fresh = [one for one in news if one.unread and _mark(one) not in self._told]
        self._told |= {_mark(one) for one in fresh}
        self._app.task_news = news
        self._tell([one for one in fresh if one.concluded])

    def _tell(self, concluded: list[TaskNews]) -> None:
        if len(concluded) == 1:
            (one,) = concluded
            self._app.say(f"Tarefa {one.task_id} «{one.subject}»: {one.told}.")
        elif concluded:
            key = self._app.key_of("tarefas")
            self._app.say(f"{len(concluded)} tarefas foram concluídas: {key} mostra.")


def _named(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers))
    return f"A tarefa {listed} aparece" if len(numbers) == 1 else f"As tarefas {listed} aparecem"


def _mark(news: TaskNews) -> tuple[int, tuple[str, ...]]:
    return (news.task_id, news.lines)
