"""What the team calls a client's server when it writes of it: the client, a part of its name, its code."""

from collections.abc import Iterable, Mapping

from .text import fold

SHORTEST = 4
"""Letters of the rest of a client's name that may stand for it alone."""


def server_names(
    clients: Iterable[str], codes: Mapping[str, str], nicknames: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Return by what each of ``clients`` may be named, by its folded name.

    Its name, that name without its first word where no other client's name holds the rest, its server's code,
    its nicknames. Keys of ``codes`` and ``nicknames`` are clients, accents and case aside.
    """
    folded = {fold(client).strip(): client for client in clients}
    code_of = {fold(client).strip(): code for client, code in codes.items()}
    nicknames_of = {fold(client).strip(): tuple(names) for client, names in nicknames.items()}
    return {
        client: (
            client,
            *_short(client, folded),
            *filter(None, (code_of.get(client, ""),)),
            *nicknames_of.get(client, ()),
        )
        for client in folded
    }


def _short(client: str, clients: Iterable[str]) -> tuple[str, ...]:
    rest = client.partition(" ")[2].strip()
    alone = len(rest) >= SHORTEST and not any(rest in other for other in clients if other != client)
    return (rest,) if alone else ()
