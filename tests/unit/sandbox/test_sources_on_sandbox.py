from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import SourceError, Unauthorized
from clients.http import Http
from clients.licences import FileLicences, HttpLicences, LicenceSource
from clients.models.licence import LicenceState
from clients.models.page_rules import PageRules
from clients.models.service import Service, ServiceState
from clients.monitor import StatusPage
from clients.monitor_table import CsvMonitor, JsonMonitor
from clients.sandbox.server import Running, running_sandbox
from clients.tables import RemoteFile, read_csv
from tests.support.clock import frozen

RULES = PageRules(status_path="/home/servicos", kind="td.tipo", checked_at=".verificado")


@pytest.fixture
def http(sandbox: Running) -> Http:
    return Http("Monitoramento", sandbox.urls.monitor, browser=True)


def page_of(sandbox: Running, http: Http, *, password: str = "", rules: PageRules = RULES) -> StatusPage:
    secret = SecretStr(password or sandbox.keys.monitor_password)
    return StatusPage(http, sandbox.keys.monitor_user, secret, rules)


def told(services: tuple[Service, ...]) -> dict[str, ServiceState]:
    return {service.key: service.state for service in services}


@pytest.mark.anyio
async def test_the_page_the_json_and_the_csv_tell_the_same(sandbox: Running, http: Http) -> None:
    services = await page_of(sandbox, http).services()
    assert len(services) >= 36
    assert {service.state for service in services} == set(ServiceState)
    assert all(service.since and service.last_check and service.kind for service in services)
    json = await JsonMonitor(RemoteFile(http, "/api/servicos.json")).services()
    csv = await CsvMonitor(RemoteFile(http, "/servicos.csv")).services()
    assert told(services) == told(json) == told(csv)
    await http.aclose()


@pytest.mark.anyio
async def test_a_session_that_ran_out_between_two_looks(sandbox: Running, http: Http) -> None:
    source = page_of(sandbox, http)
    first = await source.services()
    sandbox.knobs.clock.offset_seconds += 3600
    assert told(await source.services()).keys() == told(first).keys()
    sandbox.knobs.monitor.session_seconds = 0
    with pytest.raises(Unauthorized):
        await source.services()
    await http.aclose()


@pytest.mark.anyio
async def test_a_wrong_password(sandbox: Running, http: Http) -> None:
    with pytest.raises(Unauthorized, match="senha recusados"):
        await page_of(sandbox, http, password="errada").services()
    await http.aclose()


@pytest.mark.anyio
async def test_a_page_that_was_redesigned_is_no_green_board(sandbox: Running, http: Http) -> None:
    sandbox.knobs.monitor.markup_changed = True
    with pytest.raises(SourceError, match="linha"):
        await page_of(sandbox, http).services()
    places = {"row": "section", "client": "h3", "service": "p", "state": "svg", "since": "", "note": ""}
    source = page_of(sandbox, http, rules=RULES.model_copy(update=places))
    assert {service.state for service in await source.services()} == {ServiceState.UNKNOWN}
    await http.aclose()


@pytest.mark.anyio
async def test_the_licence_service_and_its_export_tell_the_same(sandbox: Running, tmp_path: Path) -> None:
    http = Http("Licenças", sandbox.urls.licences)
    export = (await http.read("/licencas.csv")).text()
    path = tmp_path / "licencas.csv"
    path.write_text(export, encoding="utf-8")
    service, file = HttpLicences(http, frozen, "/licencas.json"), FileLicences(path, frozen)
    sources: tuple[LicenceSource, ...] = (service, file)
    states = set()
    for email in [*(row.values["email"] for row in read_csv(export)), "ninguem@exemplo.com.br"]:
        first, second = [(await source.check(email.upper())).state for source in sources]
        assert first is second
        states.add(first)
    assert file.problems == ()
    assert states == set(LicenceState) - {LicenceState.UNCHECKED}
    await http.aclose()


@pytest.mark.anyio
async def test_a_licence_service_that_is_down_never_means_not_found(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "sandbox", tickets=5, clock=frozen) as running:
        http = Http("Licenças", running.urls.licences)
    check = await HttpLicences(http, frozen, "/licencas.json").check("a@x.com.br")
    assert check.state is LicenceState.UNCHECKED
    assert check.reason
    await http.aclose()
