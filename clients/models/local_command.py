"""A program of the analyst's own machine that a runbook's screen may run: it, too, only looks."""

import shlex
from collections.abc import Mapping, Sequence

from .forbidden_commands import refusal
from .runbook import filled, open_places


def checked(argv: Sequence[str]) -> None:
    """ValueError (Portuguese) where ``argv`` would stop or restart anything, or hides what it runs."""
    for text in (shlex.join(argv), " ".join(argv)):
        if reason := refusal(text):
            raise ValueError(reason)


def filled_argv(argv: Sequence[str], places: Mapping[str, str]) -> tuple[str, ...]:
    """Return ``argv`` with its places filled, as it may be run.

    ValueError (Portuguese) where a place stays open, or a value would make of it something else: another
    command, or an option of the program.
    """
    program, *rest = (filled(word, places) for word in argv)
    for before, word in zip(argv[1:], rest, strict=True):
        if word.startswith("-") and not before.startswith("-"):
            raise ValueError(f"“{word}” seria lido como uma opção do programa")
    ready = (program, *rest)
    if missing := open_places(" ".join(ready)):
        raise ValueError(f"falta {missing[0]} na configuração")
    checked(ready)
    return ready
