"""One field of a form: name and rule, control, what is known of the value and what is wrong with it."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from clients.models.finding import Finding, Severity
from clients.models.text import safe_text

MARKS: dict[Severity, tuple[str, str]] = {
    Severity.BLOCK: ("✖", "$text-error"),
    Severity.WARN: ("▲", "$text-warning"),
    Severity.HINT: ("·", "$foreground-muted"),
}
"""Glyph and colour of each severity."""
WEIGHT = {severity: weight for weight, severity in enumerate(MARKS)}
SHOWN = 2
"""Findings shown under a field; the side panel has all of them."""


def heaviest_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The same findings, those that block first."""
    return tuple(sorted(findings, key=lambda finding: WEIGHT[finding.severity]))


def finding_line(finding: Finding, *, example: bool = True) -> Content:
    """Glyph, message and, on request, the example of a mend."""
    glyph, colour = MARKS[finding.severity]
    line = Content.assemble((f"{glyph} ", f"bold {colour}"), (safe_text(finding.message), colour))
    if not (example and finding.example):
        return line
    mend = safe_text(finding.example).replace("\n", " · ")
    return Content.assemble(line, (f"\n  Ex.: {mend}", "$foreground-muted italic"))


class FormField(Vertical):
    """A labelled control. ``note`` says what is known of its value, ``findings`` what is wrong with it."""

    DEFAULT_CSS = """
    FormField { height: auto; padding: 0 1 0 0; margin-bottom: 1; border-left: outer transparent; }
    FormField:focus-within { border-left: outer $primary; }
    FormField > Static { height: auto; padding: 0 1; }
    FormField > .rule { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    FormField > .note, FormField > .findings { display: none; }
    FormField > .note.-said, FormField > .findings.-said { display: block; }
    """

    findings: reactive[tuple[Finding, ...]] = reactive(())
    note: reactive[Content | None] = reactive(None)
    filled: reactive[bool] = reactive(False)
    """Whether the field holds anything, and nothing that would be refused."""

    def __init__(self, name: str, label: str, rule: str, control: Widget) -> None:
        super().__init__(id=f"field-{name}", classes="form-field")
        self.field = name
        self.label = label
        self.rule = rule
        self.control = control

    def compose(self) -> ComposeResult:
        """Rule above, control, then what there is to say of the value."""
        yield Static(self._heading(), classes="rule")
        yield self.control
        yield Static(classes="note")
        yield Static(classes="findings")

    def watch_findings(self) -> None:
        """Show the heaviest findings, or nothing."""
        shown = heaviest_first(self.findings)[:SHOWN]
        lines = [finding_line(finding, example=index == 0) for index, finding in enumerate(shown)]
        hidden = len(self.findings) - len(shown)
        if hidden:
            lines.append(Content.styled(f"  e mais {hidden}", "$foreground-muted"))
        self._say(".findings", Content("\n").join(lines) if lines else None)
        self._restate()

    def watch_note(self) -> None:
        """Show what is known of the value."""
        self._say(".note", self.note)

    def watch_filled(self) -> None:
        """An empty field is told from one that is right."""
        self._restate()

    def relabel(self, label: str, rule: str) -> None:
        """Call the field something else from now on."""
        if (label, rule) != (self.label, self.rule):
            self.label, self.rule = label, rule
            self._restate()

    def _restate(self) -> None:
        if self.is_mounted:
            self.query_one(".rule", Static).update(self._heading(), layout=False)

    def _heading(self) -> Content:
        glyph, colour = ("✓", "$text-success") if self.filled else ("○", "$foreground-muted")
        if self.findings:
            glyph, colour = MARKS[heaviest_first(self.findings)[0].severity]
        return Content.assemble(
            (f"{glyph} ", colour), (self.label, "bold"), (f"  {self.rule}", "$foreground-muted")
        )

    def _say(self, selector: str, content: Content | None) -> None:
        if not self.is_mounted:
            return
        line = self.query_one(selector, Static)
        line.set_class(content is not None, "-said")
        line.update(content or Content(""))
