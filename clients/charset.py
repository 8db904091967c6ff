"""In which charset a text from outside is written: its own bytes are believed before what is said of them."""

import codecs
import re
from dataclasses import dataclass

from .models.text import TWICE_ENCODED

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*?encoding=[\"']([\w.:-]+)", re.I
)
_HEAD = 4096
_WINDOWS = "windows-1252"
_TAKEN_FOR_WINDOWS = frozenset(("iso8859-1", "ascii", "cp1252"))
"""Codecs whose names servers write where they send Windows-1252; browsers read them so, too."""


@dataclass(frozen=True)
class Decoded:
    """A text with the charset that it was read in."""

    text: str
    charset: str
    origin: str
    """What told the charset: ``BOM``, ``conteúdo``, ``cabeçalho``, ``página`` or ``suposição``."""
    doubt: str = ""
    """What speaks against it, in Portuguese; empty where nothing does."""


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Return ``body`` as text: by its BOM, as UTF-8 if it is, else as header or page declare it, else as
    Windows-1252. Bytes that stand for nothing become U+FFFD. Never raises.
    """
    for bom, charset in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(bom):
            return _lossy(body.decode(charset, "replace"), charset.removesuffix("-sig"), "BOM")
    in_header, in_page = _declared(content_type, body)
    declared = in_header or in_page
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        origin = "conteúdo" if declared != "utf-8" else "cabeçalho" if in_header == "utf-8" else "página"
        lied = declared not in ("", "utf-8") and not text.isascii()
        return Decoded(text, "utf-8", origin, f"diz {declared}, mas é utf-8" if lied else "")
    if _is_damaged_utf8(body):
        return _lossy(body.decode("utf-8", "replace"), "utf-8", "conteúdo")
    if declared in ("", "utf-8"):
        doubt = "diz utf-8, mas não é" if declared else ""
        return _lossy(_windows(body), _WINDOWS, "suposição", doubt)
    origin = "cabeçalho" if in_header else "página"
    differ = in_header and in_page and in_page != in_header
    doubt = f"o cabeçalho diz {in_header} e a página, {in_page}" if differ else ""
    try:
        return _lossy(body.decode(declared, "replace"), declared, origin, doubt)
    except UnicodeError:  # of the codecs that know no replacement, and are no charset of a page
        return _lossy(_windows(body), _WINDOWS, "suposição", doubt)


def mended(decoded: Decoded) -> Decoded:
    """The same where UTF-8 was taken for Windows-1252 on its way and written as UTF-8 again: read back.

    Only where the whole text can be; with a doubt where just a part of it looks so.
    """
    if not TWICE_ENCODED.search(decoded.text):
        return decoded
    try:
        text = b"".join(map(_windows_byte, decoded.text)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        doubt = "acentos trocados na origem (Ã£ por ã)"
    else:
        return Decoded(
            text, decoded.charset, decoded.origin, "acentos convertidos duas vezes na origem, desfeito"
        )
    return Decoded(decoded.text, decoded.charset, decoded.origin, decoded.doubt or doubt)


def _declared(content_type: str, body: bytes) -> tuple[str, str]:
    """Return the charsets that header and page declare and that are known; empty where there is none."""
    header = _CHARSET.search(content_type)
    meta = _META.search(body, 0, _HEAD)
    named = (meta[1] or meta[2]).decode("ascii", "replace") if meta else ""
    return _known(header[1] if header else ""), _known(named)


def _known(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
        "a".encode(codec)  # what is no charset, such as rot13, refuses
    except (LookupError, ValueError):
        return ""
    if codec.startswith(("utf-16", "utf-32", "utf-7")):  # a page that had them would not be readable so far
        return ""
    return _WINDOWS if codec in _TAKEN_FOR_WINDOWS else "utf-8" if codec.startswith("utf-8") else codec


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether more of what is not ASCII is UTF-8 than is not: a few bytes were lost or cut."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - broken > broken


def _windows(body: bytes) -> str:
    return body.decode("cp1252", "replace")


def _windows_byte(char: str) -> bytes:
    # five bytes have no character in Windows-1252, and browsers pass them through as they are
    return char.encode("latin-1" if char < "\xa0" else "cp1252")


def _lossy(text: str, charset: str, origin: str, doubt: str = "") -> Decoded:
    lost = text.count("\ufffd")
    told = f"{lost} caractere{'s' if lost > 1 else ''} ilegíve{'is' if lost > 1 else 'l'}" if lost else ""
    return Decoded(text, charset, origin, "; ".join(filter(None, (doubt, told))))
