"""A ticket that turned into planning: shown in full, done as one, in Freshdesk and Redmine."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from clients.models.conversation import Voice
from clients.models.rules.planning import PLANNING
from clients.models.ticket import CLOSED, Ticket
from clients.sandbox.server import Running
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk
from tests.support.tickets import said, tasks_of, ticket, with_tasks, with_two_tasks
from tui.screens.mesa import MesaScreen
from tui.screens.pick import PickScreen
from tui.screens.wording_look import WordingScreen, WordingTextScreen

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


async def through_the_lists(seat: Sitting) -> None:
    """Take what each list offers first, until the last look."""
    await seat.until(lambda: isinstance(seat.app.screen, PickScreen | WordingScreen))
    while isinstance(seat.app.screen, PickScreen):
        asked = seat.app.screen
        await seat.press("enter")
        await seat.until(lambda asked=asked: seat.app.screen is not asked)  # type: ignore[misc]
    await seat.arrives_at(WordingScreen)


async def asked_to_plan(seat: Sitting) -> Ticket:
    """A ticket with one task, at its last look."""
    shown = await with_tasks(seat, 1)
    await seat.press("C")
    await through_the_lists(seat)
    return shown


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_tracker_reply_and_status_are_one_operation(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        shown = await asked_to_plan(seat)
        (task,) = await tasks_of(seat, shown.id)
        await seat.sees(f"Tipo: {task.tracker.name} → {PLANNING}", "comitê")
        await seat.sees("Enter Fazer tudo   Esc Voltar à fila   r Editar o texto")
        assert running.journal.of("freshdesk", "POST") == []
        await seat.press("enter")
        await seat.press("enter")
        await seat.hears("tudo feito, 3 passos.")
        await seat.arrives_at(MesaScreen)
        (task,) = await tasks_of(seat, shown.id)
        assert task.tracker.name == PLANNING
        assert (await ticket(seat, shown.id)).status == CLOSED
        replies = await said(seat, shown.id, Voice.REPLY)
        assert "precisa ser priorizada no comitê" in replies[-1].text
        assert len(running.journal.of("freshdesk", "POST", "/reply")) == 1


async def test_taken_back_nothing_is_done(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await asked_to_plan(seat)
        (before,) = await tasks_of(seat, shown.id)
        await seat.press("enter", "escape")
        await seat.arrives_at(MesaScreen)
        assert running.journal.of("freshdesk", "POST") == []
        (task,) = await tasks_of(seat, shown.id)
        assert task.tracker == before.tracker
        assert (await ticket(seat, shown.id)).status == shown.status


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_text_is_changed_and_looked_at_again(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        shown = await asked_to_plan(seat)
        await seat.press("r")
        await seat.arrives_at(WordingTextScreen)
        await seat.sees("╭─  Resposta do #", "F9 Usar este texto", "Esc Voltar")
        await seat.write(" Combinado com a diretoria.")
        await seat.press("f9")
        await seat.arrives_at(WordingScreen)
        await seat.sees("Combinado com a diretoria.")
        assert running.journal.of("freshdesk", "POST") == []
        await seat.press("enter")
        await seat.press("enter")
        await seat.hears("tudo feito, 3 passos.")
        await seat.arrives_at(MesaScreen)
        replies = await said(seat, shown.id, Voice.REPLY)
        assert "Combinado com a diretoria." in replies[-1].text
        desk = seat.app.desk
        assert shown.id not in await desk.disk(desk.local.drafts.tickets)


async def test_a_text_that_was_begun_is_kept_and_offered_the_next_time(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await asked_to_plan(seat)
        await seat.press("r")
        await seat.arrives_at(WordingTextScreen)
        await seat.write(" Combinado com a diretoria.")
        await seat.press("escape")
        await seat.arrives_at(WordingScreen)
        assert "Combinado" not in seat.text(), "it was not taken"
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.goes_to(shown.id)
        await seat.press("C")
        await seat.arrives_at(PickScreen)
        await seat.write("mudou")
        await through_the_lists(seat)
        await seat.sees("Combinado com a diretoria.")


async def test_a_text_is_changed_as_it_was_chosen_and_not_as_another_was_left(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await asked_to_plan(seat)
        await seat.press("r")
        await seat.arrives_at(WordingTextScreen)
        await seat.write(" Combinado com a diretoria.")
        await seat.press("escape")
        await seat.arrives_at(WordingScreen)
        await seat.press("r")
        await seat.arrives_at(WordingTextScreen)
        assert "Combinado com a diretoria." in seat.app.screen.query_one(TextArea).text, "goes on"
        await seat.press("escape")
        await seat.arrives_at(WordingScreen)
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.goes_to(shown.id)
        await seat.press("C")
        await seat.arrives_at(PickScreen)
        await seat.write("sempre")
        await through_the_lists(seat)
        await seat.press("r")
        await seat.arrives_at(WordingTextScreen)
        text = seat.app.screen.query_one(TextArea).text
        assert text
        assert "Combinado" not in text


async def test_of_several_tasks_one_turns(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        shown = await with_two_tasks(seat)
        before = await tasks_of(seat, shown.id)
        await seat.press("C")
        await seat.arrives_at(PickScreen)
        await seat.sees(f"Qual tarefa vira {PLANNING}?", "Nenhuma delas")
        await seat.write(str(before[1].id))
        await through_the_lists(seat)
        await seat.press("enter")
        await seat.press("enter")
        await seat.hears("tudo feito, 3 passos.")
        await seat.arrives_at(MesaScreen)
        after = await tasks_of(seat, shown.id)
        assert [task.tracker.name for task in after] == [before[0].tracker.name, PLANNING]
