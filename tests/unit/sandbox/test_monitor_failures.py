"""The ways in which a source of services fails, each told apart: a redesign is no outage, and neither a login."""  # noqa: E501

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import PlantaoError, ServerTrouble
from clients.http import Http
from clients.models.page_rules import PageRules
from clients.monitor import MonitorSource, StatusPage
from clients.monitor_table import CsvMonitor, JsonMonitor
from clients.sandbox.server import Running
from clients.tables import LocalFile, RemoteFile
from tests.support.scripted_server import Exchange, scripted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
PAGE = PageRules(status_path="/home/servicos", next="a.proxima")
NOBODY = "http://127.0.0.1:9"


def page(running: Running, *, url: str = "", password: str = "", **rules: str) -> StatusPage:
    http = Http("Monitoramento", url or running.urls.monitor, browser=True)
    secret = SecretStr(password or running.keys.monitor_password)
    return StatusPage(http, running.keys.monitor_user, secret, PAGE.model_copy(update=rules))


def turned(**knobs: object) -> Callable[[Running, Path], MonitorSource]:
    def source(running: Running, folder: Path) -> MonitorSource:
        running.knobs.turn({"monitor": {"pages": 2, **knobs}})
        return page(running)

    return source


def file(text: str) -> Callable[[Running, Path], MonitorSource]:
    def source(running: Running, folder: Path) -> MonitorSource:
        path = folder / "servicos.csv"
        path.write_text(text, encoding="utf-8")
        return CsvMonitor(LocalFile(path))

    return source


def remote(path: str) -> Callable[[Running, Path], MonitorSource]:
    def source(running: Running, folder: Path) -> MonitorSource:
        return JsonMonitor(RemoteFile(Http("Monitoramento", running.urls.monitor), path))

    return source


HEAD = "Cliente;Serviço;Status\n"
FAILURES: dict[str, tuple[Callable[[Running, Path], MonitorSource], str, str]] = {
    "nothing answers": (lambda r, _: page(r, url=NOBODY), "Sem conexão", "conexão recusada"),
    "the server fails": (turned(next_5xx=99, status_5xx=503), "O sistema falhou", "fora do ar (HTTP 503)"),
    "no such address": (lambda r, _: page(r, status_path="/nada"), "Não encontrado", "HTTP 404"),
    "the account's limit": (turned(next_429=99, retry_after=4000), "Limite da conta", "limite"),
    "another markup": (
        turned(markup_changed=True),
        "Página de serviços ilegível",
        "o seletor linha = “table tbody tr” não encontrou nada",
    ),
    "a selector is wrong": (
        lambda r, _: page(r, state="td.estado"),
        "Página de serviços ilegível",
        "o seletor situacao = “td.estado” não encontrou nada",
    ),
    "a wrong password": (
        lambda r, _: page(r, password="outra"),
        "Entrada recusada",
        "usuário ou senha recusados",
    ),
    "a session lost between pages": (
        turned(next_lost_session=9),
        "Sessão perdida entre as páginas",
        "a sessão se perdeu outra vez",
    ),
    "a page that breaks off": (turned(next_broken_off=9), "Página incompleta", "a página termina"),
    "a page instead of a list": (remote("/home/servicos"), "Página em vez de lista", "uma página em vez da lista"),  # noqa: E501
    "a list that is none": (remote("/servicos.csv"), "Lista ilegível", "não é JSON"),
    "a list that breaks off": (file(f"{HEAD}Aurora;CTE;ok\nAuro"), "Lista incompleta", "a linha 3, a última"),
    "a list without services": (file(HEAD), "Lista vazia", "nenhum serviço na lista"),
    "a list without a column": (file("Cliente;Serviço\nA;B\n"), "Lista sem uma coluna", "falta a coluna situação"),  # noqa: E501
    "no file": (lambda _, folder: CsvMonitor(LocalFile(folder / "nada.csv")), "Arquivo indisponível", "não existe"),  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
async def test_each_failure_is_told_apart(sandbox: Running, tmp_path: Path, failure: str) -> None:
    made, title, why = FAILURES[failure]
    with pytest.raises(PlantaoError) as raised:
        await made(sandbox, tmp_path).services()
    assert raised.value.title == title
    assert why in raised.value.message
    assert raised.value.way_out or title == "Não encontrado"
    assert "?" not in raised.value.message
    assert sandbox.keys.monitor_password not in f"{raised.value.message} {raised.value!r}"


async def test_a_page_shorter_than_its_length_is_an_outage_and_no_page() -> None:
    def cut(exchange: Exchange, number: int) -> None:
        exchange.send_response(200)
        exchange.send_header("Content-Type", "text/html")
        exchange.send_header("Content-Length", "5000")
        exchange.end_headers()
        exchange.wfile.write(b"<table><tr><td>Aurora</td><td>CTE</td><td>ok</td></tr></table>")
        exchange.close_connection = True

    with scripted(cut) as server:
        http = Http("Monitoramento", server.url, browser=True)
        with pytest.raises(ServerTrouble, match="conexão interrompida"):
            await StatusPage(http, "", SecretStr("")).services()
        await http.aclose()


def test_only_what_is_the_same_has_the_same_title() -> None:
    titles: dict[str, set[str]] = {}
    for name, (_, title, _) in FAILURES.items():
        titles.setdefault(title, set()).add(name)
    assert [names for names in titles.values() if len(names) > 1] == [
        {"another markup", "a selector is wrong"}
    ]
