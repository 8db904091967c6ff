"""Where one was in a list, so that one comes back there."""

from .base import Model


class Spot(Model):
    """A place in one list."""

    view: str = ""
    """Which view of it; empty where it has none."""
    filter: str = ""
    row: str = ""
    """The name of the row under the cursor; empty where there was none."""
    at: int = 0
    """Where in the list it was: the nearest, should the row be gone."""


class Whereabouts(Model):
    """Where one was in all lists, and which mode was in view."""

    mode: str = ""
    """Empty where nothing is known."""
    spots: dict[str, Spot] = {}
    """By mode."""
