"""The answer templates that come with Plantão, for the situations that the routine names."""

from collections.abc import Iterable, Sequence

from ..template import Template
from ..text import fold
from .headings import CALL, HOMOLOGATION

FOLDER = "Plantão"
UNDER_REVIEW = "Em análise"
"""Title of the answer where there is none yet (R15)."""
CALL_SUMMARY = "Resumo da ligação"
HOMOLOGATION_REPLY = "Homologação"
PLANNING_REPLY = "Virou planejamento"

HELLO = 'Olá, {{ticket.requester.firstname | default: "pessoal"}}!'
"""How each begins, the client's first name in it where there is one."""
_TEXTS = {
    UNDER_REVIEW: "Recebemos sua solicitação e ela já está em análise. Assim que tivermos uma posição,"
    " avisamos por aqui.\n\nSe surgir alguma informação nova, é só responder a esta mensagem.",
    CALL_SUMMARY: f"Conforme conversamos por telefone, segue o resumo da ligação.\n\n{CALL.skeleton()}",
    HOMOLOGATION_REPLY: "A alteração está disponível para teste.\n\n"
    f"{HOMOLOGATION.skeleton()}\n\nAguardamos seu retorno para seguir.",
    PLANNING_REPLY: "Analisamos sua solicitação: ela virou planejamento, e para ser feita precisa ser"
    " priorizada no comitê.\n\nPor favor, leve o pedido ao seu superior ou responsável, para que seja"
    " apresentado no comitê, pois depende de aprovação. Com isso encerramos este ticket; havendo aprovação,"
    " o andamento segue pelo planejamento.",
}


def shipped_templates(under_review: str | None = None) -> tuple[Template, ...]:
    """Return what comes with Plantão; ``under_review`` is the desk's own text of *Em análise*."""
    texts = {title: f"{HELLO}\n\n{text}" for title, text in _TEXTS.items()}
    texts[UNDER_REVIEW] = under_review or texts[UNDER_REVIEW]
    return tuple(
        Template(id=f"plantao:{fold(title)}", title=title, folder=FOLDER, text=text)
        for title, text in texts.items()
    )


def with_shipped(known: Iterable[Template], under_review: str | None = None) -> tuple[Template, ...]:
    """Return the ``known`` templates and, of the shipped ones, those whose title none of them has."""
    own = tuple(known)
    titles = {fold(template.title) for template in own}
    if under_review:  # what the settings say goes before a canned response of the same name
        titles.discard(fold(UNDER_REVIEW))
        own = tuple(template for template in own if fold(template.title) != fold(UNDER_REVIEW))
    return (*own, *(each for each in shipped_templates(under_review) if fold(each.title) not in titles))


def titled(templates: Sequence[Template], title: str) -> Template:
    """Return the first of ``templates`` with that title, accents and case aside; KeyError if none has."""
    for template in templates:
        if fold(template.title) == fold(title):
            return template
    raise KeyError(title)
