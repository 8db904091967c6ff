"""What the failed rules say to who opened the chamado: reasons of a reproval, questions to be answered."""

from collections.abc import Sequence

from ..finding import Finding, Severity


def reasons_from(findings: Sequence[Finding]) -> str:
    """Return why the chamado cannot be treated as it is, a line for each failed rule, in the form's order."""
    return _composed("O chamado não pode ser tratado como está:", findings)


def questions_from(findings: Sequence[Finding]) -> str:
    """Return what has to be told before it can be, one line for each failed rule, in the form's order."""
    return _composed("Para continuar, precisamos que informe:", findings)


def _composed(heading: str, findings: Sequence[Finding]) -> str:
    failed = (found.message for found in findings if found.severity is not Severity.HINT)
    lines = [f"- {message}" for message in dict.fromkeys(failed)]
    return "\n".join([heading, *lines]) if lines else ""
