"""Personal data and keys out of a text before it leaves, and back into the answer; only ever in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...errors import PlantaoError
from .left_over import private_line
from .private import PLACEHOLDER, private_parts


class StillPrivate(PlantaoError):
    """A masked text still holds something that looks private: it must not be sent."""

    title = "Nada foi enviado"
    way_out = "Tire o dado da descrição, ou use o modo offline, que não envia nada."


@dataclass(frozen=True)
class Restored:
    """An answer with the originals back in it."""

    text: str
    missing: tuple[str, ...] = ()
    """Placeholders that were sent and did not come back."""
    unknown: tuple[str, ...] = ()
    """Placeholders in the answer that were never sent; they stand as they came."""


@dataclass(frozen=True)
class Masked:
    """A text that may leave. Its repr tells nothing of what was taken out."""

    text: str
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What each placeholder stands for."""

    def restore(self, answer: str) -> Restored:
        """Put the originals back, and tell which placeholders were lost or invented."""
        met = dict.fromkeys(PLACEHOLDER.findall(answer))
        return Restored(
            PLACEHOLDER.sub(lambda match: self.originals.get(match[0], match[0]), answer),
            missing=tuple(mark for mark in self.originals if mark not in met),
            unknown=tuple(mark for mark in met if mark not in self.originals),
        )


def mask(text: str, names: Iterable[str] = ()) -> Masked:
    """Return ``text`` with ``‹CPF_1›`` and its like in the place of what has to stay inside.

    The same words get the same placeholder. `StillPrivate` where a second look finds something all the
    same: then nothing may be sent.
    """
    names = tuple(names)
    counts: Counter[str] = Counter()
    marks: dict[str, str] = {}
    pieces, end = [], 0
    for part in private_parts(text, names):
        original = text[slice(*part.span)]
        if original not in marks:
            counts[part.kind] += 1
            marks[original] = f"‹{part.kind}_{counts[part.kind]}›"
        pieces += [text[end : part.span[0]], marks[original]]
        end = part.span[1]
    masked = Masked("".join([*pieces, text[end:]]), {mark: original for original, mark in marks.items()})
    if (line := private_line(masked.text, names)) is not None:
        raise StillPrivate(f"a linha {line} da descrição ainda parece ter um dado pessoal ou uma chave")
    return masked
