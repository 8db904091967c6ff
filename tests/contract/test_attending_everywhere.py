"""A ticket attended from Freshdesk through to Redmine, the real one and the sandbox's, read back in both."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from clients.models.mark import mark
from clients.sandbox.__main__ import ready_line
from clients.sandbox.server import Running, running_sandbox
from tests.support.attender import TEXT, attend, desk_on, report, settings_of
from tests.support.cutting_proxy import Line, When, proxied
from tests.support.redmine_lab import MANY_FIELD, Lab
from tests.support.whole_truth import Addresses, Count, counted, fresh_ticket
from tui.cli.attend_asked import Asked
from tui.desk import Desk
from tui.intent import Intent
from tui.settings import RedmineSettings

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

REQUEST = "Solicitação/Intervenção"
WAITING = 6
ASKED = Asked(
    type=REQUEST,
    project="erp",
    subject="Tabela de preço: liberar para o vendedor",
    fields=("Motivo=Ajuste de dados",),
    time="25min",
    activity="Suporte",
    comments="Conferido o cadastro",
    reply=TEXT,
    status="Aguardando Cliente",
)
ONCE = Count(
    tasks=1, task_times=1, ticket_times=1, replies=1, notes=0, questions=0, type=REQUEST, status=WAITING
)


class Office:
    """One desk on the sandbox's Freshdesk and the lab's Redmine, and one ticket of its own."""

    def __init__(self, desk: Desk, there: Addresses, lab: Lab, line: Line) -> None:
        self.desk = desk
        self.there = there
        self.line = line
        self._lab = lab
        self.ticket = fresh_ticket(there)
        self._before = counted(there, self.ticket)

    @property
    def count(self) -> Count:
        """What came of it so far, in all systems."""
        return counted(self.there, self.ticket).since(self._before)

    def task(self) -> dict[str, Any]:
        """The one task that names the ticket."""
        number = self._lab.field_id(MANY_FIELD)
        (row,) = self._lab.rows(**{f"cf_{number}": f"~{self.ticket}", "status_id": "*"})
        return self._lab.issue(row["id"])

    def time_of(self, task: int) -> list[dict[str, Any]]:
        """Its time entries, oldest first."""
        rows = self._lab.ask("GET", "/time_entries.json", {"issue_id": task}).json()["time_entries"]
        return sorted(rows, key=lambda row: int(row["id"]))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=8) as running:
        yield running


@pytest.fixture
async def office(running: Running, lab: Lab, tmp_path: Path) -> AsyncIterator[Office]:
    line, ready = Line(), json.loads(ready_line(running))
    there = replace(Addresses.of(ready), redmine=lab.url, redmine_key=lab.key)
    with ExitStack() as stack:
        url = stack.enter_context(proxied(lab.url, line))
        redmine = RedmineSettings.model_validate(
            {"url": url, "chave": SecretStr(lab.key), "campo_ticket": MANY_FIELD}
        )
        settings = settings_of(ready, tmp_path / "dados").model_copy(update={"redmine": redmine})
        async with desk_on(settings) as desk:
            yield Office(desk, there, lab, line)


def custom(task: dict[str, Any]) -> dict[str, object]:
    return {field["name"]: field.get("value") for field in task["custom_fields"]}


def made(steps: tuple[Intent, ...], kind: str) -> Intent:
    (step,) = (step for step in steps if step.kind == kind)
    return step


async def test_everything_is_there_once_with_its_marks(office: Office) -> None:
    progress = await attend(office.desk, office.ticket, ASKED)
    assert progress.is_done, report(progress).told
    assert [step.evidence for step in progress.steps] == [""] * 6, "nothing was left out"
    assert office.count == ONCE
    task = office.task()
    assert task["id"] == made(progress.steps, "redmine.create").remote_id
    assert (task["project"]["id"], task["tracker"]["name"]) == (1, REQUEST)
    assert task["subject"] == "Tabela de preço: liberar para o vendedor"
    assert custom(task)["Motivo"] == "Ajuste de dados"
    assert custom(task)[MANY_FIELD] == str(office.ticket)
    assert task["description"].startswith(f"Ticket #{office.ticket} http")
    assert task["description"].endswith(mark(made(progress.steps, "redmine.create").op_id))
    (time,) = office.time_of(task["id"])
    assert round(time["hours"] * 60) == 25
    assert time["activity"]["name"] == "Suporte"
    assert time["comments"] == f"Conferido o cadastro {mark(made(progress.steps, 'redmine.time').op_id)}"


async def test_without_the_required_field_nothing_is_created_and_the_rest_waits(office: Office) -> None:
    progress = await attend(office.desk, office.ticket, ASKED.model_copy(update={"fields": ()}))
    assert report(progress).last == "Refused"
    assert "Motivo" in report(progress).told
    assert report(progress).states == ("done", *["planned"] * 5)
    assert office.count == Count(0, 0, 0, 0, 0, 0, REQUEST, 2)


async def test_attending_again_links_to_the_task(office: Office) -> None:
    assert (await attend(office.desk, office.ticket, ASKED)).is_done
    again = Asked(time="10min", activity="Suporte", note="O vendedor confirmou.")
    progress = await attend(office.desk, office.ticket, again)
    assert [step.kind for step in progress.steps] == ["redmine.time", "freshdesk.time", "freshdesk.note"]
    assert progress.is_done
    task = office.task()
    assert [round(time["hours"] * 60) for time in office.time_of(task["id"])] == [25, 10]
    assert office.count.tasks == 1


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@pytest.mark.parametrize("path", ["/issues.json", "/time_entries.json"])
async def test_a_lost_answer_of_redmine_is_looked_for_and_all_is_there_once(
    office: Office, path: str, when: When
) -> None:
    office.line.watch(lambda _, write: write == f"POST {path}", when, lambda: None, cuts=True)
    progress = await attend(office.desk, office.ticket, ASKED)
    assert office.line.hit.is_set()
    assert progress.is_done, report(progress).told
    assert office.count == ONCE
    assert len(office.time_of(office.task()["id"])) == 1
