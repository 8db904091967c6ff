"""The monitoring page behind its form, and the licence list."""

import csv
import io
import re
from collections import Counter
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from clients.sandbox.server import Running
from tests.support.clock import NOW


def browser(sandbox: Running) -> httpx.Client:
    return httpx.Client(base_url=sandbox.urls.monitor, follow_redirects=True, timeout=30, verify=False)


def log_in(client: httpx.Client, user: str, password: str, token: str | None = None) -> httpx.Response:
    page = client.get("/home/login")
    found = re.search(r'name="__RequestVerificationToken" type="hidden" value="([^"]+)"', page.text)
    assert found
    form = {"__RequestVerificationToken": token or found[1], "Usuario": user, "Senha": password}
    return client.post("/home/login", data=form)


def marks(page: str) -> Counter[str]:
    return Counter(re.findall(r'class="bolinha (\w+)" style="background-color: #\w+"', page))


def test_the_page_wants_a_login_and_then_shows_every_service(sandbox: Running) -> None:
    with browser(sandbox) as client:
        assert 'type="password"' in client.get("/home/servicos").text
        page = log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password)
        assert page.url.path == "/home/servicos"
    rows = re.findall(r'<td class="cliente">(.+?)</td><td class="nome">(.+?)</td>', page.text)
    assert len(set(rows)) == len(rows) >= 36
    assert {service for _, service in rows} == {"Serviço DYPE", "CTE", "EZ Commerce"}
    seen = marks(page.text)
    assert seen["vermelho"] >= 2
    assert seen["cinza"] >= 1
    assert sum(seen.values()) == len(rows)


def test_a_wrong_password_is_the_login_page_with_status_200(sandbox: Running) -> None:
    with browser(sandbox) as client:
        page = log_in(client, sandbox.keys.monitor_user, "outra")
        assert page.status_code == 200
        assert "inválidos" in page.text
        assert 'type="password"' in client.get("/home/servicos").text


def test_a_form_without_its_hidden_token_is_refused(sandbox: Running) -> None:
    with browser(sandbox) as client:
        user, password = sandbox.keys.monitor_user, sandbox.keys.monitor_password
        assert log_in(client, user, password, token="inventado").status_code == 500


def test_the_session_expires(sandbox: Running) -> None:
    with browser(sandbox) as client:
        log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password)
        sandbox.knobs.clock.offset_seconds = 1795
        assert marks(client.get("/home/servicos").text)
        sandbox.knobs.clock.offset_seconds = 1805
        assert 'type="password"' in client.get("/home/servicos").text


def test_a_changed_markup_shows_none_of_the_known_marks(sandbox: Running) -> None:
    sandbox.knobs.monitor.markup_changed = True
    with browser(sandbox) as client:
        page = log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password).text
    assert "Transportes Rio Manso" in page
    assert not marks(page)
    assert "<table" not in page


def states(sandbox: Running) -> dict[str, tuple[str, str]]:
    rows = httpx.get(f"{sandbox.urls.monitor}/api/servicos.json").json()["servicos"]
    return {f"{row['cliente']}/{row['servico']}": (row["status"], row["desde"]) for row in rows}


def test_services_fall_and_recover_as_time_goes_by(sandbox: Running) -> None:
    sandbox.knobs.clock.frozen_at = NOW  # outages are told from the seeding on
    before = states(sandbox)
    assert before["Distribuidora Pedra Alta/Serviço DYPE"][0] == "falha"
    assert before["Logística Boa Rota/CTE"][0] == "ok"
    sandbox.knobs.clock.offset_seconds = 8 * 60
    later = states(sandbox)
    assert later["Distribuidora Pedra Alta/Serviço DYPE"][0] == "ok"
    assert later["Logística Boa Rota/CTE"][0] == "falha"
    assert (
        later["Distribuidora Pedra Alta/Serviço DYPE"][1] > before["Distribuidora Pedra Alta/Serviço DYPE"][1]
    )
    sandbox.knobs.clock.offset_seconds = 86400 + 8 * 60
    assert {key: state for key, (state, _) in states(sandbox).items()} == {
        key: state for key, (state, _) in later.items()
    }


def test_a_service_can_be_forced(sandbox: Running) -> None:
    sandbox.knobs.monitor.states = {"Atacado Serra Azul/CTE": "desconhecido"}
    assert states(sandbox)["Atacado Serra Azul/CTE"][0] == "desconhecido"


def test_the_three_forms_of_the_page_agree(sandbox: Running) -> None:
    text = httpx.get(f"{sandbox.urls.monitor}/servicos.csv").text
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    table = {f"{row['Cliente']}/{row['Serviço']}": row["Status"] for row in rows}
    assert table == {key: state for key, (state, _) in states(sandbox).items()}
    with browser(sandbox) as client:
        page = log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password).text
    assert marks(page)["vermelho"] == Counter(table.values())["falha"]


def test_licences_are_good_run_out_and_tried(sandbox: Running) -> None:
    rows = httpx.get(f"{sandbox.urls.licences}/licencas.json").json()["licencas"]
    today = sandbox.clock().date()
    assert {row["tipo"] for row in rows} == {"Contratação", "Experiência"}
    assert {row["situacao"] for row in rows} == {"Ativa", "Vencida", "Cancelada"}
    for row in rows:
        assert (date.fromisoformat(row["expiracao"]) < today) == (row["situacao"] == "Vencida")


def test_licences_belong_to_the_clients_and_one_has_none(sandbox: Running, api: httpx.Client) -> None:
    rows = httpx.get(f"{sandbox.urls.licences}/licencas.json").json()["licencas"]
    names = {company["name"] for company in api.get("companies").json()}
    assert {row["cliente"] for row in rows} < names
    for row in rows:
        assert api.get("contacts", params={"email": row["email"]}).json()[0]["email"] == row["email"]


def test_one_licence_is_looked_up_by_its_email(sandbox: Running) -> None:
    base = sandbox.urls.licences
    row = httpx.get(f"{base}/licencas.json").json()["licencas"][0]
    assert httpx.get(f"{base}/licencas/{row['email'].upper()}").json() == row
    assert httpx.get(f"{base}/licencas", params={"email": row["email"]}).json()["licencas"] == [row]
    assert httpx.get(f"{base}/licencas/ninguem@exemplo.com.br").status_code == 404


@pytest.mark.parametrize("system", ["monitor", "licences"])
def test_these_can_fail_too(sandbox: Running, system: str) -> None:
    getattr(sandbox.knobs, system).next_5xx = 1
    url = getattr(sandbox.urls, system) + ("/servicos.csv" if system == "monitor" else "/licencas.csv")
    assert [httpx.get(url).status_code for _ in range(2)] == [502, 200]


def test_the_services_go_over_several_pages(sandbox: Running) -> None:
    sandbox.knobs.monitor.pages = 3
    with browser(sandbox) as client:
        first = log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password).text
        pages = [first, *(client.get(f"/home/servicos?pagina={number}").text for number in (2, 3))]
    assert [len(re.findall('class="proxima"', page)) for page in pages] == [1, 1, 0]
    rows = [row for page in pages for row in re.findall(r'<tr class="servico">.+?</tr>', page)]
    assert len(rows) == len(set(rows)) == len(states(sandbox))


def test_a_session_ends_between_two_pages(sandbox: Running) -> None:
    sandbox.knobs.monitor.pages = 2
    sandbox.knobs.monitor.next_lost_session = 1
    with browser(sandbox) as client:
        log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password)
        assert 'type="password"' in client.get("/home/servicos?pagina=2").text
        assert 'type="password"' in client.get("/home/servicos").text
        log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password)
        assert marks(client.get("/home/servicos?pagina=2").text)


def test_a_page_breaks_off_once(sandbox: Running) -> None:
    sandbox.knobs.monitor.next_broken_off = 1
    with browser(sandbox) as client:
        page = log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password)
        assert (page.status_code, "</table>" in page.text) == (200, False)
        assert "</table>" in client.get("/home/servicos").text


def test_a_page_in_another_charset_than_it_says(sandbox: Running) -> None:
    sandbox.knobs.monitor.charset = "windows-1252"
    with browser(sandbox) as client:
        page = log_in(client, sandbox.keys.monitor_user, sandbox.keys.monitor_password)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Última verificação" in page.content.decode("cp1252")


def test_the_monitorings_clock_runs_ahead(sandbox: Running) -> None:
    sandbox.knobs.monitor.clock_ahead_seconds = 3600
    answer = httpx.get(f"{sandbox.urls.monitor}/api/servicos.json")
    ahead = parsedate_to_datetime(answer.headers["date"]) - sandbox.clock()
    assert abs(ahead - timedelta(hours=1)) < timedelta(minutes=1)
    checked = datetime.fromisoformat(answer.json()["servicos"][0]["verificado_em"])
    assert abs(checked - sandbox.clock() - timedelta(hours=1)) < timedelta(minutes=1)


def test_a_service_is_no_longer_shown(sandbox: Running) -> None:
    sandbox.knobs.monitor.left_out = ["Atacado Serra Azul/CTE"]
    assert "Atacado Serra Azul/CTE" not in states(sandbox)
