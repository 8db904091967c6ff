"""Freshdesk: everything that reading and answering tickets needs (contract of Freshdesk).

Every call may raise any `RemoteError`. A write that raised `OutcomeUnknown` may have been done: look with
`conversations`, `time_entries` or `ticket` before sending it again.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from .before_write import nothing_sent
from .errors import Forbidden, NoteExposed, NotFound, Rejected, SettingsError
from .freshdesk_files import Upload, check_total, create, read_upload
from .freshdesk_lists import Lists, stamp
from .freshdesk_search import Search, SearchResult
from .freshdesk_wire import (
    AModel,
    body_of,
    read_fields,
    read_row,
    read_rows,
    read_written,
    row_of,
    vocabulary_of,
)
from .http import Http, Params, Response, Transport, basic_key
from .limiter import Limiter
from .loopback import is_overheard
from .models.conversation import Conversation
from .models.fields import TicketField, Vocabulary
from .models.outgoing import to_html
from .models.people import Agent, Group
from .models.template import CannedFolder, Template
from .models.ticket import Attachment, Ticket
from .models.time_entry import TimeEntry

LAST_SEARCH_PAGE = 10


class Freshdesk:
    """One account, seen by one agent's key. Close it with `aclose`."""

    def __init__(self, http: Http, clock: Callable[[], datetime], *, keep_out: Iterable[Path] = ()) -> None:
        self._http = http
        self._clock = clock
        self._keep_out = tuple(keep_out)
        self._lists = Lists(http)

    @classmethod
    def connect(
        cls,
        url: str,
        key: SecretStr,
        clock: Callable[[], datetime],
        *,
        ca_file: Path | None = None,
        limiter: Limiter | None = None,
        keep_out: Iterable[Path] = (),
        transport: Transport | None = None,
    ) -> "Freshdesk":
        """Open ``https://<account>.freshdesk.com``; plain HTTP is for this machine only.

        ``keep_out`` are folders from which nothing is ever attached. Raises `SettingsError`; asks nothing
        of the network.
        """
        if is_overheard(url):
            raise SettingsError("Freshdesk: o endereço precisa começar com https://")
        base = url.rstrip("/")
        base = base if base.endswith("/api/v2") else f"{base}/api/v2"
        http = Http(
            "Freshdesk", base, auth=basic_key(key), ca_file=ca_file, limiter=limiter, transport=transport
        )
        return cls(http, clock, keep_out=keep_out)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    # -- the account -----------------------------------------------------------------------------------

    async def me(self) -> Agent:
        """Return the key's owner; the test of a connection, since every key may ask."""
        return read_row(Agent, await self._http.read("agents/me"))

    async def fields(self) -> tuple[TicketField, ...]:
        """Return the fields of the ticket form in their order, with their choices."""
        return read_fields(await self._http.read("ticket_fields"))

    async def vocabulary(self) -> Vocabulary:
        """Return the account's words; agents and groups as the fields name them where the key may not ask."""
        agents = await self._everyone(Agent, "agents")
        groups = await self._everyone(Group, "groups")
        return vocabulary_of(await self.fields(), agents, groups)

    async def templates(self) -> tuple[Template, ...]:
        """Return all canned responses, folder by folder.

        `Forbidden` where the key may not see them, which is normal for an agent who is no administrator:
        the caller then lives on the team's own file, and can say why.
        """
        found: list[Template] = []
        folders = read_rows(CannedFolder, await self._http.read("canned_response_folders"))
        for folder in folders:
            async for page in self._lists.pages(f"canned_response_folders/{folder.id}/responses"):
                rows = read_rows(Template, page)
                found += (template.model_copy(update={"folder": folder.name}) for template in rows)
        return tuple(found)

    # -- reading tickets -------------------------------------------------------------------------------

    async def tickets(self, updated_since: datetime) -> AsyncIterator[tuple[Ticket, ...]]:
        """Yield, oldest change first, the tickets changed since then; spam and deleted ones are left out.

        One call for each hundred, any number of them. A ticket comes again only if it changed meanwhile.
        ``updated_since`` counts in whole seconds, that second included.
        """
        async for page in self._lists.tickets(updated_since):
            yield page

    async def put_away(self, updated_since: datetime) -> frozenset[int]:
        """Return the ids of the tickets that were deleted or marked as spam and changed since then.

        Two calls, and one more for each further hundred.
        """
        return frozenset([number async for number in self._lists.put_away(updated_since)])

    async def search(self, search: Search) -> SearchResult:
        """Return what ``search`` finds, newest first; without requester, company and stats."""
        found: dict[int, Ticket] = {}
        complete = True
        for query in search.queries():
            reached, total = 0, 0
            for page in range(1, LAST_SEARCH_PAGE + 1):
                answer = await self._http.read("search/tickets", params={"query": f'"{query}"', "page": page})
                tickets = read_rows(Ticket, answer, key="results")
                found.update((ticket.id, ticket) for ticket in tickets)
                reached += len(tickets)
                told = row_of(answer).get("total")
                total = told if isinstance(told, int) else reached
                if not tickets or reached >= total:
                    break
            complete = complete and reached >= total
        return SearchResult(tuple(found.values()), complete)

    async def ticket(self, ticket_id: int) -> Ticket:
        """Return one ticket with text, attachments, requester, company and stats; archived ones as well."""
        answer = await self._of_ticket(ticket_id, params={"include": "requester,company,stats"})
        return read_row(Ticket, answer)

    async def conversations(self, ticket_id: int) -> tuple[Conversation, ...]:
        """Return everything said on a ticket, oldest first; its description is not among them."""
        found: list[Conversation] = []
        first = await self._of_ticket(ticket_id, "/conversations", {"per_page": 100})
        async for page in self._lists.following(first):
            found += read_rows(Conversation, page)
        return tuple(found)

    # -- writing ---------------------------------------------------------------------------------------

    async def update(self, ticket_id: int, changes: Mapping[str, object]) -> Ticket:
        """Set fields; send only what changes (`freshdesk_wire.difference`). ``tags`` replaces the list.

        The answer has neither requester, company nor stats. `Rejected`, with nothing sent, for an unknown
        field or a number sent as text.
        """
        answer = await self._http.write("PUT", f"tickets/{ticket_id}", json=body_of(changes))
        return read_written(Ticket, answer)

    async def reply(
        self, ticket_id: int, text: str, *, cc: Sequence[str] = (), attachments: Sequence[Path] = ()
    ) -> Conversation:
        """Mail plain ``text`` to the requester. The status stays as it is."""
        body: dict[str, object] = {"body": to_html(text)}
        if cc:
            body["cc_emails"] = list(cc)
        return read_written(Conversation, await self._say(ticket_id, "reply", text, body, attachments))

    async def note(
        self, ticket_id: int, text: str, *, private: bool = True, attachments: Sequence[Path] = ()
    ) -> Conversation:
        """Write a note. `NoteExposed` where the server does not confirm that a private one is private."""
        body: dict[str, object] = {"body": to_html(text), "private": private}
        answer = await self._say(ticket_id, "notes", text, body, attachments)
        note = read_written(Conversation, answer)
        if private and row_of(answer).get("private") is not True:
            raise NoteExposed("Freshdesk", f"ticket {ticket_id}: a nota não foi confirmada como privada")
        return note

    # -- files -----------------------------------------------------------------------------------------

    async def download(self, ticket_id: int, attachment_id: int, folder: Path) -> Path:
        """Save an attachment of a ticket or of its conversations in ``folder``; return where it is.

        Nothing is overwritten. Its address lives five minutes, so it is fetched anew.
        """
        attachment = await self._attachment(ticket_id, attachment_id)
        path, file = await asyncio.to_thread(create, folder, attachment.name)
        complete = False
        try:
            with file:
                await self._http.download(SecretStr(attachment.attachment_url), file)
            complete = True
        finally:
            if not complete:
                await asyncio.to_thread(path.unlink, missing_ok=True)
        return path

    # -- time ------------------------------------------------------------------------------------------

    async def time_entries(self, ticket_id: int) -> tuple[TimeEntry, ...]:
        """Return the time logged on a ticket. `Forbidden` where the account's plan has no time tracking."""
        found: list[TimeEntry] = []
        async for page in self._lists.pages(f"tickets/{ticket_id}/time_entries"):
            found += read_rows(TimeEntry, page)
        return tuple(found)

    async def log_time(
        self,
        ticket_id: int,
        minutes: int,
        note: str,
        *,
        billable: bool = True,
        executed_at: datetime | None = None,
    ) -> TimeEntry:
        """Log ``minutes`` (at least one) of the key's owner, done at ``executed_at`` or now."""
        if minutes < 1:
            raise Rejected("Freshdesk", "o tempo precisa ser de pelo menos um minuto")
        body = {
            "time_spent": f"{minutes // 60:02}:{minutes % 60:02}",
            "timer_running": False,  # without both of these a timer would start
            "note": note,
            "billable": billable,
            "executed_at": stamp(executed_at or self._clock()),
        }
        return read_written(
            TimeEntry, await self._http.write("POST", f"tickets/{ticket_id}/time_entries", json=body)
        )

    # -- below -----------------------------------------------------------------------------------------

    async def _everyone(self, model: type[AModel], path: str) -> tuple[AModel, ...] | None:
        found: list[AModel] = []
        try:
            async for page in self._lists.pages(path, {"per_page": 100}):
                found += read_rows(model, page)
        except Forbidden:
            return None
        return tuple(found)

    async def _of_ticket(self, ticket_id: int, below: str = "", params: Params | None = None) -> Response:
        """Read something of a ticket; where it is not found, once more among the archived ones."""
        try:
            return await self._http.read(f"tickets/{ticket_id}{below}", params=params)
        except NotFound as error:
            missing = error
        known: Params = {key: value for key, value in (params or {}).items() if key != "include"}
        with suppress(NotFound, Forbidden, Rejected):
            return await self._http.read(f"tickets/archived/{ticket_id}{below}", params=known)
        said = f"o ticket {ticket_id} não existe, ou não é visível com esta chave"
        raise NotFound("Freshdesk", said, status=missing.status) from missing

    async def _say(
        self, ticket_id: int, path: str, text: str, body: Mapping[str, object], attachments: Sequence[Path]
    ) -> Response:
        if not text.strip():
            raise Rejected("Freshdesk", "o texto está vazio")
        address = f"tickets/{ticket_id}/{path}"
        if not attachments:
            return await self._http.write("POST", address, json=body)
        with nothing_sent():
            uploads = await self._uploads(ticket_id, attachments)
        form: dict[str, str | Sequence[str]] = {}
        for name, value in body.items():
            if isinstance(value, list):
                form[f"{name}[]"] = [str(item) for item in value]
            else:
                form[name] = str(value).lower() if isinstance(value, bool) else str(value)
        return await self._http.write("POST", address, form=form, files=[upload.part for upload in uploads])

    async def _uploads(self, ticket_id: int, paths: Sequence[Path]) -> list[Upload]:
        uploads = [await asyncio.to_thread(read_upload, path, self._keep_out) for path in paths]
        sizes = [len(upload.content) for upload in uploads]
        check_total(sizes)
        check_total([*sizes, *(attachment.size for attachment in await self._attachments(ticket_id))])
        return uploads

    async def _attachments(self, ticket_id: int) -> tuple[Attachment, ...]:
        ticket = read_row(Ticket, await self._of_ticket(ticket_id))
        said = await self.conversations(ticket_id)
        return (*ticket.attachments, *(item for one in said for item in one.attachments))

    async def _attachment(self, ticket_id: int, attachment_id: int) -> Attachment:
        for attachment in await self._attachments(ticket_id):
            if attachment.id == attachment_id and attachment.attachment_url:
                return attachment
        raise NotFound("Freshdesk", f"o anexo {attachment_id} não está mais no ticket {ticket_id}")
