"""Who runs this copy of Plantão, so that two sessions never work on the same thing unawares."""

import os
import socket
from pathlib import Path

from clients.models.base import Model


class Session(Model):
    """One running process. A reused process number is told apart by when the process started."""

    host: str
    pid: int
    started: str
    """Boot and tick of the start, as the kernel counts them; empty where it does not say."""

    @classmethod
    def here(cls) -> "Session":
        """The session of this very process."""
        pid = os.getpid()
        return cls(host=socket.gethostname(), pid=pid, started=_started(pid))


def gone(session: Session, here: Session) -> bool:
    """Tell whether ``session`` certainly no longer runs. Nothing is known of processes on another host."""
    if session.host != here.host:
        return False
    if session.started and here.started:
        return _started(session.pid) != session.started
    return not _exists(session.pid)


def _started(pid: int) -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # the name between parentheses may hold spaces and parentheses; the start is the 20th word after it
    state, *others = status.rpartition(")")[2].split()
    return "" if state == "Z" else f"{boot}:{others[18]}"


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
