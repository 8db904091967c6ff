"""What the form's rules find in a sent chamado, as whoever triages reads it: heaviest first."""

from collections.abc import Sequence

from textual.content import Content

from clients.models.finding import Finding

from .chamado_fields import WORDS
from .form_field import finding_line, heaviest_first
from .phrases import counted

_HEADING = "O que o autor viu"


def findings_text(findings: Sequence[Finding] | None) -> Content:
    """Return a heading and one line for each finding; None is while they are being looked for."""
    if findings is None:
        return Content.assemble((f"{_HEADING}: ", "bold"), ("conferindo…", "$foreground-muted"), "\n\n")
    if not findings:
        passed = ("✓ nada a corrigir", "bold $text-success")
        return Content.assemble((f"{_HEADING}: ", "bold"), passed, "\n\n")
    count = counted(len(findings), "achado", "achados")
    lines = [Content.assemble((f"{_HEADING}: ", "bold"), count)]
    lines += [_line(finding) for finding in heaviest_first(tuple(findings))]
    return Content("\n").join([*lines, Content("\n")])


def _line(finding: Finding) -> Content:
    words = WORDS.get(finding.field)
    field = f"   {words.short}" if words else ""
    return Content.assemble(finding_line(finding, example=False), (field, "$foreground-muted"))
