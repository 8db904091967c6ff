"""Faults that can be turned on, and the record of what came in."""

import httpx
import pytest

from clients.sandbox.server import Running
from tests.support.sandbox import control


def test_latency_delays_every_answer(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.freshdesk.latency_ms = 2000
    with pytest.raises(httpx.ReadTimeout):
        api.get("agents/me", timeout=0.5)
    sandbox.knobs.freshdesk.latency_ms = 0
    assert api.get("agents/me").status_code == 200


def test_the_next_answers_are_429_with_retry_after(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.freshdesk.next_429 = 2
    sandbox.knobs.freshdesk.retry_after = 3
    answers = [api.get("agents/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "3"
    assert "X-RateLimit-Total" in answers[0].headers


def test_dropped_after_commit_it_is_done_and_unknown(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    sandbox.knobs.freshdesk.drop_after_commit = 1
    with pytest.raises(httpx.TransportError):
        api.post(f"tickets/{open_ticket}/reply", json={"body": "chegou?"})
    assert [row["body"] for row in api.get(f"tickets/{open_ticket}/conversations").json()] == ["chegou?"]
    write = sandbox.journal.of("freshdesk", "POST", "/reply")[-1]
    assert (write.status, write.dropped) == (201, True)


def test_dropped_before_commit_nothing_was_done(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    sandbox.knobs.freshdesk.drop_before_commit = 1
    with pytest.raises(httpx.TransportError):
        api.post(f"tickets/{open_ticket}/reply", json={"body": "chegou?"})
    assert api.get(f"tickets/{open_ticket}/conversations").json() == []
    write = sandbox.journal.of("freshdesk", "POST", "/reply")[-1]
    assert (write.status, write.dropped) == (None, True)


def test_drops_wait_for_a_write(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    sandbox.knobs.freshdesk.drop_after_commit = 1
    assert api.get(f"tickets/{open_ticket}").status_code == 200
    assert sandbox.knobs.freshdesk.drop_after_commit == 1


def test_faults_can_be_kept_for_one_kind_of_call(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    sandbox.knobs.freshdesk.faults_on = "/reply"
    sandbox.knobs.freshdesk.next_5xx = 1
    sandbox.knobs.freshdesk.status_5xx = 503
    assert api.get("tickets").status_code == 200
    assert api.put(f"tickets/{open_ticket}", json={"type": "Bug"}).status_code == 200
    assert api.post(f"tickets/{open_ticket}/reply", json={"body": "x"}).status_code == 503
    assert api.post(f"tickets/{open_ticket}/reply", json={"body": "x"}).status_code == 201


def test_a_read_can_be_dropped_if_it_is_named(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.freshdesk.faults_on = "GET /api/v2/agents"
    sandbox.knobs.freshdesk.drop_before_commit = 1
    with pytest.raises(httpx.TransportError):
        api.get("agents/me")
    assert api.get("agents/me").status_code == 200


def test_the_journal_counts_every_write(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    for _ in range(2):
        api.post(f"tickets/{open_ticket}/notes", json={"body": "duas vezes"})
    api.get("tickets")
    with control(sandbox) as client:
        writes = client.get("journal").json()["writes"]
        notes = [write for write in writes if write["path"].endswith("/notes")]
        assert [(write["method"], write["status"]) for write in notes] == [("POST", 201)] * 2
        assert "duas vezes" in notes[0]["body"]
        assert not [write for write in writes if write["method"] == "GET"]
        assert client.delete("journal").status_code == 204
    assert sandbox.journal.writes == []


def test_knobs_are_turned_over_http(sandbox: Running, api: httpx.Client) -> None:
    with control(sandbox) as client:
        answer = client.put("knobs", json={"freshdesk": {"next_5xx": 1}, "clock": {"offset_seconds": 60}})
        assert answer.status_code == 200
        assert answer.json()["freshdesk"]["next_5xx"] == 1
        assert api.get("agents/me").status_code == 502
        assert client.get("knobs").json()["freshdesk"]["next_5xx"] == 0
    assert sandbox.knobs.clock.offset_seconds == 60


@pytest.mark.parametrize(
    "changes",
    [{"freshdesk": {"next_5xx": -1}}, {"freshdesk": {"nada": 1}}, {"outro": {"x": 1}}, {"freshdesk": 3}, []],
)
def test_knobs_that_do_not_exist_turn_nothing(sandbox: Running, changes: object) -> None:
    with control(sandbox) as client:
        before = client.get("knobs").json()
        assert client.put("knobs", json=changes).status_code == 400
        assert client.get("knobs").json() == before


def test_the_control_has_its_own_token(sandbox: Running) -> None:
    for path in ("knobs", "journal"):
        assert httpx.get(f"{sandbox.urls.control}/_sandbox/{path}").status_code == 401
    say = {"ticket_id": 1, "text": "x"}
    assert httpx.post(f"{sandbox.urls.control}/_sandbox/say", json=say).status_code == 401


def test_the_client_speaks_over_http(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    with control(sandbox) as client:
        answer = client.post("say", json={"ticket_id": open_ticket, "text": "linha 1\n<b> & linha 2"})
        assert answer.status_code == 201
        assert client.post("say", json={"ticket_id": 1, "text": "x"}).status_code == 404
        assert client.post("say", json={"text": "x"}).status_code == 400
    row = api.get(f"tickets/{open_ticket}/conversations").json()[-1]
    assert row["id"] == answer.json()["conversation_id"]
    assert row["body"] == "linha 1<br>&lt;b&gt; &amp; linha 2"


def test_redmine_is_served_and_its_writes_are_in_the_journal(sandbox: Running) -> None:
    key = next(iter(sandbox.keys.redmine.values()))
    headers = {"X-Redmine-API-Key": key}
    issues = httpx.get(f"{sandbox.urls.redmine}/issues.json", headers=headers).json()["issues"]
    assert issues
    url = f"{sandbox.urls.redmine}/issues/{issues[0]['id']}.json"
    httpx.put(url, headers=headers, json={"issue": {"notes": "vi"}})
    assert [write.method for write in sandbox.journal.of("redmine")] == ["PUT"]
