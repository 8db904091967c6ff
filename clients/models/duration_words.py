"""Numbers that people write out when they tell how long something took."""

import re

_UNITS = {
    "um": 1,
    "uma": 1,
    "dois": 2,
    "duas": 2,
    "tres": 3,
    "quatro": 4,
    "cinco": 5,
    "seis": 6,
    "sete": 7,
    "oito": 8,
    "nove": 9,
}
_TEENS = {
    "dez": 10,
    "onze": 11,
    "doze": 12,
    "treze": 13,
    "catorze": 14,
    "quatorze": 14,
    "quinze": 15,
    "dezesseis": 16,
    "dezessete": 17,
    "dezoito": 18,
    "dezenove": 19,
}
_TENS = {"vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50}
_ONES = {**_UNITS, **_TEENS}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})(?: e ({'|'.join(_UNITS)}))?\b")
_SIMPLE = re.compile(rf"\b({'|'.join(_ONES)})\b")
_HOUR_ALONE = re.compile(r"^hora\b")
_HALF_HOUR = re.compile(r"\bmeia(?: hora)?\b")


def numbers_for_words(text: str) -> str:
    """Return folded ``text`` with digits for what is written out.

    "hora e meia" → "1 hora e 30 min", "vinte e cinco minutos" → "25 minutos".
    """
    text = _HALF_HOUR.sub("30 min", _HOUR_ALONE.sub("uma hora", text))
    text = _COMPOUND.sub(lambda found: str(_TENS[found[1]] + _UNITS.get(found[2] or "", 0)), text)
    return _SIMPLE.sub(lambda found: str(_ONES[found[1]]), text)
