"""The colleagues at work in the demo: by the script, once, and only where they were asked to."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.models.handover import Handover, HandoverLine, Part, awaited
from clients.sandbox.company.facts import company_facts
from clients.sandbox.knobs import Knobs, LifeKnobs
from clients.sandbox.redmine.facts import team_facts
from clients.sandbox.redmine.words import PEOPLE
from clients.sandbox.script import script
from clients.sandbox.server import Running, running_sandbox
from clients.store import Store
from tests.support.clock import NOW, frozen
from tests.support.sandbox import slack
from tui.handovers import Handovers
from tui.shared_handovers import FILE

Json = dict[str, Any]
ME = "Beatriz Nogueira"
ALL = sum(step.after for step in script().steps)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the analysts' handovers, as who administers a machine makes it."""
    made = tmp_path / "passagens"
    made.mkdir()
    made.chmod(0o2770)
    return made


@contextmanager
def at_work(tmp_path: Path, folder: Path | None, *, asked: bool = True) -> Iterator[Running]:
    knobs = Knobs(life=LifeKnobs(colleagues=asked))
    with running_sandbox(
        tmp_path / "sandbox", tickets=60, clock=frozen, knobs=knobs, handovers=folder
    ) as running:
        yield running


def after(running: Running, minutes: float) -> None:
    running.knobs.clock.offset_seconds = minutes * 60


def task(running: Running, subject: str) -> Json:
    """A task by its title, with its history."""
    headers = {"X-Redmine-API-Key": running.keys.redmine["beatriz.nogueira"]}
    with httpx.Client(base_url=running.urls.redmine, headers=headers, timeout=30, verify=False) as web:
        rows = web.get("/issues.json", params={"status_id": "*", "limit": 100}).json()["issues"]
        (number,) = (row["id"] for row in rows if row["subject"] == subject)
        found: Json = web.get(f"/issues/{number}.json", params={"include": "journals"}).json()["issue"]
    return found


def notes(running: Running, subject: str) -> list[str]:
    return [entry["notes"] for entry in task(running, subject)["journals"] if entry["notes"]]


def handed_over(folder: Path) -> tuple[Handover, ...]:
    """What is in the folder, as a desk reads it."""
    return read(folder, lambda handovers: handovers.list())


def read(folder: Path, what: "Callable[[Handovers], tuple[Handover, ...]]") -> tuple[Handover, ...]:
    own = Store(folder.parent / "own.db")
    with closing(own), closing(Store(folder / FILE, shared=True)) as shared:
        return what(Handovers(own, shared, frozen))


RATES, STOCK = "Conferir as alíquotas de ICMS com a contabilidade", "Reenviar o estoque da loja virtual"


def test_nothing_happens_where_it_was_not_asked_for(tmp_path: Path, folder: Path) -> None:
    with at_work(tmp_path, folder, asked=False) as running:
        before = task(running, RATES)
        after(running, ALL + 1)
        assert task(running, RATES) == before
        assert list(folder.iterdir()) == []
        running.knobs.life.colleagues = True
        assert task(running, RATES) == before, "from then on"
        after(running, ALL + 3)
        assert len(task(running, RATES)["journals"]) == len(before["journals"]) + 1


def test_a_colleague_speaks_within_two_minutes_and_then_every_few(tmp_path: Path, folder: Path) -> None:
    with at_work(tmp_path, folder) as running:
        before = len(notes(running, RATES))
        after(running, 2)
        assert len(notes(running, RATES)) == before + 1
        after(running, 2.5)
        assert len(notes(running, RATES)) == before + 1, "once"
        written = task(running, RATES)["journals"][-1]
        assert written["created_on"] == "2026-03-04T15:07:12Z", "as of when it was due"
        assert written["user"]["name"] == "Jéssica Andrade"
    assert all(1 <= step.after <= 8 for step in script().steps)


def test_tasks_are_passed_on_concluded_and_freed(tmp_path: Path, folder: Path) -> None:
    with at_work(tmp_path, folder) as running:
        assert task(running, STOCK)["assigned_to"]["name"] == "Otávio Prado"
        after(running, ALL + 1)
        assert task(running, STOCK)["assigned_to"]["name"] == ME
        assert task(running, "Corrigir o CFOP nas naturezas de operação")["status"]["is_closed"]
        assert task(running, "Etiqueta da transportadora sai sem o código de rastreio")["status"]["is_closed"]
        assert task(running, "Coluna de margem na tela e na planilha")["spent_hours"] == 7.0


def test_what_happened_is_not_done_again_when_the_demo_opens_again(tmp_path: Path, folder: Path) -> None:
    with at_work(tmp_path, folder) as running:
        after(running, 2)
        told = notes(running, RATES)
    with at_work(tmp_path, folder) as again:
        assert notes(again, RATES) == told
        assert len(notes(again, "Etiqueta da transportadora sai sem o código de rastreio")) == 1
        after(again, script().steps[1].after + 0.1)
        assert len(notes(again, "Etiqueta da transportadora sai sem o código de rastreio")) == 2
    assert len(handed_over(folder)) == 1


def test_a_question_on_slack_stays_open(tmp_path: Path, folder: Path) -> None:
    with at_work(tmp_path, folder) as running, slack(running, "analyst") as web:
        channels = web.get("conversations.list", params={"limit": 100}).json()["channels"]
        (channel,) = (one["id"] for one in channels if one["name"] == "suporte")
        after(running, ALL + 1)
        said = web.get("conversations.history", params={"channel": channel, "limit": 50}).json()["messages"]
        (asked,) = (one for one in said if "já testou a importação do XML?" in one["text"])
        assert asked["text"].startswith("<@U0AGT01>")
        assert "reply_count" not in asked


def test_a_shift_waits_for_acknowledgement_and_another_is_handed_over(tmp_path: Path, folder: Path) -> None:
    with at_work(tmp_path, folder) as running:
        (waiting,) = awaited(handed_over(folder), ME, NOW)
        assert waiting.who == "Otávio Prado"
        assert {line.part for line in waiting.lines} >= {Part.OPEN, Part.SERVICES, Part.ADDED}
        after(running, ALL + 1)
        task(running, STOCK)
        last = awaited(handed_over(folder), ME, NOW + timedelta(hours=2))
        assert [one.who for one in last] == ["Jéssica Andrade", "Otávio Prado"]
        assert all(one.waiting == one.lines for one in last), "nobody else acknowledges them"


def test_colleagues_acknowledge_most_of_what_one_hands_over(tmp_path: Path, folder: Path) -> None:
    lines = tuple(HandoverLine(key=f"livre:{n}", part=Part.ADDED, text=f"linha {n}") for n in range(6))
    mine = Handover(id="um", who=ME, at=NOW, lines=lines, text="Passagem")
    with at_work(tmp_path, folder) as running:

        def hand_over(handovers: Handovers) -> tuple[Handover, ...]:
            handovers.hand_over(mine, "")
            handovers.share()
            return ()

        read(folder, hand_over)
        for minutes, taken_in in ((1, 0), (2.1, 1), (2.75, 3), (30, 5)):
            after(running, minutes)
            task(running, STOCK)
            (found,) = (one for one in handed_over(folder) if one.id == "um")
            assert len(found.seen) == taken_in
        assert {seen.who for seen in found.seen} == {"Otávio Prado", "Jéssica Andrade"}
        assert [line.key for line in found.waiting] == ["livre:3"]


def test_the_script_names_tasks_and_people_that_there_are() -> None:
    keys = {each.key for each in team_facts().tasks}
    assert {step.act.task for step in script().steps if step.act} <= keys
    assert all([step.act, step.say, step.shift].count(None) == 2 for step in script().steps)
    everybody = [agent.name for agent in company_facts().agents]
    for step in script().steps:
        if step.act:
            _, first, last = PEOPLE[step.act.who]
            assert f"{first} {last}" in everybody
    shifts = [script().waiting, *(step.shift for step in script().steps if step.shift)]
    assert all(everybody[shift.who] != ME for shift in shifts)
