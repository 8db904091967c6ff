"""What is left of a crash: a log without secrets or variables, and one calm sentence for the terminal."""

import os
import traceback
from datetime import datetime
from pathlib import Path

from clients.models.text import safe_text

_LOG_LIMIT = 1_000_000


def record_crash(error: BaseException, log: Path, now: datetime) -> None:
    """Append the stack of ``error`` to ``log`` (0600): file, line and type of error, no values.

    The message of an error that is not ours may quote anything (a key, a client's text), so only its type
    is kept.
    """
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{now.isoformat()} {type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        flags |= os.O_TRUNC
    descriptor = os.open(log, flags, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write("\n".join(safe_text(line, multiline=False) for line in lines) + "\n")


def crash_message(log: Path) -> str:
    """What the analyst reads after a crash."""
    return (
        "O Plantão parou por um erro interno. O que você digitou está guardado como rascunho.\n"
        f"Abra de novo para continuar; os detalhes técnicos estão em {log}\n"
    )
