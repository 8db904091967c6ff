"""A question on Slack is asked once, whatever happens to the answer, and followed from then on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import NotFound
from clients.models.slack import SlackMessage
from clients.models.slack_time import ts_of
from clients.models.ticket import Company, Ticket
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from clients.slack import Slack
from clients.store import Store
from tests.support.clock import Clock, frozen
from tests.support.sandbox import permalink
from tui.disk import Disk
from tui.flows.engine import QUARANTINE, Elsewhere, Refused, Sent, Unknown
from tui.flows.slack_posting import POST, Posting, PostingToSlack, post_step, question_text
from tui.flows.workflows import RESUME_WITHIN, Workflows
from tui.intent import State
from tui.journal import Busy, Journal
from tui.session import Session
from tui.slack_questions import Questions

GONE = Session(host=Session.here().host, pid=4_194_303, started="antes")  # beyond the highest pid
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

MANAGER = "C0PLANT02"
TEXT = "Ticket #4102 · Padaria Estrela: nota recusada <!channel>\nQuem pega e com que prioridade?"
ASKING = Posting(channel=MANAGER, place="gestor_suporte", text=TEXT, ticket=4102)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=20, clock=frozen, knobs=Knobs()) as running:
        yield running


@pytest.fixture
async def slack(sandbox: Running) -> AsyncIterator[Slack]:
    client = Slack.connect(sandbox.urls.slack, SecretStr(sandbox.keys.slack["analyst"]), sleep=Clock().sleep)
    await client.me()
    await client.channel_named(MANAGER)  # what comes next is the posting itself
    yield client
    await client.aclose()


@dataclass
class Seat:
    """One session of an analyst."""

    store: Store
    sandbox: Running
    slack: Slack
    session: Session = field(default_factory=Session.here)
    ahead: timedelta = timedelta()
    """How wrong the clock of the machine is."""

    def __post_init__(self) -> None:
        async def passing(seconds: float) -> None:
            later(self.sandbox, seconds)

        self.sleep: Callable[[float], Awaitable[None]] = passing
        self.disk = Disk()
        self.questions = Questions(self.store)
        self.journal = Journal(self.store, self.session, self.clock)
        self.remote = PostingToSlack(self.slack, self.questions, self.clock)
        self.flows = Workflows(self.journal, self.disk, self.clock, {POST: self.remote}, sleep=self._sleep)

    def clock(self) -> datetime:
        return self.sandbox.clock() + self.ahead

    async def _sleep(self, seconds: float) -> None:
        await self.sleep(seconds)

    async def plans(self, posting: Posting = ASKING) -> str:
        return (await self.flows.plan([post_step(posting)]))[0].workflow

    async def said(self) -> list[SlackMessage]:
        since = ts_of(frozen() - timedelta(minutes=1))
        return [one for one in await self.slack.history(MANAGER, since) if "#4102" in one.text()]


@pytest.fixture
def sits(store: Store, sandbox: Running, slack: Slack) -> Iterator[Callable[..., Seat]]:
    seats: list[Seat] = []

    def sit(session: Session | None = None, *, ahead: timedelta = timedelta()) -> Seat:
        seats.append(Seat(store, sandbox, slack, session or Session.here(), ahead))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.disk.close()


def later(sandbox: Running, seconds: float) -> None:
    sandbox.knobs.clock.offset_seconds += seconds


def test_the_question_says_which_ticket_whose_and_what_about() -> None:
    ticket = Ticket(
        id=4102,
        subject="RES: Nota recusada",
        company=Company(id=1, name="Padaria Estrela"),
        created_at=frozen(),
        updated_at=frozen(),
    )
    assert question_text(ticket, "https://exemplo.freshdesk.com/a/tickets/4102").splitlines() == [
        "Ticket #4102 · Padaria Estrela: Nota recusada",
        "https://exemplo.freshdesk.com/a/tickets/4102",
        "Quem pega e com que prioridade?",
    ]


async def test_it_is_posted_once_calls_nobody_and_is_followed(
    sits: Callable[..., Seat], sandbox: Running
) -> None:
    seat = sits()
    workflow = await seat.plans()
    progress = await seat.flows.carry_on(workflow)
    assert progress.is_done
    assert isinstance((await seat.flows.carry_on(workflow)).last, Sent)
    (posted,) = await seat.said()
    assert "&lt;!channel&gt;" in posted.wire_text
    (question,) = seat.questions.open()
    assert (question.ticket_id, question.text, question.place) == (4102, TEXT, "gestor_suporte")
    assert question.asked_at == posted.at
    assert question.permalink == permalink(sandbox, MANAGER, posted.ts)


async def test_what_is_about_no_ticket_is_not_followed(sits: Callable[..., Seat]) -> None:
    seat = sits()
    said = Posting(channel=MANAGER, place="gestor_suporte", text="Bom dia #4102")
    assert (await seat.flows.carry_on(await seat.plans(said))).is_done
    assert len(await seat.said()) == 1
    assert seat.questions.open() == ()


@pytest.mark.parametrize("marks_given_back", [True, False])
@pytest.mark.parametrize("arrived", [True, False])
async def test_a_lost_answer_neither_doubles_nor_loses_the_question(
    sits: Callable[..., Seat], sandbox: Running, arrived: bool, marks_given_back: bool
) -> None:
    seat = sits()
    sandbox.knobs.slack.metadata_returned = marks_given_back
    workflow = await seat.plans()
    sandbox.knobs.slack.errors_after_commit = arrived
    sandbox.knobs.slack.next_errors = ["fatal_error"]
    progress = await seat.flows.carry_on(workflow)
    assert progress.is_done
    assert progress.steps[0].attempts == (1 if arrived else 2)
    (posted,) = await seat.said()
    assert [one.ts for one in seat.questions.open()] == [posted.ts]
    assert sandbox.clock() - frozen() >= QUARANTINE, "nobody looks before the server had its time"


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize("away", [timedelta(minutes=11), RESUME_WITHIN + timedelta(minutes=5)])
async def test_after_a_kill_in_the_middle_it_is_looked_for_first(
    sits: Callable[..., Seat], sandbox: Running, arrived: bool, away: timedelta
) -> None:
    killed = sits(session=GONE)
    workflow = await killed.plans()
    sending = killed.journal.begin(killed.journal.workflow(workflow)[0], QUARANTINE)
    if arrived:
        await killed.remote.do(sending)
    later(sandbox, away.total_seconds())
    seat = sits()
    progress = await seat.flows.settle(workflow)
    just_now = away < RESUME_WITHIN
    assert progress.is_done is (arrived or just_now), "one confirmed long ago waits for the analyst"
    assert len(await seat.said()) == int(arrived or just_now)
    assert [one.ts for one in seat.questions.open()] == [one.ts for one in await seat.said()]


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(minutes=-20)])
@pytest.mark.parametrize("marks_given_back", [True, False])
@pytest.mark.parametrize("arrived", [True, False])
async def test_a_wrong_clock_of_the_machine_neither_doubles_nor_loses_the_question(
    sits: Callable[..., Seat], sandbox: Running, arrived: bool, marks_given_back: bool, ahead: timedelta
) -> None:
    seat = sits(ahead=ahead)
    sandbox.knobs.slack.metadata_returned = marks_given_back
    workflow = await seat.plans()
    sandbox.knobs.slack.errors_after_commit = arrived
    sandbox.knobs.slack.next_errors = ["fatal_error"]
    progress = await seat.flows.carry_on(workflow)
    assert progress.is_done
    assert progress.steps[0].attempts == (1 if arrived else 2)
    assert len(await seat.said()) == 1


async def test_a_question_that_slack_spells_otherwise_is_the_analysts_to_recognise(
    sits: Callable[..., Seat], sandbox: Running
) -> None:
    """A 😀 is ``:grinning:`` when it is read again."""
    seat = sits()
    sandbox.knobs.slack.metadata_returned = False
    workflow = await seat.plans(ASKING.model_copy(update={"text": "Ticket #4102 😀"}))
    sandbox.knobs.slack.errors_after_commit = True
    sandbox.knobs.slack.next_errors = ["fatal_error"]

    async def respelled(seconds: float) -> None:
        (posted,) = await seat.said()
        sandbox.edit_in_slack("gestor_suporte", posted.ts, "Ticket #4102 :grinning:")
        later(sandbox, seconds)

    seat.sleep = respelled
    progress = await seat.flows.carry_on(workflow)
    assert isinstance(progress.last, Unknown)
    assert "gestor_suporte" in progress.last.intent.evidence
    assert len(await seat.said()) == 1


async def test_without_marks_what_the_analyst_says_meanwhile_is_not_judged_by_itself(
    sits: Callable[..., Seat], sandbox: Running, slack: Slack
) -> None:
    seat = sits()
    sandbox.knobs.slack.metadata_returned = False
    workflow = await seat.plans()
    sandbox.knobs.slack.next_errors = ["fatal_error"]

    async def talking(seconds: float) -> None:
        await slack.post(MANAGER, "bom dia")
        sandbox.say_in_slack("gestor_suporte", "Otávio", "bom dia")
        later(sandbox, seconds)

    seat.sleep = talking
    assert isinstance((await seat.flows.carry_on(workflow)).last, Unknown)
    assert await seat.said() == []


async def test_another_session_neither_sends_it_nor_asks_the_same(
    sits: Callable[..., Seat],
) -> None:
    seat, other = sits(), sits(session=Session(host="outra-maquina", pid=1, started=""))
    workflow = await seat.plans()
    assert isinstance((await other.flows.carry_on(workflow)).last, Elsewhere)
    with pytest.raises(Busy):
        await other.plans()
    assert await seat.said() == []
    assert (await seat.flows.carry_on(workflow)).is_done
    assert len(await other.said()) == 1


async def test_two_that_look_alike_are_the_analysts_to_tell_apart(
    sits: Callable[..., Seat], sandbox: Running
) -> None:
    seat = sits()
    sandbox.knobs.slack.metadata_returned = False
    workflow = await seat.plans()
    later(sandbox, 2)
    await seat.slack.post(MANAGER, TEXT)
    later(sandbox, 2)
    sandbox.knobs.slack.errors_after_commit = True
    sandbox.knobs.slack.next_errors = ["fatal_error"]
    progress = await seat.flows.carry_on(workflow)
    assert isinstance(progress.last, Unknown)
    assert await seat.flows.decide(progress.last.intent, done=True)
    assert len(await seat.said()) == 2
    assert seat.questions.open() == (), "which of them is not known"


async def test_a_channel_that_is_gone_keeps_the_question_planned(sits: Callable[..., Seat]) -> None:
    seat = sits()
    gone = ASKING.model_copy(update={"channel": "C0NOWHERE1"})
    progress = await seat.flows.carry_on(await seat.plans(gone))
    assert isinstance(progress.last, Refused)
    assert progress.steps[0].state is State.PLANNED
    with pytest.raises(NotFound):
        await seat.remote.ready(progress.steps[0])
    assert await seat.said() == []
