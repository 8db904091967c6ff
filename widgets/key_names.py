"""Key names as a Brazilian keyboard shows them."""

NAMES = {
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
    "asterisk": "*",
    "equals_sign": "=",
}
"""What is shown for a key that Textual calls otherwise."""
MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}
FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 25))


def key_name(key: str) -> str:
    """``ctrl+f`` → "Ctrl+F", ``slash`` → "/", ``f1`` → "F1"; letters stay as they are."""
    *modifiers, last = key.split("+")
    if last in NAMES:
        last = NAMES[last]
    elif last in FUNCTION_KEYS or modifiers:
        last = last.upper()
    return "+".join([*(MODIFIERS.get(each, each) for each in modifiers), last])
