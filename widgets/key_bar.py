"""The bottom line: what the keys do where the focus is, from the bindings that are live."""

from collections.abc import Iterator

from textual.reactive import var
from textual.screen import Screen

from .bound import ESSENTIAL
from .cells import Line, Piece, Tone, line_width
from .key_names import key_name
from .one_line import OneLine

HELP = "Ajuda"
"""The verb that is always told."""


class KeyBar(OneLine):
    """Keys with their verbs: those of the focused pane first, a disabled one dim, as many as fit.

    Where not all do, the way out and the main verbs (`Key.essential`) stay before the others.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; }
    """

    left_out: var[frozenset[str]] = var(frozenset())
    """Ids of keys that would only be refused just now; they are pressed in vain, so they are not named."""
    _essential: frozenset[str] = frozenset()
    """Labels of the keys that stay where there is little room."""

    def on_mount(self) -> None:
        """Follow the bindings; Textual tells when they or the focus change."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.call_after_refresh(self._follow, self.screen)

    def watch_left_out(self) -> None:
        """Name the keys anew."""
        if self.is_mounted:
            self._follow(self.screen)

    def _follow(self, screen: "Screen[object]") -> None:
        if self.is_attached and screen is self.screen:
            live = [active.binding for active in self.screen.active_bindings.values()]
            self._essential = frozenset(one.description for one in live if one.group is ESSENTIAL)
            self.show(tuple(self._keys()))

    def _keys(self) -> Iterator[Piece]:
        told: set[str] = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not binding.show or not binding.description or binding.action in told:
                continue
            if binding.id in self.left_out:
                continue
            told.add(binding.action)  # the first key of an action stands for all of them
            yield Piece(f" {key_name(binding.key)}", Tone.ACCENT if enabled else Tone.DIM)
            yield Piece(f" {binding.description} ", Tone.PLAIN if enabled else Tone.DIM)

    def lay_out(self, width: int) -> Line:
        """As many whole pairs as fit, in their order; help is the last, whatever else has to go."""
        pairs = list(zip(self.line[::2], self.line[1::2], strict=True))
        helps = [pair for pair in pairs if pair[1].text.strip() == HELP]
        others = [pair for pair in pairs if pair not in helps]
        room = width - sum(line_width(pair) for pair in helps)
        kept: list[tuple[Piece, Piece]] = []
        for pair in sorted(others, key=lambda pair: pair[1].text.strip() not in self._essential):
            if line_width(pair) > room:
                break
            room -= line_width(pair)
            kept.append(pair)
        return tuple(piece for pair in (*others, *helps) if pair in kept or pair in helps for piece in pair)
