"""What one reading of a monitoring source met: what was asked, found and left out, and what decided."""

from .base import Model
from .feed import Trouble
from .service import ServiceState
from .text import SafeText


class Asked(Model):
    """One thing that was fetched, or could not be."""

    what: SafeText
    """In words for the screen, such as "página 2"."""
    address: SafeText
    """Without its query, or the file's path."""
    status: int | None = None
    """HTTP status, where there was one."""
    size: int | None = None
    """Bytes; None where nothing came."""
    charset: SafeText = ""
    charset_from: SafeText = ""
    """What told the charset, as of `clients.charset.Decoded`."""
    doubt: SafeText = ""
    """What speaks against that charset."""
    seconds: float = 0.0
    trouble: SafeText = ""
    """Why nothing came."""


class Sought(Model):
    """Something that the settings or the usual names say is there: a selector, or a column."""

    name: SafeText
    """Under the name that people write in their settings."""
    place: SafeText
    """The selector; or the columns that were found."""
    found: int
    """How often."""


class Counted(Model):
    """Something that happened several times, in words."""

    what: SafeText
    count: int


class Judged(Model):
    """A mark that decided the state of services."""

    state: ServiceState
    mark: SafeText
    count: int


class SourceReading(Model):
    """One reading of one source, as far as it came."""

    name: SafeText
    kind: SafeText
    asked: tuple[Asked, ...] = ()
    sought: tuple[Sought, ...] = ()
    rows: int = 0
    """Rows that were looked at."""
    left_out: tuple[Counted, ...] = ()
    judged: tuple[Judged, ...] = ()
    clock_ahead: float | None = None
    """Seconds by which the server's clock is ahead of ours; None where it does not say."""
    services: int = 0
    trouble: Trouble | None = None
    """Why it ended before there were services."""
