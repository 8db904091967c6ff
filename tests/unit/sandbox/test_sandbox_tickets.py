"""Lists with their silent traps, the view, the form, and writes to a ticket."""

import re
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from clients.sandbox.server import Running
from tests.support.sandbox import COLLEAGUE, error_codes, freshdesk

Json = dict[str, Any]


def all_pages(api: httpx.Client, path: str, **params: str) -> list[Json]:
    rows: list[Json] = []
    url: str | None = path
    given: dict[str, str] | None = {"per_page": "100", **params}
    while url:
        answer = api.get(url, params=given)
        assert answer.status_code == 200, answer.text
        rows += answer.json()
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        url, given = (link[1], None) if link else (None, None)
    return rows


def everything(api: httpx.Client, **params: str) -> list[Json]:
    return all_pages(api, "tickets", updated_since="2000-01-01", **params)


def closable(api: httpx.Client) -> int:
    rows = everything(api)
    return next(int(row["id"]) for row in rows if row["status"] == 2 and not row["custom_fields"]["cf_causa"])


def test_link_leads_through_all_pages_and_is_absent_on_the_last(api: httpx.Client) -> None:
    first = api.get("tickets", params={"updated_since": "2000-01-01", "per_page": 50})
    assert 'page=2>; rel="next"' in first.headers["Link"]
    rows = everything(api)
    assert len(rows) == len({row["id"] for row in rows}) > 100
    beyond = api.get("tickets", params={"page": 200})
    assert (beyond.status_code, beyond.json()) == (200, [])
    assert "Link" not in beyond.headers


def test_thirty_rows_are_a_page_unless_asked_otherwise(api: httpx.Client) -> None:
    assert len(api.get("tickets", params={"updated_since": "2000-01-01"}).json()) == 30


@pytest.mark.parametrize("size", ["101", "0", "-1", "dez"])
def test_page_sizes_that_are_refused(api: httpx.Client, size: str) -> None:
    answer = api.get("tickets", params={"per_page": size})
    assert answer.status_code == 400
    assert error_codes(answer) == [("per_page", "invalid_value")]


def test_the_list_ends_at_page_300(api: httpx.Client) -> None:
    assert api.get("tickets", params={"page": 300}).status_code == 200
    answer = api.get("tickets", params={"page": 301})
    assert answer.status_code == 400
    assert "300th page" in answer.json()["errors"][0]["message"]


def test_the_last_of_two_equal_keys_wins(api: httpx.Client) -> None:
    assert len(api.get("tickets?per_page=3&page=9&per_page=5&page=1").json()) == 5


def test_link_can_point_to_a_foreign_host(sandbox: Running, api: httpx.Client) -> None:
    sandbox.knobs.freshdesk.link_host = "https://outro.exemplo.com.br"
    answer = api.get("tickets", params={"per_page": 5})
    assert answer.headers["Link"].startswith("<https://outro.exemplo.com.br/api/v2/tickets?")


def test_without_updated_since_only_thirty_days_of_births_come(sandbox: Running, api: httpx.Client) -> None:
    rows = all_pages(api, "tickets")
    limit = (sandbox.clock() - timedelta(days=30)).isoformat()
    assert rows
    assert all(row["created_at"] >= limit[:19] for row in rows)
    assert len(rows) < len(everything(api))
    sandbox.knobs.clock.offset_seconds = 31 * 86400
    assert all_pages(api, "tickets") == []
    assert everything(api)


def test_updated_since_is_inclusive(api: httpx.Client) -> None:
    newest = everything(api, order_by="updated_at")[0]
    rows = all_pages(api, "tickets", updated_since=newest["updated_at"])
    assert newest["id"] in [row["id"] for row in rows]


def test_updated_since_takes_days_offsets_and_naive_instants(api: httpx.Client) -> None:
    newest = everything(api, order_by="updated_at")[0]["updated_at"]
    local = datetime.fromisoformat(newest) - timedelta(hours=3)
    for text in (newest, newest[:-1], local.strftime("%Y-%m-%dT%H:%M:%S-03:00"), newest[:10]):
        assert all_pages(api, "tickets", updated_since=text), text
    assert api.get("tickets", params={"updated_since": "ontem"}).status_code == 400


def test_order_by_updated_at_ascending(api: httpx.Client) -> None:
    moments = [row["updated_at"] for row in everything(api, order_by="updated_at", order_type="asc")]
    assert moments == sorted(moments)


@pytest.mark.parametrize("key", ["status", "priority", "group_id", "responder_id", "agent_id"])
def test_the_list_has_no_such_filters(api: httpx.Client, key: str) -> None:
    answer = api.get("tickets", params={key: "2"})
    assert answer.status_code == 400
    assert error_codes(answer) == [(key, "invalid_field")]


def test_lists_carry_no_description_and_no_attachments(api: httpx.Client) -> None:
    row = api.get("tickets", params={"per_page": 1}).json()[0]
    assert not row.keys() & {"description", "attachments", "stats", "requester", "company", "deleted"}
    assert row.keys() >= {"custom_fields", "tags", "due_by", "fr_due_by", "is_escalated"}


def test_what_include_adds_to_a_list(sandbox: Running, api: httpx.Client) -> None:
    row = api.get("tickets", params={"include": "requester,stats,company,description"}).json()[0]
    assert row.keys() >= {"requester", "stats", "company", "description"}
    assert len(row["stats"]) == 8
    assert api.get("tickets", params={"include": "conversations"}).status_code == 400
    sandbox.knobs.freshdesk.include_company_refused = True
    answer = api.get("tickets", params={"include": "requester,company"})
    assert (answer.status_code, error_codes(answer)) == (400, [("include", "invalid_value")])


def test_filters_of_the_list(api: httpx.Client, open_ticket: int) -> None:
    me = api.get("agents/me").json()["id"]
    mine = everything(api, filter="new_and_my_open")
    assert open_ticket in [row["id"] for row in mine]
    assert all(row["status"] == 2 and row["responder_id"] in (None, me) for row in mine)
    assert all(row["spam"] for row in everything(api, filter="spam"))
    assert all(row["deleted"] for row in everything(api, filter="deleted"))
    assert api.get("tickets", params={"filter": "minha_visao"}).status_code == 400
    assert api.post(f"tickets/{open_ticket}/watch", json={"user_id": me}).status_code == 204
    assert open_ticket in [row["id"] for row in everything(api, filter="watching")]
    assert api.get(f"tickets/{open_ticket}/watchers").json() == {"watcher_ids": [me]}
    assert api.put(f"tickets/{open_ticket}/unwatch").status_code == 204
    assert open_ticket not in [row["id"] for row in everything(api, filter="watching")]


def test_tickets_of_a_company_and_of_a_person(api: httpx.Client) -> None:
    row = everything(api, include="requester")[0]
    for params in ({"company_id": str(row["company_id"])}, {"email": row["requester"]["email"]}):
        rows = everything(api, **params)
        assert row["id"] in [one["id"] for one in rows]
    answer = api.get("tickets", params={"company_id": "1"})
    assert "no company matching" in answer.json()["errors"][0]["message"]


def test_spam_deleted_and_archived_are_not_in_the_list(sandbox: Running, api: httpx.Client) -> None:
    listed = {row["id"] for row in everything(api)}
    hidden = [number for number in sandbox.ticket_ids() if number not in listed]
    answers = {number: api.get(f"tickets/{number}") for number in hidden}
    archived = [number for number, answer in answers.items() if answer.status_code == 404]
    deleted = [n for n, answer in answers.items() if answer.is_success and answer.json().get("deleted")]
    spam = [n for n, answer in answers.items() if answer.is_success and answer.json()["spam"]]
    assert archived
    assert deleted
    assert spam
    assert api.get(f"tickets/archived/{archived[0]}").json()["archived"] is True
    assert api.get(f"tickets/archived/{archived[0]}/conversations").json()
    assert api.get(f"tickets/archived/{min(listed)}").status_code == 404


@pytest.mark.parametrize("kind", ["spam", "deleted"])
def test_spam_and_deleted_refuse_writes_with_405(api: httpx.Client, kind: str) -> None:
    number = everything(api, filter=kind)[0]["id"]
    for method, path, body in (
        ("PUT", f"tickets/{number}", {"status": 3}),
        ("POST", f"tickets/{number}/reply", {"body": "x"}),
        ("POST", f"tickets/{number}/notes", {"body": "x"}),
        ("POST", f"tickets/{number}/time_entries", {"time_spent": "00:10", "timer_running": False}),
    ):
        answer = api.request(method, path, json=body)
        assert answer.status_code == 405
        assert "code" not in answer.json()
    assert api.get(f"tickets/{number}/conversations").status_code == 404


def test_the_statuses_are_shown_in_an_order_that_is_not_numeric(api: httpx.Client) -> None:
    fields = {field["name"]: field for field in api.get("ticket_fields").json()}
    statuses = fields["status"]["choices"]
    numbers = list(map(int, statuses))
    assert sorted(numbers) == [2, 3, 4, 5, 6, 7, 9]
    assert numbers != sorted(numbers)
    assert statuses["7"][0] == "Aguardando Desenvolvimento"
    assert {row["status"] for row in everything(api)} >= {2, 5, 6, 7}


def test_choices_come_in_their_five_shapes(api: httpx.Client) -> None:
    fields = {field["name"]: field for field in api.get("ticket_fields").json()}
    assert fields["status"]["choices"]["2"] == ["Aberto", "Em processamento"]
    assert "Treinamento/Orientação" in fields["ticket_type"]["choices"]
    assert fields["priority"]["choices"]["Urgente"] == 4
    assert fields["cf_menu"]["choices"]["Fiscal"]["CT-e"] == ["Autorizar"]
    assert [level["level"] for level in fields["cf_menu"]["nested_ticket_fields"]] == [2, 3]
    assert "choices" not in fields["subject"]
    assert [field["name"] for field in api.get("ticket_fields?type=default_status").json()] == ["status"]


def test_a_field_that_closing_requires(api: httpx.Client) -> None:
    fields = {field["name"]: field for field in api.get("ticket_fields").json()}
    assert fields["cf_causa"]["required_for_closure"] is True
    number = closable(api)
    answer = api.put(f"tickets/{number}", json={"status": 5})
    assert (answer.status_code, error_codes(answer)) == (400, [("custom_fields.cf_causa", "missing_field")])
    assert api.get(f"tickets/{number}").json()["status"] == 2
    cause = {"cf_causa": "Cadastro"}
    assert api.put(f"tickets/{number}", json={"status": 5, "custom_fields": cause}).json()["status"] == 5


def test_an_update_takes_only_what_came(api: httpx.Client, open_ticket: int) -> None:
    before = api.get(f"tickets/{open_ticket}").json()
    body = {"type": "Bug", "status": 7, "tags": ["cte"], "custom_fields": {"cf_modulo": "Fiscal"}}
    after = api.put(f"tickets/{open_ticket}", json=body).json()
    assert (after["type"], after["status"], after["tags"]) == ("Bug", 7, ["cte"])
    assert after["subject"] == before["subject"]
    again = api.put(f"tickets/{open_ticket}", json={"custom_fields": {"cf_versao": "26.1"}}).json()
    assert (again["custom_fields"]["cf_modulo"], again["custom_fields"]["cf_versao"]) == ("Fiscal", "26.1")
    assert api.put(f"tickets/{open_ticket}", json={"type": None}).json()["type"] is None
    assert "stats" not in again


def test_values_that_an_update_refuses(api: httpx.Client, open_ticket: int) -> None:
    for body, field in (
        ({"type": "bug"}, "type"),
        ({"status": 8}, "status"),
        ({"priority": 5}, "priority"),
        ({"responder_id": 1}, "responder_id"),
        ({"custom_fields": {"cf_nada": 1}}, "custom_fields.cf_nada"),
        ({"custom_fields": {"cf_qtd_notas": "3"}}, "custom_fields.cf_qtd_notas"),
        ({"custom_fields": {"cf_causa": "Outra"}}, "custom_fields.cf_causa"),
        ({"id": open_ticket}, "id"),
    ):
        answer = api.put(f"tickets/{open_ticket}", json=body)
        assert (answer.status_code, error_codes(answer)[0][0]) == (400, field)


def test_a_decimal_goes_out_as_text_and_a_number_as_a_number(api: httpx.Client, open_ticket: int) -> None:
    body = {"custom_fields": {"cf_valor": 10.5, "cf_qtd_notas": 12, "cf_bloqueia": True}}
    fields = api.put(f"tickets/{open_ticket}", json=body).json()["custom_fields"]
    assert (fields["cf_valor"], fields["cf_qtd_notas"], fields["cf_bloqueia"]) == ("10.5", 12, True)


def test_echoing_a_ticket_back_is_refused(api: httpx.Client, open_ticket: int) -> None:
    answer = api.put(f"tickets/{open_ticket}", json=api.get(f"tickets/{open_ticket}").json())
    assert answer.status_code == 400
    assert ("created_at", "invalid_field") in error_codes(answer)


def test_two_analysts_edit_one_ticket_and_the_last_key_wins(
    sandbox: Running, api: httpx.Client, open_ticket: int
) -> None:
    seen = api.get(f"tickets/{open_ticket}").json()["updated_at"]
    sandbox.knobs.clock.offset_seconds = 5
    with freshdesk(sandbox, COLLEAGUE) as colleague:
        assert colleague.put(f"tickets/{open_ticket}", json={"type": "Dúvida", "priority": 3}).is_success
    assert api.get(f"tickets/{open_ticket}").json()["updated_at"] > seen
    after = api.put(f"tickets/{open_ticket}", json={"type": "Bug"}).json()
    assert (after["type"], after["priority"]) == ("Bug", 3)


def test_stats_follow_the_status(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    def stats() -> Json:
        found: Json = api.get(f"tickets/{open_ticket}?include=stats").json()["stats"]
        return found

    api.put(f"tickets/{open_ticket}", json={"status": 3})
    assert stats()["pending_since"]
    api.put(f"tickets/{open_ticket}", json={"status": 5, "custom_fields": {"cf_causa": "Cadastro"}})
    assert stats()["closed_at"]
    assert stats()["resolved_at"]
    assert stats()["pending_since"] is None
    sandbox.say(open_ticket, "<div>Voltou a acontecer</div>")
    assert api.get(f"tickets/{open_ticket}").json()["status"] == 2
    assert stats()["reopened_at"]
    assert stats()["closed_at"] is None


def test_a_created_ticket_says_where_it_is_and_knows_no_deadline_yet(api: httpx.Client) -> None:
    email = api.get("contacts").json()[0]["email"]
    body = {"email": email, "subject": "Novo", "description": "<b>x</b>", "status": 2, "priority": 1}
    answer = api.post("tickets", json=body)
    assert answer.status_code == 201
    assert answer.json()["due_by"] is None
    assert answer.headers["Location"].endswith(f"/api/v2/tickets/{answer.json()['id']}")
    assert api.get(answer.headers["Location"]).json()["due_by"]
    missing = api.post("tickets", json={"email": email})
    assert sorted(error_codes(missing)) == [("description", "missing_field"), ("subject", "missing_field")]


def test_trash_and_back(api: httpx.Client, open_ticket: int) -> None:
    assert api.delete(f"tickets/{open_ticket}").status_code == 204
    assert api.get(f"tickets/{open_ticket}").json()["deleted"] is True
    assert api.put(f"tickets/{open_ticket}/restore").status_code == 204
    assert "deleted" not in api.get(f"tickets/{open_ticket}").json()


def test_people_and_their_companies(api: httpx.Client) -> None:
    assert len(all_pages(api, "companies")) >= 12
    assert len(all_pages(api, "agents")) >= 5
    group = api.get("groups").json()[0]
    assert "agent_ids" not in group
    assert api.get(f"groups/{group['id']}").json()["agent_ids"]
    contact = api.get("contacts").json()[0]
    assert api.get("contacts", params={"email": contact["email"].upper()}).json()[0]["id"] == contact["id"]
    found = api.get("companies/autocomplete", params={"name": "serra"}).json()
    assert found["companies"][0]["name"] == "Atacado Serra Azul"
    assert api.get("contacts", params={"nome": "x"}).status_code == 400


def test_canned_responses_come_in_folders_and_unrendered(api: httpx.Client) -> None:
    folders = api.get("canned_response_folders").json()
    texts = {}
    for folder in folders:
        titles = api.get(f"canned_response_folders/{folder['id']}").json()["canned_responses"]
        whole = api.get(f"canned_response_folders/{folder['id']}/responses").json()
        assert len(titles) == len(whole) == folder["responses_count"]
        texts.update({one["title"]: one["content_html"] for one in whole})
        assert api.get(f"canned_responses/{whole[0]['id']}").json() == whole[0]
    everything_said = "\n".join(texts.values())
    assert "O ticket está em análise" in texts["Em análise"]
    for part in ("{{ticket.requester.firstname}}", '| default: "', "{{ticket.protocolo_interno}}", "{% if"):
        assert part in everything_said
