"""Replies, notes, files and time."""

from typing import Any

import httpx
import pytest

from clients.sandbox.server import Running
from tests.support.sandbox import error_codes, freshdesk

MEGABYTE = 1024 * 1024


def said(api: httpx.Client, ticket: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = api.get(f"tickets/{ticket}/conversations").json()
    return rows


def stats(api: httpx.Client, ticket: int) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"tickets/{ticket}?include=stats").json()["stats"]
    return found


def test_a_reply_answers_less_than_a_conversation(api: httpx.Client, open_ticket: int) -> None:
    body = {"body": "<div>Olá<br>tudo certo</div>", "cc_emails": ["fiscal@exemplo.com.br"]}
    answer = api.post(f"tickets/{open_ticket}/reply", json=body)
    assert answer.status_code == 201
    assert not answer.json().keys() & {"private", "incoming", "source"}
    assert answer.json()["replied_to"]
    row = said(api, open_ticket)[-1]
    assert (row["id"], row["incoming"], row["private"], row["source"]) == (
        answer.json()["id"],
        False,
        False,
        0,
    )
    assert row["body"] == body["body"]
    assert row["body_text"] == "Olá  tudo certo"


def test_a_reply_is_the_first_response_and_moves_the_ticket(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    before = api.get(f"tickets/{open_ticket}").json()
    assert stats(api, open_ticket)["first_responded_at"] is None
    sandbox.knobs.clock.offset_seconds = 10
    first = api.post(f"tickets/{open_ticket}/reply", json={"body": "a"}).json()["created_at"]
    sandbox.knobs.clock.offset_seconds = 20
    second = api.post(f"tickets/{open_ticket}/reply", json={"body": "b"}).json()["created_at"]
    after = stats(api, open_ticket)
    assert (after["first_responded_at"], after["agent_responded_at"]) == (first, second)
    ticket = api.get(f"tickets/{open_ticket}").json()
    assert ticket["updated_at"] == second
    assert ticket["status"] == before["status"]


def test_a_note_is_private_unless_it_says_otherwise(api: httpx.Client, open_ticket: int) -> None:
    answer = api.post(f"tickets/{open_ticket}/notes", json={"body": "só entre nós"})
    assert answer.status_code == 201
    assert answer.json()["private"] is True
    assert "source" not in answer.json()
    assert answer.json()["notified_to"] == []
    assert stats(api, open_ticket)["agent_responded_at"] is None
    public = api.post(f"tickets/{open_ticket}/notes", json={"body": "para todos", "private": False})
    assert public.json()["private"] is False
    assert stats(api, open_ticket)["agent_responded_at"]


def test_the_client_answers(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    api.put(f"tickets/{open_ticket}", json={"status": 6})
    number = sandbox.say(open_ticket, "<div>Segue o print</div>")
    row = said(api, open_ticket)[-1]
    ticket = api.get(f"tickets/{open_ticket}").json()
    assert (row["id"], row["incoming"], row["user_id"]) == (number, True, ticket["requester_id"])
    assert ticket["status"] == 2
    assert stats(api, open_ticket)["requester_responded_at"] == row["created_at"]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("reply", {}, ("body", "missing_field")),
        ("reply", {"body": "x", "to_emails": ["a@exemplo.com.br"]}, ("to_emails", "invalid_field")),
        ("reply", {"body": "x", "from_email": "eu@exemplo.com.br"}, ("from_email", "invalid_value")),
        ("reply", {"body": "x", "private": True}, ("private", "invalid_field")),
        ("notes", {"private": True}, ("body", "missing_field")),
        ("notes", {"body": "x", "private": "sim"}, ("private", "datatype_mismatch")),
    ],
)
def test_what_a_message_may_not_have(
    api: httpx.Client, open_ticket: int, path: str, body: dict[str, object], expected: tuple[str, str]
) -> None:
    answer = api.post(f"tickets/{open_ticket}/{path}", json=body)
    assert (answer.status_code, error_codes(answer)) == (400, [expected])
    assert said(api, open_ticket) == []


def test_messages_come_oldest_first_and_in_pages(api: httpx.Client, open_ticket: int) -> None:
    for number in range(12):
        api.post(f"tickets/{open_ticket}/notes", json={"body": f"nota {number}"})
    first = api.get(f"tickets/{open_ticket}/conversations?per_page=5")
    assert [row["body"] for row in first.json()] == [f"nota {number}" for number in range(5)]
    assert 'rel="next"' in first.headers["Link"]
    embedded = api.get(f"tickets/{open_ticket}?include=conversations").json()["conversations"]
    assert [row["body"] for row in embedded] == [f"nota {number}" for number in range(10)]


def test_notes_can_be_edited_and_replies_cannot(api: httpx.Client, open_ticket: int) -> None:
    note = api.post(f"tickets/{open_ticket}/notes", json={"body": "errada"}).json()["id"]
    assert api.put(f"conversations/{note}", json={"body": "certa"}).json()["body"] == "certa"
    reply = api.post(f"tickets/{open_ticket}/reply", json={"body": "x"}).json()["id"]
    assert api.put(f"conversations/{reply}", json={"body": "y"}).status_code == 400
    assert api.delete(f"conversations/{note}").status_code == 204
    assert [row["id"] for row in said(api, open_ticket)] == [reply]


def test_files_travel_as_multipart(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    files = [
        ("attachments[]", ("relatório ção.txt", b"linha\n", "text/plain")),
        ("attachments[]", ("print.png", b"\x89PNG", "image/png")),
    ]
    data = {"body": "<div>segue</div>", "private": "true", "notify_emails[]": ["beatriz@exemplo.com.br"]}
    answer = api.post(f"tickets/{open_ticket}/notes", data=data, files=files)
    assert answer.status_code == 201
    assert answer.json()["private"] is True
    assert answer.json()["notified_to"] == ["beatriz@exemplo.com.br"]
    assert [(one["name"], one["size"]) for one in answer.json()["attachments"]] == [
        ("relatório ção.txt", 6),
        ("print.png", 4),
    ]
    again = said(api, open_ticket)[-1]["attachments"][0]
    assert httpx.get(again["attachment_url"]).content == b"linha\n"


def test_an_update_takes_files_and_hashes_too(api: httpx.Client, open_ticket: int) -> None:
    data = {"custom_fields[cf_qtd_notas]": "7", "tags[]": ["a", "b"], "priority": "3"}
    files = {"attachments[]": ("nota.xml", b"<x/>", "application/xml")}
    ticket = api.put(f"tickets/{open_ticket}", data=data, files=files).json()
    assert (ticket["custom_fields"]["cf_qtd_notas"], ticket["tags"], ticket["priority"]) == (7, ["a", "b"], 3)
    assert [one["name"] for one in ticket["attachments"]] == ["nota.xml"]


def test_the_files_of_a_ticket_together_may_have_20_megabytes(api: httpx.Client, open_ticket: int) -> None:
    def send(size: int) -> httpx.Response:
        files = {"attachments[]": ("video.mp4", b"\0" * size, "video/mp4")}
        return api.post(f"tickets/{open_ticket}/reply", data={"body": "x"}, files=files)

    assert send(12 * MEGABYTE).status_code == 201
    answer = send(9 * MEGABYTE)
    assert (answer.status_code, error_codes(answer)) == (400, [("attachments", "invalid_value")])
    assert len(said(api, open_ticket)) == 1
    assert send(7 * MEGABYTE).status_code == 201


def test_signed_addresses_want_no_other_login_and_expire(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    files = {"attachments[]": ("a.txt", b"conteudo", "text/plain")}
    api.post(f"tickets/{open_ticket}/reply", data={"body": "x"}, files=files)
    url = said(api, open_ticket)[-1]["attachments"][0]["attachment_url"]
    assert url.startswith(sandbox.urls.files)
    assert "X-Amz-Expires=300" in url
    assert httpx.get(url).content == b"conteudo"
    assert httpx.get(url, auth=(sandbox.keys.freshdesk, "X")).status_code == 400
    assert httpx.get(url.replace("Signature=", "Signature=0")).status_code == 403
    sandbox.knobs.clock.offset_seconds = 299
    assert httpx.get(url).status_code == 200
    sandbox.knobs.clock.offset_seconds = 305
    assert httpx.get(url).status_code == 403
    fresh = said(api, open_ticket)[-1]["attachments"][0]["attachment_url"]
    assert httpx.get(fresh).status_code == 200


def test_time_is_logged_by_hand(api: httpx.Client, open_ticket: int) -> None:
    body = {"time_spent": "26:05", "timer_running": False, "note": "Análise de log", "billable": False}
    answer = api.post(f"tickets/{open_ticket}/time_entries", json=body)
    assert answer.status_code == 201
    entry = answer.json()
    assert (entry["time_spent"], entry["time_spent_in_seconds"]) == ("26:05", 93900)
    assert (entry["timer_running"], entry["billable"]) == (False, False)
    assert entry["agent_id"] == api.get("agents/me").json()["id"]
    assert api.get(f"tickets/{open_ticket}/time_entries").json() == [entry]
    mine = api.get("time_entries", params={"agent_id": entry["agent_id"], "billable": "false"}).json()
    assert entry["id"] in [one["id"] for one in mine]
    assert (
        api.put(f"time_entries/{entry['id']}", json={"time_spent": "00:15"}).json()["time_spent"] == "00:15"
    )
    assert api.delete(f"time_entries/{entry['id']}").status_code == 204
    assert api.get(f"tickets/{open_ticket}/time_entries").json() == []


def test_without_time_a_timer_starts_and_stops_the_other_one(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    first = api.post(f"tickets/{open_ticket}/time_entries", json={}).json()
    assert first["timer_running"] is True
    sandbox.knobs.clock.offset_seconds = 103
    second = api.post(f"tickets/{open_ticket}/time_entries", json={"note": "outra"}).json()
    entries = {one["id"]: one for one in api.get(f"tickets/{open_ticket}/time_entries").json()}
    assert entries[first["id"]]["timer_running"] is False
    assert entries[first["id"]]["time_spent"] == "00:01"
    assert entries[second["id"]]["timer_running"] is True
    stopped = api.put(f"time_entries/{second['id']}/toggle_timer")
    assert (stopped.status_code, stopped.json()["timer_running"]) == (200, False)


def test_rules_of_time_entries(api: httpx.Client, open_ticket: int) -> None:
    path = f"tickets/{open_ticket}/time_entries"
    future, past = "2099-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
    for body, field in (
        ({"time_spent": "90"}, "time_spent"),
        ({"start_time": future, "timer_running": False}, "start_time"),
        ({"start_time": past, "timer_running": True}, "start_time"),
        ({"horas": 1}, "horas"),
    ):
        assert error_codes(api.post(path, json=body))[0][0] == field
    manual = api.post(path, json={"time_spent": "00:10", "timer_running": False}).json()["id"]
    assert error_codes(api.put(f"time_entries/{manual}", json={"timer_running": False})) == [
        ("timer_running", "invalid_value")
    ]
    running = api.post(path, json={"timer_running": True}).json()["id"]
    assert error_codes(api.put(f"time_entries/{running}", json={"start_time": past}))[0][0] == "start_time"
    assert api.put(f"time_entries/{running}/toggle_timer", json={"note": "x"}).status_code == 400


def test_a_note_of_another_key_is_signed_by_its_owner(sandbox: Running, open_ticket: int) -> None:
    with freshdesk(sandbox, "freshdesk_colleague") as colleague:
        note = colleague.post(f"tickets/{open_ticket}/notes", json={"body": "vi também"}).json()
        assert note["user_id"] == colleague.get("agents/me").json()["id"]
