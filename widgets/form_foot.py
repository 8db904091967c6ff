"""The foot of a form: the answer to the last key, and how many findings there are."""

from collections import Counter

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from clients.models.finding import Finding, Severity

from .phrases import counted


class FormFoot(Vertical):
    """Shown below the fields; writes only what changed."""

    DEFAULT_CSS = """
    FormFoot { height: auto; padding: 0 2; border-top: solid $foreground 20%; }
    FormFoot > Static { height: auto; }
    FormFoot > .said { display: none; }
    FormFoot > .said.-said { display: block; }
    """

    findings: reactive[tuple[Finding, ...]] = reactive(())
    said: reactive[Content | None] = reactive(None)
    """The answer to the last key: a refusal, a conversion."""

    def compose(self) -> ComposeResult:
        """Two lines, the first only when there is something to say."""
        yield Static(classes="said")
        yield Static(tally(()), classes="summary")

    def watch_findings(self) -> None:
        """Count them."""
        if self.is_mounted:
            show(self.query_one(".summary", Static), tally(self.findings))

    def watch_said(self) -> None:
        """Say it, or fall silent."""
        if self.is_mounted:
            line = self.query_one(".said", Static)
            line.set_class(self.said is not None, "-said")
            show(line, self.said or Content(""))


def tally(findings: tuple[Finding, ...]) -> Content:
    """How many block, warn and hint."""
    counts = Counter(finding.severity for finding in findings)
    blocks, warnings, hints = (counts[severity] for severity in Severity)
    parts = [Content.styled("✓ pode ser enviado", "bold $text-success")]
    if blocks:
        verb = "impede" if blocks == 1 else "impedem"
        parts = [Content.styled(f"✖ {blocks} {verb} o envio", "bold $text-error")]
    if warnings:
        parts.append(Content.styled(f"▲ {counted(warnings, 'aviso', 'avisos')}", "$text-warning"))
    if hints:
        parts.append(Content.styled(f"· {counted(hints, 'dica', 'dicas')}", "$foreground-muted"))
    return Content("   ").join(parts)


def show(line: Static, content: Content) -> None:
    """Update ``line`` unless it says so already: each update is bytes over SSH."""
    if line.content != content:
        line.update(content)
