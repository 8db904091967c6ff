"""A field with one of several values, chosen from the list that Enter or a letter opens over the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from .bound import bound
from .key_line import key_by_id
from .keys import PICK_FIELD
from .picker import Pick


class PickField(Widget, can_focus=True):
    """One line: the value's label, or how to choose one. Backspace empties it."""

    BINDINGS = bound(PICK_FIELD)
    DEFAULT_CSS = """
    PickField {
        height: 1; padding: 0 1; background: $foreground 10%; text-wrap: nowrap; text-overflow: ellipsis;
    }
    PickField:focus { background: $foreground 18%; }
    """

    value: reactive[str] = reactive("")
    picks: reactive[tuple[Pick, ...]] = reactive(())
    """What there is to choose from; empty while it is not known."""

    @dataclass
    class Wanted(Message):
        """The list is to be opened, with the letter that was typed in it already."""

        field: "PickField"
        typed: str = ""

        @property
        def control(self) -> "PickField":
            """The field."""
            return self.field

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        field: "PickField"
        value: str

        @property
        def control(self) -> "PickField":
            """The field."""
            return self.field

    def __init__(
        self, picks: Sequence[Pick] = (), *, value: str = "", placeholder: str = "", id: str | None = None
    ) -> None:
        """``placeholder`` is shown while nothing is chosen, and the keys have not come here."""
        super().__init__(id=id)
        self._placeholder = placeholder
        self.set_reactive(PickField.value, value)
        self.set_reactive(PickField.picks, tuple(picks))

    def render(self) -> Content:
        """The label of what is chosen."""
        chosen = next((pick for pick in self.picks if pick.value == self.value), None)
        if chosen is None:
            if self.value:
                return Content.assemble((self.value, "bold"), ("  ▾", "dim"))
            opens = f"{key_by_id(self, 'escolher.abrir')} ou uma letra abre a lista"
            said = opens if self.has_focus or not self._placeholder else self._placeholder
            return Content.styled(said, "$foreground-muted")
        return Content.assemble(
            (chosen.label, "bold"), (f"  {chosen.about}", "$foreground-muted"), ("  ▾", "dim")
        )

    def on_focus(self) -> None:
        """Say how to choose."""
        self.refresh()

    def on_blur(self) -> None:
        """Say what the field is for."""
        self.refresh()

    def take(self, value: str) -> None:
        """Choose ``value``."""
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))

    def action_open(self) -> None:
        """Ask for the list."""
        self.post_message(self.Wanted(self))

    def action_empty(self) -> None:
        """Choose nothing."""
        self.take("")

    def action_step(self, by: int) -> None:
        """The next or the previous value, without the list."""
        values = [pick.value for pick in self.picks]
        if values:
            here = values.index(self.value) if self.value in values else -1 if by > 0 else 0
            self.take(values[(here + by) % len(values)])

    def on_key(self, event: events.Key) -> None:
        """A letter opens the list with it."""
        if event.is_printable and event.character is not None and event.character.strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.Wanted(self, event.character))
