"""The keys of a widget as Textual binds them."""

from textual.binding import Binding

from .keys import KeyGroup

ESSENTIAL = Binding.Group("essential")
"""Marks what the key bar names before all else."""
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
            group=ESSENTIAL if key.essential else None,
            tooltip=key.purpose,
            priority=key.id in priority,
        )
        for key in group.keys
    ]
