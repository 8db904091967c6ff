"""Slack's message text, both ways: tokens to words that one reads, and our words so that nobody is pinged."""

import re
from collections.abc import Mapping

from .text import safe_text

_TOKEN = re.compile(r"<([^<>]*)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_MEANING = {"amp": "&", "lt": "<", "gt": ">"}
_LABELLED_REFERENCE = re.compile(r"<([@#][^<>|]+)\|[^<>]*>")
_SCHEME = re.compile(r"^(https?://|mailto:|tel:)", re.IGNORECASE)


def outgoing(text: str) -> str:
    """Return what is posted for ``text``: a pasted ``<!channel>`` stays text, line ends are ``\\n``."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def readable(text: str, names: Mapping[str, str] | None = None) -> str:
    """Return the wire's ``text`` as plain, cleaned text; ``names`` are those of people and channels by id."""
    known = names or {}
    words: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        words += (_unescaped(text[at : token.start()]), _unescaped(_word(token[1], known)))
        at = token.end()
    return safe_text("".join((*words, _unescaped(text[at:]))))


def same_text(sent: str, found: str) -> bool:
    """Whether ``found``, a message's text on the wire, is ``sent``, which we posted (`outgoing`).

    Slack makes links of addresses and names the mentioned; neither is compared, nor is blank space.
    """
    return _comparable(sent) == _comparable(found)


def mentioned(text: str) -> frozenset[str]:
    """Ids of the people whom the wire's ``text`` mentions."""
    tokens = (token[1] for token in _TOKEN.finditer(text))
    return frozenset(token[1:].partition("|")[0] for token in tokens if token.startswith("@"))


def _comparable(text: str) -> str:
    return " ".join(readable(_LABELLED_REFERENCE.sub(r"<\1>", text)).split())


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: _MEANING[entity[1]], text)  # one pass: "&amp;lt;" is "&lt;"


def _word(token: str, names: Mapping[str, str]) -> str:
    target, _, label = token.partition("|")
    kind, what = target[:1], target[1:]
    if kind in ("@", "#"):
        return f"{kind}{names.get(what) or label or what}"
    if kind == "!":
        if what.startswith("date^"):
            return label or what
        return label or f"@{what.partition('^')[0]}"
    address = _SCHEME.sub("", target) if target.lower().startswith(("mailto:", "tel:")) else target
    if not label or _SCHEME.sub("", target).rstrip("/") == _SCHEME.sub("", label).rstrip("/"):
        return label or address
    return f"{label} ({address})"
