"""What every command needs: settings with their secrets, and errors told with the right exit code."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import ParamSpec

from clients.errors import NotFound, PlantaoError, RemoteError, SettingsError, SourceError
from clients.models.feed import Trouble
from clients.models.text import safe_text

from .. import paths
from ..crash import crash_message, record_crash
from ..logs import start_log
from ..secrets import unlock
from ..settings import Settings
from ..settings_reading import load_settings
from .exit_codes import Code

Arguments = ParamSpec("Arguments")


def ready_settings() -> Settings:
    """The settings, with what the commands in them print, and the log begun; SettingsError or StoreError."""
    settings = unlock(load_settings())
    start_log(settings)
    return settings


def open_desk() -> int:
    """Open the desk on the user's settings."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("A mesa precisa de um terminal; para outros programas há plantao fila --json e companhia.")
        return Code.USAGE
    settings = ready_settings()
    from ..app import run_desk

    return run_desk(settings)


def told(work: Callable[Arguments, int], *args: Arguments.args, **kwargs: Arguments.kwargs) -> int:
    """Do ``work``; where it fails, say why on stderr and return the code of that kind of failure."""
    sys.excepthook = _crashed
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 gets ? and not a traceback
    try:
        code = work(*args, **kwargs)
        sys.stdout.flush()
        return code
    except PlantaoError as error:
        say_trouble(error)
        return code_of(error)
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Code.OK
    except KeyboardInterrupt:
        return Code.INTERRUPTED


def code_of(error: PlantaoError) -> Code:
    """The exit code of an error."""
    match error:
        case SettingsError():
            return Code.SETTINGS
        case NotFound():
            return Code.WRONG
        case RemoteError() | SourceError():
            return Code.REMOTE
        case _:
            return Code.WRONG


def say(text: str) -> None:
    """Tell the person at the terminal something that is not data."""
    sys.stderr.write(f"{safe_text(text)}\n")


def say_trouble(error: PlantaoError) -> None:
    """Tell what went wrong and the way out."""
    say("\n".join(filter(None, (f"{error.title}:", error.message, error.way_out))))


def tell_trouble(trouble: Trouble) -> None:
    """Tell what went wrong beside what is printed."""
    say(f"{trouble.title}: {trouble.message}\n{trouble.way_out}".rstrip())


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log = paths.state_folder() / "erros.log"
    try:
        record_crash(error, log, datetime.now(UTC))
    except OSError:
        say(f"O Plantão parou por um erro interno ({kind.__name__}).")
        return
    say(crash_message(log).rstrip("\n"))
