"""Portuguese text as words that can be compared, each knowing where it stands in the raw text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..folded import Folded, Span
from ..text import fold

_WORD = re.compile(r"\w+")
_PLURALS = (  # longest first; what the ending becomes in the singular
    *(("oes", "ao"), ("aes", "ao"), ("aos", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol")),
    *(("ns", "m"), ("res", "r"), ("zes", "z"), ("ses", "s"), ("s", "")),
)
# a root and one of these make a form of the verb that states a fact: "salv" + "ando"
_FINITE = frozenset(
    """
    a am amos ou aram ava avam ando e em emos eu eram ia iam endo i imos iu iram indo ei aria ariam
    eria eriam iria iriam ara era ira
    """.split()
)
_OTHER_FORMS = frozenset(
    # "o": "seleciono" is a step, but "cálculo" and "retorno" tell of nothing that happened
    "o ar er ir ado ada ados adas ido ida idos idas aram armos ermos irmos as es arem erem".split()
)
_STEM_ENDINGS = (
    "amento imento adores acoes acao adora ador aram eram iram ando endo indo ados adas idos idas "
    "ado ada ido ida ava avam aria ar er ir ou eu iu am em ei os as es o a e s"
).split()


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """Return a folded word without the marks of its plural; crude, and the same on both sides."""
    if len(word) < 4:
        return word
    for ending, replacement in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + replacement
    return word


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return what the forms of a word share: "cadastros", "cadastrar", "cadastrados" → "cadastr"."""
    for ending in _STEM_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class Word:
    """A word, folded, and its place in the raw text."""

    text: str
    start: int
    end: int


class Phrases:
    """A set of phrases to be found in a text, plurals understood."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_first: dict[str, list[tuple[str, ...]]] = {}
        """The phrases, as words in the singular, under their first word."""
        for phrase in phrases:
            words = tuple(singular(word) for word in _WORD.findall(fold(phrase)))
            self.by_first.setdefault(words[0], []).append(words)


class Verbs:
    """Verbs, given as infinitives, recognised in their regular forms."""

    def __init__(self, infinitives: Iterable[str], *, only_finite: bool = False) -> None:
        self._roots = frozenset(infinitive[:-2] for infinitive in infinitives)
        # orthographic changes before e: clicar → clique, carregar → carregue
        self._roots |= {root[:-1] + "qu" for root in self._roots if root.endswith("c")}
        self._roots |= {root + "u" for root in self._roots if root.endswith("g")}
        self._endings = _FINITE if only_finite else _FINITE | _OTHER_FORMS

    def root(self, word: str) -> str | None:
        """Return the root of a folded word that is a form of one of the verbs."""
        for cut in range(max(len(word) - 5, 2), len(word)):
            if word[:cut] in self._roots and word[cut:] in self._endings:
                return word[:cut]
        return None


class Words:
    """A text as its words. Spans refer to the raw text, whatever folding did to its length."""

    def __init__(self, raw: str) -> None:
        self._folded = Folded.of(raw)
        self._matches = tuple(_WORD.finditer(self._folded.text))
        self.texts = tuple(match[0] for match in self._matches)
        """The words, folded."""

    def __getitem__(self, index: int) -> Word:
        return Word(self.texts[index], *self._folded.span(*self._matches[index].span()))

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def singulars(self) -> tuple[str, ...]:
        """Each word without its plural."""
        return tuple(map(singular, self.texts))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for index, word in enumerate(self.singulars):
            places.setdefault(word, []).append(index)
        return places

    def places_of(self, stems: frozenset[str], same: Mapping[str, str]) -> list[int]:
        """Return the indexes of the words with one of the stems (see `stems`), in the order of the text."""
        meant = {text for text in set(self.texts) if _meaning(text, same) in stems}
        return [index for index, text in enumerate(self.texts) if text in meant] if meant else []

    def find(self, phrases: Phrases) -> Iterator[Span]:
        """Yield the spans where one of the phrases occurs, in the order of the text."""
        for first, last in self.runs(phrases):
            yield self[first].start, self[last].end

    def runs(self, phrases: Phrases) -> list[tuple[int, int]]:
        """Return the indexes of the first and last word of each occurrence, in the order of the text."""
        return sorted(
            (index, index + len(phrase) - 1)
            for first in phrases.by_first.keys() & self._places.keys()
            for phrase in phrases.by_first[first]
            for index in self._places[first]
            if self.singulars[index : index + len(phrase)] == phrase
        )

    def has(self, phrases: Phrases) -> bool:
        """Tell whether one of the phrases occurs."""
        return bool(self.runs(phrases))

    def forms_of(self, verbs: Verbs) -> dict[str, str]:
        """Return the words that are forms of one of the verbs, each with the verb's root."""
        found = {text: verbs.root(text) for text in dict.fromkeys(self.texts)}
        return {text: root for text, root in found.items() if root is not None}

    def stems(self, without: frozenset[str], same: Mapping[str, str]) -> frozenset[str]:
        """Return the stems of the words that carry meaning: not in ``without``, three letters or more.

        Words in ``same`` stand for what they mean there, short ones too.
        """
        return frozenset(
            _meaning(text, same)
            for text in dict.fromkeys(self.texts)
            if text in same or (text not in without and len(text) > 2 and not text.isdigit())
        )


def _meaning(word: str, same: Mapping[str, str]) -> str:
    return same.get(word) or same.get(singular(word)) or stem(word)


@lru_cache(maxsize=16)
def read(raw: str) -> Words:
    """Return the words of ``raw``; at a key only one field's text is new."""
    return Words(raw)
