"""The bottom line: what the keys do where the focus is, from the bindings that are live."""

from collections.abc import Iterator, Mapping

from textual.binding import Binding
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
    called_for: var[frozenset[str]] = var(frozenset())
    """Ids of keys that are wanted just now: named before all others, even if never else."""
    labels: var[Mapping[str, str]] = var(dict)
    """What a key is called just now, by its id, where that is not what it is always called."""
    _essential: frozenset[str] = frozenset()
    """Labels of the keys that stay where there is little room."""

    def on_mount(self) -> None:
        """Follow the bindings; Textual tells when they or the focus change."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.call_after_refresh(self._follow, self.screen)

    def watch_left_out(self) -> None:
        """Name the keys anew."""
        self._name_anew()

    def watch_called_for(self) -> None:
        """Name the keys anew."""
        self._name_anew()

    def watch_labels(self) -> None:
        """Name the keys anew."""
        self._name_anew()

    def _name_anew(self) -> None:
        if self.is_mounted:
            self._follow(self.screen)

    def _follow(self, screen: "Screen[object]") -> None:
        if self.is_attached and screen is self.screen:
            live = [active.binding for active in self.screen.active_bindings.values()]
            self._essential = frozenset(self._label(one) for one in live if self._is_essential(one))
            self.show(tuple(self._keys()))

    def _is_essential(self, binding: Binding) -> bool:
        return binding.group is ESSENTIAL or binding.id in self.called_for

    def _label(self, binding: Binding) -> str:
        return self.labels.get(binding.id or "", binding.description)

    def _keys(self) -> Iterator[Piece]:
        told: set[str] = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            shown = binding.show or binding.id in self.called_for
            if not shown or not binding.description or binding.action in told:
                continue
            if binding.id in self.left_out:
                continue
            told.add(binding.action)  # the first key of an action stands for all of them
            yield Piece(f" {key_name(binding.key)}", Tone.ACCENT if enabled else Tone.DIM)
            yield Piece(f" {self._label(binding)} ", Tone.PLAIN if enabled else Tone.DIM)

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
