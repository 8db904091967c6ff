"""Who else on this machine works on the same thing, also as another Unix user with another home and store.

A session that works on a ticket holds a datagram socket in Linux's abstract namespace, whose name says so:
``plantao/1/<account>/ticket/<id>/<login>/<pid>``; one that is on a client's server, ``…/server/<id>/…``.
The kernel lists these names for everybody in one network namespace and forgets them with the process, however
it ended: there is no file to be left behind or locked.

Anybody on the machine can bind any name, so what is read here is a hint and never a lock. Where the kernel
keeps no such list (macOS), or a container has a network of its own, nobody is seen.
"""

import hashlib
import os
import pwd
import re
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote_to_bytes, urlsplit

from clients.models.base import Model
from clients.models.text import SafeText, safe_text

TABLE = Path("/proc/net/unix")
"""Every Unix socket of this network namespace, a line each; the name comes last, with @ for NUL."""
MOST_READ = 8 << 20
"""Bytes of the table that are read: some hundred thousand sockets."""
MOST_TOLD = 20
"""Colleagues told for one of them; whoever binds more names than that cannot hide that somebody is there."""
Kind = Literal["ticket", "server"]
# a name has 107 bytes; what is fixed in it, 19 digits of an id and 10 of a process leave 58 for these two
_HOST, _LOGIN = 32, 26
# without the columns before it, which nothing here needs, the table is gone through five times as fast
_DATAGRAM = rb" 0002 [0-9A-F]{2} +\d+ @"


class Colleague(Model):
    """One other session on the same thing, as it says of itself."""

    login: SafeText
    pid: int
    mine: bool
    """Whether it runs as the same Unix user as this one."""


class Presence:
    """What this session works on, told to the machine; and what others there tell."""

    def __init__(
        self,
        account: str,
        *,
        kind: Kind = "ticket",
        login: str | None = None,
        pid: int | None = None,
        table: Path = TABLE,
    ) -> None:
        """``account`` as of `account_of`; with an empty one nobody is told and nobody seen.

        ``login`` and ``pid`` are this process's own where they are not given.
        """
        self._place = f"plantao/1/{_short(account)}/{kind}/" if account and table.exists() else ""
        self._login = _escaped(login or _own_login())
        self._pid = pid or os.getpid()
        self._table = table
        self._pages: Counter[int] = Counter()
        self._sockets: dict[int, socket.socket] = {}
        name = rb"(\d{1,19})/([\w.~%%-]{1,%d})/(\d{1,10})$" % _LOGIN
        self._line = re.compile(_DATAGRAM + re.escape(self._place.encode()) + name, re.MULTILINE)

    def enter(self, item_id: int) -> None:
        """Tell that work on ``item_id`` began; once for each page on it. Never raises."""
        self._pages[item_id] += 1
        if self._place and item_id not in self._sockets:
            name = f"{self._place}{item_id}/{self._login}/{self._pid}"
            if (held := _hold(name)) is not None:
                self._sockets[item_id] = held

    def leave(self, item_id: int) -> None:
        """Tell that it ended, with the last page on it."""
        self._pages[item_id] -= 1
        if self._pages[item_id] <= 0:
            del self._pages[item_id]
            if (held := self._sockets.pop(item_id, None)) is not None:
                held.close()

    def close(self) -> None:
        """Tell that all of it ended."""
        while self._sockets:
            self._sockets.popitem()[1].close()
        self._pages.clear()

    def others(self, item_id: int) -> tuple[Colleague, ...]:
        """Return who else works on ``item_id``, by login. Takes 1 ms for 1000 sockets."""
        return self.everybody().get(item_id, ())

    def everybody(self) -> dict[int, tuple[Colleague, ...]]:
        """Return who else works on what of the account, at most `MOST_TOLD` for each."""
        found: dict[int, set[tuple[str, int]]] = {}
        for item_id, login, pid in self._names() if self._place else ():
            there = found.setdefault(item_id, set())
            if len(there) < MOST_TOLD:
                there.add((login, pid))
        own = _shown(self._login.encode())
        return {
            item_id: tuple(Colleague(login=login, pid=pid, mine=login == own) for login, pid in sorted(there))
            for item_id, there in found.items()
        }

    def _names(self) -> Iterator[tuple[int, str, int]]:
        """Id, login and process of each other session; what does not parse is somebody's joke."""
        for line in self._line.finditer(self._read()):
            item_id, login, pid = int(line[1]), _shown(line[2]), int(line[3])
            itself = pid == self._pid and line[2] == self._login.encode()
            if login and not itself:
                yield item_id, login, pid

    def _read(self) -> bytes:
        try:
            with self._table.open("rb") as table:
                read = table.read(MOST_READ)
        except OSError:
            return b""
        return read[: read.rfind(b"\n") + 1]


def account_of(url: str) -> str:
    """Return what tells one account from another in ``url``: host, and port where one is named."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.hostname or ''}{port}"


def _hold(name: str) -> socket.socket | None:
    """Bind ``name``; None where the kernel refuses it, or somebody has it already."""
    held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        held.bind(b"\0" + name.encode())
        held.shutdown(socket.SHUT_RD)  # it is there to be seen: nobody may leave anything in it
    except OSError:
        held.close()
        return None
    return held


def _own_login() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user of a directory that does not answer
        return str(os.getuid())


def _short(account: str) -> str:
    """The account in the bytes that there are for it; a longer one by its hash, which no host looks like."""
    escaped = quote(account.lower(), safe=":")
    if len(escaped) <= _HOST:
        return escaped
    return "~" + hashlib.sha256(account.lower().encode()).hexdigest()[: _HOST - 1]


def _escaped(login: str) -> str:
    """The login in the bytes that there are for it, cut between characters."""
    while len(quote(login, safe="")) > _LOGIN:
        login = login[:-1]
    return quote(login, safe="")


def _shown(login: bytes) -> str:
    return safe_text(unquote_to_bytes(login), multiline=False).strip()
