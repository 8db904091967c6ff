"""A program of the analyst's own machine that a runbook's screen may run: it, too, only looks."""

from collections.abc import Collection, Mapping, Sequence

from .forbidden_commands import argv_refusal
from .runbook import open_places, placed


def checked(argv: Sequence[str], programs: Collection[str]) -> None:
    """ValueError (Portuguese) where ``argv`` does more than look; ``programs`` are the team's own."""
    if reason := argv_refusal(argv, programs):
        raise ValueError(reason)


def filled_argv(argv: Sequence[str], places: Mapping[str, str], programs: Collection[str]) -> tuple[str, ...]:
    """Return ``argv`` with its places filled, as it may be run.

    ValueError (Portuguese) where a place stays open, or a value would make of it something else: another
    command, or an option of the program.
    """
    program, *rest = (placed(word, places) for word in argv)
    for before, word in zip(argv[1:], rest, strict=True):
        if word.startswith("-") and not before.startswith("-"):
            raise ValueError(f"“{word}” seria lido como uma opção do programa")
    ready = (program, *rest)
    if missing := open_places(" ".join(ready)):
        raise ValueError(f"falta {missing[0]} na configuração")
    checked(ready, programs)
    return ready
