"""The mark of one step, by which what it wrote is found again after a lost answer."""

import re

_MARK = re.compile(r"\s*\[op:[0-9A-Za-z_-]+\]")


def mark(op_id: str) -> str:
    """The mark, to be written into a description or a comment."""
    return f"[op:{op_id}]"


def is_marked(text: str, op_id: str) -> bool:
    """Whether ``text`` carries the mark."""
    return mark(op_id) in text


def unmarked(text: str) -> str:
    """``text`` as it was written, without any mark."""
    return _MARK.sub("", text).strip()


def marks_of(text: str) -> str:
    """The marks that ``text`` carries, to be kept where it is written anew; empty where there is none."""
    return " ".join(found.strip() for found in _MARK.findall(text))
