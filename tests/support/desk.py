"""The whole desk on a running sandbox, opened as the application opens it."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TypeVar

from textual.command import CommandList
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from clients.models.ticket_view import TicketView
from clients.sandbox.__main__ import ready_line
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tui.app import PlantaoApp
from tui.cli.demo import demo_settings
from tui.commands.palette import Palette
from tui.desk import Desk
from tui.screens.mesa import MesaScreen
from tui.settings import Settings
from widgets.countdown import Countdown

Result = TypeVar("Result")
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
WIDE, NARROW = SIZES["120x36"], SIZES["80x24"]
PATIENCE = 60.0
"""Seconds until a wait gives up; generous, since the machine is shared and noisy."""


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
    toasts: list[str] = field(default_factory=list)
    """Everything that was told, oldest first, whether or not it is still shown."""

    def __post_init__(self) -> None:
        tell = self.app.notify

        def heard(message: str, *, title: str = "", **options: object) -> None:
            self.toasts.append(f"{title}: {message}")
            tell(message, title=title, **options)  # type: ignore[arg-type]

        self.app.notify = heard  # type: ignore[method-assign]

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Return once ``holds``; AssertionError with the screen if it never does."""
        deadline = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < deadline, f"never {what or 'held'}; the screen was:\n{self.text()}"
            await self.pilot.pause(0.02)
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

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def arrives_at(self, screen: type[Screen[Result]]) -> None:
        """Wait until ``screen`` is in view."""
        await self.until(lambda: isinstance(self.app.screen, screen), f"came to {screen.__name__}")

    async def opens_the_palette(self) -> None:
        """Open the palette and wait until it lists all commands."""
        await self.press("ctrl+p")
        await self.arrives_at(Palette)
        await self.finds_all_commands()

    async def finds_all_commands(self) -> None:
        """Wait until the palette lists all that it found, which comes piece by piece."""
        await self.until(self._gathered, "listed all commands")
        await self.until(lambda: self.app.screen.query_one(CommandList).option_count, "listed commands")

    def _gathered(self) -> bool:
        screen = self.app.screen
        return all(worker.is_finished for worker in self.app.workers if worker.node is screen)

    async def everything_read(self) -> None:
        """Wait until queue, services and account were read once."""
        app = self.app
        await self.until(lambda: app.queue.as_of and not app.queue.loading, "read the queue")
        await self.until(lambda: app.services.as_of, "read the services")
        await self.until(lambda: app.desk.answering and app.account.templates, "learnt the account")

    async def goes_to(self, ticket_id: int) -> None:
        """Put the cursor on a ticket and wait for its conversation and tasks, where they are in view."""
        assert self.mesa.queue.select(ticket_id)
        await self.until(lambda: self._read(ticket_id), f"read #{ticket_id}")

    def _read(self, ticket_id: int) -> bool:
        if not self.mesa.preview.display:
            return True
        seen = self.seen
        return (
            seen is not None
            and seen.ticket.id == ticket_id
            and seen.conversations.as_of is not None
            and (seen.tasks.as_of is not None or seen.tasks.trouble is not None)
        )

    async def lets_a_second_pass(self) -> None:
        """Once a countdown runs, take a second off it."""
        screen = self.app.screen
        await self.until(lambda: any(one.left for one in screen.query(Countdown)), "counted down")
        screen.query_one(Countdown).tick()

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
        """What the toasts said, newest last."""
        return "\n".join(self.toasts)

    async def hears(self, words: str) -> None:
        """Wait for a toast with ``words``."""
        await self.until(lambda: words in self.said(), f"heard {words!r} among {self.said()!r}")

    @property
    def seen(self) -> TicketView | None:
        """The ticket shown, as far as it was read."""
        return self.mesa._view

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
        await seat.everything_read()
        yield seat
