"""The headings of a good description, what people call them, and what is asked where one stays empty."""

import re

from ..quality import TEMPLATE
from ..text import fold

HEADINGS = tuple(line.removesuffix(":") for line in TEMPLATE.splitlines())
"""Those of the form's template, in its order."""
WHERE, WHAT, USER, STEPS, MESSAGE, EXPECTED, SINCE = HEADINGS
ASKED = {
    WHERE: "em que tela ou menu acontece",
    WHAT: "o que acontece de errado",
    USER: "com qual usuário (e perfil) acontece, e se com outros também",
    STEPS: "o passo a passo, clique a clique",
    MESSAGE: "a mensagem exata, ou que não aparece mensagem",
    EXPECTED: "o que era esperado que acontecesse",
    SINCE: "desde quando, e se sempre ou às vezes",
}
"""What is not known where nothing stands under a heading."""
_CALLED = {
    WHERE: ("onde", "local", "onde acontece", "onde ocorre", "tela", "local do erro"),
    WHAT: ("o que acontece", "o que ocorre", "problema", "o problema", "descricao do problema", "situacao"),
    USER: ("usuario", "com qual usuario", "usuario e perfil", "usuarios", "qual usuario"),
    STEPS: ("passo a passo", "passos", "passos para reproduzir", "como reproduzir", "para reproduzir"),
    MESSAGE: ("mensagem exata", "mensagem", "mensagem de erro", "mensagem do erro"),
    EXPECTED: (
        "o que era esperado",
        "esperado",
        "era esperado",
        "resultado esperado",
        "comportamento esperado",
    ),
    SINCE: ("desde quando", "quando", "quando comecou", "frequencia"),
}
NAMES = {name: heading for heading, names in _CALLED.items() for name in names}
"""What people call each heading, folded."""
SOURCE = re.compile(r"Ticket #\d+(?: https?://\S+)?\s*(?:\n|$)")
"""The line by which a form that was begun from a ticket says so: it answers no heading."""
_BEGINS = re.compile(
    r"[ \t]{0,20}[*#]{0,3}[ \t]{0,3}(\w[\w ]{2,40}?)[ \t]{0,3}[*]{0,2}[ \t]{0,3}:"
    r"(?:[ \t]{0,3}[*]{2})?(?=\s|$)[ \t]*"
)


def heading_of(text: str) -> tuple[str, int] | None:
    """Return the heading that ``text`` begins with, however it is called, and where what it heads begins."""
    match = _BEGINS.match(text)
    heading = NAMES.get(fold(match[1])) if match else None
    return (heading, match.end()) if match and heading else None
