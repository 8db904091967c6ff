"""Tasks below others, related ones and files: the same on the real server and on the sandbox."""

from typing import Any

import pytest
import requests

from tests.support.redmine_lab import Lab

pytestmark = pytest.mark.contract
Json = dict[str, Any]


def details(issue: Json) -> list[tuple[str, str, str | None, str | None]]:
    """What its history tells, without who and when."""
    return [
        (one["property"], one["name"], one["old_value"], one["new_value"])
        for entry in issue["journals"]
        for one in entry["details"]
    ]


def test_a_parent_takes_over_what_its_children_decide(lab: Lab) -> None:
    above = lab.create(subject="Acima")["id"]
    asked = {"estimated_hours": 3, "done_ratio": 50, "due_date": "2031-12-20", "priority_id": _highest(lab)}
    first = lab.create(subject="Um", parent_issue_id=above, **asked)["id"]
    second = lab.create(subject="Outro", parent_issue_id=above)["id"]
    lab.ask("POST", "/time_entries.json", body={"time_entry": {"issue_id": first, "hours": 1.5, **_at(lab)}})
    found = lab.issue(above, "children,journals")
    assert (found["done_ratio"], found["due_date"], found["priority"]["id"]) == (
        25,
        "2031-12-20",
        asked["priority_id"],
    )
    assert (found["estimated_hours"], found["total_estimated_hours"]) == (None, 3.0)
    assert (found["spent_hours"], found["total_spent_hours"]) == (0.0, 1.5)
    assert {child["id"] for child in found["children"]} == {first, second}
    assert details(found) == [
        ("attr", "child_id", None, str(first)),
        ("attr", "child_id", None, str(second)),
    ]
    lab.ask("PUT", f"/issues/{second}.json", body={"issue": {"done_ratio": 90}})
    assert lab.issue(above)["done_ratio"] == 70
    assert lab.issue(second)["total_estimated_hours"] is None


def _highest(lab: Lab) -> int:
    words = lab.ask("GET", "/enumerations/issue_priorities.json").json()["issue_priorities"]
    return int(words[-2]["id"])


def _at(lab: Lab) -> Json:
    words = lab.ask("GET", "/enumerations/time_entry_activities.json").json()["time_entry_activities"]
    return {"activity_id": words[0]["id"]}


def test_a_relation_is_told_in_both_histories_and_so_is_its_end(lab: Lab) -> None:
    first, second = lab.create()["id"], lab.create()["id"]
    before = lab.issue(second)["updated_on"]
    body = {"relation": {"issue_to_id": second, "relation_type": "blocks"}}
    made = lab.ask("POST", f"/issues/{first}/relations.json", body=body).json()["relation"]
    assert details(lab.issue(first, "journals")) == [("relation", "blocks", None, str(second))]
    assert details(lab.issue(second, "journals")) == [("relation", "blocked", None, str(first))]
    assert lab.ask("DELETE", f"/relations/{made['id']}.json").status_code == 204
    assert details(lab.issue(first, "journals"))[1:] == [("relation", "blocks", str(second), None)]
    assert details(lab.issue(second, "journals"))[1:] == [("relation", "blocked", str(first), None)]
    assert lab.issue(second)["updated_on"] == before


def test_a_file_is_told_by_its_name_and_given_to_who_brings_a_key(lab: Lab) -> None:
    headers = {"X-Redmine-API-Key": lab.key}
    loose = requests.post(
        f"{lab.url}/uploads.json?filename=tarefa.log",
        data=b"linha 1\r\n",
        headers={**headers, "Content-Type": "application/octet-stream"},
        timeout=30,
    ).json()["upload"]
    number = lab.create()["id"]
    upload = {"token": loose["token"], "filename": "tarefa.log", "content_type": "text/plain"}
    lab.ask("PUT", f"/issues/{number}.json", body={"issue": {"uploads": [upload]}})
    issue = lab.issue(number, "journals,attachments")
    assert details(issue) == [("attachment", str(loose["id"]), None, "tarefa.log")]
    address = issue["attachments"][0]["content_url"]
    assert address == f"{lab.url}/attachments/download/{loose['id']}/tarefa.log"
    assert requests.get(address, headers=headers, timeout=30).content == b"linha 1\r\n"
    stranger = requests.get(address, timeout=30, allow_redirects=False)
    assert stranger.status_code == 302
    assert "/login?back_url=" in stranger.headers["Location"]
    assert (
        requests.get(f"{lab.url}/attachments/download/999999/x", headers=headers, timeout=30).status_code
        == 404
    )
