"""The one way out over HTTP: bounded in time and size, careful with keys, honest about what was done.

No other file imports httpx. Errors are raised outside the ``except`` blocks and away from signed
addresses, so that no traceback holds httpx's frames, whose variables are headers and whole addresses.
"""

import asyncio
import functools
import logging
from collections.abc import Generator, Mapping, Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import httpx
import stamina
from pydantic import SecretStr
from stamina.instrumentation import set_on_retry_hooks

from .access_key import require_usable
from .errors import OutcomeUnknown, Rejected, RemoteError, SettingsError
from .http_response import Response
from .http_sink import Into, Sink
from .http_trust import no_cookies, tls
from .http_verdict import Judge, Lost, error_of, lost, worth_another_try
from .limiter import Limiter
from .loopback import is_loopback

__all__ = ["Auth", "Files", "Form", "Http", "Response", "Transport", "basic_key", "bearer_key"]

Auth = httpx.Auth
Transport = httpx.AsyncBaseTransport
Params = Mapping[str, str | int | None]
Form = Mapping[str, str | SecretStr | Sequence[str]]
Files = Sequence[tuple[str, tuple[str, bytes, str]]]
"""Parts of an upload: (field, (file name, content, content type))."""

ATTEMPTS = 3
"""Of a read, the first included."""
MAX_DOWNLOAD = 100_000_000
TRANSFER_TIMEOUT = 300.0
"""Seconds for a whole file, up or down."""
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_NEVER_SENT = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError),
    *(httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL),
)

for _name in ("httpx", "httpcore"):  # they write whole addresses and cookies
    logging.getLogger(_name).setLevel(logging.WARNING)
set_on_retry_hooks([])  # stamina's own would warn on stderr, which is the analyst's screen


class _BearerKey(httpx.Auth):
    def __init__(self, key: SecretStr) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        yield request


def bearer_key(key: SecretStr) -> Auth:
    """Credentials as ``Authorization: Bearer``. `SettingsError` if no header can carry the key."""
    require_usable(key)
    return _BearerKey(key)


def basic_key(key: SecretStr) -> Auth:
    """Credentials as Basic with the key for a user name. `SettingsError` if no header can carry the key."""
    require_usable(key)
    return httpx.BasicAuth(key.get_secret_value(), "X")


class Http:
    """One remote system. Use it from one event loop; close it with `aclose`.

    ``browser=True`` is for sites meant for people: cookies are kept, a page is a fair answer, and the
    redirect that answers a form is followed. Otherwise no cookie is kept and a write must answer JSON.
    Pass the account's `Limiter` where several `Http` share one account, and a ``judge`` where a system has
    its own ways of refusing. Timeouts are in seconds.
    """

    def __init__(
        self,
        system: str,
        base_url: str,
        *,
        auth: Auth | None = None,
        limiter: Limiter | None = None,
        ca_file: Path | None = None,
        connect_timeout: float = 5.0,
        read_timeout: float = 20.0,
        total_timeout: float = 30.0,
        max_bytes: int = 10_000_000,
        browser: bool = False,
        judge: Judge = error_of,
        transport: Transport | None = None,
    ) -> None:
        base = _url(base_url)
        if base is None or base.scheme not in ("http", "https") or not base.host:
            raise SettingsError(f"{system}: o endereço precisa começar com https:// e ter um servidor")
        if "@" in urlsplit(base_url).netloc:
            raise SettingsError(f"{system}: o endereço não pode conter usuário e senha")
        self.system = system
        self._base = base
        self._auth = auth
        self._limiter = limiter or Limiter()
        self._total = total_timeout
        self._max_bytes = max_bytes
        self._browser = browser
        self._judge = judge
        headers = {
            "accept": "text/html,application/json;q=0.9,*/*;q=0.8" if browser else "application/json",
            "accept-encoding": "gzip",
            "user-agent": "plantao",
        }
        if browser:  # how things stand now, and not as something on the way kept it
            headers["cache-control"] = "no-cache"
        new_client = functools.partial(
            httpx.AsyncClient,
            headers=headers,
            timeout=httpx.Timeout(read_timeout, connect=connect_timeout),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
            verify=tls(ca_file),
            trust_env=not is_loopback(base.host),  # a proxy never answers for our own machine
            transport=transport,
        )
        try:
            self._client = new_client(cookies=CookieJar() if browser else no_cookies())
            self._stranger = new_client(cookies=no_cookies())
        except (ValueError, ImportError):
            broken_proxy = True  # not quoted: its address may hold a password
        else:
            broken_proxy = False
        if broken_proxy:
            raise SettingsError(f"{system}: o proxy das variáveis de ambiente (HTTPS_PROXY …) não serve")
        self._retry = stamina.AsyncRetryingCaller(
            attempts=ATTEMPTS, timeout=2 * total_timeout, wait_initial=0.5, wait_max=20.0
        ).on(lambda error: worth_another_try(error, self._limiter.longest_wait))

    def __repr__(self) -> str:
        return f"Http({self.system!r}, {_bare(self._base)!r})"

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()
        await self._stranger.aclose()

    async def read(self, path_or_url: str, *, params: Params | None = None) -> Response:
        """GET, following redirects; transient failures are tried again. Another origin gets no credentials.

        A path is taken below ``base_url``; parameters that are None are left out.
        """

        async def once() -> Response:
            outcome = await self._get(self._address(path_or_url, params))
            if isinstance(outcome, Response):
                return outcome
            raise outcome

        return await self._retry(once)

    async def write(
        self,
        method: str,
        path_or_url: str,
        *,
        json: object = None,
        form: Form | None = None,
        files: Files | None = None,
    ) -> Response:
        """Send once, never again: `OutcomeUnknown` where nothing tells whether it was done.

        Goes to our own origin only. In ``form`` a `SecretStr` is unwrapped on its way out.
        """
        url = self._address(path_or_url)
        if url is None or not self._is_ours(url):
            raise Rejected(self.system, "o endereço é de outro servidor; nada foi enviado")
        request = self._build(method, url, json=json, form=form, files=files)
        if request is None:
            raise Rejected(self.system, "o conteúdo tem caracteres que não podem ser enviados")
        await self._limiter.admit(self.system, writing=True)
        outcome = await self._exchange(request, total=TRANSFER_TIMEOUT if files else self._total)
        if self._browser and isinstance(outcome, Response) and outcome.status in (301, 302, 303):
            page = await self._get(_next_url(outcome))
            if isinstance(page, Response):
                return page
            raise page
        error = self._judge(self.system, outcome, writing=True)
        if error is not None:
            raise error
        assert isinstance(outcome, Response)
        if not self._browser and outcome.status != 204 and not outcome.is_json:
            raise OutcomeUnknown(self.system, "a resposta veio ilegível", status=outcome.status)
        return outcome

    async def converse(self, path_or_url: str, *, json: object, into: Into) -> Response:
        """POST once, handing the answer to ``into`` piece by piece as it comes, until that has enough.

        Goes to our own origin only. The answer that is returned has no body where the server agreed. The
        ``judge`` decides on refusals and on what was cut; time runs out as of ``total_timeout``.
        """
        url = self._address(path_or_url)
        if url is None or not self._is_ours(url):
            raise Rejected(self.system, "o endereço é de outro servidor; nada foi enviado")
        request = self._build("POST", url, json=json)
        if request is None:
            raise Rejected(self.system, "o conteúdo tem caracteres que não podem ser enviados")
        request.headers["accept"] = "text/event-stream, application/json"
        await self._limiter.admit(self.system, writing=True)
        outcome = await self._exchange(request, total=self._total, sink=into)
        error = self._judge(self.system, outcome, writing=True)
        if error is not None:
            raise error
        assert isinstance(outcome, Response)
        return outcome

    async def download(self, url: str | SecretStr, into: BinaryIO, *, max_bytes: int = MAX_DOWNLOAD) -> int:
        """GET into an open binary file; return the bytes written. Not tried again.

        A foreign origin, such as that of a signed address, gets neither key nor cookie. After an error
        ``into`` holds an unknown part. `StoreError` where it cannot be written.
        """
        sink = Sink(into, max_bytes)
        outcome = await self._get(
            self._address(url.get_secret_value() if isinstance(url, SecretStr) else url), sink=sink
        )
        sink.flush()
        if sink.fault is not None:
            raise sink.fault
        if isinstance(outcome, RemoteError):
            raise outcome
        return sink.size

    def address(self, path_or_url: str) -> str:
        """Return the whole address of ``path_or_url``, without its query, to be shown."""
        url = self._address(path_or_url)
        return _bare(url) if url is not None else ""

    def is_ours(self, url: str) -> bool:
        """Whether ``url`` is of the configured origin: scheme, host and port."""
        parsed = _url(url)
        return parsed is not None and self._is_ours(parsed)

    async def _get(self, url: httpx.URL | None, *, sink: Sink | None = None) -> Response | RemoteError:
        """GET and follow. What went wrong is returned, for the public method to raise."""
        trusted, total = True, TRANSFER_TIMEOUT if sink else self._total
        for _ in range(_MAX_REDIRECTS + 1):
            if url is None or url.scheme not in ("http", "https") or not url.host:
                return Rejected(self.system, "indicou um endereço inválido")
            if url.scheme == "http" and self._base.scheme == "https":
                return Rejected(self.system, "indicou um endereço sem criptografia")
            trusted = trusted and self._is_ours(url)  # once abroad, never trusted again
            if trusted:
                await self._limiter.admit(self.system)
            request = self._build("GET", url, trusted=trusted)
            if request is None:
                return Rejected(self.system, "o endereço tem caracteres que não podem ser enviados")
            outcome = await self._exchange(request, total=total, trusted=trusted, sink=sink)
            if isinstance(outcome, Response) and outcome.status in _REDIRECTS:
                url = _next_url(outcome)
                continue
            error = self._judge(self.system, outcome, writing=False)
            if isinstance(outcome, Response) and error is None:
                return outcome
            assert error is not None
            return error
        return Rejected(self.system, "redirecionou vezes demais")

    def _build(
        self,
        method: str,
        url: httpx.URL,
        *,
        json: object = None,
        form: Form | None = None,
        files: Files | None = None,
        trusted: bool = True,
    ) -> httpx.Request | None:
        data = None
        if form is not None:
            data = {k: v.get_secret_value() if isinstance(v, SecretStr) else v for k, v in form.items()}
        client = self._client if trusted else self._stranger
        try:
            return client.build_request(method, url, json=json, data=data, files=files)
        except (ValueError, TypeError):  # lone surrogates, NaN, what JSON does not know
            return None

    async def _exchange(
        self, request: httpx.Request, *, total: float, trusted: bool = True, sink: Into | None = None
    ) -> Response | Lost:
        client = self._client if trusted else self._stranger
        outcome: Response | Lost
        try:
            async with asyncio.timeout(total):
                response = await client.send(request, auth=self._auth if trusted else None, stream=True)
                try:
                    outcome = await self._take(response, sink)
                finally:
                    await response.aclose()
        except _NEVER_SENT as error:
            outcome = lost(error, sent=False)
        except (httpx.TransportError, httpx.DecodingError, TimeoutError, OSError) as error:
            outcome = lost(error, sent=True)
        if trusted and isinstance(outcome, Response):
            self._limiter.learn(outcome.headers)
            if outcome.status == 429:
                self._limiter.pause(outcome.retry_after())
        return outcome

    async def _take(self, response: httpx.Response, sink: Into | None) -> Response | Lost:
        """Read the body, never more than allowed once unpacked."""
        status = response.status_code
        # one layer of gzip is what was asked for; several could unpack to any size within one piece
        if response.headers.get("content-encoding", "").strip().lower() not in ("", "identity", "gzip"):
            return Lost("resposta em codificação inesperada", sent=True, status=status)
        into = sink if response.is_success else None
        cap = into.max_bytes if into else self._max_bytes
        body, size = bytearray(), 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > cap:
                return Lost(f"resposta maior que {cap // 1_000_000} MB", sent=True, status=status)
            if into is None:
                body += piece
            elif not into.write(piece):
                break
        headers = {name.lower(): value for name, value in response.headers.items() if name != "set-cookie"}
        return Response(status, headers, bytes(body), str(response.url), self.system)

    def _address(self, path_or_url: str, params: Params | None = None) -> httpx.URL | None:
        whole = path_or_url
        if not path_or_url.lower().startswith(("http://", "https://")):
            base = str(self._base)
            whole = f"{base.rstrip('/')}/{path_or_url.lstrip('/')}" if path_or_url else base
        url = _url(whole)
        given = {key: value for key, value in (params or {}).items() if value is not None}
        return url.copy_merge_params(given) if url is not None and given else url

    def _is_ours(self, url: httpx.URL) -> bool:
        return _origin(url) == _origin(self._base)


def _url(text: str) -> httpx.URL | None:
    """Parse an address, without its user and password; None if it is none."""
    try:
        urlsplit(text)  # stricter with brackets
        return httpx.URL(text).copy_with(userinfo=b"")
    except (httpx.InvalidURL, ValueError):
        return None


def _next_url(response: Response) -> httpx.URL | None:
    target = response.headers.get("location")
    try:
        return _url(urljoin(response.url, target)) if target else None
    except ValueError:
        return None


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


def _bare(url: httpx.URL) -> str:
    return str(url.copy_with(query=None, fragment=None))
