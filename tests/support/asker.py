"""The analyst at the questions of a worker, without a terminal: each is answered by the next of a list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from clients.models.duration import Duration, read_duration
from clients.models.feed import Trouble
from clients.models.text import fold
from tui.desk import Desk
from tui.intent import Step
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.line import LineScreen
from tui.screens.pick import PickScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app import PlantaoApp

Said = Callable[["Screen[object]"], object]


class Asker:
    """Stands for the app: what was asked is in `asked`, with what stood in the field or in the list."""

    def __init__(self, desk: Desk, *answers: Said) -> None:
        self.desk = desk
        self._answers = list(answers)
        self.asked: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.steps: tuple[Step, ...] = ()
        """What was to be written, once it was agreed to."""
        self.plans = True
        """Whether what is to be written can be planned: not where something is open on the same target."""
        self.timekeeper = self
        self.task_watch = self
        self.carrier = self

    @property
    def app(self) -> "PlantaoApp":
        """Itself, as those take it who ask."""
        return cast("PlantaoApp", self)

    def will(self, *answers: Said) -> None:
        """More answers."""
        self._answers += answers

    @property
    def is_done(self) -> bool:
        """Whether every answer was asked for."""
        return not self._answers

    # ── as the app ──

    async def ask(self, screen: "Screen[object]") -> object:
        title = "Quanto tempo?" if isinstance(screen, TimeScreen) else _title(screen)
        self.asked.append((title, _offered(screen)))
        if isinstance(screen, LineScreen) and screen._refused:
            self.told.append(screen._refused)
        while True:
            answer = self._answers.pop(0)(screen)
            typed = answer if isinstance(screen, LineScreen) and isinstance(answer, str) else ""
            refused = screen._check(typed) if isinstance(screen, LineScreen) and typed else None
            if refused is None:
                return answer
            self.told.append(refused)  # the field stays open with what was typed

    def say(self, words: str) -> None:
        self.told.append(words)

    def refuse(self, words: str) -> None:
        self.told.append(words)

    def report(self, trouble: Trouble) -> None:
        self.told.append(trouble.message)

    async def believed(self, target: str) -> bool:
        return True

    async def start_timer(self, target: str) -> None:
        await self.desk.disk(self.desk.local.timers.start, target)

    def change(
        self, steps: Sequence[Step], asked: object, said: str, *, also: Callable[[str], object]
    ) -> None:
        self.steps = tuple(steps)
        self.told.append(said)
        if self.plans:
            also("work")

    def start(self, what: object, *, also: Callable[[str], object] | None = None) -> object:
        """A timer's start, or an operation's."""
        if isinstance(what, str):
            return self.start_timer(what)
        self.steps = tuple(cast("Sequence[Step]", what))
        return also("work") if also is not None and self.plans else None


def picks(letters: str) -> Said:
    """The first in the list whose label has them."""

    def answer(screen: "Screen[object]") -> object:
        assert isinstance(screen, PickScreen), screen
        return next(pick.value for pick in screen._picker._picks if fold(letters) in fold(pick.label))

    return answer


def types(text: str, *, then_back: bool = False) -> Said:
    """Written over what stood there, and taken or left."""

    def answer(screen: "Screen[object]") -> object:
        assert isinstance(screen, LineScreen | TimeScreen), screen
        screen._keep(text)
        if then_back:
            return None
        if isinstance(screen, LineScreen):
            return text
        return _minutes(text)

    return answer


def takes(screen: "Screen[object]") -> object:
    """What stands there, as it is; of a list the one under the cursor."""
    if isinstance(screen, PickScreen):
        return screen._picker._at or screen._picker._picks[0].value
    if isinstance(screen, LineScreen):
        return screen._text
    assert isinstance(screen, TimeScreen), screen
    return _minutes(screen._text)


def agrees(screen: "Screen[object]") -> object:
    assert isinstance(screen, ConfirmScreen), screen
    return True


def goes_back(screen: "Screen[object]") -> object:
    """Esc."""
    return False if isinstance(screen, ConfirmScreen) else None


def _minutes(text: str) -> int:
    read = read_duration(text)
    assert isinstance(read, Duration)
    return read.minutes


def _title(screen: "Screen[object]") -> str:
    return screen._question if isinstance(screen, ConfirmScreen) else str(screen.title)


def _offered(screen: "Screen[object]") -> str:
    if isinstance(screen, PickScreen):
        return "\n".join(f"{pick.label} · {pick.about}" for pick in screen._picker._picks)
    if isinstance(screen, ConfirmScreen):
        return screen._about
    return screen._text if isinstance(screen, LineScreen | TimeScreen) else ""
