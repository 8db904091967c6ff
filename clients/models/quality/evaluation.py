"""How the rules judge a team's own chamados, against what became of them: counts, precision and recall."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..chamado import ChamadoDraft
from ..finding import Finding, Severity
from . import check_draft
from .lexicon import BUILT_IN, Lexicon

FILES_RULE = "descricao.print_sem_arquivo"
"""The one rule of another field that cannot be judged where the files are not known."""
_WEIGHTS = (Severity.BLOCK, Severity.WARN, Severity.HINT)


@dataclass(frozen=True)
class Case:
    """One chamado of the past, as far as the table tells it."""

    line: int
    """Where it stands in the table."""
    draft: ChamadoDraft
    fields: frozenset[str]
    """The fields of the draft that the table has; only these are judged."""
    reproved: bool | None = None
    """What became of it, or should; None where nobody said."""
    rules: frozenset[str] | None = None
    """The rules that should speak; None where nobody said."""
    part: str = ""
    """A name for the part of the table that it belongs to, such as ``dev``."""


class Score(NamedTuple):
    """What was foretold against what was so."""

    right: int
    """Foretold, and so."""
    false: int
    """Foretold, and not so."""
    missed: int
    """So, and not foretold."""

    @property
    def precision(self) -> float | None:
        """Share of what was foretold that was so; None where nothing was foretold."""
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of what was so that was foretold; None where nothing was so."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to tell."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True)
class Spoken:
    """What a rule said of the table."""

    severity: Severity
    """The heaviest that it was given."""
    count: int
    """Chamados of which it spoke."""
    line: int
    """One of them: the first."""
    text: str
    """What it spoke of there: the characters that caused it, else the field's text."""


@dataclass(frozen=True)
class RuleResult:
    """One rule on the whole table."""

    rule: str
    spoken: Spoken | None
    """None where it kept silent, though the table names it."""
    score: Score | None = None
    """Against the table's own rules, where it has them."""


@dataclass(frozen=True)
class Evaluation:
    """The whole table judged."""

    total: int
    reproved: int
    """Chamados that would be reproved."""
    rules: tuple[RuleResult, ...]
    """Those that block first, then by how often they spoke; the silent ones last."""
    verdict: Score | None = None
    """Would be reproved, against was reproved; None where no row says what became of it."""
    parts: tuple[tuple[str, Score], ...] = ()
    """The same of each named part."""
    false: tuple[int, ...] = ()
    """Lines that would be reproved and were not."""
    missed: tuple[int, ...] = ()
    """Lines that were reproved and would not be."""


def would_be_reproved(findings: Iterable[Finding]) -> bool:
    """Tell whether anything blocks or warns; hints alone let a chamado pass."""
    return any(finding.severity is not Severity.HINT for finding in findings)


def judged(case: Case, lexicon: Lexicon = BUILT_IN) -> tuple[Finding, ...]:
    """Return the findings on the fields that the table has."""
    return tuple(
        finding
        for finding in check_draft(case.draft, lexicon=lexicon)
        if finding.field in case.fields and (finding.rule != FILES_RULE or "files" in case.fields)
    )


def evaluate(cases: Sequence[Case], lexicon: Lexicon = BUILT_IN) -> Evaluation:
    """Judge every case and compare with what is known of it."""
    found = [(case, judged(case, lexicon)) for case in cases]
    told = [(case, would_be_reproved(findings)) for case, findings in found]
    known = [(case, foretold) for case, foretold in told if case.reproved is not None]
    parts = dict.fromkeys(case.part for case, _ in known if case.part)
    return Evaluation(
        total=len(cases),
        reproved=sum(foretold for _, foretold in told),
        rules=_rules(found),
        verdict=_verdict(known) if known else None,
        parts=tuple(
            (part, _verdict([(case, foretold) for case, foretold in known if case.part == part]))
            for part in parts
        ),
        false=tuple(case.line for case, foretold in known if foretold and not case.reproved),
        missed=tuple(case.line for case, foretold in known if case.reproved and not foretold),
    )


def _verdict(known: Iterable[tuple[Case, bool]]) -> Score:
    pairs = Counter((foretold, bool(case.reproved)) for case, foretold in known)
    return Score(pairs[True, True], pairs[True, False], pairs[False, True])


def _rules(found: Sequence[tuple[Case, tuple[Finding, ...]]]) -> tuple[RuleResult, ...]:
    spoken: dict[str, Spoken] = {}
    for case, findings in found:
        for rule in dict.fromkeys(finding.rule for finding in findings):
            own = [finding for finding in findings if finding.rule == rule]
            severity = min((finding.severity for finding in own), key=_WEIGHTS.index)
            before = spoken.get(rule) or Spoken(severity, 0, case.line, _caused(case, own[0]))
            heaviest = min(severity, before.severity, key=_WEIGHTS.index)
            spoken[rule] = replace(before, severity=heaviest, count=before.count + 1)
    scores = _scores(found, {rule for rule, said in spoken.items() if said.severity is not Severity.HINT})
    results = [RuleResult(rule, spoken.get(rule), scores.get(rule)) for rule in {**spoken, **scores}]
    return tuple(sorted(results, key=_place))


def _place(result: RuleResult) -> tuple[int, int, str]:
    said = result.spoken
    return (
        (_WEIGHTS.index(said.severity), -said.count, result.rule) if said else (len(_WEIGHTS), 0, result.rule)
    )


def _caused(case: Case, finding: Finding) -> str:
    text = str(getattr(case.draft, finding.field))
    return text[slice(*finding.span)] if finding.span else text


def _scores(found: Sequence[tuple[Case, tuple[Finding, ...]]], heavy: set[str]) -> dict[str, Score]:
    """Compare rule by rule; a hint is compared only where the table names it somewhere."""
    labelled = [
        (case.rules, {finding.rule for finding in findings})
        for case, findings in found
        if case.rules is not None
    ]
    named = {rule for rules, _ in labelled for rule in rules}
    return {
        rule: Score(
            right=sum(rule in rules and rule in spoken for rules, spoken in labelled),
            false=sum(rule not in rules and rule in spoken for rules, spoken in labelled),
            missed=sum(rule in rules and rule not in spoken for rules, spoken in labelled),
        )
        for rule in sorted(named | heavy if labelled else ())
    }
