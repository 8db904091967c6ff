"""Type, status and owner by one key, on one ticket or on the marked ones."""

from pathlib import Path

import pytest

from clients.errors import Rejected, Unreachable
from clients.models.ticket import Ticket
from clients.sandbox.server import Running
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk
from tests.support.sandbox import COLLEAGUE, freshdesk
from tests.support.tickets import client_says, ticket
from tui.screens.closing import ClosingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pending import PendingScreen
from tui.screens.pick import PickScreen
from tui.screens.results import ResultsScreen

pytestmark = pytest.mark.anyio


async def on(seat: Sitting, number: int = 0) -> int:
    """Put the cursor on the ``number``-th ticket of the list; return its id."""
    ticket_id = seat.mesa.queue.shown[number].id
    await seat.goes_to(ticket_id)
    return ticket_id


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_type_is_chosen_by_a_few_letters(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        ticket_id = await on(seat)
        await seat.press("t")
        await seat.arrives_at(PickScreen)
        wanted = seat.app.account.vocabulary.types[-1]
        await seat.write(wanted[:4].lower())
        await seat.press("enter")
        await seat.hears(f"#{ticket_id} · Tipo:")
        assert (await ticket(seat, ticket_id)).type == wanted


async def test_a_burst_goes_to_the_list_that_its_first_key_opens(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await on(seat)
        await seat.press("s", *"pend", "enter")
        await seat.hears(f"#{ticket_id} · Situação:")
        assert (await ticket(seat, ticket_id)).status == 3


async def test_a_change_is_taken_back_once_confirmed(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await on(seat)
        before = await ticket(seat, ticket_id)
        await seat.press("U")
        await seat.hears("nenhum campo do")
        await seat.press("s", *"pend", "enter")
        await seat.hears(f"#{ticket_id} · Situação:")
        assert seat.mesa.queue.select(ticket_id)
        await seat.press("U")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Desfazer no #{ticket_id}?", "volta de")
        seat.toasts.clear()
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · Situação:")
        assert (await ticket(seat, ticket_id)).status == before.status


async def test_a_ticket_that_is_nobodys_is_taken_at_once(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        free = next(entry.id for entry in seat.mesa.queue.shown if entry.ticket.responder_id is None)
        await seat.goes_to(free)
        await seat.press("p")
        await seat.hears(f"#{free} · Responsável:")
        me = seat.app.account.me
        assert me is not None
        assert (await ticket(seat, free)).responder_id == me.id


async def test_passing_to_a_colleague_reminds_of_whom_one_asks_first(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await on(seat)
        before = (await ticket(seat, ticket_id)).responder_id
        me = seat.app.account.me
        assert me is not None
        number, name = next(
            (number, name)
            for number, name in seat.app.account.vocabulary.agents.items()
            if number not in (me.id, before)
        )
        await seat.press("D")
        await seat.arrives_at(PickScreen)
        await seat.write(name.lower())
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Passar o #{ticket_id} para {name}?", "gestor_suporte")
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.write("Ela cuida do fiscal")
        await seat.press("enter")
        await seat.hears(f"#{ticket_id} · Responsável:")
        assert (await ticket(seat, ticket_id)).responder_id == number
        assert seat.app.desk.freshdesk is not None
        *_, note = await seat.app.desk.freshdesk.conversations(ticket_id)
        assert note.private
        assert (
            note.text == f"Passado para {name} sem a resposta de gestor_suporte.\nMotivo: Ela cuida do fiscal"
        )


async def test_passing_many_takes_one_question_and_leaves_out_who_has_them(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        me = seat.app.account.me
        assert me is not None
        three = [entry.ticket for entry in seat.mesa.queue.shown[:3]]
        taken = [each.responder_id for each in three]
        person = next(
            number
            for number in seat.app.account.vocabulary.agents
            if number != me.id and taken.count(number) < 2
        )
        await seat.press("space", "space", "space", "D")
        await seat.arrives_at(PickScreen)
        await seat.write(seat.app.account.vocabulary.agent(person).lower())
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.write("Plantão dela")
        await seat.press("enter")
        left = 3 - taken.count(person)
        await seat.hears(f"{left} de {left} tickets feitos")
        assert {(await ticket(seat, each.id)).responder_id for each in three} == {person}


async def test_what_the_client_wrote_meanwhile_is_read_before_one_goes_on(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        ticket_id = await on(seat)
        await seat.everything_read()
        client_says(running, ticket_id, "Agora deu certo, podem encerrar.")
        await seat.press("M")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"O #{ticket_id} mudou enquanto isso", "cliente,", "«Agora deu certo, podem")
        await seat.press("n")
        await seat.arrives_at(MesaScreen)


async def test_what_is_not_there_is_told_as_such_and_not_as_a_fault_of_ours(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(ticket_id: int) -> None:
        raise Unreachable("Redmine", "não respondeu")

    async with at_the_desk(running, tmp_path) as seat:
        await on(seat)
        monkeypatch.setattr(seat.app.desk.redmine, "find_by_ticket", unreachable)
        for key in ("h", "o", "equals_sign", "C"):
            seat.toasts.clear()
            await seat.press(key)
            await seat.hears("Redmine: não respondeu")
            assert "Erro interno" not in seat.said()


async def test_what_the_client_has_to_agree_to_is_asked_for_resolving_too(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await on(seat)
        await seat.press("s")
        await seat.arrives_at(PickScreen)
        await seat.write("resolv")
        await seat.press("enter")
        await seat.arrives_at(ClosingScreen)
        await seat.sees(f"Resolver o #{ticket_id} sem OK?")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        assert (await ticket(seat, ticket_id)).is_open


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_a_colleague_changed_meanwhile_is_said_before_one_goes_on(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        ticket_id = await on(seat)
        before = await ticket(seat, ticket_id)
        statuses = seat.app.account.vocabulary.statuses
        other = next(number for number in (3, 6) if number != before.status)
        with freshdesk(running, COLLEAGUE) as colleague:
            colleague.put(f"tickets/{ticket_id}", json={"status": other}).raise_for_status()
        await seat.press("t")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(
            f"O #{ticket_id} mudou enquanto isso",
            f"Situação: {statuses[before.status]} → {statuses[other]}",
        )
        await seat.press("n")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: _status(seat, ticket_id) == other)
        await seat.press("t")
        await seat.arrives_at(PickScreen)


async def test_what_one_changed_oneself_is_no_news(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await on(seat)
        poller = seat.app.mesa_watch._queue
        seat.app.mesa_watch._queue = None  # the queue stays as it was
        await seat.press("s")
        await seat.arrives_at(PickScreen)
        await seat.write("pend")
        await seat.press("enter")
        await seat.hears(f"#{ticket_id} · Situação:")
        await seat.press("t")
        await seat.arrives_at(PickScreen)
        seat.app.mesa_watch._queue = poller


def _status(seat: Sitting, ticket_id: int) -> int | None:
    shown = seat.app.ticket(ticket_id)
    return shown.status if shown else None


async def test_a_colleagues_ticket_is_taken_only_after_a_question(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        me = seat.app.account.me
        assert me is not None
        theirs = next(
            entry.ticket for entry in seat.mesa.queue.shown if entry.ticket.responder_id not in (None, me.id)
        )
        await seat.goes_to(theirs.id)
        await seat.press("p")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("n")
        await seat.arrives_at(MesaScreen)
        assert (await ticket(seat, theirs.id)).responder_id == theirs.responder_id


async def test_many_are_changed_after_one_preview_with_one_result_each(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        three = [entry.id for entry in seat.mesa.queue.shown[:3]]
        await seat.press("space", "space", "space")
        await seat.sees("■ 3 marcados")
        await seat.press("t")
        await seat.arrives_at(PickScreen)
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("Mudar 3 tickets?", *(f"#{each}" for each in three))
        await seat.press("s")
        await seat.hears("3 de 3 tickets feitos")
        types = {(await ticket(seat, each)).type for each in three}
        assert len(types) == 1
        assert "marcado" not in seat.text(), "the marks go once it was begun"


async def test_the_one_of_many_that_is_refused_is_named_and_waits(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        two = [entry.id for entry in seat.mesa.queue.shown[:2]]
        freshdesk = seat.app.desk.freshdesk
        assert freshdesk is not None
        update = freshdesk.update

        async def refuses_the_second(ticket_id: int, changes: dict[str, object]) -> Ticket:
            if ticket_id == two[1]:
                raise Rejected("Freshdesk", "status: valor inválido")
            return await update(ticket_id, changes)

        monkeypatch.setattr(freshdesk, "update", refuses_the_second)
        await seat.press("space", "space", "s")
        await seat.arrives_at(PickScreen)
        await seat.write("pend")
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.arrives_at(ResultsScreen)
        await seat.sees(f"✖ #{two[1]}", f"✓ #{two[0]}", "valor inválido")
        await seat.press("escape")
        await seat.sees("? 1 sem desfecho")

        monkeypatch.setattr(freshdesk, "update", update)
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees(f"#{two[1]}", "✖ Situação:", "valor inválido")
        await seat.press("r")
        await seat.sees("Nada pendente.")
        assert (await ticket(seat, two[1])).status == 3


async def test_a_refused_operation_can_be_given_up(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await on(seat)
        before = (await ticket(seat, ticket_id)).type

        async def refuses(ticket_id: int, changes: dict[str, object]) -> Ticket:
            raise Rejected("Freshdesk", "type: valor inválido")

        monkeypatch.setattr(seat.app.desk.freshdesk, "update", refuses)
        await seat.press("t")
        await seat.arrives_at(PickScreen)
        await seat.press("down", "enter")
        await seat.hears("valor inválido")
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees("✖ Tipo:")
        await seat.press("X")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.sees("Nada pendente.")
        assert (await ticket(seat, ticket_id)).type == before
        assert seat.app.carrier.open == 0
