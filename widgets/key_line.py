"""The keys of one widget, as they are bound right now."""

from collections.abc import Callable, Mapping

from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from .key_names import key_name
from .keys import WIDGET_KEYS


def key_line(node: DOMNode, *, gap: str = "   ", labels: Mapping[str, str] | None = None) -> Content:
    """Return ``F9 Enviar   Esc Fechar`` for the shown and enabled bindings of ``node`` itself.

    Read from the live bindings, so that remapped keys are told as they are; ``labels`` say by action what a
    key does at this moment, nothing for one that is not worth naming. Empty before mounting.
    """
    if not node.is_attached:
        return Content("")
    keys: dict[str, Content] = {}  # one key for each action
    for active in node.screen.active_bindings.values():
        binding = active.binding
        if active.node is node and active.enabled and binding.show:
            label = (labels or {}).get(binding.action, binding.description)
            if not label:
                continue
            line = Content.assemble((key_name(binding.key), "bold $text-primary"), f" {label}")
            keys.setdefault(binding.action, line)
    return Content(gap).join(list(keys.values()))


class KeyLine(Static):
    """``F9 Enviar   Esc Fechar``: what ``key_line`` says of ``owner``, said anew when its keys change."""

    DEFAULT_CSS = """
    KeyLine { height: auto; }
    """

    def __init__(
        self,
        owner: DOMNode,
        *,
        gap: str = "   ",
        labels: Callable[[], Mapping[str, str]] = dict,
        id: str | None = None,
    ) -> None:
        """``gap`` and ``labels`` as of `key_line`."""
        super().__init__(id=id)
        self._owner = owner
        self._gap = gap
        self._labels = labels

    def on_mount(self) -> None:
        """Follow the bindings; they are known once the focus has arrived."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.call_after_refresh(self.tell)

    def _follow(self, screen: "Screen[object]") -> None:
        if self.is_attached and screen is self.screen:
            self.tell()

    def tell(self) -> None:
        """Say the keys as they are now."""
        line = key_line(self._owner, gap=self._gap, labels=self._labels())
        if self.content != line:
            self.update(line)


def key_by_id(node: DOMNode, key_id: str) -> str:
    """The key that the id has on this desk, wherever the focus is; nothing where it was switched off."""
    first = node.app._keymap.get(key_id, _DEFAULTS[key_id]).split(",")[0]
    return "" if first.startswith("<") else key_name(first)


_DEFAULTS = {key.id: key.keys for group in WIDGET_KEYS for key in group.keys}


def key_of(node: DOMNode, action: str) -> str:
    """The key that runs ``action`` here, as it is shown; nothing where none does."""
    live = node.screen.active_bindings.values()
    return next((key_name(found.binding.key) for found in live if found.binding.action == action), "")
