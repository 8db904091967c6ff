"""The search: its grammar, its inclusive operators, its lag and its 300 rows."""

from typing import Any

import httpx
import pytest

from clients.sandbox.server import Running
from tests.support.sandbox import error_codes


def found(api: httpx.Client, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for page in range(1, 11):
        answer = api.get("search/tickets", params={"query": f'"{query}"', "page": page})
        assert answer.status_code == 200, answer.text
        rows += answer.json()["results"]
        if len(rows) >= answer.json()["total"]:
            break
    return rows


def test_terms_and_their_combinations(api: httpx.Client) -> None:
    open_ones, closed = found(api, "status:2"), found(api, "status:5")
    assert open_ones
    assert all(row["status"] == 2 for row in open_ones)
    assert len(found(api, "status:2 OR status:5")) == len(open_ones) + len(closed)
    both = found(api, "(status:2 OR status:5) AND priority:>3")
    assert both
    assert all(row["status"] in (2, 5) and row["priority"] >= 3 for row in both)
    bugs = found(api, "type:'Bug' AND cf_modulo:'Fiscal'")
    assert bugs
    assert all((row["type"], row["custom_fields"]["cf_modulo"]) == ("Bug", "Fiscal") for row in bugs)
    assert all(row["type"] is None for row in found(api, "type:null"))
    assert all("fiscal" in row["tags"] for row in found(api, "tag:fiscal"))
    assert all(row["custom_fields"]["cf_bloqueia"] for row in found(api, "cf_bloqueia:true"))


def test_and_binds_tighter_than_or(api: httpx.Client) -> None:
    rows = found(api, "status:2 OR status:5 AND priority:4")
    assert {row["id"] for row in rows} == {
        row["id"] for row in found(api, "status:2") + found(api, "status:5 AND priority:4")
    }


def test_greater_and_less_include_the_day_itself(api: httpx.Client) -> None:
    row = found(api, "status:5")[0]
    day = row["created_at"][:10]
    rows = found(api, f"created_at:>'{day}' AND created_at:<'{day}'")
    assert row["id"] in [one["id"] for one in rows]
    assert all(one["created_at"][:10] == day for one in rows)


def test_results_are_newest_first_with_description_and_without_embeds(api: httpx.Client) -> None:
    rows = found(api, "priority:>1")
    assert [row["created_at"] for row in rows] == sorted((row["created_at"] for row in rows), reverse=True)
    assert rows[0].keys() >= {"description", "description_text"}
    assert "stats" not in rows[0]


def test_archived_deleted_and_spam_are_not_found(sandbox: Running, api: httpx.Client) -> None:
    rows = found(api, "priority:>1")
    assert not any(row["spam"] or row.get("deleted") for row in rows)
    assert min(sandbox.ticket_ids()) not in [row["id"] for row in rows]


def test_the_index_lags_behind_a_write(sandbox: Running, api: httpx.Client, open_ticket: int) -> None:
    sandbox.knobs.clock.offset_seconds = 1000
    api.put(f"tickets/{open_ticket}", json={"tags": ["atrasado"]})
    assert found(api, "tag:atrasado") == []
    sandbox.knobs.clock.offset_seconds = 1119
    assert found(api, "tag:atrasado") == []
    sandbox.knobs.clock.offset_seconds = 1121
    assert [row["id"] for row in found(api, "tag:atrasado")] == [open_ticket]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status:2", "query"),
        ('"status:2', "query"),
        ('"status:2 AND"', "query"),
        ('"(status:2"', "query"),
        ('"status:2 status:3"', "query"),
        ("\"tag:'d'água'\"", "query"),
        ("\"subject:'nota'\"", "subject"),
        ('"requester_id:1"', "requester_id"),
        ('"status:8"', "status"),
        ("\"status:'2'\"", "status"),
        ('"created_at:>2026-01-01"', "created_at"),
        ("\"created_at:>'2026-01-01T10:00:00Z'\"", "created_at"),
        ("\"type:'bug'\"", "type"),
        ('"tag:' + "x" * 520 + '"', "query"),
    ],
)
def test_queries_that_are_refused(api: httpx.Client, query: str, field: str) -> None:
    answer = api.get("search/tickets", params={"query": query})
    assert answer.status_code == 400
    assert error_codes(answer)[0][0] == field


@pytest.mark.parametrize("key", ["per_page", "order_by", "include"])
def test_the_search_has_no_such_parameters(api: httpx.Client, key: str) -> None:
    answer = api.get("search/tickets", params={"query": '"status:2"', key: "1"})
    assert error_codes(answer) == [(key, "invalid_field")]


def test_page_eleven_is_refused_whatever_the_total(api: httpx.Client) -> None:
    query = {"query": '"priority:>1"', "page": "11"}
    assert error_codes(api.get("search/tickets", params=query)) == [("page", "invalid_value")]
