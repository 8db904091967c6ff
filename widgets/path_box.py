"""The files of a form, one path or link a line: a path is completed by whoever may look at the disk."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from clients.models.quality import is_link
from clients.models.text import safe_text

from .bound import bound
from .inputs import TextBox
from .key_line import key_of
from .keys import FILES

NAMES_SHOWN = 8
"""Names offered at a time; more of them are counted."""


class PathBox(TextBox):
    """Knows the path that the cursor is on, and takes the answer while that still stands there."""

    BINDINGS = bound(FILES)

    @dataclass
    class Wanted(Message):
        """Go on with ``typed`` as far as there is no choice; the answer goes to `PathBox.complete`."""

        box: "PathBox"
        typed: str

    @dataclass
    class Told(Message):
        """There is something else to say about the paths."""

        box: "PathBox"

        @property
        def control(self) -> "PathBox":
            """The field."""
            return self.box

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(text, placeholder=placeholder, id=id)
        self.offered = Content("")
        """What the path could go on with, or why it is not completed."""
        self._completed = ""

    def action_complete(self) -> None:
        """Ask how the path of the cursor's line goes on."""
        typed = self._line
        if is_link(typed):
            self._tell(Content.styled("Isto é um link: só caminhos são completados.", "$text-warning"))
        else:
            self.post_message(self.Wanted(self, typed))

    def complete(self, typed: str, path: str, names: Sequence[str], *, whole: bool = False) -> None:
        """Write ``path`` in the place of ``typed``, unless one has typed on; offer ``names``.

        ``whole`` where it names a file, and nothing is left to complete.
        """
        if self._line != typed:
            return
        if path != typed:
            row, _ = self.cursor_location
            self.replace(path, (row, 0), (row, len(self.document.get_line(row))))
        row, _ = self.cursor_location
        self.move_cursor((row, len(self.document.get_line(row))))
        self._completed = self.text
        more = len(names) - NAMES_SHOWN
        shown = [*names[:NAMES_SHOWN], *([f"… e mais {more}"] if more > 0 else [])]
        if shown:
            self._tell(Content(safe_text("   ".join(shown), multiline=False)))
        elif whole:
            self._tell(Content.styled("✓ O caminho está completo.", "$text-success"))
        elif path == typed:
            self._tell(Content.styled("Nada mais começa assim nesta máquina.", "$text-warning"))
        else:
            self._tell(Content(f"É uma pasta: {key_of(self, 'complete')} de novo mostra o que há nela."))

    def add(self, lines: Sequence[str]) -> None:
        """Write ``lines`` at the end, those that are not there yet; the cursor stays with what is typed."""
        there = {line.strip() for line in self.text.splitlines()}
        new = [line for line in lines if line not in there]
        if not new:
            return
        begin = "\n" if self.text.strip() and not self.text.endswith("\n") else ""
        here = self.selection
        self.insert(f"{begin}{chr(10).join(new)}", self.document.end, maintain_selection_offset=True)
        self.selection = here

    @property
    def _line(self) -> str:
        return self.document.get_line(self.cursor_location[0])

    @on(TextArea.Changed)
    def _typed_on(self) -> None:
        if self.text != self._completed:
            self._tell(Content(""))

    def _tell(self, said: Content) -> None:
        if said != self.offered:
            self.offered = said
            self.post_message(self.Told(self))
