"""What became of a write, as the server shows it afterwards."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from .feed import Trouble

Record = TypeVar("Record")


@dataclass(frozen=True)
class Dropped:
    """Something that was asked for and that the server left out without a word."""

    label: str
    wanted: str
    got: str
    """What is there instead; "(vazio)" where nothing is."""
    hint: str
    """Why that may be, and what to do."""


@dataclass(frozen=True)
class Written(Generic[Record]):
    """A write that was done; whoever gets one must not send it again."""

    id: int
    """Of what was written: a task, a relation, a time entry."""
    record: Record | None
    """As it was read again; None where it was removed, or could not be read (see ``trouble``)."""
    dropped: tuple[Dropped, ...] = ()
    trouble: Trouble | None = None
    """Why it could not be read again; nothing is then known of what was dropped."""
    sent: bool = True
    """False where everything asked for was there already, so that nothing was sent."""
