"""Mode 2: the views, what changed, the way from a concluded task to its ticket, observing."""

from pathlib import Path

import pytest

from clients.models.task import Task
from clients.models.task_changes import TaskChanges
from clients.models.task_words import TaskWords
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tests.support.tasks_mode import BY, colleague, goes_to_the_tasks, pane, under
from tests.support.tickets import with_tasks
from tui.desk import Desk
from tui.flows.task_fields import field_edit
from tui.flows.tasks import TaskEdit, edit_step
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pick import PickScreen
from tui.screens.tasks import TasksScreen
from widgets.composer import Composer

pytestmark = pytest.mark.anyio
CLOSED = 5
TICKET_FIELD = "Freshdesk ticket"


async def goes_to_one_of_a_ticket(seat: Sitting) -> None:
    """The cursor comes to a task that serves a ticket, and that has none below it."""
    served = (row for row in pane(seat).shown if row.entry is not None and _serves_a_ticket(row.entry.task))
    assert pane(seat).select(next(served).id)
    await seat.pilot.pause()


def _serves_a_ticket(task: Task) -> bool:
    return any(field.name == TICKET_FIELD and any(field.values) for field in task.custom_fields)


async def task_of_a_ticket(seat: Sitting) -> tuple[Task, int]:
    """A task that serves a ticket of the queue, observed from now on."""
    redmine = seat.app.desk.redmine
    assert redmine is not None
    shown = await with_tasks(seat, 1)
    (task,) = await redmine.find_by_ticket(shown.id)
    await redmine.watch(task.id, (await redmine.current_user()).id)
    seat.app.task_watch.ask()
    await seat.until(lambda: any(one.id == task.id for one in seat.app.tasks.items), "observed it")
    return task, shown.id


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_views_count_what_they_hold_and_the_task_is_read_beside_them(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        await goes_to_the_tasks(seat)
        mine = len(pane(seat).shown)
        await goes_to_one_of_a_ticket(seat)
        assert f"[minhas {mine}]" in await seat.sees("para você", "ticket      #")
        for _ in range(3):
            await seat.press("v")
            assert f"{len(pane(seat).shown)}]" in seat.text()
        assert all(row.entry is not None and not row.entry.is_open for row in pane(seat).shown)
        await seat.press("V", "V", "V", "f", *"boleto", "enter")
        shown = pane(seat).shown
        assert 0 < len(shown) < mine
        assert all("boleto" in row.subject for row in shown)
        await seat.press("enter")
        await seat.sees("observam")
        for _ in range(200):  # the history comes from Redmine, and the text grows by it
            await seat.press("end")
            if "Histórico ──" in seat.text():
                break
        await seat.sees("Histórico ──")
        await seat.press("escape", "escape")
        await seat.sees(f"[minhas {mine}]", f"Tarefas {mine} ")
        await seat.press("escape", "1")
        await seat.arrives_at(MesaScreen)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_task_that_others_concluded_is_told_and_leads_to_its_ticket(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, size, desk=desk) as seat:
        task, ticket_id = await task_of_a_ticket(seat)
        if task.status.is_closed:
            colleague(running, "PUT", f"/issues/{task.id}.json", {"issue": {"status_id": 2}})
            seat.app.task_watch.ask()
            await seat.until(lambda: seat.app.task_news, "heard that it was opened again")
            await seat.app.task_watch.mark_seen(seat.app.task_news)
        body = {"issue": {"status_id": CLOSED, "notes": "Publicado na 12.4."}}
        colleague(running, "PUT", f"/issues/{task.id}.json", body)
        seat.app.task_watch.ask()
        await seat.hears(f"concluída por {BY}")
        await seat.until(lambda: "✱ 1" in seat.lines()[0], "counted it above")
        await seat.press("2")
        await seat.arrives_at(TasksScreen)
        assert pane(seat).view.id == "novidades"
        row = pane(seat).highlighted
        assert row is not None
        assert (row.id, row.is_new) == (task.id, True)
        await seat.until(lambda: "✱ 1" not in seat.lines()[0], "saw it")
        await seat.sees("Publicado na 12.4.", BY)
        assert [one.id for one in pane(seat).shown] == [task.id], "it stays where it is"
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        assert f"#{ticket_id}" in await seat.sees("Concluímos o que você nos pediu")
        assert "Com o seu OK" in seat.app.screen.query_one(Composer).text
        assert task.subject not in seat.app.screen.query_one(Composer).text
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)


async def test_what_is_new_is_kept_for_the_next_time(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        task, _ = await task_of_a_ticket(seat)
    note = {"issue": {"notes": "O cliente confirmou por telefone."}}
    colleague(running, "PUT", f"/issues/{task.id}.json", note)
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.until(lambda: "✱ 1 tarefa mudou" in seat.lines()[0], "counted it")
        await seat.press("2", "x")
        await seat.until(lambda: "✱" not in seat.lines()[0], "saw all of them")
        assert not any(one.unread for one in desk.local.task_shelf.news())


async def test_one_key_observes_a_task_and_observes_it_no_longer(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await goes_to_the_tasks(seat)
        row = pane(seat).highlighted
        assert row is not None
        assert row.entry is not None
        for now in (not row.entry.watched, row.entry.watched):
            seat.toasts.clear()
            await seat.press("o")
            words = "agora você observa a tarefa" if now else "você não observa mais a tarefa"
            await seat.hears(f"{words} {row.id}")

            def watched() -> bool:
                under = pane(seat).highlighted
                return under is not None and under.entry is not None and under.entry.watched

            await seat.until(lambda now=now: watched() is now, "read it again")  # type: ignore[misc]
        await seat.press("y")
        await seat.hears(f"/issues/{row.id}")


async def test_without_redmine_the_mode_says_what_to_do(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path, redmine=None), frozen)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.press("2")
        await seat.sees("Redmine não configurado.", "[redmine]")
        await seat.press("r")
        await seat.hears("Não há tarefa sob o cursor.")


def listed_as(seat: Sitting, status: str) -> bool:
    row = pane(seat).highlighted
    return row is not None and row.entry is not None and row.entry.task.status.name == status


async def test_a_field_is_changed_in_place(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await goes_to_the_tasks(seat)
        await goes_to_one_of_a_ticket(seat)
        task = await under(seat)
        wanted = "Em andamento" if task.status.name != "Em andamento" else "Feedback"
        await seat.press("s")
        await seat.arrives_at(PickScreen)
        assert "Cancelada" not in seat.text(), "where it may not go is not offered"
        await seat.write(wanted.lower())
        await seat.press("enter")
        await seat.until(lambda: listed_as(seat, wanted), "was shown so")
        await seat.hears(f"Situação: {task.status.name} → {wanted}")
        assert (await under(seat)).status.name == wanted
        await seat.until(lambda: not seat.app.tasks.loading and listed_as(seat, wanted), "was read so")
        assert not seat.app.task_news, "what one does oneself is no news"
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("priori")
        await seat.press("enter")
        await seat.sees("Urgente", "Imediata")
        await seat.write("urgente")
        await seat.press("enter")
        await seat.until(lambda: "Prioridade: " in seat.said(), "was told")
        priority = (await under(seat)).priority
        assert priority is not None
        assert priority.name == "Urgente"
        await seat.press("U")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Desfazer na tarefa {task.id}?", "Prioridade: Urgente → ")
        await seat.press("s")
        await seat.hears("Prioridade: Urgente → ")
        undone = (await under(seat)).priority
        assert undone is not None
        assert undone == task.priority
        assert (await under(seat)).status.name == wanted, "only the last change goes back"
        other = "Feedback" if wanted != "Feedback" else "Em andamento"
        await seat.press("s")
        await seat.arrives_at(PickScreen)
        await seat.write(other.lower())
        await seat.press("enter")
        await seat.hears(f"Situação: {wanted} → {other}")
        await seat.until(lambda: listed_as(seat, other), "was shown so")
        await seat.press("U")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.hears(f"Situação: {other} → {wanted}")
        await seat.until(lambda: listed_as(seat, wanted), "was shown as before")


async def test_what_the_server_left_out_is_told_and_not_shown(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        redmine = seat.app.desk.redmine
        assert redmine is not None
        cancelled = next(one for one in await redmine.statuses() if one.name == "Cancelada")
        edit = TaskEdit(
            task_id=task.id,
            changes=TaskChanges(status_id=cancelled.id),
            seen=task.updated_on,
            told="cancelar",
        )
        seat.app.task_watch.change([edit_step(edit)], [task.model_copy(update={"status": cancelled})])
        assert not pane(seat).select(task.id), "it would be closed"
        await seat.hears(f"Situação: pedido Cancelada, ficou {task.status.name}")
        await seat.until(lambda: pane(seat).select(task.id), "was open again")
        assert listed_as(seat, task.status.name)


async def test_what_could_not_be_changed_is_shown_as_it_was_and_told(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        colleague(running, "PUT", f"/issues/{task.id}.json", {"issue": {"notes": "Espere por mim."}})
        edit = TaskEdit(
            task_id=task.id, changes=TaskChanges(done_ratio=90), seen=task.updated_on, told="% Terminado"
        )
        failed: list[int] = []
        asked = task.model_copy(update={"done_ratio": 90})
        seat.app.task_watch.change([edit_step(edit)], [asked], failed=lambda: failed.append(task.id))
        row = pane(seat).highlighted
        assert row is not None
        assert (row.id, row.mark) == (task.id, "…")
        await seat.hears(f"A tarefa {task.id} aparece como antes da mudança")
        await seat.hears("A tarefa mudou")
        assert failed == [task.id]
        row = pane(seat).highlighted
        assert row is not None
        assert row.mark != "…"
        assert row.entry is not None
        assert row.entry.task.done_ratio == task.done_ratio


async def test_after_a_change_that_was_refused_the_next_one_begins_at_once(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("título")
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        colleague(running, "PUT", f"/issues/{task.id}.json", {"issue": {"notes": "Espere por mim."}})
        await seat.press("end", "!", "enter")
        await seat.hears("A tarefa mudou")
        await seat.hears(f"A tarefa {task.id} aparece como antes da mudança")
        assert "pendências" not in seat.said(), "nothing waits there"
        assert (await desk.workflows.pending(), seat.app.carrier.open) == ((), 0)
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("título")
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.press("end", "!", "enter")
        await seat.hears(f"Título: {task.subject} → ")
        assert (await under(seat)).subject == f"{task.subject}!"


async def test_where_something_waits_in_pendencias_nothing_is_typed_in_vain(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        edit = field_edit(task, "done_ratio", 90, TaskWords())
        await seat.app.desk.workflows.plan([edit_step(edit)])
        await seat.press("e")
        await seat.hears("há uma operação sem desfecho")
        assert isinstance(seat.app.screen, TasksScreen)


async def test_what_a_field_does_not_take_stays_in_it_with_the_reason(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("prevista")
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.press("end", *["backspace"] * 12, *"32/13/2026", "enter", "n", "s")
        await seat.sees("32/13/2026ns")
        await seat.press("enter")
        await seat.sees("✖ Não se entende esta data.", "32/13/2026ns")
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("título")
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.paste("x" * 300)
        await seat.press("enter")
        await seat.sees(f"✖ O título tem {len(task.subject) + 300} caracteres; cabem 255.")
        await seat.press("ctrl+u", "enter")
        await seat.sees("✖ Escreva alguma coisa")
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)
        assert (await under(seat)).journals == task.journals


async def test_a_list_begins_on_what_is_so_now_also_where_that_is_nothing(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await goes_to_the_tasks(seat)
        row = next(
            row
            for row in pane(seat).shown
            if row.entry is not None
            and row.entry.task.fixed_version is None
            and row.entry.task.tracker.name == "Suporte"
        )
        assert pane(seat).select(row.id)
        before = await under(seat)
        client = next(field for field in before.custom_fields if field.name == "Cliente")
        for field, now in (("versão", "(vazio)"), ("cliente", ", ".join(client.values) or "(vazio)")):
            await seat.press("e")
            await seat.arrives_at(PickScreen)
            await seat.write(field)
            await seat.press("enter")
            await seat.until(lambda now=now: f"▌{now}" in seat.text())  # type: ignore[misc]
            assert "atual" in seat.line(f"▌{now}")
            await seat.press("enter")
            await seat.arrives_at(TasksScreen)
        assert seat.said() == ""
        assert (await under(seat)).updated_on == before.updated_on, "Enter Enter writes nothing"


async def test_passing_a_task_on_without_an_answer_takes_a_reason(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        await seat.press("D")
        await seat.arrives_at(PickScreen)
        await seat.write("helena")
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.write("urgente")
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("Beatriz Nogueira → Helena Saraiva", "Nota privada:", "Motivo: urgente")
        await seat.press("s")
        await seat.hears("Atribuído para: Beatriz Nogueira → Helena Saraiva")
        redmine = seat.app.desk.redmine
        assert redmine is not None
        now = await redmine.task(task.id)
        assert now.assigned_to is not None
        assert now.assigned_to.name == "Helena Saraiva"
        assert [one.private_notes for one in now.journals if "Motivo: urgente" in one.notes] == [True]


async def test_hours_go_to_the_task(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await goes_to_the_tasks(seat)
        before = await under(seat)
        await seat.press("h")
        await seat.arrives_at(TimeScreen)
        await seat.write("45min")
        await seat.press("enter")
        await seat.arrives_at(PickScreen)
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.arrives_at(TasksScreen)
        spent = (before.spent_hours or 0) + 0.75

        def counted() -> bool:
            row = pane(seat).highlighted
            return row is not None and row.entry is not None and row.entry.task.spent_hours == spent

        await seat.until(counted, "read the hours")
