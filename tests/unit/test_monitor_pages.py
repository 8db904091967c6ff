"""Services over several pages: all of them, within bounds, and never a part taken for the whole."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr

from clients.errors import SourceError
from clients.models.page_rules import PageRules
from clients.monitor import MAX_PAGES, StatusPage
from clients.monitor_notes import Notes
from clients.monitor_whole import broken_off
from tests.support.fake_site import Site

pytestmark = pytest.mark.anyio
LINK = '<a class="proxima" href="{}">Próxima</a>'


def page(*names: str, href: str | None = None) -> str:
    rows = "".join(f"<tr><td>Aurora</td><td>{name}</td><td>ok</td></tr>" for name in names)
    return f"<table><tbody>{rows}</tbody></table>{LINK.format(href) if href is not None else ''}"


def source(site: Site) -> StatusPage:
    return StatusPage(site.http(), "ana", SecretStr("segredo"), PageRules(next="a.proxima"))


async def names(site: Site) -> list[str]:
    return [each.service for each in await source(site).services()]


async def test_all_pages_are_read_and_a_service_on_two_of_them_counts_once() -> None:
    site = Site(page("CTE", href="/?p=2"))
    site.pages = {"2": page("DYPE", "CTE", href="?p=3"), "3": page("EZ", href="#")}
    assert await names(site) == ["CTE", "DYPE", "EZ"]


@pytest.mark.parametrize("href", ["", "#", "/", "?p=2#topo"])
async def test_a_link_that_leads_nowhere_is_that_of_the_last_page(href: str) -> None:
    site = Site(page("CTE", href="?p=2") if "p=2" in href else page("CTE", href=href))
    site.pages = {"2": page("DYPE", href=href)}
    assert "CTE" in await names(site)


@pytest.mark.parametrize(
    ("href", "title", "why"),
    [
        ("https://outro.exemplo.com.br/?p=2", "Próxima página recusada", "deste servidor: https://outro"),
        ("//outro.exemplo.com.br/", "Próxima página recusada", "deste servidor"),
        ("javascript:proxima()", "Próxima página recusada", "deste servidor"),
        ("http://[", "Próxima página recusada", "inválido"),
    ],
)
async def test_a_next_page_that_may_not_be_read_is_no_end(href: str, title: str, why: str) -> None:
    with pytest.raises(SourceError, match=why) as raised:
        await source(Site(page("CTE", href=href))).services()
    assert raised.value.title == title
    assert raised.value.way_out


async def test_pages_in_a_circle() -> None:
    site = Site(page("CTE", href="?p=2"))
    site.pages = {"2": page("DYPE", href="?p=3"), "3": page("EZ", href="?p=2")}
    with pytest.raises(SourceError, match="já foi lida") as raised:
        await source(site).services()
    assert raised.value.title == "Páginas sem fim"


async def test_pages_without_end() -> None:
    site = Site(page("CTE", href="?p=2"))
    site.pages = {str(number): page("CTE", href=f"?p={number + 1}") for number in range(2, 99)}
    with pytest.raises(SourceError, match=f"mais de {MAX_PAGES} páginas"):
        await source(site).services()
    assert len(site.asked) == MAX_PAGES + 3  # with the page that wanted a login, the login, and its answer


async def test_a_session_lost_between_pages_begins_anew_from_the_first() -> None:
    site = Site(page("CTE", href="?p=2"))
    site.pages = {"2": page("DYPE")}
    site.lost_between = 1
    notes = Notes()
    found = await source(site).services(notes)
    assert [each.service for each in found] == ["CTE", "DYPE"]
    assert len(site.logins) == 2
    reading = notes.reading("M", "página", 2, None)
    assert reading.rows == 2  # of the second time only
    assert [each.what for each in reading.asked if "pediu" in each.what] == [
        "página de situação (pediu a senha)",
        "página 2 (pediu a senha)",
        "página de situação (pediu a senha)",
    ]


async def test_a_session_that_is_lost_again_is_given_up_without_a_third_login() -> None:
    site = Site(page("CTE", href="?p=2"))
    site.pages = {"2": page("DYPE")}
    site.lost_between = 5
    with pytest.raises(SourceError) as raised:
        await source(site).services()
    assert raised.value.title == "Sessão perdida entre as páginas"
    assert len(site.logins) == 2


async def test_a_second_page_that_breaks_off_is_not_the_whole() -> None:
    site = Site(page("CTE", href="?p=2"))
    site.pages = {"2": page("DYPE", "EZ")[:-40]}
    with pytest.raises(SourceError) as raised:
        await source(site).services()
    assert raised.value.title == "Página incompleta"


WHOLE = f"<html><body><div>{page('CTE', 'DYPE')}</div></body></html>"


@pytest.mark.parametrize("end", ["</tr>", "<td>DYPE", "</table>", "</div"], ids=lambda end: f"before {end}")
def test_a_page_that_ends_too_early(end: str) -> None:
    assert broken_off(WHOLE[: WHOLE.rindex(end)] + (end[:-2] if end == "</div" else ""))


@pytest.mark.parametrize(
    "made",
    [
        str,
        lambda html: html.replace("</html>", ""),
        lambda html: html.replace("</html>", "").replace("</body>", ""),  # as the standard allows
        lambda html: html.replace("</div>", ""),  # careless, but with an end
        lambda html: html.replace("<div>", "<div><!-- <table> --><br><img src=x>"),
        lambda html: html.replace("<div>", "<div><script>if (a < b) { x = '<table>' }</script>"),
        lambda html: html.replace("</html>", "").replace("</body>", "").replace("<div>", "<div><p>a<li>b"),
    ],
)
def test_a_page_that_is_whole(made: Callable[[str], str]) -> None:
    assert not broken_off(made(WHOLE))
