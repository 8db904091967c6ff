"""From anywhere to a ticket, task or chamado by its number, and back to what was opened."""

from pathlib import Path

import pytest

from clients.models.reference import Asked, RefKind
from clients.sandbox.server import Running
from tests.support.chamados import chamado
from tests.support.desk import NARROW, Sitting, at_the_desk
from tui.finding import Finder
from tui.screens.number import NumberScreen
from tui.screens.pick import PickScreen
from tui.screens.task_card import TaskCard

pytestmark = pytest.mark.anyio


async def test_to_a_ticket_that_the_queue_lacks_and_again_from_the_recent(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        app = seat.app
        gone = app.queue.items[3]
        # as if nobody had touched it for months: the list of changes leaves it out
        app.queue = type(app.queue)(tuple(one for one in app.queue.items if one is not gone), app.queue.as_of)
        assert app.ticket(gone.id) is None
        await seat.press("4", "N")
        await seat.arrives_at(NumberScreen)
        await seat.sees("Nada aberto há pouco")
        await seat.write(f"ticket {gone.id}")
        await seat.sees(f"Ir a ticket {gone.id}")
        await seat.press("enter")
        await seat.until(lambda: app.current_mode == "mesa" and seat.seen, "showed the ticket")
        await seat.until(lambda: seat.seen and seat.seen.ticket.id == gone.id, "showed it")
        assert seat.mesa.queue.highlighted is not None
        assert seat.mesa.queue.highlighted.id == gone.id
        assert seat.mesa.preview.display

        await seat.press("f3", "g", "N")
        await seat.arrives_at(NumberScreen)
        await seat.sees(f"ticket {gone.id} · ")
        await seat.press("enter")
        await seat.until(lambda: seat.seen and seat.seen.ticket.id == gone.id, "came back to it")


async def test_where_several_have_the_number_one_chooses(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        app = seat.app
        assert app.desk.redmine is not None
        task = (await app.desk.redmine.tasks_where({"status_id": "*"}))[0]
        await seat.press("N")
        await seat.arrives_at(NumberScreen)
        await seat.write(f"t{task.id}")
        await seat.press("enter")
        await seat.arrives_at(TaskCard)
        await seat.sees(f"Tarefa {task.id}", task.status.name)
        await seat.press("y")
        await seat.hears("Enviado ao terminal: http")
        await seat.press("escape")

        number = app.queue.items[0].id
        app.chamados = type(app.chamados)((chamado(number),), app.minute())
        await seat.press("N")
        await seat.arrives_at(NumberScreen)
        await seat.write(str(number))
        await seat.press("enter")
        await seat.arrives_at(PickScreen)
        await seat.sees(f"ticket {number}", f"chamado {number}")
        await seat.press("escape")

        await seat.press("N")
        await seat.arrives_at(NumberScreen)
        await seat.write("999999999")
        await seat.press("enter")
        await seat.hears("Não existe ticket, tarefa ou chamado 999999999")


async def test_a_server_that_does_not_answer_does_not_hide_what_is_here(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        app = seat.app
        known = app.queue.items[0]
        finder = Finder(app.desk, app.ticket, lambda number: None, within=0.0)
        findings = await finder.find(Asked(known.id, (RefKind.TICKET, RefKind.TASK)))
        assert [each.record for each in findings.found] == [known]
        assert len(findings.troubles) == 1


async def test_what_has_the_keys_is_copied_and_said_to_be_sent(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket = seat.mesa.queue.highlighted
        assert ticket is not None
        await seat.press("y")
        await seat.hears(f"Enviado ao terminal: http://127.0.0.1:{_port(seat)}/a/tickets/{ticket.id}")
        await seat.press("Y")
        await seat.hears(f"Enviado ao terminal: {ticket.id}")
        await seat.press("f2", "y")
        service = seat.mesa.services.highlighted
        assert service is not None
        await seat.hears(f"Enviado ao terminal: {service.client} · {service.service} · ")


def _port(seat: Sitting) -> str:
    freshdesk = seat.app.desk.settings.freshdesk
    assert freshdesk is not None
    return freshdesk.url.rpartition(":")[2]
