"""Key names as people write them in the settings, and the lists of keys that are shown."""

import unicodedata

from widgets.key_names import FUNCTION_KEYS, MODIFIERS, NAMES, key_name

_WRITTEN = {name.casefold(): key for key, name in NAMES.items()} | {
    "espaco": "space",
    "acima": "up",
    "abaixo": "down",
    "esquerda": "left",
    "direita": "right",
}
_SHORT = {"solidus": "slash", "commercial_at": "at", "hyphen_minus": "minus", "plus_sign": "plus"} | {
    "low_line": "underscore",
    "reverse_solidus": "backslash",
}
"""Textual's own names where they differ from Unicode's."""
_SAME_IN_A_TERMINAL = {"ctrl+h": "Backspace", "ctrl+i": "Tab", "ctrl+j": "Enter", "ctrl+m": "Enter"}


def key_names(keys: str) -> str:
    """All alternatives of a binding: "f Ctrl+F /"; "—" where it was switched off."""
    return " ".join(key_name(key.strip()) for key in keys.split(",") if key.strip()) or "—"


def read_keys(written: str) -> str:
    """Return keys as Textual names them: "Ctrl+F, ?" → ``ctrl+f,question_mark``; "" stays empty.

    ValueError, with a sentence, for what no keyboard or terminal has.
    """
    words = [written] if written == "," else [word for word in written.split(",") if word.strip()]
    return ",".join(dict.fromkeys(_read_key(word.strip() or word) for word in words))


def _read_key(word: str) -> str:
    if len(word) == 1:
        return _WRITTEN.get(word) or _character(word)
    *modifiers, last = word.casefold().split("+")
    last = _WRITTEN.get(last, last)
    known = last in NAMES or last in FUNCTION_KEYS or (len(last) == 1 and last.isalnum() and modifiers)
    if not known or not set(modifiers) <= MODIFIERS.keys():
        raise ValueError(f"não existe a tecla {word}")
    if modifiers == ["shift"] and len(last) == 1:
        return last.upper()
    key = "+".join([*sorted(modifiers), last])
    if key in _SAME_IN_A_TERMINAL:
        raise ValueError(f"num terminal {key_name(key)} é a mesma tecla que {_SAME_IN_A_TERMINAL[key]}")
    return key


def _character(char: str) -> str:
    if char.isalnum():
        return char
    name = unicodedata.name(char, "").lower().replace("-", "_").replace(" ", "_")
    if not name:
        raise ValueError("não existe essa tecla")
    return _SHORT.get(name, name)
