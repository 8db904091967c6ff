"""A shift handed over on the sandbox: posted once, acknowledged by another user's session, read on Slack."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from pydantic import SecretStr

import tui.handovers
from clients.errors import StoreError
from clients.models.answer import Answer, Kind
from clients.models.feed import Feed, Trouble
from clients.models.handover import HandoverLine, Part, Portion
from clients.models.handover_text import HEADING
from clients.models.morning import CheckKind, Weight
from clients.models.service import ServiceState
from clients.models.slack_time import ts_of
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.desk import settings_for
from tests.support.sandbox import permalink
from tui.cli.headless import one_refresh
from tui.desk import Desk
from tui.handover import HandingOver
from tui.handover_portions import Read, portions_of, read_promises
from tui.journal import Busy
from tui.morning import Morning
from tui.screens.handover_text import hand_over
from tui.settings import Settings
from tui.settings_handover import HandoverSettings

if TYPE_CHECKING:
    from tui.app import PlantaoApp

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
TEAM = "C0PLANT04"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=80, clock=frozen) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "equipe"
    made.mkdir()
    made.chmod(0o2770)
    return made


class AtTheText:
    """Stands for the app while the text is read: it is handed over as it is proposed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.carrier = self
        self.told: list[str] = []

    async def ask(self, screen: object) -> str:
        return "Passagem de turno"

    def carry(self, workflow: str, said: str) -> None:
        self.told.append(said)

    def report(self, trouble: Trouble) -> None:
        self.told.append(trouble.message)


@dataclass
class Seat:
    """One session of an analyst."""

    desk: Desk
    handing: HandingOver

    async def finds(self, *, reading: bool = False) -> tuple[Portion, ...]:
        """Read everything anew."""
        sources = self.desk.sources
        services, queue = sources.services_poller(Feed()), sources.queue_poller(Feed())
        read = Read(
            services=await one_refresh(services) if services else Feed(),
            queue=await one_refresh(queue) if queue else Feed(),
            chamados=await self.desk.chamado_room.read(),
            occupied={},
        )
        preparation = await self.handing.preparation()
        if reading:
            await read_promises(self.desk, read, whole_team=preparation.whole_team)
        return await portions_of(self.desk, read, whole_team=preparation.whole_team)

    async def lines(self) -> tuple[HandoverLine, ...]:
        """What would be passed on now, two lines of it and one's own, for short."""
        first, second, *others = (one for portion in await self.finds() for one in portion.lines)
        await self.handing.pass_on([one.key for one in others], passed_on=False)
        await self.handing.note(first.key, "ligar antes")
        made = await self.handing.write_line("a chave está na portaria")
        return made.lines((Portion(part=Part.OPEN, lines=(first, second)),))

    async def hands_over(self) -> str:
        """Prepare and hand over; return the operation that posts."""
        lines, after = await self.lines(), await self.handing.last()
        channel = await self.handing.channel()
        return await self.handing.hand_over(lines, self.handing.text(lines, ()), channel, after=after)

    async def said(self) -> list[str]:
        """Handovers in the team's channel."""
        assert self.desk.slack is not None
        said = await self.desk.slack.history(TEAM, ts_of(frozen() - timedelta(minutes=1)))
        return [one.text() for one in said if one.text().startswith(HEADING)]


@asynccontextmanager
async def seated(running: Running, settings: Settings) -> AsyncIterator[Seat]:
    desk = Desk(settings, running.clock, quarantine=timedelta())
    try:
        await desk.open()
        await desk.connect()
        await desk.learn_account()
        yield Seat(desk, HandingOver(desk))
    finally:
        await desk.close()


def anas(running: Running, tmp_path: Path, folder: Path | None) -> Settings:
    shared = HandoverSettings.model_validate({"pasta": folder})
    return settings_for(running, tmp_path / "ana", handover=shared)


def colleagues(running: Running, tmp_path: Path, folder: Path | None) -> Settings:
    """Those of another analyst and user of the machine."""
    settings = anas(running, tmp_path, folder)
    assert settings.freshdesk is not None
    assert settings.slack is not None
    key, token = SecretStr(running.keys.freshdesk_colleague), SecretStr(running.keys.slack["bot"])
    return settings.model_copy(
        update={
            "state_folder": tmp_path / "colega",
            "freshdesk": settings.freshdesk.model_copy(update={"key": key}),
            "slack": settings.slack.model_copy(update={"key": token}),
        }
    )


async def test_a_shift_is_handed_over_also_where_its_drafts_cannot_be_discarded(
    running: Running, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(beginning: str) -> None:
        raise StoreError("não há espaço")

    async with seated(running, anas(running, tmp_path, folder)) as seat:
        monkeypatch.setattr(seat.desk.local.drafts, "discard_all", no_space)
        app = AtTheText(seat.desk)
        assert await hand_over(cast("PlantaoApp", app), seat.handing, await seat.lines(), ())
        assert app.told == ["Turno passado; publicado em suporte.", "não há espaço"]
        assert await seat.handing.last()


async def test_what_is_found_is_what_the_systems_say(running: Running, tmp_path: Path) -> None:
    async with seated(running, anas(running, tmp_path, None)) as seat:
        found = {portion.part: portion for portion in await seat.finds()}
        assert [*found] == [part for part in Part if part is not Part.ADDED]
        services = (await seat.desk.sources.remembered_services()).items
        red = {f"servico:{each.key}" for each in services if each.state is ServiceState.FAIL}
        assert red <= {line.key for line in found[Part.SERVICES].lines}
        me = seat.desk.account.agent.id
        for line in (*found[Part.OPEN].lines, *found[Part.CLOCKS].lines):
            if line.ticket_id is not None and line.key.startswith(("ticket", "prazo:")):
                assert seat.desk.freshdesk is not None
                ticket = await seat.desk.freshdesk.ticket(line.ticket_id)
                assert ticket.is_open
                assert ticket.responder_id in (None, me)
        assert found[Part.OPEN].lines or found[Part.CLOCKS].lines


async def test_a_promise_just_sent_is_found_and_a_note_is_none(running: Running, tmp_path: Path) -> None:
    async with seated(running, anas(running, tmp_path, None)) as seat:
        await seat.finds()
        queue = (await seat.desk.sources.remembered_queue()).items
        ticket = next(each for each in queue if each.is_open)
        assert seat.desk.answering is not None
        for kind, text in ((Kind.NOTE, "Vou ver até sexta."), (Kind.REPLY, "Retornamos até amanhã às 10h.")):
            answer = Answer(ticket_id=ticket.id, kind=kind, text=text)
            async for view in seat.desk.read(ticket.id):
                last = max((one.id for one in view.conversations.items), default=0)
            await seat.desk.answering.send(answer, last)
        (portion, *_) = await seat.finds()
        told = [line.text for line in portion.lines if line.ticket_id == ticket.id]
        assert len(told) == 1
        assert "«Retornamos até amanhã às 10h.» — nossa vez: até amanhã 10:00" in told[0]
        async for _ in seat.desk.read(ticket.id):
            pass  # the message itself is known by now, beside what the journal says of it
        (portion, *_) = await seat.finds()
        assert len([line for line in portion.lines if line.ticket_id == ticket.id]) == 1


async def test_what_a_colleague_promised_is_looked_for_and_what_was_not_read_is_said(
    running: Running, tmp_path: Path
) -> None:
    mine, theirs = anas(running, tmp_path, None), colleagues(running, tmp_path, None)
    async with seated(running, mine) as seat, seated(running, theirs) as colleague:
        await seat.finds()
        queue = (await seat.desk.sources.remembered_queue()).items
        ticket = next(each for each in queue if each.is_open and each.responder_id is None)
        assert colleague.desk.answering is not None
        answer = Answer(ticket_id=ticket.id, kind=Kind.REPLY, text="Retornamos até amanhã às 10h.")
        await colleague.desk.answering.send(answer, 0)
        (before, *_) = await seat.finds()
        assert "não foram lidos aqui" in before.trouble
        assert ticket.id not in {line.ticket_id for line in before.lines}
        (after, *_) = await seat.finds(reading=True)
        (told,) = (line.text for line in after.lines if line.ticket_id == ticket.id)
        assert "«Retornamos até amanhã às 10h.»" in told
        assert colleague.desk.author in told


async def test_a_full_disk_under_the_shared_folder_keeps_nothing_from_being_posted(
    running: Running, tmp_path: Path, folder: Path
) -> None:
    async with seated(running, anas(running, tmp_path, folder)) as seat:
        told: list[str] = []
        seat.desk.trouble = lambda trouble: told.append(trouble.message)
        share = seat.desk.handovers.share

        def full() -> None:
            raise StoreError("não há espaço na pasta comum")

        seat.desk.handovers.share = full  # type: ignore[method-assign]
        workflow = await seat.hands_over()
        assert told == ["não há espaço na pasta comum"]
        assert (await seat.desk.workflows.carry_on(workflow)).is_done
        assert len(await seat.said()) == 1
        seat.desk.handovers.share = share  # type: ignore[method-assign]
        assert len((await seat.handing.handovers())[0].lines) == 3


async def test_what_was_acknowledged_stays_so_where_two_sessions_share_at_the_same_time(
    running: Running, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = anas(running, tmp_path, folder), colleagues(running, tmp_path, folder)
    async with seated(running, mine) as seat, seated(running, theirs) as other:
        await seat.hands_over()
        (waiting,) = await other.handing.awaited()
        await other.handing.acknowledge(waiting, [waiting.lines[0].key])
        looked, is_in = iter([False]), tui.handovers._is_in  # before the other session shared
        monkeypatch.setattr(tui.handovers, "_is_in", lambda *asked: next(looked, is_in(*asked)))
        seat.desk.handovers.share()
        (handover,) = await seat.handing.handovers()
        assert len(handover.seen) == 1


async def test_what_was_noted_at_the_round_is_what_was_done_of_a_red_service(
    running: Running, tmp_path: Path
) -> None:
    async with seated(running, anas(running, tmp_path, None)) as seat:
        await Morning(seat.desk).note(CheckKind.SERVICES, "avisei a WE")
        found = {portion.part: portion for portion in await seat.finds()}
        red = [line.text for line in found[Part.SERVICES].lines if line.weight is Weight.RED]
        assert red
        assert all(f"na rotina, por {seat.desk.author}, hoje 12:06: avisei a WE" in text for text in red)


async def test_it_is_posted_once_and_acknowledged_by_another_user(
    running: Running, tmp_path: Path, folder: Path
) -> None:
    mine, theirs = anas(running, tmp_path, folder), colleagues(running, tmp_path, folder)
    async with seated(running, mine) as seat, seated(running, theirs) as other:
        workflow = await seat.hands_over()
        assert (await seat.desk.workflows.carry_on(workflow)).is_done
        (said,) = await seat.said()
        assert "a chave está na portaria" in said
        assert "Nota: ligar antes" in said
        assert await seat.handing.awaited() == ()
        (handover,) = await seat.handing.handovers()
        handover = await seat.handing.with_link(handover)
        step = (await seat.desk.disk(seat.desk.local.journal.workflow, workflow))[0]
        assert handover.link == permalink(running, TEAM, str(step.remote_id))

        (waiting,) = await other.handing.awaited()
        assert (waiting.text, waiting.link, len(waiting.lines)) == (said, handover.link, 3)
        assert await other.handing.fate(waiting) == "publicada em suporte"
        with pytest.raises(ValueError, match="é sua"):
            await seat.handing.acknowledge(waiting, [waiting.lines[0].key])
        for line in waiting.lines:
            await other.handing.acknowledge(waiting, [line.key])
        assert await other.handing.awaited() == ()
        (known,) = await seat.handing.handovers()
        assert {one.who for one in known.seen} == {other.desk.author}
        assert await seat.desk.disk(seat.desk.local.questions.open), "it waits for an answer on Slack, too"
        (news,) = await seat.handing.news()
        assert news.given == known.seen
        assert await seat.handing.news() == ()
        assert await seat.desk.disk(seat.desk.local.questions.open) == ()
        assert other.desk.author != seat.desk.author
        await other.handing.take_back(known, known.lines[0].key)
        assert [line.key for line in (await other.handing.awaited())[0].waiting] == [known.lines[0].key]


async def test_the_whole_teams_tickets_are_passed_on_where_one_wants_so(
    running: Running, tmp_path: Path
) -> None:
    async with seated(running, anas(running, tmp_path, None)) as seat:
        own = {line.key for portion in await seat.finds() for line in portion.lines}
        await seat.handing.of_whole_team(is_so=True)
        found = [line for portion in await seat.finds() for line in portion.lines]
        others = [line for line in found if line.key not in own]
        assert {line.part for line in others} == {Part.OPEN, Part.CLOCKS}
        assert own < {line.key for line in found}
        assert seat.desk.account.me is not None
        assert all(
            " com " in line.text and f"com {seat.desk.account.me.name}" not in line.text for line in others
        )


async def test_what_is_answered_on_slack_is_told_once_and_shown_and_is_no_open_question(
    running: Running, tmp_path: Path
) -> None:
    mine = speaking(anas(running, tmp_path, None), running, "analyst")
    theirs = speaking(colleagues(running, tmp_path, None), running, "bot")
    told: list[str] = []

    async def looks(seat: Seat) -> None:
        assert seat.desk.room is not None
        poller = seat.desk.room.following(lambda question, news: told.extend(one.text for one in news))
        await one_refresh(poller)

    async with seated(running, mine) as seat, seated(running, theirs) as other:
        workflow = await seat.hands_over()
        assert (await seat.desk.workflows.carry_on(workflow)).is_done
        (read,) = await other.handing.on_slack()
        answering = await other.handing.answer_on_slack(read, "Ciente.")
        assert (await other.desk.workflows.carry_on(answering)).is_done
        (own,) = await seat.handing.handovers()
        assert await seat.handing.answers(own) == ()
        await looks(seat)
        assert [one.text for one in await seat.handing.answers(own)] == ["Ciente."]
        questions = next(one for one in await seat.finds() if one.part is Part.QUESTIONS)
        assert questions.lines == ()
    async with seated(running, mine) as again:
        await looks(again)
        assert told == ["Ciente."]
        running.knobs.clock.offset_seconds += 24 * 3600
        await looks(again)
        assert await again.desk.disk(again.desk.local.questions.open), "over the night, too"
        await again.hands_over()
        assert await again.desk.disk(again.desk.local.questions.open) == (), "of the last one only"


async def test_only_one_session_hands_over(running: Running, tmp_path: Path, folder: Path) -> None:
    settings = anas(running, tmp_path, folder)
    async with seated(running, settings) as seat, seated(running, settings) as other:
        lines, channel = await other.lines(), await other.handing.channel()
        workflow = await seat.hands_over()
        with pytest.raises((ValueError, Busy)):
            await other.handing.hand_over(lines, "outro", channel, after="")
        assert (await seat.desk.workflows.carry_on(workflow)).is_done
        with pytest.raises(ValueError, match="Outra sessão sua"):
            await other.handing.hand_over(lines, "outro", channel, after="")
        assert len(await seat.said()) == 1
        assert await other.desk.workflows.pending() == ()


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_lost_answer_neither_doubles_nor_loses_it(
    running: Running, tmp_path: Path, arrived: bool
) -> None:
    async with seated(running, anas(running, tmp_path, None)) as seat:
        workflow = await seat.hands_over()
        running.knobs.slack.errors_after_commit = arrived
        running.knobs.slack.next_errors = ["fatal_error"]
        assert (await seat.desk.workflows.carry_on(workflow)).is_done
        assert len(await seat.said()) == 1


async def test_killed_before_it_was_posted_and_shared_the_next_session_does_both(
    running: Running, tmp_path: Path, folder: Path
) -> None:
    mine, theirs = anas(running, tmp_path, folder), colleagues(running, tmp_path, folder)
    async with seated(running, mine) as killed:
        killed.desk.handovers.share = lambda: None  # type: ignore[method-assign]
        workflow = await killed.hands_over()
        assert await killed.said() == []
    async with seated(running, theirs) as other:
        assert await other.handing.awaited() == ()
        async with seated(running, mine) as seat:
            (handover,) = await seat.handing.handovers()
            assert await seat.handing.fate(handover) == "publicação em suporte ainda sem desfecho"
            assert (await seat.desk.workflows.settle(workflow)).is_done
            assert len(await seat.said()) == 1
        assert len((await other.handing.awaited())[0].lines) == 3


def speaking(settings: Settings, running: Running, token: str) -> Settings:
    """The same with another token, in a channel where each of them is."""
    assert settings.slack is not None
    key = SecretStr(running.keys.slack[token])
    slack = settings.slack.model_copy(update={"key": key, "handover_channel": "gestor_suporte"})
    return settings.model_copy(update={"slack": slack})


@pytest.mark.parametrize("token", ["analyst", "bot"])
async def test_without_a_folder_that_of_a_colleague_is_read_on_slack(
    running: Running, tmp_path: Path, token: str
) -> None:
    mine = speaking(anas(running, tmp_path, None), running, token)
    theirs = speaking(colleagues(running, tmp_path, None), running, "bot")
    async with seated(running, mine) as seat, seated(running, theirs) as other:
        await seat.desk.workflows.carry_on(await seat.hands_over())
        assert await other.handing.awaited() == ()
        (own,) = [await seat.handing.with_link(one) for one in await seat.handing.handovers()]
        (read,) = await other.handing.on_slack()
        assert (read.who, read.lines) == (seat.desk.author, ())
        assert (read.text, read.link) == (own.text, own.link)
        assert own.link
        assert await seat.handing.on_slack() == ()


async def test_an_empty_channel_in_the_settings_posts_nothing(running: Running, tmp_path: Path) -> None:
    settings = anas(running, tmp_path, None)
    assert settings.slack is not None
    silent = settings.slack.model_copy(update={"handover_channel": ""})
    async with seated(running, settings.model_copy(update={"slack": silent})) as seat:
        assert await seat.hands_over() == ""
        (handover,) = await seat.handing.handovers()
        assert await seat.handing.fate(handover) == "sem publicação"
        assert await seat.said() == []
