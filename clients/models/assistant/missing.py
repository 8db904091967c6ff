"""Which headings of a description have no answer: by the form's own rules, so that both say the same."""

from ..chamado import ChamadoDraft
from ..quality.description import check_description
from ..quality.lexicon import Lexicon
from ..quality.skeleton import unanswered
from .headings import EXPECTED, HEADINGS, MESSAGE, SINCE, STEPS, USER, WHAT, WHERE, heading_of

_HEADING_OF = {
    "descricao.vazia": WHAT,
    "descricao.so_link": WHAT,
    "descricao.onde": WHERE,
    "descricao.o_que": WHAT,
    "descricao.usuario": USER,
    "descricao.passos": STEPS,
    "descricao.mensagem": MESSAGE,
    "descricao.esperado": EXPECTED,
    "descricao.quando": SINCE,
}
"""By rule of the form, the heading under which it wants more."""


def missing(description: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the headings that the form would ask about, in their order."""
    found = check_description(ChamadoDraft(id="", description=description), lexicon)
    asked = {_HEADING_OF.get(finding.rule) for finding in found}
    for span in unanswered(description):
        headed = heading_of(description[slice(*span)])
        asked.add(headed[0] if headed else None)
    return tuple(heading for heading in HEADINGS if heading in asked)
