"""What a mail server's answer says about whether a letter was taken: the error to raise."""

import re
from collections.abc import Callable

from aiosmtplib import SMTPResponse, SMTPResponseException

from .errors import OutcomeUnknown, Postponed, Rejected, RemoteError, Unauthorized, Unreachable
from .http_verdict import lost, unanswered
from .mail_message import SYSTEM

Reply = SMTPResponse | SMTPResponseException
_WANTS_LOGIN = frozenset((530, 534, 535, 538))
_TRANSIENT = range(400, 500)
_PERMANENT = range(500, 600)
_LOGIN_BUSY = frozenset((421, 450, 451, 454))
_MOST_WORDS = 400
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\s")
"""The code of RFC 3463, which servers repeat on every line."""


def refused(doing: str, reply: Reply) -> RemoteError:
    """Return what an answer that is no consent stands for; ``doing`` says to what it was given."""
    told = f"{doing}: {_words(reply)}"
    if reply.code in _WANTS_LOGIN:
        return unauthorized(told, status=reply.code)
    if reply.code in _TRANSIENT:
        return Postponed(SYSTEM, told, status=reply.code)
    if reply.code in _PERMANENT:
        return Rejected(SYSTEM, told, status=reply.code)
    return Unreachable(SYSTEM, "a porta não fala SMTP como se espera")


def refused_whole(reply: SMTPResponse) -> RemoteError | None:
    """Return what the answer to the whole letter stands for; None where it was taken."""
    if 200 <= reply.code < 300:
        return None
    if reply.code in _TRANSIENT or reply.code in _PERMANENT:
        return refused("a mensagem foi recusada", reply)
    return not_understood()


def not_understood() -> OutcomeUnknown:
    """Return what an answer to the whole letter stands for that is none of SMTP's."""
    return OutcomeUnknown(SYSTEM, "o servidor respondeu à mensagem algo que não se entende")


def login_refused(reply: Reply, clean: Callable[[str], str]) -> RemoteError:
    """Return what a refused login stands for; ``clean`` takes out what the server may have echoed."""
    told = f"o login foi recusado: {clean(_words(reply))}"
    if reply.code in _LOGIN_BUSY:
        return Postponed(SYSTEM, told, status=reply.code)
    return unauthorized(told, status=reply.code)


def unauthorized(told: str, *, status: int | None = None) -> Unauthorized:
    """Return the error of a login that is wrong or missing."""
    return Unauthorized(
        SYSTEM,
        told,
        status=status,
        title="Login do e-mail recusado",
        way_out="Confira “usuario” e “senha” em [email], na configuração.",
    )


def broken(error: Exception, *, handed_over: bool) -> RemoteError:
    """Return what a connection that broke stands for: unknown only once the whole letter had left."""
    return unanswered(SYSTEM, lost(error, sent=handed_over), writing=True)


def _words(reply: Reply) -> str:
    lines = [line.strip() for line in reply.message.splitlines() if line.strip()]
    found = _ENHANCED.match(lines[0]) if lines else None
    if found:
        lines[1:] = [line.removeprefix(found[0]) for line in lines[1:]]
    told = " ".join((str(reply.code), *lines))
    return told if len(told) <= _MOST_WORDS else f"{told[:_MOST_WORDS]}…"
