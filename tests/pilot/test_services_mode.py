"""Mode 4: opened from the Mesa or by its key, a failure acknowledged and kept, reasons said."""

from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.service import Service, ServiceState
from clients.sandbox.server import Running
from tests.support.clock import NOW, frozen
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.services import ServicesScreen
from widgets import phrases

pytestmark = pytest.mark.anyio
OK, FAIL = ServiceState.OK, ServiceState.FAIL


def service(client: str, state: ServiceState = FAIL, *, minutes: int = 10) -> Service:
    return Service(client=client, service="CTE", state=state, since=NOW - timedelta(minutes=minutes))


THERE = "Papelaria Lume"
OLD, NEW, RUNNING = service("Loja Sol", minutes=90), service("Loja Lua"), service("Loja Mar", OK)


def under(seat: Sitting) -> Service:
    screen = seat.app.screen
    assert isinstance(screen, ServicesScreen)
    assert screen.pane.highlighted is not None
    return screen.pane.highlighted


async def looks(seat: Sitting, *services: Service) -> None:
    """Read these services and no others, and go to them."""
    seat.app.workers.cancel_group(seat.app, "services")
    seat.app.services = Feed(services, as_of=NOW)
    await seat.press("4")
    await seat.arrives_at(ServicesScreen)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_enter_on_the_mesa_opens_the_service_with_all_that_is_known_of_it(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        await seat.press("f2", "down", "enter")
        await seat.arrives_at(ServicesScreen)
        second = seat.app.services.items[1]
        assert under(seat) == second
        await seat.sees("há 7 dias", "█ falha  ▒ desconhecido  ▁ ok  · não lido", "1 falha vista")
        assert "█" in seat.line("····")
        assert phrases.ago(second.since, NOW) in seat.line("Desde  ")
        await seat.press("1")
        await seat.arrives_at(MesaScreen)
        assert seat.mesa.services.highlighted == second


async def test_its_key_goes_to_the_newest_failure_until_the_cursor_was_moved(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await looks(seat, OLD, RUNNING)
        assert under(seat) == OLD
        await seat.press("1")
        await looks(seat, OLD, NEW, RUNNING)
        assert under(seat) == NEW
        await seat.press("end", "1")
        await looks(seat, service("Loja Céu", minutes=1), OLD, NEW, RUNNING)
        assert under(seat) == RUNNING


async def test_what_turns_red_under_a_dialog_does_not_take_the_cursor(
    running: Running, tmp_path: Path
) -> None:
    newer = service("Loja Céu", minutes=1)
    async with at_the_desk(running, tmp_path) as seat:
        await looks(seat, OLD, NEW, RUNNING)
        assert under(seat) == NEW
        for keys in ((), ("home", "down")):
            await seat.press(*keys)
            before = under(seat)
            await seat.press("c")
            await seat.arrives_at(LineScreen)
            newer = newer.model_copy(update={"client": f"{newer.client} 2"})
            seat.app.services = Feed((newer, OLD, NEW, RUNNING), as_of=NOW)
            await seat.press("escape")
            await seat.arrives_at(ServicesScreen)
            assert under(seat) == before
        await seat.press("1")
        await seat.arrives_at(MesaScreen)
        await seat.press("4")
        await seat.arrives_at(ServicesScreen)
        assert under(seat) == before, "whom the analyst moved the cursor to"


async def test_another_filter_is_read_from_its_first_match(running: Running, tmp_path: Path) -> None:
    fails, runs = service("Cosmética Aurora", minutes=5), service("Cosmética Bela", OK)
    async with at_the_desk(running, tmp_path) as seat:
        await looks(seat, service("Loja Céu", minutes=20), fails, NEW, OLD, RUNNING, runs)
        await seat.press("end", "f", *"cosmet")
        await seat.sees("2 de 6")
        assert under(seat) == fails
        await seat.press("down", "enter", "f", "i", "c")
        assert under(seat) == runs, "what still matches stays under the cursor"


async def test_a_failure_is_acknowledged_kept_and_shown(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await looks(seat, OLD, NEW, RUNNING)
        await seat.press("c")
        await seat.arrives_at(LineScreen)
        await seat.paste("avisei a equipe; a senha é lua4512")
        await seat.press("enter")
        await seat.hears("Ciência anotada com 1 trecho mascarado (1 chave ou senha).")
        first_name = seat.app.desk.author.split()[0]
        await seat.sees(f"Ciente      {seat.app.desk.author}", "Anotações", "avisei a equipe")
        assert " ciente " in seat.line("Loja Lua  ")
        (note,) = seat.app.desk.local.service_log.notes(NEW.key)
        kept = "avisei a equipe; a senha é ‹CHAVE_1›"
        assert (note.who, note.text, note.acknowledges) == (seat.app.desk.author, kept, True)
        assert "✖ falha" in seat.line("Loja Lua  ")
        await seat.press("1")
        await seat.arrives_at(MesaScreen)
        assert "✖ 2 em falha" in seat.lines()[0]
        assert f"ciente: {first_name}"[:12] in seat.line("Loja Lua  ")
        await seat.press("4")
        await seat.arrives_at(ServicesScreen)
        assert under(seat) == OLD  # the newest that nobody knows of
    async with at_the_desk(running, tmp_path) as seat:
        await seat.until(lambda: NEW.key in seat.app.acknowledged)


async def test_what_cannot_be_acknowledged_says_why(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await looks(seat, RUNNING)
        assert "Ciente" not in seat.lines()[-1]
        await seat.press("c")
        await seat.hears("Só de uma falha se dá ciência; este serviço está ok.")
        await seat.press("y")
        await seat.hears("Loja Mar · CTE · ok desde 04/03 11:56")
        await seat.press("f", *"zzz", "enter", "c")
        await seat.hears("Não há serviço sob o cursor.")
        await seat.sees("Nada com “zzz”.", "0 de 1 ")
        await seat.app.show_service(RUNNING.key)  # what hides it gives way
        await seat.sees("1 ok")
        assert under(seat) == RUNNING


async def test_esc_goes_from_the_detail_to_the_list_and_no_further(  # where letters would act on a ticket
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await looks(seat, OLD, RUNNING)
        await seat.press("enter", "escape", "escape", "escape")
        assert isinstance(seat.app.screen, ServicesScreen)
        await seat.press("1")
        await seat.arrives_at(MesaScreen)


async def test_who_is_on_the_server_is_told_as_soon_as_slack_says_it(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.press("4")
        await seat.arrives_at(ServicesScreen)
        running.say_in_slack("gestor_remote", "Otávio", f"entrei na {THERE}")
        running.knobs.clock.offset_seconds += 20 * 60
        seat.app.news.ask()
        await seat.press("f")
        await seat.write("lume")
        await seat.sees("Otávio, 12:06")
        await seat.press("escape", "f")
        await seat.write("rio manso")
        await seat.until(lambda: "Lume" not in seat.text(), "filtered")
        assert "Otávio" not in seat.text()


async def test_without_slack_nobody_is_said_to_be_nobody(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path, slack=None), frozen)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await looks(seat, OLD, NEW)
        await seat.sees("O Slack não está configurado")
        assert "? incerto" in seat.line("Loja Sol  ")
