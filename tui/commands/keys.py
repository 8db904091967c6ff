"""Key names: as a Brazilian keyboard shows them, and as people write them in the settings."""

import unicodedata

_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Espaço",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "plus": "+",
    "minus": "-",
}
_WRITTEN = {name.casefold(): key for key, name in _NAMES.items()} | {
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
_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}
_FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 25))
_SAME_IN_A_TERMINAL = {"ctrl+h": "Backspace", "ctrl+i": "Tab", "ctrl+j": "Enter", "ctrl+m": "Enter"}


def key_name(key: str) -> str:
    """``ctrl+f`` → "Ctrl+F", ``slash`` → "/", ``f1`` → "F1"; letters stay as they are."""
    *modifiers, last = key.split("+")
    if last in _NAMES:
        last = _NAMES[last]
    elif last in _FUNCTION_KEYS or modifiers:
        last = last.upper()
    return "+".join([*(_MODIFIERS.get(each, each) for each in modifiers), last])


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
    known = last in _NAMES or last in _FUNCTION_KEYS or (len(last) == 1 and last.isalnum() and modifiers)
    if not known or not set(modifiers) <= _MODIFIERS.keys():
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
