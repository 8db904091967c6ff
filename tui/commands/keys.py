"""Key names as a Brazilian keyboard shows them."""

_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Espaço",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
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


def key_name(key: str) -> str:
    """``ctrl+f`` → "Ctrl+F", ``slash`` → "/", ``f1`` → "F1"; letters stay as they are."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key.removeprefix('ctrl+').upper()}"
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return key


def key_names(keys: str) -> str:
    """All alternatives of a binding: "f, Ctrl+F, /"; "—" where it was switched off."""
    return " ".join(key_name(key.strip()) for key in keys.split(",") if key.strip()) or "—"
