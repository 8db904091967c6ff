"""How it is said that somebody else works on a ticket, in short Brazilian Portuguese. Pure functions."""

from collections.abc import Sequence

from tui.presence import Colleague

_NAMED = 2
"""Logins told by name; a line has no room for more."""


def company_words(others: Sequence[Colleague]) -> str:
    """Say who else is on the ticket: "ana também está neste ticket"; empty where nobody is."""
    names = sorted({other.login for other in others if not other.mine})
    mine = [str(other.pid) for other in others if other.mine]
    elsewhere = f"em outra sessão (processo {', '.join(mine[:_NAMED])})" if mine else ""
    if not names:
        return f"você também está neste ticket {elsewhere}" if mine else ""
    verb = "está" if len(names) == 1 else "estão"
    said = f"{_listed(names)} também {verb} neste ticket"
    return f"{said}, e você {elsewhere}" if mine else said


def advice(others: Sequence[Colleague]) -> str:
    """What to do about it; one's own other session needs no agreement."""
    if any(not other.mine for other in others):
        return "combinem quem responde"
    return "feche uma das duas" if others else ""


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) == _NAMED:
        return " e ".join(names)
    return f"{', '.join(names[:_NAMED])} e mais {len(names) - _NAMED}"
