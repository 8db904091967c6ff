"""The sandbox's Slack, over plain httpx: the envelope, the traps, and what happens there by itself."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from clients.models.slack_time import moment_of
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.sandbox import slack

TICKETS, MANAGER, SERVERS, TEAM = (f"C0PLANT0{place}" for place in range(1, 5))
Json = dict[str, object]


@pytest.fixture
def web(sandbox: Running) -> Iterator[httpx.Client]:
    with slack(sandbox, "bot") as client:
        yield client


def call(web: httpx.Client, method: str, **arguments: object) -> dict[str, object]:
    answer = web.post(method, json=arguments).json()
    assert isinstance(answer, dict)
    return answer


def said(web: httpx.Client, channel: str, **arguments: object) -> list[Json]:
    answer = call(web, "conversations.history", channel=channel, limit=200, **arguments)
    messages = answer["messages"]
    assert isinstance(messages, list)
    return messages


def test_only_a_bearer_token_opens(sandbox: Running) -> None:
    address = f"{sandbox.urls.slack}/api/auth.test"
    good = sandbox.keys.slack["bot"]
    assert httpx.post(address).json() == {"ok": False, "error": "not_authed"}
    assert httpx.post(f"{address}?token={good}").json()["error"] == "not_authed"
    assert (
        httpx.post(address, headers={"Authorization": "Bearer xoxb-errado"}).json()["error"] == "invalid_auth"
    )
    assert httpx.get(address, headers={"Authorization": f"Bearer {good}"}).json()["user_id"] == "U0BOT01"


def test_arguments_come_from_anywhere(web: httpx.Client) -> None:
    expected = web.get("conversations.info", params={"channel": SERVERS}).json()
    assert expected["channel"]["name"] == "gestor_remote"
    assert web.post("conversations.info", params={"channel": SERVERS}).json() == expected
    assert web.post("conversations.info", data={"channel": SERVERS}).json() == expected
    as_json = web.post("conversations.info", json={"channel": SERVERS}).json()
    assert as_json["warning"] == "missing_charset"
    assert as_json["channel"] == expected["channel"]


def test_a_scope_that_is_missing_is_named(sandbox: Running) -> None:
    with slack(sandbox, "limited") as limited:
        assert call(limited, "conversations.history", channel=MANAGER) == {
            "ok": False,
            "error": "missing_scope",
            "needed": "groups:history",
            "provided": "channels:read,groups:read,chat:write",
        }
        assert call(limited, "users.list")["needed"] == "users:read"


def test_history_is_newest_first_and_replies_oldest_first(web: httpx.Client) -> None:
    times = [str(one["ts"]) for one in said(web, MANAGER)]
    assert times == sorted(times, reverse=True)
    (head,) = (one for one in said(web, MANAGER) if "CT-e parado" in str(one["text"]))
    assert head["thread_ts"] == head["ts"]
    assert head["reply_count"] == 2
    answer = web.get("conversations.replies", params={"channel": MANAGER, "ts": str(head["ts"])}).json()
    thread = [one["ts"] for one in answer["messages"]]
    assert thread == sorted(thread)
    assert thread[0] == head["ts"]
    assert not set(thread[1:]) & set(times), "replies are no part of the history"
    alone = web.get("conversations.replies", params={"channel": MANAGER, "ts": thread[1]}).json()
    assert [one["ts"] for one in alone["messages"]] == [thread[1]]


def test_every_page_of_a_thread_begins_with_its_parent(web: httpx.Client) -> None:
    head = next(one for one in said(web, MANAGER) if "CT-e parado" in str(one["text"]))
    first = call(web, "conversations.replies", channel=MANAGER, ts=head["ts"], limit=1)
    told = first["response_metadata"]
    assert isinstance(told, dict)
    cursor = told["next_cursor"]
    assert cursor.endswith("=")
    second = call(web, "conversations.replies", channel=MANAGER, ts=head["ts"], limit=1, cursor=cursor)
    for page in (first["messages"], second["messages"]):
        assert isinstance(page, list)
        assert [one["ts"] == head["ts"] for one in page] == [True, False]
    assert first["has_more"] is True
    assert second["has_more"] is False


def test_a_cursor_that_is_none_is_refused(web: httpx.Client) -> None:
    assert call(web, "users.list", cursor="nada")["error"] == "invalid_cursor"


def test_pages_may_be_empty_and_go_on(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.slack.empty_pages = True
    page = call(web, "users.list")
    assert page["members"] == []
    told = page["response_metadata"]
    assert isinstance(told, dict)
    assert call(web, "users.list", cursor=told["next_cursor"])["members"]


def test_bounds_are_exclusive_unless_asked_otherwise(web: httpx.Client) -> None:
    newest, *_, oldest = said(web, SERVERS)
    between = said(web, SERVERS, oldest=oldest["ts"], latest=newest["ts"])
    assert newest not in between
    assert oldest not in between
    assert said(web, SERVERS, oldest=oldest["ts"], latest=newest["ts"], inclusive=True) == [
        newest,
        *between,
        oldest,
    ]
    assert call(web, "conversations.history", channel=SERVERS, oldest="ontem")["error"] == "invalid_ts_oldest"


def test_a_channel_is_read_and_written_by_members_only(sandbox: Running, web: httpx.Client) -> None:
    assert call(web, "conversations.history", channel=TEAM)["error"] == "not_in_channel"
    assert call(web, "chat.postMessage", channel=TEAM, text="oi")["error"] == "not_in_channel"
    assert call(web, "conversations.join", channel=TEAM)["ok"] is True
    assert call(web, "conversations.history", channel=TEAM)["ok"] is True
    assert call(web, "conversations.history", channel="C0NADA01")["error"] == "channel_not_found"


def test_messages_come_without_user_and_with_unheard_of_subtypes(sandbox: Running) -> None:
    with slack(sandbox, "analyst") as web:
        messages = said(web, TEAM)
    assert {"channel_join", "wave_to_the_team", "bot_message", "file_share"} <= {
        str(one.get("subtype")) for one in messages
    }
    assert [one for one in messages if "user" not in one and one["username"] == "Lembretes"]


def test_a_throttled_call_says_how_long(sandbox: Running, web: httpx.Client) -> None:
    for _ in range(20):
        assert web.get("users.list").status_code == 200
    refused = web.get("users.list")
    assert refused.status_code == 429
    assert refused.json() == {"ok": False, "error": "ratelimited"}
    assert refused.headers["Retry-After"] == "60"
    assert web.get("auth.test").status_code == 200, "each method has its own limit"
    sandbox.knobs.clock.offset_seconds += 60
    assert web.get("users.list").status_code == 200


def test_the_low_tier_gives_fifteen_messages_a_minute(sandbox: Running, web: httpx.Client) -> None:
    for _ in range(4):
        for number in range(5):
            assert call(web, "chat.postMessage", channel=SERVERS, text=f"aviso {number}")["ok"]
        sandbox.knobs.clock.offset_seconds += 10
    sandbox.knobs.slack.tier = "restricted"
    page = call(web, "conversations.history", channel=SERVERS, limit=200)
    assert isinstance(page["messages"], list)
    assert len(page["messages"]) == 15
    assert page["has_more"] is True
    refused = web.get("conversations.history", params={"channel": SERVERS})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")


def test_a_channel_takes_a_burst_and_then_a_message_a_second(sandbox: Running, web: httpx.Client) -> None:
    answers = [web.post("chat.postMessage", json={"channel": SERVERS, "text": "x"}) for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    sandbox.knobs.clock.offset_seconds += int(answers[-1].headers["Retry-After"])
    assert call(web, "chat.postMessage", channel=SERVERS, text="x")["ok"] is True


def test_any_word_can_be_the_next_error(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.slack.next_errors = ["rate_limited", "cafe_acabou"]
    assert call(web, "chat.postMessage", channel=SERVERS, text="x") == {"ok": False, "error": "rate_limited"}
    assert call(web, "auth.test") == {"ok": False, "error": "cafe_acabou"}
    assert call(web, "auth.test")["ok"] is True


def test_an_error_may_come_after_the_work_was_done(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.slack.next_errors, sandbox.knobs.slack.errors_after_commit = ["internal_error"], True
    assert call(web, "chat.postMessage", channel=SERVERS, text="foi mesmo")["error"] == "internal_error"
    assert said(web, SERVERS)[0]["text"] == "foi mesmo"


def test_an_outage_answers_with_a_page(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.slack.next_5xx, sandbox.knobs.slack.status_5xx = 1, 503
    answer = web.get("auth.test")
    assert answer.status_code == 503
    assert answer.headers["content-type"].startswith("text/html")


def test_a_connection_can_be_cut_after_the_message_was_posted(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.slack.drop_after_commit = 1
    with pytest.raises(httpx.TransportError):
        web.post("chat.postMessage", json={"channel": SERVERS, "text": "cortada"})
    assert said(web, SERVERS)[0]["text"] == "cortada"


def test_a_reaction_is_put_once(web: httpx.Client) -> None:
    ts = said(web, SERVERS)[0]["ts"]
    where = {"channel": SERVERS, "timestamp": ts, "name": "eyes"}
    assert call(web, "reactions.add", **where) == {
        "ok": True,
        "warning": "missing_charset",
        "response_metadata": {"warnings": ["missing_charset"]},
    }
    assert call(web, "reactions.add", **where)["error"] == "already_reacted"
    assert call(web, "reactions.add", **{**where, "name": "não existe"})["error"] == "invalid_name"
    assert said(web, SERVERS)[0]["reactions"] == [{"name": "eyes", "count": 1, "users": ["U0BOT01"]}]


def test_metadata_is_for_those_who_ask_for_it(sandbox: Running, web: httpx.Client) -> None:
    metadata = {"event_type": "x", "event_payload": {"a": "1"}}
    call(web, "chat.postMessage", channel=SERVERS, text="marcada", metadata=metadata)
    assert "metadata" not in said(web, SERVERS)[0]
    assert said(web, SERVERS, include_all_metadata=True)[0]["metadata"] == metadata
    sandbox.knobs.slack.metadata_returned = False
    assert "metadata" not in said(web, SERVERS, include_all_metadata=True)[0]


def test_a_new_ticket_is_announced(sandbox: Running, web: httpx.Client, open_ticket: int) -> None:
    newest = said(web, TICKETS)[0]
    link = f"<https://exemplo.freshdesk.com/a/tickets/{open_ticket}|#{open_ticket}>"
    assert str(newest["text"]).startswith(f"Novo ticket {link}: CT-e não autoriza (")
    assert "user" not in newest
    assert newest["username"] == "Freshdesk"


def test_hostile_subjects_call_nobody_on_the_channel(web: httpx.Client) -> None:
    texts = [str(one["text"]) for one in said(web, TICKETS)]
    assert len(texts) > 3
    assert not [text for text in texts if "<!" in text or "<@" in text]


def test_a_question_is_answered_in_its_thread_after_a_while(sandbox: Running, web: httpx.Client) -> None:
    posted = call(web, "chat.postMessage", channel=MANAGER, text="Para quem vai o ticket 4102?")
    thread = {"channel": MANAGER, "ts": str(posted["ts"])}
    sandbox.knobs.clock.offset_seconds += 89
    assert len(web.get("conversations.replies", params=thread).json()["messages"]) == 1
    sandbox.knobs.clock.offset_seconds += 2
    _, answer = web.get("conversations.replies", params=thread).json()["messages"]
    assert answer["user"] == "U0AGT06"
    assert "rioridade" in answer["text"] or "baixa" in answer["text"]
    sandbox.knobs.clock.offset_seconds += 600
    assert len(web.get("conversations.replies", params=thread).json()["messages"]) == 2


def test_a_colleague_may_never_answer(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.slack.answer_after_seconds = None
    posted = call(web, "chat.postMessage", channel=MANAGER, text="Alguém?")
    sandbox.knobs.clock.offset_seconds += 3600
    thread = {"channel": MANAGER, "ts": str(posted["ts"])}
    assert len(web.get("conversations.replies", params=thread).json()["messages"]) == 1


def test_answers_are_dated_by_the_clock_that_dates_the_messages(sandbox: Running, web: httpx.Client) -> None:
    sandbox.knobs.clock.offset_seconds += 3600
    posted = web.post("chat.postMessage", json={"channel": SERVERS, "text": "que horas são?"})
    told = parsedate_to_datetime(posted.headers["Date"])
    assert told == sandbox.clock().replace(microsecond=0)
    assert abs(moment_of(posted.json()["ts"]) - told) < timedelta(seconds=1)
    sandbox.knobs.slack.next_5xx = 1
    assert web.get("auth.test").headers.get_list("Date") == posted.headers.get_list("Date")


def test_what_was_said_outlives_a_restart(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=20, clock=frozen) as running, slack(running, "bot") as web:
        call(web, "chat.postMessage", channel=SERVERS, text="fica")
        before, token = said(web, TICKETS), running.keys.slack["bot"]
    with running_sandbox(tmp_path, clock=frozen) as running, slack(running, "bot") as web:
        assert running.keys.slack["bot"] == token
        assert said(web, SERVERS)[0]["text"] == "fica"
        assert said(web, TICKETS) == before, "no ticket is announced twice"
