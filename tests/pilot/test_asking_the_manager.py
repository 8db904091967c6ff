"""To whom a task may go: asked on Slack from the desk, answered there, and kept with the task (R12)."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.task import Task
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.attending import attends, confirms, everywhere, fills_in, is_through
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tui.counters import counters
from tui.desk import Desk
from tui.screens.attend import AttendScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.last_look import WorkScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pending import PendingScreen
from tui.screens.pick import PickScreen
from tui.screens.question import QuestionScreen
from tui.screens.slack_question import SlackQuestionScreen
from widgets.attend_form import AttendForm
from widgets.form_field import FormField
from widgets.inputs import TextBox
from widgets.top_line import TopLine

pytestmark = pytest.mark.anyio
MANAGER = "C0PLANT02"


def desk_on(running: Running, folder: Path) -> Desk:
    return Desk(settings_for(running, folder), running.clock)


async def asked_on_slack(running: Running, ticket_id: int) -> list[str]:
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["bot"]))
    try:
        said = await client.history(MANAGER, "0.0")
    finally:
        await client.aclose()
    return [one.text() for one in said if f"#{ticket_id}" in one.text()]


async def with_one_task(seat: Sitting) -> tuple[int, Task]:
    for entry in seat.mesa.queue.shown:
        found = await everywhere(seat, entry.id)
        if len(found.tasks) == 1 and not found.tasks[0].status.is_closed and entry.ticket.type:
            return entry.id, found.tasks[0]
    raise AssertionError("the sandbox has no ticket with one task")


async def directs(seat: Sitting, ticket_id: int, task: Task) -> tuple[AttendForm, str]:
    """Open the form and give the task to a colleague; return the form and the colleague's name."""
    form = await attends(seat, ticket_id)
    await seat.until(lambda: form.choices.get("assignee"), "read who there is")
    me = seat.app.account.me
    held = task.assigned_to.id if task.assigned_to else 0
    other = next(
        one for one in form.choices["assignee"] if me and one.label != me.name and one.value != str(held)
    )
    await fills_in(seat, form, time="10 min", answer="none", assignee=other.value)
    await fills_in(seat, form, activity=form.choices["activity"][0].value)
    return form, other.label


async def asks(seat: Sitting, key: str) -> None:
    """Ask as the message stands, and wait until it is there."""
    await seat.press(key)
    await seat.arrives_at(SlackQuestionScreen)
    await seat.press("f9")
    await seat.until(lambda: seat.app.questions, "followed the question")


async def time_passes(seat: Sitting, running: Running) -> None:
    """The colleague answers after 90 seconds, and the thread is read."""
    running.knobs.clock.offset_seconds += 91
    seat.app.news.ask()
    await seat.until(lambda: seat.app.questions and seat.app.questions[0].answer, "heard the answer")


def top(seat: Sitting) -> str:
    return seat.app.screen.query_one(TopLine).render_line(0).text


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_manager_is_asked_once_and_the_answer_stays_at_the_field(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size, desk=desk_on(running, tmp_path)) as seat:
        ticket_id, _ = await with_one_task(seat)
        form = await attends(seat, ticket_id)
        await seat.press("f5")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.sees("╭─  Perguntar em gestor_suporte")
        await seat.sees(
            f"Ticket #{ticket_id} ·", f"/a/tickets/{ticket_id}", "Quem pega e com que prioridade?"
        )
        await seat.write(" É urgente.")
        assert await asked_on_slack(running, ticket_id) == [], "nothing leaves before the yes"
        await seat.press("f9")
        await seat.arrives_at(AttendScreen)
        await seat.until(lambda: seat.app.questions, "followed the question")
        (said,) = await asked_on_slack(running, ticket_id)
        assert said.endswith("Quem pega e com que prioridade? É urgente.")
        await seat.until(lambda: form.lead, "said that it waits")
        assert "ninguém respondeu ainda" in str(form.lead)
        assert "do gestor" not in str(counters(seat.app))

        await time_passes(seat, running)
        await seat.hears(
            f"João respondeu sobre o #{ticket_id}: Pode direcionar para @Helena, prioridade alta."
        )
        await seat.until(lambda: "João" in str(form.lead), "said who answered")
        form.focus_field("assignee")
        await seat.sees("» João, 12:07 em gestor_suporte: Pode")
        line = str(form.query_one("#field-assignee", FormField).note)
        assert "https://exemplo.slack.com/archives/C0PLANT02/p" in line
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        answered = "» 1 do gestor" if size == WIDE else "» 1 "
        assert answered in top(seat)
        assert len(await asked_on_slack(running, ticket_id)) == 1

    async with at_the_desk(running, tmp_path, size, desk=desk_on(running, tmp_path)) as again:
        await again.until(lambda: answered in top(again), "remembered the answer")
        form = await attends(again, ticket_id)
        await again.until(lambda: form.lead and "João" in str(form.lead), "remembered who answered")
        assert "respondeu" not in again.said(), "an answer is told once"


async def test_what_was_written_and_not_asked_is_there_the_next_time(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("d")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.write(" Cliente parado.")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("d")
        await seat.arrives_at(SlackQuestionScreen)
        assert seat.app.screen.query_one(TextBox).text.endswith("Cliente parado.")
        assert seat.app.questions == ()
        seat.app.screen.query_one(TextBox).text = " "
        await seat.press("f9")
        await seat.sees("Escreva o texto, ou volte.")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_open_questions_are_pending_until_one_stops_following(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = seat.mesa.queue.shown[0].id
        assert seat.mesa.queue.select(ticket_id)
        await asks(seat, "d")
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees(f"… #{ticket_id} · ", "12:06 em gestor_suporte", "x Deixar de acompanhar")
        await seat.press("r")
        await seat.hears("só x Deixar de acompanhar vale aqui")
        await time_passes(seat, running)
        await seat.sees("» João: Pode direcionar para @Helena", "12:07")
        await seat.press("x")
        await seat.sees("A resposta ainda não foi aberta.")
        await seat.press("n")
        await seat.arrives_at(PendingScreen)
        await seat.press("enter")
        await seat.arrives_at(QuestionScreen)
        await seat.sees("você: Ticket", "João: Pode direcionar para @Helena", "exemplo.slack.com/archives")
        await seat.press("y")
        await seat.hears("Enviado ao terminal: https://exemplo.slack.com/archives/C0PLANT02/p")
        await seat.press("escape")
        await seat.arrives_at(PendingScreen)
        await seat.press("x")
        await seat.sees("Nada pendente.")
        assert seat.app.questions == ()
        assert "do gestor" not in top(seat)


async def test_directing_without_an_answer_takes_a_reason_that_goes_into_the_task(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id, task = await with_one_task(seat)
        form, name = await directs(seat, ticket_id, task)
        await seat.until(
            lambda: any("Direcionar pede a resposta" in found.message for found in form.findings), "warned"
        )
        await seat.press("f9")
        await seat.arrives_at(LineScreen)
        await seat.press("escape")
        await seat.arrives_at(AttendScreen)
        await seat.press("f9")
        await seat.arrives_at(LineScreen)
        await seat.write("gestor em reuniao")
        await seat.press("enter")
        await seat.arrives_at(WorkScreen)
        await seat.sees("sem a resposta de gestor_suporte", "Motivo: gestor em reuniao")
        await seat.press("escape")
        await seat.arrives_at(AttendScreen)
        await confirms(seat)  # the reason is asked for once
        await is_through(seat)
        desk = seat.app.desk
        assert desk.redmine is not None
        after = await desk.redmine.task(task.id)
        assert after.assigned_to is not None
        assert after.assigned_to.name == name
        (note,) = [one for one in after.journals if "gestor em reuniao" in one.notes]
        assert note.private_notes
        kept = await desk.disk(desk.local.attendances.load, ticket_id)
        assert kept is None or kept.undirected == "gestor em reuniao"


async def test_directing_with_an_answer_puts_it_into_the_task_and_ends_the_question(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id, task = await with_one_task(seat)
        form, name = await directs(seat, ticket_id, task)
        await asks(seat, "f5")
        await seat.until(lambda: any("Ninguém respondeu" in one.message for one in form.findings), "warned")
        await time_passes(seat, running)
        await seat.until(
            lambda: not any(one.rule == "atender.direcionar" for one in form.findings), "knew the answer"
        )
        question = seat.app.questions[0]
        await confirms(seat)
        await is_through(seat)
        desk = seat.app.desk
        assert desk.redmine is not None
        after = await desk.redmine.task(task.id)
        assert question.answer is not None
        (note,) = [one for one in after.journals if question.link_to(question.answer) in one.notes]
        assert note.private_notes
        assert f"Direcionada para {name} conforme João em gestor_suporte" in note.notes
        assert seat.app.questions == ()


async def passes_on(seat: Sitting) -> str:
    """Choose a colleague to pass the ticket under the cursor to; return what is then asked."""
    me = seat.app.account.me
    under = seat.mesa.queue.highlighted
    assert me is not None
    assert under is not None
    name = next(
        name
        for number, name in seat.app.account.vocabulary.agents.items()
        if number not in (me.id, under.ticket.responder_id)
    )
    await seat.press("D")
    await seat.arrives_at(PickScreen)
    await seat.write(name.lower())
    await seat.press("enter")
    await seat.arrives_at(ConfirmScreen)
    return seat.text()


async def test_passing_on_by_the_answer_asks_for_no_reason_and_the_question_is_settled(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = seat.mesa.queue.shown[0].id
        await seat.goes_to(ticket_id)
        await asks(seat, "d")
        await time_passes(seat, running)
        assert "João: Pode direcionar" in await passes_on(seat)
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · Responsável:")
        desk = seat.app.desk
        assert await desk.disk(desk.local.questions.open) == ()


async def test_an_answer_to_an_older_question_is_none_to_the_newest(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = seat.mesa.queue.shown[0].id
        await seat.goes_to(ticket_id)
        await asks(seat, "d")
        await time_passes(seat, running)
        await seat.press("d")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.press("f9")
        await seat.until(lambda: len(seat.app.questions) == 2, "followed the second question")
        assert "▲ gestor_suporte não respondeu" in await passes_on(seat)
        await seat.press("s")
        await seat.arrives_at(LineScreen)
