"""R17: what is long, or goes back and forth, is explained by voice and then written into the ticket."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..conversation import Conversation, Voice
from ..finding import Finding, Severity
from ..folded import Folded
from .closing import Closing, client_ok
from .headings import CALL

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_CALLED = re.compile(
    r"\bpor telefone\b|\bna (?:ligacao|chamada|reuniao)\b|\bresumo da (?:ligacao|chamada|reuniao)\b"
    r"|\b(?:liguei|ligamos|ligacao de)\b|\bcombin(?:amos|ei|ado) por (?:voz|video|telefone)\b"
)
_EXAMPLE = "Posso ligar hoje às 15h? Depois registro aqui o resumo da ligação."


@dataclass(frozen=True)
class CallLimits:
    """From where on a call is better; 0 switches a limit off."""

    words: int = 400
    """Words of one message that are still read."""
    returns: int = 3
    """Times that the client had to come back after an answer."""


def returns_of(conversations: Iterable[Conversation]) -> int:
    """Count how often the client wrote again after an answer; several mails in a row are one return.

    ``conversations`` are oldest first. Notes are no answers.
    """
    answered, returns = False, 0
    for said in conversations:
        if said.voice is Voice.REPLY:
            answered = True
        elif said.voice is Voice.CLIENT and answered:
            answered = False
            returns += 1
    return returns


def check_by_voice(
    text: str, conversations: Sequence[Conversation] = (), limits: CallLimits | None = None
) -> Iterator[Finding]:
    """Yield a finding where a call would serve better than ``text``; none where it tells of a call.

    However often the client came back, nothing is left to explain once they gave their OK.
    """
    limits = limits or CallLimits()
    if len(CALL.parts(text)) > 1 or Folded.of(text).first(_CALLED):
        return
    words = [*_WORD.finditer(text)]
    if limits.words and len(words) > limits.words:
        yield Finding(
            "ligacao.longa",
            "text",
            Severity.WARN,
            f"São {len(words)} palavras: explique por telefone e registre o resumo no ticket.",
            _EXAMPLE,
            words[limits.words].span(),
        )
    returns = returns_of(conversations)
    if limits.returns and returns >= limits.returns and client_ok(conversations).closing is not Closing.OK:
        yield Finding(
            "ligacao.vaivem",
            "conversation",
            Severity.WARN,
            f"O cliente já voltou {returns} vezes: ligue, e registre o resumo no ticket.",
            _EXAMPLE,
        )
