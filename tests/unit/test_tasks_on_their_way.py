"""A task that is being changed: what is shown and told of it, once it is known what became of the change."""

from collections.abc import Callable, Coroutine, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from clients.models.feed import Feed
from clients.models.task_views import TaskEntry
from tests.support.tasks import ME, entry, task
from tui.carrier import Result
from tui.intent import Step
from tui.task_watch import TaskWatch

if TYPE_CHECKING:
    from tui.app import PlantaoApp

READ = Feed((entry(7, assigned=ME),))
REFUSED = "A tarefa 7 aparece como antes da mudança, que não foi feita."
UNKNOWN = "Ainda não se sabe se a mudança foi feita: Pendências (F7) mostra."


class Desk:
    """Stands for the app: operations end as it is told, and a reading ends where it is asked for."""

    def __init__(self, result: Result) -> None:
        self.desk = SimpleNamespace(
            offers=None,
            task_room=SimpleNamespace(poller=lambda read: SimpleNamespace(run=self._run, ask=self._ask)),
        )
        self.carrier = self
        self.tasks: Feed[TaskEntry] = Feed()
        self.told: list[str] = []
        self.readings = 0
        self._result = result

    def start(
        self, steps: Sequence[Step], said: str, *, also: object, ended: Callable[[Result], object], once: bool
    ) -> None:
        """As the carrier."""
        assert self.is_on_its_way
        ended(self._result)

    @property
    def is_on_its_way(self) -> bool:
        return self.tasks.items[0].on_its_way

    def run_worker(self, work: Coroutine[object, object, None] | None, **how: object) -> None:
        if work is not None:
            work.close()

    def say(self, words: str) -> None:
        self.told.append(words)

    refuse = say

    def key_of(self, command: str) -> str:
        assert command == "pendencias"
        return "F7"

    def _run(self, take: Callable[[Feed[TaskEntry]], None]) -> None:
        self._take = take
        take(READ)

    def _ask(self) -> None:
        self.readings += 1
        self._take(READ.busy())
        self._take(READ)


def changed(result: Result) -> tuple[Desk, list[str]]:
    """Task 7 is asked to be closed, and that ends so; what was called because it failed."""
    desk, failed = Desk(result), list[str]()
    watch = TaskWatch(cast("PlantaoApp", desk))
    watch.start()
    watch.change([], [task(7, assigned=ME, status=5)], failed=lambda: failed.append("failed"))
    return desk, failed


def test_what_was_certainly_not_done_is_shown_as_it_was() -> None:
    desk, failed = changed(Result("tarefa 7", False, "não pode", certain=True))
    assert not desk.is_on_its_way
    assert (desk.told, failed, desk.readings) == ([REFUSED], ["failed"], 0)


def test_what_may_have_been_done_is_read_again_and_said_to_be_unknown() -> None:
    desk, failed = changed(Result("tarefa 7", False, "sem desfecho"))
    assert not desk.is_on_its_way
    assert (desk.told, failed, desk.readings) == ([UNKNOWN], [], 1)
