"""The fields of the chamado form, one below the other, and the ways to move among them."""

from collections.abc import Container, Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, TextArea

from clients.models.chamado import INTEGRATIONS, ChamadoDraft
from clients.models.finding import Finding, Severity

from .chamado_fields import FIELDS, TOOLS, WORDS, FieldWords, words_under
from .choice import Choice
from .form_field import FormField, finding_line
from .form_round import finding_order
from .inputs import TextBox, TextInput
from .path_box import PathBox

REQUIRED = ("title", "licence_email", "tool", "flow", "description")


class FieldSheet(VerticalScroll, can_focus=False):
    """All fields. The one in focus is kept in view as a whole, with what is said below it."""

    DEFAULT_CSS = """
    FieldSheet { height: 1fr; width: 1fr; padding: 1 0 0 0; scrollbar-size-vertical: 1; }
    FieldSheet #flow, FieldSheet #files { height: auto; min-height: 1; max-height: 6; }
    FieldSheet #description { height: auto; min-height: 6; max-height: 11; }
    """

    def __init__(self, draft: ChamadoDraft) -> None:
        super().__init__()
        self._first = draft

    def compose(self) -> ComposeResult:
        """In the order of the maker's form."""
        for words in FIELDS:
            yield FormField(words.name, words.label, words.rule, self._build(words))

    def _build(self, words: FieldWords) -> Widget:
        value = str(getattr(self._first, words.name))
        if words.name == "tool":
            return Choice(TOOLS, value=value, id=words.name)
        if words.name == "files":
            return PathBox(value, placeholder=words.example, id=words.name)
        if words.name in ("flow", "description"):
            return TextBox(value, placeholder=words.example, id=words.name)
        entry = TextInput(value, placeholder=words.example, id=words.name)
        if words.name == "integration":
            entry.suggester = SuggestFromList(INTEGRATIONS, case_sensitive=False)
        return entry

    def value(self, name: str) -> str:
        """What is written in a field."""
        return written(self.field(name).control)

    def field(self, name: str) -> FormField:
        """The field of that name."""
        return self.query_one(f"#field-{name}", FormField)

    def place(self, finding: Finding) -> str:
        """The field that a finding is shown at; nothing where it is about the chamado as a whole."""
        if finding.field not in WORDS:
            return ""
        return finding.field if self.field(finding.field).display else "tool"

    def number(self, name: str) -> int:
        """How far down the field of that name is; what is about no field comes first."""
        return ["", *WORDS].index(name)

    def in_order(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings field by field from the top, the heaviest first within each, then as the text goes."""
        return sorted(findings, key=lambda each: (self.number(self.place(each)), finding_order(each)))

    def told(self, finding: Finding) -> Content:
        """The finding in one line, with the name of its field."""
        name = self.place(finding)
        label = WORDS[name].short if name else "Chamado"
        return Content.assemble(f"{label}: ", finding_line(finding, example=False))

    def spread(self, findings: Iterable[Finding], draft: ChamadoDraft, touched: Container[str]) -> None:
        """Show each finding at its field; a field that nobody touched is not scolded."""
        shown = [(self.place(finding), finding) for finding in findings]
        for field in self.query(FormField):
            mine = tuple(finding for name, finding in shown if name == field.field)
            field.findings = mine if field.field in touched else ()
            blocked = any(finding.severity is Severity.BLOCK for finding in mine)
            field.filled = bool(str(getattr(draft, field.field)).strip()) and not blocked

    @property
    def paths(self) -> PathBox:
        """Where the files are named."""
        return self.query_one(PathBox)

    def first_to_mend(self, draft: ChamadoDraft, findings: Iterable[Finding]) -> str:
        """The first field that has to be filled, or else what blocks."""
        empty = (name for name in REQUIRED if not str(getattr(draft, name)).strip())
        blocking = (
            self.place(found)
            for found in self.in_order(findings)
            if found.severity is Severity.BLOCK and self.place(found)
        )
        return next(empty, None) or next(blocking, None) or FIELDS[0].name

    @property
    def focused(self) -> str:
        """Name of the field that has the focus, or nothing."""
        widget = self.screen.focused
        return widget.id if widget is not None and widget.id in WORDS else ""

    def offer_under(self, tool: str) -> None:
        """Some fields exist only under a tool, and are called as it calls them."""
        offered = {words.name: words for words in words_under(tool)}
        for field in self.query(FormField):
            field.display = field.field in offered
            words = offered.get(field.field)
            if words is not None:
                field.relabel(words.label, words.rule)
                if isinstance(field.control, Input):
                    field.control.placeholder = words.example

    def focus_field(self, name: str) -> None:
        """Give the field the keys."""
        self.field(name).control.focus()

    @property
    def cursor(self) -> int:
        """Characters before the cursor of the field that has the focus."""
        control = self.field(self.focused).control if self.focused else None
        if isinstance(control, TextArea):
            row, column = control.cursor_location
            return sum(len(line) + 1 for line in control.text.split("\n")[:row]) + column
        return control.cursor_position if isinstance(control, Input) else 0

    def go_to(self, finding: Finding) -> None:
        """Focus the field, the cursor behind the words that caused the finding."""
        name = self.place(finding) or FIELDS[0].name
        self.focus_field(name)
        if finding.span is not None:
            self.put_cursor(name, finding.span[1])

    def put_cursor(self, name: str, offset: int) -> None:
        """Put the cursor behind so many characters; blanks that end the line are passed over."""
        control = self.field(name).control
        if isinstance(control, TextArea):
            before = control.text[:offset].split("\n")
            row, column = len(before) - 1, len(before[-1])
            line = control.document.get_line(row)
            control.move_cursor((row, column if line[column:].strip() else len(line)))
        elif isinstance(control, Input):
            control.cursor_position = min(offset, len(control.value))

    def write(self, name: str, text: str) -> None:
        """Replace the text of a field as if it were typed."""
        control = self.field(name).control
        if isinstance(control, TextArea):
            control.replace(text, (0, 0), control.document.end)  # which Ctrl+Z takes back
            control.move_cursor(control.document.end)
        elif isinstance(control, Input):
            control.value = text
            control.cursor_position = len(text)

    def keep_in_view(self) -> None:
        """Scroll so that the field in focus is seen whole."""
        if self.focused:
            self.call_after_refresh(self.scroll_to_widget, self.field(self.focused), animate=False)


def written(control: Widget) -> str:
    """What a field's control holds."""
    if isinstance(control, TextArea):
        return control.text
    return control.value if isinstance(control, Input | Choice) else ""
