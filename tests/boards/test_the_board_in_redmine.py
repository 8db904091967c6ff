"""What only a board in Redmine does: developers work there, in Redmine's own pages, and it shows here."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from clients.boards.columns import Column
from clients.boards.redmine import RedmineBoard
from clients.boards.redmine_all import WHOLE_EVERY
from clients.boards.redmine_check import lacking
from clients.boards.redmine_place import BoardPlace
from clients.boards.redmine_repairs import Decide
from clients.errors import DoneInPart, NotFound, OutcomeUnknown, Rejected, ServerTrouble, SettingsError
from clients.models.chamado import Chamado, Tool
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.moves import Move
from clients.models.task import Task
from clients.redmine import Redmine
from clients.sandbox.redmine.rows import Rows
from clients.store import Store
from tests.support.boards import PLACE, draft, the_servers
from tests.support.clock import Clock
from tests.support.redmine_lab import Json, Lab, sandbox_lab

pytestmark = pytest.mark.anyio
BACKLOG = Move(to=ChamadoStatus.BACKLOG, deadline=date(2099, 3, 20))
STATUS = ChamadoStatus


@dataclass
class Room:
    """A board and the wire behind it: a developer works with the colleague's key."""

    redmine: Lab
    client: Redmine
    board: RedmineBoard

    def another(self, **changes: object) -> RedmineBoard:
        """The board as another one has it, at another place if need be."""
        return RedmineBoard(self.client, replace(PLACE, **changes), the_servers)  # type: ignore[arg-type]

    def develop(self, chamado: Chamado, **changes: object) -> None:
        """Change its task in Redmine."""
        path = f"/issues/{chamado.number}.json"
        done = self.redmine.ask("PUT", path, key=self.redmine.colleague_key, body={"issue": changes})
        assert done.status_code == 204, done.text

    def issue(self, chamado: Chamado) -> Json:
        return self.redmine.issue(chamado.number, "journals,attachments")

    def status(self, status: ChamadoStatus | str) -> int:
        name = LABELS[status] if isinstance(status, ChamadoStatus) else status
        all_of_them = self.redmine.ask("GET", "/issue_statuses.json").json()["issue_statuses"]
        return next(int(one["id"]) for one in all_of_them if one["name"] == name)

    def field(self, name: str) -> int:
        project = self.redmine.ask("GET", "/projects/chamados.json", {"include": "issue_custom_fields"})
        fields = project.json()["project"]["issue_custom_fields"]
        return next(int(one["id"]) for one in fields if one["name"] == name)

    async def now(self, chamado: Chamado) -> Chamado:
        found = await self.board.chamado(chamado.id)
        assert found is not None
        return found


@pytest.fixture
def room(redmine: Lab) -> Iterator[Room]:
    client = redmine.client()
    yield Room(redmine, client, RedmineBoard(client, PLACE, the_servers))
    client.close()


async def test_a_task_of_a_chamado_can_be_read_by_people(room: Room) -> None:
    sent = await room.board.submit(draft(), author="Marina")
    issue = room.issue(sent)
    assert issue["subject"] == sent.title
    assert issue["description"].startswith("Ao transmitir, aparece\r\na mensagem 999.")
    assert "* Fluxo: Fiscal; Notas; Transmitir" in issue["description"]
    fields = {one["name"]: one["value"] for one in issue["custom_fields"]}
    assert fields["Chamado"] == sent.id
    assert (fields["Ferramenta"], fields["Ticket"], fields["Autor"]) == ("Sistema", "42", "Marina")


async def test_what_developers_do_shows_as_events_with_who_and_when(room: Room) -> None:
    sent = await room.board.submit(draft(), author="Marina")
    await room.board.move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    room.develop(sent, status_id=room.status(STATUS.A_FAZER), notes="fica comigo")
    room.develop(sent, due_date="2099-04-01")
    version = [{"id": room.field("Versão publicada"), "value": "4.19"}]
    room.develop(sent, notes="sai na 4.19", custom_fields=version)
    now = await room.now(sent)
    moved, later, noted = now.events[-3:]
    assert now.status is STATUS.A_FAZER
    assert (moved.before, moved.status, moved.comment) == (STATUS.BACKLOG, STATUS.A_FAZER, "fica comigo")
    assert moved.who not in ("", "Téo", "Marina")
    assert moved.id.startswith("journal:")
    assert later.deadline == now.deadline == date(2099, 4, 1)
    assert not later.is_move
    assert "prazo" in later.comment
    assert (noted.comment, noted.version, now.version) == ("sai na 4.19", "4.19", "4.19")
    assert await room.board.chamado(sent.id) == now


async def test_what_is_not_for_everybody_is_not_told(room: Room) -> None:
    sent = await room.board.submit(draft())
    room.develop(sent, notes="entre nós", private_notes=True)
    assert (await room.now(sent)).events == sent.events


async def test_a_situation_that_is_none_of_a_chamados_is_told_and_not_guessed(room: Room) -> None:
    sent = await room.board.submit(draft())
    elsewhere = room.another()
    # a support tracker's situations are none of a chamado's
    layout = await elsewhere.layout()
    elsewhere._tasks._known = replace(
        layout, statuses={k: v for k, v in layout.statuses.items() if k is not STATUS.REPROVADO}
    )
    room.develop(sent, status_id=room.status(STATUS.REPROVADO))
    found = await elsewhere.chamado(sent.id)
    assert found is not None
    assert found.status is STATUS.TRIAGEM
    assert "“Reprovado”" in found.events[-1].comment
    assert not found.events[-1].is_move


async def test_what_is_edited_in_redmine_counts_and_the_rest_stays(room: Room) -> None:
    sent = await room.board.submit(draft(), author="Marina")
    edited = room.issue(sent)["description"].replace("mensagem 999", "mensagem 539")
    tool = [{"id": room.field("Ferramenta"), "value": "Mobi"}]
    room.develop(sent, subject="NF-e rejeitada com o código 539", description=edited, custom_fields=tool)
    now = await room.now(sent)
    assert now.title == "NF-e rejeitada com o código 539"
    assert now.description == "Ao transmitir, aparece\na mensagem 539."
    assert now.tool is Tool.MOBI
    assert (now.flow, now.author, now.licence_email) == (sent.flow, sent.author, sent.licence_email)


async def test_a_record_that_was_wiped_out_is_found_in_the_history(room: Room) -> None:
    sent = await room.board.submit(draft(), author="Marina")
    room.develop(sent, description="Só isto.")
    now = await room.now(sent)
    assert now.description == "Só isto."
    assert (now.flow, now.licence_email, now.author) == (sent.flow, sent.licence_email, "Marina")


async def test_a_record_that_was_spoilt_by_hand_spoils_no_other_chamado(room: Room) -> None:
    sent = await room.board.submit(draft(), author="Marina")
    copy = sent.model_copy(update={"id": str(uuid4())})
    spoilt = await room.board.receive(copy)
    text = room.issue(spoilt)["description"].replace('"status":"triagem"', '"status":"???"')
    assert "???" in text
    room.develop(spoilt, description=text)
    now = await room.now(copy)
    assert "registro do Plantão" in now.events[0].comment
    assert await room.board.announce(copy.id, now.events[0].id, "sessão") == "sessão"
    assert {sent.id, copy.id} <= {each.id for each in await room.board.chamados()}


async def test_a_title_longer_than_a_tasks_is_kept(room: Room) -> None:
    sent = await room.board.submit(draft(title="Nota rejeitada " * 30))
    assert (await room.now(sent)).title == ("Nota rejeitada " * 30).strip()


async def test_a_description_that_redmine_would_cut_is_refused_and_nothing_is_made(room: Room) -> None:
    wanted = draft(description="linha\n" * 1_950)
    with pytest.raises(Rejected, match="longa demais"):
        await room.board.submit(wanted)
    assert await room.board.chamado(wanted.id) is None


async def test_two_tasks_of_one_chamado_are_one_and_the_second_is_reproved(room: Room) -> None:
    sent = await room.board.submit(draft())
    first = room.issue(sent)
    fields = [{"id": one["id"], "value": one["value"]} for one in first["custom_fields"]]
    # as it is left where two sent it in the same moment, and the second one's session died
    twin = room.redmine.create(
        project_id="chamados",
        tracker_id=first["tracker"]["id"],
        description=first["description"],
        subject=sent.title,
        custom_fields=fields,
    )
    listed = [each for each in await room.board.chamados() if each.title == sent.title]
    assert [each.number for each in listed if each.id == sent.id] == [sent.number]
    again = await room.another().submit(draft(sent.id))
    assert again.number == sent.number
    retired = room.redmine.issue(twin["id"])
    assert retired["subject"].startswith(f"[duplicado de #{sent.number}]")
    assert retired["status"]["name"] == "Reprovado"


async def test_of_two_who_decide_otherwise_in_the_same_moment_one_does_and_leaves_no_trace(
    room: Room,
) -> None:
    sent = await room.board.submit(draft())
    colleague = room.redmine.client(key=room.redmine.colleague_key)
    other = RedmineBoard(colleague, PLACE, the_servers)
    reproved = Move(to=STATUS.REPROVADO, comment="não é defeito")
    later = BACKLOG.model_copy(update={"deadline": date(2099, 5, 1)})
    # both look while it is in Triagem: what they look at is held until both have
    looked = asyncio.Barrier(2)
    for board in (room.board, other):
        _look_together(board, looked)
    told = await asyncio.gather(
        room.board.move(sent.id, later, event=f"{sent.id}-a", who="Téo"),
        other.move(sent.id, reproved, event=f"{sent.id}-r", who="Ana"),
        return_exceptions=True,
    )
    colleague.close()
    refused = [one for one in told if isinstance(one, BaseException)]
    assert [type(one) for one in refused] == [Rejected]
    now = await room.another().chamado(sent.id)
    assert now is not None
    assert len(now.events) == 2
    assert now.status in (STATUS.BACKLOG, STATUS.REPROVADO)
    assert now.deadline == (date(2099, 5, 1) if now.status is STATUS.BACKLOG else None)
    due = room.issue(sent)["due_date"]
    assert due == ("2099-05-01" if now.status is STATUS.BACKLOG else None)


def _look_together(board: RedmineBoard, looked: asyncio.Barrier) -> None:
    """Hold the first change of a board until the task was read by both."""
    client = board._redmine
    revise = client.revise

    async def held(task_id: int, decide: object) -> object:
        seen = await client.task(task_id)
        client.revise = revise  # type: ignore[method-assign]
        await looked.wait()
        return await revise(task_id, lambda task: decide(seen))  # type: ignore[operator]

    client.revise = held  # type: ignore[method-assign,assignment]


async def test_a_way_that_the_workflow_lacks_is_told_with_those_that_it_has(room: Room) -> None:
    sent = await room.board.submit(draft())
    with pytest.raises(Rejected, match="Backlog, Reprovado ou"):
        await room.board.move(sent.id, Move(to=STATUS.ENCERRADO), event="x", who="Téo")
    layout = await room.board.layout()
    strange = {**layout.statuses, STATUS.BACKLOG: room.status("Nova")}
    room.board._tasks._known = replace(layout, statuses=strange)
    with pytest.raises(Rejected, match=r"não mudou.*Backlog.*deixa ir a: .*Reprovado"):
        await room.board.move(sent.id, BACKLOG, event="y", who="Téo")
    assert (await room.now(sent)).events == sent.events


async def test_who_comes_second_to_tell_of_an_event_leaves_no_note(room: Room) -> None:
    sent = await room.board.submit(draft())
    first = await room.board.announce(sent.id, sent.id, "sessão 1")
    second = await room.another().announce(sent.id, sent.id, "sessão 2")
    assert (first, second) == ("sessão 1", "sessão 1")
    notes = [entry["notes"] for entry in room.issue(sent)["journals"]]
    assert len(notes) == 1
    assert notes[0].startswith("E-mails deste andamento a cargo de sessão 1.")


async def test_where_notes_are_dropped_without_a_word_nothing_is_taken_for_done(room: Room) -> None:
    sent = await room.board.submit(draft())
    _drop_notes(room.client)
    with pytest.raises(Rejected, match="quem avisa"):
        await room.board.announce(sent.id, sent.id, "sessão 1")
    with pytest.raises(Rejected, match="o comentário não ficou"):
        await room.board.comment(sent.id, "oi", event="x", who="Ana")
    with pytest.raises(OutcomeUnknown, match="a situação mudou"):
        await room.board.move(sent.id, BACKLOG, event="y", who="Téo")
    assert (await room.now(sent)).status is STATUS.BACKLOG


def _drop_notes(client: Redmine) -> None:
    """As Redmine does for a role that edits tasks and adds no notes."""
    revise = client.revise

    async def noteless(task_id: int, decide: Decide) -> Task:
        def without(task: Task) -> dict[str, object] | None:
            body = decide(task)
            return None if body is None else {key: body[key] for key in body if key != "notes"}

        return await revise(task_id, without)

    client.revise = noteless  # type: ignore[method-assign]


async def test_an_approved_chamado_goes_on_where_developers_work_and_is_still_found(room: Room) -> None:
    board = room.another(approved_project="desenvolvimento", approved_tracker="Desenvolvimento")
    sent = await board.submit(draft())
    moved = await board.move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    assert moved.number == sent.number
    issue = room.issue(sent)
    assert (issue["project"]["name"], issue["tracker"]["name"]) == ("Desenvolvimento",) * 2
    fresh = room.another(approved_project="Desenvolvimento", approved_tracker="desenvolvimento")
    assert await fresh.chamado(sent.id) == moved
    assert sent.id in [each.id for each in await fresh.chamados()]
    onward = await fresh.move(sent.id, Move(to=STATUS.A_FAZER), event=f"{sent.id}-f", who="Téo")
    assert onward.status is STATUS.A_FAZER


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"approved_tracker": 4}, "o tipo continua “Chamado”"),
        ({"approved_project": 5}, "a tarefa continua no projeto “Chamados”"),
    ],
    ids=["tracker", "project"],
)
async def test_what_of_an_approval_redmine_drops_without_a_word_is_told(
    room: Room, wanted: dict[str, int], told: str
) -> None:
    sent = await room.board.submit(draft())
    layout = await room.board.layout()
    room.board._tasks._known = replace(layout, **wanted)  # type: ignore[arg-type]
    with pytest.raises(DoneInPart, match=told):
        await room.board.move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    room.board._tasks._known = layout
    assert (await room.now(sent)).status is STATUS.BACKLOG
    again = await room.board.move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    assert len(again.events) == 2, "and it is not moved a second time"


async def test_a_first_reading_that_is_broken_off_is_gone_on_with(room: Room) -> None:
    sent = [await room.board.submit(draft()) for _ in range(4)]
    read: list[int] = []
    task, stuck = room.client.task, asyncio.Event()

    async def two_and_no_more(task_id: int) -> Task:
        read.append(task_id)
        if len(read) == 3:
            stuck.set()
            await asyncio.Event().wait()
        return await task(task_id)

    room.client.task = two_and_no_more  # type: ignore[method-assign]
    board = RedmineBoard(room.client, PLACE, lambda: the_servers() + timedelta(seconds=3 * len(read)))
    reading = asyncio.create_task(board.chamados())
    await stuck.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    there = await board.chamados()
    assert {each.id for each in there} == {each.id for each in sent}
    assert read[1] not in read[3:], "the first one came too soon after it was made to be sure of"


async def test_a_refresh_asks_for_what_changed_and_now_and_then_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox_lab(tmp_path) as redmine:
        client = redmine.client()
        sent = await RedmineBoard(client, PLACE, the_servers).submit(draft())
        others = _older_ones(tmp_path, sent, 105)
        clock = Clock(the_servers())
        board = RedmineBoard(client, PLACE, clock)
        await board.layout()
        asked = _requests(monkeypatch)

        async def reading() -> tuple[int, int, int]:
            """Lists and tasks asked for, chamados read."""
            asked.clear()
            there = await board.chamados()
            lists = sum("/issues.json" in url for url in asked)
            return lists, len(asked) - lists, len(there)

        assert await reading() == (2, 106, 106)
        clock.forward(seconds=3)  # more could have come under the same second
        assert await reading() == (1, 1, 106)
        assert await reading() == (1, 0, 106)
        await board.comment(sent.id, "oi", event="x", who="Ana")
        assert await reading() == (1, 1, 106)
        _gone(tmp_path, others[0])
        assert await reading() == (1, 1, 106), "what is gone leaves no trace"
        clock.forward(seconds=WHOLE_EVERY.total_seconds())
        assert await reading() == (2, 1, 105), "and what was said last may have more under the same second"
        client.close()


async def test_a_refresh_that_is_broken_off_leaves_no_change_unread(tmp_path: Path) -> None:
    with sandbox_lab(tmp_path) as redmine:
        client = redmine.client()
        first = await RedmineBoard(client, PLACE, the_servers).submit(draft())
        (second,) = _older_ones(tmp_path, first, 1)
        board = RedmineBoard(client, PLACE, the_servers)
        await board.chamados()
        _changed(tmp_path, first.number, "Primeiro", the_servers() + timedelta(minutes=9))
        _changed(tmp_path, second, "Segundo", the_servers() + timedelta(minutes=5))
        task = client.task

        async def lost(task_id: int) -> Task:
            if task_id == second:
                raise ServerTrouble("Redmine", "caiu")
            return await task(task_id)

        client.task = lost  # type: ignore[method-assign]
        with pytest.raises(ServerTrouble):
            await board.chamados()
        client.task = task  # type: ignore[method-assign]
        assert [each.title for each in await board.chamados()] == ["Segundo", "Primeiro"]
        client.close()


def _requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of what is asked from now on."""
    asked: list[str] = []
    send = requests.Session.send

    def counted(
        session: requests.Session, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        asked.append(str(request.url))
        return send(session, request, **kwargs)

    monkeypatch.setattr(requests.Session, "send", counted)
    return asked


def _older_ones(folder: Path, sent: Chamado, count: int) -> list[int]:
    """Chamados of an hour ago; their numbers."""
    store = Store(folder / "redmine.db")
    rows = Rows(store)
    like = rows.issue(sent.number)
    assert like is not None
    identity = next(number for number, value in like["custom"].items() if value == sent.id)
    hour_ago = f"{the_servers() - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    numbers = list(range(sent.number + 1, sent.number + 1 + count))
    rows.put_issues(
        [
            {
                **like,
                "id": number,
                "custom": {**like["custom"], identity: str(uuid4())},
                "created_on": hour_ago,
                "updated_on": hour_ago,
            }
            for number in numbers
        ]
    )
    store.close()
    return numbers


def _changed(folder: Path, number: int, subject: str, at: datetime) -> None:
    store = Store(folder / "redmine.db")
    rows = Rows(store)
    issue = rows.issue(number)
    assert issue is not None
    rows.put_issue({**issue, "subject": subject, "updated_on": f"{at:%Y-%m-%dT%H:%M:%SZ}"})
    store.close()


def _gone(folder: Path, number: int) -> None:
    store = Store(folder / "redmine.db")
    store.table("redmine_issues").remove(doc_ids=[number])
    store.close()


async def test_only_what_changed_is_read_again(room: Room) -> None:
    sent = [await room.board.submit(draft()) for _ in range(3)]
    await room.board.chamados()
    await asyncio.sleep(2.1)  # Redmine's times have whole seconds: more could come under the same one
    await room.board.chamados()
    read: list[int] = []
    task = room.client.task

    async def counted(task_id: int) -> object:
        read.append(task_id)
        return await task(task_id)

    room.client.task = counted  # type: ignore[method-assign,assignment]
    before = await room.board.chamados()
    assert read == []
    room.develop(sent[1], notes="olhei")
    after = await room.board.chamados()
    assert read == [sent[1].number]
    assert [each.id for each in after] == [each.id for each in before]
    assert next(each for each in after if each.id == sent[1].id).events[-1].comment == "olhei"


async def test_what_was_read_is_known_at_the_next_start(room: Room, tmp_path: Path) -> None:
    sent = [await room.board.submit(draft()) for _ in range(2)]
    store = Store(tmp_path / "plantao.db")

    def begun() -> RedmineBoard:
        return RedmineBoard(room.client, PLACE, the_servers, store=store)

    first = begun()
    await first.chamados()
    await asyncio.sleep(2.1)
    before = await first.chamados()
    room.develop(sent[0], notes="olhei")
    read: list[int] = []
    task = room.client.task

    async def counted(task_id: int) -> object:
        read.append(task_id)
        return await task(task_id)

    room.client.task = counted  # type: ignore[method-assign,assignment]
    again = await begun().chamados()
    assert read == [sent[0].number]
    assert [each for each in again if each.id != sent[0].id] == [
        each for each in before if each.id != sent[0].id
    ]
    # what is called otherwise from now on is read anew
    labels = {**LABELS, STATUS.TRIAGEM: "Nova", STATUS.ENCERRADO: "Triagem"}
    renamed = await RedmineBoard(room.client, PLACE, the_servers, labels=labels, store=store).chamados()
    assert len(read) == 1 + len(again)
    assert {each.status for each in renamed if each.id == sent[1].id} == {STATUS.ENCERRADO}
    store.close()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (replace(PLACE, project="vendas"), r"projeto: nenhum projeto se chama “vendas” \(há: .*chamados"),
        (replace(PLACE, tracker="Erro"), r"tracker: o projeto não tem o tipo “Erro” \(há: Chamado"),
        (replace(PLACE, approved_tracker="Erro"), "tracker_aprovado: o projeto não tem o tipo “Erro”"),
        (replace(PLACE, fields={Column.CHAMADO: "UUID"}), "não tem o campo “UUID”"),
    ],
)
async def test_what_is_missing_is_named(room: Room, place: BoardPlace, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        await RedmineBoard(room.client, place, the_servers).chamados()


async def test_situations_that_are_missing_are_named_where_they_are_needed(room: Room) -> None:
    labels = {**LABELS, STATUS.BACKLOG: "Fila do desenvolvimento", STATUS.TRIAGEM: "triágem"}
    board = RedmineBoard(room.client, PLACE, the_servers, labels=labels)
    assert (await board.layout()).missing_statuses == ()
    known = await board.layout()
    left = dict(known.statuses)
    del left[STATUS.BACKLOG]
    board._tasks._known = replace(known, statuses=left)
    sent = await board.submit(draft())
    with pytest.raises(SettingsError, match="não tem a situação “Fila do desenvolvimento”"):
        await board.move(sent.id, BACKLOG, event="x", who="Téo")
    lacks = [lack async for lack in lacking(room.client, PLACE, board._tasks._known)]
    assert ["Fila do desenvolvimento" in lack.message and lack.serious for lack in lacks] == [True]


async def test_a_board_that_has_all_lacks_nothing(room: Room) -> None:
    assert [lack async for lack in lacking(room.client, PLACE, await room.board.layout())] == []


@pytest.mark.parametrize("first_ever", [True, False], ids=["the first task ever", "one of several"])
async def test_a_tracker_without_the_field_is_told_and_no_second_task_is_made(
    room: Room, first_ever: bool
) -> None:
    if not first_ever:
        await room.another().submit(draft())
    wanted = draft()
    with room.redmine.tracker_without(room.field("Chamado")):
        if first_ever:  # nothing tells before there is one
            with pytest.raises(OutcomeUnknown, match=r"não tem o campo “Chamado”: a tarefa \d+ ficou sem"):
                await room.board.submit(wanted)
            assert await room.board.chamado(wanted.id) is None
        for board in (room.board, room.another()):
            with pytest.raises(SettingsError, match="não tem o campo “Chamado”: nada foi enviado"):
                await board.submit(wanted)
        lacks = [lack async for lack in lacking(room.client, PLACE, await room.board.layout())]
        assert ["não tem o campo" in lack.message and lack.serious for lack in lacks][:1] == [True]
    sent = await room.board.submit(wanted, author="Marina")
    assert await room.another().chamado(wanted.id) == sent
    assert len(room.redmine.rows(project_id="chamados", status_id="*")) == (1 if first_ever else 2)
    assert (await room.board.submit(wanted)).number == sent.number


async def test_what_ones_role_may_not_do_is_told_beforehand(room: Room) -> None:
    layout = await room.board.layout()
    held = await room.client.permissions(layout.project)
    assert held is not None
    assert {"add_issues", "edit_issues", "add_issue_notes"} <= held

    async def fewer(project_id: int) -> frozenset[str]:
        return held - {"add_issue_notes", "edit_issues"}

    room.client.permissions = fewer  # type: ignore[method-assign]
    lacks = [lack async for lack in lacking(room.client, PLACE, layout)]
    told = "sua função em “Chamados” não permite editar tarefas, adicionar notas"
    assert [(lack.message, lack.serious) for lack in lacks] == [(told, True)]


async def test_in_a_project_that_one_has_no_part_in_nothing_is_known(room: Room) -> None:
    assert await room.client.permissions(999) is None


async def test_ways_that_the_workflow_has_and_a_chamado_has_not_are_told(room: Room) -> None:
    await room.board.submit(draft())
    layout = await room.board.layout()
    swapped = dict(layout.statuses)
    swapped[STATUS.REPROVADO], swapped[STATUS.DOING] = swapped[STATUS.DOING], swapped[STATUS.REPROVADO]
    lacks = [lack async for lack in lacking(room.client, PLACE, replace(layout, statuses=swapped))]
    assert "de Triagem o Redmine deixa ir também a Reprovado" in [lack.message for lack in lacks]
    assert not any(lack.serious for lack in lacks)


async def test_columns_that_are_not_there_are_done_without(room: Room) -> None:
    absent: dict[Column, int | str] = {column: f"Sem {column}" for column in Column}
    del absent[Column.CHAMADO]
    board = room.another(fields=absent)
    sent = await board.submit(draft(), author="Marina")
    assert (sent.tool, sent.flow, sent.ticket_id) == (Tool.SISTEMA, ("Fiscal", "Notas", "Transmitir"), 42)
    for number, move in enumerate(
        (
            BACKLOG,
            *(Move(to=to) for to in (STATUS.A_FAZER, STATUS.DOING, STATUS.PULL_REQUEST, STATUS.PR_APROVADO)),
            Move(to=STATUS.PUBLICADO_EM_HOMOLOGACAO, url="https://homologacao.exemplo.com.br/1"),
        )
    ):
        moved = await board.move(sent.id, move, event=f"{sent.id}-{number}", who="Téo")
    assert moved.url == "https://homologacao.exemplo.com.br/1"
    assert "URL de homologação: https://homologacao" in room.issue(sent)["journals"][-1]["notes"]
    lacks = [lack async for lack in lacking(room.client, replace(PLACE, fields=absent), await board.layout())]
    assert ["Sem url" in lack.message and not lack.serious for lack in lacks] == [True]


async def test_a_field_that_is_no_filter_finds_only_its_own(redmine: Lab) -> None:
    client = redmine.client()
    board = RedmineBoard(client, PLACE, the_servers)
    mine, other = await board.submit(draft()), await board.submit(draft())
    asked = client.tasks_where

    async def unfiltered(query: dict[str, object]) -> object:
        return await asked({name: value for name, value in query.items() if not name.startswith("cf_")})

    client.tasks_where = unfiltered  # type: ignore[method-assign,assignment]
    again = RedmineBoard(client, PLACE, the_servers)
    assert await again.chamado(mine.id) == mine
    assert await again.chamado(other.id) == other
    assert await again.chamado("nunca-enviado") is None
    lacks = [lack async for lack in lacking(client, PLACE, await again.layout())]
    assert ["ignora o filtro" in lack.message for lack in lacks] == [True]
    with pytest.raises(NotFound):
        await again.comment("nunca-enviado", "oi", event="x", who="Ana")
    client.close()
