"""The colleagues at work: the script's steps when they are due, and what the next shift takes in."""

from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.types import ASGIApp, Receive, Scope, Send
from tinydb.table import Document

from ..store import Store
from .knobs import LifeKnobs
from .redmine.acting import act
from .redmine.rows import Rows
from .script import StepFact, script
from .shifts import Shifts
from .slack.people import person
from .slack.workspace import Workspace


class Life:
    """Goes on where it stopped when the sandbox was last open: each step is done once."""

    def __init__(
        self,
        store: Store,
        knobs: LifeKnobs,
        clock: Callable[[], datetime],
        slack: Workspace,
        shifts: Shifts | None,
    ) -> None:
        """Without ``shifts`` none is handed over."""
        self.knobs, self.clock, self.slack, self.shifts = knobs, clock, slack, shifts
        self._rows = Rows(store)
        self._store = store
        self._state = store.table("sandbox_life")
        self._last: datetime | None = None
        """When the last step was; at first, when all began."""

    def catch_up(self) -> None:
        """Do what was due meanwhile, as of when it was."""
        if not self.knobs.colleagues:
            return
        now, done = self.clock(), self._done()
        if self._last is None:
            self._last = now
            if done is None:
                self._begin(now)
        for number, step in enumerate(script().steps[done or 0 :], start=(done or 0) + 1):
            due = self._last + timedelta(minutes=step.after)
            if due > now:
                break
            with self._store.transaction():
                self._do(step, due)
                self._keep(number)
            self._last = due
        if self.shifts is not None:
            self.shifts.take_in(now)

    def _begin(self, now: datetime) -> None:
        waiting = script().waiting
        if self.shifts is not None:
            self.shifts.hand_over(waiting.who, waiting.lines, now - timedelta(minutes=waiting.ago))
        self._keep(0)

    def _do(self, step: StepFact, at: datetime) -> None:
        if step.act is not None:
            act(self._rows, self._rows.stories().get(step.act.task, 0), step.act, at)
        if step.say is not None:
            channel = self.slack.channel_named(step.say.channel)["channel"]
            self.slack.catch_up()
            self.slack.say(channel, step.say.text, at, user=person(step.say.who))
        if step.shift is not None and self.shifts is not None:
            self.shifts.hand_over(step.shift.who, step.shift.lines, at)

    def _done(self) -> int | None:
        row = self._state.get(doc_id=1)
        return None if row is None else int(row["done"])

    def _keep(self, done: int) -> None:
        self._state.upsert(Document({"done": done}, 1))


class Living:
    """An application before each request to which the colleagues do what was due."""

    def __init__(self, app: ASGIApp, life: Life) -> None:
        self.app, self.life = app, life

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            self.life.catch_up()
        await self.app(scope, receive, send)
