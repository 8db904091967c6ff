"""The CSS of Textual and of the panes, parsed once for all the apps of a run instead of once for each."""

from collections.abc import Callable

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse_rules: Callable[..., list[RuleSet]] = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def parse_rules(
    sheet: Stylesheet,
    css: str,
    read_from: tuple[str, str],
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """The rules of ``css``: nothing changes them once they are parsed, only variables make others."""
    arguments = (css, read_from, is_default_rules, tie_breaker, scope)
    key = (frozenset(sheet._variables.items()), *arguments)
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *arguments)
    return _parsed[key]


def install(patch: pytest.MonkeyPatch) -> None:
    """Let stylesheets parse so."""
    patch.setattr(Stylesheet, "_parse_rules", parse_rules)
