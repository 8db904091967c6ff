"""The whole desk on a running sandbox, opened as the application opens it."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from clients.sandbox.__main__ import ready_line
from clients.sandbox.server import Running
from tui.app import PlantaoApp
from tui.cli.demo import demo_settings
from tui.desk import Desk
from tui.screens.mesa import MesaScreen
from tui.settings import Settings

Result = TypeVar("Result")
NOW = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)
"""A Wednesday, six past twelve in São Paulo."""
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
WIDE, NARROW = SIZES["120x36"], SIZES["80x24"]
PATIENCE = 60.0
"""Seconds until a wait gives up; generous, since the machine is shared and noisy."""


def frozen() -> datetime:
    """The clock of tests."""
    return NOW


def settings_for(running: Running, folder: Path, **sections: object) -> Settings:
    """The demo's settings for ``running``, with the data in ``folder`` and ``sections`` replaced."""
    settings = demo_settings(json.loads(ready_line(running)), folder)
    return settings.model_copy(update=sections)


def app_on(running: Running, folder: Path, clock: Callable[[], datetime] = frozen) -> PlantaoApp:
    """The application, not yet running."""
    return PlantaoApp(Desk(settings_for(running, folder), clock))


@dataclass
class Sitting:
    """An analyst at the desk: types, looks, and waits for what is to come."""

    app: PlantaoApp
    pilot: Pilot[int]

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Return once ``holds``; AssertionError with the screen if it never does."""
        deadline = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < deadline, f"never {what or 'held'}; the screen was:\n{self.text()}"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def sees(self, *words: str) -> str:
        """Return the screen once it shows all of ``words``."""
        await self.until(lambda: all(word in self.text() for word in words), f"saw {words}")
        return self.text()

    async def press(self, *keys: str) -> None:
        """Type keys."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type a text, letter by letter."""
        await self.press(*(_KEYS.get(letter, letter) for letter in text))

    async def arrives_at(self, screen: type[Screen[Result]]) -> None:
        """Wait until ``screen`` is in view."""
        await self.until(lambda: isinstance(self.app.screen, screen), f"came to {screen.__name__}")

    def text(self) -> str:
        """What the screen shows, toasts aside: one line for each row."""
        return "\n".join(line.rstrip() for line in self.lines())

    def lines(self) -> list[str]:
        """The rows of the screen in view."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def line(self, word: str) -> str:
        """The first row that shows ``word``; AssertionError if none does."""
        found = next((line for line in self.lines() if word in line), None)
        assert found is not None, f"{word!r} is not on the screen:\n{self.text()}"
        return found

    def said(self) -> str:
        """What the toasts say, newest last."""
        return "\n".join(f"{toast.title}: {toast.message}" for toast in self.app._notifications)

    async def hears(self, words: str) -> None:
        """Wait for a toast with ``words``."""
        await self.until(lambda: words in self.said(), f"heard {words!r} among {self.said()!r}")

    @property
    def mesa(self) -> MesaScreen:
        """The Mesa; AssertionError while another screen is in view."""
        assert isinstance(self.app.screen, MesaScreen), self.app.screen
        return self.app.screen

    @property
    def focused(self) -> Widget | None:
        """What has the keys."""
        return self.app.focused


_KEYS = {" ": "space", "\n": "enter"}


@asynccontextmanager
async def sitting(desk: Desk, size: tuple[int, int] = WIDE) -> AsyncIterator[Sitting]:
    """Sit down at ``desk``, without waiting for anything."""
    app = PlantaoApp(desk)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Sitting(app, pilot)


@asynccontextmanager
async def at_the_desk(
    running: Running, folder: Path, size: tuple[int, int] = WIDE, *, desk: Desk | None = None
) -> AsyncIterator[Sitting]:
    """Sit down at a desk on the sandbox, and wait until everything was read once."""
    async with sitting(desk or Desk(settings_for(running, folder), frozen), size) as seat:
        app = seat.app
        await seat.until(lambda: app.queue.as_of and not app.queue.loading, "read the queue")
        await seat.until(lambda: app.services.as_of, "read the services")
        await seat.until(lambda: app.desk.answering and app.account.templates, "learnt the account")
        yield seat
