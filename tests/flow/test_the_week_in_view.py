"""Mode 5 while another week is asked for: what belongs to the week before never covers the newer one."""

from datetime import date
from inspect import unwrap

import pytest

from clients.models.feed import Feed
from clients.models.spent_time import SpentTime
from clients.models.timesheet import Timesheet
from tui.screens import today
from tui.screens.today import TodayScreen

pytestmark = pytest.mark.anyio
OLD, NEW = (Timesheet(date(2026, 3, 4), shown) for shown in (date(2026, 2, 25), date(2026, 3, 4)))


class Screen(TodayScreen):
    """Notes what it shows."""

    def _show(self, sheet: Timesheet | None, feed: Feed[SpentTime]) -> None:
        self._sheet = sheet


class Sheets:
    """While it reads what this machine knows of the old week, the new one comes into view, if it does."""

    def __init__(self, screen: Screen, comes: Timesheet | None) -> None:
        self._screen = screen
        self._comes = comes

    async def with_local(self, sheet: Timesheet) -> Timesheet:
        if self._comes is not None:
            self._screen._show(self._comes, Feed())
        return Timesheet(sheet.today, sheet.shown, subjects={812: "read anew"})


@pytest.mark.parametrize("comes", [NEW, None])
async def test_a_week_that_came_meanwhile_stays(
    monkeypatch: pytest.MonkeyPatch, comes: Timesheet | None
) -> None:
    monkeypatch.setattr(today, "SETTLES_AFTER", 0)
    screen = Screen()
    screen._show(OLD, Feed())
    screen.__dict__["_sheets"] = Sheets(screen, comes)
    await unwrap(TodayScreen._read_here)(screen)
    assert screen.sheet is not None
    assert screen.sheet.shown == (comes or OLD).shown
    assert bool(screen.sheet.subjects) is (comes is None)
