"""Whom the moves of a chamado are told to by e-mail."""

from .chamado import Chamado


def recipients(chamado: Chamado) -> tuple[str, ...]:
    """Return the addresses of notificar também, each once, as they were written."""
    distinct: dict[str, str] = {}
    for address in chamado.notify:
        distinct.setdefault(address.casefold(), address)
    return tuple(distinct.values())
