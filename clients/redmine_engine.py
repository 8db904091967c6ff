"""python-redmine 2.5 repaired: time-outs, retries of reads, bodies that stay in their thread, a guarded key.

Imported with the first call, on the thread that makes it: redminelib and requests come along.
"""

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
import redminelib
import requests
import stamina
from pydantic import SecretStr
from redminelib import utilities
from redminelib.engines import SyncEngine
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError

from .access_key import require_usable
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
)
from .http_trust import tls

SYSTEM = "Redmine"
CONNECT_SECONDS = 3.05
READ_SECONDS = 20.0
"""Longest silence."""
TOTAL_SECONDS = 60.0
"""Longest answer, however steadily it trickles; can be passed by one silence."""
MAX_BODY = 20_000_000
"""Bytes; a page of 100 tasks has a few hundred thousand."""
MAX_RETRY_AFTER = 30.0
READ_ATTEMPTS = 3

_CHUNK = 65_536
_TRANSIENT = frozenset((408, 425, 429, 502, 503, 504))
# the server read the request and refused it, or never let it near the application
_REFUSALS = frozenset((400, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422))
_ADDRESS = "Confira o endereço do Redmine na configuração (http ou https, com ou sem www, subpasta)."


class _FormatterOfThread(threading.local):
    def __init__(self) -> None:
        self.formatter = utilities.ResourceQueryFormatter()


_own = _FormatterOfThread()
# The library has one formatter for the whole process, and create() and update() read the body of their
# request back from it: another thread's note would be written to this thread's issue.
utilities.ResourceQueryStr.formatter = property(lambda _: _own.formatter)


class KeyAuth(AuthBase):
    """Puts the key on requests to one origin, and on no others."""

    def __init__(self, url: str, key: SecretStr) -> None:
        require_usable(key)
        self.origin = origin(url)
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign one request."""
        if origin(request.url or "") == self.origin:
            request.headers["X-Redmine-API-Key"] = self._key.get_secret_value()
        return request


class Engine(SyncEngine):  # type: ignore[misc]  # redminelib has no types
    """Makes the requests. Raises errors of `clients.errors`, never requests' or redminelib's."""

    def __init__(
        self,
        *,
        base_url: str,
        secret: SecretStr,
        ca_file: Path | None = None,
        read_seconds: float = READ_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
        max_body: int = MAX_BODY,
    ) -> None:
        super().__init__()
        self._auth = KeyAuth(base_url, secret)
        self._timeout = (CONNECT_SECONDS, read_seconds)
        self._total_seconds = total_seconds
        self._max_body = max_body
        self.session.headers = CaseInsensitiveDict({"User-Agent": "plantao", "Accept": "application/json"})
        self.session.auth = self._auth
        self.session.mount("https://", _Trusting(tls(ca_file)))
        # a session cookie would carry the newest filter along, and 4 KB of it are an error 500
        self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, object] | None = None,
        data: object = None,
    ) -> Any:
        """Make one request; return its JSON object, or True where there is no body. Reads are retried."""
        if origin(url) != self._auth.origin:
            raise Rejected(SYSTEM, "o endereço pedido é de outro servidor", way_out=_ADDRESS)
        arguments = self.construct_request_kwargs(method, dict(headers or {}), dict(params or {}), data)
        if method.upper() != "GET":
            return self._once(method, url, arguments)
        for attempt in stamina.retry_context(
            on=_worth_another,
            attempts=READ_ATTEMPTS,
            timeout=self._total_seconds,
            wait_initial=0.5,
            wait_max=5,
        ):
            with attempt:
                return self._once(method, url, arguments)
        raise AssertionError("stamina raises the last error")

    def _once(self, method: str, url: str, arguments: Mapping[str, Any]) -> Any:
        reading = method.upper() == "GET"
        ends = time.monotonic() + self._total_seconds
        try:
            with self.session.request(
                method,
                url,
                # a path, and with the request: True and the session's own would lose to REQUESTS_CA_BUNDLE
                **{**arguments, "timeout": self._timeout, "verify": certifi.where()},
                allow_redirects=False,
                stream=True,
            ) as response:
                body = self._read(response, ends)
        # requests quotes addresses and headers in its messages, so nothing of it is chained
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _unanswered(error, reading) from None
        except _TooMuch as error:
            raise _lost(reading, str(error), response.status_code) from None
        return _understood(response, body, reading)

    def _read(self, response: requests.Response, ends: float) -> bytes:
        """The body, in the pieces in which it comes, so that neither size nor slowness goes unnoticed."""
        body = bytearray()
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            body += piece
            if len(body) > self._max_body:
                raise _TooMuch(f"a resposta passou de {self._max_body // 1_000_000} MB")
            if time.monotonic() > ends:
                raise _TooMuch(f"a resposta não terminou em {self._total_seconds:.0f} s")
        return bytes(body)


class _Trusting(HTTPAdapter):
    """Believes whom all connections of the desk believe; what is named as ``verify`` comes on top."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, **kwargs, ssl_context=self._context)


class _TooMuch(Exception):
    pass


def connect(url: str, key: SecretStr, *, ca_file: Path | None = None) -> redminelib.Redmine:
    """A python-redmine object on the repaired engine; for one thread alone."""
    return redminelib.Redmine(url, engine=Engine, base_url=url, secret=key, ca_file=ca_file)


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of ``url``: what a key is good for."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    try:
        return parts.scheme, parts.hostname or "", parts.port or default
    except ValueError:  # a port that is none
        return parts.scheme, parts.hostname or "", None


def _worth_another(error: Exception) -> bool | float:
    if isinstance(error, Throttled | ServerTrouble | Unreachable):
        if error.status is not None and error.status not in _TRANSIENT:
            return False
        if error.retry_after is None:
            return True
        return error.retry_after if error.retry_after <= MAX_RETRY_AFTER else False
    return False


def _lost(reading: bool, message: str, status: int | None = None) -> RemoteError:
    return (ServerTrouble if reading else OutcomeUnknown)(SYSTEM, message, status=status)


def _unanswered(error: Exception, reading: bool) -> RemoteError:
    """What to say of a request that brought no answer: certainly not sent, or who knows."""
    if isinstance(error, requests.exceptions.InvalidProxyURL | requests.exceptions.ProxyError):
        return Unreachable(SYSTEM, "o proxy do ambiente não serve (HTTP_PROXY, HTTPS_PROXY)")
    if isinstance(error, ValueError):  # an address or a header that could not even be written
        return Unreachable(SYSTEM, "o endereço ou a chave não podem ser usados", way_out=_ADDRESS)
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Unreachable(
            SYSTEM,
            "o certificado do servidor não confere",
            way_out="Confira o endereço; para um certificado interno, informe ca_arquivo na configuração.",
        )
    if isinstance(error, requests.ConnectTimeout) or any(
        isinstance(cause, NewConnectionError | ConnectTimeoutError) for cause in causes
    ):
        return Unreachable(SYSTEM, "não foi possível conectar")
    if isinstance(error, requests.Timeout):
        return _lost(reading, "não respondeu a tempo")
    return _lost(reading, "a conexão caiu antes do fim da resposta")


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 20:
        cause = waiting.pop()
        if isinstance(cause, BaseException) and cause not in found:
            found.append(cause)
            waiting += [*cause.args, cause.__cause__, cause.__context__]
            if isinstance(cause, MaxRetryError):
                waiting.append(cause.reason)
    return found


def _understood(response: requests.Response, body: bytes, reading: bool) -> Any:
    """The JSON of an answer, True where a write needs none; or the error that it stands for."""
    status = response.status_code
    if status in (200, 201, 204):
        if not body.strip() and not reading:
            return True
        answer = _json(body)
        if isinstance(answer, dict):
            return answer
        if b"<html" in body[:2_000].lower():
            return _raise(_lost(reading, "respondeu uma página da web em vez de dados", status), _ADDRESS)
        return _raise(_lost(reading, "a resposta não é a de uma API do Redmine", status), _ADDRESS)
    if refusal := _REFUSED.get(status):
        raise refusal(response, body)
    if status in _REFUSALS:
        raise Rejected(SYSTEM, _reasons(body) or f"recusou sem dizer por quê (HTTP {status})", status=status)
    if status == 429:
        wait = _seconds(response.headers.get("Retry-After"))
        raise Throttled(SYSTEM, "pede para esperar", status=status, retry_after=wait)
    if 300 <= status < 400:
        return _raise(_lost(reading, "mandou ir a outro endereço, e a chave não vai junto", status), _ADDRESS)
    wait = _seconds(response.headers.get("Retry-After"))
    trouble = _lost(reading, f"erro do servidor (HTTP {status})", status)
    trouble.retry_after = wait
    raise trouble


def _raise(error: RemoteError, way_out: str) -> Any:
    if not isinstance(error, OutcomeUnknown):
        error.way_out = way_out
    raise error


def _unauthorized(response: requests.Response, body: bytes) -> RemoteError:
    return Unauthorized(SYSTEM, "a chave não foi aceita", status=401)


def _forbidden(response: requests.Response, body: bytes) -> RemoteError:
    return Forbidden(
        SYSTEM,
        "sem permissão, ou a API REST está desligada",
        status=403,
        way_out="Peça a permissão, ou que liguem a API REST (Administração, Configurações, API).",
    )


def _not_found(response: requests.Response, body: bytes) -> RemoteError:
    if (
        body.strip()
    ):  # of a thing that is not there Redmine says nothing; of a route, it or another server does
        return NotFound(SYSTEM, "não há uma API do Redmine neste endereço", status=404, way_out=_ADDRESS)
    return NotFound(SYSTEM, "não existe, ou não é visível com esta chave", status=404)


_REFUSED: dict[int, Callable[[requests.Response, bytes], RemoteError]] = {
    401: _unauthorized,
    403: _forbidden,
    404: _not_found,
}


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _reasons(body: bytes) -> str:
    """The sentences of ``{"errors": [...]}``; a stale version's list is empty."""
    answer = _json(body)
    errors = answer.get("errors") if isinstance(answer, dict) else None
    return "; ".join(str(reason) for reason in errors) if isinstance(errors, list) else ""


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
