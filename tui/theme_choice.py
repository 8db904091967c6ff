"""The theme that was chosen on screen, in a file of its own: it is needed before the first paint.

The store is opened after that; a desk that painted itself first in one theme and then in another would send
both over the link for whose sake one chooses the plain one.
"""

import os
from pathlib import Path

from clients.errors import StoreError

LONGEST = 64
"""Characters of a theme's name."""


class ThemeChoice:
    """A line of text beside the store; of two sessions the one that chose last is followed."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tema"

    def read(self) -> str:
        """Return the name; empty where none was chosen or the file cannot be read."""
        try:
            with self._file.open(encoding="utf-8") as file:
                return file.read(LONGEST).strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def keep(self, name: str) -> None:
        """Keep ``name``, whole or not at all; the empty name forgets. StoreError where the disk refuses."""
        draft = self._file.with_name(f"tema.{os.getpid()}")
        try:
            if not name:
                self._file.unlink(missing_ok=True)
                return
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(name)
            draft.replace(self._file)
        except OSError as error:
            raise StoreError(f"o tema não foi guardado: {error.strerror or error}.") from error
