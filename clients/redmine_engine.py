"""python-redmine 2.5 repaired: time-outs, retries of reads, bodies that stay in their thread, a guarded key.

Imported with the first call, on the thread that makes it: redminelib and requests come along.
"""

import ssl
import threading
import time
from collections.abc import Mapping
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
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from .access_key import require_usable
from .errors import OutcomeUnknown, Rejected, RemoteError
from .http_response import Response
from .http_trust import tls
from .http_verdict import Lost, causes, error_of, lost, unanswered, worth_another_try

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
_ADDRESS = "Confira o endereço do Redmine na configuração (http ou https, com ou sem www, subpasta)."
_REST = "Peça a permissão, ou que liguem a API REST (Administração, Configurações, API)."
_NO_DAY, _NO_DAY_IN_PORTUGUESE = "is not a valid date", "não é uma data válida"
"""The one sentence for which Redmine's own pt-BR has no words."""


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
            on=worth_another,
            attempts=READ_ATTEMPTS,
            timeout=self._total_seconds,
            wait_initial=0.5,
            wait_max=5,
        ):
            with attempt:
                return self._once(method, url, arguments)
        raise AssertionError("stamina raises the last error")

    def _once(self, method: str, url: str, arguments: Mapping[str, Any]) -> Any:
        outcome = self._exchange(method, url, arguments)
        return _understood(outcome, writing=method.upper() != "GET")

    def _exchange(self, method: str, url: str, arguments: Mapping[str, Any]) -> Response | Lost:
        """What came back. Returned also where it failed: requests' errors, which quote keys, stay in here."""
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
        except _TooMuch as error:
            return Lost(str(error), sent=True, status=response.status_code)
        except (requests.RequestException, HTTPError, OSError) as error:
            return lost(error, sent=_was_sent(error))
        headers = {
            name.lower(): value for name, value in response.headers.items() if name.lower() != "set-cookie"
        }
        return Response(response.status_code, headers, body, url, SYSTEM)

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


def worth_another(error: Exception) -> bool | float:
    """Tell the retry library about a failed read, as `worth_another_try` does for the other systems.

    No limiter holds Redmine's reads back, so the wait that a 429 asks for is waited between attempts.
    """
    again = worth_another_try(error, MAX_RETRY_AFTER)
    if again and isinstance(error, RemoteError) and error.retry_after:
        return error.retry_after
    return again


def _was_sent(error: Exception) -> bool:
    """Whether a request that brought no answer may have arrived."""
    # a value error is an address or a header that could not even be written
    if isinstance(error, ValueError | requests.exceptions.ProxyError | requests.ConnectTimeout):
        return False
    return not any(isinstance(cause, NewConnectionError | ConnectTimeoutError) for cause in causes(error))


def _understood(outcome: Response | Lost, *, writing: bool) -> Any:
    """The JSON object of an answer, True where a write needs none; or raise the error that it stands for."""
    if isinstance(outcome, Lost):
        raise unanswered(SYSTEM, outcome, writing=writing)
    error = error_of(SYSTEM, outcome, writing=writing)
    if error is None:
        if writing and not outcome.body.strip():
            return True
        if outcome.is_json and isinstance(value := outcome.json(), dict):
            return value
        error = unanswered(SYSTEM, Lost("", sent=True, status=outcome.status), writing=writing)
    raise _in_redmines_words(error, outcome)


def _in_redmines_words(error: RemoteError, response: Response) -> RemoteError:
    told, way_out = _meaning(response)
    if not told and _NO_DAY in error.message:
        told, way_out = "\n".join(error.sentences).replace(_NO_DAY, _NO_DAY_IN_PORTUGUESE), error.way_out
    if not told:
        return error
    unknown = isinstance(error, OutcomeUnknown)  # its own way out comes first: to look before sending again
    return type(error)(
        SYSTEM,
        told,
        status=error.status,
        retry_after=error.retry_after,
        way_out=None if unknown else way_out,
    )


def _meaning(response: Response) -> tuple[str, str]:
    """What an answer that is no data means where a Redmine should be, and the way out; or nothing."""
    match response.status // 100, response.status:
        case 2, _ if b"<html" in response.body[:2_000].lower():
            return "respondeu uma página da web em vez de dados", _ADDRESS
        case 2, _:
            return "a resposta não é a de uma API do Redmine", _ADDRESS
        case 3, _:
            return "mandou ir a outro endereço, e a chave não vai junto", _ADDRESS
        case _, 403:
            return "sem permissão, ou a API REST está desligada", _REST
        # of a thing that is not there Redmine says nothing; of a route, it or another server does
        case _, 404 if response.body.strip():
            return "não há uma API do Redmine neste endereço", _ADDRESS
        case _, 404:
            return "não existe, ou não é visível com esta chave", ""
    return "", ""
