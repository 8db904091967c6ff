"""``plantao avaliar``: how the quality rules judge a team's own chamados."""

from collections.abc import Iterable
from pathlib import Path

from clients.chamado_history import read_history
from clients.errors import SourceError
from clients.models.finding import Severity
from clients.models.quality import Lexicon
from clients.models.quality.evaluation import Evaluation, RuleResult, Score, evaluate
from clients.models.text import safe_text
from widgets.phrases import counted

from ..settings_lexicon import LexiconSettings
from ..settings_reading import NoSettings, load_settings
from . import show
from .exit_codes import Code
from .running import say, say_trouble

WIDTH = 80
_LINES = 12  # line numbers that are listed; the JSON has them all
_SEVERITIES = {Severity.BLOCK: "impede", Severity.WARN: "avisa", Severity.HINT: "sugere"}


def evaluate_file(path: Path, as_json: bool) -> int:
    """Judge the chamados of a table. WRONG where some of it, or nothing, could be read."""
    lexicon = _lexicon()
    try:
        history = read_history(path)
    except SourceError as error:
        say_trouble(error)
        return Code.WRONG
    for mistake in history.mistakes:
        say(f"{path.name}, {mistake}.")
    result = evaluate(history.cases, lexicon)
    show.write(report_json(result) if as_json else report(result))
    return Code.WRONG if history.mistakes else Code.OK


def _lexicon() -> Lexicon:
    try:
        return load_settings().chamados.words.lexicon
    except NoSettings:
        return LexiconSettings().lexicon


def report(result: Evaluation) -> str:
    """The evaluation in columns, for a terminal of 80."""
    parts = [
        f"{counted(result.total, 'chamado', 'chamados')}: "
        f"{counted(result.reproved, 'seria reprovado', 'seriam reprovados')} "
        f"({_share(result.reproved, result.total)}).\n"
        "Reprovado é o que tem regra que impede ou avisa, entre as colunas do arquivo."
    ]
    if result.verdict is not None:
        parts.append("\n".join(_verdict_lines(result, result.verdict)))
    if result.rules:
        parts.append("\n".join(_rule_lines(result)))
    return "\n\n".join(parts)


def _verdict_lines(result: Evaluation, verdict: Score) -> Iterable[str]:
    yield f"{'Contra os rótulos':<26} precisão  cobertura    F1  certos  a mais  a menos"
    for name, score in (("todos", verdict), *result.parts):
        figures = "".join(
            (f"{_percent(score.precision):>9}", f"{_percent(score.recall):>11}", f"{_percent(score.f1):>6}")
        )
        yield f"  {_cut(name, 24):<24} {figures}{score.right:>8}{score.false:>8}{score.missed:>9}"
    for what, lines in (("Reprovados a mais", result.false), ("Reprovados a menos", result.missed)):
        if lines:
            more = f" … e mais {len(lines) - _LINES}" if len(lines) > _LINES else ""
            yield f"  {what}, linhas: {', '.join(map(str, lines[:_LINES]))}{more}"


def _rule_lines(result: Evaluation) -> Iterable[str]:
    scored = any(each.score for each in result.rules)
    head = f"{'Regra':<28}{'Efeito':<7}{'Vezes':>6}{'%':>5}"
    head += f"{'Prec.':>6}{'Cob.':>5}" if scored else ""
    yield f"{head}  Exemplo"
    for each in result.rules:
        said = each.spoken
        line = (
            f"{each.rule:<28}{_SEVERITIES[said.severity] if said else '—':<7}{said.count if said else 0:>6}"
        )
        line += f"{_share(said.count if said else 0, result.total):>5}"
        if scored:
            line += f"{_percent(each.score and each.score.precision):>6}"
            line += f"{_percent(each.score and each.score.recall):>5}"
        example = f"{said.line}: {safe_text(said.text, multiline=False)}" if said else ""
        yield f"{line}  {_cut(example, WIDTH - len(line) - 2)}".rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _share(count: int, total: int) -> str:
    return _percent(count / total if total else None)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def report_json(result: Evaluation) -> str:
    """The evaluation for programs."""
    return show.as_json(
        {
            "chamados": result.total,
            "reprovados": result.reproved,
            "veredito": _score_json(result.verdict),
            "partes": {name: _score_json(score) for name, score in result.parts},
            "linhas_a_mais": list(result.false),
            "linhas_a_menos": list(result.missed),
            "regras": [_rule_json(each, result.total) for each in result.rules],
        }
    )


def _rule_json(each: RuleResult, total: int) -> dict[str, object]:
    said = each.spoken
    return {
        "regra": each.rule,
        "efeito": _SEVERITIES[said.severity] if said else None,
        "vezes": said.count if said else 0,
        "parcela": said.count / total if said else 0,
        "exemplo": {"linha": said.line, "texto": safe_text(said.text)} if said else None,
        "acerto": _score_json(each.score),
    }


def _score_json(score: Score | None) -> dict[str, object] | None:
    if score is None:
        return None
    return {
        "precisao": score.precision,
        "cobertura": score.recall,
        "f1": score.f1,
        "certos": score.right,
        "a_mais": score.false,
        "a_menos": score.missed,
    }
