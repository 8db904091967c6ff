"""The morning round on the screen: ticked by its rules, closed once, posted or copied, shared by sessions."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.feed import Feed
from clients.models.morning import CheckKind
from clients.models.service import Service, ServiceState
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.clock import NOW, frozen
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for, sitting
from tui.desk import Desk
from tui.screens.chamados import ChamadosScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.morning import MorningScreen
from tui.screens.morning_text import RoundTextScreen
from tui.screens.services import ServicesScreen
from tui.screens.timers import TimersScreen
from tui.settings import Settings
from widgets.inputs import TextBox, TextInput
from widgets.top_line import TopLine

pytestmark = pytest.mark.anyio
TEAM = "C0PLANT04"


def desk_on(running: Running, folder: Path) -> Desk:
    return Desk(settings_for(running, folder), running.clock)


async def opens(seat: Sitting) -> MorningScreen:
    """Open the round, and wait until it shows all that it finds."""
    await seat.press("R")
    await seat.arrives_at(MorningScreen)
    screen = seat.app.screen
    assert isinstance(screen, MorningScreen)
    await seat.until(lambda: screen.sees(CheckKind.CONCLUDED), "read the tasks")
    return screen


async def ticks(seat: Sitting, screen: MorningScreen, *kinds: CheckKind) -> None:
    for kind in kinds:
        assert screen.pane._list.select_key(kind.value)
        await seat.press("space")
        await seat.until(lambda: screen._round and screen._round.check(kind).is_done, f"ticked {kind}")  # noqa: B023


async def notes(seat: Sitting, screen: MorningScreen, kind: CheckKind, text: str) -> None:
    assert screen.pane._list.select_key(kind.value)
    await seat.press("n")
    await seat.arrives_at(LineScreen)
    await seat.paste(text)
    await seat.press("enter")
    await seat.until(lambda: screen._round and screen._round.check(kind).note == text, "noted")


async def said_in_the_team(running: Running) -> list[str]:
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["analyst"]))
    try:
        said = await client.history(TEAM, "0.0")
    finally:
        await client.aclose()
    return [one.text() for one in said if one.text().startswith("Rotina")]


def top(seat: Sitting) -> str:
    return seat.app.screen.query_one(TopLine).render_line(0).text


async def test_a_round_is_ticked_by_its_rules_closed_and_posted_once(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        await seat.until(lambda: "☐ rotina 0/5" in top(seat) or "☐ 0/5" in top(seat), "counted")
        screen = await opens(seat)
        await seat.press("space")
        await seat.hears("Falta dizer o que foi feito de 4 em falha")
        await seat.press("f9")
        await seat.hears("Falta marcar, ou anotar por que não: Serviços")
        await seat.press("n")
        await seat.arrives_at(LineScreen)
        await seat.paste("CPF 529.982.247-25")
        await seat.press("enter")
        await seat.hears("Nota com 1 trecho mascarado (1 CPF).")
        await seat.sees("CPF ‹CPF_1›")
        await seat.press("n")
        await seat.arrives_at(LineScreen)
        seat.app.screen.query_one(TextInput).value = "monitor em manutenção"
        await seat.press("enter")
        await seat.sees("monitor em manutenção")
        await ticks(seat, screen, *CheckKind)
        await seat.until(lambda: "5/5" in top(seat), "counted all")

        await seat.press("f9")
        await seat.arrives_at(RoundTextScreen)
        await seat.sees("publicar em suporte", "Rotina da manhã, quarta 04/03/2026", "Nota: monitor em")
        await seat.write("Bom dia. ")
        await seat.press("escape")
        assert await said_in_the_team(running) == []
        await seat.press("f9")
        await seat.arrives_at(RoundTextScreen)
        kept = seat.app.screen.query_one(TextBox).text
        assert kept.startswith("Bom dia. Rotina da manhã")
        await seat.write("Rotina: ")
        await seat.press("f9")
        await seat.sees("publicada em suporte;", "https://exemplo.slack.com", "Rotina: Bom dia. Rotina")
        (said,) = await said_in_the_team(running)
        assert said == f"Rotina: {kept}"
        assert "/5" not in top(seat)
        await seat.press("space")
        await seat.hears("A rotina de hoje já foi fechada.")
        await seat.press("y")
        assert seat.app.clipboard == said

    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as again:
        await opens(again)
        await again.sees("fechada às 12:06", "publicada em suporte")
        assert "/5" not in top(again)
        assert len(await said_in_the_team(running)) == 1


async def test_what_the_other_session_ticks_is_seen_and_old_data_is_not_ticked(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        screen = await opens(seat)
        async with sitting(desk_on(running, tmp_path)) as other:
            await other.everything_read()
            theirs = await opens(other)
            await ticks(other, theirs, CheckKind.TIMERS)
        screen.tick()
        await seat.until(lambda: screen._round and screen._round.done == 1, "saw the other's tick")
        assert "feito às 12:06 por Beatriz Nogueira" in seat.line("Cronômetros")

        running.knobs.clock.offset_seconds += 3 * 3600
        await seat.press("space")
        await seat.hears("Serviços: a leitura é de há 3 h; atualize antes.")
        green = Service(client="Loja Sol", service="CTE", state=ServiceState.OK)
        seat.app.mesa_watch.take_services(Feed((green,), as_of=running.clock()))
        await seat.sees("1 ok")
        await seat.press("space")
        await seat.until(lambda: screen._round and screen._round.check(CheckKind.SERVICES).is_done)
        turned = green.model_copy(update={"state": ServiceState.FAIL})
        seat.app.mesa_watch.take_services(Feed((turned,), as_of=running.clock()))
        await seat.sees("▲ Depois de marcado: Loja Sol · CTE: em falha")


async def test_enter_leads_to_where_a_check_is_dealt_with(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        screen = await opens(seat)
        assert screen.pane._list.select_key(CheckKind.UNANSWERED.value)
        await seat.press("enter")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: seat.mesa.queue.view.id == "sem_resposta")

        screen = await opens(seat)
        await seat.press("enter")
        await seat.arrives_at(ServicesScreen)
        await seat.until(lambda: "Cosméticos F" in seat.line("▌✖"), "came to the first red one")

        screen = await opens(seat)
        assert "[4 Serviços]" in top(seat), "the page lies over this mode"
        assert screen.pane._list.select_key(CheckKind.TIMERS.value)
        await seat.press("enter")
        await seat.arrives_at(TimersScreen)
        await seat.press("escape")
        await seat.arrives_at(MorningScreen)
        assert screen.pane._list.select_key(CheckKind.CHAMADOS.value)
        await seat.press("enter")
        await seat.arrives_at(ChamadosScreen)


async def test_without_any_system_it_is_closed_all_the_same_and_copied(tmp_path: Path) -> None:
    desk = Desk(Settings.model_validate({"pasta_de_dados": tmp_path}), frozen)
    async with sitting(desk) as seat:
        await seat.sees("não configurado")
        screen = await opens(seat)
        text = await seat.sees("Redmine não configurado", "Freshdesk não configurado")
        assert "Monitoramento não configurado" in text
        await seat.until(lambda: screen._sights[CheckKind.CHAMADOS].read_at == NOW, "read the board")
        await ticks(seat, screen, CheckKind.CHAMADOS, CheckKind.TIMERS)
        await seat.until(lambda: "☐ rotina 2/2" in top(seat), "counted what there is")
        await seat.press("f9")
        await seat.arrives_at(RoundTextScreen)
        await seat.sees("o Slack não está", "Serviços: Monitoramento não configurado")
        await seat.press("f9")
        await seat.sees("resumo para copiar", "Cronômetros ligados: nenhum")
        assert "Chamados que mudaram: nenhum desde ontem 00:00" in seat.app.clipboard
