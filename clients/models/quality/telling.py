"""Whether a text tells where (a screen, a document, an integration) and what happens there."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..folded import Span
from .lexicon import Lexicon
from .words import Words

_BRACKETED = re.compile(r"\[([^\[\]\n]{2,40})\]")
_SEGMENT = r"[\w{}.-]{0,60}[A-Za-z{][\w{}.-]{0,60}"  # a date between slashes is no address
_ENDPOINT = re.compile(
    rf"(?:^|\s)(?:/{_SEGMENT}(?:/{_SEGMENT}){{0,6}}|{_SEGMENT}(?:/{_SEGMENT}){{2,6}})"
    r"|\b(?:GET|POST|PUT|PATCH|DELETE)\s+/?\w"
)
_QUOTED = re.compile('["“«][^"“”«»\n]{3,120}["”»]')


def tells_place(raw: str, words: Words, lexicon: Lexicon, *, users_too: bool = True) -> bool:
    """Tell whether ``raw``, whose words are ``words``, says where.

    Without ``users_too`` a word that tells who does it ("usuário", also the name of a screen) is none.
    """
    whose = () if users_too else words.runs(lexicon.phrases("user_cues"))
    if not set(words.runs(lexicon.phrases("places"))) <= set(whose):
        return True
    if _ENDPOINT.search(raw) or _in_brackets(raw, lexicon):
        return True
    prefixes = lexicon.words("place_prefixes")
    nowhere = lexicon.words("not_places", "generic", "stopwords")
    return any(
        before in prefixes and len(after) > 2 and not after.isdigit() and after not in nowhere
        for before, after in pairwise(words.texts)
    )


def _in_brackets(raw: str, lexicon: Lexicon) -> bool:
    """ "[Financeiro]" names a module, "[ERRO]" names nothing."""
    empty = lexicon.words("generic", "stopwords")
    return any(not set(Words(found[1]).texts) <= empty for found in _BRACKETED.finditer(raw))


def tells_situation(raw: str, words: Words, lexicon: Lexicon, first: int = 0) -> bool:
    """Tell whether something is said to happen, in the words from index ``first`` on."""
    return bool(_QUOTED.search(raw)) or next(_situations(words, lexicon, first), None) is not None


def two_tellings(raw: str, words: Words, lexicon: Lexicon) -> Span | None:
    """Return where a second place with a situation of its own begins: "pedido trava, boleto não gera"."""
    cuts = [0, *(index for index in range(1, len(words)) if _parts(raw, words, index)), len(words)]
    places = words.runs(lexicon.phrases("places"))
    situations = tuple(_situations(words, lexicon, 0))
    told: set[str] = set()
    for start, end in pairwise(cuts):
        # a place that follows "na" or "de" says where the same thing happens
        here = {
            words.singulars[index]
            for index, _ in places
            if start <= index < end and not (index > start and words.texts[index - 1] in _LINKING)
        }
        if not here or not any(start <= index < end for index in situations):
            continue
        if told and not told & here:
            return words[start].start, words[end - 1].end
        told |= here
    return None


_LINKING = frozenset("de do da dos das no na nos nas em ao a as aos para com por pelo pela".split())


def _parts(raw: str, words: Words, index: int) -> bool:
    """Tell whether the word at ``index`` begins another clause."""
    before = words[index - 1]
    between = raw[before.end : words[index].start]
    return (
        "," in between or ";" in between or raw[before.start - 1 : before.end] in (" e", " E")
    )  # not "é", "NF-e"


def _situations(words: Words, lexicon: Lexicon, first: int) -> Iterator[int]:
    """Yield the indexes of words that tell of something happening, kind after kind."""
    texts, singulars = words.texts, words.singulars
    negations, numbered = lexicon.words("negations"), lexicon.words("error_names")
    for index in range(first, len(words) - 1):
        word, after = texts[index], texts[index + 1]
        if (word in negations and not after.isdigit()) or (word in numbered and after.isdigit()):
            yield index
    forms = lexicon.words("failure_forms")
    failing = lexicon.verbs("failure_verbs", only_finite=True)
    failed, passives = lexicon.verbs("failure_verbs"), lexicon.words("passives")
    nouns, articles = lexicon.words("nouns_like_verbs"), lexicon.words("stopwords")
    adjectives = {_masculine(adjective) for adjective in lexicon.words("adjectives")}
    seen: dict[str, bool] = {}
    for index in range(first, len(words)):
        word = texts[index]
        if word in nouns and (index == 0 or texts[index - 1] in articles):
            continue  # "busca de produtos", "no cálculo"; but "o caixa troca o valor"
        if word not in seen:
            seen[word] = (
                word in forms
                or failing.root(word) is not None
                or _masculine(singulars[index]) in adjectives
                or (word.endswith("mente") and _masculine(word[: -len("mente")]) in adjectives)
            )
        if seen[word] or (index and texts[index - 1] in passives and failed.root(word) is not None):
            yield index
    for name in ("stoppings", "deviations"):
        yield from (index for index, _ in words.runs(lexicon.phrases(name)) if index >= first)


def _masculine(word: str) -> str:
    return word[:-1] + "o" if word.endswith("a") else word
