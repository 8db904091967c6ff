"""Several remote steps as one: order, trying again and giving up, over a made-up remote."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from clients.errors import OutcomeUnknown, PlantaoError, Rejected
from clients.store import Store
from tests.support.clock import Clock
from tui.disk import Disk
from tui.flows.engine import Did, Elsewhere, Found, Missing, Refused, Sent, Unclear, Unknown
from tui.flows.workflows import RESUME_WITHIN, Workflows
from tui.intent import Intent, State, Step
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
ME = Session.here()
GONE = Session(host=ME.host, pid=4_194_303, started="antes")  # beyond the highest pid: never runs
ANOTHER = Session(host="outra-maquina", pid=1, started="")  # lives, as far as is known
TICKET = "ticket:4102"


class Ledger:
    """A remote that counts what really happened; ``faults`` are what the next writes meet, in order."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, object]] = []
        self.faults: list[str] = []
        self.not_ready = ""
        self.blind = False
        self.puzzled = False
        self.asked = 0
        self.left_out: dict[str, str] = {}

    async def ready(self, intent: Intent) -> None:
        if self.not_ready:
            raise PlantaoError(self.not_ready)

    async def do(self, intent: Intent) -> int | Did:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "refused":
            raise Rejected("Sistema", "não pode")
        if fault == "lost before":
            raise OutcomeUnknown("Sistema", "sem resposta")
        self.entries.append((str(intent.payload["name"]), intent.payload.get("task_id")))
        if fault == "lost after":
            raise OutcomeUnknown("Sistema", "sem resposta")
        number = 500 + len(self.entries)
        left_out = self.left_out.get(str(intent.payload["name"]))
        return Did(number, left_out) if left_out else number

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        self.asked += 1
        if self.blind:
            raise Rejected("Sistema", "não deixa olhar")
        if self.puzzled:
            return Unclear("há duas iguais")
        names = [name for name, _ in self.entries]
        if intent.payload["name"] in names:
            return Found(501 + names.index(str(intent.payload["name"])))
        return Missing("não está lá")

    def conclude(self, intent: Intent) -> None:
        pass

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.entries]


def step(name: str, **uses: int) -> Step:
    return Step("livro", TICKET, {"name": name}, uses=uses)


THREE = (step("tarefa"), step("horas", task_id=0), step("resposta"))


class Office:
    """One session's workflows."""

    def __init__(self, store: Store, clock: Clock, ledger: Ledger, session: Session = ME) -> None:
        self.disk = Disk()
        self.journal = Journal(store, session, clock)
        self.flows = Workflows(self.journal, self.disk, clock, {"livro": ledger}, sleep=clock.sleep)

    async def begins(self) -> str:
        return (await self.flows.plan(THREE))[0].workflow


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def office(store: Store, clock: Clock, ledger: Ledger) -> Iterator[Office]:
    office = Office(store, clock, ledger)
    yield office
    office.disk.close()


async def test_all_steps_are_done_once_in_their_order(office: Office, ledger: Ledger) -> None:
    progress = await office.flows.carry_on(await office.begins())
    assert progress.is_done
    assert isinstance(progress.last, Sent)
    assert ledger.names == ["tarefa", "horas", "resposta"]
    assert await office.flows.pending() == ()


async def test_a_step_uses_what_the_one_before_made(office: Office, ledger: Ledger) -> None:
    await office.flows.carry_on(await office.begins())
    assert ledger.entries[1] == ("horas", 501)


async def test_what_a_server_left_out_of_any_step_is_told(office: Office, ledger: Ledger) -> None:
    ledger.left_out = {"horas": "Atividade: pedida Análise, ficou Suporte."}
    progress = await office.flows.carry_on(await office.begins())
    assert progress.is_done
    assert [trouble.message for trouble in progress.troubles] == [ledger.left_out["horas"]]
    assert progress.steps[1].evidence == ledger.left_out["horas"]


async def test_what_is_refused_stays_to_be_tried_again_and_nothing_behind_it_is_done(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults = ["", "refused"]
    workflow = await office.begins()
    progress = await office.flows.carry_on(workflow)
    assert isinstance(progress.last, Refused)
    assert ledger.names == ["tarefa"]
    assert [each.state for each in progress.steps] == [State.DONE, State.PLANNED, State.PLANNED]
    assert "não pode" in progress.steps[1].evidence

    again = await office.flows.carry_on(workflow)
    assert again.is_done
    assert ledger.names == ["tarefa", "horas", "resposta"]
    assert ledger.asked == 0, "a certain refusal leaves nothing to look for"


@pytest.mark.parametrize("boundary", range(3))
@pytest.mark.parametrize("fault", ["lost before", "lost after"])
async def test_a_lost_answer_at_any_step_neither_doubles_nor_loses(
    office: Office, ledger: Ledger, boundary: int, fault: str, clock: Clock
) -> None:
    ledger.faults = [""] * boundary + [fault]
    progress = await office.flows.carry_on(await office.begins())
    assert progress.is_done
    assert ledger.names == ["tarefa", "horas", "resposta"]
    assert ledger.entries[1][1] == 501
    assert clock.slept == [90], "nobody looks before the server had its time"


async def test_what_was_refused_just_now_is_not_sent_by_a_session_that_starts(
    office: Office, ledger: Ledger, store: Store, clock: Clock
) -> None:
    ledger.faults = ["", "refused"]
    workflow = await office.begins()
    await office.flows.carry_on(workflow)
    another = Office(store, clock, ledger)
    progress = await another.flows.settle(workflow)
    another.disk.close()
    assert isinstance(progress.last, Refused)
    assert "não pode" in progress.last.trouble.message
    assert ledger.names == ["tarefa"]


async def test_giving_up_for_another_try_waits_until_it_is_known_what_was_done(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults, ledger.puzzled = ["", "lost after"], True
    workflow = await office.begins()
    await office.flows.carry_on(workflow)
    assert await office.flows.give_up(workflow, certain=True) == ()
    (pending,) = await office.flows.pending()
    assert [each.state for each in pending] == [State.DONE, State.ASK, State.PLANNED]


@pytest.mark.parametrize("why", [{}, {"why": "Recusado: nada foi feito."}])
async def test_what_was_known_of_a_step_is_not_lost_by_giving_it_up(
    office: Office, ledger: Ledger, why: dict[str, str]
) -> None:
    ledger.faults = ["refused"]
    workflow = await office.begins()
    await office.flows.carry_on(workflow)
    first, *_ = await office.flows.give_up(workflow, certain=True, **why)
    told = why.get("why", "Desistiu, segundo o analista.")
    assert first.evidence.splitlines() == ["Sistema: não pode", told]


async def test_what_waits_on_a_target_is_known_before_anything_is_planned_there(
    office: Office, ledger: Ledger
) -> None:
    assert await office.flows.waiting_on(TICKET) is None
    ledger.faults = ["", "refused"]
    workflow = await office.begins()
    await office.flows.carry_on(workflow)
    waiting = await office.flows.waiting_on(TICKET)
    assert waiting is not None
    assert waiting.seq == 1, "the first that is open"
    assert await office.flows.waiting_on("ticket:1") is None
    await office.flows.give_up(workflow)
    assert await office.flows.waiting_on(TICKET) is None


async def test_a_step_that_looking_cannot_tell_about_waits_for_the_analyst(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults, ledger.blind = ["", "lost after"], True
    workflow = await office.begins()
    progress = await office.flows.carry_on(workflow)
    assert isinstance(progress.last, Unknown)
    assert isinstance((await office.flows.carry_on(workflow)).last, Unknown), "it is not sent meanwhile"
    asked = progress.last.intent
    assert await office.flows.decide(asked, done=True)
    assert (await office.flows.carry_on(workflow)).is_done
    assert ledger.names == ["tarefa", "horas", "resposta"]


async def test_what_the_analyst_says_was_not_done_is_done_again_without_another_look(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults, ledger.puzzled = ["lost before"], True
    workflow = await office.begins()
    progress = await office.flows.carry_on(workflow)
    assert isinstance(progress.last, Unknown)
    assert await office.flows.decide(progress.last.intent, done=False)
    assert (await office.flows.carry_on(workflow)).is_done
    assert ledger.names == ["tarefa", "horas", "resposta"]


async def test_a_step_planned_on_what_is_so_no_more_is_not_sent(office: Office, ledger: Ledger) -> None:
    ledger.not_ready = "o ticket mudou"
    progress = await office.flows.carry_on(await office.begins())
    assert isinstance(progress.last, Refused)
    assert progress.last.trouble.message == "o ticket mudou"
    assert ledger.names == []


async def test_a_server_that_never_keeps_anything_is_not_asked_for_ever(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults = ["lost before"] * 9
    progress = await office.flows.carry_on(await office.begins())
    assert isinstance(progress.last, Refused)
    assert progress.steps[0].attempts == 3


async def test_skipping_a_step_skips_what_needs_it_and_the_rest_goes_on(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults = ["refused"]
    workflow = await office.begins()
    refused = (await office.flows.carry_on(workflow)).last.intent
    assert [each.seq for each in await office.flows.skip(refused)] == [0, 1]
    assert (await office.flows.carry_on(workflow)).is_done
    assert ledger.names == ["resposta"]


async def test_a_step_done_meanwhile_is_not_skipped_nor_is_what_needs_it(
    office: Office, ledger: Ledger
) -> None:
    """The question whether to skip stood open while it was tried again elsewhere."""
    ledger.faults = ["refused", "", "refused"]
    workflow = await office.begins()
    refused = (await office.flows.carry_on(workflow)).last.intent
    assert isinstance((await office.flows.carry_on(workflow)).last, Refused)
    assert await office.flows.skip(refused) == ()
    assert (await office.flows.carry_on(workflow)).is_done
    assert ledger.names == ["tarefa", "horas", "resposta"]


async def test_what_needs_the_number_of_what_only_the_analyst_saw_waits_and_can_be_skipped(
    office: Office, ledger: Ledger
) -> None:
    ledger.faults, ledger.puzzled = ["lost after"], True
    workflow = await office.begins()
    asked = (await office.flows.carry_on(workflow)).last.intent
    assert await office.flows.decide(asked, done=True)
    progress = await office.flows.carry_on(workflow)
    assert isinstance(progress.last, Refused)
    assert "pule este passo" in progress.last.trouble.way_out
    assert [each.state for each in progress.steps] == [State.DONE, State.PLANNED, State.PLANNED]
    assert ledger.names == ["tarefa"]
    assert [each.seq for each in await office.flows.skip(progress.last.intent)] == [1]
    assert (await office.flows.carry_on(workflow)).is_done
    assert ledger.names == ["tarefa", "resposta"]


async def test_giving_up_closes_what_was_not_sent(office: Office, ledger: Ledger) -> None:
    ledger.faults = ["", "refused"]
    workflow = await office.begins()
    await office.flows.carry_on(workflow)
    assert [each.seq for each in await office.flows.give_up(workflow)] == [1, 2]
    assert await office.flows.pending() == ()
    assert ledger.names == ["tarefa"]


async def killed_while_sending(store: Store, clock: Clock, ledger: Ledger, *, arrived: bool) -> str:
    killed = Office(store, clock, ledger, GONE)
    workflow = await killed.begins()
    sending = killed.journal.begin(killed.journal.workflow(workflow)[0], timedelta(seconds=90))
    killed.disk.close()
    if arrived:
        await ledger.do(sending)
    return workflow


@pytest.mark.parametrize("arrived", [True, False])
async def test_an_interrupted_workflow_goes_on_where_it_was_confirmed_just_now(
    office: Office, ledger: Ledger, store: Store, clock: Clock, arrived: bool
) -> None:
    workflow = await killed_while_sending(store, clock, ledger, arrived=arrived)
    clock.now += timedelta(minutes=11)
    progress = await office.flows.settle(workflow)
    assert progress.is_done
    assert ledger.names == ["tarefa", "horas", "resposta"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_one_confirmed_long_ago_is_looked_for_and_then_waits(
    office: Office, ledger: Ledger, store: Store, clock: Clock, arrived: bool
) -> None:
    workflow = await killed_while_sending(store, clock, ledger, arrived=arrived)
    clock.now += RESUME_WITHIN + timedelta(minutes=1)
    progress = await office.flows.settle(workflow)
    assert not progress.is_done
    assert ledger.names == (["tarefa"] if arrived else [])
    assert progress.steps[0].state is (State.DONE if arrived else State.PLANNED)


async def test_another_session_keeps_its_hands_off(
    office: Office, ledger: Ledger, store: Store, clock: Clock
) -> None:
    workflow = await office.begins()
    other = Office(store, clock, ledger, ANOTHER)
    progress = await other.flows.carry_on(workflow)
    assert isinstance(progress.last, Elsewhere)
    assert not await other.flows.give_up(workflow)
    other.disk.close()
    assert ledger.names == []
    assert (await office.flows.carry_on(workflow)).is_done


async def test_what_stopped_can_be_carried_on_at_once_in_another_session(
    office: Office, ledger: Ledger, store: Store, clock: Clock
) -> None:
    ledger.faults = ["", "refused"]
    workflow = await office.begins()
    assert isinstance((await office.flows.carry_on(workflow)).last, Refused)
    other = Office(store, clock, ledger, ANOTHER)
    assert not other.flows.elsewhere((await other.flows.pending())[0])
    assert (await other.flows.carry_on(workflow)).is_done
    other.disk.close()
    assert ledger.names == ["tarefa", "horas", "resposta"]


async def test_what_was_only_looked_for_can_be_carried_on_at_once_in_another_session(
    office: Office, ledger: Ledger, store: Store, clock: Clock
) -> None:
    workflow = await killed_while_sending(store, clock, ledger, arrived=False)
    clock.now += RESUME_WITHIN + timedelta(minutes=1)
    assert not (await office.flows.settle(workflow)).is_done
    other = Office(store, clock, ledger, ANOTHER)
    assert (await other.flows.carry_on(workflow)).is_done
    other.disk.close()
    assert ledger.names == ["tarefa", "horas", "resposta"]


async def test_what_is_asked_about_can_be_decided_at_once_in_another_session(
    office: Office, ledger: Ledger, store: Store, clock: Clock
) -> None:
    ledger.faults, ledger.puzzled = ["lost after"], True
    progress = await office.flows.carry_on(await office.begins())
    assert isinstance(progress.last, Unknown)
    other = Office(store, clock, ledger, ANOTHER)
    assert await other.flows.decide(progress.last.intent, done=True)
    other.disk.close()


async def test_a_session_that_was_overtaken_can_do_nothing_more_with_it(
    office: Office, ledger: Ledger, store: Store, clock: Clock
) -> None:
    ledger.faults = ["refused"]
    workflow = await office.begins()
    refused = (await office.flows.carry_on(workflow)).last.intent
    other = Office(store, clock, ledger, ANOTHER)
    await other.disk(other.journal.claim_workflow, workflow)
    assert isinstance((await office.flows.carry_on(workflow)).last, Elsewhere)
    assert await office.flows.skip(refused) == ()
    other.disk.close()
    assert ledger.names == []
