"""The charts of mode 5 as they come: what is remembered, then what Redmine tells. Knows no screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.feed import Feed
from clients.models.figures import Figure
from clients.models.spent_time import SpentTime
from clients.models.ticket import Ticket
from widgets.chart_lines import load

from .timesheets import Timesheets

if TYPE_CHECKING:
    from .desk import Desk

Figures = tuple[Figure, ...]


class DayCharts:
    """Keeps the hours that the charts are about, so that they follow the queue without asking Redmine."""

    def __init__(self, desk: "Desk", sheets: Timesheets, queue: Callable[[], Feed[Ticket]]) -> None:
        """``queue`` gives the tickets as they are known now."""
        self._desk = desk
        self._sheets = sheets
        self._queue = queue
        self._hours: Feed[SpentTime] = Feed()

    async def read(self) -> AsyncIterator[Figures]:
        """Yield the charts of what is known, where nothing was shown yet, and those of what Redmine says."""
        try:
            await self._desk.ready()
            if self._hours.as_of is None:
                self._hours = await self._sheets.remembered_hours()
                yield await self.drawn()
            if self._desk.settings.redmine is not None:
                await self._desk.connected()
            self._hours = await self._sheets.hours()
        except PlantaoError as error:
            self._hours = self._hours.failed(error.trouble)
        yield await self.drawn()

    async def drawn(self) -> Figures:
        """The charts of the hours that are known and the tickets of now."""
        await asyncio.to_thread(load)
        return await self._sheets.figures(self._hours, self._queue())
