"""The keys of a widget as Textual binds them."""

from textual.binding import Binding

from .keys import KeyGroup

AnyBinding = Binding | tuple[str, str] | tuple[str, str, str]


def bound(group: KeyGroup, *, priority: tuple[str, ...] = ()) -> list[AnyBinding]:
    """Return the bindings of ``group``; ids in ``priority`` go before the focused field's own."""
    return [
        Binding(
            key.keys,
            key.action,
            key.label,
            id=key.id,
            show=key.shown,
            tooltip=key.purpose,
            priority=key.id in priority,
        )
        for key in group.keys
    ]
