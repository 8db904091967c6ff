"""All that the routine has to say on a reply before it leaves (R16, R17, R18)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..answer import Answer, Kind
from ..conversation import Conversation
from ..discretion import Team, names_inside
from ..finding import Finding, Severity
from .by_voice import CallLimits, check_by_voice
from .homologation import IMAGE, check_homologation


@dataclass(frozen=True)
class ReplyContext:
    """What has to be known beside the text."""

    team: Team = field(default_factory=Team)
    spared: tuple[str, ...] = ()
    """Names and e-mails that a reply may contain: one's own, the client's."""
    status: str = ""
    """Label of the ticket's status."""
    template: str = ""
    """Titles of the templates that went into the text."""
    conversations: Sequence[Conversation] = ()
    """Oldest first."""
    limits: CallLimits = field(default_factory=CallLimits)


def check_answer(answer: Answer, context: ReplyContext) -> tuple[Finding, ...]:
    """Return what stands against ``answer``, the worst first; a note is ours and has no findings.

    Nothing of it blocks: the analyst decides. Spans lie inside ``answer.text``.
    """
    if answer.kind is Kind.NOTE:
        return ()
    return (
        *_names(answer.text, context),
        *_homologation(answer, context),
        *check_by_voice(answer.text, context.conversations, context.limits),
    )


def _homologation(answer: Answer, context: ReplyContext) -> Iterator[Finding]:
    """In the request that was prepared for a published chamado an image is only suggested: it is complete."""
    for found in check_homologation(
        answer.text,
        status=context.status,
        template=context.template,
        attachments=[path.name for path in answer.attachments],
    ):
        yield replace(found, severity=Severity.HINT) if answer.validates and found.rule == IMAGE else found


def _names(text: str, context: ReplyContext) -> Iterator[Finding]:
    for named in names_inside(text, context.team.marks, context.team.people, context.spared):
        yield Finding(
            "resposta.equipe",
            "text",
            Severity.WARN,
            "Alguém da equipe no texto: o cliente não precisa saber quem cuida.",
            "o responsável pelo cadastro · nossa equipe",
            named.span,
        )
