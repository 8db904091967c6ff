"""What is written when a published chamado is validated: to the client, and on the chamado (R16, R18)."""

import re

from .chamado import Chamado
from .quality.skeleton import STEPS_HEADING, answer
from .rules.shipped import HELLO
from .template import fill, values_for
from .ticket import Ticket

_NUMBER = re.compile(r"(?:^|(?<=\s))(?:\d{1,2}[.)-]|[-*•])\s+|\n")
# Composed from the form's own fields: what people wrote on the board, and their names, are not the client's.


def asking_text(chamado: Chamado, ticket: Ticket) -> str:
    """The reply that asks the client to validate: what was done, the test wanted, steps, expected result."""
    version = f" na versão {chamado.version}" if chamado.version else ""
    parts = (
        "A correção do problema que você nos informou já está publicada na sua base.",
        f"O que foi feito: corrigimos e publicamos{version} o seguinte: {_problem(chamado)}",
        f"Teste desejado: {_test(chamado)}",
        _steps(chamado),
        "Resultado esperado: o problema não deve mais ocorrer.",
        "Por favor, responda a esta mensagem dizendo se deu certo, ou o que ainda ocorre.",
    )
    return _letter(ticket, *parts)


def closing_text(ticket: Ticket, *, by_phone: bool = False) -> str:
    """The reply that closes: the client validated."""
    said = "Conforme conversamos por telefone, deu certo." if by_phone else "Que bom que deu certo!"
    return _letter(
        ticket,
        f"{said} Obrigado por testar e confirmar.",
        "Com isso encerramos este ticket. Se algo voltar a ocorrer, é só responder a esta mensagem.",
    )


def failing_text(ticket: Ticket, *, by_phone: bool = False) -> str:
    """The reply that tells a client who still has the problem what happens now."""
    said = "o que conversamos por telefone" if by_phone else "o que você informou"
    return _letter(
        ticket,
        f"Obrigado por testar. Com {said}, o caso voltou ao desenvolvimento para um novo ajuste.",
        "Assim que houver uma nova publicação, avisamos por aqui.",
    )


def validated_comment(chamado: Chamado, words: str, *, by_phone: bool = False) -> str:
    """What closes the chamado: the client's ``words``, quoted."""
    return f"O cliente validou{_in_version(chamado)}. {_told(by_phone)}:\n\n{words}"


def failing_comment(chamado: Chamado, words: str, *, by_phone: bool = False) -> str:
    """What brings the chamado back to Error Fix: the client's ``words``, quoted."""
    return f"O cliente testou{_in_version(chamado)} e ainda falha. {_told(by_phone)}:\n\n{words}"


def _letter(ticket: Ticket, *parts: str) -> str:
    return "\n\n".join((fill(HELLO, values_for(ticket, "")), *filter(None, parts)))


def _problem(chamado: Chamado) -> str:
    return f"“{chamado.title.strip().rstrip('.')}”."


def _test(chamado: Chamado) -> str:
    if not _way(chamado):
        return "repetir o que você fazia quando o problema ocorria."
    return "repetir os passos abaixo, em que o problema ocorria."


def _steps(chamado: Chamado) -> str:
    if not (way := _way(chamado)):
        return ""
    return "\n".join(("Passo a passo:", *(f"{n}. {step}" for n, step in enumerate(way, 1))))


def _way(chamado: Chamado) -> tuple[str, ...]:
    """How the problem was reached: click by click where that was told, else the screens."""
    told = _NUMBER.split(answer(chamado.description, STEPS_HEADING))
    steps = tuple(" ".join(step.split()) for step in told if step.strip())
    return steps if len(steps) > 1 else chamado.flow


def _in_version(chamado: Chamado) -> str:
    return f" na versão {chamado.version}" if chamado.version else ""


def _told(by_phone: bool) -> str:
    return "Por telefone, nas palavras dele" if by_phone else "Nas palavras dele"
