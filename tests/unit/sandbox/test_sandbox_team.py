"""The team's work in the sandbox's Redmine: what hangs together, and what was concluded lately."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.sandbox.redmine.facts import team_facts, title_facts
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen

Json = dict[str, Any]
EVERYTHING = "journals,watchers,attachments,relations,children"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("team"), tickets=200, clock=frozen) as running:
        yield running


def redmine(running: Running) -> httpx.Client:
    key = running.keys.redmine["beatriz.nogueira"]
    return httpx.Client(
        base_url=running.urls.redmine, headers={"X-Redmine-API-Key": key}, timeout=30, verify=False
    )


def every(running: Running) -> list[Json]:
    """All tasks that the analyst sees."""
    rows: list[Json] = []
    with redmine(running) as web:
        while True:
            query: dict[str, str | int] = {"status_id": "*", "limit": 100, "offset": len(rows)}
            page = web.get("/issues.json", params=query).json()
            rows += page["issues"]
            if len(rows) == page["total_count"]:
                return rows


def called(running: Running, subject: str) -> Json:
    """A task by its title, with all that hangs on it."""
    (row,) = (row for row in every(running) if row["subject"] == subject)
    with redmine(running) as web:
        found: Json = web.get(f"/issues/{row['id']}.json", params={"include": EVERYTHING}).json()["issue"]
    return found


def test_nobody_is_at_two_tasks_at_once(house: Running) -> None:
    at_work = [row for row in every(house) if row["status"]["name"] == "Em andamento"]
    assert len(at_work) >= 3
    assert set(Counter(row["assigned_to"]["name"] for row in at_work).values()) == {1}


def test_a_plan_has_features_and_these_have_tasks_whose_hours_add_up(house: Running) -> None:
    plan = called(house, "Relatório de vendas com margem por vendedor")
    assert plan["tracker"]["name"] == "Planejamento"
    assert {child["tracker"]["name"] for child in plan["children"]} == {
        "Funcionalidade",
        "Treinamento/Orientação",
    }
    feature = called(house, "Margem por vendedor no relatório de vendas")
    assert feature["parent"] == {"id": plan["id"]}
    assert len(feature["children"]) == 2
    assert (feature["spent_hours"], feature["total_spent_hours"]) == (0.0, 13.25)
    assert (plan["total_spent_hours"], plan["total_estimated_hours"]) == (13.25, 22.0)
    assert 0 < plan["done_ratio"] < 100


def test_tasks_wait_for_others_and_are_the_same_as_others(house: Running) -> None:
    waiting = called(house, "Reemitir os CT-e rejeitados")
    blocker = called(house, "Corrigir o CFOP nas naturezas de operação")
    assert {(one["relation_type"], one["issue_id"], one["issue_to_id"]) for one in waiting["relations"]} >= {
        ("blocks", blocker["id"], waiting["id"])
    }
    assert not blocker["status"]["is_closed"]
    kinds = {one["relation_type"] for row in every(house) for one in _relations(house, row["id"])}
    assert kinds == {"blocks", "precedes", "duplicates", "relates"}


def _relations(running: Running, number: int) -> list[Json]:
    with redmine(running) as web:
        issue = web.get(f"/issues/{number}.json", params={"include": "relations"}).json()["issue"]
    found: list[Json] = issue.get("relations", [])
    return found


def test_a_history_tells_of_fields_files_relations_and_what_stays_inside(house: Running) -> None:
    screen = called(house, "Coluna de margem na tela e na planilha")
    assert any(entry["private_notes"] for entry in screen["journals"])
    found = {
        (one["property"], one["name"])
        for subject in (screen["subject"], "Importação de XML recusa nota com mais de 990 itens")
        for entry in called(house, subject)["journals"]
        for one in entry["details"]
    }
    assert {("attr", "status_id"), ("cf", "4"), ("relation", "blocks")} <= found
    assert any(kind == "attachment" for kind, _ in found)
    assert len({one["name"] for one in screen["watchers"]}) >= 2


def test_the_files_of_tasks_are_there(house: Running) -> None:
    begins = {"png": b"\x89PNG", "pdf": b"%PDF-1.4", "log": b"2026-03-04"}
    endings = set()
    with redmine(house) as web:
        rows = web.get("/issues.json", params={"status_id": "*", "limit": 100, "include": "attachments"})
        for file in (file for row in rows.json()["issues"] for file in row["attachments"]):
            answer = web.get(file["content_url"])
            ending = file["filename"].rpartition(".")[2]
            assert answer.content.startswith(begins[ending])
            assert (len(answer.content), answer.headers["Content-Type"].partition(";")[0]) == (
                file["filesize"],
                file["content_type"],
            )
            endings.add(ending)
    assert endings == set(begins)


def test_colleagues_concluded_lately_what_clients_wait_for(house: Running) -> None:
    concluded = [
        row
        for row in every(house)
        if row["closed_on"] and row["closed_on"] >= "2026-03-03T12" and row["assigned_to"]["id"] != 5
    ]
    serving = [
        row for row in concluded if any(one["value"] for one in row["custom_fields"] if one["id"] == 1)
    ]
    assert len(serving) >= 2
    numbers = house.ticket_ids()
    assert all(
        int(one["value"]) in numbers for row in serving for one in row["custom_fields"] if one["id"] == 1
    )


def test_the_same_seed_makes_the_same_team(house: Running, tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=200, clock=frozen) as again:
        assert [_but_addresses(row) for row in every(again)] == [_but_addresses(row) for row in every(house)]


def _but_addresses(row: Json) -> Json:
    return {name: value for name, value in row.items() if name != "attachments"}


def test_what_is_told_of_a_task_happened_after_it_was_opened() -> None:
    facts = team_facts().tasks
    opened = {task.key: task.at for task in facts}
    for task in facts:
        assert all(fact.at < task.at for fact in task.acts), task.key
        assert not task.parent or opened[task.parent] > task.at, task.key
        for fact in task.acts:
            assert all(opened[relation.to] > fact.at for relation in fact.relations), task.key


def test_titles_are_of_equal_number_for_each_kind_of_matter() -> None:
    titles = title_facts().titles
    assert {len(row) for row in titles} == {6}
    assert len(titles) == 6
    assert len({title for row in titles for title in row}) == 36
