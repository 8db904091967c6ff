"""From the publication back to the ticket: asked at the client, and what came out of it (C12, R18, R22)."""

import asyncio
from pathlib import Path

import pytest

from clients.models.answer import Kind
from clients.models.chamado import Chamado
from clients.models.conversation import Voice
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.models.ticket import CLOSED, RESOLVED, Turn
from clients.sandbox.server import Running
from tests.support.clock import NOW
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk
from tests.support.published import VERSION, answered_before, colleague_at, published_an_hour_ago
from tests.support.tickets import client_says, said, ticket, we_answer
from tui.drafts import draft_key
from tui.flows.validation import record_asked
from tui.screens.answer import AnswerScreen
from tui.screens.field import FieldScreen
from tui.screens.last_look import SendScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pending import PendingScreen
from tui.screens.pick import PickScreen
from tui.screens.validation_question import ValidationScreen
from tui.screens.wording_look import WordingScreen, WordingTextScreen
from widgets.composer import Composer

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


def minutes_pass(running: Running, minutes: int = 5) -> None:
    running.knobs.clock.offset_seconds += 60 * minutes


async def comes_up(seat: Sitting, ticket_id: int) -> Chamado:
    """Publish a chamado of the ticket; it comes up with its mark, and the cursor goes to it."""
    sent = await published_an_hour_ago(seat, ticket_id)
    await seat.press("u")
    await seat.until(lambda: seat.mesa.queue.shown[0].id == ticket_id, "came up")
    assert seat.mesa.queue.shown[0].to_validate
    await seat.goes_to(ticket_id)
    return sent


async def asked_already(seat: Sitting, running: Running, words: str) -> tuple[int, Chamado]:
    """A ticket whose client was asked to validate and wrote ``words``, as was read; the cursor is on it."""
    ticket_id = answered_before(seat)
    sent = await published_an_hour_ago(seat, ticket_id)
    we_answer(running, ticket_id, "Pode testar?")
    await record_asked(colleague_at(seat, NOW), sent.id, "Lia")
    if words:
        minutes_pass(running)
        client_says(running, ticket_id, words)
    await seat.press("u")
    await seat.until(lambda: ticket_id in seat.app.chamado_news.published(), "read the board")
    wanted = Turn.OURS if words else Turn.CLIENT
    await seat.until(lambda: _turn(seat, ticket_id) is wanted, "read the queue")
    await seat.goes_to(ticket_id)
    return ticket_id, sent


def _turn(seat: Sitting, ticket_id: int) -> Turn | None:
    known = seat.app.ticket(ticket_id)
    return known.turn if known else None


def _is_read(seat: Sitting) -> bool:
    page = seat.app.screen
    return isinstance(page, AnswerScreen) and page._seen.conversations.as_of is not None


async def asks(seat: Sitting) -> None:
    """Press x, and go on where the ticket is newer than what is shown."""
    await seat.press("x")
    await seat.until(lambda: not isinstance(seat.app.screen, MesaScreen))
    if "mudou enquanto isso" in seat.text():
        await seat.press("s")
    await seat.arrives_at(ValidationScreen)


async def through_the_lists(seat: Sitting) -> None:
    """Take what each list offers first, until the last look."""
    await seat.until(lambda: isinstance(seat.app.screen, PickScreen | WordingScreen))
    while isinstance(seat.app.screen, PickScreen):
        asked = seat.app.screen
        await seat.press("enter")
        await seat.until(lambda asked=asked: seat.app.screen is not asked)  # type: ignore[misc]
    await seat.arrives_at(WordingScreen)


async def goes(seat: Sitting) -> None:
    """Say yes: where all is done one is back at the queue, with a line that says so."""
    await seat.press("enter")
    await seat.press("enter")
    await seat.hears("tudo feito, 3 passos.")
    await seat.arrives_at(MesaScreen)


async def on_the_board(seat: Sitting, sent: Chamado) -> Chamado:
    found = await seat.app.desk.board.chamado(sent.id)
    assert found is not None
    return found


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_client_is_asked_with_the_text_that_is_ready_then_validates(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        ticket_id = answered_before(seat)
        sent = await comes_up(seat, ticket_id)
        assert f"#{ticket_id}" in seat.line("▌★")
        await seat.sees("validar 1")
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.sees(f"na versão {VERSION}", "1. Fiscal", "3. Transmitir", "Resultado esperado")
        assert "rascunho" not in seat.text()
        await seat.until(lambda: _is_read(seat), "read the conversation")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("· Homologação sem imagem", "Enviando ao cliente")
        await seat.press("enter")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: not any(entry.to_validate for entry in seat.mesa.queue.shown), "was asked")
        assert seat.mesa.queue.shown[0].id != ticket_id
        minutes_pass(running)
        client_says(running, ticket_id, "Deu certo, muito obrigada!")
        await seat.press("u")
        await seat.until(lambda: _turn(seat, ticket_id) is Turn.OURS, "read the answer")
        await seat.goes_to(ticket_id)
        await asks(seat)
        await seat.sees("✓ O cliente diz que deu certo.", "> Deu certo, muito obrigada!", "v Validado")
        await seat.press("v")
        await through_the_lists(seat)
        await seat.sees(f"chamado nº {sent.number} → Encerrado", "r Editar o texto", "c Comentário")
        assert (await on_the_board(seat, sent)).status is ChamadoStatus.PUBLICADO
        await goes(seat)
        ended = await on_the_board(seat, sent)
        assert ended.status is ChamadoStatus.ENCERRADO
        assert ended.events[-1].comment.endswith("> Deu certo, muito obrigada!")
        assert (await ticket(seat, ticket_id)).status == CLOSED
        replies = await said(seat, ticket_id, Voice.REPLY)
        assert "Com isso encerramos este ticket" in replies[-1].text
        assert len(running.journal.of("freshdesk", "POST", "/reply")) == 2
        await seat.until(lambda: ticket_id not in seat.app.chamado_news.published(), "told the board")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_still_fails_goes_back_with_the_clients_words(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        ticket_id, sent = await asked_already(seat, running, "Testei agora e ainda dá erro 539.")
        await asks(seat)
        await seat.sees("▲ O cliente diz que não está resolvido.", "> Testei agora e ainda dá erro 539.")
        await seat.press("enter")
        assert isinstance(seat.app.screen, ValidationScreen), "no habit of the fingers answers"
        await seat.press("f")
        await through_the_lists(seat)
        await seat.press("c")
        await seat.arrives_at(WordingTextScreen)
        await seat.sees(f"Comentário do chamado nº {sent.number}")
        await seat.write(" Na loja 2.")
        await seat.press("f9")
        await seat.arrives_at(WordingScreen)
        await seat.press("r")
        await seat.arrives_at(WordingTextScreen)
        await seat.write(" Desculpe.")
        await seat.press("f9")
        await seat.arrives_at(WordingScreen)
        await goes(seat)
        back = await on_the_board(seat, sent)
        assert back.status is ChamadoStatus.ERROR_FIX
        assert back.events[-1].comment.endswith("> Testei agora e ainda dá erro 539. Na loja 2.")
        words = seat.app.desk.account.vocabulary
        assert words.status((await ticket(seat, ticket_id)).status) == "Aguardando Desenvolvimento"
        replies = await said(seat, ticket_id, Voice.REPLY)
        assert "voltou ao desenvolvimento" in replies[-1].text
        assert replies[-1].text.endswith("Desculpe.")


async def test_a_text_that_was_changed_is_kept_and_offered_the_next_time(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await asked_already(seat, running, "Ainda dá erro.")
        await asks(seat)
        await seat.press("f")
        await through_the_lists(seat)
        await seat.press("c")
        await seat.arrives_at(WordingTextScreen)
        await seat.write(" Na loja 2.")
        await seat.press("escape")
        await seat.arrives_at(WordingScreen)
        assert "Na loja 2." not in seat.text(), "it was not taken"
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await asks(seat)
        await seat.press("f")
        await seat.arrives_at(PickScreen)
        await seat.sees("Qual comentário?", "O texto que você mudou aqui")
        await through_the_lists(seat)
        await seat.sees("Na loja 2.")


async def test_by_phone_the_clients_words_are_asked_for(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id, sent = await asked_already(seat, running, "")
        await asks(seat)
        await seat.sees("▲ O cliente não escreveu desde a publicação.", "v Validado, por telefone")
        await seat.press("v")
        await seat.arrives_at(FieldScreen)
        await seat.press("enter")
        await seat.sees("✖ Escreva o que ele disse, ou volte.")
        await seat.write("Agora a nota")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await asks(seat)
        await seat.press("v")
        await seat.arrives_at(FieldScreen)
        await seat.sees("Agora a nota", "guardado")
        await seat.press("end")
        await seat.write(" sai.")
        await seat.press("enter")
        await through_the_lists(seat)
        await seat.press("enter")
        await seat.sees("Começa em", "r Texto   c Comentário")
        await seat.press("escape")
        await seat.hears("Nada foi feito; o que você escreveu fica guardado.")
        await asks(seat)
        await seat.press("v")
        await seat.arrives_at(FieldScreen)
        await seat.sees("Agora a nota sai.")
        await seat.press("enter")
        await through_the_lists(seat)
        await seat.sees("Conforme conversamos por telefone")
        await goes(seat)
        ended = await on_the_board(seat, sent)
        assert ended.status is ChamadoStatus.ENCERRADO
        assert ended.events[-1].comment.endswith("Por telefone, nas palavras dele:\n\n> Agora a nota sai.")
        assert (await ticket(seat, ticket_id)).status == CLOSED
        desk = seat.app.desk
        assert await desk.disk(desk.local.drafts.load, f"validation:{sent.id}:spoken") is None


async def test_a_long_paragraph_of_the_clients_is_gone_through_by_the_keys_of_a_list(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await asked_already(seat, running, f"Ainda dá erro. {'A nota volta com o mesmo aviso. ' * 60}")
        await asks(seat)
        await seat.sees("Ainda dá erro.")
        assert "(continua no ticket)" not in seat.text()
        await seat.press("end")
        await seat.sees("(continua no ticket)")


async def test_an_answer_against_the_clients_words_is_told_before_it_is_done(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        _, sent = await asked_already(seat, running, "Ainda dá erro 539.")
        await asks(seat)
        await seat.press("v")
        await through_the_lists(seat)
        await seat.sees("▲ O cliente diz que não está resolvido.")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        assert (await on_the_board(seat, sent)).status is ChamadoStatus.PUBLICADO


async def test_a_chamado_that_somebody_moved_during_the_last_look_stops_everything(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id, sent = await asked_already(seat, running, "Deu certo!")
        await asks(seat)
        await seat.press("v")
        await through_the_lists(seat)
        colleague = colleague_at(seat, NOW)
        back = Move(to=ChamadoStatus.ERROR_FIX, comment="Achamos outra falha.")
        await colleague.move(sent.id, back, event="colega", who="Lia")
        before = len(running.journal.of("freshdesk", "POST", "/reply"))
        await seat.press("enter")
        await seat.press("enter")
        await seat.arrives_at(PendingScreen)
        await seat.hears("foi para Error Fix por Lia.")
        assert len(running.journal.of("freshdesk", "POST", "/reply")) == before
        assert (await ticket(seat, ticket_id)).status != CLOSED


async def test_of_several_published_chamados_one_is_chosen(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id, first = await asked_already(seat, running, "Deu certo!")
        second = await published_an_hour_ago(seat, ticket_id)
        await seat.press("u")
        await seat.until(lambda: len(seat.app.chamados.items) == 2, "read the board")
        await seat.press("x")
        await seat.until(lambda: not isinstance(seat.app.screen, MesaScreen))
        await seat.sees("Qual chamado o cliente validou?", f"nº {first.number}", f"nº {second.number}")
        await seat.press("down", "enter")
        await seat.arrives_at(ValidationScreen)
        await seat.sees(f"Chamado nº {first.number}")


async def test_without_a_published_chamado_the_key_says_why(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("x")
        await seat.hears("não tem chamado publicado à espera de validação")
        assert isinstance(seat.app.screen, MesaScreen)


async def test_a_resolved_ticket_comes_up_and_its_view_goes_with_it(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        freshdesk = seat.app.desk.freshdesk
        assert freshdesk is not None
        custom = {"cf_causa": "Uso incorreto"}
        await freshdesk.update(ticket_id, {"status": RESOLVED, "custom_fields": custom})
        await seat.press("u")
        await seat.until(lambda: _turn(seat, ticket_id) is Turn.DONE, "was resolved")
        assert "validar" not in seat.text()
        await comes_up(seat, ticket_id)
        await seat.press("v")
        assert seat.mesa.queue.view.id == "a_validar"
        assert [entry.id for entry in seat.mesa.queue.shown] == [ticket_id]


async def test_the_preview_tells_the_chamado_and_follows_it(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        sent = await comes_up(seat, ticket_id)
        await seat.sees(f"nº {sent.number} · Publicado ({VERSION})", "★ falta pedir ao cliente", "x valida")
        colleague = colleague_at(seat, NOW)
        back = Move(to=ChamadoStatus.ERROR_FIX, comment="Achamos outra falha.")
        await colleague.move(sent.id, back, event="colega", who="Lia")
        await seat.press("u")
        await seat.sees(f"nº {sent.number} · Error Fix", "o cliente ainda tem")
        await seat.until(lambda: not any(entry.to_validate for entry in seat.mesa.queue.shown), "went down")


async def test_another_answer_leaves_the_request_to_be_made(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        sent = await comes_up(seat, ticket_id)
        before = seat.app.ticket(ticket_id)
        we_answer(running, ticket_id, "Estamos em reunião; já voltamos.")
        await seat.press("u")
        await seat.until(lambda: seat.app.ticket(ticket_id) is not before, "read the answer")
        assert seat.mesa.queue.shown[0].to_validate
        await asks(seat)
        await seat.sees("falta pedir ao cliente", "p Já pedi")
        await seat.press("p")
        await seat.hears("anotado que a validação já foi pedida")
        await seat.until(lambda: not any(entry.to_validate for entry in seat.mesa.queue.shown), "went down")
        noted = (await on_the_board(seat, sent)).events[-1]
        assert noted.comment == f"Validação pedida ao cliente no ticket #{ticket_id}."
        await asks(seat)
        assert "Já pedi" not in seat.text()


async def test_a_changed_request_still_asks_also_from_its_draft(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        sent = await comes_up(seat, ticket_id)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.write(" Na loja 2, por favor.")
        await seat.press("escape")
        await seat.hears(f"Rascunho do #{ticket_id} guardado.")
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.until(lambda: _is_read(seat), "read the conversation")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("Enviando ao cliente")
        await seat.press("enter")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: not any(entry.to_validate for entry in seat.mesa.queue.shown), "was asked")
        recorded = (await on_the_board(seat, sent)).events[-1]
        assert recorded.comment == f"Validação pedida ao cliente no ticket #{ticket_id}."


async def test_that_a_request_was_sent_is_told_before_the_board_has_noted_it(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        sent = await comes_up(seat, ticket_id)
        board, noted = seat.app.desk.board, asyncio.Event()
        comment = board.comment

        async def slow(*args: str, **kwargs: str) -> Chamado:
            await noted.wait()
            return await comment(*args, **kwargs)

        monkeypatch.setattr(board, "comment", slow)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.until(lambda: _is_read(seat), "read the conversation")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("Enviando ao cliente")
        await seat.press("enter")
        await seat.hears(f"Resposta enviada no #{ticket_id}.")
        noted.set()
        await seat.until(lambda: not any(entry.to_validate for entry in seat.mesa.queue.shown), "was asked")
        assert len((await on_the_board(seat, sent)).events) > len(sent.events)


async def test_a_template_that_nobody_wrote_in_is_no_draft(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        await comes_up(seat, ticket_id)
        desk = seat.app.desk
        await seat.press("m")
        await seat.arrives_at(AnswerScreen)
        await seat.until(lambda: bool(seat.app.screen.query_one(Composer).text), "the template is there")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await desk.saver.flush()
        assert ticket_id not in await desk.disk(desk.local.drafts.tickets)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.sees(f"na versão {VERSION}")


async def test_a_request_that_was_not_changed_is_no_draft_and_a_draft_goes_before_it(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = answered_before(seat)
        await comes_up(seat, ticket_id)
        desk = seat.app.desk
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        ready = seat.app.screen.query_one(Composer).text
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await desk.saver.flush()
        assert ticket_id not in await desk.disk(desk.local.drafts.tickets)
        assert "guardado" not in seat.said()
        await desk.disk(desk.local.drafts.save, draft_key(ticket_id, Kind.REPLY), "Comecei outra coisa.")
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.hears("Rascunho retomado, em vez do pedido de validação que estava pronto.")
        text = seat.app.screen.query_one(Composer).text
        assert text == "Comecei outra coisa."
        assert text != ready
