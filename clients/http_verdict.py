"""What an answer, or the lack of one, says about whether a thing was done: the error to raise."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from .errors import (
    Forbidden,
    NotFound,
    OutcomeUnknown,
    Rejected,
    RemoteError,
    ServerTrouble,
    Throttled,
    Unauthorized,
    Unreachable,
    Untrusted,
)
from .http_response import Response
from .limiter import limit_reached

_TRANSIENT = frozenset((408, 425))
_REFUSALS: dict[int, type[RemoteError]] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 410: NotFound}


# by name, so that this file imports none of the libraries that raise them
_REASONS = {
    "ProxyError": "o proxy recusou (HTTP_PROXY, HTTPS_PROXY)",
    "InvalidProxyURL": "endereço de proxy inválido (HTTP_PROXY, HTTPS_PROXY)",
    "ConnectTimeout": "sem resposta ao conectar",
    "ConnectError": "não foi possível conectar",
    "PoolTimeout": "conexões demais ao mesmo tempo",
    "DecodingError": "resposta corrompida",
    "DecodeError": "resposta corrompida",
    "LocalProtocolError": "pedido inválido",
    "InvalidURL": "endereço inválido",
    "InvalidSchema": "endereço inválido",
    "MissingSchema": "endereço inválido",
    "ReadTimeout": "sem resposta no tempo esperado",
    "ReadTimeoutError": "sem resposta no tempo esperado",
    "WriteTimeout": "o envio demorou demais",
    "TimeoutError": "sem resposta no tempo esperado",
    "SMTPConnectTimeoutError": "sem resposta ao conectar",
    "SMTPReadTimeoutError": "sem resposta no tempo esperado",
    "SMTPTimeoutError": "sem resposta no tempo esperado",
    "SMTPServerDisconnected": "o servidor encerrou a conexão",
}


@dataclass(frozen=True)
class Lost:
    """An exchange that gave no usable answer."""

    why: str
    """In Portuguese."""
    sent: bool
    """Whether the request may have arrived."""
    status: int | None = None
    """HTTP status, where the answer's head was read."""
    untrusted: bool = False
    """Whether the server's certificate was the reason."""


class Judge(Protocol):
    """Tells what an exchange stands for in one system's dialect, as `error_of` does in plain HTTP."""

    def __call__(self, system: str, outcome: Response | Lost, *, writing: bool) -> RemoteError | None:
        """Return the error; None where the answer can be used."""


def lost(error: BaseException, *, sent: bool) -> Lost:
    """Say in Portuguese what happened; never quotes ``error``, whose message may hold a key."""
    name = type(error).__name__
    # behind a time-out lies what was waited for, and behind a proxy's error what the proxy met
    for link in () if "Timeout" in name or "Proxy" in name else causes(error):
        match link:
            case ssl.SSLCertVerificationError():
                why = f"o certificado do servidor não foi aceito ({link.verify_message})"
                return Lost(why, sent=False, untrusted=True)
            case ssl.SSLError():
                return Lost("a porta não fala TLS como se espera", sent=sent)
            case socket.gaierror():
                return Lost("endereço não encontrado (DNS)", sent=sent)
            case ConnectionRefusedError():
                return Lost("conexão recusada", sent=sent)
    return Lost(
        _REASONS.get(name, "conexão interrompida" if sent else "não foi possível conectar"), sent=sent
    )


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error`` and what lies behind it."""
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def error_of(system: str, outcome: Response | Lost, *, writing: bool) -> RemoteError | None:
    """Return the error that ``outcome`` stands for; None for a 2xx."""
    if isinstance(outcome, Response):
        return _refused(system, outcome, writing)
    return unanswered(system, outcome, writing=writing)


def unanswered(system: str, exchange: Lost, *, writing: bool) -> RemoteError:
    """Return the error that an exchange without a usable answer stands for."""
    if exchange.untrusted:
        return Untrusted(system, exchange.why)
    if not exchange.sent:
        return Unreachable(system, exchange.why)
    kind = OutcomeUnknown if writing else ServerTrouble
    return kind(system, exchange.why, status=exchange.status)


def _refused(system: str, response: Response, writing: bool) -> RemoteError | None:
    status, wait = response.status, response.retry_after()
    if 200 <= status < 300:
        return None
    if status == 429:
        told = "limite da conta" if wait is None else limit_reached(wait)
        return Throttled(system, told, status=status, retry_after=wait)
    if status == 407:
        return Unreachable(system, "o proxy pede senha", status=status)
    if status >= 500 or status < 400 or status in _TRANSIENT:
        kind = OutcomeUnknown if writing else ServerTrouble
        return kind(system, f"respondeu {response.status_text()}", status=status, retry_after=wait)
    refusal = _REFUSALS.get(status, Rejected)
    return refusal(system, response.refusal(), status=status, retry_after=wait)


def worth_another_try(error: Exception, longest_wait: float) -> bool | float:
    """Tell the retry library about a failed read: no, yes after its own jittered wait, or after N seconds."""
    match error:
        case Throttled():
            return (error.retry_after or 0.0) <= longest_wait  # the limiter does the waiting
        case Untrusted():
            return False
        case Unreachable():
            return error.status is None
        case ServerTrouble() if error.status is None or error.status >= 500 or error.status in _TRANSIENT:
            if not error.retry_after:
                return True
            return error.retry_after if error.retry_after <= longest_wait else False
        case _:
            return False
