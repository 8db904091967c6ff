"""From anywhere to a ticket, task or chamado by its number, and back to what was opened."""

from pathlib import Path

import pytest

from clients.models.reference import Asked, RefKind
from clients.sandbox.server import Running
from tests.support.chamados import chamado
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.finding import Finder
from tui.screens.number import NumberScreen
from tui.screens.pick import PickScreen
from tui.screens.tasks import TasksScreen
from widgets.tasks_pane import TasksPane

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
        await seat.sees(f"Ir ao ticket {gone.id}")
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


async def to_the_task(seat: Sitting, number: int) -> TasksPane:
    await seat.press("N")
    await seat.arrives_at(NumberScreen)
    await seat.write(f"t{number}")
    await seat.press("enter")
    await seat.arrives_at(TasksScreen)
    screen = seat.app.screen
    assert isinstance(screen, TasksScreen)

    def under() -> bool:
        return screen.pane.highlighted is not None and screen.pane.highlighted.id == number

    await seat.until(under, "came to it")
    return screen.pane


async def test_to_a_task_that_is_in_no_list_and_to_one_that_a_view_has(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        app, redmine = seat.app, seat.app.desk.redmine
        assert redmine is not None
        await seat.until(lambda: app.tasks.as_of and not app.tasks.loading, "read the tasks")
        ours = {entry.id for entry in app.tasks.items}
        everything = await redmine.tasks_where({"status_id": "open"})
        stranger = next(task for task in everything if task.id not in ours)
        pane = await to_the_task(seat, stranger.id)
        await seat.sees("[buscadas 1]", f"{stranger.id} · ", "Histórico ──")
        await seat.press("y")
        await seat.hears(f"/issues/{stranger.id}")
        await seat.press("s")
        await seat.arrives_at(PickScreen)
        wanted = "Feedback" if stranger.status.name != "Feedback" else "Em andamento"
        await seat.write(wanted.lower())
        await seat.press("enter")
        await seat.hears(f"→ {wanted}")
        await seat.until(lambda: (row := pane.highlighted) and wanted in str(row.entry), "read it again")

        created = next(one for one in app.tasks.items if one.authored and not one.assigned and one.is_open)
        await seat.press("f", *"zzz", "enter")
        assert not pane.shown
        assert await to_the_task(seat, created.id) is pane
        assert (pane.view.id, pane.wanted) == ("criadas", "")
        await seat.press("v", "v", "v", "v", "v")
        assert pane.view.id == "buscadas", "what was called stays to come back to"
        of_tickets = [await redmine.find_by_ticket(ticket.id) for ticket in app.queue.items[:20]]
        task = next(one for found in of_tickets for one in found)
        await to_the_task(seat, task.id)
        await seat.press("m")
        await seat.until(lambda: app.current_mode == "mesa" and seat.mesa.queue.highlighted, "went there")
        assert seat.mesa.queue.highlighted is not None
        assert seat.mesa.queue.highlighted.id in task.ticket_ids(await redmine.ticket_field())


async def test_where_several_have_the_number_one_chooses(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        app = seat.app
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
