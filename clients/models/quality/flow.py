"""The flow: screens separated by ``;``, from the menu to the action that shows the problem (C6)."""

from collections.abc import Iterator

from ..chamado import flow_spans, split_list
from ..finding import Finding, Severity
from ..folded import Span
from ..text import fold
from .lexicon import Lexicon
from .personal import documents, emails, phones
from .pieces import Piece
from .words import read

EXAMPLE = "Cadastros; Produtos; Editar produto; Cadastrar produto; Salvar"
GOOD_STEPS = 3
MIN_STEPS = 2
MAX_STEPS = 15
MAX_STEP = 60


def check_flow(raw: str, lexicon: Lexicon) -> Iterator[Finding]:
    """Check the flow's separators, length, first and last step, and what should not be in it."""
    if not raw.strip(" ;\n\t"):
        yield _finding("fluxo.vazio", Severity.BLOCK, "Informe as telas do caminho, separadas por ;")
        return
    typed = split_list(raw)
    steps = tuple(Piece(raw[slice(*span)], span) for span in flow_spans(raw))
    if len(steps) > len(typed):
        yield _finding(
            "fluxo.separador",
            Severity.BLOCK if len(typed) < MIN_STEPS else Severity.WARN,
            "Separe as telas do fluxo com ; (ponto e vírgula).",
            example="; ".join(step.text for step in steps),
        )
    yield from _length(raw, steps)
    yield from _steps(steps)
    yield from _ends(steps, lexicon)
    for find, what in ((documents, "CPF ou CNPJ"), (emails, "E-mail"), (phones, "Telefone")):
        for span in find(raw):
            yield _finding("fluxo.dado_pessoal", Severity.WARN, f"{what} no fluxo: tire daqui.", span=span)


def _length(raw: str, steps: tuple[Piece, ...]) -> Iterator[Finding]:
    if len(steps) < GOOD_STEPS:
        yield _finding(
            "fluxo.curto",
            Severity.BLOCK if len(steps) < MIN_STEPS else Severity.WARN,
            f"Fluxo com {len(steps)} {'tela' if len(steps) == 1 else 'telas'}: "
            "diga o caminho todo, do menu até a ação, separando por ;",
        )
    if len(steps) > MAX_STEPS:
        yield _finding(
            "fluxo.longo",
            Severity.WARN,
            f"Fluxo com {len(steps)} passos: até {MAX_STEPS}; o clique a clique vai na descrição.",
            span=(steps[MAX_STEPS].span[0], len(raw)),
        )


def _steps(steps: tuple[Piece, ...]) -> Iterator[Finding]:
    before = None
    for step in steps[: 2 * MAX_STEPS]:
        if len(step.text) > MAX_STEP:
            yield _finding(
                "fluxo.passo_longo",
                Severity.WARN,
                f"Passo com {len(step.text)} caracteres: só o nome da tela ou da ação, até {MAX_STEP}.",
                span=step.span,
            )
        folded = fold(step.text)
        if folded == before:
            yield _finding(
                "fluxo.repetido", Severity.WARN, f"“{step.text}” aparece duas vezes seguidas.", span=step.span
            )
        before = folded


def _ends(steps: tuple[Piece, ...], lexicon: Lexicon) -> Iterator[Finding]:
    if len(steps) < MIN_STEPS:
        return
    first, last = read(steps[0].text), read(steps[-1].text)
    opens = first.has(lexicon.phrases("menus")) or first.has(lexicon.phrases("places"))
    if not opens and not first.forms_of(lexicon.verbs("actions")):
        yield _finding(
            "fluxo.primeiro_passo",
            Severity.HINT,
            "Comece pelo menu do sistema.",
            span=steps[0].span,
        )
    if not last.forms_of(lexicon.verbs("actions")):
        yield _finding(
            "fluxo.ultimo_passo",
            Severity.HINT,
            "Termine na ação em que o problema aparece (salvar, emitir, importar …).",
            span=steps[-1].span,
        )


def _finding(
    rule: str, severity: Severity, message: str, *, example: str = EXAMPLE, span: Span | None = None
) -> Finding:
    return Finding(rule, "flow", severity, message, example, span)
