"""The routine at the desk: what it says on a reply (R16, R17, R18), and *em análise* by one key (R15)."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.answer import AnswerScreen
from tui.screens.last_look import SendScreen
from tui.screens.template import TemplateScreen
from tui.settings import ReplySettings
from widgets.answer_preview import AnswerPreview
from widgets.composer import Composer

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


@pytest.mark.parametrize(("key", "waits"), [("r", True), ("n", False)], ids=["reply", "note"])
async def test_a_colleague_in_a_reply(running: Running, tmp_path: Path, key: str, waits: bool) -> None:
    desk = Desk(settings_for(running, tmp_path, team_names=("fulana",)), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        me = desk.account.me
        assert me is not None
        colleague = next(name for name in desk.account.vocabulary.agents.values() if name != me.name)
        await seat.press(key)
        await seat.arrives_at(AnswerScreen)
        await seat.write(f"Passei a {colleague} e Fulana.\n{me.name}")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        preview = seat.app.screen.query_one(AnswerPreview)
        if waits:
            await seat.sees(f"“{colleague}” (linha 1); “Fulana” (linha 1)")
            assert preview.left is None
            await seat.press("enter")
        await seat.until(lambda: preview.left is not None, "counted down")
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)


async def test_a_homologation_is_complete_before_it_leaves(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f7")
        await seat.arrives_at(TemplateScreen)
        await seat.write("homologacao plantao")
        await seat.press("enter")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("5 lacunas por preencher", "O que foi feito:  em branco")
        composer = seat.app.screen.query_one(Composer)
        for answer in (" Ajuste no total.", " Faturar.", " Vendas > Faturar.", " Total certo.", " Em anexo."):
            await seat.paste(answer)
            await seat.press("f8")
        assert "Passo a passo: Vendas > Faturar.\n" in composer.text
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("Homologação sem imagem", "“Imagens:” (linha 13)", "Exemplo: Sem imagem")
        assert seat.app.screen.query_one(AnswerPreview).left is None


async def test_a_long_reply_suggests_a_call_by_the_figures_of_the_desk(
    running: Running, tmp_path: Path
) -> None:
    own = ReplySettings.model_validate({"palavras_para_ligar": 5})
    desk = Desk(settings_for(running, tmp_path, replies=own), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.paste("um dois três quatro cinco seis sete")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("São 7 palavras: explique por telefone", "“seis” (linha 1)")
        await seat.press("enter")
        preview = seat.app.screen.query_one(AnswerPreview)
        await seat.until(lambda: preview.left is not None, "counted down")


async def test_under_review_is_one_key_away_at_the_ticket(running: Running, tmp_path: Path) -> None:
    own = ReplySettings.model_validate({"em_analise": "Recebemos, {{ticket.requester.firstname}}."})
    desk = Desk(settings_for(running, tmp_path, replies=own), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        requester = seat.mesa.queue.shown[0].ticket.requester
        assert requester is not None
        wanted = f"Recebemos, {requester.name.split()[0]}."
        await seat.press("m")
        await seat.arrives_at(AnswerScreen)
        await seat.until(lambda: seat.app.screen.query_one(Composer).text == wanted, "began with it")
        await seat.write(" Oi")
        await seat.press("escape")
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        await seat.press("m")
        await seat.arrives_at(AnswerScreen)
        assert seat.app.screen.query_one(Composer).text == f"{wanted} Oi", "the draft stays as it was"


async def test_under_review_is_one_key_away_in_a_reply_and_not_in_a_note(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        await seat.press("ctrl+g")
        composer = seat.app.screen.query_one(Composer)
        assert composer.text == ""
        await seat.press("f6", "ctrl+g")
        await seat.until(lambda: "anális" in composer.text, "inserted it")
