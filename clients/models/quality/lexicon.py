"""The words that the rules look for, read once from ``lexicon.toml``."""

import tomllib
from functools import cache
from pathlib import Path

from .words import Phrases, Verbs

_FILE = Path(__file__).with_name("lexicon.toml")


@cache
def _lists() -> dict[str, list[str]]:
    return {
        name: [str(entry) for entry in entries]
        for name, entries in tomllib.loads(_FILE.read_text("utf-8")).items()
    }


@cache
def phrases(name: str) -> Phrases:
    """Return the phrases of one list of the lexicon."""
    return Phrases(_lists()[name])


@cache
def verbs(name: str, *, only_finite: bool = False) -> Verbs:
    """Return the verbs of one list of the lexicon."""
    return Verbs(_lists()[name], only_finite=only_finite)


@cache
def words(*names: str) -> frozenset[str]:
    """Return the entries of some lists as single folded words."""
    return frozenset(entry for name in names for entry in _lists()[name])
