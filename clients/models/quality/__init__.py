"""Whether a chamado would pass the triage: pure rules, each finding with its reason and an example."""

from collections.abc import Iterable

from ..chamado import ChamadoDraft
from ..finding import Finding, Severity
from ..licence import LicenceCheck
from .description import check_description
from .files import FileFact, check_entries, check_files, file_entries, is_link
from .flow import check_flow
from .lexicon import BUILT_IN, Lexicon
from .machine import check_machine
from .people import check_licence, check_notice, check_notify, check_tool
from .questions import questions_from, reasons_from
from .skeleton import TEMPLATE
from .story import check_story
from .title import check_title

__all__ = [
    "BUILT_IN",
    "TEMPLATE",
    "FileFact",
    "Lexicon",
    "can_send",
    "check_draft",
    "check_files",
    "file_entries",
    "is_link",
    "questions_from",
    "reasons_from",
]

MAX_CHARS = 20_000
"""Characters of one field that are looked at; a check runs at every key."""


def check_draft(
    draft: ChamadoDraft, *, licence: LicenceCheck | None = None, lexicon: Lexicon = BUILT_IN
) -> tuple[Finding, ...]:
    """Return what stands against sending ``draft``, in the order of the form's fields.

    ``licence`` is the newest check of the licence's e-mail; one of another address counts as none.
    ``lexicon`` are the words to look for. Pure and deterministic; never raises. Spans lie inside the
    field's raw text.
    """
    draft = draft.model_copy(
        update={
            name: getattr(draft, name)[:MAX_CHARS]
            for name in ("title", "licence_email", "notify", "flow", "description", "files")
        }
    )
    described = tuple(check_description(draft, lexicon))
    # what tells no steps yet tells no other way than the flow
    tells = can_send(described) and all(finding.rule != "descricao.passos" for finding in described)
    story = check_story(draft.flow, draft.description, lexicon) if tells else ()
    return (
        *check_notice(draft),
        *check_title(draft.title, (draft.flow, draft.description), lexicon),
        *check_licence(draft.licence_email, licence),
        *check_tool(draft),
        *check_machine(draft),
        *check_notify(draft.notify),
        *check_flow(draft.flow, lexicon),
        *story,
        *described,
        *check_entries(draft.files),
    )


def can_send(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing blocks; warnings are the analyst's to decide."""
    return all(finding.severity is not Severity.BLOCK for finding in findings)
