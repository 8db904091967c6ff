"""Slack's client against answers that no Slack should give, and some that it does."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from clients.errors import Gone, NotFound, OutcomeUnknown, ServerTrouble, SettingsError, Unreachable
from clients.models.slack_time import ts_of
from clients.slack import Slack
from tests.support.clock import Clock
from tests.support.faults import Script, Wire, hang_up, http, refusing_port, saying, serving
from tests.support.scripted_server import Exchange, reply, scripted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

TOKEN = SecretStr("xoxb-abcd1234")
AT = ts_of(Clock().now)
HTML = b"<html><body>Service Unavailable</body></html>"


@asynccontextmanager
async def slack_at(url: str) -> AsyncIterator[Slack]:
    client = Slack.connect(url, TOKEN, sleep=Clock().sleep)
    try:
        yield client
    finally:
        await client.aclose()


@asynccontextmanager
async def slack_on(script: Script) -> AsyncIterator[Slack]:
    async with serving(script) as server, slack_at(server.url) as client:
        yield client


def ok(**body: object) -> bytes:
    return json.dumps({"ok": True, **body}).encode()


@pytest.mark.parametrize(
    "script",
    [
        hang_up,
        saying(http("200 OK", b"")),
        saying(http("200 OK", b"[]")),
        saying(http("200 OK", b'{"ok": "true"}')),
        saying(http("200 OK", b'{"ok": false}')),
        saying(http("200 OK", b'{"ok": true}')),
        saying(http("200 OK", b'{"ok": true, "ts": "agora", "message": {}}')),
        saying(http("200 OK", b'{"ok": true, "ts": 1709560000.0001, "message": {"text": "x"}}')),
        saying(http("200 OK", HTML, content_type="text/html")),
        saying(http("503 Service Unavailable", HTML, content_type="text/html")),
        saying(http("200 OK", b'{"ok": tr')[:-3]),
    ],
)
async def test_after_an_unreadable_answer_nobody_knows_whether_it_was_posted(script: Script) -> None:
    async with slack_on(script) as slack:
        with pytest.raises(OutcomeUnknown):
            await slack.post("C0SUP01", "Entrando")


async def test_a_post_that_never_left_is_certainly_not_there() -> None:
    async with slack_at(f"http://127.0.0.1:{refusing_port()}") as slack:
        with pytest.raises(Unreachable):
            await slack.post("C0SUP01", "Entrando")


PROXY_SAYS = pytest.mark.parametrize(
    "page",
    [
        http("404 Not Found", HTML, content_type="text/html"),
        http("410 Gone", HTML, content_type="text/html"),
        http("401 Unauthorized", HTML, content_type="text/html"),
        http("403 Forbidden", b""),
        http("400 Bad Request", b'{"message": "blocked"}'),
        http("404 Not Found", b'{"ok": true, "messages": []}'),
    ],
)
"""Slack refuses inside a 200: a refusal by status is of somebody in between, who knows no channels."""


@PROXY_SAYS
async def test_after_a_proxys_refusal_nobody_knows_whether_it_was_posted(page: bytes) -> None:
    async with slack_on(saying(page)) as slack:
        with pytest.raises(OutcomeUnknown):
            await slack.post("C0SUP01", "Entrando")


@PROXY_SAYS
async def test_a_proxys_refusal_says_nothing_of_a_thread(page: bytes) -> None:
    async with slack_on(saying(page)) as slack:
        with pytest.raises(ServerTrouble):
            await slack.replies("C0SUP01", "10.000100")


async def test_a_proxys_refusal_hides_nobody() -> None:
    def script(exchange: Exchange, number: int) -> None:
        if number == 0:
            reply(exchange, 404, HTML, "text/html")
        else:
            reply(exchange, body=ok(user={"id": "U1", "name": "ana"}))

    with scripted(script) as server:
        async with slack_at(server.url) as slack:
            with pytest.raises(ServerTrouble):
                await slack.names(["U1"])
            assert await slack.names(["U1"]) == {"U1": "ana"}


async def test_slacks_own_refusal_is_heard_whatever_its_status() -> None:
    refusal = b'{"ok": false, "error": "channel_not_found"}'
    async with slack_on(saying(http("404 Not Found", refusal))) as slack:
        with pytest.raises(NotFound, match="channel_not_found"):
            await slack.post("C0SUP01", "Entrando")


@pytest.mark.parametrize(
    ("word", "gone"),
    [
        ("thread_not_found", True),
        ("message_not_found", True),
        ("channel_not_found", False),
        ("user_not_found", False),
    ],
)
async def test_only_of_a_message_does_slack_say_that_it_exists_no_more(word: str, gone: bool) -> None:
    refusal = json.dumps({"ok": False, "error": word}).encode()
    async with slack_on(saying(http("200 OK", refusal))) as slack:
        with pytest.raises(NotFound) as refused:
            await slack.replies("C0SUP01", "10.000100")
    assert isinstance(refused.value, Gone) is gone


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        ok(),
        ok(messages={}),
        ok(messages="abc"),
        ok(messages=[1]),
        ok(messages=[{"text": "sem ts"}]),
        ok(messages=[{"ts": "1.5.6"}]),
        HTML,
    ],
)
async def test_a_history_in_another_shape_is_the_servers_trouble(body: bytes) -> None:
    async with slack_on(saying(http("200 OK", body))) as slack:
        with pytest.raises(ServerTrouble):
            await slack.history("C0SUP01", "0.000001")


async def test_pages_that_never_end_are_given_up() -> None:
    page = ok(messages=[], has_more=True, response_metadata={"next_cursor": "Mw=="})
    async with serving(saying(http("200 OK", page))) as server, slack_at(server.url) as slack:
        with pytest.raises(ServerTrouble, match="não terminam"):
            await slack.history("C0SUP01", "0.000001")
        assert server.connections == 2


async def test_a_cursor_arrives_as_it_was_given() -> None:
    def script(exchange: Exchange, number: int) -> None:
        cursor = {"next_cursor": "bmV4dA+/=="} if number == 0 else {}
        reply(exchange, body=ok(channels=[{"id": f"C{number}"}], response_metadata=cursor))

    with scripted(script) as server:
        async with slack_at(server.url) as slack:
            assert [one.id for one in await slack.conversations()] == ["C0", "C1"]
    first, second = (parse_qs(urlsplit(request.path).query) for request in server.received)
    assert "cursor" not in first
    assert second == {**first, "cursor": ["bmV4dA+/=="]}


async def test_a_message_that_pages_repeat_counts_once() -> None:
    def script(exchange: Exchange, number: int) -> None:
        cursor = {"next_cursor": "Mg=="} if number == 0 else {}
        head = {"ts": "10.000100", "text": "pergunta"}
        answer = {"ts": f"1{number + 1}.000100", "thread_ts": "10.000100"}
        reply(exchange, body=ok(messages=[head, answer, answer], response_metadata=cursor))

    with scripted(script) as server:
        async with slack_at(server.url) as slack:
            found = await slack.replies("C0SUP01", "10.000100")
    assert [one.ts for one in found] == ["11.000100", "12.000100"]


async def test_the_token_goes_in_the_header_and_nowhere_else() -> None:
    def script(exchange: Exchange, number: int) -> None:
        reply(exchange, body=ok(ts="10.000100", message={"text": "oi"}, user_id="U1"))

    with scripted(script) as server:
        async with slack_at(server.url) as slack:
            await slack.auth_test()
            await slack.post("C0SUP01", "oi", "9.000100", "op1")
    for request in server.received:
        assert request.headers["Authorization"] == "Bearer xoxb-abcd1234"
        assert "abcd1234" not in request.path
        assert b"abcd1234" not in request.body
    assert server.received[1].path == "/api/chat.postMessage"
    assert json.loads(server.received[1].body) == {
        "channel": "C0SUP01",
        "text": "oi",
        "thread_ts": "9.000100",
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": "plantao_op", "event_payload": {"op_id": "op1"}},
    }
    assert "abcd1234" not in repr(slack)


async def test_another_server_never_sees_the_token() -> None:
    with scripted(lambda exchange, number: reply(exchange, body=ok(user_id="U1"))) as other:

        def script(exchange: Exchange, number: int) -> None:
            reply(exchange, 302, b"", Location=f"{other.url}/api/auth.test")

        with scripted(script) as server:
            async with slack_at(server.url) as slack:
                await slack.auth_test()
    assert len(other.received) == 1
    assert "Authorization" not in other.received[0].headers


async def test_a_message_that_two_pages_show_is_found_once() -> None:
    """Pages shift when somebody writes while they are read."""

    def script(exchange: Exchange, number: int) -> None:
        metadata = {"event_type": "plantao_op", "event_payload": {"op_id": "op1"}}
        said = {"ts": AT, "user": "U1", "text": "Saí", "metadata": metadata}
        cursor = {"next_cursor": "Mg=="} if number == 1 else {}
        reply(exchange, body=ok(user_id="U1", messages=[said], response_metadata=cursor))

    with scripted(script) as server:
        async with slack_at(server.url) as slack:
            posted = await slack.find_posted("C0SUP01", "op1", Clock().now, text="Saí")
    assert len(posted.found) == 1
    assert len(server.received) == 3


async def test_metadata_that_may_not_be_read_is_done_without() -> None:
    """``include_all_metadata`` has a scope of its own on some workspaces."""

    def script(exchange: Exchange, number: int) -> None:
        if "auth.test" in exchange.path:
            reply(exchange, body=ok(user_id="U1"))
        elif "include_all_metadata" in exchange.path:
            refusal = {"ok": False, "error": "missing_scope", "needed": "metadata.message:read"}
            reply(exchange, body=json.dumps(refusal).encode())
        else:
            reply(exchange, body=ok(messages=[{"ts": AT, "user": "U1", "text": "Saí"}]))

    with scripted(script) as server:
        async with slack_at(server.url) as slack:
            posted = await slack.find_posted("C0SUP01", "op1", Clock().now, text="Saí")
    assert [one.ts for one in posted.found] == [AT]


async def test_an_answer_without_a_date_does_not_say_what_time_it_is() -> None:
    async with slack_on(saying(http("200 OK", ok(user_id="U1")))) as slack:
        with pytest.raises(ServerTrouble, match="que horas"):
            await slack.now()


@pytest.mark.parametrize("url", ["http://slack.example/api", "ftp://slack.example", "https://"])
def test_an_address_where_others_could_listen_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="Slack"):
        Slack.connect(url, TOKEN)


async def test_nothing_is_asked_before_it_is_needed() -> None:
    async def script(wire: Wire) -> None:
        await wire.take()

    async with serving(script) as server, slack_at(server.url):
        assert server.connections == 0
