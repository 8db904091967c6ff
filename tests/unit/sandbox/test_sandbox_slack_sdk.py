"""Slack's own client library, blocking and asynchronous, finds the sandbox to be Slack."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from clients.sandbox.server import Running

Call = Callable[..., dict[str, Any]]
"""Calls a method of the library by its name; returns the answer's data."""


@pytest.fixture(params=["blocking", "asyncio"])
def call(request: pytest.FixtureRequest, sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> Call:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    return _calling(request.param, sandbox, "bot")


def _calling(kind: str, sandbox: Running, token: str) -> Call:
    base, secret = f"{sandbox.urls.slack}/api/", sandbox.keys.slack[token]

    def blocking(method: str, **arguments: object) -> dict[str, Any]:
        answer = getattr(WebClient(secret, base_url=base), method)(**arguments)
        assert isinstance(answer.data, dict)
        return answer.data

    def asynchronous(method: str, **arguments: object) -> dict[str, Any]:
        async def run() -> dict[str, Any]:
            answer = await getattr(AsyncWebClient(secret, base_url=base), method)(**arguments)
            assert isinstance(answer.data, dict)
            return answer.data

        return asyncio.run(run())

    return blocking if kind == "blocking" else asynchronous


def channel_id(call: Call, name: str) -> str:
    channels = call("conversations_list", types="public_channel,private_channel")["channels"]
    return next(str(one["id"]) for one in channels if one["name"] == name)


def test_it_knows_who_it_is(call: Call) -> None:
    me = call("auth_test")
    assert (me["user_id"], me["bot_id"], me["url"]) == ("U0BOT01", "B0AAA1", "https://exemplo.slack.com/")


def test_it_walks_the_channels_by_cursor(call: Call) -> None:
    names: list[str] = []
    cursor = ""
    while True:
        page = call(
            "conversations_list",
            types=["public_channel", "private_channel"],
            exclude_archived=True,
            limit=1,
            cursor=cursor,
        )
        names += (one["name"] for one in page["channels"])
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
        assert cursor.endswith("=")
    assert names == ["freshdesk", "gestor_suporte", "gestor_remote", "suporte"]


def test_it_reads_a_channel_and_a_thread(call: Call) -> None:
    manager = channel_id(call, "gestor_suporte")
    said = call("conversations_history", channel=manager, limit=200)["messages"]
    head = next(one for one in said if one.get("reply_count") and "CT-e" in one["text"])
    thread = call("conversations_replies", channel=manager, ts=head["ts"])["messages"]
    assert [one["ts"] for one in thread] == sorted(one["ts"] for one in thread)
    assert len(thread) == 1 + head["reply_count"]


def test_it_posts_and_finds_the_address(call: Call) -> None:
    servers = channel_id(call, "gestor_remote")
    posted = call(
        "chat_postMessage",
        channel=servers,
        text="Entrando em &lt;Rio Manso&gt;",
        metadata={"event_type": "plantao_op", "event_payload": {"op_id": "a1"}},
    )
    assert posted["message"]["bot_id"] == "B0AAA1"
    assert "warning" not in posted, "the library names the charset"
    found = call("conversations_history", channel=servers, limit=1, include_all_metadata=True)["messages"][0]
    assert (found["ts"], found["text"]) == (posted["ts"], "Entrando em &lt;Rio Manso&gt;")
    assert found["metadata"]["event_payload"] == {"op_id": "a1"}
    link = call("chat_getPermalink", channel=servers, message_ts=posted["ts"])["permalink"]
    assert link == f"https://exemplo.slack.com/archives/{servers}/p{posted['ts'].replace('.', '')}"


def test_it_answers_in_a_thread(call: Call) -> None:
    servers = channel_id(call, "gestor_remote")
    head = call("conversations_history", channel=servers, limit=1)["messages"][0]
    posted = call("chat_postMessage", channel=servers, text="eu também", thread_ts=head["ts"])
    assert posted["message"]["thread_ts"] == head["ts"]
    assert call("conversations_replies", channel=servers, ts=head["ts"])["messages"][-1]["ts"] == posted["ts"]


def test_it_knows_the_people(call: Call) -> None:
    assert call("users_info", user="U0AGT01")["user"]["profile"]["display_name"] == "Beatriz"
    assert len(call("users_list", limit=100)["members"]) == 7


def test_it_reacts_once(call: Call) -> None:
    servers = channel_id(call, "gestor_remote")
    posted = call("chat_postMessage", channel=servers, text="feito")
    where = {"channel": servers, "timestamp": posted["ts"], "name": "eyes"}
    assert call("reactions_add", **where)["ok"] is True
    with pytest.raises(SlackApiError, match="already_reacted"):
        call("reactions_add", **where)


def test_it_is_told_what_went_wrong(call: Call, sandbox: Running) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        call("conversations_history", channel="C0NADA01")
    sandbox.knobs.slack.next_errors = ["cafe_acabou"]
    with pytest.raises(SlackApiError, match="cafe_acabou"):
        call("auth_test")


@pytest.mark.parametrize("kind", ["blocking", "asyncio"])
def test_it_is_told_which_scope_is_missing(sandbox: Running, kind: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        _calling(kind, sandbox, "limited")("users_list")
    assert refused.value.response["needed"] == "users:read"


def test_it_is_told_when_to_come_back(call: Call, sandbox: Running) -> None:
    servers = channel_id(call, "gestor_remote")
    sandbox.knobs.slack.tier = "restricted"
    call("conversations_history", channel=servers)
    with pytest.raises(SlackApiError) as throttled:
        call("conversations_history", channel=servers)
    assert throttled.value.response.status_code == 429
    assert throttled.value.response.headers["Retry-After"] == "60"
