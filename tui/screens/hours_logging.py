"""Logging time from mode 5: on what is under the cursor or asked for, for the day that is meant."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from clients.errors import Forbidden, NotFound, SettingsError
from clients.models.doing import Suggestion
from clients.models.reference import ForeignLink
from clients.models.ticket import Ticket
from tui.time_targets import time_targets

from .line import LineScreen
from .ticket_pages import TicketPages
from .time_asking import TimeAsking
from .time_logging import TimeLogging

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_ASKS = "Registrar o tempo em qual tarefa ou ticket?"
_TAKES = "3017 é tarefa · #4102 é ticket · ou um link de um dos dois"


class HoursLogging:
    """What ``h`` does in mode 5. Raises PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._asking = TimeAsking(app)
        self._logging = TimeLogging(app, self._asking)
        self._tickets: dict[int, Ticket] = {}
        self._typed = ""

    async def log(self, target: str, stretch: Suggestion | None, proposed: date | None) -> None:
        """Log time on ``target``, or on what is asked for where it is empty.

        ``stretch`` is suggested no more; of which day it is, is asked where one is ``proposed``.
        """
        ticket = await self._asking.through(partial(self._log, target, stretch, proposed))
        if ticket is not None:
            await TicketPages(self._app).attend(ticket.id)

    async def _log(self, target: str, stretch: Suggestion | None, proposed: date | None) -> Ticket | None:
        """A script; it gives a ticket that is to be attended instead."""
        found = target or await self._asking.asked("target", self._which)
        day = await self._asking.day(proposed) if proposed is not None else None
        kind, _, number = found.partition(":")
        if kind == "task":
            await self._logging.on_task(int(number), stretch, day)
            return None
        ticket = await self._ticket(int(number))
        return ticket if await self._logging.on_ticket(ticket, stretch, day) else None

    async def _which(self, before: str | None) -> str | None:
        """Ask until what is typed is the number or the link of something that is there."""
        refused = ""
        while True:
            question = LineScreen(
                _ASKS,
                self._typed,
                placeholder=_TAKES,
                replaced=bool(self._typed),
                check=self._refusal,
                refused=refused,
            )
            typed = await self._app.ask(question)
            if typed is None:
                return None
            self._typed = typed
            for target in time_targets(typed, *self._addresses):
                if await self._is_there(target):
                    return target
            refused = f"Não há tarefa nem ticket “{typed}”, ou você não os vê."

    def _refusal(self, typed: str) -> str | None:
        """Why what is typed names nothing that time can be logged on."""
        try:
            targets = time_targets(typed, *self._addresses)
        except ForeignLink:
            return "O link é de outro endereço; escreva só o número."
        return None if targets else f"“{typed}” não é número nem link de tarefa ou ticket."

    async def _is_there(self, target: str) -> bool:
        kind, _, number = target.partition(":")
        try:
            if kind == "task":
                await self._logging.task(int(number))
            else:
                await self._ticket(int(number))
        except (Forbidden, NotFound, SettingsError):  # without such a system there is no such number
            return False
        return True

    async def _ticket(self, number: int) -> Ticket:
        if number not in self._tickets:
            self._tickets[number] = (await anext(self._app.desk.read(number))).ticket
        return self._tickets[number]

    @property
    def _addresses(self) -> tuple[str, str]:
        settings = self._app.desk.settings
        freshdesk = settings.freshdesk.url if settings.freshdesk else ""
        return freshdesk, settings.redmine.url if settings.redmine else ""
