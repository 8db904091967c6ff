"""Whether flow and description tell the same way: the same screens, in the same order."""

from collections.abc import Iterator

from ..chamado import flow_spans
from ..finding import Finding, Severity
from ..folded import Span
from .lexicon import Lexicon
from .words import read

MIN_SCREENS = 2
"""Screens of the flow from which on a comparison says something."""
_MAX_STEPS = 30


def check_story(flow: str, description: str, lexicon: Lexicon) -> Iterator[Finding]:
    """Compare the screens of the flow, its actions left out, with those that the description names."""
    empty = lexicon.words("stopwords", "generic")
    same = lexicon.synonyms()
    told = read(description)
    if not told.stems(empty, same):
        return
    screens: list[tuple[Span, list[int]]] = []
    for span in flow_spans(flow)[:_MAX_STEPS]:
        step = read(flow[slice(*span)])
        actions = step.forms_of(lexicon.verbs("actions"))
        if meant := step.stems(empty | actions.keys(), same):
            screens.append((span, told.places_of(meant, same)))
    named = [(span, places) for span, places in screens if places]
    if len(screens) >= MIN_SCREENS and not named:
        yield Finding(
            "fluxo.outras_telas",
            "flow",
            Severity.WARN,
            "A descrição não cita nenhuma tela do fluxo: falam do mesmo caminho?",
            "fluxo: Vendas; Pedidos; Salvar · descrição: “em Vendas > Pedidos, ao salvar …”",
            (screens[0][0][0], screens[-1][0][1]),
        )
        return
    before = -1
    for span, places in named:
        after = next((place for place in places if place >= before), None)
        if after is None:
            yield Finding(
                "fluxo.outra_ordem",
                "flow",
                Severity.HINT,
                f"“{flow[slice(*span)]}” vem em outra ordem na descrição.",
                "conte os passos na ordem das telas do fluxo",
                span,
            )
            return
        before = after
