"""A runbook walked at the desk: by the rules onto a client's server, each step kept, and off it again."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.runbook import Guard
from clients.models.server_talk import Occupant
from clients.models.service import Service, ServiceState
from clients.models.walk import Outcome, Walk
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.clock import NOW
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.announce import AnnounceScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.line import LineScreen
from tui.screens.pick import PickScreen
from tui.screens.runbook import RunbookScreen
from tui.screens.runbook_asks import BarredScreen, FoundScreen, StoppedScreen
from tui.screens.services import ServicesScreen
from tui.screens.slack_question import SlackQuestionScreen
from tui.settings_runbooks import RunbookSettings
from tui.settings_servers import ServerSettings
from widgets.inputs import TextBox

pytestmark = pytest.mark.anyio
CLIENT = "Cosméticos Flor de Lis"
BRUNO = Occupant(who="Bruno", since=NOW, said="entrei na Flor de Lis", sure=True)

CARLA = BRUNO.model_copy(update={"who": "Carla"})


def desk_on(running: Running, folder: Path, **sections: object) -> Desk:
    servers = ServerSettings(codes={CLIENT: "flor/01"})
    settings = settings_for(running, folder, servers=servers, downloads_folder=folder / "baixados")
    return Desk(settings.model_copy(update=sections), running.clock)


def red(seat: Sitting) -> Service:
    """A service of the client that fails."""
    of_client = [each for each in seat.app.services.items if each.client == CLIENT]
    return next(each for each in of_client if each.state is ServiceState.FAIL)


def green(seat: Sitting) -> Service:
    """A service of a client of whom nothing fails."""
    failing = {each.client for each in seat.app.services.items if each.state is ServiceState.FAIL}
    return next(each for each in seat.app.services.items if each.client not in failing)


async def opens(seat: Sitting, service: Service) -> None:
    """Come to the service's runbook; where several fit, take the one that was made for it."""
    await seat.app.show_service(service.key)
    await seat.arrives_at(ServicesScreen)
    await seat.press("r")
    await seat.until(lambda: isinstance(seat.app.screen, PickScreen | RunbookScreen), "came to a runbook")
    if isinstance(seat.app.screen, PickScreen):
        await seat.sees("Acessar servidor do cliente")
        await seat.press("enter")
    await seat.arrives_at(RunbookScreen)


async def does(seat: Sitting, *keys: str, until: str) -> None:
    """Press ``keys`` and wait for the next step."""
    await seat.press(*keys)
    await seat.arrives_at(RunbookScreen)
    await seat.sees(until)


async def enters(seat: Sitting) -> None:
    """Go by the first two steps onto the server, where nothing bars them."""
    await does(seat, "f9", until="2/7")
    await seat.press("f9")
    await seat.arrives_at(AnnounceScreen)
    await does(seat, "f9", until="3/7")


async def kept(seat: Sitting) -> Walk:
    (walk,) = await seat.app.desk.disk(seat.app.desk.local.walks.list)
    return walk


async def announced(running: Running) -> list[str]:
    """What was said of the client in the channel of servers."""
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["bot"]))
    try:
        channel = await client.channel_named("gestor_remote")
        said = await client.history(channel.id, "0.0")
    finally:
        await client.aclose()
    return [one.text() for one in said if f"{CLIENT}, já" in one.text()]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_by_the_book_onto_the_server_and_off_it(
    running: Running, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("tui.app.PlantaoApp.copy_to_clipboard", lambda app, text: copied.append(text))
    async with at_the_desk(running, tmp_path, size, desk=desk_on(running, tmp_path)) as seat:
        await opens(seat, red(seat))
        await seat.sees("servidor flor/01", "✔ vermelho:", "✔ livre: ninguém", "▸ agora")
        await does(seat, "f9", until="2/7")
        await seat.press("f9")
        await seat.arrives_at(AnnounceScreen)
        await seat.write(", já")
        assert await announced(running) == [], "nothing is said before the yes"
        await does(seat, "f9", until="3/7")
        assert len(await announced(running)) == 1
        assert (await kept(seat)).inside

        await seat.sees("flor/01")
        await seat.press("f2")
        await seat.hears("Enviado ao terminal: flor/01")
        assert copied == ["flor/01"]
        await does(seat, "enter", until="4/7")
        await seat.press("f9")
        await seat.hears("falta “Última execução e resultado”")
        await seat.write("0x0, 12:00")
        await does(seat, "f9", until="5/7")
        await seat.press("f8")
        await seat.arrives_at(FoundScreen)
        await seat.write("item sem NCM")
        await seat.press("f9")
        await seat.arrives_at(StoppedScreen)
        await seat.sees("pergunte no canal o que fazer", "item sem NCM")
        await does(seat, "n", until="✖ diferente do esperado")
        await seat.press("f9")
        await seat.arrives_at(StoppedScreen)
        await does(seat, "s", until="6/7")
        await does(seat, "f9", until="7/7")
        await seat.press("X")
        await seat.hears("Anuncie a saída")
        await seat.press("f9")
        await seat.arrives_at(AnnounceScreen)
        await seat.write(", já")
        await seat.press("f9")
        await seat.arrives_at(ConfirmScreen)
        assert len(await announced(running)) == 2
        await does(seat, "n", until="7 de 7 passos")
        await seat.press("e")
        await seat.hears("Guardado em")
        (file,) = (tmp_path / "baixados").iterdir()
        assert file.stat().st_mode & 0o777 == 0o600
        assert "item sem NCM" in file.read_text()
        await seat.press("Y")
        assert "item sem NCM" in copied[-1]
        await seat.press("X")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.arrives_at(ServicesScreen)
        walk = await kept(seat)
        assert walk.ended_at is not None
        assert [each.outcome for each in walk.footprints].count(Outcome.OTHERWISE) == 1
        (note,) = await seat.app.desk.disk(seat.app.desk.local.service_log.notes, red(seat).key)
        assert "item sem NCM" in note.text and CLIENT not in note.text


async def test_with_nothing_red_it_takes_a_reason_and_with_somebody_there_another(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        service = green(seat)
        there = [BRUNO]
        monkeypatch.setattr("tui.server_room.ServerRoom.people", lambda room, client: tuple(there))
        await opens(seat, service)
        await seat.sees("✖ sem falha: nada vermelho", "✖ não livre: Bruno está lá desde 12:06")
        await seat.press("f9")
        await seat.arrives_at(BarredScreen)
        await seat.sees("Só se entra no servidor do cliente quando algo está vermelho nele.")
        assert "Perguntar" not in seat.text()
        await does(seat, "n", until="1/")
        assert (await kept(seat)).footprints == ()

        await seat.press("f9")
        await seat.arrives_at(BarredScreen)
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.write("pedido do cliente")
        await seat.press("enter")
        await seat.arrives_at(BarredScreen)
        await seat.sees("Bruno está lá desde 12:06")
        await seat.press("p")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.sees(f"Bruno, você ainda está em {service.client}?")
        await does(seat, "f9", until="▲ sem falha: nada vermelho")
        await seat.until(lambda: [one.ticket_id for one in seat.app.questions] == [None], "followed it")
        await seat.press("f9")
        await seat.arrives_at(BarredScreen)
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.write("Bruno chamou")
        there.append(CARLA)  # comes while the reason is written
        await seat.press("enter")
        await seat.arrives_at(BarredScreen)
        await seat.sees("Carla está lá")
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.write("as duas sabem")
        await does(seat, "enter", until="2/")
        reasons = [(each.guard, each.reason) for each in (await kept(seat)).overrides]
        assert reasons == [
            (Guard.RED, "pedido do cliente"),
            (Guard.FREE, "Bruno chamou"),
            (Guard.FREE, "as duas sabem"),
        ]
        await seat.press("f9")
        await seat.arrives_at(AnnounceScreen)  # nobody else came: no reason is asked for again


async def test_a_colleague_who_was_faster_is_told_of_and_nothing_is_announced(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = [BRUNO]

    async def people_now(room: object, client: str) -> tuple[Occupant, ...]:
        return tuple(there)

    monkeypatch.setattr("tui.server_room.ServerRoom.people_now", people_now)
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        await opens(seat, red(seat))
        await does(seat, "f9", until="2/7")
        await seat.press("f9")
        await seat.arrives_at(AnnounceScreen)
        await seat.write(", já")
        await does(seat, "f9", until="2/7")
        await seat.hears("Servidor ocupado: Bruno está lá")
        assert await announced(running) == []
        assert not (await kept(seat)).inside
        assert await seat.app.desk.workflows.pending(), "it stands in Pendências"
        there.clear()
        await seat.press("f9")
        await seat.arrives_at(AnnounceScreen)
        await seat.sees(", já")
        await does(seat, "f9", until="3/7")
        assert len(await announced(running)) == 1
        assert not await seat.app.desk.workflows.pending()


async def test_left_and_opened_again_it_goes_on_where_it_was(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path)) as seat:
        service = red(seat)
        await opens(seat, service)
        await enters(seat)
        await seat.press("x")
        await seat.arrives_at(LineScreen)
        await seat.write("ja conectado")
        await does(seat, "enter", until="4/7")
        await seat.write("0x1 as 12:00 (d x e")
        await seat.sees("(d x e")
        seat.app.screen.query_one(TextBox).insert(")")
        assert isinstance(seat.app.screen, RunbookScreen)
        seat.app.screen.tick()  # before the letter was told
        await seat.sees("guardado 12:06")
        await seat.press("escape", "escape")
        await seat.arrives_at(ServicesScreen)
        assert (await kept(seat)).inside
        await seat.hears("continua de onde parou")
        await seat.press("r")
        await seat.arrives_at(RunbookScreen)
        await seat.sees("4/7", "– pulado")
        assert seat.app.screen.query_one(TextBox).text == "0x1 as 12:00 (d x e)"
        await does(seat, "escape", "k", until="pulado · 04/03 12:06")
        await seat.sees("│ ja conectado")
        await seat.press("j")
        desk, walk = seat.app.desk, await kept(seat)
        await desk.disk(desk.local.walks.step, walk.id, "ver-tarefa", Outcome.DONE, who="Bia", found="0x0")
        seat.app.work_moved()
        await seat.sees("5/7")  # another session of the analyst's went on


async def test_the_local_command_is_seen_in_full_before_it_runs_and_only_on_the_server(
    running: Running, tmp_path: Path
) -> None:
    program = tmp_path / "conectar"
    program.write_text(
        "#!/bin/sh\nprintf 'conectado a %s \\033[2J\\n' \"$1\"\n"
        f"[ -e {tmp_path}/antes ] && sleep 600\ntouch {tmp_path}/antes\n"
    )
    program.chmod(0o700)
    runbooks = RunbookSettings(programs=frozenset({"conectar"}), local_command=(str(program), "{servidor}"))
    desk = desk_on(running, tmp_path, runbooks=runbooks)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await opens(seat, red(seat))
        await seat.press("f5")
        await seat.hears("Este passo não tem comando.")
        await enters(seat)
        await seat.press("f5")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("Executar este comando?", "flor/01")
        await seat.press("s")
        await seat.sees("Anotar no passo?", "conectado a flor/01 ␛[2J", "terminou bem")
        await does(seat, "s", until="Anotação")
        await does(seat, "f9", until="4/7")
        assert "conectado a flor/01" in (await kept(seat)).findings

        await seat.press("f5")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.sees("executando o comando local…")
        await seat.press("f9")
        await seat.hears("ainda não terminou")
        await seat.press("escape")
        await seat.hears("Interrompido.")
        await seat.until(lambda: "executando" not in seat.text(), "was ready for the next thing")


async def test_without_slack_the_analyst_announces_and_it_is_noted_so(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, desk=desk_on(running, tmp_path, slack=None)) as seat:
        await opens(seat, red(seat))
        await seat.press("f9")
        await seat.arrives_at(BarredScreen)
        await seat.sees("O Slack não está configurado: veja você no")
        await seat.press("s")
        await seat.arrives_at(LineScreen)
        await seat.write("vi no canal")
        await does(seat, "enter", until="2/7")
        await seat.press("f9")
        await seat.arrives_at(ConfirmScreen)
        await does(seat, "s", until="3/7")
        walk = await kept(seat)
        assert walk.inside
        assert walk.footprints[-1].found == "Avisado no canal pelo próprio analista."
