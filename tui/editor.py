"""A text in the analyst's own editor. The caller lends it the terminal (``App.suspend``)."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from clients.errors import PlantaoError
from clients.os_faults import os_fault

DEFAULT = "vi"


class EditorError(PlantaoError):
    """The editor could not be used, or left with an error; the text is to stay as it was."""

    title = "Editor"
    way_out = "O texto ficou como estava. Confira VISUAL ou EDITOR."

    def __init__(self, message: str, saved: str | None = None) -> None:
        super().__init__(message)
        self.saved = saved
        """What had been written to the file by then, where that differs: to be offered, not taken."""


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the editor's command line from VISUAL, EDITOR or ``vi``. Raises EditorError if it is garbled."""
    line = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip() or DEFAULT
    try:
        return shlex.split(line)
    except ValueError as error:
        raise EditorError(f"não dá para entender o comando “{line}”.") from error


def edit(text: str, command: Sequence[str], folder: Path) -> str:
    """Return ``text`` as the editor left it. Blocks until the editor ends.

    The file lies in ``folder``, which is to be the analyst's own (0700), is itself 0600 and is removed in
    any case. Raises EditorError where the command is not there or ends with an error.
    """
    descriptor, name = tempfile.mkstemp(prefix="texto-", suffix=".txt", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        try:
            status = subprocess.run([*command, name], check=False).returncode  # noqa: S603  # the user's own
        except OSError as error:
            raise EditorError(f"não dá para abrir “{command[0]}”: {os_fault(error)}.") from error
        edited = _read(path, text)
        if status != 0:
            saved = edited if edited != text else None
            raise EditorError(f"“{command[0]}” terminou com erro ({status}).", saved)
        return edited
    finally:
        path.unlink(missing_ok=True)


def _read(path: Path, text: str) -> str:
    try:
        edited = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return text
    # editors end a file with a newline that nobody typed
    return edited if text.endswith("\n") else edited.removesuffix("\n")
