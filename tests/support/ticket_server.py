"""One Freshdesk ticket at the transport: what was really said on it, and how its answers get lost."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
from pydantic import SecretStr

from clients.freshdesk import Freshdesk
from tests.support.clock import Clock

ME, COLLEAGUE, CLIENT = 77, 78, 500
TICKET = 4102
WHEN = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
Wire = dict[str, object]


class TicketServer:
    """Answers like Freshdesk for one ticket; ``faults`` are what the next writes meet, in order."""

    def __init__(self) -> None:
        self.ticket: Wire = {
            "id": TICKET,
            "subject": "NF-e rejeitada",
            "status": 2,
            "priority": 1,
            "responder_id": ME,
            "requester_id": CLIENT,
            "created_at": "2026-03-02T12:00:00Z",
            "updated_at": "2026-03-04T14:00:00Z",
            "custom_fields": {"cf_ambiente": "Produção"},
        }
        self.said: list[Wire] = []
        self.posts: list[Wire] = []
        self.puts: list[Wire] = []
        self.faults: list[str] = []
        self.reads_refused = False
        self.broken_reads = (0, 0)
        """How many of the next reads are answered still, and how many after those are not."""
        self.forgets: frozenset[str] = frozenset()
        """Fields, custom ones among them, that are taken without a word and not kept."""
        self.on_post: Callable[[], object] = lambda: None
        self.stall: asyncio.Event | None = None
        """Set once a write is done; its answer then never comes."""

    def client(self, clock: Clock) -> Freshdesk:
        transport = httpx.MockTransport(self.handle)
        return Freshdesk.connect(
            "https://exemplo.freshdesk.com", SecretStr("chave"), clock, transport=transport
        )

    def say(self, html: str, user: int, *, incoming: bool = False, private: bool = False) -> Wire:
        """Put a message on the ticket, as anybody may do in a browser."""
        row: Wire = {
            "id": 9000 + len(self.said),
            "ticket_id": TICKET,
            "user_id": user,
            "incoming": incoming,
            "private": private,
            "source": 2 if private else 0,
            "body": html,
            "created_at": f"{WHEN:%Y-%m-%dT%H:%M:%SZ}",
            "updated_at": f"{WHEN:%Y-%m-%dT%H:%M:%SZ}",
        }
        self.said.append(row)
        return row

    def public(self) -> list[object]:
        return [row["body"] for row in self.said if not row["private"] and not row["incoming"]]

    async def handle(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            return self._put(request)
        if request.method == "POST":
            answer = self._post(request)
            if self.stall is not None:
                self.stall.set()
                await asyncio.Event().wait()
            return answer
        if self._breaks():
            return httpx.Response(502, html="<h1>Bad gateway</h1>")
        if self.reads_refused:
            return httpx.Response(403, json={"code": "access_denied", "message": "Not allowed"})
        if request.url.path.endswith("/conversations"):
            return httpx.Response(200, json=self.said)
        return httpx.Response(200, json=self.ticket)

    def _breaks(self) -> bool:
        answered, broken = self.broken_reads
        if answered:
            self.broken_reads = (answered - 1, broken)
            return False
        self.broken_reads = (0, max(0, broken - 1))
        return broken > 0

    def _kept(self, fields: object) -> Wire:
        assert isinstance(fields, dict)
        return {name: value for name, value in fields.items() if name not in self.forgets}

    def _put(self, request: httpx.Request) -> httpx.Response:
        body: Wire = json.loads(request.content)
        self.puts.append(body)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost before":
            raise httpx.ReadError("cut", request=request)
        if fault == "refused":
            error = {"field": "status", "message": "invalid", "code": "invalid_value"}
            return httpx.Response(400, json={"description": "Validation failed", "errors": [error]})
        if fault != "ignored":
            custom: Wire = {**self.ticket["custom_fields"], **self._kept(body.get("custom_fields", {}))}  # type: ignore[dict-item]
            self.ticket |= {**self._kept(body), "custom_fields": custom}
        if fault == "lost after":
            raise httpx.ReadError("cut", request=request)
        return httpx.Response(200, json=self.ticket)

    def _post(self, request: httpx.Request) -> httpx.Response:
        body: Wire = json.loads(request.content)
        self.posts.append(body)
        self.on_post()
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost before":
            raise httpx.ReadError("cut", request=request)
        if fault == "refused":
            error = {"field": "cc_emails", "message": "invalid", "code": "invalid_value"}
            return httpx.Response(400, json={"description": "Validation failed", "errors": [error]})
        if fault == "throttled":
            return httpx.Response(429, headers={"Retry-After": "30"})
        private = request.url.path.endswith("/notes") and fault != "exposed"
        row = self.say(str(body["body"]), ME, private=private)
        if fault == "lost after":
            raise httpx.ReadError("cut", request=request)
        if fault == "broken page":
            return httpx.Response(502, html="<h1>Bad gateway</h1>")
        return httpx.Response(201, json=row)
