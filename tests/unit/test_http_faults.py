"""Every way in which a server can fail: one typed error, no leak, and never a second write."""

import asyncio
import gzip
import logging
from dataclasses import dataclass

import httpx
import pytest
from pydantic import SecretStr

from clients.errors import (
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
from clients.http import Http, basic_key
from clients.limiter import Limiter
from tests.support import faults
from tests.support.faults import Script, http, saying
from tests.support.leaks import told_by

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

KEY = "s3gredo-da-conta"
Outcome = type[RemoteError] | None
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
JSON = b'{"id": 1}'
BOMB = gzip.compress(b" " * 30_000_000)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class Fault:
    """What a server does, what that is to a read and to a write, and whether a read is worth repeating."""

    name: str
    script: Script
    read: Outcome
    write: Outcome
    again: bool = False
    hangs: bool = False
    """Whether nothing ends it but our own patience."""


FAULTS = (
    Fault("fine", saying(http("200 OK", JSON)), None, None),
    Fault("fine 204", saying(http("204 No Content")), None, None),
    Fault("429 seconds", saying(http("429 X", b"", "Retry-After: 3")), Throttled, Throttled, again=True),
    Fault("429 absurd", saying(http("429 X", b"", "Retry-After: 99999999")), Throttled, Throttled),
    Fault("429 negative", saying(http("429 X", b"", "Retry-After: -5")), Throttled, Throttled, again=True),
    Fault("429 silent", saying(http("429 X", b"<p>")), Throttled, Throttled, again=True),
    Fault("500", saying(http("500 X", b"<h1>oops</h1>")), ServerTrouble, OutcomeUnknown, again=True),
    Fault("502 html", saying(http("502 X", b"<html>")), ServerTrouble, OutcomeUnknown, again=True),
    Fault(
        "503 comes back much later",
        saying(http("503 X", b"", "Retry-After: 100")),
        ServerTrouble,
        OutcomeUnknown,
    ),
    Fault("408", saying(http("408 X")), ServerTrouble, OutcomeUnknown, again=True),
    Fault("425", saying(http("425 X")), ServerTrouble, OutcomeUnknown, again=True),
    Fault("400", saying(http("400 X", b'{"description":"no"}')), Rejected, Rejected),
    Fault("401", saying(http("401 X", b'{"message":"no"}')), Unauthorized, Unauthorized),
    Fault("403", saying(http("403 X")), Forbidden, Forbidden),
    Fault("404 empty", saying(http("404 X")), NotFound, NotFound),
    Fault("405", saying(http("405 X")), Rejected, Rejected),
    Fault("406", saying(http("406 X")), Rejected, Rejected),
    Fault("409", saying(http("409 X")), Rejected, Rejected),
    Fault("413 early", saying(http("413 X")), Rejected, Rejected),
    Fault("415", saying(http("415 X")), Rejected, Rejected),
    Fault("422", saying(http("422 X")), Rejected, Rejected),
    Fault("407 proxy", saying(http("407 X")), Unreachable, Unreachable),
    Fault("302 nowhere", saying(http("302 X")), Rejected, OutcomeUnknown),
    Fault("302 elsewhere odd", saying(http("302 X", b"", "Location: ftp://[")), Rejected, OutcomeUnknown),
    Fault("304 unasked", saying(http("304 X")), ServerTrouble, OutcomeUnknown),
    Fault("never answers", faults.silence, ServerTrouble, OutcomeUnknown, again=True, hangs=True),
    Fault(
        "slow headers",
        saying(b"HTTP/1.1 200 OK\r\nX-A:", 60.0),
        ServerTrouble,
        OutcomeUnknown,
        again=True,
        hangs=True,
    ),
    Fault("slow body", faults.trickle, ServerTrouble, OutcomeUnknown, again=True, hangs=True),
    Fault("hangs up", faults.hang_up, ServerTrouble, OutcomeUnknown, again=True),
    Fault("resets", faults.reset_while_reading, ServerTrouble, OutcomeUnknown, again=True),
    Fault(
        "truncated body",
        saying(HEAD + b'Content-Length: 50\r\n\r\n{"id":'),
        ServerTrouble,
        OutcomeUnknown,
        again=True,
    ),
    Fault("truncated chunk", saying(CHUNKED + b"10\r\n{"), ServerTrouble, OutcomeUnknown, again=True),
    Fault("broken chunk", saying(CHUNKED + b"zz\r\n{}"), ServerTrouble, OutcomeUnknown, again=True),
    Fault("not HTTP", saying(b"SSH-2.0-OpenSSH_9.2\r\n"), ServerTrouble, OutcomeUnknown, again=True),
    Fault("truncated JSON", saying(http("200 OK", b'{"id": 1, "a')), ServerTrouble, OutcomeUnknown),
    Fault("empty 200", saying(http("200 OK")), ServerTrouble, OutcomeUnknown),
    Fault(
        "login page with 200",
        saying(http("200 OK", b"<html><form>", content_type="text/html")),
        ServerTrouble,
        OutcomeUnknown,
    ),
    Fault("deep JSON", saying(http("200 OK", b"[" * 200_000)), ServerTrouble, OutcomeUnknown),
    Fault(
        "huge integer", saying(http("200 OK", b'{"id":' + b"9" * 5000 + b"}")), ServerTrouble, OutcomeUnknown
    ),
    Fault("NaN", saying(http("200 OK", b'{"id": NaN}')), None, None),
    Fault("BOM", saying(http("200 OK", b"\xef\xbb\xbf" + JSON)), None, None),
    Fault("UTF-16", saying(http("200 OK", '{"id": 1}'.encode("utf-16"))), None, None),
    Fault("Latin-1", saying(http("200 OK", '{"nome": "João"}'.encode("latin-1"))), None, None),
    Fault(
        "unknown charset",
        saying(http("200 OK", b'{"a": "\xe3"}', content_type="application/json; charset=klingon")),
        None,
        None,
    ),
    Fault("huge body", saying(http("200 OK", b" " * 3_000_000)), ServerTrouble, OutcomeUnknown),
    Fault("gzip bomb", saying(http("200 OK", BOMB, "Content-Encoding: gzip")), ServerTrouble, OutcomeUnknown),
    Fault(
        "gzip in gzip",
        saying(http("200 OK", gzip.compress(BOMB), "Content-Encoding: gzip, gzip")),
        ServerTrouble,
        OutcomeUnknown,
    ),
    Fault(
        "bad gzip",
        saying(http("200 OK", b"nothing packed", "Content-Encoding: gzip")),
        ServerTrouble,
        OutcomeUnknown,
        again=True,
    ),
)


class Still:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def asking(url: str, *, hangs: bool = False) -> Http:
    """A client that gives up soon on what ``hangs``, and never where a busy machine is merely slow."""
    still = Still()
    return Http(
        "Freshdesk",
        url,
        auth=basic_key(SecretStr(KEY)),
        limiter=Limiter(clock=lambda: still.now, sleep=still.sleep),
        connect_timeout=30.0,
        read_timeout=0.4 if hangs else 30.0,
        total_timeout=0.8 if hangs else 60.0,
        max_bytes=2_000_000,
    )


async def error_of(http: Http, *, writing: bool) -> RemoteError | None:
    try:
        if writing:
            await http.write("POST", "tickets/1/reply", json={"body": "olá"})
        else:
            answer = await http.read("tickets/1")
            if answer.status != 204:
                answer.json()
    except RemoteError as error:
        return error
    finally:
        await http.aclose()
    return None


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_read_ends_in_one_typed_error(
    fault: Fault, attempts: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with faults.serving(fault.script) as server:
        error = await error_of(asking(server.url, hangs=fault.hangs), writing=False)
    assert type(error) is (fault.read or type(None))
    assert server.connections == (attempts if fault.again else 1)
    assert KEY not in caplog.text
    assert error is None or KEY not in told_by(error)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_write_is_sent_once_and_says_whether_it_was_done(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with faults.serving(fault.script) as server:
        error = await error_of(asking(server.url, hangs=fault.hangs), writing=True)
    assert type(error) is (fault.write or type(None))
    assert server.connections == 1
    assert KEY not in caplog.text
    assert error is None or KEY not in told_by(error)


@pytest.mark.parametrize("writing", [False, True])
async def test_nobody_listens(writing: bool) -> None:
    error = await error_of(asking(f"http://127.0.0.1:{faults.refusing_port()}"), writing=writing)
    assert type(error) is Unreachable
    assert "recusada" in error.message


@pytest.mark.parametrize(
    ("fault", "write"),
    [
        (httpx.ConnectTimeout("x"), Unreachable),
        (httpx.PoolTimeout("x"), Unreachable),
        (httpx.ConnectError("[Errno -2] Name or service not known"), Unreachable),
        (httpx.ProxyError("407"), Unreachable),
        (httpx.LocalProtocolError(f"Illegal header value b'{KEY}'"), Unreachable),
        (httpx.ReadError("x"), OutcomeUnknown),
        (httpx.WriteError("x"), OutcomeUnknown),
        (httpx.RemoteProtocolError("x"), OutcomeUnknown),
        (ConnectionResetError("x"), OutcomeUnknown),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_what_was_never_sent_is_told_from_what_may_have_arrived(
    fault: Exception, write: type[RemoteError]
) -> None:
    calls = 0

    def fail(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        raise fault

    key = basic_key(SecretStr(KEY))
    http = Http("Freshdesk", "https://conta.example/api", auth=key, transport=httpx.MockTransport(fail))
    error = await error_of(http, writing=True)
    assert type(error) is write
    assert calls == 1
    assert KEY not in told_by(error)


async def test_an_upload_that_the_server_does_not_read_ends() -> None:
    async with faults.serving(faults.deafness) as server:
        http = asking(server.url, hangs=True)
        with pytest.raises(OutcomeUnknown):
            await http.write("POST", "x", json={"body": "x" * 20_000_000})
        await http.aclose()


async def test_a_kept_connection_that_the_server_closed_is_not_used() -> None:
    async def once(wire: faults.Wire) -> None:
        await wire.take()
        await wire.send(HEAD + b"Content-Length: 9\r\n\r\n" + JSON)  # promises to stay, and leaves

    async with faults.serving(once) as server:
        http = asking(server.url)
        await http.read("a")
        await asyncio.sleep(0.05)
        assert (await http.write("POST", "b", json={})).json() == {"id": 1}
        await http.aclose()


async def test_a_refusal_says_why_field_by_field() -> None:
    body = b"""{"description":"Validation failed","errors":[
        {"field":"status","message":"It should be one of these values: '2,3'","code":"invalid_value"},
        {"message":"Sem campo"}]}"""
    async with faults.serving(saying(http("400 Bad Request", body))) as server:
        error = await error_of(asking(server.url), writing=True)
    assert error is not None
    assert error.message == "Freshdesk: status: It should be one of these values: '2,3'\nSem campo"
    assert error.status == 400


async def test_the_limit_says_when_to_come_back() -> None:
    async with faults.serving(saying(http("429 X", b"", "Retry-After: 42"))) as server:
        http_client = asking(server.url)
        with pytest.raises(Throttled, match="limite da conta, volta em 42 s") as told:
            await http_client.read("a")
        assert told.value.retry_after == 42
        with pytest.raises(Throttled, match="volta em 42 s"):
            await http_client.read("b")
        assert server.connections == 1  # the second was held back here
        await http_client.aclose()


async def test_a_limit_by_the_hour_is_respected_for_as_long_as_it_says() -> None:
    async with faults.serving(saying(http("429 X", b"", "Retry-After: 1800"))) as server:
        http_client = asking(server.url)
        for path in ("a", "b"):
            with pytest.raises(Throttled, match="volta em 30 min") as told:
                await http_client.read(path)
            assert told.value.retry_after == pytest.approx(1800, abs=60)
        assert server.connections == 1
        await http_client.aclose()


async def test_a_read_that_succeeds_at_the_second_try() -> None:
    answers = [http("503 X"), http("200 OK", JSON)]

    async def better(wire: faults.Wire) -> None:
        await wire.take()
        await wire.send(answers.pop(0))

    async with faults.serving(better) as server:
        client = asking(server.url)
        assert (await client.read("a")).json() == {"id": 1}
        await client.aclose()


async def test_text_that_no_json_can_hold_is_not_sent() -> None:
    async with faults.serving(saying(http("200 OK", JSON))) as server:
        client = asking(server.url)
        with pytest.raises(Rejected):
            await client.write("POST", "a", json={"body": "\ud800"})
        assert server.connections == 0
        await client.aclose()
