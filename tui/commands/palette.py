"""The command palette: the same catalogue, found by name."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from clients.models.text import fold

from .catalog import with_keys
from .command import Command, Scope
from .keys import key_names

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class CommandSource(Provider):
    """Offers the commands that work on the current screen, with key and purpose."""

    @property
    def _app(self) -> "PlantaoApp":
        return cast("PlantaoApp", self.app)

    def _available(self) -> Iterator[Command]:
        scopes = {Scope.DESK, getattr(self.screen, "SCOPE", Scope.DESK)}
        yield from (entry for entry in with_keys(self._app.keys) if entry.scope in scopes)

    async def discover(self) -> Hits:
        """All commands, in catalogue order."""
        for entry in self._available():
            yield DiscoveryHit(_title(entry), partial(self._run, entry), help=entry.help)

    async def search(self, query: str) -> Hits:
        """Commands whose label or purpose contains the words, accents aside; best label match first."""
        matcher = self.matcher(fold(query))
        for entry in self._available():
            score = max(matcher.match(fold(entry.label)), matcher.match(fold(entry.help)) * 0.8)
            if score > 0:
                yield Hit(score, _title(entry), partial(self._run, entry), help=entry.help)

    async def _run(self, entry: Command) -> None:
        node = self.app if entry.scope is Scope.DESK else self.screen
        await node.run_action(entry.action)


def _title(entry: Command) -> str:
    # catalogue text, never data: it holds no markup
    return f"{entry.label}  ({key_names(entry.key)})" if entry.key else entry.label
