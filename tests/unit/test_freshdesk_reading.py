"""Reading from Freshdesk: the account's words, lists, one ticket, what was said, templates."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr

from clients.errors import Forbidden, NotFound, Rejected, ServerTrouble, SettingsError
from clients.freshdesk import Freshdesk
from clients.freshdesk_lists import LAST_PAGE
from clients.freshdesk_search import Search
from clients.models.ticket import Ticket
from tests.support.freshdesk_account import NOW, URL, Account, Row, said, ticket
from tests.support.leaks import told_by

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def field(number: int, name: str, kind: str, **more: object) -> Row:
    return {"id": number, "name": name, "label": name.title(), "type": kind, **more}


STATUSES = {"2": ["Aberto", "x"], "7": ["Aguardando Desenvolvimento", "x"], "6": ["Em teste", "y"]}
FIELDS = [
    field(1, "status", "default_status", choices=STATUSES),
    field(2, "priority", "default_priority", choices={"Baixa": 1, "Alta": 3}),
    field(3, "ticket_type", "default_ticket_type", choices=["Bug", "Dúvida"]),
    field(4, "source", "default_source", choices={"E-mail": 1, "Portal": 2}),
    field(5, "agent", "default_agent", choices={"Ana": 77, "Beto": 78}),
    field(6, "group", "default_group", choices={"Fiscal": 501}),
    field(7, "cf_ambiente", "nested_field", choices={"Web": {"A": ["B"]}}),
    field(8, "subject", "default_subject"),
]


@pytest.fixture
def account() -> Account:
    return Account()


async def pages_of(account: Account) -> list[tuple[Ticket, ...]]:
    return [page async for page in account.freshdesk().tickets(SINCE)]


async def ids_of(account: Account) -> list[int]:
    return [ticket.id for page in await pages_of(account) for ticket in page]


# -- the account ---------------------------------------------------------------------------------------


async def test_who_the_key_belongs_to(account: Account) -> None:
    account.on(
        "GET agents/me", {"id": 77, "ticket_scope": 2, "contact": {"name": "Ana", "email": "ana@exemplo.com"}}
    )
    me = await account.freshdesk().me()
    assert (me.id, me.name, me.ticket_scope) == (77, "Ana", 2)
    assert account.requests[0].headers["authorization"].startswith("Basic ")


async def test_fields_with_choices_in_every_shape(account: Account) -> None:
    account.on("GET ticket_fields", FIELDS)
    fields = {field.name: field for field in await account.freshdesk().fields()}
    assert [choice.value for choice in fields["status"].choices] == [2, 7, 6]
    assert [choice.value for choice in fields["priority"].choices] == [1, 3]
    assert fields["cf_ambiente"].choices[0].children[0].children[0].value == "B"
    assert fields["subject"].choices == ()


async def test_the_words_of_an_administrators_key(account: Account) -> None:
    account.on("GET ticket_fields", FIELDS)
    next_agents = {"link": f'< {URL}/api/v2/agents?page=2&per_page=100>;rel="next"'}
    account.on("GET agents", [{"id": 77, "contact": {"name": "Ana Prado"}}], headers=next_agents)
    account.on("GET agents", [{"id": 79, "contact": {"name": "Caio Reis"}}])
    account.on("GET groups", [{"id": 501, "name": "Fiscal N2"}])
    words = await account.freshdesk().vocabulary()
    assert words.agents == {77: "Ana Prado", 79: "Caio Reis"}
    assert words.groups == {501: "Fiscal N2"}
    assert list(words.statuses.items()) == [(2, "Aberto"), (7, "Aguardando Desenvolvimento"), (6, "Em teste")]
    assert words.types == ("Bug", "Dúvida")
    assert words.priorities[3] == "Alta"


async def test_the_words_of_an_ordinary_key_come_from_the_form(account: Account) -> None:
    account.on("GET ticket_fields", FIELDS)
    for path in ("agents", "groups"):
        account.on(f"GET {path}", {"code": "access_denied", "message": "no"}, status=403)
    words = await account.freshdesk().vocabulary()
    assert words.agents == {77: "Ana", 78: "Beto"}
    assert words.groups == {501: "Fiscal"}


async def test_fields_of_an_unknown_shape_are_told(account: Account) -> None:
    account.on(
        "GET ticket_fields",
        [{"id": 1, "name": "s", "label": "S", "type": "default_status", "choices": {"x": 1}}],
    )
    with pytest.raises(ServerTrouble, match="formato inesperado"):
        await account.freshdesk().fields()


async def test_templates_folder_by_folder(account: Account) -> None:
    account.on("GET canned_response_folders", [{"id": 40, "name": "Fiscal"}, {"id": 41, "name": "Geral"}])
    html = "<div>Olá {{ticket.requester.firstname}},<br>tudo bem?</div>"
    account.on(
        "GET canned_response_folders/40/responses",
        [{"id": 811, "title": "Certificado", "content_html": html}],
    )
    account.on(
        "GET canned_response_folders/41/responses", [{"id": 812, "title": "Só texto", "content": "Obrigado"}]
    )
    first, second = await account.freshdesk().templates()
    assert (first.id, first.folder, first.title) == ("freshdesk:811", "Fiscal", "Certificado")
    assert first.text == "Olá {{ticket.requester.firstname}},\ntudo bem?"
    assert (second.folder, second.text) == ("Geral", "Obrigado")


async def test_templates_that_the_key_may_not_see(account: Account) -> None:
    account.on("GET canned_response_folders", {"message": "You are not authorized"}, status=403)
    with pytest.raises(Forbidden):
        await account.freshdesk().templates()


# -- the list ------------------------------------------------------------------------------------------


async def test_the_list_asks_for_what_the_queue_needs(account: Account) -> None:
    account.on(
        "GET tickets", [ticket(1, requester={"id": 5, "name": "Rui"}, company={"id": 6, "name": "Padaria"})]
    )
    [[found]] = await pages_of(account)
    assert found.client == "Padaria"
    params = account.requests[0].url.params
    assert params["updated_since"] == "2026-01-01T00:00:00Z"
    assert (params["order_by"], params["order_type"], params["per_page"]) == ("updated_at", "asc", "100")
    assert params["include"] == "stats,requester,company"


async def test_an_account_that_does_not_include_the_company(account: Account) -> None:
    def list_of(request: httpx.Request) -> httpx.Response:
        if "company" in request.url.params["include"]:
            return httpx.Response(400, json={"errors": [{"field": "include", "message": "bad"}]})
        return httpx.Response(200, json=[ticket(1)])

    account.on("GET tickets", list_of)
    freshdesk = account.freshdesk()
    for _ in range(2):
        assert [len(page) async for page in freshdesk.tickets(SINCE)] == [1]
    assert len(account.requests) == 3  # the second time it knew


async def test_a_list_refused_for_another_reason(account: Account) -> None:
    account.on("GET tickets", {"errors": [{"field": "updated_since", "message": "bad"}]}, status=400)
    with pytest.raises(Rejected, match="updated_since"):
        await pages_of(account)


@pytest.mark.parametrize(
    "link",
    [
        '<{next}>; rel="next"',
        '< {next}>;rel="next"',
        "<{next}>; rel=next",
        '<https://x.example/>; rel="prev", <{next}>; rel="next"',
        '<{next}>; title="a"; REL="next"',
    ],
)
async def test_pages_are_followed_however_the_link_is_written(account: Account, link: str) -> None:
    header = link.format(next=f"{URL}/api/v2/tickets?page=2&include=a,b")
    account.on("GET tickets", [ticket(1)], headers={"LINK": header})
    account.on("GET tickets", [ticket(2)], headers={"Link": f'<{URL}/x>; rel="prev"'})
    assert await ids_of(account) == [1, 2]
    assert account.requests[1].url.params["page"] == "2"


@pytest.mark.parametrize("host", ["https://outro.example", "http://exemplo.freshdesk.com", f"{URL}:8443"])
async def test_a_next_page_of_another_origin_is_not_asked(account: Account, host: str) -> None:
    account.on("GET tickets", [ticket(1)], headers={"link": f'<{host}/api/v2/tickets?page=2>; rel="next"'})
    with pytest.raises(ServerTrouble, match="outro servidor"):
        await pages_of(account)
    assert len(account.requests) == 1


async def test_pages_in_a_circle_end(account: Account) -> None:
    account.on("GET tickets", [ticket(1)], headers={"link": f'<{URL}/api/v2/tickets?page=2>; rel="next"'})
    with pytest.raises(ServerTrouble, match="círculo"):
        await pages_of(account)
    assert len(account.requests) == 2


class Shelf:
    """The list of a big account: pages of ``size``, none beyond the last, rows by their change."""

    def __init__(self, rows: list[Row], size: int) -> None:
        self.rows = rows
        self.size = size

    def __call__(self, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        page, since = int(params.get("page", "1")), params["updated_since"]
        if page > LAST_PAGE:
            return httpx.Response(400, json={"errors": [{"field": "page", "message": "You cannot access"}]})
        rows = sorted(
            (row for row in self.rows if str(row["updated_at"]) >= since), key=lambda r: str(r["updated_at"])
        )
        there = rows[(page - 1) * self.size : page * self.size]
        headers = {}
        if len(rows) > page * self.size:
            headers["link"] = f'<{request.url.copy_set_param("page", page + 1)}>; rel="next"'
        return httpx.Response(200, json=there, headers=headers)


def stamped(number: int, seconds: int) -> Row:
    return ticket(number, f"{SINCE + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}")


async def test_beyond_the_last_page_nothing_is_missed_or_told_twice(account: Account) -> None:
    account.on("GET tickets", Shelf([stamped(n, n // 3) for n in range(1, 1501)], size=2))
    assert await ids_of(account) == list(range(1, 1501))


async def test_exactly_as_many_as_the_pages_hold(account: Account) -> None:
    account.on("GET tickets", Shelf([stamped(n, n) for n in range(1, 601)], size=2))
    assert await ids_of(account) == list(range(1, 601))


async def test_more_in_one_second_than_can_be_listed(account: Account) -> None:
    account.on("GET tickets", Shelf([stamped(n, 0) for n in range(1, 700)], size=2))
    with pytest.raises(ServerTrouble, match="mesmo segundo"):
        await pages_of(account)


async def test_a_ticket_that_changes_while_the_list_is_read_hides_no_other(account: Account) -> None:
    shelf = Shelf([stamped(n, n) for n in range(1, 8)], size=3)

    def moving(request: httpx.Request) -> httpx.Response:
        answer = shelf(request)
        if len(account.requests) == 1:
            shelf.rows[0] = stamped(1, 100)  # of the page just read: all behind it moves up
        return answer

    account.on("GET tickets", moving)
    told = await ids_of(account)
    assert set(told) == set(range(1, 8))
    assert told.count(1) == 2
    assert len(told) == 8


async def test_a_still_list_costs_one_call_for_each_page(account: Account) -> None:
    account.on("GET tickets", Shelf([stamped(n, n) for n in range(1, 301)], size=100))
    assert len(await ids_of(account)) == 300
    assert len(account.requests) == 3


async def test_a_row_that_cannot_be_read_is_named_without_its_values(account: Account) -> None:
    signed = {"id": 1, "name": "a", "attachment_url": 7}
    account.on("GET tickets", [ticket(31, "ontem", description="segr3do", attachments=[signed])])
    with pytest.raises(ServerTrouble, match="Ticket 31 ilegível em: updated_at") as told:
        await pages_of(account)
    assert "segr3do" not in told_by(told.value)


@pytest.mark.parametrize("odd", [{"message": "x"}, [1], "x", [None]])
async def test_a_list_that_is_none(account: Account, odd: object) -> None:
    account.on("GET tickets", odd)
    with pytest.raises(ServerTrouble, match="formato inesperado"):
        await pages_of(account)


# -- one ticket ----------------------------------------------------------------------------------------


async def test_one_ticket_with_everything(account: Account) -> None:
    account.on("GET tickets/1", ticket(1, description="<p>Não emite</p>", stats={"first_responded_at": None}))
    found = await account.freshdesk().ticket(1)
    assert found.text == "Não emite"
    assert account.requests[0].url.params["include"] == "requester,company,stats"


async def test_an_archived_ticket_is_found(account: Account) -> None:
    account.on("GET tickets/1", status=404)
    account.on("GET tickets/archived/1", ticket(1, archived=True))
    account.on("GET tickets/archived/1/conversations", [said(9)])
    freshdesk = account.freshdesk()
    assert (await freshdesk.ticket(1)).id == 1
    assert "include" not in account.requests[1].url.params
    assert [one.id for one in await freshdesk.conversations(1)] == [9]


@pytest.mark.parametrize("status", [404, 403])
async def test_a_ticket_that_is_nowhere(account: Account, status: int) -> None:
    account.on("GET tickets/1", status=404)
    account.on("GET tickets/archived/1", status=status)
    with pytest.raises(NotFound, match="o ticket 1 não existe"):
        await account.freshdesk().ticket(1)
    assert account.calls == ["GET tickets/1", "GET tickets/archived/1"]


async def test_a_conversation_on_several_pages(account: Account) -> None:
    link = {"link": f'<{URL}/api/v2/tickets/1/conversations?page=2>; rel="next"'}
    account.on("GET tickets/1/conversations", [said(1), said(2)], headers=link)
    account.on("GET tickets/1/conversations", [said(3, "a<br>b", incoming=True)])
    found = await account.freshdesk().conversations(1)
    assert [one.id for one in found] == [1, 2, 3]
    assert found[2].text == "a\nb"
    assert account.requests[0].url.params["per_page"] == "100"


# -- search --------------------------------------------------------------------------------------------


async def test_a_search_reads_all_its_pages(account: Account) -> None:
    def found(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params["page"])
        rows = [ticket(n) for n in range(1, 71)][(page - 1) * 30 : page * 30]
        return httpx.Response(200, json={"total": 70, "results": rows})

    account.on("GET search/tickets", found)
    result = await account.freshdesk().search(Search().where("status", 2, 3).where("type", "Dúvida"))
    assert (len(result.tickets), result.complete, len(account.requests)) == (70, True, 3)
    assert account.requests[0].url.params["query"] == "\"(status:2 OR status:3) AND type:'Dúvida'\""


async def test_a_search_that_finds_more_than_is_handed_out_says_so(account: Account) -> None:
    account.on(
        "GET search/tickets",
        lambda request: httpx.Response(
            200,
            json={
                "total": 900,
                "results": [ticket(int(request.url.params["page"]) * 100 + n) for n in range(30)],
            },
        ),
    )
    result = await account.freshdesk().search(Search().where("status", 2))
    assert (len(result.tickets), result.complete, len(account.requests)) == (300, False, 10)


# -- connecting ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["http://exemplo.freshdesk.com", "http://10.0.0.5/", "exemplo", "http://["])
def test_the_key_is_never_sent_in_the_clear(url: str) -> None:
    with pytest.raises(SettingsError):
        Freshdesk.connect(url, SecretStr("chave"), lambda: NOW)


@pytest.mark.parametrize("url", [URL, f"{URL}/", f"{URL}/api/v2", f"{URL}/api/v2/"])
async def test_the_address_with_or_without_its_path(url: str) -> None:
    account = Account()
    account.on("GET agents/me", {"id": 1})
    freshdesk = Freshdesk.connect(url, SecretStr("k"), lambda: NOW, transport=httpx.MockTransport(account))
    await freshdesk.me()
    assert str(account.requests[0].url) == f"{URL}/api/v2/agents/me"
    await freshdesk.aclose()
