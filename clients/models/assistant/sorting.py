"""Which heading a sentence belongs under, by the words in it."""

import re

from ..quality.description import has_exact_message
from ..quality.lexicon import Lexicon
from ..quality.personal import emails
from ..quality.telling import tells_place
from ..quality.words import read
from ..text import fold
from .headings import EXPECTED, MESSAGE, SINCE, STEPS, USER, WHAT, WHERE

LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,3}[ \t]?[.)ºª°-]|[a-z]\)|[-*•–])[ \t]{1,4}(?=\S)", re.IGNORECASE)
NUMBER_MARK = re.compile(r"^\s*\(?\d{1,3}[ \t]?[.)ºª°-][ \t]{1,4}(?=\S)")
_OF_USER = re.compile(
    r"\b(?:com|pelo|pela|usando|so|somente|apenas)\s+(?:(?:[oa]s?|meu|qualquer|todos|outros?|nosso|um)\s+){0,3}"
    r"(?:usuari|login|operador|perfil|vendedor|admin|gerente|atendente|colaborador|funcionari|caixa\s?\d)"
    r"|^(?:[oa]s?\s+)?(?:usuari|login|perfil)\w*\s*(?::|e\s|usad|utilizad)|\blogad[oa]s?\b"
)
_OF_PLACE = re.compile(
    r"^(?:isso|isto|o problema|o erro|esse erro)?\s*(?:acontece|ocorre|aparece)\s+(?:em|no|na|nos|nas)\b"
    r"|^(?:n[oa]s?|em)\s+(?:telas?|menu|aba|modulo|cadastro|relatorio)\b[^,]{0,80}$"
)
_GOING_ON = re.compile(r"^(?:(?:e|depois|apos isso|em seguida|entao|por fim|primeiro|agora|ai),?\s+){0,2}")
_PATH = re.compile(r"\S\s*(?:>|→|»)\s*\S")
_NO_STEP = ("ndo", "do", "da", "dos", "das")


def heading_for(sentence: str, lexicon: Lexicon) -> str:
    """Return the heading that a sentence without one of its own belongs under; `WHAT` where no word tells."""
    words, folded = read(sentence), fold(sentence).strip()
    if NUMBER_MARK.match(sentence):
        return STEPS
    if tells_message(sentence, lexicon):
        return MESSAGE
    if words.has(lexicon.phrases("expected_cues")):
        return EXPECTED
    if _is_step(sentence, lexicon):
        return STEPS
    fails = _fails(sentence, lexicon)
    if _OF_USER.search(folded) and (not fails or len(words) <= 12):
        return USER
    if _OF_PLACE.search(folded) or (_PATH.search(sentence) and not fails):
        return WHERE
    if words.has(lexicon.phrases("when_cues")) and not fails:
        return SINCE
    return WHAT


def tells_message(text: str, lexicon: Lexicon) -> bool:
    """Whether ``text`` quotes the message or its code, or says that there is none."""
    words = read(text)
    if words.has(lexicon.phrases("no_message")):
        return True
    return has_exact_message(text) and words.has(lexicon.phrases("message_words"))


def is_told(heading: str, text: str, lexicon: Lexicon) -> bool:
    """Whether what is asked under ``heading`` is answered somewhere in ``text``, under whichever heading."""
    words = read(text)
    match heading:
        case _ if heading == USER:
            return words.has(lexicon.phrases("user_cues")) or next(emails(text), None) is not None
        case _ if heading == MESSAGE:
            return tells_message(text, lexicon)
        case _ if heading == EXPECTED:
            return words.has(lexicon.phrases("expected_cues"))
        case _ if heading == SINCE:
            return words.has(lexicon.phrases("when_cues"))
        case _ if heading == WHERE:
            return tells_place(text, words, lexicon, users_too=False)
    return False


def _is_step(sentence: str, lexicon: Lexicon) -> bool:
    words = read(sentence)
    steps = {
        root
        for word, root in words.forms_of(lexicon.verbs("step_verbs")).items()
        if not word.endswith(_NO_STEP)
    }
    goings = words.runs(lexicon.phrases("step_forms"))
    text = LIST_MARK.sub("", sentence, count=1)
    opening = read(_GOING_ON.sub("", fold(text).strip()))
    begins = bool(len(opening)) and (
        opening.texts[0] in words.forms_of(lexicon.verbs("step_verbs"))
        and not opening.texts[0].endswith(_NO_STEP)
    )
    return begins or bool(goings) or len(steps) >= 2 + _fails(sentence, lexicon)


def _fails(sentence: str, lexicon: Lexicon) -> bool:
    words = read(sentence)
    negated = not set(words.texts).isdisjoint(lexicon.words("negations"))
    failing = words.forms_of(lexicon.verbs("failure_verbs", only_finite=True))
    return negated or bool(failing) or words.has(lexicon.phrases("failure_forms"))
