"""Sentences of a description that speak to a model instead of to a reader: told to the analyst."""

from functools import cache

from ..folded import Span
from ..quality.words import Phrases, read

_PHRASES = (
    *(
        "ignore as instrucoes",
        "ignore todas as instrucoes",
        "ignore instrucoes",
        "ignore tudo",
        "ignore o texto",
    ),
    *("ignore o que", "ignorar as instrucoes", "ignorar instrucoes", "ignore as regras", "ignore as ordens"),
    *(
        "desconsidere as instrucoes",
        "desconsidere todas as instrucoes",
        "desconsidere tudo",
        "desconsidere o que",
    ),
    *("desconsidere as regras", "esqueca as instrucoes", "esqueca todas as instrucoes", "esqueca tudo"),
    *(
        "esqueca o que",
        "nao siga as instrucoes",
        "novas instrucoes",
        "nova instrucao",
        "siga estas instrucoes",
    ),
    *(
        "voce agora e",
        "agora voce e",
        "a partir de agora voce",
        "aja como",
        "finja ser",
        "finja que",
        "voce e uma ia",
    ),
    *(
        "voce e um assistente",
        "voce deve responder",
        "responda apenas",
        "responda somente",
        "instrucao do sistema",
    ),
    *(
        "prompt do sistema",
        "mensagem do sistema",
        "modelo de linguagem",
        "revele suas instrucoes",
        "modo desenvolvedor",
    ),
    *(
        "ignore previous",
        "ignore all previous",
        "ignore the above",
        "ignore all instructions",
        "disregard previous",
    ),
    *("disregard all", "forget previous", "forget all previous", "forget your instructions", "you are now"),
    *("act as", "pretend to be", "system prompt", "new instructions", "developer mode", "language model"),
)


@cache
def _phrases() -> Phrases:
    return Phrases(_PHRASES)


def suspicious_phrases(text: str) -> tuple[Span, ...]:
    """Return where ``text`` seems to give orders to a model ("ignore as instruções", "você agora é …")."""
    return tuple(read(text).find(_phrases()))
