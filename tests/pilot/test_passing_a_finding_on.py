"""What was seen of a service: written down, masked in view, kept, and passed on to each of its places."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.answer import Kind
from clients.models.service import Service, ServiceState
from clients.models.service_note import Destination, ServiceNote
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.clock import NOW, frozen
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.drafts import draft_key
from tui.screens.answer import AnswerScreen
from tui.screens.attend import AttendScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.log_file import LogFileScreen
from tui.screens.mesa import MesaScreen
from tui.screens.passing_on import pass_on
from tui.screens.pick import PickScreen
from tui.screens.service_finding import FindingScreen, write_finding
from tui.screens.slack_question import SlackQuestionScreen
from widgets.attend_form import AttendForm
from widgets.inputs import TextBox, TextInput

pytestmark = pytest.mark.anyio
SERVICE = Service(client="Transportes Rio Manso", service="CTE", state=ServiceState.FAIL, since=NOW)


def writes(seat: Sitting, text: str = "") -> None:
    """Begin to write down what was seen."""
    seat.app.run_worker(write_finding(seat.app, SERVICE, text), exit_on_error=False)


async def seen(seat: Sitting) -> ServiceNote:
    """One is kept already."""
    note = ServiceNote(
        id="1",
        key=SERVICE.key,
        at=NOW,
        who="Beatriz",
        text="Certificado A1 venceu.",
        excerpt="08:13 ERRO Certificado vencido ‹CNPJ_1›",
    )
    await seat.app.desk.disk(seat.app.desk.local.service_log.write_down, note)
    return note


async def kept(seat: Sitting) -> ServiceNote:
    """What the service's history holds."""
    (note,) = await seat.app.desk.disk(seat.app.desk.local.service_log.notes, SERVICE.key)
    return note


async def passes_on(seat: Sitting, letters: str) -> None:
    """Choose where to by a few letters."""
    seat.app.run_worker(pass_on(seat.app, SERVICE), exit_on_error=False)
    await seat.arrives_at(PickScreen)
    await seat.sees("Encaminhar · Transportes Rio Manso · CTE")
    await seat.write(letters)
    await seat.press("enter")


async def test_a_log_is_read_masked_in_view_and_kept(running: Running, tmp_path: Path) -> None:
    log = tmp_path / "cte.log"
    log.write_text("08:12 Password=lua4512;\n08:13 ERRO no CT-e de 529.982.247-25\n")
    async with at_the_desk(running, tmp_path / "dados", NARROW) as seat:
        writes(seat)
        await seat.arrives_at(FindingScreen)
        await seat.write("Falta o certificado.")
        await seat.press("f5")
        await seat.arrives_at(LogFileScreen)
        seat.app.screen.query_one(TextInput).value = str(log)
        await seat.press("enter")
        await seat.arrives_at(FindingScreen)
        await seat.sees("Password=‹CHAVE_1›;", "ERRO no CT-e de ‹CPF_1›", "2 trechos mascarados")
        await seat.paste(" avisar ana@exemplo.com.br")
        await seat.press("f9")
        await seat.sees("avisar ‹EMAIL_1›", "1 trecho mascarado", "F9 de novo guarda")
        await seat.press("f9")
        await seat.arrives_at(MesaScreen)
        await seat.hears("Anotado em Transportes Rio Manso · CTE.")
        note = await kept(seat)
        assert note.text == "Falta o certificado."
        assert note.excerpt.startswith("De cte.log:\n08:12 Password=‹CHAVE_1›;")
        assert "529" not in str(note)
        writes(seat)
        await seat.arrives_at(FindingScreen)
        assert seat.app.screen.query_one("#words", TextBox).text == "", "the draft went with what was kept"


async def test_what_was_written_and_not_kept_is_there_the_next_time(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        writes(seat)
        await seat.arrives_at(FindingScreen)
        await seat.write("meia frase")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
    async with at_the_desk(running, tmp_path) as again:
        writes(again, "Log: certificado vencido")
        await again.arrives_at(FindingScreen)
        text = again.app.screen.query_one("#words", TextBox).text
        assert text == "meia frase\n\nLog: certificado vencido"


async def test_a_question_goes_to_slack_once_as_it_was_edited(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seen(seat)
        await passes_on(seat, "gestor_suporte")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.sees("Perguntar em gestor_suporte", "Certificado A1 venceu.", "‹CNPJ_1›")
        await seat.paste(" Urgente, a senha do sa é Lua4512.")
        await seat.press("f9")
        await seat.sees("▲ 1 trecho mascarado (1 chave ou senha). F9 de novo publica.")
        await seat.press("f9")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: not seat.app.carrier.on_the_way, "posted it")
        (passed,) = (await kept(seat)).passed
        assert (passed.to, passed.place) == (Destination.LEAD, "gestor_suporte")
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["bot"]))
    try:
        said = await client.history("C0PLANT02", "0.0")
    finally:
        await client.aclose()
    assert sum("Urgente, a senha do sa é ‹CHAVE_1›" in one.text() for one in said) == 1
    assert not any("Lua4512" in one.text() for one in said)


async def test_a_note_is_begun_on_a_ticket_and_never_over_another(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seen(seat)
        await passes_on(seat, "nota")
        await seat.sees("Nota em qual ticket?")
        first = next(one for one in seat.app.queue.items if one.is_open and one.client == SERVICE.client)
        await seat.sees("Transportes Rio Manso")
        await seat.write(str(first.id))
        await seat.press("enter")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("Certificado A1 venceu.", "Trecho do log:")
        await seat.hears("Nota preenchida com o que foi visto.")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        assert (await kept(seat)).passed[0].place == f"#{first.id}"
        drafts = seat.app.desk.local.drafts
        await seat.app.desk.disk(drafts.save, draft_key(first.id, Kind.NOTE), "outra coisa")
        await passes_on(seat, "nota")
        await seat.sees("Nota em qual ticket?")
        await seat.write(str(first.id))
        await seat.press("enter")
        await seat.arrives_at(AnswerScreen)
        await seat.hears("já tem uma nota começada")
        await seat.sees("outra coisa")
        assert len((await kept(seat)).passed) == 1


async def test_a_task_is_filled_in_while_a_ticket_is_attended(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seen(seat)
        await passes_on(seat, "tarefa")
        await seat.sees("Tarefa de qual ticket?")
        await seat.press("enter")
        await seat.arrives_at(AttendScreen)
        form = seat.app.screen.query_one(AttendForm).form
        assert form.task == "nova"
        assert form.subject == "Transportes Rio Manso · CTE: Certificado A1 venceu."
        assert "<pre>\n08:13 ERRO Certificado vencido ‹CNPJ_1›\n</pre>" in form.description
        assert f"Ticket #{form.ticket_id}" in form.description
        ticket = seat.app.ticket(form.ticket_id)
        assert ticket is not None
        assert ticket.client == SERVICE.client
        assert (await kept(seat)).passed[0].to is Destination.TASK


async def test_a_chamado_is_begun_and_where_nothing_was_seen_that_is_asked_first(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path, slack=None), frozen)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        seat.app.run_worker(pass_on(seat.app, SERVICE), exit_on_error=False)
        await seat.arrives_at(FindingScreen)
        await seat.write("Nao envia CT-e")
        await seat.press("f9")
        await seat.arrives_at(PickScreen)
        await seat.sees("Pergunta em gestor", "o Slack não está configurado")
        await seat.press("enter")
        assert isinstance(seat.app.screen, PickScreen), "what cannot be done is not chosen"
        await seat.write("chamado")
        await seat.press("enter")
        await seat.arrives_at(ChamadoScreen)
        (draft,) = await seat.app.desk.disk(seat.app.desk.local.chamado_drafts.list)
        assert draft.title == "CTE: Nao envia CT-e"
        assert "O que acontece: Nao envia CT-e" in draft.description
        assert (await kept(seat)).passed[0].to is Destination.CHAMADO
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await passes_on(seat, "chamado")
        await seat.arrives_at(ChamadoScreen)
        await seat.hears("Rascunho retomado.")
        assert len(await seat.app.desk.disk(seat.app.desk.local.chamado_drafts.list)) == 1
        assert len((await kept(seat)).passed) == 1


async def test_what_a_walk_found_is_gone_on_with_and_nothing_of_it_is_lost(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        before = await seen(seat)
        more = write_finding(seat.app, SERVICE, "Log: item sem NCM", note_id=before.id)
        seat.app.run_worker(more, exit_on_error=False)
        await seat.arrives_at(FindingScreen)
        await seat.sees("Certificado A1 venceu.", "Log: item sem NCM", "Certificado vencido")
        await seat.press("f9")
        await seat.hears("Anotado em")
        note = await kept(seat)
        assert note.text == f"{before.text}\n\nLog: item sem NCM"
        assert note.excerpt == before.excerpt
