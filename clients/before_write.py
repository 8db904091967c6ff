"""What goes wrong before a write goes out: it is certain that nothing was done."""

from collections.abc import Iterator
from contextlib import contextmanager

from .errors import OutcomeUnknown, ServerTrouble, Unreachable

_NOTHING_SENT = "Nada foi gravado. Tente de novo em instantes."


@contextmanager
def nothing_sent() -> Iterator[None]:
    """Let what fails in here be told as what never got there, whose write need not be looked for."""
    try:
        yield
    except (ServerTrouble, OutcomeUnknown) as error:
        system, why, status = error.system, " ".join(error.sentences), error.status
    else:
        return
    raise Unreachable(system, why, status=status, title="O sistema falhou", way_out=_NOTHING_SENT)
