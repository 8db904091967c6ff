"""The desk reading a status page and a list beside it: what fails, vanishes or lies is told, never green."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.service import Service, ServiceState
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import NOW, Clock
from tests.support.headless import Env, plantao
from tui.desk import Desk
from tui.settings import Settings
from tui.sync import Poller

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
OK, FAIL, UNKNOWN = ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN
LISTED = "Cliente;Serviço;Status\nATACADO SERRA AZUL LTDA;CTE;{}\nFilial Sul;DYPE;ok\n"
SHARED, OWN, GREEN = "atacado serra azul/cte", "filial sul/dype", "autopecas guara/cte"


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=5, clock=clock) as running:
        yield running


@pytest.fixture
def sandbox(served: Running) -> Iterator[Running]:
    served.knobs.monitor.states = {"Atacado Serra Azul/CTE": "ok", "Autopeças Guará/CTE": "ok"}
    yield served
    served.knobs.turn(Knobs().model_dump())


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "filial.csv"
    write(path, "ok")
    return path


def write(path: Path, state: str) -> None:
    path.write_text(LISTED.format(state), encoding="utf-8")


def remove(path: Path) -> None:
    path.unlink()


def sections(running: Running, listed: Path) -> dict[str, object]:
    page = {
        "caminho_situacao": "/home/servicos",
        "proxima": "a.proxima",
        "verificado_em": ".verificado",
    }
    return {
        "nome": "Matriz",
        "url": running.urls.monitor,
        "usuario": running.keys.monitor_user,
        "senha": running.keys.monitor_password,
        "pagina": page,
        "outras": {"Filial": {"tipo": "csv", "arquivo": str(listed)}},
        "clientes": {"atacado serra azul ltda": "Atacado Serra Azul"},
    }


@pytest.fixture
async def desk(sandbox: Running, listed: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    values = {"monitor": sections(sandbox, listed), "pasta_de_dados": tmp_path / "dados"}
    opened = Desk(Settings.model_validate(values), clock)
    await opened.open()
    await opened.connect()
    yield opened
    await opened.close()


class Reader:
    """Reads the services again and again, as the poller does."""

    def __init__(self, desk: Desk) -> None:
        poller = desk.sources.services_poller(Feed())
        assert poller is not None
        self.poller: Poller[Service] = poller
        self.feed: Feed[Service] = Feed()

    async def read(self) -> dict[str, Service]:
        """Return the services by key after one more look."""
        async for feed in self.poller.refresh(self.feed):
            self.feed = feed
        return {service.key: service for service in self.feed.items}


async def test_both_sources_make_one_board_and_the_worst_counts(desk: Desk, listed: Path) -> None:
    reader = Reader(desk)
    services = await reader.read()
    assert (services[SHARED].state, services[SHARED].sources) == (OK, ("Matriz", "Filial"))
    assert services[OWN].sources == ("Filial",)
    assert services[GREEN].sources == ("Matriz",)
    write(listed, "parado")
    services = await reader.read()
    assert (services[SHARED].client, services[SHARED].state) == ("Atacado Serra Azul", FAIL)
    assert reader.feed.trouble is None


async def test_a_source_that_fails_ages_beside_the_others_and_is_named(
    desk: Desk, listed: Path, clock: Clock
) -> None:
    write(listed, "parado")
    reader = Reader(desk)
    await reader.read()
    remove(listed)
    for minutes, state in ((10, OK), (55, UNKNOWN)):
        clock.forward(minutes=minutes)
        services = await reader.read()
        assert reader.feed.trouble is not None
        assert reader.feed.trouble.message.startswith("Filial: ")
        assert services[OWN].state is state
        assert services[SHARED].state is FAIL  # nothing says that it runs again
        assert services[GREEN].state is OK
    assert services[OWN].remark(clock()) == "sem verificação há 1 h"
    write(listed, "ok")
    services = await reader.read()
    assert (services[OWN].state, services[SHARED].state, reader.feed.trouble) == (OK, OK, None)


async def test_what_is_only_remembered_is_not_written_down_as_seen(
    desk: Desk, listed: Path, clock: Clock
) -> None:
    reader = Reader(desk)
    await reader.read()
    remove(listed)
    seen = clock()
    clock.forward(minutes=90)
    await reader.read()
    assert desk.local.service_log is not None
    history = await desk.disk(desk.local.service_log.history, OWN)
    assert [spell.seen for spell in history.spells] == [seen]


async def test_what_vanishes_from_the_page_is_unknown_for_a_day_over_a_restart(
    sandbox: Running, desk: Desk, clock: Clock
) -> None:
    reader = Reader(desk)
    await reader.read()
    sandbox.knobs.monitor.left_out = ["Autopeças Guará/CTE"]
    gone = (await reader.read())[GREEN]
    assert (gone.state, gone.remark(clock())) == (UNKNOWN, "não está mais na página há 0 min · estava ok")
    reader.feed = await desk.sources.remembered_services()
    clock.forward(hours=23)
    still = (await reader.read())[GREEN]
    assert (still.state, still.since) == (UNKNOWN, gone.since)
    sandbox.knobs.monitor.left_out = []
    assert (await reader.read())[GREEN].state is OK
    sandbox.knobs.monitor.left_out = ["Autopeças Guará/CTE"]
    await reader.read()
    clock.forward(hours=25)
    assert GREEN not in await reader.read()


async def test_pages_a_lost_session_and_another_charset_change_no_service(
    sandbox: Running, desk: Desk
) -> None:
    reader = Reader(desk)
    before = (await reader.read()).keys()
    sandbox.knobs.turn({"monitor": {"pages": 4, "charset": "windows-1252", "next_lost_session": 1}})
    after = await reader.read()
    assert after.keys() == before
    assert not [item for item in after.values() if item.missing_since]


async def test_a_page_that_breaks_off_changes_nothing_but_its_age(sandbox: Running, desk: Desk) -> None:
    reader = Reader(desk)
    before = await reader.read()
    sandbox.knobs.turn({"monitor": {"next_broken_off": 2}})
    after = await reader.read()
    assert {key: item.state for key, item in after.items()} == {
        key: item.state for key, item in before.items()
    }
    assert reader.feed.trouble is not None
    assert reader.feed.trouble.title == "Página incompleta"


async def test_a_refused_login_is_not_tried_again_until_somebody_asks(
    sandbox: Running, listed: Path, tmp_path: Path, clock: Clock
) -> None:
    values = {**sections(sandbox, listed), "senha": "outra"}
    desk = Desk(Settings.model_validate({"monitor": values, "pasta_de_dados": tmp_path / "dados"}), clock)
    await desk.open()
    await desk.connect()
    sandbox.journal.writes.clear()
    reader = Reader(desk)
    for _ in range(3):
        assert set(await reader.read()) == {SHARED, OWN}
        assert reader.feed.trouble is not None
        assert reader.feed.trouble.title == "Entrada recusada"
    assert len(sandbox.journal.of("monitor", "POST", "/login")) == 1
    reader.feed = reader.feed.busy()  # as the poller has it when it was asked
    await reader.read()
    assert len(sandbox.journal.of("monitor", "POST", "/login")) == 2
    await desk.close()


@pytest.mark.parametrize("ahead", [timedelta(hours=-3), timedelta(hours=3)])
async def test_a_clock_that_is_off_is_told_and_turns_nothing(
    sandbox: Running, desk: Desk, clock: Clock, ahead: timedelta
) -> None:
    sandbox.knobs.turn({"monitor": {"clock_ahead_seconds": ahead.total_seconds()}})
    green = (await Reader(desk).read())[GREEN]
    assert green.state is OK
    told = "adiantado" if ahead > timedelta() else "atrasado"
    assert green.remark(clock()) == f"relógio do monitoramento 3 h {told}"


@pytest.fixture
def settled(sandbox: Running, listed: Path, tmp_path: Path) -> Env:
    """The environment of somebody with both sources in a file."""
    monitor = sections(sandbox, listed)
    folder = tmp_path / "config" / "plantao"
    folder.mkdir(parents=True)
    lines = [f'pasta_de_dados = "{tmp_path / "dados"}"', "[monitor]"]
    lines += [f'{name} = "{value}"' for name, value in monitor.items() if isinstance(value, str)]
    lines += ["[monitor.pagina]", 'caminho_situacao = "/home/servicos"', 'desde = "td.quando"']
    lines += ["[monitor.outras.Filial]", 'tipo = "csv"', 'arquivo = "../../filial.csv"']
    lines += ["[monitor.clientes]", '"Atacado Serra Azul Ltda" = "Atacado Serra Azul"']
    file = folder / "config.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    file.chmod(0o600)
    return {"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path)}


def test_what_was_read_from_where_is_explained(sandbox: Running, settled: Env) -> None:
    plain, done = plantao(settled, "servicos"), plantao(settled, "servicos", "--explicar")
    assert done.returncode == plain.returncode == 1
    page, listed = done.stdout.split("\n\n")
    assert page.startswith("Matriz (página): ")
    for part in (
        f"página de situação (pediu a senha): {sandbox.urls.monitor}/home/login\n      HTTP 200 · ",
        "· utf-8 (cabeçalho) · ",
        "linha       table tbody tr",
        "desde       td.quando        ▲ nada",
        "● ok     classe verde",
    ):
        assert part in page
    assert listed.startswith("Filial (CSV): 2 serviços\n")
    assert "situação       status        2\n" in listed
    assert sandbox.keys.monitor_password not in done.stdout


def test_a_source_that_cannot_be_read_is_explained_as_far_as_it_came(sandbox: Running, settled: Env) -> None:
    sandbox.knobs.turn({"monitor": {"next_broken_off": 9}})
    done = plantao(settled, "servicos", "--explicar", "--json")
    assert done.returncode == plantao(settled, "servicos").returncode == 4
    page, listed = json.loads(done.stdout)["fontes"]
    assert page["trouble"]["title"] == "Página incompleta"
    assert [asked["status"] for asked in page["asked"]] == [200, 200, 200]
    assert (listed["trouble"], listed["services"]) == (None, 2)
    assert "✖ Página incompleta: Matriz" in plantao(settled, "servicos", "--explicar").stdout


def test_explaining_shows_whole_sources_only(settled: Env) -> None:
    done = plantao(settled, "servicos", "--explicar", "--falhas")
    assert (done.returncode, done.stdout) == (2, "")
    assert "não combina com --falhas" in done.stderr


def test_the_diagnosis_has_a_line_for_each_source(settled: Env, listed: Path) -> None:
    listed.write_text("Cliente;Serviço;Status\nFilial Sul;DYPE;talvez\n", encoding="utf-8")
    checks = json.loads(plantao(settled, "diagnostico", "--json").stdout)["verificacoes"]
    told = {check["nome"]: check for check in checks if "Monitoramento" in check["nome"]}
    assert set(told) == {"Monitoramento (Matriz)", "Monitoramento (Filial)"}
    assert told["Monitoramento (Filial)"]["mensagem"] == "não se entende a situação de 1 de 1 serviço"
    remove(listed)
    checks = json.loads(plantao(settled, "diagnostico", "--json").stdout)["verificacoes"]
    (failed,) = (check for check in checks if check["nome"] == "Monitoramento (Filial)")
    assert (failed["estado"], "não existe" in failed["mensagem"]) == ("falha", True)
