"""Lists as people write them, rewritten with ``;``: which field a key would convert, and into what."""

from collections.abc import Callable
from dataclasses import dataclass

from clients.models.chamado import ChamadoDraft, convert_flow, convert_notify, split_list

CONVERTERS: dict[str, Callable[[str], str]] = {"flow": convert_flow, "notify": convert_notify}


@dataclass(frozen=True)
class Conversion:
    """A field and what it would say."""

    field: str
    text: str

    @property
    def count(self) -> int:
        """How many items it would have."""
        return len(split_list(self.text))


def conversion(draft: ChamadoDraft, focused: str) -> Conversion | None:
    """Return what is on offer in the field in focus, or else in the first that has something to convert."""
    for name in (focused, *CONVERTERS):
        text = str(getattr(draft, name)) if name in CONVERTERS else ""
        converted = CONVERTERS[name](text) if text else ""
        if split_list(converted) != split_list(text):
            return Conversion(name, converted)
    return None
