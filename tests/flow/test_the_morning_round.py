"""The morning round on the sandbox: what it finds, who closes it, and that its summary is posted once."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.morning import CheckKind, MorningRound, Weight
from clients.models.morning_summary import summary
from clients.models.rules.unanswered import unanswered
from clients.models.service import ServiceState
from clients.models.service_note import ServiceNote
from clients.models.slack_time import ts_of
from clients.models.timer import ticket_target
from clients.models.times import BRAZIL
from clients.models.workday import WorkCalendar
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.desk import settings_for
from tests.support.sandbox import permalink
from tui.cli.headless import one_refresh
from tui.desk import Desk
from tui.journal import Busy
from tui.morning import Morning, Read, Sights
from tui.settings import Settings
from tui.settings_workday import WorkdaySettings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
TEAM = "C0PLANT04"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=80, clock=frozen) as running:
        yield running


@dataclass
class Seat:
    """One session of an analyst."""

    desk: Desk
    morning: Morning

    async def reads(self) -> Sights:
        """Read everything anew."""
        sources = self.desk.sources
        services, queue = sources.services_poller(Feed()), sources.queue_poller(Feed())
        read = Read(
            services=await one_refresh(services) if services else Feed(),
            queue=await one_refresh(queue) if queue else Feed(),
            chamados=await self.desk.chamado_room.read(),
            concluded=await self.morning.concluded(Feed()),
        )
        return await self.morning.sights(read)

    async def ticks_everything(self) -> tuple[MorningRound, Sights]:
        """Note why red is left, and tick each check."""
        await self.morning.note(CheckKind.SERVICES, "já avisado")
        sights = await self.reads()
        for sight in sights.values():
            await self.morning.tick(sight)
        return await self.morning.round(), sights

    async def closes(self) -> str:
        """Tick everything and close; return the operation that posts."""
        done, sights = await self.ticks_everything()
        return await self.morning.close(summary(done, sights), await self.morning.channel())

    async def said(self) -> list[str]:
        """Summaries in the team's channel."""
        assert self.desk.slack is not None
        since = ts_of(frozen() - timedelta(minutes=1))
        said = await self.desk.slack.history(TEAM, since)
        return [one.text() for one in said if one.text().startswith("Rotina da manhã")]


@asynccontextmanager
async def seated(running: Running, settings: Settings) -> AsyncIterator[Seat]:
    desk = Desk(settings, running.clock, quarantine=timedelta())
    try:
        await desk.open()
        await desk.connect()
        await desk.learn_account()
        yield Seat(desk, Morning(desk))
    finally:
        await desk.close()


async def test_each_check_finds_what_the_systems_say(running: Running, tmp_path: Path) -> None:
    async with seated(running, settings_for(running, tmp_path)) as seat:
        desk = seat.desk
        assert desk.redmine is not None
        await desk.disk(desk.local.timers.start, ticket_target(4102))
        sights = await seat.reads()
        services = (await desk.sources.remembered_services()).items
        red = [each.key for each in services if each.state is ServiceState.FAIL]
        assert red
        assert [each.key for each in sights[CheckKind.SERVICES].lines][: len(red)] == red
        queue = (await desk.sources.remembered_queue()).items
        waiting = {str(each.id) for each in queue if unanswered(each)}
        assert {each.key for each in sights[CheckKind.UNANSWERED].lines} == waiting
        assert waiting
        me, since = await desk.redmine.current_user(), await seat.morning.since()
        every = [await desk.redmine.task(task.id) for task in await desk.redmine.tasks(status="closed")]
        mine = {
            str(task.id)
            for task in every
            if task.closed_on is not None
            and task.closed_on >= since
            and (
                (task.author is not None and task.author.id == me.id)
                or me.id in {person.id for person in task.watchers}
            )
        }
        assert {each.key for each in sights[CheckKind.CONCLUDED].lines} == mine
        assert mine
        assert [each.key for each in sights[CheckKind.TIMERS].lines] == ["ticket:4102"]


async def test_an_acknowledged_failure_is_told_as_dealt_with(running: Running, tmp_path: Path) -> None:
    async with seated(running, settings_for(running, tmp_path)) as seat:
        line = (await seat.reads())[CheckKind.SERVICES].lines[0]
        assert (line.weight, line.dealt) == (Weight.RED, "")
        note = ServiceNote(
            id="n1", key=line.key, at=running.clock(), who="Ana", text="em contato", acknowledges=True
        )
        await seat.desk.disk(seat.desk.local.service_log.write_down, note)
        line = (await seat.reads())[CheckKind.SERVICES].lines[0]
        assert line.dealt == "ciente por Ana, hoje 12:06: em contato"


async def test_the_summary_is_posted_once_by_whoever_closes_first(running: Running, tmp_path: Path) -> None:
    settings = settings_for(running, tmp_path)
    async with seated(running, settings) as seat, seated(running, settings) as other:
        workflow = await seat.closes()
        channel = await other.morning.channel()
        with pytest.raises((ValueError, Busy)):
            await other.morning.close("outro", channel)
        progress = await seat.desk.workflows.carry_on(workflow)
        assert progress.is_done
        with pytest.raises(ValueError, match="já foi fechada"):
            await other.morning.close("outro", channel)
        (said,) = await seat.said()
        morning = await other.morning.round()
        assert said == morning.text
        assert "Nota: já avisado" in said
        assert await other.desk.workflows.pending() == ()
        ts = str(progress.steps[0].remote_id)
        link = permalink(running, TEAM, ts)
        assert await other.morning.fate(morning) == "publicada em suporte"
        assert (await other.morning.with_link(morning)).link == link
        assert (await seat.morning.round()).link == link


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_lost_answer_neither_doubles_nor_loses_it(
    running: Running, tmp_path: Path, arrived: bool
) -> None:
    async with seated(running, settings_for(running, tmp_path)) as seat:
        workflow = await seat.closes()
        running.knobs.slack.errors_after_commit = arrived
        running.knobs.slack.next_errors = ["fatal_error"]
        assert (await seat.desk.workflows.carry_on(workflow)).is_done
        assert len(await seat.said()) == 1


async def test_closed_and_killed_before_it_was_posted_it_is_posted_by_the_next_session(
    running: Running, tmp_path: Path
) -> None:
    settings = settings_for(running, tmp_path)
    async with seated(running, settings) as killed:
        workflow = await killed.closes()
        assert await killed.said() == []
        assert await killed.morning.fate(await killed.morning.round()) == (
            "publicação em suporte ainda sem desfecho"
        )
    async with seated(running, settings) as seat:
        assert (await seat.morning.round()).closed_at is not None
        assert (await seat.desk.workflows.settle(workflow)).is_done
        assert len(await seat.said()) == 1


async def test_what_cannot_be_closed_leaves_nothing_on_its_way(running: Running, tmp_path: Path) -> None:
    async with seated(running, settings_for(running, tmp_path)) as seat:
        with pytest.raises(ValueError, match="Falta marcar"):
            await seat.morning.close("cedo demais", await seat.morning.channel())
        assert await seat.desk.workflows.pending() == ()
        assert (await seat.morning.round()).closed_at is None


async def test_without_a_channel_it_is_closed_to_be_copied(running: Running, tmp_path: Path) -> None:
    settings = settings_for(running, tmp_path)
    assert settings.slack is not None
    silent = settings.slack.model_copy(update={"round_channel": ""})
    async with seated(running, settings.model_copy(update={"slack": silent, "redmine": None})) as seat:
        sights = await seat.reads()
        assert sights[CheckKind.CONCLUDED].absent == "Redmine não configurado"
        await seat.morning.note(CheckKind.SERVICES, "já avisado")
        for sight in sights.values():
            if not sight.absent:
                await seat.morning.tick(sight)
        assert await seat.morning.channel() is None
        assert await seat.morning.close("texto", None) == ""
        morning = await seat.morning.round()
        assert (morning.text, await seat.morning.fate(morning)) == ("texto", "resumo para copiar")
        assert await seat.said() == []


async def test_a_redmine_that_does_not_answer_says_why_and_ticks_nothing(
    running: Running, tmp_path: Path
) -> None:
    settings = settings_for(running, tmp_path)
    assert settings.redmine is not None
    nobody = settings.redmine.model_copy(update={"url": "http://127.0.0.1:9"})
    async with seated(running, settings.model_copy(update={"redmine": nobody})) as seat:
        sight = (await seat.reads())[CheckKind.CONCLUDED]
        assert sight.trouble
        with pytest.raises(ValueError, match="ainda não há leitura"):
            await seat.morning.tick(sight)


async def test_on_a_day_off_no_round_is_expected_and_the_screen_does_not_wait_for_the_calendar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[threading.Thread] = set()
    day_off = WorkCalendar.day_off

    def noted(calendar: WorkCalendar, day: date) -> str:
        asked.add(threading.current_thread())
        return day_off(calendar, day)

    monkeypatch.setattr(WorkCalendar, "day_off", noted)
    workday = WorkdaySettings.model_validate({"feriados": {"22/04": "Aniversário da casa"}})
    expected = {}
    for day in (17, 18, 20, 21, 22, 23):
        now = datetime(2026, 4, day, 8, tzinfo=BRAZIL)
        desk = Desk(Settings(state_folder=tmp_path, workday=workday), lambda now=now: now)  # type: ignore[misc]
        await desk.open()
        expected[day] = await Morning(desk).is_expected()
        looked_back_to = (await Morning(desk).since()).astimezone(BRAZIL).day
        await desk.close()
    assert expected == {17: True, 18: False, 20: True, 21: False, 22: False, 23: True}
    assert looked_back_to == 20
    assert asked
    assert threading.main_thread() not in asked
