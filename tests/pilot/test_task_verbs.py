"""Observing the task of a ticket, and making its tracker and the ticket's Tipo equal."""

from pathlib import Path

import pytest

from clients.models.rules.matching_type import Match, tipo_and_tracker
from clients.models.ticket import Ticket
from clients.sandbox.server import Running
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk
from tests.support.tickets import tasks_of, ticket, with_tasks, with_two_tasks
from tui.screens.pick import PickScreen

pytestmark = pytest.mark.anyio


async def observed(seat: Sitting, ticket_id: int) -> list[bool]:
    """Whether the analyst observes each task of the ticket."""
    assert seat.app.desk.redmine is not None
    me = await seat.app.desk.redmine.current_user()
    tasks = await tasks_of(seat, ticket_id)
    return [any(person.id == me.id for person in task.watchers) for task in tasks]


async def differing(seat: Sitting) -> Ticket:
    """A ticket with one task whose Tipo is not its tracker, and is one that the project's tasks have."""
    desk = seat.app.desk
    assert desk.redmine is not None
    for entry in seat.mesa.queue.shown:
        tasks = await desk.redmine.find_by_ticket(entry.id)
        if (
            entry.ticket.type in ("Bug", "Treinamento/Orientação", "Solicitação/Intervenção", "Planejamento")
            and tipo_and_tracker(entry.ticket, tasks).match is Match.DIFFER
            and tasks[0].tracker.name in desk.account.vocabulary.types
        ):
            await seat.goes_to(entry.id)
            return entry.ticket
    raise AssertionError("no such ticket in the list")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_one_key_observes_and_observes_no_longer(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        shown = await with_tasks(seat, 1)
        (before,) = await observed(seat, shown.id)
        for now in (not before, before):
            seat.toasts.clear()
            await seat.press("o")
            words = "agora você observa a tarefa" if now else "você não observa mais a tarefa"
            await seat.hears(f"#{shown.id} · {words}")
            assert await observed(seat, shown.id) == [now]


async def test_of_several_tasks_one_is_chosen(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await with_two_tasks(seat)
        before = await observed(seat, shown.id)
        await seat.press("o")
        await seat.arrives_at(PickScreen)
        await seat.press("down", "enter")
        await seat.hears(f"#{shown.id} · ")
        assert await observed(seat, shown.id) == [before[0], not before[1]]


@pytest.mark.parametrize("key", ["o", "equals_sign"])
async def test_a_ticket_without_a_task_says_so_once(running: Running, tmp_path: Path, key: str) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await with_tasks(seat, 0)
        await seat.press(key)
        await seat.hears(f"O #{shown.id} não tem tarefa no Redmine.")
        await seat.press(key)
        await seat.pilot.pause()
        assert seat.said().count("não tem tarefa no Redmine") == 1, "it can still be read"


async def test_a_tipo_that_is_not_the_tracker_is_shown_beside_the_ticket(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, WIDE) as seat:
        shown = await differing(seat)
        (task,) = await tasks_of(seat, shown.id)
        await seat.sees("≠ ticket")
        await seat.press("equals_sign")
        await seat.arrives_at(PickScreen)
        await seat.sees(
            f"Mudar o ticket para {task.tracker.name}", f"Mudar a tarefa {task.id} para {shown.type}"
        )
        await seat.press("enter")
        await seat.hears(f"#{shown.id} · Tipo:")
        assert (await ticket(seat, shown.id)).type == task.tracker.name
        await seat.until(lambda: "≠ ticket" not in seat.text())


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_task_can_be_the_side_that_changes(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        shown = await differing(seat)
        await seat.press("equals_sign")
        await seat.arrives_at(PickScreen)
        await seat.write("mudar a tarefa")
        await seat.press("enter")
        await seat.hears(f"#{shown.id} · Tarefa")
        (task,) = await tasks_of(seat, shown.id)
        assert task.tracker.name == shown.type
        assert (await ticket(seat, shown.id)).type == shown.type
        await seat.until(lambda: "≠ ticket" not in seat.text())
        seat.toasts.clear()
        await seat.press("equals_sign")
        await seat.hears("já são iguais")


async def test_with_several_tasks_the_rule_rests(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, WIDE) as seat:
        shown = await with_two_tasks(seat)
        await seat.press("equals_sign")
        await seat.hears(f"O #{shown.id} tem 2 tarefas")
        await seat.press("u")
        await seat.sees("Segunda parte")
        assert "≠ ticket" not in seat.text()


async def test_the_palette_has_the_verbs_too(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await with_two_tasks(seat)
        await seat.opens_the_palette()
        await seat.write("observar a tarefa")
        await seat.finds_all_commands()
        await seat.press("down", "enter")
        await seat.arrives_at(PickScreen)
        await seat.sees("Observar, ou deixar de observar", "Segunda parte")
