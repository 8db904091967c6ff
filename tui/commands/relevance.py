"""How well a command answers what was typed into the palette: whole pieces of words, in any order."""

from collections.abc import Sequence

from clients.models.text import fold


def relevance(query: str, label: str, purpose: str) -> float:
    """Return 0 if a word of ``query`` is in neither text, accents and case aside; else up to 1.

    What the label says counts before what the purpose says, and a word's beginning before its middle.
    """
    words, texts = fold(query).split(), (fold(label), fold(purpose))
    ranks = [_rank(word, texts) for word in words]
    return sum(ranks) / len(ranks) if ranks and all(ranks) else 0.0


def _rank(word: str, texts: Sequence[str]) -> float:
    for text, beginning, inside in zip(texts, (1.0, 0.5), (0.75, 0.25), strict=True):
        if word in text:
            return beginning if _begins_a_word(word, text) else inside
    return 0.0


def _begins_a_word(word: str, text: str) -> bool:
    found = text.find(word)
    while found > 0 and text[found - 1].isalnum():
        found = text.find(word, found + 1)
    return found >= 0
