"""Freshdesk's lists, whole: past the last page, and though they move meanwhile (contract §4, §6.2)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from .errors import Rejected, ServerTrouble
from .freshdesk_wire import next_page, read_rows
from .http import Http, Params, Response
from .models.ticket import Ticket

LAST_PAGE = 300
"""The list of tickets ends there, however many there are."""
PER_PAGE = 100
_MAX_PAGES = 1000
_MAX_ROUNDS = 3


def stamp(moment: datetime) -> str:
    """Return an instant as the API takes it: UTC, whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


class Lists:
    """The lists of one account. Remembers whether the list of tickets takes ``include=company``."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._include: tuple[str, ...] = ("stats", "requester", "company")

    async def pages(self, path: str, params: Params | None = None) -> AsyncIterator[Response]:
        """Yield the pages of a list."""
        async for page in self.following(await self._http.read(path, params=params)):
            yield page

    async def following(self, first: Response, most: int = _MAX_PAGES) -> AsyncIterator[Response]:
        """Yield ``first`` and the pages that its ``Link`` leads to, all of our own origin."""
        answer, addresses = first, {first.url}
        while True:
            yield answer
            address = next_page(self._http, answer)
            if address is None or len(addresses) == most:
                return
            if address in addresses:
                raise ServerTrouble("Freshdesk", "as páginas apontam em círculo", status=200)
            addresses.add(address)
            answer = await self._http.read(address)

    async def tickets(self, updated_since: datetime) -> AsyncIterator[tuple[Ticket, ...]]:
        """Yield each ticket changed since then, again only where it changed meanwhile."""
        seen: dict[int, datetime] = {}
        for _ in range(_MAX_ROUNDS):
            passed: dict[int, datetime] = {}
            moved = False
            async for page in self._tickets_once(updated_since):
                moved |= any(ticket.updated_at > passed.get(ticket.id, ticket.updated_at) for ticket in page)
                passed.update((ticket.id, ticket.updated_at) for ticket in page)
                fresh = tuple(
                    ticket for ticket in page if ticket.id not in seen or ticket.updated_at > seen[ticket.id]
                )
                seen.update((ticket.id, ticket.updated_at) for ticket in fresh)
                if fresh:
                    yield fresh
            if not moved:
                return
            # a ticket went from a page already read to the end: all behind it moved up, one maybe unseen

    async def put_away(self, updated_since: datetime) -> AsyncIterator[int]:
        """Yield the ids of deleted tickets and of spam, changed since then."""
        for name in ("deleted", "spam"):
            asked: Params = {
                "filter": name,
                "updated_since": stamp(updated_since),
                "order_by": "updated_at",
                "order_type": "asc",
                "per_page": PER_PAGE,
            }
            async for answer in self.following(await self._http.read("tickets", params=asked), LAST_PAGE):
                for ticket in read_rows(Ticket, answer):
                    yield ticket.id

    async def _tickets_once(self, since: datetime) -> AsyncIterator[tuple[Ticket, ...]]:
        """Yield the pages, beyond the last one by asking again from its last row's time."""
        while True:
            pages, last = 0, since
            async for answer in self.following(await self._first_of_tickets(since), LAST_PAGE):
                page = read_rows(Ticket, answer)
                pages += 1
                last = page[-1].updated_at if page else last
                yield page
            if pages < LAST_PAGE:
                return
            if last <= since:
                raise ServerTrouble("Freshdesk", "tickets demais alterados no mesmo segundo", status=200)
            since = last

    async def _first_of_tickets(self, since: datetime) -> Response:
        async def ask(include: tuple[str, ...]) -> Response:
            return await self._http.read(
                "tickets",
                params={
                    "updated_since": stamp(since),  # without it only those created in the last 30 days come
                    "order_by": "updated_at",
                    "order_type": "asc",
                    "per_page": PER_PAGE,
                    "include": ",".join(include),
                },
            )

        try:
            return await ask(self._include)
        except Rejected as error:
            # company is not documented here; what the refusal says is not promised
            if error.status != 400 or "company" not in self._include:
                raise
        poorer = tuple(member for member in self._include if member != "company")
        answer = await ask(poorer)
        self._include = poorer
        return answer
