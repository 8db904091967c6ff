"""Chamados that may be about the same problem: found by the words they share, and told with those words.

Words count by their stems, rare ones more than common ones (as TF-IDF weighs them), those of the title most.
Deterministic; what is found can be explained by what is shown.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log

from .assistant.headings import SOURCE, heading_of
from .chamado import Chamado, ChamadoDraft
from .lifecycle import ChamadoStatus
from .quality import TEMPLATE
from .quality.words import stem
from .text import fold

FOUND = 3
"""Chamados that are told at most."""
ALIKE = 0.3
"""Likeness, from 0 to 1, from which one is told."""
SHARED_WORDS = 4
MAX_CHARS = 20_000
"""Characters of one field that are looked at."""
_WEIGHTS = {"title": 3.0, "flow": 1.0, "description": 1.5}
_SAME_CLIENT, _OTHER_TOOL = 1.5, 0.6
_OVER = (ChamadoStatus.REPROVADO, ChamadoStatus.ENCERRADO)
_WORD = re.compile(r"\w+")
_FUNCTION_WORDS = frozenset(
    """
    a ao aos aquela aquele as ate com como da das de dela dele depois do dos e ela ele elas eles em entre era
    essa esse esta este eu foi ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos
    nossa nosso num numa o onde os ou para pela pelo por porque pra qual quando que quem se sem ser seu sua so
    tambem te tem um uma umas uns
    """.split()
)


@dataclass(frozen=True)
class Similar:
    """One that may be about the same problem."""

    chamado: Chamado
    score: float
    """How alike, from 0 to 1; those of the same ticket come first whatever it is."""
    shared: tuple[str, ...]
    """The words that both have, as the draft writes them, the most telling first."""
    same_ticket: bool
    same_client: bool


@dataclass(frozen=True)
class _Known:
    chamado: Chamado
    stems: Mapping[str, frozenset[str]]
    """By field."""
    weight: Mapping[str, float]
    """All that the stems of a field weigh."""


class Lookalikes:
    """The chamados of a board, read once, so that any number of drafts can be held against them."""

    def __init__(self, chamados: Iterable[Chamado]) -> None:
        read = [(each, _stems_of(each)) for each in chamados]
        holders = Counter(word for _, stems in read for word in frozenset().union(*stems.values()))
        self._rarity = {word: log(1 + len(read) / count) for word, count in holders.items()}
        self._unheard = log(1 + max(len(read), 1))
        """What a word weighs that is on no chamado of the board."""
        self._known = [
            _Known(each, stems, {name: self._weigh(words) for name, words in stems.items()})
            for each, stems in read
        ]

    def of(self, draft: ChamadoDraft) -> tuple[Similar, ...]:
        """Return the chamados most like ``draft``: open ones of any tool, those that are over of its own."""
        return tuple(each for each in self._ordered(draft) if _is_told(each, draft))[:FOUND]

    def in_order(self, draft: ChamadoDraft) -> tuple[Chamado, ...]:
        """Return all chamados but ``draft``'s own, the most like it first, then the newest."""
        return tuple(each.chamado for each in self._ordered(draft))

    def _ordered(self, draft: ChamadoDraft) -> list[Similar]:
        words = _words_of(draft)
        others = (known for known in self._known if known.chamado.id != draft.id)
        return sorted((self._held_against(draft, words, known) for known in others), key=_likest_first)

    def _held_against(
        self, draft: ChamadoDraft, words: Mapping[str, Mapping[str, str]], known: _Known
    ) -> Similar:
        chamado = known.chamado
        same_ticket = draft.ticket_id is not None and draft.ticket_id == chamado.ticket_id
        email = draft.licence_email.strip().casefold()
        same_client = bool(email) and chamado.licence_email.casefold() == email
        shared = {name: known.stems[name] & mine.keys() for name, mine in words.items()}
        score = self._likeness(words, known, shared)
        score = min(
            1.0,
            score * (_SAME_CLIENT if same_client else 1) * (1 if _has_tool(chamado, draft) else _OTHER_TOOL),
        )
        telling = frozenset().union(*shared.values())
        return Similar(chamado, score, self._told(words, telling), same_ticket, same_client)

    def _likeness(
        self,
        words: Mapping[str, Mapping[str, str]],
        known: _Known,
        shared: Mapping[str, frozenset[str]],
    ) -> float:
        """The part of the words that both have, of the fields that are written in the draft so far."""
        score = total = 0.0
        for name, mine in words.items():
            if mine:
                both = self._weigh(shared[name])
                score += _WEIGHTS[name] * both / (self._weigh(mine) + known.weight[name] - both)
                total += _WEIGHTS[name]
        return score / total if total else 0.0

    def _weigh(self, stems: Iterable[str]) -> float:
        return fsum(self._rarity.get(each, self._unheard) for each in stems)  # the same in whatever order

    def _told(self, words: Mapping[str, Mapping[str, str]], stems: Iterable[str]) -> tuple[str, ...]:
        title = words["title"]
        ordered = sorted(stems, key=lambda each: (each not in title, -self._rarity[each], each))
        written = {**words["description"], **words["flow"], **title}
        return tuple(written[each] for each in ordered[:SHARED_WORDS])


def _is_told(similar: Similar, draft: ChamadoDraft) -> bool:
    """Whether it is like enough to be worth a look."""
    chamado = similar.chamado
    counts = chamado.status not in _OVER or _has_tool(chamado, draft)
    return similar.same_ticket or (counts and similar.score >= ALIKE and len(similar.shared) > 1)


def _has_tool(chamado: Chamado, draft: ChamadoDraft) -> bool:
    return draft.tool in ("", chamado.tool)


def _likest_first(similar: Similar) -> tuple[bool, float, int]:
    return not similar.same_ticket, -similar.score, -similar.chamado.number


_HEADINGS = frozenset(stem(fold(word)) for word in _WORD.findall(TEMPLATE))
"""Of the skeleton, which every description has."""


def _stems_of(chamado: Chamado) -> dict[str, frozenset[str]]:
    texts = {
        "title": chamado.title,
        "flow": "; ".join(chamado.flow),
        "description": _without_skeleton(chamado.description),
    }
    return {name: frozenset(_words(text)) for name, text in texts.items()}


def _words_of(draft: ChamadoDraft) -> dict[str, dict[str, str]]:
    texts = {"title": draft.title, "flow": draft.flow, "description": _without_skeleton(draft.description)}
    return {name: _words(text) for name, text in texts.items()}


def _without_skeleton(description: str) -> str:
    """What was answered: without the ticket's line, and without headings, however they are called."""
    lines = SOURCE.sub("", description[:MAX_CHARS].lstrip(), count=1).splitlines()
    return "\n".join(line[headed[1] :] if (headed := heading_of(line)) else line for line in lines)


def _words(text: str) -> dict[str, str]:
    """The words that carry meaning: each stem, and the word as it is first written."""
    found: dict[str, str] = {}
    for word in _WORD.findall(unicodedata.normalize("NFC", text[:MAX_CHARS])):
        folded = fold(word)
        if len(folded) > 2 and folded not in _FUNCTION_WORDS and (root := stem(folded)) not in _HEADINGS:
            found.setdefault(root, word.lower())
    return found
