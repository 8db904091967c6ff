"""One record per command: its key, its words, and where it works. Everything that shows keys reads these."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where a command works."""

    DESK = "desk"
    """Everywhere."""
    MESA = "mesa"
    CHAMADOS = "chamados"
    COMPOSER = "composer"
    FORM = "form"


@dataclass(frozen=True)
class Command:
    """A verb of the desk. ``id`` is what ``[teclas]`` in the settings remaps."""

    id: str
    key: str
    """Textual key names, alternatives separated by commas."""
    label: str
    """Short, for the key bar."""
    help: str
    """One sentence, for help and palette."""
    scope: Scope
    shown: bool = True
    """Whether the key bar names it."""

    @property
    def action(self) -> str:
        """The Textual action that runs it."""
        return f"command('{self.id}')"
