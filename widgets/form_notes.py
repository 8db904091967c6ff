"""What is known of the values that the chamado form holds, as it is said below each field."""

from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from clients.models.chamado import INTEGRATIONS, ChamadoDraft
from clients.models.feed import Feed
from clients.models.finding import Finding
from clients.models.similar import Similar
from clients.models.text import fold

from .chamado_guide import checklist, field_note
from .licence_asked import LicenceAsked
from .similar_line import similar_note


@dataclass(frozen=True)
class FormNotes:
    """Everything that is known at one moment."""

    draft: ChamadoDraft
    findings: tuple[Finding, ...]
    licence: LicenceAsked
    similar: Feed[Similar]
    paths: Content
    """How the path under the cursor may go on."""
    incoming: str
    """Files that are still on their way."""
    guided: bool
    """Whether the guide stands beside the fields and has the checklist."""

    def of(self, name: str, now: datetime, convert_key: str) -> Content | None:
        """Return what is said of one field's value."""
        if name == "title":
            return similar_note(self.similar, now)
        if name == "licence_email":
            return self.licence.note(now)
        if name == "description":
            return None if self.guided else checklist(self.draft, self.findings, row=True)
        if name == "integration":
            return _integrations(self.draft.integration.strip())
        if name == "files":
            return self._of_files()
        return field_note(name, self.draft, convert_key)

    def _of_files(self) -> Content | None:
        lines = [Content.styled(f"… {self.incoming}", "$foreground-muted")] if self.incoming else []
        lines += [self.paths] if self.paths else []
        return Content("\n").join(lines) if lines else None


def _integrations(typed: str) -> Content | None:
    """Those that the maker names and that may be meant; nothing once it is one of them."""
    begun = fold(typed)
    if any(fold(name) == begun for name in INTEGRATIONS):
        return None
    meant = [name for name in INTEGRATIONS if begun in fold(name)]
    return Content.styled(", ".join(meant), "$foreground-muted") if meant else None
