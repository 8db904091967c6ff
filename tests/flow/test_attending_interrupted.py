"""Attending with every step, killed and cut off at every boundary: real processes, counted where it counts.

``pytest -s`` prints the table: boundary, and what all systems have afterwards.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clients.sandbox.__main__ import ready_line
from clients.sandbox.server import Running, running_sandbox
from tests.support.attender import (
    TEXT,
    Errand,
    Report,
    attend,
    desk_on,
    report,
    settings_of,
    settle,
    steps_of,
)
from tests.support.cutting_proxy import Line, When, proxied
from tests.support.whole_truth import Addresses, Count, counted, fresh_ticket
from tui.cli.attend_asked import Asked
from tui.flows.engine import Refused, Unknown

ROOT = Path(__file__).parents[2]
WRITES = ("Tipo", "task", "time on the task", "time on the ticket", "reply", "status", "note", "question")
"""What each step writes, in their order."""
KINDS = [
    "freshdesk.update",
    "redmine.create",
    "redmine.time",
    "freshdesk.time",
    "freshdesk.reply",
    "freshdesk.update",
    "freshdesk.note",
    "slack.post",
]
WAITING = 6
ONCE = Count(
    tasks=1, task_times=1, ticket_times=1, replies=1, notes=1, questions=1, type="Bug", status=WAITING
)
DONE = ("done",) * len(WRITES)
PATIENCE = 60.0

every_write = pytest.mark.parametrize("number", range(1, len(WRITES) + 1), ids=WRITES)


class House:
    """A sandbox behind proxies, and one ticket on it that nobody has attended."""

    def __init__(self, running: Running, line: Line, urls: dict[str, str], folder: Path) -> None:
        plain: dict[str, Any] = json.loads(ready_line(running))
        self.line = line
        self.folder = folder
        self.ready = {**plain, "urls": {**plain["urls"], **urls}}
        self.there = Addresses.of(plain)
        self.ticket = fresh_ticket(self.there)
        self._before = counted(self.there, self.ticket)

    @property
    def count(self) -> Count:
        """What came of it so far."""
        return counted(self.there, self.ticket).since(self._before)

    def colleague(self) -> dict[str, Any]:
        """What another analyst is told of the same systems."""
        keys = self.ready["keys"]
        redmine = dict(reversed(keys["redmine"].items()))
        theirs = {**keys, "freshdesk": keys["freshdesk_colleague"], "redmine": redmine}
        return {**self.ready, "keys": theirs}

    def process(self) -> "subprocess.Popen[str]":
        """A process that waits for its errand."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.support.attender"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def attending(self) -> str:
        """The errand to attend the ticket."""
        return Errand(ready=self.ready, folder=self.folder, ticket=self.ticket).model_dump_json()

    def settling(self) -> str:
        """The errand to settle what was left."""
        return Errand(ready=self.ready, folder=self.folder).model_dump_json()

    def killed(self, number: int, when: When) -> None:
        """Let a process attend the ticket, and kill it at a write."""
        process = self.process()

        def kill() -> None:
            process.kill()
            process.wait()

        self.line.watch(lambda count, _: count == number, when, kill, cuts=True)
        _, said = process.communicate(self.attending(), timeout=PATIENCE)
        assert process.returncode == -9, said

    def settled(self) -> list[Report]:
        """Let a new process settle what is open."""
        return said_by(self.process(), self.settling())


def said_by(process: "subprocess.Popen[str]", errand: str) -> list[Report]:
    out, wrong = process.communicate(errand, timeout=PATIENCE)
    assert process.returncode == 0, wrong
    return [Report.model_validate_json(line) for line in out.splitlines()]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    line = Line()
    with ExitStack() as stack:
        running = stack.enter_context(running_sandbox(tmp_path / "sandbox", tickets=20))
        urls = {
            name: stack.enter_context(proxied(getattr(running.urls, name), line))
            for name in ("freshdesk", "redmine", "slack")
        }
        yield House(running, line, urls, tmp_path / "dados")


@pytest.mark.anyio
async def test_the_steps_are_those_that_are_interrupted_here(house: House) -> None:
    async with desk_on(settings_of(house.ready, house.folder)) as desk:
        steps = await steps_of(desk, house.ticket)
        assert [step.kind for step in steps] == KINDS
        assert (await attend(desk, house.ticket)).is_done
    assert len(house.line.writes) == len(WRITES)
    assert house.count == ONCE


@pytest.mark.crash
@pytest.mark.parametrize(
    ("number", "when"),
    [
        pytest.param(number, when, id=f"{WRITES[number - 1]}-{when}")
        for number in range(1, len(WRITES) + 1)
        for when in (When.BEFORE, When.AFTER, *([When.ANSWERED] if number in (2, 4) else []))
    ],
)
def test_killed_at_a_boundary_all_is_done_once_by_the_next_process(
    house: House, number: int, when: When
) -> None:
    house.killed(number, when)
    reports = house.settled()
    print(f"\nkilled {when:<8} {WRITES[number - 1]:<18} → {house.count}")
    assert [one.states for one in reports] == [DONE]
    assert house.count == ONCE


@pytest.mark.crash
@pytest.mark.anyio
@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@every_write
async def test_a_lost_answer_at_any_write_neither_doubles_nor_loses(
    house: House, number: int, when: When
) -> None:
    house.line.watch(lambda count, _: count == number, when, lambda: None, cuts=True)
    async with desk_on(settings_of(house.ready, house.folder)) as desk:
        progress = await attend(desk, house.ticket)
        print(f"\nlost   {when:<8} {WRITES[number - 1]:<18} → {house.count}")
        assert house.line.hit.is_set()
        assert report(progress).states == DONE
        assert await settle(desk) == []
    assert house.count == ONCE
    again = 1 if when is When.BEFORE else 0
    assert len(house.line.writes) == len(WRITES) + again, "only what did not arrive is sent again"


@pytest.mark.crash
def test_killed_again_while_settling_it_is_still_done_once(house: House) -> None:
    house.killed(2, When.BEFORE)
    second = house.process()

    def kill() -> None:
        second.kill()
        second.wait()

    house.line.watch(lambda _, write: write.endswith("/reply"), When.AFTER, kill, cuts=True)
    second.communicate(house.settling(), timeout=PATIENCE)
    assert second.returncode == -9
    assert [one.states for one in house.settled()] == [DONE]
    assert house.count == ONCE


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "stands_at"), [("/time_entries", 3), ("/reply", 4)], ids=["time on the ticket", "reply"]
)
async def test_what_looking_cannot_tell_is_asked_and_not_sent_again(
    house: House, path: str, stands_at: int
) -> None:
    """The same thing is done by hand at the very moment at which the answer is lost."""
    url = f"/{house.ticket}{path}"
    note = {"time_spent": "00:25", "note": "Conferido o cadastro"}
    by_hand = {"body": f"<div>{TEXT}</div>"} if path == "/reply" else note

    house.line.watch(
        lambda _, write: write == f"POST /api/v2/tickets{url}",
        When.AFTER,
        lambda: house.there.write_on_ticket(url, by_hand),
        cuts=True,
    )
    async with desk_on(settings_of(house.ready, house.folder)) as desk:
        stopped = await attend(desk, house.ticket)
        assert isinstance(stopped.last, Unknown)
        assert report(stopped).states == (
            *["done"] * stands_at,
            "ask",
            *["planned"] * (len(WRITES) - stands_at - 1),
        )
        assert [report(each).last for each in await settle(desk)] == ["Unknown"], "it is asked again"
        assert await desk.workflows.decide(stopped.last.intent, done=True)
        assert [report(each).states for each in await settle(desk)] == [DONE]
    assert house.count in (replace(ONCE, ticket_times=2), replace(ONCE, replies=2)), "ours, and that by hand"


@pytest.mark.anyio
@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
async def test_a_lost_answer_at_the_change_of_a_linked_task_changes_it_once(house: House, when: When) -> None:
    again = Asked(type="Treinamento/Orientação", time="10min", activity="Suporte", note="Era dúvida de uso.")
    async with desk_on(settings_of(house.ready, house.folder)) as desk:
        assert (await attend(desk, house.ticket)).is_done
        house.line.watch(lambda _, write: write.startswith("PUT /issues/"), when, lambda: None, cuts=True)
        assert report(await attend(desk, house.ticket, again)).states == ("done",) * 5
        assert house.line.hit.is_set()
    (task,) = house.there.task("/issues.json", cf_1=house.ticket, status_id="*")["issues"]
    assert task["tracker"]["name"] == "Treinamento/Orientação"
    history = house.there.task(f"/issues/{task['id']}.json", include="journals")["issue"]["journals"]
    assert len(history) == 1
    assert house.count == replace(ONCE, task_times=2, ticket_times=2, notes=2, type="Treinamento/Orientação")


@pytest.mark.crash
def test_who_comes_while_another_process_settles_keeps_its_hands_off(house: House) -> None:
    house.killed(2, When.BEFORE)
    first, second = house.process(), house.process()
    came: list[Report] = []
    house.line.watch(
        lambda count, _: count == 1,
        When.AFTER,
        lambda: came.extend(said_by(second, house.settling())),
        cuts=False,
    )
    assert [one.states for one in said_by(first, house.settling())] == [DONE]
    assert [one.last for one in came] == ["Elsewhere"]
    assert house.count == ONCE


@pytest.mark.crash
def test_two_processes_that_settle_at_once_do_it_once(house: House) -> None:
    house.killed(2, When.AFTER)
    with ThreadPoolExecutor() as both:
        running = [both.submit(said_by, house.process(), house.settling()) for _ in range(2)]
        reports = [one for each in running for one in each.result()]
    assert DONE in [one.states for one in reports]
    assert house.count == ONCE


@pytest.mark.anyio
async def test_two_analysts_at_one_ticket_make_one_task_and_the_second_is_told(
    house: House, tmp_path: Path
) -> None:
    theirs = settings_of(house.colleague(), tmp_path / "colega")
    async with desk_on(settings_of(house.ready, house.folder)) as mine, desk_on(theirs) as other:
        planned = await other.workflows.plan(await steps_of(other, house.ticket))
        assert (await attend(mine, house.ticket)).is_done
        second = await other.workflows.carry_on(planned[0].workflow)
        assert isinstance(second.last, Refused)
        assert "ganhou a tarefa" in second.last.trouble.message
        assert report(second).states == ("done", *["planned"] * (len(WRITES) - 1))
    assert house.count == ONCE


@pytest.mark.crash
def test_two_tasks_made_in_the_same_instant_are_told_and_the_client_hears_once(
    house: House, tmp_path: Path
) -> None:
    """Redmine has no way to bar the second: the one whose request came last is told of the other."""
    theirs = Errand(ready=house.colleague(), folder=tmp_path / "colega", ticket=house.ticket)
    mine, other = house.process(), house.process()
    came: list[Report] = []
    house.line.watch(
        lambda _, write: write == "POST /issues.json",
        When.BEFORE,
        lambda: came.extend(said_by(other, theirs.model_dump_json())),
        cuts=False,
    )
    (ours,) = said_by(mine, house.attending())
    assert [one.states for one in came] == [DONE[1:]], "the Tipo was set already"
    assert ours.states == (*["done"] * 4, *["planned"] * (len(WRITES) - 4))
    assert "Ao mesmo tempo o ticket ganhou a tarefa" in ours.evidence[1]
    assert "mensagens novas" in ours.told
    assert house.count == replace(ONCE, tasks=2, task_times=2, ticket_times=2)
