"""The commands as Textual bindings."""

from collections.abc import Mapping

from textual.binding import Binding

from widgets.bound import AnyBinding

from .catalog import IN_DIALOGS, command, commands
from .command import Command, Scope
from .places import live_keys

SWITCHED_OFF = "<off>"
"""A key that no terminal sends: Textual ignores empty overrides."""


def bindings(*scopes: Scope) -> list[AnyBinding]:
    """The bindings of the commands of ``scopes``; their ids are what ``[teclas]`` remaps."""
    return [_binding(entry, entry.action, show=entry.shown) for entry in commands(*scopes)]


def bindings_in_dialogs(ids: tuple[str, ...] = IN_DIALOGS) -> list[AnyBinding]:
    """The few commands of the desk that also work in a dialog, where Textual hides the app's bindings."""
    entries = [command(command_id) for command_id in ids]
    return [_binding(entry, f"app.{entry.action}", show=False) for entry in entries]


def _binding(entry: Command, action: str, *, show: bool) -> Binding:
    return Binding(entry.key, action, entry.label, id=entry.id, show=show, tooltip=entry.help)


def keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """The settings' keys as Textual takes them."""
    live = live_keys(wanted)
    return {name: live[name] or SWITCHED_OFF for name in wanted if name in live}
