"""Keys and cookies go to their own origin only: after redirects, for links, for downloads; TLS holds."""

import asyncio
import errno
import io
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import trustme
from pydantic import SecretStr

from clients.errors import (
    OutcomeUnknown,
    Rejected,
    ServerTrouble,
    SettingsError,
    StoreError,
    Unreachable,
    Untrusted,
)
from clients.http import Auth, Http, basic_key, bearer_key
from tests.support import faults
from tests.support.faults import http as answer
from tests.support.faults import saying
from tests.support.leaks import told_by

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

KEY = "s3gredo-da-conta"
OURS = "https://conta.example/api/v2"
Handler = Callable[[httpx.Request], httpx.Response]


def on(handler: Handler, *, base: str = OURS, auth: Auth | None = None, browser: bool = False) -> Http:
    auth = auth or bearer_key(SecretStr(KEY))
    return Http("Sistema", base, auth=auth, browser=browser, transport=httpx.MockTransport(handler))


def redirects(to: dict[str, str], seen: list[httpx.Request], status: int = 302) -> Handler:
    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        target = to.get(str(request.url))
        return (
            httpx.Response(status, headers={"location": target}) if target else httpx.Response(200, json={})
        )

    return handler


def credentials(request: httpx.Request) -> bool:
    return KEY in str(request.headers.raw) or "authorization" in request.headers


@pytest.mark.parametrize(
    "target",
    [
        "https://outro.example/a",
        "https://conta.example:8443/a",
        "https://conta.example.outro.example/a",
        "https://user:senha@outro.example/a",
        "//outro.example/a",
    ],
)
@pytest.mark.parametrize("kind", [basic_key, bearer_key])
async def test_a_redirect_abroad_carries_no_key(target: str, kind: Callable[[SecretStr], Auth]) -> None:
    seen: list[httpx.Request] = []
    await on(redirects({f"{OURS}/a": target}, seen), auth=kind(SecretStr(KEY))).read("a")
    assert [credentials(request) for request in seen] == [True, False]


async def test_a_redirect_at_home_keeps_the_key() -> None:
    seen: list[httpx.Request] = []
    found = await on(redirects({f"{OURS}/a": "b?x=1"}, seen)).read("a")
    assert found.url == f"{OURS}/b?x=1"
    assert [credentials(request) for request in seen] == [True, True]


async def test_who_comes_back_from_abroad_gets_no_key() -> None:
    seen: list[httpx.Request] = []
    there_and_back = {f"{OURS}/a": "https://outro.example/", "https://outro.example/": f"{OURS}/b"}
    await on(redirects(there_and_back, seen)).read("a")
    assert [credentials(request) for request in seen] == [True, False, False]


async def test_an_address_of_another_origin_is_read_without_key() -> None:
    seen: list[httpx.Request] = []
    await on(redirects({}, seen)).read("https://outro.example/tickets?page=2")
    assert [credentials(request) for request in seen] == [False]


async def test_a_redirect_to_plain_http_is_not_followed() -> None:
    seen: list[httpx.Request] = []
    with pytest.raises(Rejected, match="criptografia"):
        await on(redirects({f"{OURS}/a": "http://conta.example/a"}, seen)).read("a")
    assert len(seen) == 1


async def test_redirects_in_a_circle_end() -> None:
    seen: list[httpx.Request] = []
    with pytest.raises(Rejected, match="vezes demais"):
        await on(redirects({f"{OURS}/a": f"{OURS}/a"}, seen)).read("a")
    assert len(seen) == 6


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_write_is_never_redirected(status: int) -> None:
    seen: list[httpx.Request] = []
    with pytest.raises(OutcomeUnknown):
        await on(redirects({f"{OURS}/a": f"{OURS}/b"}, seen, status)).write("POST", "a", json={})
    assert len(seen) == 1


async def test_a_write_abroad_is_refused_before_it_leaves() -> None:
    seen: list[httpx.Request] = []
    with pytest.raises(Rejected, match="outro servidor"):
        await on(redirects({}, seen)).write("POST", "https://outro.example/a", json={})
    assert seen == []


async def test_a_download_abroad_carries_no_key_and_tells_no_signature() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b"arquivo") if len(seen) == 1 else httpx.Response(403)

    http = on(handler)
    into = io.BytesIO()
    signed = SecretStr("https://balde.example/x?X-Amz-Signature=assinatura123")
    assert await http.download(signed, into) == 7
    assert into.getvalue() == b"arquivo"
    with pytest.raises(Exception, match="403") as told:
        await http.download(signed, into)
    assert [credentials(request) for request in seen] == [False, False]
    assert "assinatura123" not in told_by(told.value)


async def test_a_download_is_capped() -> None:
    http = on(lambda request: httpx.Response(200, content=b"x" * 1001))
    with pytest.raises(ServerTrouble, match="maior"):
        await http.download(f"{OURS}/a", io.BytesIO(), max_bytes=1000)


class FullDisk(io.BytesIO):
    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


async def test_a_full_disk_is_told_as_one() -> None:
    http = on(lambda request: httpx.Response(200, content=b"x" * 1001))
    with pytest.raises(StoreError, match="o disco está cheio"):
        await http.download(f"{OURS}/a", FullDisk())


async def test_no_cookie_is_kept_by_an_api() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={}, headers={"set-cookie": "sessao=abc"})

    http = on(handler)
    first = await http.read("a")
    await http.read("a")
    assert "cookie" not in seen[1].headers
    assert "set-cookie" not in first.headers


async def test_a_form_is_answered_like_a_browser_does() -> None:
    """Cookies are kept, the redirect is followed with GET, and the page that came is known by its address."""
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.method == "POST":
            return httpx.Response(302, headers={"set-cookie": "sessao=abc", "location": "/painel?ok=1"})
        return httpx.Response(200, html="<h1>Painel</h1>")

    http = on(handler, base="https://monitor.example", browser=True)
    page = await http.write("POST", "entrar", form={"usuario": "ana", "senha": SecretStr("m1nha-senha")})
    assert page.url == "https://monitor.example/painel?ok=1"
    assert page.text() == "<h1>Painel</h1>"
    assert [request.method for request in seen] == ["POST", "GET"]
    assert seen[0].content == b"usuario=ana&senha=m1nha-senha"
    assert seen[1].headers["cookie"] == "sessao=abc"


async def test_a_session_cookie_stays_on_its_port() -> None:
    abroad = saying(answer("200 OK", b"{}"))
    async with faults.serving(abroad) as stranger:
        login = saying(answer("200 OK", b"{}", "Set-Cookie: sessao=abc; Path=/"))
        async with faults.serving(login) as server:
            http = Http("Monitor", server.url, browser=True)
            await http.read("a")
            await http.read("a")
            await http.read(f"{stranger.url}/b")
            await http.aclose()
    assert b"sessao=abc" in server.requests[1]
    assert b"sessao=abc" not in stranger.requests[0]


async def test_the_password_of_a_form_is_in_no_error() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("senha=m1nha-senha")

    http = on(refuse, browser=True)
    with pytest.raises(OutcomeUnknown) as told:
        await http.write("POST", "entrar", form={"senha": SecretStr("m1nha-senha")})
    assert "m1nha-senha" not in told_by(told.value)


@pytest.mark.parametrize("key", ["", "com\nquebra", "com espaço", "acentuação", "tab\t", "nul\0", "fim\r\n"])
@pytest.mark.parametrize("kind", [basic_key, bearer_key])
def test_a_key_that_no_header_can_carry(key: str, kind: Callable[[SecretStr], Auth]) -> None:
    with pytest.raises(SettingsError) as told:
        kind(SecretStr(key))
    assert not key.strip() or key.strip() not in told_by(told.value)


@pytest.mark.parametrize(
    "base",
    ["", "conta.example", "ftp://conta.example", "https://", "https://u:s3nha@conta.example", "http://["],
)
def test_an_address_that_cannot_be_used(base: str) -> None:
    with pytest.raises(SettingsError) as told:
        Http("Sistema", base)
    assert "s3nha" not in told.value.message


def test_nothing_shows_the_key() -> None:
    http = on(lambda request: httpx.Response(200))
    assert repr(http) == f"Http('Sistema', '{OURS}')"
    assert KEY not in repr(basic_key(SecretStr(KEY))) + repr(bearer_key(SecretStr(KEY)))


async def test_proxies_of_the_environment_do_not_stand_before_our_own_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{faults.refusing_port()}")
    async with faults.serving(saying(answer("200 OK", b"{}"))) as server:
        http = Http("Sistema", server.url)
        assert (await http.read("a")).status == 200
        await http.aclose()


def test_a_proxy_that_is_none_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://ana:s3nha@proxy.example")
    with pytest.raises(SettingsError) as told:
        Http("Sistema", OURS)
    assert "s3nha" not in told_by(told.value)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "empresa.pem"
    authority.cert_pem.write_to_path(path)
    return path


def presenting(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


FINE = saying(answer("200 OK", b"{}"))


async def test_the_companys_own_authority_is_believed_once_it_is_configured(
    authority: trustme.CA, ca_file: Path
) -> None:
    async with faults.serving(FINE, presenting(authority.issue_cert("127.0.0.1"))) as server:
        http = Http("Sistema", server.url, ca_file=ca_file)
        assert (await http.read("a")).status == 200
        await http.aclose()


async def test_an_unknown_authority_is_not_believed(authority: trustme.CA) -> None:
    async with faults.serving(FINE, presenting(authority.issue_cert("127.0.0.1"))) as server:
        http = Http("Sistema", server.url)
        with pytest.raises(Untrusted, match="certificado"):
            await http.read("a")
        assert server.requests == []
        await http.aclose()


async def test_a_certificate_of_another_name(authority: trustme.CA, ca_file: Path) -> None:
    async with faults.serving(FINE, presenting(authority.issue_cert("outro.example"))) as server:
        http = Http("Sistema", server.url, ca_file=ca_file)
        with pytest.raises(Untrusted):
            await http.write("POST", "a", json={})
        assert server.requests == []
        await http.aclose()


async def test_an_expired_certificate(authority: trustme.CA, ca_file: Path) -> None:
    old = authority.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    async with faults.serving(FINE, presenting(old)) as server:
        http = Http("Sistema", server.url, ca_file=ca_file)
        with pytest.raises(Untrusted, match="expired"):
            await http.read("a")
        await http.aclose()


@pytest.mark.parametrize("pieces", [(b"SSH-2.0-OpenSSH_9.2\r\n",), (60.0,)], ids=["speaks", "is silent"])
async def test_a_port_that_does_not_speak_tls(pieces: tuple[bytes | float, ...]) -> None:
    async def other_protocol(wire: faults.Wire) -> None:
        for piece in pieces:
            await (wire.send(piece) if isinstance(piece, bytes) else asyncio.sleep(piece))

    async with faults.serving(other_protocol) as server:
        http = Http("Sistema", server.url.replace("http:", "https:"), connect_timeout=0.3)
        with pytest.raises(Unreachable):
            await http.write("POST", "a", json={})
        await http.aclose()


@pytest.mark.parametrize("content", [None, "nada\n"])
def test_a_ca_file_that_is_none_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match=r"ca\.pem"):
        Http("Sistema", OURS, ca_file=path)
