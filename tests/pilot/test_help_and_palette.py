"""Help on what has the focus, and the palette: from every screen, by their keys."""

from pathlib import Path

import pytest
from textual.command import CommandList

from clients.sandbox.server import Running
from tests.support.desk import NARROW, SIZES, Sitting, at_the_desk
from tests.support.painted import repainted, settle
from tui.commands.palette import Palette
from tui.screens.answer import AnswerScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamados import ChamadosScreen
from tui.screens.help import HelpScreen
from tui.screens.last_look import SendScreen
from tui.screens.mesa import MesaScreen
from tui.screens.template import TemplateScreen
from widgets.answer_preview import AnswerPreview
from widgets.composer import Composer
from widgets.template_picker import TemplatePicker

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


async def helped(seat: Sitting, key: str = "f1") -> str:
    """Open the help, read all of it, close it again; return what it said."""
    before = type(seat.app.screen)
    await seat.press(key)
    await seat.arrives_at(HelpScreen)
    read = [seat.text()]
    while True:
        await seat.press("pagedown")
        if seat.text() == read[-1]:
            break
        read.append(seat.text())
    assert all("Ajuda" in page for page in read)
    await seat.press("f1")
    await seat.arrives_at(before)
    return "\n".join(read)


async def chosen(seat: Sitting, words: str, *, opened_by: str = "ctrl+p") -> None:
    """Find a command by ``words`` in the palette and run the first that it offers."""
    await seat.press(opened_by)
    await seat.arrives_at(Palette)
    await seat.write(words)
    await seat.finds_all_commands()
    listed = seat.app.screen.query_one(CommandList)
    await seat.until(lambda: listed.highlighted == 0)
    await seat.press("enter")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_help_tells_what_a_screen_is_for_and_its_keys(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        said = await helped(seat, "question_mark")
        for words in ("A Mesa mostra", "Fila: os tickets", "f / Ctrl+F  Filtrar", "r  Responder ao cliente"):
            assert words in said
        assert "Ctrl+Q  Fechar o Plantão" in said
        assert "Citações" not in said  # the key of another pane
        await seat.press("f4")
        said = await helped(seat)
        assert "Conversa: quem pede" in said
        assert "Mostrar ou esconder o texto citado" in said
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        said = await helped(seat)
        assert "Preencher um chamado novo" in said
        assert "agora não: Só um rascunho pode ser descartado" in said


async def test_help_of_an_answer_and_of_what_lies_over_it(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        composer = seat.app.screen.query_one(Composer)
        await seat.press("question_mark", "colon")
        assert composer.text == "?:"  # in a text they are letters
        said = await helped(seat)
        assert "F6  Trocar entre resposta e nota" in said
        assert "**" not in said
        await seat.press("f7")
        await seat.arrives_at(TemplateScreen)
        await seat.press("question_mark")
        assert seat.app.screen.query_one(TemplatePicker)
        said = await helped(seat)
        assert "Digite algumas letras do nome" in said
        assert "Enter  Inserir o modelo do cursor" in said
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
        assert composer.text == "?:"


async def test_nothing_leaves_while_help_hides_it(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.write("oi")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        preview = seat.app.screen.query_one(AnswerPreview)
        await seat.until(lambda: preview.left is not None)
        assert "Antes de enviar" in await helped(seat)
        assert preview.left is None
        await seat.sees("Parado a")
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)


async def test_help_of_the_form_and_of_its_notice(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        assert "Enter e  Confirmar que leu" in await helped(seat)
        await seat.press("enter")
        await seat.press("question_mark")
        screen = seat.app.screen
        assert isinstance(screen, ChamadoScreen)
        assert screen.form.draft.title == "?"
        said = await helped(seat)
        for words in ("Preencha de cima para baixo", "F9  Conferir o chamado e enviar", "Para instabilidade"):
            assert words in said


async def test_the_palette_finds_a_command_without_accents_and_runs_it(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await chosen(seat, "proxima visao", opened_by="colon")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: seat.mesa.queue.view.id == "sem_resposta")
        await chosen(seat, "chamados enviados")
        await seat.arrives_at(ChamadosScreen)
        await chosen(seat, "descartar")
        await seat.hears("Só um rascunho pode ser descartado")


async def test_the_palette_offers_the_keys_of_an_answer(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await chosen(seat, "modelo de resposta")
        await seat.arrives_at(TemplateScreen)
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
        await chosen(seat, "trocar entre")
        await seat.sees("NOTA INTERNA")


async def test_the_palette_offers_the_keys_of_the_form(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.press("enter")
        await chosen(seat, "perguntas na descricao")
        screen = seat.app.screen
        assert isinstance(screen, ChamadoScreen)
        await seat.until(lambda: "Passo a passo" in screen.form.draft.description)


async def test_the_palette_says_when_there_is_no_such_command(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("ctrl+p")
        await seat.arrives_at(Palette)
        await seat.write("xyzzy")
        await seat.sees("Nenhum comando com esse nome aqui.")
        await seat.press("ctrl+q")
        assert seat.app.return_code == 0


async def test_the_palette_offers_nothing_for_letters_scattered_over_a_text(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        await seat.press("ctrl+p")
        await seat.arrives_at(Palette)
        await seat.write("licenca")
        await seat.sees("Nenhum comando com esse nome aqui.")
        assert "Copiar" not in seat.text()
        await seat.press("ctrl+q")


async def test_the_palette_writes_nothing_while_it_waits(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.goes_to(seat.mesa.queue.shown[0].id)
        await seat.opens_the_palette()
        await settle(seat.pilot)
        with repainted() as regions:
            await seat.pilot.pause(1.2)  # more than two blinks
        assert not regions
