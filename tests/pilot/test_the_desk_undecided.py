"""What only the analyst can tell: the question waits to be asked for, and takes no key from a writer."""

from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.answer import Answer, Kind
from clients.sandbox.server import Running
from tests.support.desk import Sitting, at_the_desk
from tui.drafts import draft_key
from tui.intent import State, Step
from tui.screens.answer import AnswerScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pending import PendingScreen
from tui.screens.settle import SettleScreen

pytestmark = pytest.mark.anyio
TEXT = "Resposta que ninguém sabe se saiu."


async def an_undecided_answer(seat: Sitting, ticket_id: int) -> str:
    """An answer that is on the ticket twice, so that looking cannot tell which is ours; its intent's id."""
    desk = seat.app.desk
    assert desk.freshdesk is not None
    assert desk.account.me is not None
    for _ in range(2):
        await desk.freshdesk.reply(ticket_id, TEXT)
    answer = Answer(ticket_id=ticket_id, kind=Kind.REPLY, text=TEXT)
    baseline = {"last": 0, "agent": desk.account.me.id}
    step = Step("freshdesk.reply", f"ticket:{ticket_id}", answer.model_dump(mode="json"), baseline)

    def lose() -> str:
        desk.local.drafts.save(draft_key(ticket_id, Kind.REPLY), TEXT)
        intent = desk.local.journal.begin(desk.local.journal.plan((step,))[0], timedelta())
        return desk.local.journal.unsure(intent, "a resposta se perdeu").op_id

    return await desk.disk(lose)


async def test_a_question_waits_in_the_top_line_while_one_writes_another_answer(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        desk, other = seat.app.desk, seat.mesa.queue.shown[3].ticket.id
        op_id = await an_undecided_answer(seat, other)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        seat.app.outbox.settle()
        await seat.until(lambda: seat.app.outbox.questions)
        await seat.write("sn")
        assert isinstance(seat.app.screen, AnswerScreen)
        intent = await desk.disk(desk.local.journal.get, op_id)
        assert intent is not None
        assert intent.state is State.ASK
        await seat.press("escape")
        await seat.sees("? 1 sem desfecho (P)")
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees("Responder ao cliente: Resposta que ninguém")
        await seat.press("j", "enter")
        await seat.arrives_at(SettleScreen)
        await seat.sees(TEXT)
        await seat.press("s")
        await seat.until(lambda: not seat.app.outbox.questions)
        draft = await desk.disk(desk.local.drafts.load, draft_key(other, Kind.REPLY))
        assert draft is None


async def test_the_same_question_is_asked_once(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await an_undecided_answer(seat, seat.mesa.queue.shown[3].ticket.id)
        for _ in range(3):
            seat.app.outbox.settle()
            await seat.app.workers.wait_for_complete(
                [worker for worker in seat.app.workers if worker.group == "settle"]
            )
        assert seat.app.outbox.questions == 1


async def test_with_nothing_undecided_the_page_says_so(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("P")
        await seat.sees("Nada pendente.")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
