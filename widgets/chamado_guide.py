"""What the form says beside the fields: help for the one in focus, the six questions of the description."""

from textual.content import Content

from clients.models.chamado import (
    ChamadoDraft,
    convert_flow,
    convert_notify,
    split_list,
)
from clients.models.finding import Finding
from clients.models.quality.personal import is_email
from clients.models.text import safe_text

from .chamado_fields import QUESTIONS, UNANSWERED, FieldWords, Question
from .form_field import finding_line, heaviest_first
from .phrases import counted


def checklist(draft: ChamadoDraft, findings: tuple[Finding, ...], *, row: bool = False) -> Content:
    """The six questions with ✓ where the description answers them and ○ where it does not."""
    items = []
    for question in QUESTIONS:
        answered = _answers(draft.description, findings, question)
        glyph, colour = ("✓", "$text-success") if answered else ("○", "$text-warning")
        items.append(
            Content.assemble(
                (f"{glyph} ", colour), (question.short if row else question.label, "" if answered else colour)
            )
        )
    return Content("  " if row else "\n").join(items)


def _answers(description: str, findings: tuple[Finding, ...], question: Question) -> bool:
    left_over = {
        description[slice(*finding.span)].casefold()
        for finding in findings
        if finding.rule == UNANSWERED and finding.span
    }
    rules = {finding.rule for finding in findings}
    return (
        bool(description.strip()) and rules.isdisjoint(question.rules) and question.heading not in left_over
    )


def guide(words: FieldWords, findings: tuple[Finding, ...], list_of_questions: Content) -> Content:
    """Help for one field, the checklist, and all that was found of the field.

    An example stands once: that of the heaviest finding is below the field already.
    """
    parts = [
        Content.styled(words.label, "bold $text-primary"),
        Content("\n"),
        Content(words.help),
    ]
    if words.example and not any(finding.example for finding in findings):
        parts.append(
            Content.assemble(
                "\n", ("Ex.: ", "$foreground-muted"), (words.example, "italic $foreground-muted")
            )
        )
    parts.append(Content.assemble("\n\n", ("A descrição responde", "bold $text-primary"), "\n"))
    parts.append(list_of_questions)
    if findings:
        parts.append(Content("\n\n"))
        parts.append(
            Content("\n\n").join(
                [
                    finding_line(finding, example=number > 0)
                    for number, finding in enumerate(heaviest_first(findings))
                ]
            )
        )
    return Content("").join(parts)


def field_note(name: str, draft: ChamadoDraft, convert_key: str) -> Content | None:
    """What is known of a field's value: the steps as they will be read, or the conversion on offer."""
    if name == "flow":
        return _flow_note(draft.flow, convert_key)
    if name == "notify":
        return _notify_note(draft.notify, convert_key)
    return None


def _flow_note(flow: str, convert_key: str) -> Content | None:
    steps = split_list(flow)
    converted = convert_flow(flow)
    if split_list(converted) != steps:
        offer = f"{convert_key} converte em {counted(len(split_list(converted)), 'etapa', 'etapas')}: "
        return Content.assemble(
            (offer, "bold $text-primary"), (safe_text(converted, multiline=False), "$foreground-muted")
        )
    if not steps:
        return None
    numbered = [
        Content.assemble((f"{number} ", "bold $text-primary"), safe_text(step, multiline=False))
        for number, step in enumerate(steps, 1)
    ]
    return Content("  ").join(numbered)


def _notify_note(notify: str, convert_key: str) -> Content | None:
    addresses = split_list(notify)
    converted = convert_notify(notify)
    if split_list(converted) != addresses:
        return Content.assemble(
            (f"{convert_key} separa com «;»: ", "bold $text-primary"),
            (safe_text(converted), "$foreground-muted"),
        )
    told = {address.casefold() for address in addresses if is_email(address)}
    if len(told) < 2:
        return None
    return Content.styled(f"{len(told)} e-mails serão avisados", "$foreground-muted")


def nothing_to_convert(draft: ChamadoDraft, field: str) -> str:
    """Why neither the flow nor the addresses can be rewritten, from the ``field`` that one is in."""
    if field not in ("flow", "notify"):
        return "Nada a separar aqui: só o fluxo e os e-mails de Notificar são listas com «;»."
    steps, addresses = split_list(draft.flow), split_list(draft.notify)
    if len(steps) == 1:
        return "Nada a converter: o fluxo tem um passo só. Escreva «;» entre as telas."
    if not steps and not addresses:
        return "Nada a converter: fluxo e e-mails estão vazios."
    if not all(map(is_email, addresses)):
        return "Nada a converter: o fluxo já usa «;», e em Notificar há o que não é e-mail."
    return "Nada a converter: fluxo e e-mails já estão separados por «;»."
