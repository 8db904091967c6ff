"""R22: a ticket is closed after the client's OK, and after that OK was answered."""

import re
from collections.abc import Sequence
from enum import StrEnum

from ..base import Model
from ..conversation import Conversation, Voice
from ..folded import Folded, Span
from ..quoted import split_quote
from ..text import SafeText

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_NOT = r"(?:nao|nem|nunca|ainda nao)"
_COMPLAINS = re.compile(
    rf"\b{_NOT}\b(?: \w+){{0,3}}? (?:deu certo|deram certo|funcion\w+|resolv\w+|solucion\w+|consegu\w+|ok\b"
    r"|certo|fech\w+|encerr\w+|finaliz\w+|concluid\w+)"
    r"|\bainda (?:\w+ ){0,2}?(?:nao|ocorre\w*|acontece\w*|aparece\w*|apresenta\w*|esta (?:com|dando))\b"
    r"|\b(?:continu(?:a|am|ou|amos)|persist\w+|voltou a|segue (?:com|dando|sem)|parou de|deixou de)\b"
    r"|\b(?:mesmo|outro|novo) (?:erro|problema)\b|\bdeu (?:errado|erro|problema)\b|\berrado\b|\bpiorou\b"
    r"|\bsem (?:sucesso|solucao|resposta|retorno)\b|\b(?:trav(?:ou|a|am|ando)|falh(?:ou|a|am|ando))\b"
    r"|\b(?:da|deu|dando|com) erro\b"
)
_NO_MORE = re.compile(
    rf"\b{_NOT} (?:\w+ )?(?:deu|da|teve|tem|houve|aparec(?:eu|e)|ocorr(?:eu|e)|acontec(?:eu|e)|apresentou)"
    r" (?:mais )?(?:(?:o |nenhum )?(?:erro|problema)|mais)\b|\bsem (?:erros?|problemas?)\b"
)
"""A negation that is good news."""
_YES = re.compile(
    r"\b(?:deu certo|deram certo|funcionou|funcionaram|funcionando|resolvid[oa]s?|resolveu|resolveram"
    r"|solucionad[oa]s?|solucionou|(?:pode(?:m|mos)?|podera|favor|ja pode(?:m)?)(?: \w+)?"
    r" (?:fechar|encerrar|finalizar|concluir)|(?:pode(?:m)?) ser (?:fechad|encerrad|finalizad|concluid)[oa]"
    r"|(?:tudo|agora|esta|ficou) (?:certo|ok|perfeito|normal)|agora foi|validad[oa]|aprovad[oa]"
    r"|conseguimos|consegui|perfeito|ok|okay)\b"
)
_LATER = re.compile(
    r"\b(?:se|caso|quando|assim que|logo que|ate|vou|vamos|irei|iremos|aguard\w+|vai|vao|espero que|tomara)\b"
)
"""What makes of an OK a promise, a condition or a wish."""
_GREETING = re.compile(
    r"^\s*(?:(?:ola|oi|bom dia|boa tarde|boa noite)\b[ ,]*(?:\w+[ ,]+)??){1,3}tudo (?:bem|bom|certo|ok)\b"
)
_THANKS = re.compile(r"\b(?:obrigad[oa]s?|agradec\w+|grat[oa]|valeu|vlw|obg)\b")


class Closing(StrEnum):
    """What the client's last message says on closing."""

    OK = "ok"
    WEAK = "weak"
    """Thanks alone: nothing is said on whether it works."""
    QUESTION = "question"
    COMPLAINT = "complaint"
    UNCLEAR = "unclear"
    """Neither yes nor no."""
    OURS_LAST = "ours_last"
    """Without an OK before it, the last word is ours: the client has not reacted yet."""
    SILENT = "silent"
    """The client said nothing since opening."""


_SAID = {
    Closing.OK: "O cliente deu o OK",
    Closing.WEAK: "O cliente só agradeceu: pergunte se deu certo antes de fechar.",
    Closing.QUESTION: "O cliente perguntou: responda antes de fechar.",
    Closing.COMPLAINT: "O cliente diz que não está resolvido: não feche.",
    Closing.UNCLEAR: "Não se lê um OK na última mensagem do cliente: pergunte antes de fechar.",
    Closing.OURS_LAST: "A última mensagem é nossa: espere o OK do cliente, ou pergunte se deu certo.",
    Closing.SILENT: "O cliente ainda não escreveu depois de abrir: espere o OK dele.",
}


class ClientOk(Model):
    """Whether a ticket may be closed, and by which words."""

    closing: Closing
    quote: SafeText = ""
    """The client's words that tell so; empty where none do."""
    span: Span | None = None
    """Where they stand in the text of the message `message_id`."""
    message_id: int | None = None
    """The client's message that decides."""
    answered: bool = False
    """Whether we answered that message in public."""
    said: str
    """The same in Portuguese, with what to do."""

    @property
    def may_close(self) -> bool:
        """Whether the OK is there and was answered."""
        return self.closing is Closing.OK and self.answered


def client_ok(conversations: Sequence[Conversation]) -> ClientOk:
    """Look for the client's OK in ``conversations``, oldest first; notes and quoted mail do not count.

    The client's last message decides, or an OK before it that only thanks came after. In it a complaint
    outweighs a question, and both an OK ("funcionou, mas agora…"); "obrigado" alone is no OK, nor is one that
    is only promised or hoped for ("se der certo", "ok, vou testar").
    """
    public = [said for said in conversations if said.voice is not Voice.NOTE]
    spoken = [said for said in public if said.voice is Voice.CLIENT]
    if not spoken:
        closing = Closing.OURS_LAST if public else Closing.SILENT
        return ClientOk(closing=closing, said=_SAID[closing])
    told, (closing, span) = _telling(spoken)
    answered = any(said.voice is Voice.REPLY for said in public[public.index(told) + 1 :])
    if answered and closing is not Closing.OK:
        closing = Closing.OURS_LAST if public[-1].voice is Voice.REPLY else closing
    said = _SAID[closing]
    if closing is Closing.OK:
        said += ", e foi respondido: pode fechar." if answered else ": responda antes de fechar."
    quote = told.text[slice(*span)] if span else ""
    return ClientOk(closing=closing, quote=quote, span=span, message_id=told.id, answered=answered, said=said)


def _telling(spoken: Sequence[Conversation]) -> tuple[Conversation, tuple[Closing, Span | None]]:
    """The message that decides: the last one, or an OK that nothing but thanks came after."""
    last = spoken[-1], _read(split_quote(spoken[-1].text)[0])
    for said in reversed(spoken):
        read = _read(split_quote(said.text)[0])
        if read[0] is not Closing.WEAK:
            return (said, read) if read[0] is Closing.OK else last
    return last


def _read(text: str) -> tuple[Closing, Span | None]:
    folded = Folded.of(text)
    found: dict[Closing, Span] = {}
    for match in _SENTENCE.finditer(folded.text):
        closing, words = _sentence(match[0])
        if closing is not Closing.UNCLEAR:
            start = match.start()
            found.setdefault(closing, folded.span(start + words[0], start + words[1]))
    for closing in (Closing.COMPLAINT, Closing.QUESTION, Closing.OK, Closing.WEAK):
        if closing in found:
            return closing, found[closing]
    return Closing.UNCLEAR, None


def _sentence(sentence: str) -> tuple[Closing, Span]:
    good = _NO_MORE.search(sentence)
    rest = _NO_MORE.sub(lambda match: " " * len(match[0]), sentence)
    if bad := _COMPLAINS.search(rest):
        return Closing.COMPLAINT, bad.span()
    if sentence.endswith("?"):
        blank = len(sentence) - len(sentence.lstrip())
        return Closing.QUESTION, (blank, len(sentence))
    rest = _GREETING.sub(lambda match: " " * len(match[0]), rest)
    yes = _YES.search(rest) or good
    if yes and not _LATER.search(rest):
        return Closing.OK, yes.span()
    if not yes and (thanks := _THANKS.search(sentence)):
        return Closing.WEAK, thanks.span()
    return Closing.UNCLEAR, (0, 0)
