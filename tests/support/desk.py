"""The whole desk on a running sandbox, opened as the application opens it."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from clients.sandbox.__main__ import ready_line
from clients.sandbox.server import Running
from tui.app import PlantaoApp
from tui.cli.demo import demo_settings
from tui.desk import Desk
from tui.settings import Settings

NOW = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)
"""A Wednesday, six past twelve in São Paulo."""
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}


def frozen() -> datetime:
    """The clock of tests."""
    return NOW


def settings_for(running: Running, folder: Path, **sections: Mapping[str, object]) -> Settings:
    """The demo's settings for ``running``, with the data in ``folder`` and ``sections`` replaced."""
    settings = demo_settings(json.loads(ready_line(running)), folder)
    return settings.model_copy(update=sections)


def app_on(running: Running, folder: Path, clock: Callable[[], datetime] = frozen) -> PlantaoApp:
    """The application, not yet running."""
    return PlantaoApp(Desk(settings_for(running, folder), clock))
