"""How hard a text is to read: Flesch's reading ease with the figures for Portuguese, as a hint only."""

import re
from collections.abc import Sequence

_SENTENCE = re.compile(r"[.!?;:…]+(?=\s|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
# two vowels that are two syllables: "pa-ís", "co-or", "ra-iz" are rare; "i-a", "u-a" at the end are not
_HIATUS = re.compile(r"(?:[iu][ao]s?$|[ao][ae]|oo|ee)")


def syllables(word: str) -> int:
    """Count the syllables of a folded word, roughly."""
    return max(1, len(_VOWELS.findall(word)) + len(_HIATUS.findall(word)))


def sentence_length(raw: str, words: int) -> float:
    """Return the words of an average sentence; a line ends one too."""
    sentences = sum(1 for piece in _SENTENCE.split(raw) if piece.strip())
    return words / max(1, sentences)


def reading_ease(raw: str, words: Sequence[str]) -> float:
    """Return the ease of ``raw``, whose folded words are ``words``: 100 is easy, below 25 very hard."""
    spoken = [word for word in words if not word.isdigit()]
    if not spoken:
        return 100.0
    per_word = sum(map(syllables, spoken)) / len(spoken)
    return 248.835 - 1.015 * sentence_length(raw, len(words)) - 84.6 * per_word
