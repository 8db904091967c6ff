"""The screens say of a text that it is kept once it is, and never close on one that is not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clients.errors import StoreError
from clients.models.answer import Kind
from clients.sandbox.server import Running
from clients.store import Store
from tests.support.desk import Sitting, at_the_desk
from tui.drafts import draft_key
from tui.screens.answer import AnswerScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.mesa import MesaScreen

pytestmark = pytest.mark.anyio


@contextmanager
def full_disk() -> Iterator[None]:
    """A store that refuses every write."""

    def refuse(store: Store, table: str, key: str, rows: object) -> None:
        raise StoreError("disco cheio")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "put", refuse)
        yield


@contextmanager
def busy_disk(seat: Sitting) -> Iterator[None]:
    """A disk that has something else to do for a while."""
    done = threading.Event()
    seat.app.desk.disk._thread.submit(done.wait)
    try:
        yield
    finally:
        done.set()


async def answering(seat: Sitting) -> int:
    await seat.press("v")
    entry = seat.mesa.queue.highlighted
    assert entry is not None
    await seat.press("r")
    await seat.arrives_at(AnswerScreen)
    return entry.id


async def kept(seat: Sitting, ticket_id: int) -> dict[Kind, str]:
    """The drafts on disk."""
    desk = seat.app.desk
    await desk.saver.flush()
    drafts = {kind: await desk.disk(desk.local.drafts.load, draft_key(ticket_id, kind)) for kind in Kind}
    return {kind: draft.text for kind, draft in drafts.items() if draft}


async def in_the_form(seat: Sitting) -> None:
    await seat.press("c")
    await seat.arrives_at(ChamadoScreen)
    await seat.press("enter")
    await seat.sees("Título")


async def test_a_text_that_becomes_a_note_while_the_disk_is_busy_is_no_reply_afterwards(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await answering(seat)
        with busy_disk(seat):
            await seat.write("A Bruna errou")
            await seat.press("f6")
            await seat.write(".")
        assert await kept(seat, ticket_id) == {Kind.NOTE: "A Bruna errou."}


async def test_back_and_forth_while_the_disk_is_busy_leaves_one_draft(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await answering(seat)
        with busy_disk(seat):
            await seat.write("a")
            await seat.press("f6")
            await seat.write("b")
            await seat.press("f6")
            await seat.write("c")
        assert await kept(seat, ticket_id) == {Kind.REPLY: "abc"}


async def test_an_answer_is_called_kept_once_it_is_on_disk(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await answering(seat)
        with busy_disk(seat):
            await seat.write("Em")
            assert "guardado" not in seat.text()
            await seat.sees("rascunho guardando…")
        await seat.sees("rascunho guardado 12:06")


async def test_an_answer_that_the_disk_refuses_is_said_once_and_in_place(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await answering(seat)
        with full_disk():
            await seat.write("Em análise")
            await seat.sees("▲ não guardado: disco cheio")
            assert "guardado 12:06" not in seat.text()
            assert seat.said().count("disco cheio") == 1
        await seat.write(".")
        await seat.sees("rascunho guardado 12:06")
        assert await kept(seat, ticket_id) == {Kind.REPLY: "Em análise."}


async def test_esc_does_not_close_on_a_text_that_is_not_kept(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        ticket_id = await answering(seat)
        with full_disk():
            await seat.write("Em análise")
            await seat.press("escape")
            await seat.arrives_at(ConfirmScreen)
            await seat.sees("Fechar sem guardar?", "disco cheio")
            await seat.press("n")
            await seat.arrives_at(AnswerScreen)
            await seat.press("escape")
            await seat.arrives_at(ConfirmScreen)
            await seat.press("s")
            await seat.arrives_at(MesaScreen)
            assert f"Rascunho do #{ticket_id} guardado" not in seat.said()
        assert await kept(seat, ticket_id) == {Kind.REPLY: "Em análise"}, "tried again while the desk is open"


async def test_quitting_on_a_text_that_is_not_kept_takes_a_second_key(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await answering(seat)
        with full_disk():
            await seat.write("Em")
            await seat.sees("▲ não guardado")
            seat.app.do_sair()
            await seat.hears("Há texto que o disco não guardou.")
            assert seat.app.is_running
            assert seat.app.return_code is None


async def test_a_chamado_is_called_kept_once_it_is_on_disk(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await in_the_form(seat)
        await seat.write("x")
        await seat.sees("guardado 12:06")
        with full_disk():
            await seat.write("abc")
            await seat.sees("▲ não guardado: disco cheio")
            assert "guardado 12:06" not in seat.text()
            assert seat.said().count("disco cheio") == 1
            await seat.press("escape")
            await seat.arrives_at(ConfirmScreen)
            await seat.press("n")
            await seat.arrives_at(ChamadoScreen)
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.hears("Rascunho guardado")
