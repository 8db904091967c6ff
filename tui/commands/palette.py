"""The command palette: the commands of the screen and the keys of the focus, found by name."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.binding import ActiveBinding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen
from textual.widgets import Input

from widgets.bound import bound
from widgets.keys import Key, KeyGroup

from .catalog import DESK, IN_DIALOGS, QUIT
from .keys import key_names
from .places import live_keys
from .relevance import relevance

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_WALKING = ("lista.", "filtro.", "escolha.", "ajuda.", "modelos.subir", "modelos.descer")
"""What only makes sense under the fingers."""


@dataclass(frozen=True)
class _Entry:
    label: str
    keys: str
    purpose: str
    run: Callable[[], Awaitable[object]]

    @property
    def title(self) -> str:
        """What the palette shows: our own words, never data, so that they hold no markup."""
        return f"{self.label}  ({key_names(self.keys)})" if self.keys else self.label


_QUITTING = KeyGroup("paleta", "Na paleta", tuple(key for key in IN_DIALOGS.keys if key.id == QUIT))


class Palette(CommandPalette):
    """Textual's palette in Portuguese; quitting works in it as everywhere."""

    BINDINGS = bound(_QUITTING)
    CSS = """
    Palette SearchIcon { display: none; }  /* an emoji, which terminals draw in one cell or in two */
    """

    def __init__(self) -> None:
        super().__init__([CommandSource], placeholder="Procurar um comando…")

    def on_mount(self) -> None:
        """The cursor stands still: each blink is half a kilobyte over SSH."""
        self.query_one(Input).cursor_blink = False


class CommandSource(Provider):
    """Offers what can be done where the palette was opened, with key and purpose."""

    @property
    def _app(self) -> "PlantaoApp":
        return cast("PlantaoApp", self.app)

    def _available(self) -> Iterator[_Entry]:
        live = live_keys(self._app.keys)
        yield from _of_focus(self.screen)
        verbs = getattr(self.screen, "VERBS", None)  # a dialog has none
        for entry in IN_DIALOGS.keys if verbs is None else verbs.keys + DESK.keys:
            if entry.id != "paleta":
                yield _Entry(entry.label, live[entry.id], entry.purpose, partial(self._give, entry))

    async def discover(self) -> Hits:
        """All of them: first the keys of the focus, then the commands in catalogue order."""
        for entry in self._available():
            yield DiscoveryHit(entry.title, entry.run, help=entry.purpose)

    async def search(self, query: str) -> Hits:
        """Those that say every word of the query, accents aside; what the label says first."""
        found = False
        for entry in self._available():
            score = relevance(query, entry.label, entry.purpose)
            if score > 0:
                found = True
                yield Hit(score, entry.title, entry.run, help=entry.purpose)
        if not found:
            yield Hit(0.1, "Nenhum comando com esse nome aqui.", _nothing, help="Apague letras, ou Esc.")

    async def _give(self, entry: Key) -> None:
        node = self.app if entry in DESK.keys else self.screen
        await node.run_action(entry.action)


def _of_focus(screen: "Screen[object]") -> Iterator[_Entry]:
    """The live keys of the focused widget and what holds it, one entry for each id."""
    keys: dict[str, list[str]] = {}
    found: dict[str, ActiveBinding] = {}
    for active in screen.active_bindings.values():
        name = active.binding.id
        if name is not None and "." in name and not name.startswith(_WALKING):
            keys.setdefault(name, []).append(active.binding.key)
            found.setdefault(name, active)
    for name, active in found.items():
        binding = active.binding
        run = partial(screen.app.run_action, binding.action, active.node)
        yield _Entry(binding.description, ",".join(keys[name]), binding.tooltip, run)


def _nothing() -> None:
    """Chosen by habit: nothing happens."""
