"""The questions about time, the same whatever it is logged on: how long, as what, and what was done."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar

from clients.errors import SettingsError
from clients.models.day import Day, NoDay
from clients.models.doing import Suggestion
from clients.models.duration import clock
from clients.models.past_day import EXAMPLES, read_past_day
from clients.models.spent_time import LONGEST_COMMENT
from clients.models.task import Named
from clients.models.text import fold
from clients.models.timer import Timer, target_of
from clients.models.timer_days import WorkedDay, worked_days, worked_until
from clients.models.times import BRAZIL, day_of
from clients.models.workday import day_name
from tui.drafts import time_key
from tui.flows.hours import TASK_HOURS, TaskTime, Worked
from tui.flows.step_words import step_words
from tui.in_turn import InTurn
from tui.intent import Step
from tui.kept_text import KeptText
from widgets.cells import clip
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .duration import TimeScreen
from .line import LineScreen
from .pick import PickScreen

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp
    from tui.desk import Desk

ROOM_FOR_MARK = 64
"""Characters of a comment that are left for the mark by which it is found again."""
LONGEST_TITLE = 58
"""Cells of a title that stand over a list in whole."""
_DONE = "feito"
Outcome = TypeVar("Outcome")


class TimeAsking:
    """Asks about time. Methods wait for the analyst, and raise PlantaoError: for a worker.

    Those that ask raise WentBackError where the analyst goes back: they are a script's (`through`). What is
    typed is kept under the target that it is about until it is used.
    """

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._turn = InTurn()
        self._offered: dict[int, Sequence[Named]] = {}
        """The activities of the projects that were asked about."""

    async def through(self, script: Callable[[], Awaitable[Outcome]]) -> Outcome | None:
        """As of `InTurn.through`."""
        return await self._turn.through(script)

    async def counted(
        self, target: str, stretch: Suggestion | None = None, day: date | None = None
    ) -> tuple[WorkedDay, ...]:
        """What there is to begin with: what the timer counted, day by day, or ``stretch``; of ``day`` alone.

        Raises StoreError.
        """
        timer = await self._app.desk.disk(self._app.desk.local.timers.get, target)
        if day is not None:
            return (_of_day(timer, day, self._app.desk.clock()),)
        if timer is None and stretch is not None:
            return (WorkedDay(stretch.day, stretch.minutes, stretch.ended),)
        return self.days(timer)

    def days(self, timer: Timer | None) -> tuple[WorkedDay, ...]:
        """The days that ``timer`` counted; today, with no time yet, where it counted nothing."""
        now = self._app.desk.clock()
        return (worked_days(timer, now) if timer else ()) or (worked_until(now, 0),)

    async def worked(
        self,
        target: str,
        about: str,
        subject: str,
        project_id: int,
        days: Sequence[WorkedDay],
        *,
        done: str = "",
        alone: bool = False,
    ) -> Worked:
        """Time on a task of the project: how long on each of ``days``, as what, and what was done.

        ``target`` is what the answers are kept under; ``done`` is proposed as what was done. ``alone`` as of
        `Worked`.
        """
        offered = await self.activities(project_id)
        asked = [
            replace(day, minutes=await self._minutes(target, f"{about} {subject}", day, len(days)))
            for day in days
        ]
        activity = await self.activity(target, offered)
        comments = await self.comments(target, about, done)
        return Worked(tuple(asked), activity if activity.id else None, comments, alone=alone)

    async def activities(self, project_id: int) -> Sequence[Named]:
        """What time may be logged as there."""
        if project_id not in self._offered:
            self._offered[project_id] = (await self.redmine.project(project_id)).activities
        return self._offered[project_id]

    async def activity(self, target: str, offered: Sequence[Named], now: Named | None = None) -> Named:
        """The one that is meant; the server's default one (0) where the project has none."""
        if len(offered) < 2:
            return offered[0] if offered else Named(id=0)
        wanted = fold(now.name if now else self._app.desk.settings.attend.activity).strip()
        usual = next((one for one in offered if wanted and fold(one.name).strip() == wanted), None)
        about = "atual" if now else "de costume"
        first = sorted(offered, key=lambda one: one != usual)
        picks = [Pick(str(one.id), one.name, about if one == usual else "") for one in first]
        chosen = await self.pick(f"{target} activity", "Atividade", picks)
        return next(one for one in offered if str(one.id) == chosen)

    async def minutes(self, target: str, about: str, minutes: int, what: str) -> int:
        """How long it was; ``minutes`` are proposed, and ``what`` tells it from other times of the target."""
        kept = KeptText(self._app.desk, time_key(target, what))

        async def question(before: int | None) -> int | None:
            return await self._app.ask(TimeScreen(about, minutes, text=await kept.begun(), keep=kept.keep))

        return await self._turn.answer(f"{target} {what}", question)

    async def comments(self, target: str, about: str, text: str = "") -> str:
        """What was done, which may stay empty."""
        title, longest = f"{about} · o que foi feito (pode ficar vazio)", LONGEST_COMMENT - ROOM_FOR_MARK
        kept = KeptText(self._app.desk, time_key(target, _DONE))

        async def question(before: str | None) -> str | None:
            begun = await kept.begun() or (text if before is None else before)
            return await self._app.ask(
                LineScreen(title, begun, optional=True, longest=longest, keep=kept.keep)
            )

        return await self._turn.answer(f"{target} {_DONE}", question)

    async def day(self, proposed: date) -> date:
        """The day that the time is of; it cannot be one that has not come."""

        async def question(before: date | None) -> date | None:
            text, today = f"{before or proposed:%d/%m/%Y}", day_of(self._app.desk.clock())

            def refusal(typed: str) -> str | None:
                found = read_past_day(typed, today)
                return found.reason if isinstance(found, NoDay) else None

            typed = await self._app.ask(
                LineScreen("De que dia é?", text, placeholder=EXAMPLES, replaced=True, check=refusal)
            )
            found = read_past_day(typed, today) if typed is not None else None
            return found.day if isinstance(found, Day) else None

        return await self._turn.answer("day", question)

    async def asked(self, key: str, question: Callable[[str | None], Awaitable[str | None]]) -> str:
        """As of `InTurn.answer`."""
        return await self._turn.answer(key, question)

    async def pick(self, key: str, title: str, picks: Sequence[Pick]) -> str:
        """One of ``picks``; ``key`` tells the question from the others."""

        async def question(before: str | None) -> str | None:
            return await self._app.ask(PickScreen(clip(title, LONGEST_TITLE), picks, at=before or ""))

        return await self._turn.answer(key, question)

    async def agreed(self, question: str, told: str, verb: str) -> None:
        """The last look at what is written; who goes back comes to the question before."""

        async def asked(before: bool | None) -> bool | None:
            return await self._app.ask(ConfirmScreen(question, told, verb)) or None

        await self._turn.answer("agreed", asked)

    async def believed(self, target: str) -> None:
        """Its timer is not too long to be believed, or the analyst has said how long it was."""
        if not await self._app.timekeeper.believed(target):
            self.back()

    def back(self) -> NoReturn:
        """As of `InTurn.back`: for a question that is not asked here."""
        self._turn.back()

    async def log(
        self, target: str, steps: Sequence[Step], stretch: Suggestion | None = None, day: date | None = None
    ) -> None:
        """Log the time of ``target`` by ``steps``, shown as they will be, once the analyst agrees.

        ``stretch`` is suggested no more. With a ``day`` what the timer counts on another one runs on.
        """
        told = "\n".join(self.told(steps))
        await self.agreed(f"Registrar o tempo {target_of(target)}?", told, "Registrar")
        desk = self._app.desk

        def planned(workflow: str) -> None:
            self.used(target)
            _answered(desk, target, stretch, day)

        await desk.saver.flush()
        self._app.carrier.start(steps, also=planned)

    def used(self, target: str) -> None:
        """What was typed about the time of ``target`` is planned: it is kept no longer.

        On the store's thread, with the plan, once the saver is empty: what cannot be planned is not lost.
        """
        self._app.desk.local.drafts.discard_all(time_key(target))

    def told(self, steps: Iterable[Step]) -> Iterator[str]:
        """Yield the steps in words: time below the day that it counts for, what was done below the time."""
        words, today = self._app.desk.account.vocabulary, day_of(self._app.desk.clock())
        day, said = None, ""
        for step in steps:
            if step.kind != TASK_HOURS:
                yield step_words(step, words)
                continue
            time = TaskTime.model_validate(step.payload)
            if time.spent_on != day:
                day = time.spent_on
                yield f"Hoje, {day:%d/%m}:" if day == today else f"{day_name(day)}:"
            yield step_words(step, words)
            if time.comments and time.comments != said:
                said = time.comments
                yield f"«{said}»"

    # ── below ──

    async def _minutes(self, target: str, about: str, day: WorkedDay, days: int) -> int:
        of_today = days == 1 and day.day == day_of(self._app.desk.clock())
        said = about if of_today else f"{about} · {day_name(day.day)}"
        return await self.minutes(target, said, day.minutes, day.day.isoformat())

    @property
    def redmine(self) -> "Redmine":
        """Where time is logged. SettingsError where the settings name none."""
        if self._app.desk.redmine is None:
            raise SettingsError("[redmine] não está na configuração.")
        return self._app.desk.redmine


def told_by_day(days: Iterable[WorkedDay]) -> str:
    """What was worked: "ter 03/03 2h00 · qua 04/03 0h20"."""
    return " · ".join(f"{day_name(day.day)} {clock(day.minutes)}" for day in days)


def _of_day(timer: Timer | None, day: date, now: datetime) -> WorkedDay:
    """What the timer counted on ``day``; no time yet, and until the hour that it is, where it did not."""
    counted = worked_days(timer, now) if timer else ()
    until = datetime.combine(day, now.astimezone(BRAZIL).time(), BRAZIL)
    return next((each for each in counted if each.day == day), WorkedDay(day, 0, until))


def _running(timer: Timer) -> Timer:
    """What of it runs, alone."""
    return timer.model_copy(update={"spans": tuple(span for span in timer.spans if span.ended is None)})


def _answered(desk: "Desk", target: str, stretch: Suggestion | None, day: date | None) -> None:
    """On the store's thread: the timer stops, and what was logged is suggested no more.

    With a ``day`` it stops only where what runs has time on it.
    """
    timer = desk.local.timers.get(target)
    if timer is not None and (day is None or _of_day(_running(timer), day, desk.clock()).minutes):
        desk.local.timers.stop(target)
    if stretch is not None:
        desk.local.set_aside.put(stretch)
