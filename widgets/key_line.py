"""The keys of one widget, as they are bound right now."""

from collections.abc import Mapping

from textual.content import Content
from textual.dom import DOMNode

from .key_names import key_name


def key_line(node: DOMNode, *, gap: str = "   ", labels: Mapping[str, str] | None = None) -> Content:
    """Return ``F9 Enviar   Esc Fechar`` for the shown and enabled bindings of ``node`` itself.

    Read from the live bindings, so that remapped keys are told as they are; ``labels`` say by action what a
    key does at this moment. Empty before mounting.
    """
    if not node.is_attached:
        return Content("")
    keys: dict[str, Content] = {}  # one key for each action
    for active in node.screen.active_bindings.values():
        binding = active.binding
        if active.node is node and active.enabled and binding.show:
            label = (labels or {}).get(binding.action, binding.description)
            line = Content.assemble((key_name(binding.key), "bold $text-primary"), f" {label}")
            keys.setdefault(binding.action, line)
    return Content(gap).join(list(keys.values()))


def key_of(node: DOMNode, action: str) -> str:
    """The key that runs ``action`` here, as it is shown; nothing where none does."""
    live = node.screen.active_bindings.values()
    return next((key_name(found.binding.key) for found in live if found.binding.action == action), "")
