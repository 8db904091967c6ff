"""What Redmine does without a word, at the wire: the sandbox must do the same, or it teaches wrong habits."""

import pytest
import requests

from tests.support.redmine_lab import (
    FORBIDDEN_STATUS,
    MANY_FIELD,
    NUMBER_FIELD,
    STRANGERS_KEY,
    TEXT_FIELD,
    UNFILTERED_FIELD,
    Json,
    Lab,
)

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine")]

NEW, STARTED, RESOLVED = 1, 2, 3


def total(lab: Lab, **query: str | int) -> int:
    return int(lab.ask("GET", "/issues.json", {"status_id": "*", "limit": 1, **query}).json()["total_count"])


def put(lab: Lab, number: object, **asked: object) -> requests.Response:
    return lab.ask("PUT", f"/issues/{number}.json", body={"issue": asked})


def number_of(issue: Json) -> int:
    return int(issue["id"])


def untouched(lab: Lab) -> int:
    """An old issue: whatever moves its ``updated_on`` moves it to today."""
    return number_of(lab.rows(status_id="open", sort="updated_on:asc", limit=1)[0])


def test_a_filter_that_is_not_known_is_ignored(lab: Lab) -> None:
    everything = total(lab)
    assert total(lab, cf_999="1") == everything
    assert total(lab, **{f"cf_{lab.field_id(UNFILTERED_FIELD)}": "no such value"}) == everything
    assert total(lab, **{f"cf_{lab.field_id(TEXT_FIELD)}": "no such value"}) == 0


def test_only_open_issues_are_listed_unless_asked(lab: Lab) -> None:
    by_default = lab.ask("GET", "/issues.json", {"limit": 1}).json()["total_count"]
    assert by_default == total(lab, status_id="open") < total(lab)
    assert total(lab, status_id="5|6") == total(lab, status_id=5) + total(lab, status_id=6) > 0
    assert total(lab, status_id="5,6") == 0


def test_a_number_field_takes_one_value_of_several_and_no_text(lab: Lab) -> None:
    field = f"cf_{lab.field_id(NUMBER_FIELD)}"
    held = lab.rows(status_id="*", limit=2, **{field: "*"})
    values = [
        next(one["value"] for one in row["custom_fields"] if one["name"] == NUMBER_FIELD) for row in held
    ]
    assert total(lab, **{field: ",".join(values)}) == 2
    assert total(lab, **{field: "|".join(values)}) == 1
    for text in (f"~{values[0]}", "abc"):
        answer = lab.ask("GET", "/issues.json", {field: text})
        assert answer.status_code == 422
        assert answer.json() == {"errors": [f"{NUMBER_FIELD} não é válido"]}


def test_times_are_utc_or_refused(lab: Lab) -> None:
    updated = str(lab.rows(status_id="*", sort="updated_on:desc", limit=1)[0]["updated_on"])
    assert total(lab, updated_on=f">={updated}") >= 1
    for odd in (">=2026-01-01T00:00:00-03:00", ">=2026-01-01T00:00:00.5Z", ">2026-01-01"):
        answer = lab.ask("GET", "/issues.json", {"updated_on": odd})
        assert (answer.status_code, answer.json()) == (422, {"errors": ["Alterado em não é válido"]})


def test_pages_have_a_hundred_at_most_and_twenty_five_by_default(lab: Lab) -> None:
    for asked, given in ((1000, 100), (0, 25), (-1, 25), ("abc", 25), (3, 3)):
        answer = lab.ask("GET", "/issues.json", {"status_id": "*", "limit": asked}).json()
        assert answer["limit"] == given == len(answer["issues"])


def test_long_filters_break_the_server(lab: Lab) -> None:
    answer = lab.ask("GET", "/issues.json", {"issue_id": ",".join(str(100_000 + n) for n in range(600))})
    assert answer.status_code == 500
    assert answer.json() == {"status": 500, "error": "Internal Server Error"}
    assert total(lab, issue_id=",".join(map(str, range(1, 101)))) == 100 - (lab.hidden_issue == 50) * 2


def test_the_list_has_no_journals_and_lacks_what_is_not_set(lab: Lab) -> None:
    row = lab.rows(status_id="*", assigned_to_id="!*", include="journals,watchers", limit=1)[0]
    assert not {"journals", "watchers", "assigned_to", "parent"} & set(row)
    assert {"journals", "watchers"} <= set(lab.issue(number_of(row), "journals,watchers"))


def test_a_forbidden_status_is_204_and_changes_nothing_but_the_note(lab: Lab) -> None:
    for status in (FORBIDDEN_STATUS, 4711):
        number = number_of(lab.create())
        answer = put(lab, number, status_id=status, notes="mudando")
        assert (answer.status_code, answer.content) == (204, b"")
        issue = lab.issue(number, "journals")
        assert issue["status"] == {"id": NEW, "name": "Nova", "is_closed": False}
        assert [(one["notes"], one["details"]) for one in issue["journals"]] == [("mudando", [])]


def test_on_creation_what_is_forbidden_or_unknown_is_dropped(lab: Lab) -> None:
    made = lab.create(
        status_id=FORBIDDEN_STATUS,
        tracker_id=4711,
        custom_fields=[{"id": 999, "value": "x"}, {"name": MANY_FIELD, "value": "1"}],
    )
    assert made["status"]["id"] == NEW
    assert made["tracker"]["id"] == lab.ask("GET", "/trackers.json").json()["trackers"][0]["id"]
    assert all(one["id"] != 999 for one in made["custom_fields"])
    assert not any(one["value"] for one in made["custom_fields"] if one["name"] == MANY_FIELD)


@pytest.mark.parametrize("body", [{"issue": {}}, {}, {"issue": {"status_id": FORBIDDEN_STATUS}}])
def test_every_put_moves_updated_on(lab: Lab, body: object) -> None:
    number = untouched(lab)
    before = lab.issue(number, "journals")
    assert lab.ask("PUT", f"/issues/{number}.json", body=body).status_code == 204
    after = lab.issue(number, "journals")
    assert str(after["updated_on"]) > str(before["updated_on"])
    assert after["status"] == before["status"]
    assert after["journals"] == before["journals"]


def test_time_and_watchers_do_not_move_updated_on(lab: Lab) -> None:
    number = untouched(lab)
    before = lab.issue(number)["updated_on"]
    spent = {"issue_id": number, "hours": "1h30", "comments": "Atendimento"}
    answer = lab.ask("POST", "/time_entries.json", body={"time_entry": spent})
    assert answer.status_code == 201
    assert lab.ask("POST", f"/issues/{number}/watchers.json", body={"user_id": 6}).status_code == 204
    issue = lab.issue(number, "watchers")
    assert issue["updated_on"] == before
    assert 6 in [person["id"] for person in issue["watchers"]]


def test_an_assignee_of_null_is_ignored_and_an_empty_one_takes_the_person_off(lab: Lab) -> None:
    number = number_of(lab.create(assigned_to_id=6))
    put(lab, number, assigned_to_id=None)
    assert lab.issue(number)["assigned_to"]["id"] == 6
    put(lab, number, assigned_to_id="")
    assert "assigned_to" not in lab.issue(number)


def test_line_breaks_of_descriptions_come_back_doubled(lab: Lab) -> None:
    number = number_of(lab.create(description="um\ndois"))
    put(lab, number, notes="três\nquatro")
    issue = lab.issue(number, "journals")
    assert issue["description"] == "um\r\ndois"
    assert issue["journals"][0]["notes"] == "três\nquatro"


def test_whoever_comments_observes_from_then_on(lab: Lab) -> None:
    number = number_of(lab.create())
    me = lab.ask("GET", "/users/current.json").json()["user"]["id"]
    assert lab.issue(number, "watchers")["watchers"] == []
    put(lab, number, notes="vendo")
    assert [one["id"] for one in lab.issue(number, "watchers")["watchers"]] == [me]


def test_a_change_is_told_with_ids_as_text(lab: Lab) -> None:
    field = lab.field_id(MANY_FIELD)
    number = number_of(lab.create(custom_fields=[{"id": field, "value": "1, 2"}]))
    put(lab, number, status_id=STARTED, custom_fields=[{"id": field, "value": "5"}])
    (entry,) = lab.issue(number, "journals")["journals"]
    assert entry["details"] == [
        {"property": "attr", "name": "status_id", "old_value": str(NEW), "new_value": str(STARTED)},
        {"property": "cf", "name": str(field), "old_value": "1, 2", "new_value": "5"},
    ]


def test_a_field_that_was_not_sent_stays(lab: Lab) -> None:
    number, text = lab.field_id(NUMBER_FIELD), lab.field_id(TEXT_FIELD)
    made = lab.create(custom_fields=[{"id": number, "value": "7"}, {"id": text, "value": "FD-7"}])
    put(lab, made["id"], custom_fields=[{"id": text, "value": "FD-8"}])
    held = {one["id"]: one["value"] for one in lab.issue(number_of(made))["custom_fields"]}
    assert (held[number], held[text]) == ("7", "FD-8")


def test_equal_posts_make_two_issues(lab: Lab) -> None:
    assert number_of(lab.create()) != number_of(lab.create())


def test_refusals_have_no_body(lab: Lab) -> None:
    refused = lab.ask("GET", "/issues.json", key=STRANGERS_KEY)
    assert (refused.status_code, refused.content) == (401, b"")
    assert refused.headers["WWW-Authenticate"] == 'Basic realm="Redmine API"'
    hidden = lab.ask("GET", f"/issues/{lab.hidden_issue}.json")
    assert (hidden.status_code, hidden.content) == (403, b"")
    missing = lab.ask("GET", "/issues/99999999.json")
    assert (missing.status_code, missing.content) == (404, b"")
    assert lab.ask("GET", "/issues.json", {"project_id": "diretoria"}).status_code == 403
    assert lab.ask("GET", "/issues.json", {"project_id": "nenhum"}).status_code == 404
    astray = lab.ask("GET", "/nada.json")
    assert astray.status_code == 404
    assert "html" in astray.headers["Content-Type"]


def test_invalid_data_is_answered_in_sentences_without_field_names(lab: Lab) -> None:
    def refused(**asked: object) -> object:
        answer = lab.ask("POST", "/issues.json", body={"issue": asked})
        assert answer.status_code == 422
        return answer.json()

    assert refused(project_id="erp", tracker_id=4) == {"errors": ["Título não pode ficar vazio"]}
    blank = ["Projeto não pode ficar vazio", "Tipo não pode ficar vazio", "Situação não pode ficar vazio"]
    assert refused(subject="x") == refused(subject="x", project_id="diretoria") == {"errors": blank}
    assert refused(project_id="erp", tracker_id=6, subject="x") == {"errors": ["Motivo não pode ficar vazio"]}
    text_for_number = [{"id": lab.field_id(NUMBER_FIELD), "value": "abc"}]
    assert refused(project_id="erp", tracker_id=4, subject="x", custom_fields=text_for_number) == {
        "errors": [f"{NUMBER_FIELD} não é um número"]
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due_date", "2030-02-31", "Data prevista is not a valid date"),
        ("start_date", "ontem", "Início is not a valid date"),
        ("due_date", "2026-03-01", "Data prevista deve ser maior que a data inicial"),
        ("done_ratio", 400, "% Terminado não está incluso na lista"),
        ("estimated_hours", "abc", "Tempo estimado não é válido"),
        ("estimated_hours", -1, "Tempo estimado não é válido"),
        ("priority_id", 4711, "Prioridade não pode ficar vazio"),
        ("assigned_to_id", 4711, "Atribuído para não é válido"),
        ("parent_issue_id", 99_999_999, "Tarefa mãe não é válido"),
        ("subject", "x" * 256, "Título é muito longo (máximo: 255 caracteres)"),
    ],
)
def test_a_core_field_that_takes_no_such_value_is_told_in_a_sentence(
    lab: Lab, field: str, value: object, sentence: str
) -> None:
    asked = {"project_id": "erp", "tracker_id": 4, "subject": "x", "start_date": "2026-03-02"}
    answer = lab.ask("POST", "/issues.json", body={"issue": {**asked, field: value}})
    assert (answer.status_code, answer.json()) == (422, {"errors": [sentence]})
    number = number_of(lab.create(start_date="2026-03-02"))
    answer = put(lab, number, **{field: value})
    assert (answer.status_code, answer.json()) == (422, {"errors": [sentence]})


def test_a_task_below_itself_is_refused(lab: Lab) -> None:
    number = number_of(lab.create())
    below = number_of(lab.create(parent_issue_id=number))
    for parent in (number, below, lab.hidden_issue):
        answer = put(lab, number, parent_issue_id=parent)
        assert (answer.status_code, answer.json()) == (422, {"errors": ["Tarefa mãe não é válido"]})


def test_a_yes_or_no_takes_anything_and_a_day_is_a_day(lab: Lab) -> None:
    flag, day = lab.field_id("Homologado"), lab.field_id("Data prevista")
    number = number_of(lab.create())
    assert put(lab, number, custom_fields=[{"id": flag, "value": "talvez"}]).status_code == 204
    held = {one["id"]: one["value"] for one in lab.issue(number)["custom_fields"]}
    assert held[flag] == "talvez"
    for wrong in ("01/02/2030", "2030-02-31"):
        answer = put(lab, number, custom_fields=[{"id": day, "value": wrong}])
        assert (answer.status_code, answer.json()) == (422, {"errors": ["Data prevista is not a valid date"]})


def test_json_that_is_none_is_400_without_a_body(lab: Lab) -> None:
    answer = requests.post(
        f"{lab.url}/issues.json",
        data="{bad",
        headers={"X-Redmine-API-Key": lab.key, "Content-Type": "application/json"},
        timeout=30,
    )
    assert (answer.status_code, answer.content) == (400, b"")


def test_watchers_are_taken_without_a_word(lab: Lab) -> None:
    number = number_of(lab.create())
    for person in (6, 6, 4711):
        assert lab.ask("POST", f"/issues/{number}/watchers.json", body={"user_id": person}).status_code == 204
    assert [one["id"] for one in lab.issue(number, "watchers")["watchers"]] == [6]
    for _ in range(2):
        assert lab.ask("DELETE", f"/issues/{number}/watchers/6.json").status_code == 204
    assert lab.issue(number, "watchers")["watchers"] == []
    assert lab.ask("POST", "/issues/99999999/watchers.json", body={"user_id": 6}).status_code == 403


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        (1.5, 1.5),
        ("1:30", 1.5),
        ("1h30", 1.5),
        ("1h30m", 1.5),
        ("90m", 1.5),
        ("0,5", 0.5),
        (0, 0.0),
        (25, 25.0),
    ],
)
def test_hours_are_read_in_many_ways(lab: Lab, written: object, hours: float) -> None:
    spent = {"issue_id": 1, "hours": written}
    answer = lab.ask("POST", "/time_entries.json", body={"time_entry": spent})
    assert (answer.status_code, answer.json()["time_entry"]["hours"]) == (201, hours)


def test_time_that_is_refused(lab: Lab) -> None:
    def refused(**asked: object) -> tuple[int, list[str]]:
        answer = lab.ask("POST", "/time_entries.json", body={"time_entry": asked})
        return answer.status_code, answer.json()["errors"]

    assert refused(issue_id=1, hours=-1) == (422, ["Horas não é válido"])
    assert refused(issue_id=1, hours="abc") == (422, ["Horas não é válido"])
    assert refused(hours=1) == (422, ["Projeto não pode ficar vazio", "Projeto não é válido"])
    assert refused(issue_id=1, hours=1, activity_id=999) == (422, ["Atividade não está incluso na lista"])
    blank, no_day = "Data não pode ficar vazio", "Data is not a valid date"
    assert refused(issue_id=1, hours=1, spent_on="2030-02-31") == (422, [blank, no_day])
    assert refused(issue_id=1, hours=1, spent_on="") == (422, [blank])
    status, sentences = refused(issue_id=1, hours=1, comments="x" * 1025)
    assert status == 422
    assert len(sentences) == 1


def test_time_of_the_day_is_listed_changed_and_taken_back_by_its_owner_alone(lab: Lab) -> None:
    issue = number_of(lab.create())
    spent = {"issue_id": issue, "hours": 0.25, "activity_id": 10, "comments": "visita"}
    entry = lab.ask("POST", "/time_entries.json", body={"time_entry": spent}).json()["time_entry"]
    listed = lab.ask("GET", "/time_entries.json", {"issue_id": issue, "user_id": "me"}).json()
    assert [one["id"] for one in listed["time_entries"]] == [entry["id"]]
    path, more = f"/time_entries/{entry['id']}.json", {"time_entry": {"hours": 2}}
    assert lab.ask("PUT", path, key=lab.colleague_key, body=more).status_code == 403
    assert lab.ask("PUT", path, body=more).status_code == 204
    assert lab.issue(issue)["spent_hours"] == 2.0
    assert lab.ask("DELETE", path).status_code == 204
    assert lab.ask("GET", "/time_entries.json", {"issue_id": issue}).json()["total_count"] == 0


def test_days_of_time_are_those_of_midnights_in_the_users_zone(lab: Lab) -> None:
    issue = number_of(lab.create())
    days = ["2026-03-02", "2026-03-03", "2026-03-04"]
    for day in days:
        spent = {"issue_id": issue, "hours": 1, "spent_on": day}
        assert lab.ask("POST", "/time_entries.json", body={"time_entry": spent}).status_code == 201

    def listed(**query: str) -> list[str]:
        rows = lab.ask("GET", "/time_entries.json", {"issue_id": issue, **query}).json()["time_entries"]
        return sorted(row["spent_on"] for row in rows)

    assert listed(**{"from": days[1]}) == days[2:]
    assert listed(to=days[1]) == days
    assert listed(**{"from": days[0], "to": days[0]}) == days[1:2]


def test_a_file_needs_its_own_kind_of_body_and_its_token_is_good_once(lab: Lab) -> None:
    def upload(kind: str) -> requests.Response:
        return requests.post(
            f"{lab.url}/uploads.json",
            params={"filename": "pasta/tela.png"},
            data=b"abc",
            headers={"X-Redmine-API-Key": lab.key, "Content-Type": kind},
            timeout=30,
        )

    assert upload("image/png").status_code == 406
    answer = upload("application/octet-stream")
    assert answer.status_code == 201
    number = number_of(lab.create())
    uploads = [{"token": answer.json()["upload"]["token"], "filename": "tela.png"}]
    assert put(lab, number, uploads=uploads).status_code == 204
    task = lab.issue(number, "attachments,journals")
    ((told,),) = (entry["details"] for entry in task["journals"])
    assert (told["property"], told["new_value"]) == ("attachment", "tela.png"), "by its name, not its number"
    (file,) = task["attachments"]
    assert (file["id"], file["filename"]) == (answer.json()["upload"]["id"], "tela.png")
    again = put(lab, number, uploads=uploads)
    assert (again.status_code, again.json()) == (422, {"errors": ["1 arquivo(s) não puderam ser salvo(s)."]})


def test_private_notes_stand_apart_from_what_changes_along_with_them(lab: Lab) -> None:
    number = number_of(lab.create())
    put(lab, number, notes="só para a equipe", private_notes=True, status_id=STARTED)
    entries = lab.issue(number, "journals")["journals"]
    told = [(one["notes"] or "", one["private_notes"], len(one["details"])) for one in entries]
    assert sorted(told, reverse=True) == [("só para a equipe", True, 0), ("", False, 1)]


def test_a_closed_project_is_not_listed_and_refuses_in_three_ways(lab: Lab) -> None:
    project = lab.issue(lab.closed_issue)["project"]["id"]
    listed = lab.ask("GET", "/projects.json").json()["projects"]
    assert project not in {one["id"] for one in listed}
    assert lab.ask("GET", f"/projects/{project}.json").json()["project"]["status"] == 5
    assert put(lab, lab.closed_issue, notes="x").status_code == 403
    watcher = lab.ask("POST", f"/issues/{lab.closed_issue}/watchers.json", body={"user_id": 6})
    assert watcher.status_code == 403
    asked = {"project_id": project, "tracker_id": 4, "subject": "x"}
    answer = lab.ask("POST", "/issues.json", body={"issue": asked})
    blank = ["Projeto não pode ficar vazio", "Tipo não pode ficar vazio", "Situação não pode ficar vazio"]
    assert (answer.status_code, answer.json()) == (422, {"errors": blank})
    spent = {"issue_id": lab.closed_issue, "hours": 1}
    answer = lab.ask("POST", "/time_entries.json", body={"time_entry": spent})
    assert (answer.status_code, answer.json()) == (422, {"errors": ["Tarefa não é válido"]})


def test_a_new_task_with_a_watcher_who_is_nobody_is_404(lab: Lab) -> None:
    asked = {"project_id": "erp", "tracker_id": 4, "subject": "x", "watcher_user_ids": [6, 4711]}
    answer = lab.ask("POST", "/issues.json", body={"issue": asked})
    assert (answer.status_code, answer.json()) == (404, {"status": 404, "error": "Not Found"})


def test_relations_are_told_from_the_one_that_acts_and_refused_in_sentences(lab: Lab) -> None:
    number, other = number_of(lab.create()), number_of(lab.create())

    def relate(to: int, kind: str) -> requests.Response:
        body = {"relation": {"issue_to_id": to, "relation_type": kind}}
        return lab.ask("POST", f"/issues/{number}/relations.json", body=body)

    made = relate(other, "blocked").json()["relation"]
    assert (made["issue_id"], made["issue_to_id"], made["relation_type"]) == (other, number, "blocks")
    assert relate(other, "blocked").json() == {"errors": ["não está disponível"]}
    assert relate(number, "relates").json() == {"errors": ["Tarefa relacionada não é válido"]}
    for unseen in (99_999_999, lab.hidden_issue):
        assert relate(unseen, "relates").json() == {"errors": ["Tarefa relacionada não pode ficar vazio"]}
    assert relate(other, "nada").json() == {"errors": ["Relation type não está incluso na lista"]}
    assert "relations" not in lab.issue(number_of(lab.create()), "relations")


def test_a_task_with_an_open_one_in_its_way_cannot_be_closed(lab: Lab) -> None:
    number = number_of(lab.create())
    below = number_of(lab.create(parent_issue_id=number))
    assert put(lab, number, status_id=5).status_code == 204
    issue = lab.issue(number, "allowed_statuses,children")
    assert issue["status"]["id"] == NEW
    assert not any(status["is_closed"] for status in issue["allowed_statuses"])
    assert [child["id"] for child in issue["children"]] == [below]
    put(lab, below, status_id=5)
    assert any(status["is_closed"] for status in lab.issue(number, "allowed_statuses")["allowed_statuses"])
