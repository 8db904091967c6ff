"""The settings' keys as Textual takes them."""

from collections.abc import Mapping

from .places import live_keys

SWITCHED_OFF = "<off>"
"""A key that no terminal sends: Textual ignores empty overrides."""


def keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """The overrides of Textual's bindings by id; ``wanted`` as of `live_keys`."""
    live = live_keys(wanted)
    return {name: live[name] or SWITCHED_OFF for name in wanted if name in live}
