"""``[teclas]``: commands and panes obey the keys that the analyst chose, and only those."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.help import HelpScreen
from tui.screens.mesa import MesaScreen
from tui.screens.template import TemplateScreen

pytestmark = pytest.mark.anyio
MINE = {
    "responder": "z",
    "nota": "",
    "fila.visao": "Ctrl+G",
    "lista.descer": "↓, x",
    "resposta.modelos": "F2",
    "resposta.fechar": "ctrl+b",
    "modelos.voltar": "f5",
    "ajuda": "F11",
    "sair": "F10",
}


def my_desk(running: Running, folder: Path) -> Desk:
    return Desk(settings_for(running, folder, keys=MINE), frozen)


async def test_commands_and_panes_obey_the_keys_of_the_settings(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=my_desk(running, tmp_path)) as seat:
        queue = seat.mesa.queue
        at_first = queue.view.id
        await seat.press("v")
        assert queue.view.id == at_first
        await seat.press("ctrl+g")
        assert queue.view.id != at_first
        first = queue.highlighted
        await seat.press("j")
        assert queue.highlighted == first
        await seat.press("x")
        assert queue.highlighted != first
        await seat.press("r", "n")
        assert isinstance(seat.app.screen, MesaScreen)
        await seat.press("z")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f7")
        assert isinstance(seat.app.screen, AnswerScreen)
        await seat.press("f2")
        await seat.arrives_at(TemplateScreen)
        await seat.press("escape")
        assert isinstance(seat.app.screen, TemplateScreen)
        await seat.press("f5")
        await seat.arrives_at(AnswerScreen)
        await seat.press("ctrl+b")
        await seat.arrives_at(MesaScreen)


async def test_help_and_key_bar_tell_them(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=my_desk(running, tmp_path)) as seat:
        assert "z Responder" in seat.lines()[-1]
        assert "n Nota" not in seat.lines()[-1]
        await seat.press("f1")
        assert isinstance(seat.app.screen, MesaScreen)
        await seat.press("f11")
        await seat.arrives_at(HelpScreen)
        assert "Ctrl+G  Mostrar a próxima visão" in seat.text()
        await seat.press("pagedown")
        await seat.sees("z  Responder ao cliente", "—  Gravar nota interna")
        await seat.press("f11")
        await seat.arrives_at(MesaScreen)


async def quits(seat: Sitting, key: str) -> None:
    await seat.press(key)
    assert seat.app.return_code == 0


@pytest.mark.parametrize("key", ["f10", "ctrl+q"])
async def test_quitting_is_never_lost(running: Running, tmp_path: Path, key: str) -> None:
    async with at_the_desk(running, tmp_path, desk=my_desk(running, tmp_path)) as seat:
        await quits(seat, key)


async def test_quitting_works_over_a_question(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        seat.app.push_screen(ConfirmScreen("Apagar?", "tudo", "Apagar"))
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("s Apagar", "n Voltar")
        await quits(seat, "ctrl+q")


async def test_ctrl_c_says_what_quits(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=my_desk(running, tmp_path)) as seat:
        await seat.press("ctrl+c")
        await seat.hears("F10 Ctrl+Q fecha o Plantão.")
