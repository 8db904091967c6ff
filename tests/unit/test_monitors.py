"""Several sources as one: each is asked, one that fails hides none of the others, and logins are spared."""

from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest
from pydantic import SecretStr

from clients.errors import PlantaoError, SourceError, Unauthorized, Unreachable
from clients.http import Http
from clients.models.service import Service, ServiceState
from clients.models.service_reading import ClientNames
from clients.monitor import StatusPage
from clients.monitor_notes import Notes
from clients.monitor_table import JsonMonitor
from clients.monitors import Monitors, NamedSource
from clients.tables import RemoteFile
from tests.support.clock import NOW, Clock
from tests.support.fake_site import Site

pytestmark = pytest.mark.anyio
OK, FAIL = ServiceState.OK, ServiceState.FAIL
REFUSED = Unauthorized("Sul", "usuário ou senha recusados", title="Entrada recusada")


class Scripted:
    """Says what a test tells it, and counts how often it was asked."""

    def __init__(self, *says: Service | PlantaoError) -> None:
        self.says = says
        self.asked = 0

    async def services(self, notes: Notes | None = None) -> tuple[Service, ...]:
        self.asked += 1
        for said in self.says:
            if isinstance(said, PlantaoError):
                raise said
        return tuple(said for said in self.says if isinstance(said, Service))


def service(client: str, state: ServiceState = OK) -> Service:
    return Service(client=client, service="CTE", state=state)


def monitors(names: dict[str, str] | None = None, **sources: Scripted) -> Monitors:
    named = [NamedSource(name, "página", source) for name, source in sources.items()]
    return Monitors(named, Clock(NOW), ClientNames(names or {}))


async def test_the_worst_of_two_sources_under_the_name_that_counts() -> None:
    both = monitors(
        {"AURORA LTDA": "Padaria Aurora"},
        Norte=Scripted(service("Padaria Aurora"), service("Lúmen")),
        Sul=Scripted(service("Aurora Ltda", FAIL), service("Lúmen")),
    )
    look = await both.look()
    told = [(each.client, each.state, each.sources) for each in look.services]
    assert told == [("Padaria Aurora", FAIL, ("Sul",)), ("Lúmen", OK, ("Norte", "Sul"))]
    assert look.error is None
    assert [reading.services for reading in both.readings] == [2, 2]


async def test_one_that_fails_hides_none_of_the_others_and_is_named() -> None:
    down = Unreachable("Sul", "conexão recusada")
    look = await monitors(Norte=Scripted(service("Lúmen")), Sul=Scripted(down)).look()
    assert [each.client for each in look.services] == ["Lúmen"]
    assert look.failed == ("Sul",)
    assert look.error is not None
    assert look.error.trouble.title == "Sem conexão"
    assert look.error.message == "Sul: conexão recusada"
    assert look.error.way_out == down.way_out


async def test_several_that_fail_are_all_named() -> None:
    torn = SourceError("servicos.csv: falta a coluna cliente")
    look = await monitors(
        Norte=Scripted(torn), Sul=Scripted(REFUSED), Leste=Scripted(service("Lúmen"))
    ).look()
    assert look.error is not None
    assert look.error.title == "Fontes não lidas"
    assert look.error.message == (
        "Norte: servicos.csv: falta a coluna cliente; Sul: usuário ou senha recusados"
    )
    assert "--explicar" in look.error.way_out


async def test_the_only_source_fails_in_its_own_words() -> None:
    look = await monitors(Sul=Scripted(REFUSED)).look()
    assert look.error is not None
    assert (type(look.error), look.error.message) == (Unauthorized, REFUSED.message)


async def test_refused_logins_everywhere_stop_the_asking_as_one_does() -> None:
    look = await monitors(Norte=Scripted(REFUSED), Sul=Scripted(REFUSED)).look()
    assert isinstance(look.error, Unauthorized)
    look = await monitors(Norte=Scripted(REFUSED), Sul=Scripted(SourceError("x"))).look()
    assert not isinstance(look.error, Unauthorized)


async def test_a_refused_login_is_tried_again_only_where_somebody_wants_it() -> None:
    north, south = Scripted(service("Lúmen")), Scripted(REFUSED)
    both = monitors(Norte=north, Sul=south)
    for _ in range(3):
        look = await both.look(again=False)
        assert look.failed == ("Sul",)
    assert (north.asked, south.asked) == (3, 1)
    south.says = (service("Aurora"),)
    assert not (await both.look(again=True)).failed
    assert not (await both.look(again=False)).failed
    assert south.asked == 3


@pytest.mark.parametrize(
    ("ahead", "kept", "told"),
    [
        (timedelta(hours=2), timedelta(), "relógio do monitoramento 2 h adiantado"),
        (timedelta(minutes=-40), timedelta(), "relógio do monitoramento 40 min atrasado"),
        (timedelta(minutes=2), timedelta(), ""),
        pytest.param(timedelta(), timedelta(hours=1), "", id="an hour old, by a cache on the way"),
    ],
)
async def test_the_servers_clock_is_told_and_allowed_for(
    ahead: timedelta, kept: timedelta, told: str
) -> None:
    checked = (NOW + ahead - timedelta(minutes=5)).isoformat()
    body = f'[{{"cliente": "A", "servico": "B", "status": "ok", "verificado_em": "{checked}"}}]'
    date = format_datetime(NOW + ahead - kept, usegmt=True)
    age = str(int(kept.total_seconds())) if kept else ""

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {"content-type": "application/json", "date": date, **({"age": age} if age else {})}
        return httpx.Response(200, text=body, headers=headers)

    http = Http("Sul", "http://sul.exemplo.com.br", transport=httpx.MockTransport(answer))
    source = NamedSource("Sul", "JSON", JsonMonitor(RemoteFile(http, "/servicos.json?chave=abcd1234")))
    both = Monitors([source], Clock(NOW))
    (read,) = (await both.look()).services
    assert read.last_check == NOW - timedelta(minutes=5) + (timedelta() if told else ahead)
    assert read.remark(NOW) == told
    (reading,) = both.readings
    assert reading.asked[0].address == "http://sul.exemplo.com.br/servicos.json"
    assert "abcd1234" not in reading.model_dump_json()


async def test_the_reading_tells_how_far_it_came() -> None:
    site = Site("<table><tbody><tr><td>Aurora</td><td>CTE</td><td class=verde></td></tr></tbody></table>")
    page = StatusPage(site.http(), "ana", SecretStr("segredo"))
    both = Monitors([NamedSource("Sul", "página", page)], Clock(NOW))
    await both.look()
    (reading,) = both.readings
    assert [each.what for each in reading.asked] == [
        "página de situação (pediu a senha)",
        "envio da entrada",
        "página de situação",
    ]
    assert {each.name: each.found for each in reading.sought} == {
        "linha": 1, "cliente": 1, "servico": 1, "situacao": 1, "desde": 0, "observacao": 0,
    }  # fmt: skip
    assert [(each.mark, each.count) for each in reading.judged] == [("classe verde", 1)]
    site.page = "<p>Em manutenção</p>"
    await both.look()
    (failed,) = both.readings
    assert failed.trouble is not None
    assert [(each.name, each.found) for each in failed.sought] == [("linha", 0)]
    assert len(failed.asked) == 1
