"""What is known of a Redmine write when something goes wrong around it: done, certainly not, or unknown."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import NoteExposed, OutcomeUnknown, Rejected, ServerTrouble, Unauthorized, Unreachable
from clients.freshdesk_files import Upload
from clients.models.spent_time import NewTime, TimeChanges
from clients.models.task import Task
from clients.models.task_changes import NewTask, TaskChanges
from clients.redmine import Redmine
from clients.redmine_conflict import TaskChanged
from tests.support.scripted_server import Exchange, Scripted, reply, scripted
from tui.flows.engine import CERTAIN

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

Answer = tuple[int, object] | Callable[[Exchange], None]
MINE, OTHERS = 5, 6
"""The key's owner, and a colleague."""
NEW = NewTask(project_id=1, subject="Erro na emissão")
WORKED = NewTime(task_id=7, hours=Decimal(1), spent_on=date(2026, 3, 2), comments="Atendimento")
ENTRY = {
    "id": 3,
    "project": {"id": 1},
    "issue": {"id": 7},
    "user": {"id": 5},
    "activity": {"id": 10, "name": "Suporte"},
    "hours": 1.0,
    "comments": "Atendimento",
    "spent_on": "2026-03-02",
    "created_on": "2026-03-02T10:00:00Z",
    "updated_on": "2026-03-02T10:00:00Z",
}


def issue(**more: object) -> dict[str, object]:
    row = {
        "id": 7,
        "project": {"id": 1, "name": "ERP"},
        "tracker": {"id": 4, "name": "Bug"},
        "status": {"id": 1, "name": "Nova", "is_closed": False},
        "subject": "Erro na emissão",
        "journals": [],
        "created_on": "2026-03-02T10:00:00Z",
        "updated_on": "2026-03-02T10:00:00Z",
    }
    return {"issue": {**row, **more}}


def hang_up(exchange: Exchange) -> None:
    exchange.close_connection = True


@contextmanager
def serving(**answers: Answer | list[Answer]) -> Iterator[tuple[Redmine, Scripted]]:
    """A Redmine that answers by method and kind of thing: ``get_issues=…``; of a list the last one stays."""
    queues = {name: list(told) if isinstance(told, list) else [told] for name, told in answers.items()}
    queues.setdefault("get_users", [(200, {"user": {"id": 5, "login": "beatriz"}})])

    def script(exchange: Exchange, number: int) -> None:
        kind = exchange.path.split("?")[0].split("/")[1].removesuffix(".json")
        queue = queues.get(f"{exchange.command.lower()}_{kind}", [(404, {})])
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        if callable(answer):
            answer(exchange)
        else:
            reply(exchange, answer[0], json.dumps(answer[1]).encode() if answer[1] is not None else b"")

    with scripted(script) as server:
        redmine = Redmine(server.url, SecretStr("k"))
        yield redmine, server
        redmine.close()


def sent(server: Scripted, method: str, path: str = "/issues") -> list[Mapping[str, object]]:
    found = [one for one in server.received if one.method == method and one.path.startswith(path)]
    return [json.loads(one.body or b"{}") for one in found]


@pytest.mark.parametrize(
    "answer", [hang_up, (500, {"status": 500}), (502, None), (201, None), (201, {"issue": {}}), (200, [])]
)
async def test_a_task_whose_creation_brought_no_answer_may_be_there_and_is_not_sent_again(
    answer: Answer,
) -> None:
    with serving(post_issues=answer) as (redmine, server):
        with pytest.raises(OutcomeUnknown):
            await redmine.create(NEW)
        assert len(sent(server, "POST")) == 1


async def test_a_change_and_time_whose_answer_was_lost_may_be_there() -> None:
    with serving(get_issues=(200, issue()), put_issues=hang_up, post_time_entries=hang_up) as (
        redmine,
        server,
    ):
        with pytest.raises(OutcomeUnknown):
            await redmine.update(7, TaskChanges(notes="visto"), seen=None)
        with pytest.raises(OutcomeUnknown):
            await redmine.log_time(WORKED)
        assert len(sent(server, "PUT")) == len(sent(server, "POST", "/time_entries")) == 1


@pytest.mark.parametrize(
    "answer", [(401, None), (403, None), (404, None), (422, {"errors": ["um", "dois"]}), (429, None)]
)
async def test_a_refusal_is_certain(answer: Answer) -> None:
    with serving(post_issues=answer) as (redmine, server):
        with pytest.raises(CERTAIN):
            await redmine.create(NEW)
        assert len(sent(server, "POST")) == 1


async def test_a_refusal_keeps_each_of_its_sentences() -> None:
    sentences = ["Título não pode ficar vazio", "Motivo não pode ficar vazio"]
    with serving(post_issues=(422, {"errors": sentences})) as (redmine, _):
        with pytest.raises(Rejected) as refusal:
            await redmine.create(NEW)
        assert refusal.value.sentences == tuple(sentences)


@pytest.mark.parametrize("answer", [hang_up, (500, None), (200, {"issue": None}), (200, {})])
async def test_what_fails_before_the_write_is_certainly_not_written(answer: Answer) -> None:
    with serving(get_issues=answer, put_issues=(204, None)) as (redmine, server):
        with pytest.raises(Unreachable) as failure:
            await redmine.update(7, TaskChanges(notes="visto"), seen=None)
        assert "Nada foi gravado" in failure.value.way_out
        assert sent(server, "PUT") == []


async def test_who_cannot_be_told_before_the_write_writes_nothing() -> None:
    with serving(get_users=(500, None), post_issues=(201, issue())) as (redmine, server):
        with pytest.raises(Unreachable):
            await redmine.create(NEW)
        assert sent(server, "POST") == []
    with serving(get_users=(401, None), post_issues=(201, issue())) as (redmine, server):
        with pytest.raises(Unauthorized):
            await redmine.create(NEW)
        assert sent(server, "POST") == []


@pytest.mark.parametrize("answer", [hang_up, (500, None), (201, {"upload": None})])
async def test_a_file_that_was_not_taken_stops_the_write(answer: Answer) -> None:
    file = Upload("tela.png", b"abc", "image/png")
    with serving(post_uploads=answer, post_issues=(201, issue())) as (redmine, server):
        with pytest.raises(Unreachable):
            await redmine.create(NEW, files=(file,))
        assert sent(server, "POST") == []


async def test_files_that_are_kept_out_empty_or_too_big_are_not_sent(tmp_path: Path) -> None:
    (secret := tmp_path / "chaves.toml").write_text("k")
    (empty := tmp_path / "vazio.txt").touch()
    nothing, much = Upload("a.bin", b"", "x/y"), Upload("b.bin", bytes(20_000_001), "x/y")
    with serving(post_uploads=(201, {}), post_issues=(201, issue())) as (_, server):
        redmine = Redmine(server.url, SecretStr("k"), keep_out=(secret,))
        for file in (secret, empty, nothing, much):
            with pytest.raises(Rejected, match="Redmine: "):
                await redmine.create(NEW, files=(file,))
        assert sent(server, "POST", "/") == []
        redmine.close()


@pytest.mark.parametrize("answer", [hang_up, (500, None), (403, None), (404, None), (200, {"issue": {}})])
async def test_a_write_that_cannot_be_read_again_was_done_all_the_same(answer: Answer) -> None:
    with serving(post_issues=(201, issue()), get_issues=answer) as (redmine, _):
        written = await redmine.create(NEW)
        assert (written.id, written.record, written.dropped) == (7, None, ())
        assert written.trouble is not None
        assert "não envie de novo" in written.trouble.way_out
    with serving(get_issues=[(200, issue()), answer], put_issues=(204, None)) as (redmine, _):
        written = await redmine.update(7, TaskChanges(notes="visto"), seen=None)
        assert (written.id, written.record) == (7, None)
        assert written.trouble is not None


async def test_time_that_cannot_be_read_again_was_logged_all_the_same() -> None:
    with serving(post_time_entries=(201, {"time_entry": ENTRY}), get_time_entries=(500, None)) as (
        redmine,
        _,
    ):
        written = await redmine.log_time(WORKED)
        assert (written.id, written.record) == (3, None)
        assert written.trouble is not None


async def test_time_of_which_something_was_left_out_says_so() -> None:
    kept = {**ENTRY, "hours": 2.0, "comments": "", "spent_on": "2026-03-01"}
    with serving(
        post_time_entries=(201, {"time_entry": ENTRY}), get_time_entries=(200, {"time_entry": kept})
    ) as (redmine, _):
        written = await redmine.log_time(WORKED.model_copy(update={"activity_id": 11}))
    assert [(one.label, one.wanted, one.got) for one in written.dropped] == [
        ("Horas", "1h00", "2h00"),
        ("Atividade", "nº 11", "Suporte"),
        ("Data", "02/03/2026", "01/03/2026"),
        ("Comentário", "Atendimento", "(vazio)"),
    ]


async def test_time_that_is_still_there_after_it_was_taken_back_is_told() -> None:
    with serving(delete_time_entries=(204, None), get_time_entries=(200, {"time_entry": ENTRY})) as (
        redmine,
        _,
    ):
        written = await redmine.remove_time(3)
        assert [one.label for one in written.dropped] == ["Lançamento"]


async def test_whose_time_it_is_is_never_sent() -> None:
    with serving(
        post_time_entries=(201, {"time_entry": ENTRY}),
        put_time_entries=(204, None),
        get_time_entries=(200, {"time_entry": ENTRY}),
    ) as (redmine, server):
        await redmine.log_time(WORKED)
        await redmine.change_time(3, TimeChanges(hours=Decimal("1.5"), comments="Atendimento"))
    assert sent(server, "POST", "/time_entries") == [
        {
            "time_entry": {
                "issue_id": 7,
                "hours": 1.0,
                "spent_on": "2026-03-02",
                "comments": "Atendimento",
            }
        }
    ]
    assert sent(server, "PUT", "/time_entries") == [{"time_entry": {"hours": 1.5}}]


async def test_a_private_note_that_everybody_sees_is_an_alarm() -> None:
    entry = {"id": 1, "notes": "só a equipe", "private_notes": False, "created_on": "2026-03-02T10:00:00Z"}
    with serving(get_issues=[(200, issue()), (200, issue(journals=[entry]))], put_issues=(204, None)) as (
        redmine,
        _,
    ):
        with pytest.raises(NoteExposed) as alarm:
            await redmine.update(7, TaskChanges(notes="só a equipe", private_notes=True), seen=None)
        assert "apague" in alarm.value.way_out


async def test_a_note_a_file_and_a_relation_that_do_not_appear_are_told() -> None:
    token = {"upload": {"id": 9, "token": "9.ab"}}
    with serving(get_issues=(200, issue()), put_issues=(204, None), post_uploads=(201, token)) as (
        redmine,
        _,
    ):
        file = Upload("tela.png", b"abc", "image/png")
        written = await redmine.update(7, TaskChanges(notes="visto"), seen=None, files=(file,))
    assert [(one.label, one.wanted) for one in written.dropped] == [("Nota", "visto"), ("Anexo", "tela.png")]
    relation = {"relation": {"id": 4, "issue_id": 7, "issue_to_id": 8, "relation_type": "relates"}}
    with serving(get_issues=(200, issue()), post_issues=(201, relation)) as (redmine, _):
        written = await redmine.relate(7, 8)
    assert (written.id, [one.label for one in written.dropped]) == (4, ["Relação"])


async def test_a_task_is_not_written_where_nothing_would_change() -> None:
    with serving(get_issues=(200, issue()), put_issues=(204, None)) as (redmine, server):
        changes = TaskChanges(subject="Erro na emissão", notes="  \n")
        written = await redmine.update(7, changes, seen=datetime(2026, 3, 2, 10, tzinfo=UTC))
        assert not written.sent
        assert sent(server, "PUT") == []


def noted(number: int, user: int) -> dict[str, object]:
    """An entry of the history of the very second that the task was read in."""
    moved = {"property": "attr", "name": "done_ratio", "old_value": "0", "new_value": "40"}
    return {
        "id": number,
        "user": {"id": user, "name": "Otávio Prado"},
        "created_on": "2026-03-02T10:00:00Z",
        "details": [moved],
    }


@pytest.mark.parametrize(
    ("history", "after", "conflicts"),
    [
        ([noted(8, OTHERS), noted(9, OTHERS)], 8, True),
        ([noted(9, OTHERS)], 0, True),
        ([noted(9, OTHERS)], 9, False),
        ([noted(9, MINE)], 8, False),
        ([noted(9, OTHERS)], None, False),
    ],
)
async def test_what_a_colleague_did_in_the_second_that_was_seen_is_a_conflict(
    history: list[dict[str, object]], after: int | None, conflicts: bool
) -> None:
    with serving(get_issues=(200, issue(journals=history)), put_issues=(204, None)) as (redmine, server):
        seen, changes = datetime(2026, 3, 2, 10, tzinfo=UTC), TaskChanges(notes="visto")
        if conflicts:
            with pytest.raises(TaskChanged) as conflict:
                await redmine.update(7, changes, seen=seen, after=after)
            assert [change.label for change in conflict.value.changes] == ["% Terminado"]
        else:
            await redmine.update(7, changes, seen=seen, after=after)
        assert len(sent(server, "PUT")) == (0 if conflicts else 1)


async def test_a_server_that_ignores_the_walk_by_number_finds_no_mark_by_guessing() -> None:
    page = {"issues": [issue()["issue"]], "total_count": 9, "offset": 0, "limit": 1}
    with (
        serving(get_issues=(200, page)) as (redmine, _),
        pytest.raises(ServerTrouble, match="filtro por número"),
    ):
        await redmine.find_marked("01h")


async def test_a_change_that_another_ones_came_before_is_decided_anew() -> None:
    before, after = (200, issue()), (200, issue(status={"id": 2, "name": "Em andamento"}))
    with serving(get_issues=[before, after, after], put_issues=[(422, {"errors": []}), (204, None)]) as (
        redmine,
        server,
    ):
        seen: list[int] = []

        def decide(task: Task) -> Mapping[str, object] | None:
            seen.append(task.status.id)
            return {"notes": f"vista em {task.status.id}"}

        await redmine.revise(7, decide)
        assert seen == [1, 2]
        assert [body["issue"] for body in sent(server, "PUT")] == [
            {"notes": "vista em 1"},
            {"notes": "vista em 2"},
        ]


async def test_a_change_that_always_comes_too_late_is_given_up() -> None:
    with serving(get_issues=(200, issue()), put_issues=(422, {"errors": []})) as (redmine, server):
        with pytest.raises(Rejected, match="outros escrevem"):
            await redmine.revise(7, lambda task: {"notes": "visto"})
        assert len(sent(server, "PUT")) == 8


async def test_nothing_is_sent_where_nothing_is_decided_and_a_reason_is_told_as_it_is() -> None:
    with serving(get_issues=(200, issue()), put_issues=(422, {"errors": ["Título é muito longo"]})) as (
        redmine,
        server,
    ):
        assert (await redmine.revise(7, lambda task: None)).id == 7
        assert sent(server, "PUT") == []
        with pytest.raises(Rejected, match="Título é muito longo"):
            await redmine.revise(7, lambda task: {"subject": "x" * 300})
        assert len(sent(server, "PUT")) == 1


async def test_a_change_that_cannot_be_read_again_may_have_been_made() -> None:
    answers: list[Answer] = [(200, issue()), (500, None)]
    with (
        serving(get_issues=answers, put_issues=(204, None)) as (redmine, _),
        pytest.raises(OutcomeUnknown),
    ):
        await redmine.revise(7, lambda task: {"notes": "visto"})
    with serving(get_issues=(500, None)) as (redmine, server):
        with pytest.raises(Unreachable):
            await redmine.revise(7, lambda task: {"notes": "visto"})
        assert sent(server, "PUT") == []
