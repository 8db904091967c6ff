"""Our Freshdesk client against a server that somebody else wrote from the same contract."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import (
    Forbidden,
    OutcomeUnknown,
    Rejected,
    ServerTrouble,
    Throttled,
    Unauthorized,
)
from clients.freshdesk import Freshdesk
from clients.freshdesk_search import Search
from clients.freshdesk_wire import difference
from clients.models.conversation import Voice
from clients.models.outgoing import same_message
from clients.models.ticket import OPEN, Ticket
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

TICKETS = 230


@pytest.fixture
def attempts() -> int:
    return 3


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=TICKETS, clock=frozen) as running:
        yield running


@pytest.fixture
def sandbox(served: Running) -> Iterator[Running]:
    """The module's sandbox, each test a minute after the one before: the account's limit is nobody's yet."""
    yield served
    moment = served.knobs.clock.frozen_at or frozen()
    served.knobs.turn(Knobs().model_dump())
    served.knobs.clock.frozen_at = moment + timedelta(minutes=1)


def connect(sandbox: Running, key: str | None = None) -> Freshdesk:
    secret = SecretStr(key or sandbox.keys.freshdesk)
    return Freshdesk.connect(sandbox.urls.freshdesk, secret, sandbox.clock)


@pytest.fixture
async def freshdesk(sandbox: Running) -> AsyncIterator[Freshdesk]:
    client = connect(sandbox)
    yield client
    await client.aclose()


async def every_ticket(sandbox: Running, freshdesk: Freshdesk) -> dict[int, Ticket]:
    since = sandbox.clock() - timedelta(days=400)
    return {ticket.id: ticket async for page in freshdesk.tickets(since) for ticket in page}


async def an_open_ticket(sandbox: Running, freshdesk: Freshdesk) -> Ticket:
    tickets = await every_ticket(sandbox, freshdesk)
    return next(ticket for ticket in tickets.values() if ticket.status == OPEN)


async def newest(freshdesk: Freshdesk, ticket: Ticket) -> int:
    return max((one.id for one in await freshdesk.conversations(ticket.id)), default=0)


async def found_after(
    freshdesk: Freshdesk, ticket: Ticket, text: str, after_id: int, voice: Voice = Voice.REPLY
) -> list[int]:
    said = await freshdesk.conversations(ticket.id)
    return [
        one.id for one in said if one.id > after_id and one.voice is voice and same_message(text, one.text)
    ]


async def test_everything_is_read(sandbox: Running, freshdesk: Freshdesk) -> None:
    words = await freshdesk.vocabulary()
    tickets = await every_ticket(sandbox, freshdesk)
    assert len(tickets) > 150
    assert {ticket.status for ticket in tickets.values()} <= set(words.statuses)
    assert {ticket.responder_id for ticket in tickets.values()} - {None} <= set(words.agents)
    assert any(ticket.company for ticket in tickets.values())
    whole = await freshdesk.ticket(next(iter(tickets)))
    assert whole.text
    assert whole.requester
    assert await freshdesk.templates()


async def test_an_ordinary_key_reads_the_names_all_the_same(sandbox: Running, freshdesk: Freshdesk) -> None:
    limited = connect(sandbox, sandbox.keys.freshdesk_limited)
    words = await limited.vocabulary()
    assert words.agents == (await freshdesk.vocabulary()).agents
    with pytest.raises(Forbidden):
        await limited.templates()
    await limited.aclose()


async def test_a_wrong_key(sandbox: Running) -> None:
    client = connect(sandbox, "chave-errada")
    with pytest.raises(Unauthorized):
        await client.me()
    await client.aclose()


async def test_a_list_without_companies(sandbox: Running, freshdesk: Freshdesk) -> None:
    whole = await every_ticket(sandbox, freshdesk)
    sandbox.knobs.freshdesk.include_company_refused = True
    poorer = await every_ticket(sandbox, freshdesk)
    assert set(poorer) == set(whole)
    assert not any(ticket.company for ticket in poorer.values())


async def test_a_link_to_another_host_is_not_followed(sandbox: Running, freshdesk: Freshdesk) -> None:
    sandbox.knobs.freshdesk.link_host = "https://outro.example"
    with pytest.raises(ServerTrouble, match="outro servidor"):
        await every_ticket(sandbox, freshdesk)


async def test_a_reply_arrives_once(sandbox: Running, freshdesk: Freshdesk) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    last = await newest(freshdesk, ticket)
    text = (
        'Olá!\n\nO erro <E-102> & "afins" foi corrigido.\n  1. Abra https://ajuda.example/nfe\n  2. Confirme.'
    )
    said = await freshdesk.reply(ticket.id, text, cc=["outra@exemplo.com.br"])
    assert await found_after(freshdesk, ticket, text, last) == [said.id]


async def test_a_reply_whose_answer_was_lost_is_found(sandbox: Running, freshdesk: Freshdesk) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    last = await newest(freshdesk, ticket)
    sandbox.knobs.freshdesk.drop_after_commit = 1
    with pytest.raises(OutcomeUnknown):
        await freshdesk.reply(ticket.id, "Corrigido: favor testar.")
    assert len(await found_after(freshdesk, ticket, "Corrigido: favor testar.", last)) == 1


async def test_a_reply_that_never_arrived_is_not_found(sandbox: Running, freshdesk: Freshdesk) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    last = await newest(freshdesk, ticket)
    sandbox.knobs.freshdesk.drop_before_commit = 1
    with pytest.raises(OutcomeUnknown):
        await freshdesk.reply(ticket.id, "Em análise.")
    assert await found_after(freshdesk, ticket, "Em análise.", last) == []


async def test_a_note_is_a_note(sandbox: Running, freshdesk: Freshdesk) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    last = await newest(freshdesk, ticket)
    note = await freshdesk.note(ticket.id, "Só para nós")
    assert note.private
    assert await found_after(freshdesk, ticket, "Só para nós", last, Voice.NOTE) == [note.id]
    assert await found_after(freshdesk, ticket, "Só para nós", last) == []


async def test_fields_are_set(sandbox: Running, freshdesk: Freshdesk) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    words = await freshdesk.vocabulary()
    other = next(kind for kind in words.types if kind != ticket.type)
    changes = difference(
        ticket, {"type": other, "status": ticket.status, "responder_id": (await freshdesk.me()).id}
    )
    updated = await freshdesk.update(ticket.id, changes)
    assert updated.type == other
    assert difference(updated, changes) == {}
    with pytest.raises(Rejected):
        await freshdesk.update(ticket.id, {"type": "Tipo que não existe"})


async def test_files_go_up_and_come_down(sandbox: Running, freshdesk: Freshdesk, tmp_path: Path) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    image = tmp_path / "Erro na emissão.png"
    image.write_bytes(b"\x89PNG" + bytes(range(256)) * 400)
    note = await freshdesk.note(ticket.id, "print", attachments=[image])
    [attachment] = note.attachments
    saved = await freshdesk.download(ticket.id, attachment.id, tmp_path / "baixados")
    assert saved.name == "Erro na emissão.png"
    assert saved.read_bytes() == image.read_bytes()


async def test_time_is_logged(sandbox: Running, freshdesk: Freshdesk) -> None:
    ticket = await an_open_ticket(sandbox, freshdesk)
    entry = await freshdesk.log_time(ticket.id, 95, "Análise de log")
    listed = {one.id: one for one in await freshdesk.time_entries(ticket.id)}
    assert (listed[entry.id].time_spent, listed[entry.id].timer_running) == ("01:35", False)


async def test_a_search(sandbox: Running, freshdesk: Freshdesk) -> None:
    sandbox.knobs.freshdesk.search_lag_seconds = 0
    found = await freshdesk.search(Search().where("status", OPEN))
    assert found.complete
    assert found.tickets
    assert all(ticket.status == OPEN for ticket in found.tickets)


async def test_a_read_survives_an_edge_servers_hiccup(sandbox: Running, freshdesk: Freshdesk) -> None:
    sandbox.knobs.freshdesk.next_5xx = 2
    assert (await freshdesk.me()).id
    sandbox.knobs.freshdesk.next_5xx = 3
    with pytest.raises(ServerTrouble):
        await freshdesk.me()


async def test_the_accounts_limit(sandbox: Running, freshdesk: Freshdesk) -> None:
    sandbox.knobs.freshdesk.retry_after = 40
    sandbox.knobs.freshdesk.next_429 = 1
    with pytest.raises(Throttled) as told:
        await freshdesk.me()
    assert told.value.retry_after == 40
    with pytest.raises(Throttled):  # and nobody asks again before
        await freshdesk.fields()
