"""The fields of a chamado while they are filled: each letter into the draft, checked, said at its field."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static, TextArea

from clients.models.chamado import ChamadoDraft
from clients.models.feed import Feed
from clients.models.finding import Finding
from clients.models.licence import LicenceCheck
from clients.models.quality.files import UNFINISHED
from clients.models.similar import Similar

from .chamado_fields import FIELDS, WORDS, words_under
from .chamado_guide import checklist, guide
from .choice import Choice
from .delays import Delays
from .field_sheet import FieldSheet, written
from .form_foot import FormFoot, show
from .form_heading import FormHeading
from .form_notes import FormNotes
from .key_line import key_of
from .licence_asked import LicenceAsked
from .pane import Clock
from .path_box import PathBox

Checker = Callable[[ChamadoDraft, LicenceCheck | None], tuple[Finding, ...]]
"""The rules of a good chamado; the licence is None while it was not asked."""
NOT_CHECKED = "licenca.nao_verificada"
COMPARED = ("title", "licence_email", "tool", "flow", "description")
"""What tells whether another chamado is like this one."""
WIDE = 110
"""Columns from which the guide stands beside the fields."""


class ChamadoFilling(Vertical):
    """Keeps the draft and knows what is wrong with it. What is to be done with it, its form says."""

    DEFAULT_CSS = """
    ChamadoFilling { height: 1fr; }
    ChamadoFilling > .filling { height: 1fr; }
    ChamadoFilling .guide {
        display: none; width: 44; padding: 1 1 0 2;
        border-left: solid $foreground 20%; scrollbar-size-vertical: 1;
    }
    ChamadoFilling.-wide .guide { display: block; }
    """

    licence: reactive[LicenceCheck | None] = reactive(None)
    """What is known of the licence; counts while it is about the e-mail that is typed."""
    similar: reactive[Feed[Similar]] = reactive(Feed[Similar]())
    """Chamados that may be about the same problem."""
    incoming: reactive[str] = reactive("")
    """Files that are still on their way into the form, in words."""
    findings: reactive[tuple[Finding, ...]] = reactive(())

    @dataclass
    class Changed(Message, namespace="chamado_form"):
        """The draft says something else now."""

        draft: ChamadoDraft

    @dataclass
    class LicenceWanted(Message, namespace="chamado_form"):
        """The field holds an address; the answer goes to ``licence``."""

        email: str

    @dataclass
    class SimilarWanted(Message, namespace="chamado_form"):
        """Typing has come to rest; the answer goes to ``similar``."""

        draft: ChamadoDraft

    def __init__(
        self,
        draft: ChamadoDraft,
        checker: Checker,
        *,
        clock: Clock,
        delay: float = 0.25,
        rest: float = 0.8,
        id: str | None = None,
    ) -> None:
        """Seconds: ``delay`` from the last letter to the check, ``rest`` to what others are asked for."""
        super().__init__(id=id)
        self.draft = draft
        self._checker = checker
        self._clock = clock
        self._delay, self._rest = delay, rest
        self._touched = {name for name in WORDS if getattr(draft, name)}
        self._asked = ""
        self._delays = Delays(self)
        self._converted = ""
        """What the key that converts wrote: taking it in does not silence what was said of it."""

    def compose(self) -> ComposeResult:
        """Fields to the left, guide to the right (when there is room), what is wrong below."""
        yield FormHeading(self.draft.ticket_id)
        with Horizontal(classes="filling"):
            yield FieldSheet(self.draft)
            with VerticalScroll(classes="guide", can_focus=False):
                yield Static(classes="guide-text")
        yield FormFoot()

    @property
    def sheet(self) -> FieldSheet:
        """The fields."""
        return self.query_one(FieldSheet)

    @property
    def foot(self) -> FormFoot:
        """What is said below them."""
        return self.query_one(FormFoot)

    def on_mount(self) -> None:
        """Begin at the first field that has to be filled, or else at what blocks."""
        self.sheet.offer_under(self.draft.tool)
        self._check()
        self._want_licence()
        self._want_similar()
        self.sheet.focus_field(self.sheet.first_to_mend(self.draft, self.findings))

    def on_resize(self, event: events.Resize) -> None:
        """Beside or alone."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._spread()

    # --- typing

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        self._take(event.control.id or "", written(event.control))

    def _take(self, name: str, value: str) -> None:
        """Into the draft, unless that says so already."""
        if name not in WORDS or getattr(self.draft, name) == value:
            return
        self.draft = self.draft.model_copy(update={name: value})
        self._touched.add(name)
        if value != self._converted:
            self.foot.said = None
        self.post_message(self.Changed(self.draft))
        if name == "tool":
            self.sheet.offer_under(value)
        if name == "licence_email":
            self._delays.after(self._rest, "licence", self._want_licence)
        if name in COMPARED:
            self._delays.after(self._rest, "similar", self._want_similar)
        self._delays.after(self._delay, "check", self._check)

    @on(Input.Submitted)
    def _to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The field comes into view as a whole, and its help with it."""
        self._guide()
        self.sheet.keep_in_view()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving a field is reason enough to check it."""
        name = event.widget.id or ""
        if name in WORDS and name not in self._touched:
            self._touched.add(name)
            self._delays.after(self._delay, "check", self._check)
        if name == "licence_email":
            self._want_licence()

    @property
    def waiting(self) -> bool:
        """Whether what was typed is still to be checked."""
        return bool(self._delays)

    # --- checking

    @property
    def known_licence(self) -> LicenceCheck | None:
        """The check, if it is about the e-mail that the field holds now."""
        return self._of_licence.known

    @property
    def _of_licence(self) -> LicenceAsked:
        return LicenceAsked(self.draft.licence_email.strip(), self.licence, self._asked)

    def recheck(self) -> None:
        """Check again: what the checker knows beside the draft has changed."""
        self._check()

    def _check(self) -> None:
        self.findings = self._checker(self.draft, self.known_licence)
        self._spread()

    def watch_licence(self) -> None:
        """A new answer may change what is wrong."""
        if self.is_mounted:
            self._check()

    def _want_licence(self, *, again: bool = False) -> None:
        if not self._of_licence.is_worth_asking(again=again):
            return
        self._asked = email = self.draft.licence_email.strip()
        self.licence = None
        self.post_message(self.LicenceWanted(email))
        self._spread()

    def _want_similar(self) -> None:
        self.post_message(self.SimilarWanted(self.draft))

    def _spread(self) -> None:
        """Each finding to its field; a field that nobody touched is not scolded."""
        convert = key_of(self, "convert")
        asking = self._of_licence.is_asking  # the field's note says so
        typing = self.sheet.focused == "files"
        told = [
            found
            for found in self.findings
            if not (found.rule == NOT_CHECKED and asking) and not (found.rule == UNFINISHED and typing)
        ]
        self.sheet.spread(told, self.draft, self._touched)
        notes = FormNotes(
            self.draft,
            self.findings,
            self._of_licence,
            self.similar,
            self.sheet.paths.offered,
            self.incoming,
            guided=self.has_class("-wide"),
        )
        for name in WORDS:
            self.sheet.field(name).note = notes.of(name, self._clock(), convert)
        self.foot.findings = self.findings
        self._guide()
        self.sheet.keep_in_view()

    @on(PathBox.Told)
    def _paths_told(self, event: PathBox.Told) -> None:
        event.stop()
        self._spread()

    def watch_similar(self) -> None:
        """Say it below the title."""
        if self.is_mounted:
            self._spread()

    def watch_incoming(self) -> None:
        """Say it above the form, and below the files."""
        if self.is_mounted:
            self.query_one(FormHeading).busy = self.incoming
            self._spread()

    def _guide(self) -> None:
        if not self.has_class("-wide"):
            return
        name = self.sheet.focused or FIELDS[0].name
        words = next((each for each in words_under(self.draft.tool) if each.name == name), WORDS[name])
        mine = self.sheet.field(name).findings
        show(self.query_one(".guide-text", Static), guide(words, mine, checklist(self.draft, self.findings)))
