"""Answering on the real screens: one reply leaves, exactly once, and only what was meant to leave."""

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.answer import Kind
from clients.models.ticket import Turn
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import NARROW, SIZES, WIDE, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.drafts import draft_key
from tui.intent import State
from tui.screens.answer import AnswerScreen
from tui.screens.copies import CopyScreen
from tui.screens.last_look import SendScreen
from tui.screens.template import TemplateScreen
from tui.settings import ReplySettings
from widgets.answer_preview import AnswerPreview
from widgets.composer import Composer

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
TEXT = "Em análise."


def desk_on(running: Running, folder: Path, *, hold: int = 30) -> Desk:
    """A desk that waits a moment only before it looks for a lost answer."""
    replies = ReplySettings(undo_seconds=hold)
    return Desk(settings_for(running, folder, replies=replies), frozen, quarantine=timedelta(milliseconds=20))


def replies(running: Running) -> list[str]:
    """The bodies of the replies that reached Freshdesk."""
    return [write.body for write in running.journal.of("freshdesk", "POST", "/reply")]


def notes(running: Running) -> list[str]:
    return [write.body for write in running.journal.of("freshdesk", "POST", "/notes")]


async def begin(seat: Sitting, key: str = "r") -> int:
    """Go to the first unanswered ticket and open the composer; return the ticket's number."""
    await seat.press("v")
    entry = seat.mesa.queue.highlighted
    assert entry is not None
    assert entry.turn is Turn.UNANSWERED
    await seat.press(key)
    await seat.arrives_at(AnswerScreen)
    return entry.id


async def draft_of(seat: Sitting, ticket_id: int, kind: Kind = Kind.REPLY) -> str | None:
    desk = seat.app.desk
    await desk.saver.flush()
    draft = await desk.disk(desk.local.drafts.load, draft_key(ticket_id, kind))
    return draft.text if draft else None


def _nothing() -> AbstractContextManager[None]:
    return nullcontext()  # a headless terminal cannot be lent


async def back_at_the_mesa(seat: Sitting) -> None:
    await seat.until(lambda: len(seat.app.screen_stack) == 1)


async def test_answering_from_a_template(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path, hold=1)) as seat:
        ticket_id = await begin(seat)
        await seat.press("f7")
        await seat.arrives_at(TemplateScreen)
        await seat.write("analise")
        await seat.sees("Em análise")
        await seat.press("enter")
        await seat.arrives_at(AnswerScreen)
        text = seat.app.screen.query_one(Composer).text
        requester = next(ticket for ticket in seat.app.queue.items if ticket.id == ticket_id).requester
        assert requester is not None
        assert requester.name.split()[0] in text
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        assert replies(running) == []
        await seat.lets_a_second_pass()
        await back_at_the_mesa(seat)
        await seat.hears(f"no #{ticket_id}")
        (body,) = replies(running)
        assert requester.name.split()[0] in body
        assert await draft_of(seat, ticket_id) is None
        await seat.until(lambda: _waits_for_client(seat, ticket_id))


def _waits_for_client(seat: Sitting, ticket_id: int) -> bool:
    ticket = seat.app.ticket(ticket_id)
    return ticket is not None and ticket.turn is not Turn.UNANSWERED


async def test_a_closed_ticket_says_so_before_it_is_answered(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        closed = next(ticket for ticket in seat.app.queue.items if not ticket.is_open)
        status = seat.app.account.vocabulary.status(closed.status)
        seat.mesa.go_to(closed.id)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.sees(f"#{closed.id} ▲ {status}: responder não o reabre")
        await seat.write(TEXT)
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees(f"▲ O ticket está {status}", "▲ Há o que conferir.", "Enter Enviar assim mesmo")
        assert replies(running) == []


async def test_taken_back_during_the_hold_nothing_leaves(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await begin(seat)
        await seat.write(TEXT)
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        preview = seat.app.screen.query_one(AnswerPreview)
        await seat.until(lambda: preview.left == 30)
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
        assert seat.app.screen.query_one(Composer).text == TEXT
        await seat.press("escape")
        await back_at_the_mesa(seat)
        assert running.journal.of("freshdesk", "POST") == []
        assert await draft_of(seat, ticket_id) == TEXT


async def test_a_draft_is_there_the_next_time(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await begin(seat)
        await seat.write(TEXT)
    async with at_the_desk(running, tmp_path) as seat:
        await begin(seat)
        assert seat.app.screen.query_one(Composer).text == TEXT
        await seat.hears("Rascunho retomado")


async def test_a_draft_whose_text_was_deleted_does_not_come_back(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await begin(seat)
        await seat.write("x")
        assert await draft_of(seat, ticket_id) == "x"
        await seat.press("backspace")
        assert seat.app.screen.query_one(Composer).text == ""
        assert await draft_of(seat, ticket_id) is None


async def test_a_ticket_that_moved_meanwhile_is_read_before_anything_counts_down(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await begin(seat)
        await seat.write(TEXT)
        running.say(ticket_id, "<div>Já resolvemos por aqui, <b>obrigada</b>!</div>")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("O que mudou no ticket", "Já resolvemos por aqui, obrigada!")
        preview = seat.app.screen.query_one(AnswerPreview)
        assert preview.left is None
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
        assert replies(running) == []
        await seat.press("f2")
        await seat.sees("Voltar ao texto")
        await seat.press("end")
        await seat.sees("Já resolvemos por aqui, obrigada!")
        await seat.press("escape", "f9")
        await seat.arrives_at(SendScreen)
        assert "O que mudou" not in seat.text(), "it was read"
        assert seat.app.screen.query_one(AnswerPreview).left is not None


async def test_what_is_typed_while_the_ticket_is_read_again_is_neither_lost_nor_left_out(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        await begin(seat)
        await seat.write(TEXT)
        running.knobs.freshdesk.latency_ms = 300
        await seat.press("f9")
        await seat.sees("conferindo se algo mudou")
        await seat.write(" Aguarde")
        await seat.hears("O texto mudou enquanto o ticket era conferido: F9 de novo.")
        running.knobs.freshdesk.latency_ms = 0
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees(f"{TEXT} Aguarde")


async def test_whom_the_ticket_has_in_copy_goes_on_reading(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await copied_ticket(seat)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        ticket = seat.app.ticket(ticket_id)
        assert ticket is not None
        await seat.sees(f"Cópia: {ticket.reply_cc_emails[0]}")
        await seat.write(TEXT)
        await seat.press("f3")
        await seat.arrives_at(CopyScreen)
        await seat.write("rui@")
        await seat.press("enter")
        await seat.sees("«rui@» não é um e-mail válido")
        await seat.write("obra.exemplo.com.br")
        await seat.press("enter")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("rui@obra.exemplo.com.br")
        await seat.press("f6")
        await seat.until(lambda: "Cópia:" not in seat.text(), "left the copies out of a note")
        await seat.press("f6", "escape")
        await back_at_the_mesa(seat)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("rui@obra.exemplo.com.br")  # kept with the draft
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("Cópia     ", "rui@obra.exemplo.com.br")
        await seat.press("enter")
        await seat.hears("Resposta enviada")
        assert "rui@obra.exemplo.com.br" in replies(running)[-1]
        assert ticket.reply_cc_emails[0] in replies(running)[-1]


async def copied_ticket(seat: Sitting) -> int:
    """Put the cursor on a ticket with somebody in copy."""
    entry = next(entry for entry in seat.mesa.queue.shown if entry.ticket.reply_cc_emails)
    await seat.goes_to(entry.id)
    return entry.id


async def test_a_lost_answer_is_found_by_looking_and_was_sent_once(running: Running, tmp_path: Path) -> None:
    running.knobs.freshdesk.faults_on = "/reply"
    running.knobs.freshdesk.drop_after_commit = 1
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await begin(seat)
        await seat.write(TEXT)
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.press("enter")
        await seat.hears(f"no #{ticket_id}")
        assert "Resposta do servidor perdida" in seat.said()
        assert len(replies(running)) == 1
        assert await draft_of(seat, ticket_id) is None


async def test_an_answer_that_was_lost_and_is_not_there_is_offered_again(
    running: Running, tmp_path: Path
) -> None:
    running.knobs.freshdesk.faults_on = "/reply"
    running.knobs.freshdesk.drop_before_commit = 1
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await begin(seat)
        await seat.write(TEXT)
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.press("enter")
        await seat.hears("Não foi enviado")
        assert await draft_of(seat, ticket_id) == TEXT
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.press("enter")
        await seat.hears(f"no #{ticket_id}")
        arrived = [write for write in running.journal.of("freshdesk", "POST", "/reply") if not write.dropped]
        assert len(arrived) == 1


async def test_an_offer_is_looked_for_once_more_at_the_next_start_and_then_is_only_a_draft(
    running: Running, tmp_path: Path
) -> None:
    running.knobs.freshdesk.faults_on = "/reply"
    running.knobs.freshdesk.drop_before_commit = 1
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await begin(seat)
        await seat.write(TEXT)
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.press("enter")
        await seat.hears("Não foi enviado")
        assert seat.app.desk.answering is not None
        (offered,) = await seat.app.desk.answering.pending()
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        desk = seat.app.desk
        await seat.until(lambda: _state(seat, offered.op_id) is State.FAILED)
        assert "Não foi enviado" not in seat.said()
        assert await draft_of(seat, ticket_id) == TEXT
        assert desk.answering is not None
        assert await desk.answering.pending() == ()


def _state(seat: Sitting, op_id: str) -> State | None:
    intent = seat.app.desk.local.journal.get(op_id)
    return intent.state if intent else None


async def test_a_note_goes_to_the_team_only(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        ticket_id = await begin(seat, "n")
        await seat.sees("NOTA INTERNA", "o cliente não vê")
        await seat.write("Ver com a Bruna.")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.press("enter")
        await seat.hears(f"no #{ticket_id}")
        assert replies(running) == []
        (note,) = notes(running)
        assert '"private":true' in note.replace(" ", "")


async def test_a_text_becomes_the_other_kind_with_its_draft(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await begin(seat)
        await seat.write(TEXT)
        await seat.press("f6")
        await seat.sees("NOTA INTERNA")
        assert await draft_of(seat, ticket_id) is None
        assert await draft_of(seat, ticket_id, Kind.NOTE) == TEXT


async def test_a_draft_of_each_kind_stays(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await begin(seat, "n")
        await seat.write("Ver com a Bruna.")
        await seat.press("escape")
        await back_at_the_mesa(seat)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.write(TEXT)
        await seat.press("f6")
        await seat.sees("NOTA INTERNA", "Ver com a Bruna.")
        await seat.hears("rascunho de cada tipo")
        await seat.press("f6")
        await seat.sees("RESPOSTA AO CLIENTE", TEXT)
        assert await draft_of(seat, ticket_id) == TEXT
        assert await draft_of(seat, ticket_id, Kind.NOTE) == "Ver com a Bruna."


async def test_what_an_editor_wrote_before_it_failed_is_taken_only_at_the_analysts_word(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "do editor" > "$1"\nexit 3\n')
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    async with at_the_desk(running, tmp_path) as seat:
        monkeypatch.setattr(type(seat.app), "suspend", lambda app: _nothing())
        await begin(seat)
        await seat.write(TEXT)
        await seat.press("f4")
        await seat.hears("terminou com erro")
        await seat.sees("Usar o que o editor gravou?", "do editor")
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        assert seat.app.screen.query_one(Composer).text == TEXT
        await seat.press("f4")
        await seat.sees("Usar o que o editor gravou?")
        await seat.press("s")
        await seat.until(lambda: isinstance(seat.app.screen, AnswerScreen))
        await seat.until(lambda: seat.app.screen.query_one(Composer).text == "do editor")


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
async def test_reading_the_conversation_without_leaving_the_answer(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        ticket_id = await begin(seat)
        await seat.write("Bom dia")
        await seat.press("f2")
        shown = await seat.sees(f"Ticket #{ticket_id}", "Voltar ao texto", "nenhuma no Redmine")
        assert ("RESPOSTA AO CLIENTE" in shown) == (size == WIDE), "80 columns show one of the two"
        await seat.press("escape")
        await seat.sees("RESPOSTA AO CLIENTE")
        await seat.write("!")
        assert seat.app.screen.query_one(Composer).text == "Bom dia!"
        await seat.press("f2", "f2")
        assert isinstance(seat.app.screen, AnswerScreen)
        await seat.write("?")
        assert seat.app.screen.query_one(Composer).text == "Bom dia!?"
