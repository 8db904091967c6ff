"""What Plantão itself writes below a text in Redmine, to read it back: one line of JSON, folded away.

Redmine's own macro folds it on the page, whichever markup is set there.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

_OPENING = "{{collapse(Registro do Plantão)"
_CLOSING = "}}"

Record = Mapping[str, object]


class Recorded(NamedTuple):
    """A text, taken apart."""

    text: str
    """As people wrote it: all of it, where no record is in it."""
    record: Record | None = None
    below: str = ""
    """What people wrote below the record."""


def with_record(text: str, record: Record) -> str:
    """Write a record below a text."""
    # in ASCII no cleaning on the way back, and no database, changes a letter of it
    line = json.dumps(record, separators=(",", ":"))
    return f"{text}\n\n{_OPENING}\n{line}\n{_CLOSING}".lstrip("\n")


def recorded(text: str) -> Recorded:
    """Take a text apart, at its last record; also one whose line breaks became blanks."""
    above, opening, rest = text.rpartition(_OPENING)
    if not opening:
        return Recorded(text.strip())
    rest = rest.lstrip()
    try:
        record, end = json.JSONDecoder().raw_decode(rest)
    except ValueError:
        return Recorded(text.strip())
    below = rest[end:].lstrip()
    if not isinstance(record, dict) or not below.startswith(_CLOSING):
        return Recorded(text.strip())
    return Recorded(above.strip(), record, below.removeprefix(_CLOSING).strip())
