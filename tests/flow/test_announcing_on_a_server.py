"""Entering and leaving a client's server is said in Slack once, and the walk knows it with the posting."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.feed import Feed, Trouble
from clients.models.slack_talk import Heard
from clients.models.walk import Outcome
from clients.sandbox.company.facts import company_facts
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from clients.slack import Slack
from clients.store import Store
from tests.support.clock import Clock, frozen
from tests.support.walking import walk_of
from tui.disk import Disk
from tui.flows.engine import QUARANTINE, Refused
from tui.flows.server_announcing import ANNOUNCE
from tui.flows.workflows import Progress, Workflows
from tui.journal import Busy, Journal
from tui.presence import Presence
from tui.server_room import ServerRoom
from tui.session import Session
from tui.settings import SlackSettings
from tui.settings_servers import ServerSettings
from tui.slack_questions import Questions
from tui.slack_room import SlackRoom
from tui.slack_watch import ChannelWatch
from tui.walks import Walks

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
CHANNEL, CLIENT = "gestor_remote", "Papelaria Lume"
ME = "Beatriz Moura"
CLIENTS = [client.name for client in company_facts().clients]


def unforeseen(error: Exception) -> Trouble:
    raise error


@dataclass
class Seat:
    """One analyst's session, with the room that speaks for it."""

    store: Store
    sandbox: Running
    slack: Slack
    session: Session = field(default_factory=Session.here)
    disk: Disk = field(default_factory=Disk)

    def __post_init__(self) -> None:
        clock = self.sandbox.clock
        self.walks = Walks(self.store, clock)
        slack_room = SlackRoom(
            self.slack,
            SlackSettings(key=SecretStr("xoxp-teste")),
            Questions(self.store),
            self.disk,
            clock,
            unforeseen,
        )
        self.room = ServerRoom(ServerSettings(), Presence(""), self.walks, clock, lambda: ME)
        self.room.connect(slack_room)
        self.room.look((), CLIENTS)
        self.journal = Journal(self.store, self.session, clock)
        self.flows = Workflows(self.journal, self.disk, clock, self.room.remotes(), sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.sandbox.knobs.clock.offset_seconds += seconds

    async def announces(self, step_id: str, text: str, accepted: tuple[str, ...] = ()) -> Progress:
        walk = self.walks.get("passeio-1")
        step = await self.room.announcement(walk, step_id, text, accepted)
        return await self.flows.carry_on((await self.flows.plan([step]))[0].workflow)

    async def said(self, since: datetime | None = None) -> list[str]:
        channel = await self.slack.channel_named(CHANNEL)
        begin = (since or frozen()) - timedelta(seconds=1)
        return [one.text() for one in await self.slack.history(channel.id, f"{begin.timestamp():.6f}")]


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=20, clock=frozen, knobs=Knobs()) as running:
        yield running


@pytest.fixture(params=["analyst", "bot"])
def token(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def seat(store: Store, sandbox: Running, token: str) -> AsyncIterator[Seat]:
    slack = Slack.connect(sandbox.urls.slack, SecretStr(sandbox.keys.slack[token]), sleep=Clock().sleep)
    seat = Seat(store, sandbox, slack)
    seat.walks.begin(walk_of(CLIENT, frozen(), who=ME))
    yield seat
    seat.disk.close()
    await slack.aclose()


@pytest.fixture
async def app(sandbox: Running) -> AsyncIterator[Slack]:
    """The team's app, as another analyst's Plantão has it."""
    token = SecretStr(sandbox.keys.slack["bot"])
    client = Slack.connect(sandbox.urls.slack, token, sleep=Clock().sleep)
    yield client
    await client.aclose()


async def test_entering_and_leaving_are_said_once_and_noted_with_the_posting(seat: Seat, token: str) -> None:
    entered = await seat.announces("entrada", f"Entrando em {CLIENT}")
    assert entered.is_done and seat.walks.get("passeio-1").inside
    left = await seat.announces("saida", f"Saí de {CLIENT}")
    assert left.is_done and not seat.walks.get("passeio-1").inside
    name = f"{ME}: " if token == "bot" else ""
    told = [f"{name}Entrando em {CLIENT}", f"{name}Saí de {CLIENT}"]
    assert [text for text in await seat.said() if CLIENT in text] == told


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_an_answer_that_is_lost_is_looked_for_and_the_walk_knows(seat: Seat, sandbox: Running) -> None:
    sandbox.knobs.slack.errors_after_commit = True
    sandbox.knobs.slack.next_errors = ["fatal_error"]
    progress = await seat.announces("entrada", f"Entrando em {CLIENT}")
    assert progress.is_done
    assert [text for text in await seat.said() if CLIENT in text] == [f"Entrando em {CLIENT}"]
    assert seat.walks.get("passeio-1").inside


async def test_a_colleague_who_was_faster_is_seen_before_one_speaks(seat: Seat, sandbox: Running) -> None:
    sandbox.say_in_slack(CHANNEL, "Otávio", f"entrei na {CLIENT}")
    progress = await seat.announces("entrada", f"Entrando em {CLIENT}")
    assert isinstance(progress.last, Refused)
    assert "Otávio está lá desde" in progress.last.trouble.message
    assert not any(text.endswith(f"Entrando em {CLIENT}") for text in await seat.said())
    assert not seat.walks.get("passeio-1").inside


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_who_is_known_to_be_there_does_not_hold_one_up(seat: Seat, sandbox: Running) -> None:
    sandbox.say_in_slack(CHANNEL, "Otávio", f"entrei na {CLIENT}")
    (person,) = await seat.room.people_now(CLIENT)
    progress = await seat.announces("entrada", f"Entrando em {CLIENT}", accepted=(person.who,))
    assert progress.is_done


@pytest.mark.parametrize("token", ["bot"], indirect=True)
async def test_what_the_app_said_for_a_colleague_is_the_colleagues(seat: Seat) -> None:
    channel = await seat.slack.channel_named(CHANNEL)
    await seat.slack.post(channel.id, f"Otávio Lins: Entrando em {CLIENT}", None, op_id="0" * 32)
    await seat.slack.post(channel.id, f"{ME}: Entrando em Transportes Rio Manso", None, op_id="1" * 32)
    assert [person.who for person in await seat.room.people_now(CLIENT)] == ["Otávio Lins"]
    assert await seat.room.people_now("Transportes Rio Manso") == ()


async def test_what_the_app_said_for_several_is_each_ones_whoever_reads_it(
    seat: Seat, sandbox: Running, app: Slack
) -> None:
    channel = await app.channel_named(CHANNEL)
    said = (
        f"Otávio Lins: Entrando em {CLIENT}",
        f"Bia Reis: Entrando em {CLIENT}",
        f"Otávio Lins: Saí de {CLIENT}",
    )
    for number, text in enumerate(said):
        await app.post(channel.id, text, None, op_id=str(number) * 32)
    sandbox.say_in_slack(CHANNEL, "Helena", f"Bia Reis: Saí de {CLIENT}")
    assert [person.who for person in await seat.room.people_now(CLIENT)] == ["Helena", "Bia Reis"]


async def test_at_the_first_look_what_the_app_said_is_not_ones_own(seat: Seat, app: Slack) -> None:
    channel = await app.channel_named(CHANNEL)
    await app.post(channel.id, f"Otávio Lins: Entrando em {CLIENT}", None, op_id="0" * 32)
    feed: Feed[Heard] = Feed()
    async for newer in ChannelWatch(seat.slack, (CHANNEL,), seat.sandbox.clock).refresh(feed):
        feed = newer
    seat.room.look(feed.items, CLIENTS)
    assert [person.who for person in seat.room.people(CLIENT)] == ["Otávio Lins"]


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_a_client_that_the_monitoring_does_not_list_is_read_too(seat: Seat, sandbox: Running) -> None:
    seat.room.look((), [client for client in CLIENTS if client != CLIENT])
    sandbox.say_in_slack(CHANNEL, "Otávio", f"entrei na {CLIENT}")
    assert [person.who for person in await seat.room.people_now(CLIENT)] == ["Otávio"]


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_where_slack_is_slow_what_was_never_heard_is_read_all_the_same(
    seat: Seat, sandbox: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SlackRoom, "may_look_again", False)
    sandbox.say_in_slack(CHANNEL, "Otávio", f"entrei na {CLIENT}")
    assert seat.room.doubt
    assert [person.who for person in await seat.room.people_now(CLIENT)] == ["Otávio"]


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_one_client_has_one_announcement_on_its_way(seat: Seat) -> None:
    walk = seat.walks.get("passeio-1")
    await seat.flows.plan([await seat.room.announcement(walk, "entrada", f"Entrando em {CLIENT}")])
    with pytest.raises(Busy):
        await seat.flows.plan([await seat.room.announcement(walk, "saida", f"Saí de {CLIENT}")])


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_a_step_that_was_noted_by_hand_meanwhile_stays_so(seat: Seat) -> None:
    walk = seat.walks.get("passeio-1")
    (planned,) = await seat.flows.plan(
        [await seat.room.announcement(walk, "entrada", f"Entrando em {CLIENT}")]
    )
    sending = seat.journal.begin(planned, QUARANTINE)
    await seat.room.remotes()[ANNOUNCE].do(sending)
    seat.walks.step(walk.id, "entrada", Outcome.DONE, who=ME, found="à mão")
    progress = await seat.flows.settle(planned.workflow)
    assert progress.is_done
    assert [mark.found for mark in seat.walks.get(walk.id).footprints] == ["à mão"]


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_what_was_said_by_hand_before_is_not_said_again(seat: Seat) -> None:
    walk = seat.walks.get("passeio-1")
    planned = await seat.flows.plan([await seat.room.announcement(walk, "entrada", f"Entrando em {CLIENT}")])
    seat.walks.step(walk.id, "entrada", Outcome.DONE, who=ME, found="à mão")
    progress = await seat.flows.carry_on(planned[0].workflow)
    assert isinstance(progress.last, Refused)
    assert "já foi anunciado" in progress.last.trouble.message
    assert [text for text in await seat.said() if CLIENT in text] == []


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
async def test_an_entry_that_waited_is_not_said_once_its_walk_is_closed(seat: Seat) -> None:
    walk = seat.walks.get("passeio-1")
    planned = await seat.flows.plan([await seat.room.announcement(walk, "entrada", f"Entrando em {CLIENT}")])
    seat.walks.end(walk.id)
    progress = await seat.flows.carry_on(planned[0].workflow)
    assert isinstance(progress.last, Refused)
    assert "já foi encerrado" in progress.last.trouble.message
    assert [text for text in await seat.said() if CLIENT in text] == []


@pytest.mark.parametrize("token", ["analyst"], indirect=True)
@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize("step_id", ["entrada", "saida"])
async def test_killed_while_it_is_posted_it_is_looked_for_and_the_walk_knows(
    seat: Seat, sandbox: Running, step_id: str, arrived: bool
) -> None:
    if step_id == "saida":
        seat.walks.step("passeio-1", "entrada", Outcome.DONE, who=ME)
        seat.walks.step("passeio-1", "ver", Outcome.DONE, who=ME, found="nada")
    text = f"Entrando em {CLIENT}" if step_id == "entrada" else f"Saí de {CLIENT}"
    gone = Session(host=Session.here().host, pid=4_194_303, started="antes")  # beyond the highest pid
    killed = Seat(seat.store, sandbox, seat.slack, gone)
    step = await killed.room.announcement(killed.walks.get("passeio-1"), step_id, text)
    (planned,) = await killed.flows.plan([step])
    sending = killed.journal.begin(planned, QUARANTINE)
    if arrived:
        await killed.room.remotes()[ANNOUNCE].do(sending)
    sandbox.knobs.clock.offset_seconds += 11 * 60
    progress = await seat.flows.settle(planned.workflow)
    assert progress.is_done
    assert [said for said in await seat.said() if CLIENT in said] == [text]
    assert seat.walks.get("passeio-1").inside is (step_id == "entrada")
    killed.disk.close()
