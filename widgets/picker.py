"""Choosing one of several by a few of its letters: types, statuses, people."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message

from clients.models.text import fold

from .bound import bound
from .cells import Line, Piece, Tone, justify
from .inputs import TextInput
from .key_line import KeyLine
from .keys import PICK
from .letter_picker import LetterPicker
from .line_list import LineList

FIELD_WOULD_TAKE = tuple(key.id for key in PICK.keys)
"""Keys that the field for letters would use for itself."""
CURRENT = "atual"
"""Beside what is so now."""
TALLEST = 14
"""Rows of the list at most."""


@dataclass(frozen=True)
class Pick:
    """One thing to choose."""

    value: str
    """What the caller knows it by."""
    label: str
    about: str = ""
    """Said at its right: what it means, or that it is the one of now."""
    refusal: str = ""
    """Why it cannot be chosen; said in the place of ``about``."""


class Picker(LetterPicker[Pick]):
    """A field to type in and the choices that match, the current one under the cursor."""

    HELP = "Digite algumas letras, em qualquer ordem e sem se importar com acentos; a lista diminui."
    BINDINGS = bound(PICK, priority=FIELD_WOULD_TAKE)
    DEFAULT_CSS = """
    Picker { height: auto; border: round $primary; padding: 0 1; background: $surface; }
    Picker LineList { margin-top: 1; }
    Picker > KeyLine { height: 1; text-wrap: nowrap; margin-top: 1; }
    """

    @dataclass
    class Chosen(Message):
        """This one."""

        value: str

    @dataclass
    class Moved(Message):
        """The cursor came to this one."""

        value: str

    class Dismissed(LetterPicker.Dismissed):
        """None of them."""

    PLACEHOLDER = "digite para filtrar"
    EMPTY = ("Nada assim.", "Apague letras.")
    """What an empty list says: why, and what to do."""

    def __init__(
        self,
        title: str,
        picks: Sequence[Pick],
        current: str = "",
        typed: str = "",
        *,
        at: str = "",
        verb: str = "",
    ) -> None:
        """``current`` is the value that is so now; ``typed`` are letters that were typed before it opened.

        ``at`` is the value that the cursor begins on, where that is not the current one; ``verb`` is what
        choosing does, where it does it at once.
        """
        super().__init__(LineList(lambda pick: pick.value, self._draw))
        self._picks = tuple(picks)
        self._folded = [fold(f"{pick.label} {pick.refusal or pick.about}") for pick in self._picks]
        self._current = current
        self._at = at or current
        self._typed_before = typed
        self._verb = verb
        self._list.styles.height = max(2, min(TALLEST, len(self._picks)))
        self.border_title = Content(title)

    def compose(self) -> ComposeResult:
        """The field, the list, the keys."""
        yield TextInput(self._typed_before, placeholder=self.PLACEHOLDER)
        yield self._list
        yield KeyLine(self, labels=lambda: {"choose": self._verb} if self._verb else {})

    def on_mount(self) -> None:
        """All of them, until letters are typed."""
        self._list.explain(*self.EMPTY)
        self.search(self._typed_before)
        if not self._typed_before:
            self._list.select_key(self._at)
        self.query_one(TextInput).focus()

    def action_choose(self) -> None:
        """Take the one under the cursor."""
        pick = self._list.highlighted
        if pick is not None and not pick.refusal:
            self.post_message(self.Chosen(pick.value))

    def action_page(self, by: int) -> None:
        """Move by a whole list."""
        self._list.move_to(self._list.cursor + by * self._list.line_rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there are letters, Home and End go about in them."""
        return action != "edge" or not any(field.value for field in self.query(TextInput))

    def action_edge(self, end: int) -> None:
        """To the first (0) or the last (-1)."""
        self._list.move_to(range(len(self._list.rows))[end] if self._list.rows else 0)

    def search(self, letters: str) -> None:
        """Those that have all the words typed."""
        self._list.set_rows(self.matching(letters))
        self._list.move_to(0)

    def matching(self, letters: str) -> list[Pick]:
        """The choices that have all the words of ``letters``."""
        terms = fold(letters).split()
        return [
            pick
            for pick, folded in zip(self._picks, self._folded, strict=True)
            if all(term in folded for term in terms)
        ]

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        event.stop()
        if (pick := self._list.highlighted) is not None:
            self.post_message(self.Moved(pick.value))

    def _draw(self, pick: Pick, width: int) -> Line:
        now = pick.value == self._current
        tone = Tone.STRONG if now else Tone.PLAIN
        label = Piece(pick.label, Tone.DIM if pick.refusal else tone)
        about = " · ".join(filter(None, (pick.refusal or pick.about, CURRENT if now else "")))
        return justify((label,), (Piece(about, Tone.DIM),), width)
