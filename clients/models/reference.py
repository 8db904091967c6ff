"""What one goes to by its number, or finds again among what one opened; and how people write it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from .base import Model
from .text import SafeText, fold


class RefKind(StrEnum):
    """What there is to go to. The value is the word on screen."""

    TICKET = "ticket"
    TASK = "tarefa"
    CHAMADO = "chamado"
    SERVICE = "serviço"


NUMBERED = (RefKind.TICKET, RefKind.TASK, RefKind.CHAMADO)
"""Those that have a number, in the order in which they are offered."""


class Reference(Model):
    """One thing, as much of it as a list needs."""

    kind: RefKind
    key: str
    """Its number, or the service's key."""
    title: SafeText = ""

    @property
    def id(self) -> str:
        """Known by among all kinds."""
        return f"{self.kind}:{self.key}"

    @property
    def label(self) -> str:
        """``ticket 4102``, ``serviço``."""
        return self.kind.value if self.kind is RefKind.SERVICE else f"{self.kind} {self.key}"


@dataclass(frozen=True)
class Asked:
    """A number, and what it may be the number of."""

    number: int
    kinds: tuple[RefKind, ...] = NUMBERED


_WRITTEN = re.compile(r"(?P<word>ticket|tarefa|t|chamado|c|)\s*(?:n[o.]{0,2})?\s*#?\s*(?P<number>\d{1,9})")
_KINDS = {
    "": NUMBERED,
    "ticket": (RefKind.TICKET,),
    "t": (RefKind.TASK,),
    "tarefa": (RefKind.TASK,),
    "c": (RefKind.CHAMADO,),
    "chamado": (RefKind.CHAMADO,),
}
_NAMED = re.compile(
    r"(?:\b(?P<word>ticket|tarefa|chamado)\s*(?:n[oº.]{0,2})?\s*#?|#)\s*(?P<number>\d{1,9})\b"
)
_TICKET_PATH = re.compile(r"/tickets/(\d{1,9})(?:/|$)")
_TASK_PATH = re.compile(r"/issues/(\d{1,9})(?:/|$)")


class ForeignLink(ValueError):
    """A link that leads to neither of the two systems."""


def read_asked(text: str, freshdesk: str, redmine: str) -> Asked | None:
    """Read ``4102``, ``#4102``, ``t3017``, ``chamado 12`` or a link; None for anything else.

    ``freshdesk`` and ``redmine`` are their addresses, empty where there is none. ForeignLink where the link
    is another server's: the same number is another thing there.
    """
    if "://" in text:
        return _read_link(text.strip(), freshdesk, redmine)
    found = _WRITTEN.fullmatch(fold(text).strip())
    if found is None or int(found["number"]) == 0:
        return None
    return Asked(int(found["number"]), _KINDS[found["word"]])


def first_named(text: str) -> Asked | None:
    """Return the first number that a sentence names: ``ticket 4102``, ``chamado nº 12``, ``#4102``."""
    found = _NAMED.search(fold(text))
    if found is None or int(found["number"]) == 0:
        return None
    return Asked(int(found["number"]), _KINDS[found["word"] or ""])


def _read_link(link: str, freshdesk: str, redmine: str) -> Asked:
    host, path = _host(link), _path(link)
    ways = ((freshdesk, _TICKET_PATH, RefKind.TICKET), (redmine, _TASK_PATH, RefKind.TASK))
    for address, pattern, kind in ways:
        found = pattern.search(path)
        if found and address and host == _host(address):
            return Asked(int(found[1]), (kind,))
    raise ForeignLink(host)


def _host(link: str) -> str:
    try:
        return urlsplit(link).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""


def _path(link: str) -> str:
    try:
        return urlsplit(link).path
    except ValueError:
        return ""
