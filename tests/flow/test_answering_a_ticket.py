import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from clients.store import Store
from tests.support.clock import Clock
from tests.support.ticket_server import CLIENT, COLLEAGUE, ME, TICKET, TicketServer
from tui.disk import Disk
from tui.drafts import Drafts, draft_key
from tui.flows.answer import Answering, NotSendable
from tui.flows.engine import Elsewhere, Refused, Sent, Unknown
from tui.intent import Intent, State
from tui.journal import Busy, Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
REPLY = Answer(ticket_id=TICKET, kind=Kind.REPLY, text="Olá, Marina.\n\nA correção < 8.4 > está no ar.")
NOTE = REPLY.model_copy(update={"kind": Kind.NOTE})
AS_HTML = "<div>Olá, Marina.<br><br>A correção &lt; 8.4 &gt; está no ar.</div>"
KEY = draft_key(TICKET, Kind.REPLY)
WORDS = Vocabulary(statuses={2: "Aberto", 3: "Pendente"}, agents={ME: "Rafael", COLLEAGUE: "Bruna"})


class House:
    """One session: its own store, journal and flow, over a ticket that may be shared."""

    def __init__(self, path: Path, clock: Clock, server: TicketServer, session: Session) -> None:
        self.store = Store(path)
        self.disk = Disk()
        self.journal = Journal(self.store, session, clock)
        self.drafts = Drafts(self.store, clock)
        self.freshdesk = server.client(clock)
        self.noted: list[tuple[int, str]] = []
        self.answering = Answering(
            self.freshdesk,
            self.journal,
            self.drafts,
            ME,
            clock,
            disk=self.disk,
            sleep=clock.sleep,
            noted=lambda ticket_id, text: self.noted.append((ticket_id, text)),
        )

    def state(self, intent: Intent) -> State:
        found = self.journal.get(intent.op_id)
        assert found is not None
        return found.state

    def draft(self) -> str | None:
        draft = self.drafts.load(KEY)
        return draft.text if draft else None

    def close(self) -> None:
        self.disk.close()
        self.store.close()


@pytest.fixture
def server() -> TicketServer:
    server = TicketServer()
    server.say("<div>A nota não sai.</div>", CLIENT, incoming=True)
    return server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plantao.db"


@pytest.fixture
def house(path: Path, clock: Clock, server: TicketServer) -> Iterator[House]:
    house = House(path, clock, server, Session.here())
    house.drafts.save(KEY, REPLY.text)
    yield house
    house.close()


@pytest.fixture(autouse=True)
async def connections_closed(house: House) -> AsyncIterator[None]:
    yield
    await house.freshdesk.aclose()


def last(server: TicketServer) -> int:
    return int(str(server.said[-1]["id"]))


async def test_a_reply_is_sent_once_and_its_draft_goes(house: House, server: TicketServer) -> None:
    outcome = await house.answering.send(REPLY, last(server))
    assert isinstance(outcome, Sent)
    assert server.public() == [AS_HTML]
    assert outcome.intent.remote_id == server.said[-1]["id"]
    assert house.state(outcome.intent) is State.DONE
    assert house.draft() is None
    assert house.noted == []
    assert await house.answering.pending() == ()


async def test_the_intent_is_on_disk_before_the_bytes_leave(house: House, server: TicketServer) -> None:
    seen: list[tuple[State, object]] = []
    server.on_post = lambda: seen.extend(
        (intent.state, intent.payload["text"]) for intent in house.journal.pending()
    )
    await house.answering.send(REPLY, last(server))
    assert seen == [(State.SENDING, REPLY.text)]


async def test_a_note_is_private_and_leaves_the_reply_s_draft_alone(
    house: House, server: TicketServer
) -> None:
    assert isinstance(await house.answering.send(NOTE, last(server)), Sent)
    assert server.posts == [{"body": AS_HTML, "private": True}]
    assert house.draft() == REPLY.text
    assert house.noted == [(NOTE.ticket_id, NOTE.text)]


@pytest.mark.parametrize("fault", ["lost after", "broken page"])
async def test_a_lost_answer_is_found_by_looking(
    house: House, server: TicketServer, clock: Clock, fault: str
) -> None:
    server.faults = [fault]
    told: list[State] = []
    outcome = await house.answering.send(REPLY, last(server), lambda intent: told.append(intent.state))
    assert isinstance(outcome, Sent)
    assert outcome.intent.remote_id == server.said[-1]["id"]
    assert told == [State.SENDING, State.UNSURE]
    assert clock.slept == [90], "nobody looks before the server had its time"
    assert len(server.posts) == 1
    assert house.draft() is None


async def test_the_server_has_its_time_after_an_upload_of_minutes_too(
    house: House, server: TicketServer, clock: Clock
) -> None:
    server.on_post = lambda: clock.forward(seconds=120)
    server.faults = ["lost before"]
    assert isinstance(await house.answering.send(REPLY, last(server)), Refused)
    assert clock.slept == [90]


async def test_a_lost_answer_that_is_not_there_is_offered_again(house: House, server: TicketServer) -> None:
    server.faults = ["lost before"]
    baseline = last(server)
    outcome = await house.answering.send(REPLY, baseline)
    assert isinstance(outcome, Refused)
    assert outcome.intent.state is State.PLANNED
    assert len(server.posts) == 1, "nothing is sent again by itself"
    assert house.draft() == REPLY.text

    again = await house.answering.send(REPLY, baseline)
    assert isinstance(again, Sent)
    assert server.public() == [AS_HTML]
    assert house.state(outcome.intent) is State.FAILED
    assert await house.answering.pending() == ()


async def test_what_did_not_arrive_is_a_draft_again_even_if_that_was_lost(
    house: House, server: TicketServer
) -> None:
    server.faults = ["lost before", "lost before"]
    house.drafts.discard(KEY)
    await house.answering.send(REPLY, last(server))
    assert house.draft() == REPLY.text
    house.drafts.save(KEY, "Pensei melhor.")
    await house.answering.send(REPLY, last(server))
    assert house.draft() == "Pensei melhor."


async def test_a_server_that_commits_after_all_is_found_when_looked_at_once_more(
    house: House, server: TicketServer
) -> None:
    server.faults = ["lost before"]
    outcome = await house.answering.send(REPLY, last(server))
    assert isinstance(outcome, Refused)
    server.say(AS_HTML, ME)
    (offered,) = await house.answering.pending()
    assert isinstance(await house.answering.resolve(offered), Sent)
    assert house.draft() is None


async def test_the_same_text_by_a_colleague_is_a_question(house: House, server: TicketServer) -> None:
    server.faults = ["lost before"]
    baseline = last(server)
    server.say(AS_HTML, COLLEAGUE)
    outcome = await house.answering.send(REPLY, baseline)
    assert isinstance(outcome, Unknown)
    assert outcome.intent.state is State.ASK
    assert "colega" in outcome.intent.evidence
    assert house.draft() == REPLY.text


async def test_the_same_text_of_mine_twice_is_a_question(house: House, server: TicketServer) -> None:
    server.faults = ["lost after"]
    baseline = last(server)
    server.say(AS_HTML, ME)
    assert isinstance(await house.answering.send(REPLY, baseline), Unknown)


async def test_another_text_of_mine_is_a_question(house: House, server: TicketServer) -> None:
    server.faults = ["lost before"]
    baseline = last(server)
    server.say("<div>Olá, Marina. [assinatura do servidor]</div>", ME)
    outcome = await house.answering.send(REPLY, baseline)
    assert isinstance(outcome, Unknown)
    assert str(last(server)) in outcome.intent.evidence


async def test_my_note_does_not_stand_for_a_lost_reply(house: House, server: TicketServer) -> None:
    server.faults = ["lost before"]
    baseline = last(server)
    server.say("<div>Falei com ela.</div>", ME, private=True)
    assert isinstance(await house.answering.send(REPLY, baseline), Refused)


async def test_an_equal_message_from_before_does_not_count(house: House, server: TicketServer) -> None:
    server.say(AS_HTML, ME)
    server.faults = ["lost before"]
    assert isinstance(await house.answering.send(REPLY, last(server)), Refused)


async def test_what_cannot_be_looked_up_is_asked_and_found_later(house: House, server: TicketServer) -> None:
    server.faults = ["lost after"]
    server.reads_refused = True
    outcome = await house.answering.send(REPLY, last(server))
    assert isinstance(outcome, Unknown)
    with pytest.raises(Busy):
        await house.answering.send(NOTE, last(server))

    server.reads_refused = False
    (open_one,) = await house.answering.pending()
    assert isinstance(await house.answering.resolve(open_one), Sent)
    assert len(server.posts) == 1


@pytest.mark.parametrize(("sent", "state"), [(True, State.DONE), (False, State.FAILED)])
async def test_the_analyst_s_word_closes_a_question(
    house: House, server: TicketServer, sent: bool, state: State
) -> None:
    server.faults = ["lost before"]
    baseline = last(server)
    server.say(AS_HTML, COLLEAGUE)
    outcome = await house.answering.send(REPLY, baseline)
    await house.answering.decide(outcome.intent, sent=sent)
    assert house.state(outcome.intent) is state
    assert (house.draft() is None) is sent
    assert len(server.posts) == 1


@pytest.mark.parametrize("fault", ["refused", "throttled"])
async def test_a_refusal_closes_the_intent_and_keeps_the_draft(
    house: House, server: TicketServer, clock: Clock, fault: str
) -> None:
    server.faults = [fault]
    outcome = await house.answering.send(REPLY, last(server))
    assert isinstance(outcome, Refused)
    assert outcome.intent.state is State.FAILED
    assert outcome.trouble.message
    assert clock.slept == []
    assert len(server.posts) == 1
    assert house.draft() == REPLY.text
    assert await house.answering.pending() == ()


async def test_after_a_refusal_the_mended_answer_is_sent(house: House, server: TicketServer) -> None:
    server.faults = ["refused"]
    await house.answering.send(REPLY, last(server))
    assert isinstance(await house.answering.send(REPLY, last(server)), Sent)
    assert server.public() == [AS_HTML]


async def test_a_note_that_came_out_public_is_done_and_told(house: House, server: TicketServer) -> None:
    server.faults = ["exposed"]
    outcome = await house.answering.send(NOTE, last(server))
    assert isinstance(outcome, Sent)
    assert outcome.trouble is not None
    assert "visível" in outcome.trouble.title


async def test_a_lost_note_that_came_out_public_is_a_question(house: House, server: TicketServer) -> None:
    server.faults = ["lost before"]
    baseline = last(server)
    server.say(AS_HTML, ME)
    outcome = await house.answering.send(NOTE, baseline)
    assert isinstance(outcome, Unknown)
    assert "o cliente vê" in outcome.intent.evidence


@pytest.mark.parametrize("text", ["  \n", "Olá {{ticket.cf_x}}", "{% if x %}Olá"])
async def test_what_is_empty_or_has_gaps_is_not_sent(house: House, server: TicketServer, text: str) -> None:
    with pytest.raises(NotSendable):
        await house.answering.send(REPLY.model_copy(update={"text": text}), last(server))
    assert server.posts == []
    assert await house.answering.pending() == ()


async def test_what_was_written_after_sending_stays_as_draft(house: House, server: TicketServer) -> None:
    house.drafts.save(KEY, REPLY.text + " E mais isto.")
    await house.answering.send(REPLY, last(server))
    assert house.draft() == REPLY.text + " E mais isto."


async def test_a_send_that_is_cancelled_on_the_way_is_settled_by_looking(
    house: House, server: TicketServer
) -> None:
    arrived = asyncio.Event()
    server.stall = arrived
    sending = asyncio.create_task(house.answering.send(REPLY, last(server)))
    await arrived.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    (intent,) = await house.answering.pending()
    assert intent.state is State.SENDING
    assert isinstance(await house.answering.resolve(intent), Sent)
    assert server.public() == [AS_HTML]


async def test_cancelled_after_the_answer_came_the_draft_goes_with_the_intent(
    house: House, server: TicketServer
) -> None:
    sending = asyncio.create_task(house.answering.send(REPLY, last(server)))
    server.on_post = sending.cancel
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert await house.answering.pending() == ()
    assert house.draft() is None, "an answer that is done leaves no draft to be sent again"


async def test_two_sessions_do_not_settle_the_same_answer(
    house: House, path: Path, clock: Clock, server: TicketServer
) -> None:
    server.faults = ["lost after"]
    other = House(path, clock, server, Session(host=Session.here().host, pid=4_194_303, started="outra"))
    entered: list[object] = []

    async def meanwhile(seconds: float) -> None:
        (intent,) = await other.answering.pending()
        entered.append(await other.answering.resolve(intent))
        clock.forward(seconds=seconds)

    clock.sleep = meanwhile  # type: ignore[method-assign]
    mine = Answering(
        house.freshdesk, house.journal, house.drafts, ME, clock, disk=house.disk, sleep=clock.sleep
    )
    assert isinstance(await mine.send(REPLY, last(server)), Sent)
    assert [type(outcome) for outcome in entered] == [Elsewhere]
    await other.freshdesk.aclose()
    other.close()


_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.flow.test_answering_a_ticket import House, REPLY
from tests.support.clock import Clock
from tests.support.ticket_server import TicketServer
from tui.session import Session
server = TicketServer()
server.on_post = lambda: os.kill(os.getpid(), signal.SIGKILL)
house = House(Path(sys.argv[1]), Clock(), server, Session.here())
asyncio.run(house.answering.send(REPLY, 9000))
"""


@pytest.mark.crash
@pytest.mark.parametrize("arrived", [True, False])
async def test_killed_between_intent_and_answer(
    house: House, path: Path, server: TicketServer, arrived: bool
) -> None:
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", _KILLED, str(path)], check=False, cwd=os.getcwd()
    )
    assert killed.returncode == -signal.SIGKILL
    if arrived:
        server.say(AS_HTML, ME)

    (intent,) = await house.answering.pending()
    assert intent.state is State.SENDING
    outcome = await house.answering.resolve(intent)
    if arrived:
        assert isinstance(outcome, Sent)
        assert house.draft() is None
    else:
        assert isinstance(outcome, Refused)
        assert outcome.intent.state is State.PLANNED
        assert house.draft() == REPLY.text
    assert server.posts == [], "settling sends nothing"


def seen(server: TicketServer) -> TicketView:
    said = tuple(Conversation.model_validate(row) for row in server.said)
    return TicketView(Ticket.model_validate(server.ticket), Feed(said))


async def test_a_ticket_that_nobody_touched_is_the_same(house: House, server: TicketServer) -> None:
    server.ticket["custom_fields"] = {"cf_ambiente": "Produção", "cf_novo": None}
    looked = await house.answering.look_again(seen(server), WORDS)
    assert (looked.new, looked.changes, looked.last) == ((), (), last(server))


async def test_a_ticket_that_was_answered_meanwhile_shows_what_is_new(
    house: House, server: TicketServer
) -> None:
    before = seen(server)
    server.say("<div>Já respondi.</div>", COLLEAGUE)
    server.ticket |= {"status": 3, "responder_id": COLLEAGUE, "custom_fields": {}}
    moved = await house.answering.look_again(before, WORDS)
    assert moved.view.conversations.items[-1].text == "Já respondi."
    assert [said.text for said in moved.new] == ["Já respondi."]
    assert moved.last == last(server)
    assert [(change.label, change.before, change.after) for change in moved.changes] == [
        ("Situação", "Aberto", "Pendente"),
        ("Responsável", "Rafael", "Bruna"),
        ("ambiente", "Produção", "(vazio)"),
    ]
