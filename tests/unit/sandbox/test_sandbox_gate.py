"""Who comes in, what errors look like, and what a call costs."""

import httpx
import pytest

from clients.sandbox.freshdesk.limits import cost
from clients.sandbox.server import Running
from tests.support.sandbox import COLLEAGUE, LIMITED, error_codes, freshdesk


@pytest.mark.parametrize("password", ["X", "", "unused_with_api_key"])
def test_only_the_username_of_basic_counts(sandbox: Running, password: str) -> None:
    with freshdesk(sandbox, password=password) as client:
        assert client.get("agents/me").status_code == 200


def test_a_wrong_key_is_401_in_the_shape_with_a_code(sandbox: Running) -> None:
    with freshdesk(sandbox, key="outra-chave") as client:
        answer = client.get("agents/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "invalid_credentials"
    assert answer.headers["X-RateLimit-Used-CurrentRequest"] == "1"


def test_no_key_at_all_is_401(sandbox: Running) -> None:
    assert httpx.get(f"{sandbox.urls.freshdesk}/api/v2/agents/me").status_code == 401


def test_a_validation_error_lists_its_errors(api: httpx.Client, open_ticket: int) -> None:
    answer = api.put(f"tickets/{open_ticket}", json={"status": "2", "cor": "azul", "type": "Outro"})
    assert answer.status_code == 400
    assert answer.json()["description"] == "Validation failed"
    assert sorted(error_codes(answer)) == [("cor", "invalid_field"), ("status", "datatype_mismatch")]


def test_broken_json_is_the_shape_with_a_code(api: httpx.Client, open_ticket: int) -> None:
    headers = {"Content-Type": "application/json"}
    answer = api.put(f"tickets/{open_ticket}", content=b'{"status": 2', headers=headers)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_json"


@pytest.mark.parametrize("path", ["tickets/999999", "nada", "tickets/abc", "contacts/1"])
def test_what_is_unknown_is_404_without_a_body(api: httpx.Client, path: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.content) == (404, b"")


def test_a_method_that_is_not_there_is_405_and_says_which_are(api: httpx.Client) -> None:
    answer = api.put("ticket_fields", json={})
    assert answer.status_code == 405
    assert answer.json() == {"message": "PUT method is not allowed. It should be one of these method(s): GET"}
    assert answer.headers["Allow"] == "GET"


def test_other_accepts_and_other_bodies_are_refused(api: httpx.Client, open_ticket: int) -> None:
    assert api.get("agents/me", headers={"Accept": "text/html"}).status_code == 406
    assert api.get("agents/me", headers={"Content-Type": "application/json"}).status_code == 200
    answer = api.put(f"tickets/{open_ticket}", content=b"status=2", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_the_edge_answers_502_in_html(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.freshdesk.next_5xx = 1
    answer = api.get("agents/me")
    assert answer.status_code == 502
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<html>" in answer.text
    assert api.get("agents/me").status_code == 200


def test_headers_of_an_ordinary_answer(api: httpx.Client) -> None:
    answer = api.get("agents/me")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["X-Freshdesk-API-Version"] == "latest=v2; requested=v2"
    assert answer.headers["X-Request-Id"]
    total, left = (int(answer.headers[f"X-RateLimit-{name}"]) for name in ("Total", "Remaining"))
    assert total == 700
    assert left < total


@pytest.mark.parametrize(
    ("path", "query", "credits"),
    [
        ("/api/v2/tickets", "", 1),
        ("/api/v2/tickets", "include=requester,stats", 5),
        ("/api/v2/tickets", "include=requester%2Cstats&page=2", 5),
        ("/api/v2/tickets/4102", "include=requester,stats,conversations", 4),
        ("/api/v2/tickets/4102/conversations", "page=1", 1),
    ],
)
def test_includes_cost_one_on_a_view_and_two_on_a_list(path: str, query: str, credits: int) -> None:
    assert cost("GET", path, query) == credits


def test_the_charge_is_told_and_taken(api: httpx.Client) -> None:
    before = int(api.get("agents/me").headers["X-RateLimit-Remaining"])
    answer = api.get("tickets", params={"include": "requester,stats"})
    assert answer.headers["X-RateLimit-Used-CurrentRequest"] == "5"
    assert int(answer.headers["X-RateLimit-Remaining"]) == before - 5


def test_the_account_s_bucket_runs_empty_and_fills_again(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.freshdesk.others_used = 700
    answer = api.get("agents/me")
    assert answer.status_code == 429
    assert answer.content == b""
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    sandbox.knobs.clock.offset_seconds += int(answer.headers["Retry-After"]) + 60
    sandbox.knobs.freshdesk.others_used = 0
    assert api.get("agents/me").status_code == 200


def test_the_list_has_a_bucket_of_its_own(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.clock.offset_seconds = 600
    sandbox.knobs.freshdesk.rate_list = 2
    assert [api.get("tickets").status_code for _ in range(3)] == [200, 200, 429]
    answer = api.get("agents/me")
    assert answer.status_code == 200
    assert int(answer.headers["X-RateLimit-Remaining"]) > 0
    sandbox.knobs.clock.offset_seconds = 661
    assert api.get("tickets").status_code == 200


def test_a_key_without_rights_sees_itself_and_the_fields_only(sandbox: Running) -> None:
    with freshdesk(sandbox, LIMITED) as client:
        assert client.get("agents/me").json()["contact"]["name"] == "Jéssica Andrade"
        for path in ("agents", "groups", "canned_response_folders", "agents/80000000077"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (403, "access_denied")
        fields = {field["name"]: field for field in client.get("ticket_fields").json()}
    assert "Beatriz Nogueira" in fields["agent"]["choices"]
    assert "Suporte" in fields["group"]["choices"]


def test_the_main_key_can_lose_its_rights(sandbox: Running, api: httpx.Client) -> None:
    assert api.get("canned_response_folders").status_code == 200
    sandbox.knobs.freshdesk.key_is_admin = False
    assert api.get("canned_response_folders").status_code == 403


def test_a_feature_that_is_not_in_the_plan_is_403(api: httpx.Client) -> None:
    answer = api.get("surveys/satisfaction_ratings")
    assert (answer.status_code, answer.json()["code"]) == (403, "require_feature")


def test_two_keys_are_two_analysts(sandbox: Running, api: httpx.Client) -> None:
    with freshdesk(sandbox, COLLEAGUE) as colleague:
        assert colleague.get("agents/me").json()["id"] != api.get("agents/me").json()["id"]
