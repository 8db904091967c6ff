"""What was promised to a client with a time, read out of what was written to them. Pure.

A sentence promises where we say that something is going to be, and when. What we ask of the client, what is
conditional on them and what is denied is no promise; in doubt a promise is told, since nobody finds one that
is left out.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from .base import Model, Moment
from .promise_times import named_time
from .quoted import split_quote
from .text import SafeText, fold
from .workday import WorkCalendar

LONGEST_PROMISE = 160
"""Characters of its sentence."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")
_CLAUSE = re.compile(
    r"[;()–—]|\s-\s|,(?!\s*(?:as|ate|no|pela|a partir|dia|\d"
    r"|(?:segunda|terca|quarta|quinta|sexta)\b))|\b(?:mas|porem|entao)\b"
)
_FUTURE = re.compile(r"\b\w{2,}(?:rá|rão|remos|rei)\b")
"""Only with its accent: "para" and "era" end the same without it."""
_FIRM = re.compile(
    r"\b(?:vou|vamos|vai|vao|iremos|irei|sera|serao|estara|estarao|ficara|ficarao|retornara|chegara|tera|saira"
    r"|retorno|envio|ligo|aviso|respondo|entrego|resolvo|libero|publico|concluo|corrijo|consigo|conseguimos"
    r"|passo(?! \d)|chamo(?! (?:a|sua) atencao)|volto(?! a dizer)|atualizo|ajusto|deixo|compromisso"
    r"|eu (?:acesso|entro|faco|vejo)|entro em contato"
    r"|acredit\w+ que|creio que|esper(?:o|amos) (?:que(?! voce)|ter|conseguir)|estim(?:o|amos|ativa)"
    r"|previsao|prazo|prometo|prometemos|combinamos|agendamos|agendei|marcamos"
    r"|(?<!conforme )(?<!como )(?:previst|combinad|agendad|marcad|programad)[ao]s?"
    r"|fica pronto|fica pronta|ficam prontos|fica para|sem falta|devemos"
    r"|deve (?:ficar|sair|ser|estar|chegar|entrar|voltar)|pretendemos|comprometemos|garantimos|garanto"
    r"|posso|podemos|estamos (?:trabalhando|previstos)|estou (?:enviando|retornando)|daremos|faremos)\b"
)
_LOOSE = re.compile(
    r"\b(?:retornamos|enviamos|ligamos|avisamos|respondemos|entregamos|resolvemos|liberamos|publicamos|temos"
    r"|concluimos|corrigimos|finalizamos|atualizamos|verificamos|encaminhamos|terminamos|damos|fazemos|sai"
    r"|mandamos|mando|passamos|voltamos|encaminho|verifico|(?:informo|informamos|confirmo)(?! que)"
    r"|entra|entram|(?:previst|combinad|agendad|marcad)[ao]s?)\b"
)
"""The same word says what was done and what is going to be."""
_ASKED = re.compile(
    r"\b(?:por favor|por gentileza|favor|poderiam?|consegu(?:e|em|iria|iriam)|envie|enviem|encaminhe|mande"
    r"|responda|retorne|teste|testem|valide|validem|confirme|confirmem|verifique|informe|tente|aguard\w+"
    r"|precisamos (?:que|de|do|da)|solicit\w+|pedimos|peco|necessario que|gostaria\w*"
    r"|podem?(?! (?:ficar|deixar|contar|ser|sair|levar|demorar)))\b"
)
_DENIED = re.compile(
    r"\b(?:nao|nunca|jamais|dificilmente|impossivel|de ferias|de folga|ausente|a(?: sua)? disposicao"
    r"|sem (?:(?:[ao]|um|uma|sua|seu) ){0,2}(?:previsao|prazo|retorno|resposta))\b"
)
_NO_DENIAL = re.compile(
    r"\bnao se preocup\w+|\bse nao\b.*|\bnao so\b|\bnao (?:\w+ ){0,2}(?:pass|ultrapass)(?:a|ar|ara) d"
)
_CONDITION = re.compile(r"\s*(?:e |ou )?(?:se|caso|quando|desde que)\b")
_OTHERWISE = re.compile(r"\b(?:caso contrario|do contrario|senao)\b")
_TAG = re.compile(r"[,.]?\s*(?:ok|certo|ta|ta bom|tudo bem|combinado|beleza)\s*\?$")
"""What makes no question of a sentence that ends in it."""
_QUOTED_LINE = re.compile(r"(?m)^[ \t]*>.*$")
_SAID_BY_OTHERS = re.compile(r"[\"“«][^\"“”«»\n]{3,400}[\"”»]")


class Promise(Model):
    """One promise, in the words in which it was given."""

    text: SafeText
    said_at: Moment
    due: Moment
    timed: bool
    """Whether an hour was said; without one ``due`` is the end of the working day."""


def promises(text: str, said_at: datetime, calendar: WorkCalendar) -> tuple[Promise, ...]:
    """Return what ``text``, which we wrote to a client at ``said_at``, promises; what it quotes aside.

    ``calendar`` tells which days are worked.
    """
    written, _ = split_quote(text)
    ours = _SAID_BY_OTHERS.sub("«…»", _QUOTED_LINE.sub("", written))
    return tuple(_promises(ours, said_at, calendar))


def _promises(text: str, said_at: datetime, calendar: WorkCalendar) -> Iterator[Promise]:
    for sentence in _SENTENCE.findall(text):
        told = " ".join(sentence.split())
        folded = _TAG.sub("", fold(told))
        if folded.endswith("?") or _OTHERWISE.search(folded):
            continue
        firm = bool(_FUTURE.search(told.lower()) or _FIRM.search(folded))
        if not firm and not _LOOSE.search(folded):
            continue
        for clause in _CLAUSE.split(folded):
            when = named_time(clause, said_at, calendar)
            if when is None or not (firm or when.certain) or _is_none(clause):
                continue
            yield Promise(text=_short(told), said_at=said_at, due=when.at, timed=when.timed)
            break


def _is_none(clause: str) -> bool:
    """Whether a clause asks, denies or depends, instead of promising."""
    denied = _DENIED.search(_NO_DENIAL.sub(" ", clause))
    return bool(denied or _ASKED.search(clause) or _CONDITION.match(clause))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_PROMISE else f"{text[:LONGEST_PROMISE].rstrip()}…"
