"""What the team calls a client's server when it writes of it: the client, a part of its name, its code."""

import re
from collections.abc import Iterable, Mapping

from .client_key import client_key

SHORTEST = 4
"""Letters of the rest of a client's name that may stand for it alone."""
MARK = r"\0\d+\0"
"""What stands in the place of a name in a text that `NamedServers.marked` returns."""


def server_names(
    clients: Iterable[str], codes: Mapping[str, str], nicknames: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Return by what each of ``clients`` may be named, by its `client_key`.

    Its name, that name without its first word where no other client's name holds the rest, its server's code,
    its nicknames. Keys of ``codes`` and ``nicknames`` are clients, accents and case aside.
    """
    keys = dict.fromkeys(map(client_key, clients))
    code_of = {client_key(client): code for client, code in codes.items()}
    nicknames_of = {client_key(client): tuple(names) for client, names in nicknames.items()}
    return {
        client: (
            client,
            *_short(client, keys),
            *filter(None, (code_of.get(client, ""),)),
            *nicknames_of.get(client, ()),
        )
        for client in keys
    }


class NamedServers:
    """Finds in folded text which servers it names."""

    def __init__(self, servers: Mapping[str, Iterable[str]]) -> None:
        """``servers`` gives what each is called."""
        self._names = {server: phrases(names) for server, names in servers.items()}

    def marked(self, text: str) -> tuple[str, tuple[frozenset[str], ...]]:
        """Return ``text`` with each name replaced by a `MARK`, and the servers that each mark stands for.

        A name within a longer one is not meant; where names overlap, or are the same, all of them may be.
        """
        found = [(hit.span(), server) for server, name in self._names.items() for hit in name.finditer(text)]
        parts, marks, end = [""], list[set[str]](), 0
        longest = (0, 0)
        for span, server in sorted(found, key=lambda hit: (hit[0][0], -hit[0][1])):
            if span != longest and span[1] <= longest[1]:
                continue
            if span[0] >= end:
                parts += (text[end : span[0]], f"\0{len(marks)}\0")
                marks.append(set())
            marks[-1].add(server)
            end, longest = span[1], span
        return "".join((*parts, text[end:])), tuple(map(frozenset, marks))


def phrases(written: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of ``written`` as whole words in folded text; what is empty finds nothing."""
    found = alternatives(written)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)" if found else r"(?!)")


def alternatives(written: Iterable[str]) -> str:
    """Return ``written``, folded, as one pattern, the longest first; empty where there is nothing."""
    folded = sorted({client_key(one) for one in written} - {""}, key=len, reverse=True)
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in folded)


def _short(client: str, clients: Iterable[str]) -> tuple[str, ...]:
    rest = client.partition(" ")[2]
    alone = len(rest) >= SHORTEST and not any(rest in other for other in clients if other != client)
    return (rest,) if alone else ()
