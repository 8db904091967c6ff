from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import ServerTrouble, SourceError, Unauthorized
from clients.models.page_rules import PageRules
from clients.models.service import ServiceState
from clients.monitor import StatusPage
from clients.monitor_table import CsvMonitor, JsonMonitor
from clients.tables import LocalFile
from tests.support.fake_site import LOGIN, Site

OK, FAIL, UNKNOWN = ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN
PAGE = """<table><tbody><tr><td>Padaria São João</td><td>DYPE</td><td class="verde"></td></tr>
<tr><td>Padaria São João</td><td>CTE</td><td class="vermelho"></td></tr></tbody></table>"""


def page_of(site: Site, password: str = "segredo") -> StatusPage:
    return StatusPage(site.http(), "ana", SecretStr(password), PageRules())


@pytest.mark.anyio
@pytest.mark.parametrize("redirects", [False, True])
async def test_logging_in_through_the_form_with_its_hidden_fields(redirects: bool) -> None:
    site = Site(PAGE)
    site.redirects_to_login = redirects
    services = await page_of(site).services()
    assert [(each.service, each.state) for each in services] == [("DYPE", OK), ("CTE", FAIL)]
    assert site.logins == [
        {
            "__RequestVerificationToken": "t0ken",
            "acao": "entrar",
            "Usuario": "ana",
            "Senha": "segredo",
        }
    ]


@pytest.mark.anyio
async def test_a_session_that_lasts_is_used_again() -> None:
    site = Site(PAGE)
    source = page_of(site)
    await source.services()
    await source.services()
    assert len(site.logins) == 1


@pytest.mark.anyio
async def test_a_session_that_ran_out_is_renewed_once() -> None:
    site = Site(PAGE)
    source = page_of(site)
    await source.services()
    site.sessions.clear()
    assert len(await source.services()) == 2
    assert len(site.logins) == 2


@pytest.mark.anyio
async def test_a_login_page_with_status_200_is_not_a_status_page() -> None:
    site = Site(PAGE)
    site.forgets_at_once = True
    site.login_page = LOGIN + PAGE  # even one that looks like it
    with pytest.raises(Unauthorized):
        await page_of(site).services()
    assert len(site.logins) == 1


@pytest.mark.anyio
async def test_a_wrong_password_is_told_and_not_shown() -> None:
    site = Site(PAGE)
    with pytest.raises(Unauthorized, match="usuário ou senha") as raised:
        await page_of(site, "s3nh4-errada").services()
    assert "s3nh4-errada" not in str(raised.value)
    assert len(site.logins) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    "action", ["https://outro.exemplo.com.br/home/entrar", "//outro.exemplo.com.br/", "javascript:alert(1)"]
)
async def test_the_password_goes_to_no_other_server(action: str) -> None:
    site = Site(PAGE)
    site.login_page = LOGIN.replace("/home/entrar", action)
    with pytest.raises(SourceError, match="outro servidor"):
        await page_of(site).services()
    assert not site.logins


@pytest.mark.anyio
async def test_a_form_that_would_put_the_password_into_the_address_is_refused() -> None:
    site = Site(PAGE)
    site.login_page = LOGIN.replace('method="post"', "")
    with pytest.raises(SourceError, match="method=get"):
        await page_of(site).services()


@pytest.mark.anyio
@pytest.mark.parametrize("action", ["entrar", "http://monitor.exemplo.com.br/home/entrar", "../home/entrar"])
async def test_a_relative_or_absolute_action_of_the_same_server(action: str) -> None:
    site = Site(PAGE)
    site.redirects_to_login = True  # so that "entrar" is relative to /home/login
    site.login_page = LOGIN.replace("/home/entrar", action)
    assert len(await page_of(site).services()) == 2


@pytest.mark.anyio
async def test_a_page_for_changing_the_password_is_no_login() -> None:
    change = "<form method=post><input type=password name=a><input type=password name=b></form>"
    site = Site(PAGE + change)
    assert len(await page_of(site).services()) == 2


@pytest.mark.anyio
async def test_a_page_without_services_names_the_selector() -> None:
    with pytest.raises(SourceError, match="linha = “table tbody tr”"):
        await page_of(Site("<h1>Em manutenção</h1>")).services()


@pytest.mark.anyio
async def test_the_charset_of_the_answer_is_respected() -> None:
    site = Site(PAGE.encode("iso-8859-1"))
    site.content_type = "text/html; charset=iso-8859-1"
    assert (await page_of(site).services())[0].client == "Padaria São João"


@pytest.mark.anyio
async def test_a_csv_as_excel_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "servicos.csv"
    path.write_bytes(
        "Cliente;Serviço;Situação;Desde;Observação\r\n"
        "Padaria São João;DYPE;OK;31/07/2026 08:12;\r\n"
        "Padaria São João;CTE;Parado;ontem;ver log\r\n"
        "Casa Lúmen;DYPE;talvez;;\r\n".encode("cp1252")
    )
    first, second, third = await CsvMonitor(LocalFile(path)).services()
    assert (first.client, first.state) == ("Padaria São João", OK)
    assert first.since is not None
    assert (second.state, second.note) == (FAIL, "ver log · desde ontem")
    assert (third.state, third.note) == (UNKNOWN, "linha 4: situação não reconhecida: talvez")


@pytest.mark.anyio
async def test_csv_with_commas_a_bom_and_bad_rows_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "servicos.csv"
    path.write_bytes(
        "\ufeffcliente,servico,status\n,DYPE,ok\n\nCasa Lúmen,,ok\nCasa Lúmen,CTE,ok,x\n".encode()
    )
    services = await CsvMonitor(LocalFile(path)).services()
    assert [each.state for each in services] == [UNKNOWN, UNKNOWN, UNKNOWN]
    assert [each.note for each in services] == [
        "linha 2: falta cliente",
        "linha 4: falta serviço",
        "linha 5: colunas a mais",
    ]


@pytest.mark.anyio
async def test_json_bare_or_under_a_key(tmp_path: Path) -> None:
    path = tmp_path / "servicos.json"
    item = '{"client": "Padaria Aurora", "service": "DYPE", "state": true, "since": "2026-07-31T11:12:00Z"}'
    for content in (f"[{item}]", f'{{"version": 1, "services": [{item}]}}'):
        path.write_text(content)
        (service,) = await JsonMonitor(LocalFile(path)).services()
        assert service.state is OK
        assert service.since is not None


@pytest.mark.anyio
@pytest.mark.parametrize("content", ["", "[]", "{}", "<html>", "[1, 2]", '[{"client": "a", "service": "b"}]'])
async def test_a_table_that_says_nothing_is_an_error_and_not_an_empty_board(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "servicos.json"
    path.write_text(content)
    with pytest.raises(SourceError, match="servicos"):
        await JsonMonitor(LocalFile(path)).services()
    with pytest.raises(SourceError, match="servicos"):
        await CsvMonitor(LocalFile(path)).services()


@pytest.mark.anyio
async def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nada\.csv"):
        await CsvMonitor(LocalFile(tmp_path / "nada.csv")).services()


@pytest.mark.anyio
async def test_a_lost_answer_to_a_login_is_no_unknown_outcome() -> None:
    site = Site(PAGE)
    site.drops_logins = True
    with pytest.raises(ServerTrouble, match="sem resposta à entrada"):
        await page_of(site).services()


@pytest.mark.anyio
async def test_a_login_that_is_taken_and_leads_nowhere_is_no_wrong_password() -> None:
    site = Site(PAGE)
    site.closed = {"/servicos"}
    rules = PageRules(status_path="/servicos")
    with pytest.raises(Unauthorized, match="voltou a pedir a senha depois da entrada") as raised:
        await StatusPage(site.http(), "ana", SecretStr("segredo"), rules).services()
    assert raised.value.title == "A entrada não se mantém"
    assert len(site.logins) == 1


@pytest.mark.anyio
async def test_names_in_another_charset_than_the_page_says_come_out_right() -> None:
    site = Site(PAGE.encode("cp1252"))
    site.content_type = "text/html; charset=utf-8"
    assert (await page_of(site).services())[0].client == "Padaria São João"
    site.page = PAGE.encode().decode("cp1252").encode()  # converted twice
    assert (await page_of(site).services())[0].client == "Padaria São João"
