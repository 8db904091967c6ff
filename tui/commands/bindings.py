"""The catalogue as Textual bindings."""

from collections.abc import Mapping

from textual.binding import Binding

from .catalog import QUIT, commands
from .command import Command, Scope

SWITCHED_OFF = "<off>"
"""A key that no terminal sends: Textual ignores empty overrides."""


AnyBinding = Binding | tuple[str, str] | tuple[str, str, str]


def bindings(*scopes: Scope) -> list[AnyBinding]:
    """The bindings of the commands of ``scopes``; their ids are what ``[teclas]`` remaps."""
    return [_binding(entry) for entry in commands(*scopes)]


def _binding(entry: Command) -> Binding:
    return Binding(entry.key, entry.action, entry.label, id=entry.id, show=entry.shown, tooltip=entry.help)


def keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """The settings' keys as Textual takes them. Quitting can be moved and never lost: Ctrl+Q stays."""
    keys = {command_id: key or SWITCHED_OFF for command_id, key in wanted.items()}
    if QUIT in keys and "ctrl+q" not in keys[QUIT].split(","):
        keys[QUIT] = f"{keys[QUIT]},ctrl+q"
    return keys
