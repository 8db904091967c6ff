"""The only door from strangers' text to the screen: plain, bounded, without control sequences."""

import re
import unicodedata
from itertools import filterfalse
from typing import Annotated

from pydantic import BeforeValidator

MAX_MARKS = 4
"""Combining marks kept for one base character; floods of them freeze terminals."""
MAX_CHARS = 200_000
MAX_LINES = 2_000

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_BIDI = frozenset((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_INVISIBLE = frozenset(  # fillers and variation selectors; format characters are told by their category
    (0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CLEAN_ALREADY = re.compile("[\n\x20-\x7e\xa1-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Latin letters, punctuation and currency: nearly all there is, and 20 times as fast as looking at each."""
_MORE_LINES = "\n… [mais linhas]"
_CUT = re.compile(r"(\n… \[mais linhas\]|… \[\+\d+ caracteres\])\Z")

TWICE_ENCODED = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""What UTF-8 looks like once it was read as Windows-1252: "Ã£" for "ã". No Portuguese word has it."""


def safe_text(value: object, *, multiline: bool = True) -> str:
    """Return ``value`` as plain text that no terminal acts upon.

    In the result the only control character is a newline (none at all unless ``multiline``); ESC and its
    kin are visible pictures (␛), bidirectional controls are named (``<U+202E>``), invisible characters are
    dropped, a base carries at most four combining marks, and length is capped with a notice. Idempotent
    while nothing is cut; never raises. The result is for showing: what is compared, hashed or sent back is
    the raw value. It is plain text, never markup.
    """
    if value is None:
        return ""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else str(value)
    surplus = len(text) - MAX_CHARS
    text = text[:MAX_CHARS]
    if not _CLEAN_ALREADY.fullmatch(text):
        text = _clean(_NEWLINE.sub("\n", text))
    if not multiline:
        text = " ".join(text.split("\n")) if "\n" in text else text
    elif text.count("\n") >= MAX_LINES:
        text = "\n".join(text.split("\n", MAX_LINES)[:MAX_LINES]) + _MORE_LINES
    return f"{text}… [+{surplus} caracteres]" if surplus > 0 else text


def was_cut(text: str) -> bool:
    """Whether `safe_text` left something of it out for its length: such a text is no good to be sent back."""
    return _CUT.search(text) is not None


def _clean(text: str) -> str:
    cleaned: list[str] = []
    marks = 0
    for char in text:
        code = ord(char)
        if 0x20 <= code < 0x7F or char == "\n":
            marks = 0
        elif char == "\t":
            char, marks = "    ", 0
        elif code in _PICTURES:
            char, marks = _PICTURES[code], 0
        elif code in _BIDI:
            char, marks = f"<U+{code:04X}>", 0
        else:
            category = unicodedata.category(char)
            if category == "Cf" or code in _INVISIBLE:
                continue
            if category in ("Cs", "Co", "Cn", "Cc"):
                char, marks = "\ufffd", 0
            elif category in ("Mn", "Me", "Mc"):
                marks += 1
                if marks > MAX_MARKS:
                    continue
            else:
                marks = 0
                if category == "Zs":
                    char = " "
        cleaned.append(char)
    return "".join(cleaned)


def _one_line(value: object) -> str:
    return safe_text(value, multiline=False)


SafeText = Annotated[str, BeforeValidator(_one_line)]
"""One line of cleaned text; null becomes the empty string."""
SafeMultiline = Annotated[str, BeforeValidator(safe_text)]
"""Cleaned text that keeps its line breaks; null becomes the empty string."""


def clipped(text: str, longest: int) -> str:
    """Return ``text`` with no more characters than that; where some are left out, it ends in “…”."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def whole_characters(text: str) -> str:
    """Return ``text`` as files keep it: halves of a character (lone surrogates) become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def is_garbled(text: str) -> bool:
    """Whether characters of ``text`` were lost, or taken for others, when its bytes were read."""
    return "\ufffd" in text or TWICE_ENCODED.search(text) is not None


def fold(text: str) -> str:
    """Return ``text`` as it is compared in searches: without accents and case ("Emissão" → "emissao")."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold()
