"""Closing by one key: the client's OK is looked for and shown, and what stands against it is said."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from clients.models.conversation import Voice
from clients.models.spent_time import NewTime
from clients.models.ticket import CLOSED
from clients.models.timer import ticket_target
from clients.sandbox.server import Running
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk
from tests.support.published import published_an_hour_ago
from tests.support.tickets import client_says, open_tickets, said, ticket, we_answer, with_tasks
from tui.screens.answer import AnswerScreen
from tui.screens.closing import ClosingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pick import PickScreen

pytestmark = pytest.mark.anyio
REASON = "Cliente confirmou por telefone."


def with_ok(running: Running, text: str = "Deu certo, podem encerrar.", which: int = 0) -> int:
    """A ticket whose client gave the OK, which was answered; ``which`` of the open ones, the newest first."""
    ticket_id = open_tickets(running)[which]
    client_says(running, ticket_id, text)
    we_answer(running, ticket_id)
    return ticket_id


async def fills(seat: Sitting) -> None:
    """Answer what the account wants filled, until something else is asked."""
    await seat.until(lambda: isinstance(seat.app.screen, PickScreen | LineScreen | ConfirmScreen))
    while isinstance(seat.app.screen, PickScreen):
        asked = seat.app.screen
        await seat.press("enter")
        await seat.until(lambda asked=asked: seat.app.screen is not asked)  # type: ignore[misc]


async def logs_time(seat: Sitting, ticket_id: int) -> None:
    """As attending does once the time is in Redmine."""
    desk = seat.app.desk
    target, op_id = ticket_target(ticket_id), f"op-{ticket_id}"
    await desk.disk(lambda: desk.local.timers.settle(target, 15, op_id, desk.clock()))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_answered_ok_is_quoted_in_a_plain_question(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    ticket_id = with_ok(running)
    async with at_the_desk(running, tmp_path, size) as seat:
        await seat.goes_to(ticket_id)
        await logs_time(seat, ticket_id)
        await seat.press("e")
        await fills(seat)
        await seat.arrives_at(ConfirmScreen)
        shown = await seat.sees("✓ O cliente deu o OK, e foi respondido", "«Deu certo»", "s Encerrar")
        assert "▲" not in shown
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · ")
        assert (await ticket(seat, ticket_id)).status == CLOSED
        assert seat.app.carrier.open == 0


async def test_the_cursor_goes_on_with_the_next_ticket_and_does_not_follow_the_closed_one(
    running: Running, tmp_path: Path
) -> None:
    ticket_id = with_ok(running, which=-1)
    async with at_the_desk(running, tmp_path) as seat:
        await seat.goes_to(ticket_id)
        place = [entry.id for entry in seat.mesa.queue.shown].index(ticket_id)
        following = seat.mesa.queue.shown[place + 1].id
        await seat.press("e")
        await fills(seat)
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · ")

        def under() -> int | None:
            entry = seat.mesa.queue.highlighted
            return entry.id if entry else None

        await seat.until(lambda: under() == following, "went on with the next")


async def test_without_time_the_question_says_so_and_its_yes_too(running: Running, tmp_path: Path) -> None:
    ticket_id = with_ok(running)
    async with at_the_desk(running, tmp_path) as seat:
        await seat.goes_to(ticket_id)
        redmine = seat.app.desk.redmine
        assert redmine is not None
        for task in await redmine.find_by_ticket(ticket_id):
            for spent in await redmine.spent_times(task.id, user=None):
                await redmine.remove_time(spent.id)
        await seat.press("e")
        await fills(seat)
        await seat.sees("▲ Nenhum tempo lançado", "s Encerrar sem tempo")
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · ")
        assert (await ticket(seat, ticket_id)).status == CLOSED


async def test_a_published_chamado_that_nobody_validated_is_told_before_closing(
    running: Running, tmp_path: Path
) -> None:
    ticket_id = with_ok(running)
    async with at_the_desk(running, tmp_path) as seat:
        sent = await published_an_hour_ago(seat, ticket_id)
        await seat.press("u")
        await seat.until(lambda: ticket_id in seat.app.chamado_news.published(), "read the board")
        await seat.goes_to(ticket_id)
        await logs_time(seat, ticket_id)
        await seat.press("e")
        await fills(seat)
        await seat.sees(
            "✓ O cliente deu o OK", f"▲ O chamado nº {sent.number} está em Publicado", "na fila, valida."
        )
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · ")
        assert (await ticket(seat, ticket_id)).status == CLOSED


async def test_time_on_the_task_is_enough(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await with_tasks(seat, 1)
        client_says(running, shown.id, "Deu certo, podem encerrar.")
        we_answer(running, shown.id)
        await log_elsewhere(seat, shown.id)
        await seat.press("u", "e")
        await seat.until(lambda: isinstance(seat.app.screen, ConfirmScreen | PickScreen))
        if isinstance(seat.app.screen, ConfirmScreen) and "mudou" in seat.text():
            await seat.press("s")
        await fills(seat)
        await seat.sees("✓ O cliente deu o OK")
        assert "tempo" not in seat.text()


async def log_elsewhere(seat: Sitting, ticket_id: int) -> None:
    """Time on the ticket's only task that this desk knows nothing of."""
    redmine = seat.app.desk.redmine
    assert redmine is not None
    (task,) = await redmine.find_by_ticket(ticket_id)
    day = seat.app.desk.clock().date()
    form = await redmine.project(task.project.id)
    activity = form.activities[0].id
    await redmine.log_time(
        NewTime(task_id=task.id, hours=Decimal("0.25"), activity_id=activity, spent_on=day)
    )


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_without_an_ok_the_reason_becomes_an_internal_note(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    ticket_id = open_tickets(running)[0]
    client_says(running, ticket_id, "Obrigado.")
    async with at_the_desk(running, tmp_path, size) as seat:
        await seat.goes_to(ticket_id)
        await seat.press("e")
        await seat.arrives_at(ClosingScreen)
        await seat.sees("▲ O cliente só agradeceu: pergunte se deu certo antes de fechar.", "«Obrigado»")
        await seat.press("enter")
        assert isinstance(seat.app.screen, ClosingScreen), "no habit of the fingers closes it"
        await seat.press("s")
        await fills(seat)
        await seat.arrives_at(LineScreen)
        await seat.write(REASON)
        await seat.press("enter")
        await seat.hears(f"#{ticket_id} · Gravar nota interna")
        assert (await ticket(seat, ticket_id)).status == CLOSED
        notes = await said(seat, ticket_id, Voice.NOTE)
        assert notes[-1].text.endswith(f"Motivo: {REASON}")
        assert notes[-1].text.startswith("Encerrado sem o OK do cliente.\nO cliente: «")
        assert len(running.journal.of("freshdesk", "POST", "/notes")) == 1


async def test_no_reason_no_closing(running: Running, tmp_path: Path) -> None:
    ticket_id = open_tickets(running)[0]
    client_says(running, ticket_id, "Ainda não funciona.")
    async with at_the_desk(running, tmp_path) as seat:
        await seat.goes_to(ticket_id)
        await seat.press("e")
        await seat.arrives_at(ClosingScreen)
        await seat.press("s")
        await fills(seat)
        await seat.arrives_at(LineScreen)
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        assert (await ticket(seat, ticket_id)).status != CLOSED
        assert running.journal.of("freshdesk", "POST", "/notes") == []


async def test_an_ok_that_nobody_answered_is_answered_first(running: Running, tmp_path: Path) -> None:
    ticket_id = open_tickets(running)[0]
    client_says(running, ticket_id, "Funcionou, pode fechar.")
    async with at_the_desk(running, tmp_path) as seat:
        await seat.goes_to(ticket_id)
        await seat.press("e")
        await seat.arrives_at(ClosingScreen)
        await seat.sees("O cliente deu o OK: responda antes de fechar.", "«Funcionou»")
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        assert (await ticket(seat, ticket_id)).status != CLOSED


async def test_of_many_each_says_what_stands_against_it(running: Running, tmp_path: Path) -> None:
    good, bad = open_tickets(running)[:2]
    client_says(running, good, "Deu certo, podem encerrar.")
    we_answer(running, good)
    client_says(running, bad, "Continua com erro.")
    async with at_the_desk(running, tmp_path) as seat:
        for each in (good, bad):
            await seat.goes_to(each)
            await logs_time(seat, each)
        mark(seat, (good, bad))
        await seat.press("e")
        await fills(seat)
        await seat.arrives_at(ConfirmScreen)
        shown = await seat.sees("Encerrar 2 tickets?", f"#{good}", f"#{bad}")
        against = [line for line in shown.split("\n") if "▲" in line]
        assert len(against) == 1
        assert "não está resolvido" in against[0]
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.sees("1 de 2 tickets")
        await seat.write(REASON)
        await seat.press("enter")
        await seat.hears("2 de 2 tickets feitos")
        for each in (good, bad):
            assert (await ticket(seat, each)).status == CLOSED
        assert len(running.journal.of("freshdesk", "POST", "/notes")) == 1
        assert (await said(seat, bad, Voice.NOTE))[-1].text.endswith(REASON)


async def test_what_stands_against_many_can_be_read_to_its_end(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        six = [entry.id for entry in seat.mesa.queue.shown[:6]]
        mark(seat, six)
        await seat.press("e")
        await fills(seat)
        await seat.arrives_at(ConfirmScreen)
        await seat.until(lambda: seat.focused is not None)
        assert f"#{six[-1]}" not in seat.text()
        await seat.press("end")
        await seat.sees(f"#{six[-1]}", "s Encerrar")
        await seat.press("n")
        await seat.sees("■ 6 marcados")


async def test_what_is_closed_is_not_closed_again(running: Running, tmp_path: Path) -> None:
    ticket_id = with_ok(running)
    async with at_the_desk(running, tmp_path) as seat:
        await seat.goes_to(ticket_id)
        assert seat.app.desk.freshdesk is not None
        await seat.app.desk.freshdesk.update(
            ticket_id, {"status": CLOSED, "custom_fields": {"cf_causa": "Uso incorreto"}}
        )
        await seat.press("e")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("mudou enquanto isso")
        await seat.press("s")
        await seat.hears("Já está encerrado.")


def mark(seat: Sitting, tickets: Sequence[int]) -> None:
    """Mark tickets wherever they are in the list."""
    seat.mesa.queue.mark(frozenset(tickets))
