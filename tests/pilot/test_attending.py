"""Attending a ticket from start to finish on the sandbox: one form, one yes, each step once."""

import asyncio
from pathlib import Path

import pytest

from clients.errors import Rejected
from clients.models.conversation import Conversation
from clients.models.task_changes import NewTask
from clients.sandbox.server import Running
from tests.support.attending import attends, confirms, everywhere, fills_in, is_through, pick
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk
from tui.flows.ticket_fields import edit_step
from tui.journal import Journal
from tui.screens.attend import AttendScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.last_look import WorkScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pending import PendingScreen
from tui.screens.pick import PickScreen
from tui.session import Session
from widgets.attend_form import AttendForm

pytestmark = pytest.mark.anyio
TEXT = "Olá! Refizemos o cadastro da tabela e ela já aparece para o vendedor."


async def untouched(seat: Sitting) -> int:
    """A ticket without type and task."""
    for entry in seat.mesa.queue.shown:
        if not entry.ticket.type and entry.ticket.is_open:
            found = await everywhere(seat, entry.id)
            if not found.tasks:
                return entry.id
    raise AssertionError("the sandbox has no ticket without a task")


async def filled(seat: Sitting, ticket_id: int) -> AttendForm:
    form = await attends(seat, ticket_id)
    await fills_in(
        seat,
        form,
        type="Bug",
        project=pick(form, "project", "ERP"),
        subject="Tabela de preço: não aparece no pedido",
        time="25 min",
        text=TEXT,
        status=pick(form, "status", "Aguardando Cliente"),
    )
    await fills_in(seat, form, activity=form.choices["activity"][0].value)
    return form


async def stopped(seat: Sitting, step: str) -> None:
    """Wait until the operation in view stands at a refused step."""
    await seat.sees(f"✖ {step}")
    await seat.until(lambda: not seat.app.carrier.on_the_way, "stopped")


async def taken_back(seat: Sitting) -> tuple[int, str]:
    """Have Redmine refuse the task for its Módulo, and go back to the form; the ticket and that field."""
    ticket_id = await untouched(seat)
    form = await filled(seat, ticket_id)
    await seat.until(lambda: "Módulo" in [own.label for own in form.own], "read what the project offers")
    field = next(f"campo-{own.key}" for own in form.own if own.label == "Módulo")
    await fills_in(seat, form, **{field: "Nenhum"})
    await confirms(seat)
    await seat.arrives_at(PendingScreen)
    await stopped(seat, "Criar tarefa")
    await seat.press("e")
    return ticket_id, field


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_everything_is_done_once_after_one_yes(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)
        await seat.press("f9")
        await seat.arrives_at(WorkScreen)
        await seat.sees("1. Tipo: (vazio) → Bug", "2. Criar tarefa em ERP", "Fazer tudo")
        await seat.press("escape")
        await seat.arrives_at(AttendScreen)
        assert (await everywhere(seat, ticket_id)).tasks == (), "nothing is done before the yes"

        await confirms(seat)
        await is_through(seat)
        found = await everywhere(seat, ticket_id)
        assert found.ticket.type == "Bug"
        assert seat.app.account.vocabulary.status(found.ticket.status) == "Aguardando Cliente"
        (task,) = found.tasks
        assert task.subject == "Tabela de preço: não aparece no pedido"
        assert task.tracker.name == "Bug"
        assert task.spent_hours == pytest.approx(25 / 60, abs=0.01)
        assert [text for text in found.public if TEXT in text] == [TEXT]
        desk = seat.app.desk
        assert await desk.workflows.pending() == ()
        assert await desk.disk(desk.local.attendances.tickets) == frozenset()


async def test_the_keyboard_alone_fills_it_in(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        ticket_id = await untouched(seat)
        form = await attends(seat, ticket_id)
        await seat.press("b")
        await seat.arrives_at(PickScreen)
        await seat.write("ug")
        await seat.press("enter")
        await seat.arrives_at(AttendScreen)
        assert form.form.type == "Bug"
        await seat.press("tab", "tab", "enter")
        await seat.arrives_at(PickScreen)
        await seat.write("portal")
        await seat.press("enter")
        await seat.arrives_at(AttendScreen)
        assert form.form.project == pick(form, "project", "Portal do Cliente")
        form.focus_field("time")
        await seat.press("9", "0")
        await seat.press("f9")
        await seat.sees("90 minutos ou 90 horas?")
        await seat.write(" min")
        await seat.sees("= 1h30 (1,50 h)")
        await seat.press("f6")
        await seat.until(lambda: "análise" in form.form.text.lower(), "wrote that it is looked into")


async def test_nothing_leaves_while_something_is_missing(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        form = await attends(seat, ticket_id)
        await seat.press("f9")
        await seat.sees("O atendimento começa pelo Tipo")
        await fills_in(seat, form, type="Bug", project="")
        await seat.press("f9")
        await seat.sees("Escolha o projeto")
        assert isinstance(seat.app.screen, AttendScreen)


async def test_a_field_that_redmine_insists_on_is_asked_for_before_anything_is_done(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        ticket_id = await untouched(seat)
        form = await filled(seat, ticket_id)
        await fills_in(seat, form, type="Solicitação/Intervenção")
        await seat.until(lambda: "Motivo" in [own.label for own in form.own], "read what the project offers")
        await seat.press("f9")
        await seat.sees("Ainda não", "Motivo", "O Redmine exige Motivo nesta tarefa", "Outro")
        await seat.write("Out")
        await seat.press("right")  # takes what is suggested
        await confirms(seat)
        await is_through(seat)
        (task,) = (await everywhere(seat, ticket_id)).tasks
        assert [field.values for field in task.custom_fields if field.name == "Motivo"] == [("Outro",)]


async def test_what_redmine_refused_is_mended_in_the_form(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        ticket_id, field = await taken_back(seat)
        await seat.arrives_at(AttendScreen)
        await seat.sees("Recusado: Módulo não está incluso na lista", "Nenhum")
        form = seat.app.screen.query_one(AttendForm)
        assert seat.focused is not None
        assert seat.focused.id == field
        await seat.press("ctrl+u")
        await seat.write("Fiscal")
        await seat.until(
            lambda: "atender.recusado" not in {each.rule for each in form.findings}, "took it back"
        )
        await confirms(seat)
        await is_through(seat)
        found = await everywhere(seat, ticket_id)
        (task,) = found.tasks
        assert [field.values for field in task.custom_fields if field.name == "Módulo"] == [("Fiscal",)]
        assert found.public.count(TEXT) == 1
        assert task.spent_hours == pytest.approx(25 / 60, abs=0.01)
        assert await seat.app.desk.workflows.pending() == ()


async def test_mended_after_the_task_and_the_time_were_made_nothing_is_made_twice(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise Rejected("Freshdesk", "o destinatário não existe")

    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)
        monkeypatch.setattr(seat.app.desk.freshdesk, "reply", refuse)
        await confirms(seat)
        await seat.arrives_at(PendingScreen)
        await stopped(seat, "Responder ao cliente")
        await seat.press("up", "e")  # from whatever row of the operation
        await seat.arrives_at(AttendScreen)
        await seat.sees("Recusado: Freshdesk")
        form = seat.app.screen.query_one(AttendForm)
        (task,) = (await everywhere(seat, ticket_id)).tasks
        assert (form.form.task, form.form.time, form.form.text) == (str(task.id), "", TEXT)
        monkeypatch.undo()
        await confirms(seat)
        await is_through(seat)
        found = await everywhere(seat, ticket_id)
        assert found.public.count(TEXT) == 1
        assert [one.id for one in found.tasks] == [task.id]
        assert found.tasks[0].spent_hours == pytest.approx(25 / 60, abs=0.01)


async def test_taken_back_and_left_it_stays_begun_and_says_what_it_was_refused_for(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id, _ = await taken_back(seat)
        await seat.sees("Recusado: Módulo não está incluso na lista")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        desk = seat.app.desk
        assert await desk.disk(desk.local.attendances.tickets) == frozenset((ticket_id,))
        marked = (f"#{ticket_id}", "✎")
        await seat.until(
            lambda: any(all(one in line for one in marked) for line in seat.lines()), "marked it"
        )
        await seat.press("a")
        await seat.arrives_at(AttendScreen)
        await seat.sees("Recusado: Módulo não está incluso na lista")


async def test_what_the_project_wants_of_another_tipo_is_waited_for(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        form = await filled(seat, ticket_id)
        form.take("type", "Solicitação/Intervenção")
        await seat.press("f9")
        await seat.sees("O Redmine exige Motivo nesta tarefa")
        assert isinstance(seat.app.screen, AttendScreen)


async def test_a_form_that_was_only_looked_at_leaves_nothing_behind(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        form = await attends(seat, ticket_id)
        await seat.until(lambda: form.form.activity, "filled the usual activity in")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        desk = seat.app.desk
        assert await desk.disk(desk.local.attendances.tickets) == frozenset()


async def test_what_was_typed_is_there_again_after_leaving(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        form = await attends(seat, ticket_id)
        await fills_in(seat, form, type="Bug", text=TEXT, time="1h")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: "✎" in seat.line(f"◆ #{ticket_id}"), "marked what was begun")
        form = await attends(seat, ticket_id)
        assert (form.form.type, form.form.text, form.form.time) == ("Bug", TEXT, "1h")
        await seat.hears("Atendimento retomado")


async def test_a_refused_step_says_why_and_the_rest_waits_and_goes_on(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)
        freshdesk = seat.app.desk.freshdesk
        assert freshdesk is not None
        reply = freshdesk.reply

        async def refuses(*args: object, **options: object) -> object:
            raise Rejected("Freshdesk", "o destinatário não existe")

        monkeypatch.setattr(freshdesk, "reply", refuses)
        await confirms(seat)
        await seat.arrives_at(PendingScreen)
        await seat.hears("o destinatário não existe")
        await seat.sees(
            "✓ Tipo:", "✓ Criar tarefa", "✓ Registrar 0h25", "✖ Responder ao cliente", "· Situação"
        )
        found = await everywhere(seat, ticket_id)
        assert len(found.tasks) == 1
        assert TEXT not in found.public

        await seat.press("y")
        await seat.hears("Enviado ao terminal")
        monkeypatch.setattr(freshdesk, "reply", reply)
        await seat.press("up")  # what is done already belongs to the same operation
        await seat.press("r")
        await is_through(seat)
        found = await everywhere(seat, ticket_id)
        assert len(found.tasks) == 1
        assert found.public.count(TEXT) == 1
        assert seat.app.account.vocabulary.status(found.ticket.status) == "Aguardando Cliente"


async def test_what_is_tried_again_goes_on_after_the_page_was_left(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)
        freshdesk = seat.app.desk.freshdesk
        assert freshdesk is not None
        reply, asked, answers = freshdesk.reply, asyncio.Event(), asyncio.Event()

        async def refuses(*args: object, **options: object) -> object:
            raise Rejected("Freshdesk", "o destinatário não existe")

        async def dawdles(number: int, text: str) -> Conversation:
            asked.set()
            await answers.wait()
            return await reply(number, text)

        monkeypatch.setattr(freshdesk, "reply", refuses)
        await confirms(seat)
        await seat.arrives_at(PendingScreen)
        await seat.hears("o destinatário não existe")
        monkeypatch.setattr(freshdesk, "reply", lambda number, text, **options: dawdles(number, text))
        await seat.press("r")
        await seat.until(asked.is_set, "sent it again")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        answers.set()
        await seat.hears(f"#{ticket_id} · operação concluída.")
        assert (await everywhere(seat, ticket_id)).public.count(TEXT) == 1
        assert await seat.app.desk.workflows.pending() == ()


async def test_what_another_session_is_at_is_not_touched_and_that_is_said(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        desk = seat.app.desk
        assert desk.store is not None
        elsewhere = Journal(desk.store, Session(host="outra-maquina", pid=1, started=""), desk.clock)
        step = edit_step(seat.mesa.queue.shown[0].ticket, {"priority": 4})
        await desk.disk(elsewhere.plan, (step,), "work")
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees("Prioridade")
        await seat.press("r")
        await seat.hears("outra sessão está cuidando disto; espere")
        await seat.press("x")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.hears("Nada mudou: outra sessão")
        assert len(await desk.workflows.pending()) == 1


async def test_news_of_the_ticket_are_shown_before_the_yes(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)
        assert seat.app.desk.freshdesk is not None
        await seat.app.desk.freshdesk.update(ticket_id, {"priority": 4})
        await seat.press("f9")
        await seat.arrives_at(WorkScreen)
        await seat.sees("O que mudou no ticket desde que você o abriu", "Prioridade", "Urgente")


async def test_attending_a_ticket_whose_task_already_exists_links_to_it(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        for entry in seat.mesa.queue.shown:
            before = await everywhere(seat, entry.id)
            known = [task.tracker.name in seat.app.account.vocabulary.types for task in before.tasks]
            if known == [True] and not before.tasks[0].status.is_closed and entry.ticket.type:
                break
        else:
            raise AssertionError("the sandbox has no ticket with one task")
        desk, form = seat.app.desk, await attends(seat, entry.id)
        assert form.form.task == str(before.tasks[0].id)
        assert seat.focused is not None
        assert seat.focused.id == "time", "what the form shows and wants comes first"
        await fills_in(seat, form, time="10 min", answer="none")
        await seat.until(lambda: form.choices.get("activity"), "read the project")
        priority = next(one for one in form.choices["priority"] if one.label == "Urgente")
        at_work = pick(form, "task_status", "Em homologação")
        await fills_in(
            seat,
            form,
            activity=form.choices["activity"][0].value,
            priority=priority.value,
            task_status=at_work,
        )
        await confirms(seat)
        await is_through(seat)
        after = await everywhere(seat, entry.id)
        assert after.tasks[0].priority is not None
        assert after.tasks[0].priority.name == "Urgente"
        assert after.tasks[0].status.name == "Em homologação"
        assert [task.id for task in after.tasks] == [task.id for task in before.tasks]
        assert desk.redmine is not None
        logged = [round(entry.hours, 2) for entry in await desk.redmine.spent_times(after.tasks[0].id)]
        assert logged.count(0.17) == 1
        assert len(after.said) == len(before.said)


async def test_the_task_that_somebody_else_made_meanwhile_is_not_doubled(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        form = await filled(seat, ticket_id)
        desk = seat.app.desk
        assert desk.redmine is not None
        number = await desk.redmine.ticket_field()
        await desk.redmine.create(
            NewTask(
                project_id=int(form.form.project),
                subject="De um colega",
                custom_fields={number: str(ticket_id)},
            )
        )
        await confirms(seat)
        await seat.arrives_at(PendingScreen)
        await seat.hears("ganhou a tarefa")
        assert len((await everywhere(seat, ticket_id)).tasks) == 1


async def test_a_ticket_that_was_attended_opens_on_a_new_form(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)
        await confirms(seat)
        await is_through(seat)
        form = await attends(seat, ticket_id)
        assert form.form.text == "", "what was said is not said again"
        (task,) = (await everywhere(seat, ticket_id)).tasks
        assert form.form.task == str(task.id)


async def test_what_was_given_up_is_there_to_be_mended(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await untouched(seat)
        await filled(seat, ticket_id)

        async def refuses(*args: object, **options: object) -> object:
            raise Rejected("Freshdesk", "type: valor inválido")

        monkeypatch.setattr(seat.app.desk.freshdesk, "update", refuses)
        await confirms(seat)
        await seat.arrives_at(PendingScreen)
        await seat.sees("✖ Tipo")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("a")
        await seat.arrives_at(PendingScreen)
        await seat.sees("✖ Tipo")
        await seat.press("X")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.arrives_at(PendingScreen)
        await seat.until(lambda: seat.app.carrier.open == 0, "gave it up")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        form = await attends(seat, ticket_id)
        assert form.form.text == TEXT


async def test_who_was_in_copy_goes_on_reading(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        entry = next(
            one for one in seat.mesa.queue.shown if one.ticket.reply_cc_emails and one.ticket.is_open
        )
        copied = entry.ticket.reply_cc_emails
        form = await attends(seat, entry.id)
        await fills_in(seat, form, type="Bug", task="nenhuma", text=TEXT)
        await seat.press("f9")
        await seat.arrives_at(WorkScreen)
        await seat.sees(f"Responder ao cliente (cópia: {copied[0]}")
        await confirms(seat, asked=True)
        await is_through(seat)
        *_, said = (await everywhere(seat, entry.id)).said
        assert said.text == TEXT
        assert said.cc_emails == copied
