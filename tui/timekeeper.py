"""The timers as the app shows them: read once a minute, asked about where they were forgotten or run on."""

from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import PlantaoError, StoreError
from clients.models.duration import clock
from clients.models.timer import Timer, target_name, target_of
from widgets.cells import Line
from widgets.timer_line import timer_line

if TYPE_CHECKING:
    from .app import PlantaoApp
    from .desk import Desk
    from .screens.timer_question import Leaving


class Timekeeper:
    """Starts, pauses and asks for the app. What is asynchronous may ask the analyst: it is for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._timers: tuple[Timer, ...] = ()
        self._noted: tuple[str, datetime] | None = None

    @property
    def timers(self) -> tuple[Timer, ...]:
        """All of them as they were last read, in the order of `Timers.list`."""
        return self._timers

    def line(self, *, named: bool = True) -> Line:
        """What the top line says of them; empty where there is none. ``named`` as of `timer_line`."""
        return timer_line(self._timers, self._app.minute(), named=named)

    # ── what is there ──

    def begin(self) -> None:
        """Read them for the first time, and ask about those that were forgotten."""
        self._work(self._begin(), "timers-begin")

    def look(self) -> None:
        """Read them anew: another session, or a step that logged time, may have changed them."""
        if self._app.desk.is_open:
            self._work(self.reload(), "timers")

    async def reload(self) -> None:
        """Read them anew, and say what is new. Raises StoreError."""
        self._timers = await self._desk.disk(self._desk.local.timers.list)
        self._app.tell_top()

    async def _begin(self) -> None:
        await self.reload()
        now = self._desk.clock()
        for timer in self._timers:
            if timer.is_forgotten(now):
                self._app.drop_waiting()  # typed for the desk; here a letter would be an answer
                await self.believed(timer.target)

    async def believed(self, target: str) -> bool:
        """Ask about each stretch of ``target`` that is too long; False where that is decided later.

        Raises StoreError.
        """
        from .screens.timer_question import ForgottenScreen

        desk = self._desk
        timer = await desk.disk(desk.local.timers.get, target)
        while timer is not None and (offer := timer.offer(desk.clock())) is not None:
            minutes = await self._app.ask(ForgottenScreen(target, offer, desk.clock()))
            if minutes is None:
                return False
            timer = await desk.disk(desk.local.timers.correct, target, offer.began, minutes)
            self._app.say(f"{target_name(target)}: {clock(minutes)} por registrar.")
            await self.reload()
        return True

    # ── what is done ──

    async def start(self, target: str) -> None:
        """Let time pass on ``target``; whatever else runs is paused. Raises StoreError."""
        await self._desk.disk(self._desk.local.timers.start, target)
        await self.reload()

    async def toggle(self, target: str) -> None:
        """Start, pause or resume; a forgotten stretch is asked about instead. Raises StoreError."""
        desk = self._desk
        before = await desk.disk(desk.local.timers.get, target)
        if before is not None and before.is_forgotten(desk.clock()):
            await self.believed(target)
        elif before is not None and before.is_running:
            paused = await desk.disk(desk.local.timers.pause, target)
            await self.reload()
            worked = clock(paused.minutes(desk.clock())) if paused else clock(0)
            self._app.say(f"Tempo {target_of(target)} pausado em {worked}.")
        else:
            others = [target_name(timer.target) for timer in await desk.disk(desk.local.timers.running)]
            await self.start(target)
            more = f" Pausado: {', '.join(others)}." if others else ""
            self._app.say(f"Contando o tempo {target_of(target)}.{more}")

    async def discard(self, timer: Timer) -> None:
        """Throw the time away that the analyst saw. Raises StoreError."""
        await self._desk.disk(self._desk.local.timers.discard, timer)
        await self.reload()

    def note(self, target: str) -> None:
        """Note that ``target`` is worked on now: once a minute, while its timer runs, in the background."""
        minute = self._app.minute()
        running = any(timer.is_running and timer.target == target for timer in self._timers)
        if running and self._noted != (target, minute):
            self._noted = (target, minute)
            self._work(self._note(target, minute), "timers-note")

    async def _note(self, target: str, minute: datetime) -> None:
        with suppress(StoreError):  # a full disk: it is only for a question that may never be asked
            await self._desk.disk(self._desk.local.timers.note_activity, target, minute)

    # ── leaving ──

    def leave(self) -> None:
        """Close the app, after a question where time passes; asked again over the question, it closes."""
        from .screens.timer_question import LeavingScreen

        running = tuple(timer for timer in self._timers if timer.is_running)
        asked = any(isinstance(screen, LeavingScreen) for screen in self._app.screen_stack)
        if running and not asked:
            self._app.push_screen(LeavingScreen(running, self._desk.clock()), self._left)
        else:
            self._app.exit(0)

    def _left(self, chosen: "Leaving | None") -> None:
        from .screens.timer_question import Leaving

        if chosen is Leaving.RUN_ON:
            self._app.exit(0)
        elif chosen is Leaving.PAUSE:
            self._work(self._pause_and_leave(), "timers-leave")

    async def _pause_and_leave(self) -> None:
        await self._desk.disk(self._desk.local.timers.pause_all)
        self._app.exit(0)

    # ── below ──

    @property
    def _desk(self) -> "Desk":
        return self._app.desk

    def _work(self, work: Coroutine[None, None, None], group: str) -> None:
        self._app.run_worker(self._told(work), group=group, exit_on_error=False)

    async def _told(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PlantaoError as error:
            self._app.report(error.trouble)
