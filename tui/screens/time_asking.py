"""The questions about time, the same whatever it is logged on: how long, as what, and what was done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from clients.errors import SettingsError
from clients.models.doing import Suggestion
from clients.models.duration import clock
from clients.models.spent_time import LONGEST_COMMENT
from clients.models.task import Named
from clients.models.text import fold
from clients.models.timer import Timer, target_of
from clients.models.timer_days import WorkedDay, worked_days, worked_until
from clients.models.times import day_of
from clients.models.workday import day_name
from tui.flows.hours import TASK_HOURS, TaskTime, Worked
from tui.flows.step_words import step_words
from tui.intent import Step
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


class TimeAsking:
    """Asks about time. Methods wait for the analyst, and raise PlantaoError: for a worker.

    They give None where the analyst goes back.
    """

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def counted(self, target: str, stretch: Suggestion | None = None) -> tuple[WorkedDay, ...]:
        """What there is to begin with: what the timer counted, day by day, or ``stretch``. StoreError."""
        timer = await self._app.desk.disk(self._app.desk.timers.get, target)
        if timer is None and stretch is not None:
            return (WorkedDay(stretch.day, stretch.minutes, stretch.ended),)
        return self.days(timer)

    def days(self, timer: Timer | None) -> tuple[WorkedDay, ...]:
        """The days that ``timer`` counted; today, with no time yet, where it counted nothing."""
        now = self._app.desk.clock()
        return (worked_days(timer, now) if timer else ()) or (worked_until(now, 0),)

    async def worked(
        self, about: str, subject: str, project_id: int, days: Sequence[WorkedDay]
    ) -> Worked | None:
        """Time on a task of the project: how long on each of ``days``, as what, and what was done."""
        offered = await self.activities(project_id)
        asked = await self._how_long(f"{about} {subject}", days)
        activity = await self.activity(offered) if asked else None
        comments = await self.comments(about) if activity is not None else None
        if asked is None or activity is None or comments is None:
            return None
        return Worked(asked, activity if activity.id else None, comments)

    async def activities(self, project_id: int) -> Sequence[Named]:
        """What time may be logged as there."""
        return (await self.redmine.project(project_id)).activities

    async def activity(self, offered: Sequence[Named], now: Named | None = None) -> Named | None:
        """The one that is meant; the server's default one (0) where the project has none."""
        if len(offered) < 2:
            return offered[0] if offered else Named(id=0)
        wanted = fold(now.name if now else self._app.desk.settings.attend.activity).strip()
        usual = next((one for one in offered if wanted and fold(one.name).strip() == wanted), None)
        about = "atual" if now else "de costume"
        first = sorted(offered, key=lambda one: one != usual)
        picks = [Pick(str(one.id), one.name, about if one == usual else "") for one in first]
        chosen = await self._app.ask(PickScreen("Atividade", picks))
        return next((one for one in offered if str(one.id) == chosen), None)

    async def comments(self, about: str, text: str = "") -> str | None:
        """What was done, which may stay empty."""
        title, longest = f"{about} · o que foi feito (pode ficar vazio)", LONGEST_COMMENT - ROOM_FOR_MARK
        return await self._app.ask(LineScreen(title, text, optional=True, longest=longest))

    async def log(self, target: str, steps: Sequence[Step], stretch: Suggestion | None = None) -> None:
        """Log the time of ``target`` by ``steps``, shown as they will be, once the analyst agrees.

        ``stretch`` is suggested no more.
        """
        told = "\n".join(self.told(steps))
        if await self._app.ask(ConfirmScreen(f"Registrar o tempo {target_of(target)}?", told, "Registrar")):
            desk = self._app.desk
            # what runs on would be logged a second time
            self._app.carrier.start(steps, also=lambda workflow: _answered(desk, target, stretch))

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

    async def _how_long(self, about: str, days: Sequence[WorkedDay]) -> tuple[WorkedDay, ...] | None:
        today, asked = day_of(self._app.desk.clock()), []
        for day in days:
            of_today = len(days) == 1 and day.day == today
            said = about if of_today else f"{about} · {day_name(day.day)}"
            minutes = await self._app.ask(TimeScreen(said, day.minutes))
            if minutes is None:
                return None
            asked.append(replace(day, minutes=minutes))
        return tuple(asked)

    @property
    def redmine(self) -> "Redmine":
        """Where time is logged. SettingsError where the settings name none."""
        if self._app.desk.redmine is None:
            raise SettingsError("[redmine] não está na configuração.")
        return self._app.desk.redmine


def told_by_day(days: Iterable[WorkedDay]) -> str:
    """What was worked: "ter 03/03 2h00 · qua 04/03 0h20"."""
    return " · ".join(f"{day_name(day.day)} {clock(day.minutes)}" for day in days)


def _answered(desk: "Desk", target: str, stretch: Suggestion | None) -> None:
    """On the store's thread: the timer stops, and what was logged is suggested no more."""
    desk.timers.stop(target)
    if stretch is not None:
        desk.set_aside.put(stretch)
