"""The account's statuses, people and templates, learned once and anew when they are old."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.errors import PlantaoError

if TYPE_CHECKING:
    from .app import PlantaoApp

WORDS_LAST = timedelta(hours=1)
"""Statuses, people and templates change rarely; learning them costs a dozen calls of everybody's limit."""


class AccountWatch:
    """Keeps `PlantaoApp.account`."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._learned_at: datetime | None = None

    def learn(self) -> None:
        """Ask who we are and what the account's words are."""
        self._app.run_worker(self._learn(), exclusive=True, group="account", exit_on_error=False)

    def ask(self) -> None:
        """Learn them where they are old or were never learned."""
        if self._learned_at is None or self._app.desk.clock() - self._learned_at > WORDS_LAST:
            self.learn()

    async def _learn(self) -> None:
        try:
            self._app.account = await self._app.desk.learn_account()
            self._learned_at = self._app.desk.clock()
        except PlantaoError as error:
            self._app.report(error.trouble)
