"""What can go wrong between a client and a server, and a record of what came in.

One ASGI layer, the same around each of the sandbox's servers.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .knobs import FaultKnobs

READS = frozenset(("GET", "HEAD", "OPTIONS"))
_BODY_KEPT = 20_000
_EDGE_PAGE = """<html>
<head><title>{status} Bad Gateway</title></head>
<body><center><h1>{status} Bad Gateway</h1></center><hr><center>edge</center></body>
</html>
"""


@dataclass
class Write:
    """One write as it arrived, whether or not its answer left."""

    at: datetime
    system: str
    method: str
    path: str
    body: str
    status: int | None = None
    """What was answered, or would have been; None if it was cut before being done."""
    dropped: bool = False
    """Whether the connection was cut instead of answering."""


@dataclass
class RequestLog:
    """What was received since the start: every write, oldest first, and how often each thing was read."""

    writes: list[Write] = field(default_factory=list)
    reads: Counter[str] = field(default_factory=Counter)
    """Calls by system and path, such as ``freshdesk /api/v2/tickets``."""

    def of(self, system: str, method: str = "", path: str = "") -> list[Write]:
        """The writes to one system whose method is ``method`` and whose path contains ``path``."""
        return [
            write
            for write in self.writes
            if write.system == system and method in ("", write.method) and path in write.path
        ]


class Wire:
    """Shows the faults that the knobs ask for, and keeps the log of requests."""

    def __init__(
        self, app: ASGIApp, system: str, knobs: FaultKnobs, journal: RequestLog, clock: Callable[[], datetime]
    ) -> None:
        self.app, self.system, self.knobs = app, system, knobs
        self.journal, self.clock = journal, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or fail it as asked."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = self._dated(send)
        if scope["method"] in READS:
            self.journal.reads[f"{self.system} {scope['path']}"] += 1
        if self.knobs.latency_ms:
            try:
                await asyncio.sleep(self.knobs.latency_ms / 1000)
            except asyncio.CancelledError:
                return  # the sandbox ends, and has cut the connection
        if self._turn_down("next_429", scope):
            headers = {"Retry-After": str(self.knobs.retry_after)}
            await Response(status_code=429, headers=headers)(scope, receive, send)
        elif self._turn_down("next_5xx", scope):
            page = _EDGE_PAGE.format(status=self.knobs.status_5xx)
            answer = Response(page, status_code=self.knobs.status_5xx, media_type="text/html")
            await answer(scope, receive, send)
        elif scope["method"] in READS and not self.knobs.faults_on:
            await self.app(scope, receive, send)
        else:
            await self._record(scope, receive, send)

    def _dated(self, send: Send) -> Send:
        """As ``send``, with the ``Date`` of the clock that also dates what the server keeps."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                now = format_datetime(self.clock().astimezone(UTC), usegmt=True)
                message = {**message, "headers": [*message["headers"], (b"date", now.encode())]}
            await send(message)

        return dated

    async def _record(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        path = scope["path"] + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
        text = body[:_BODY_KEPT].decode("utf-8", "replace")
        write = Write(self.clock(), self.system, scope["method"], path, text)
        if scope["method"] not in READS:
            self.journal.writes.append(write)
        if self._turn_down("drop_before_commit", scope):
            write.dropped = True
            await hang_up(scope, receive)
            return
        drop = self._turn_down("drop_after_commit", scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                write.status = message["status"]
            if not drop:
                await send(message)

        await self.app(scope, _replay(body, receive), answer)
        if drop:
            write.dropped = True
            await hang_up(scope, receive)

    def _turn_down(self, knob: str, scope: Scope) -> bool:
        left: int = getattr(self.knobs, knob)
        if left and self.knobs.faults_on in f"{scope['method']} {scope['path']}":
            setattr(self.knobs, knob, left - 1)
            return True
        return False


async def _read(receive: Receive) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    unread = [body]

    async def again() -> Message:
        return (
            {"type": "http.request", "body": unread.pop(), "more_body": False} if unread else await receive()
        )

    return again


_open: MutableMapping[tuple[str, int], asyncio.Transport] = {}


class CuttableProtocol(H11Protocol):
    """uvicorn's own HTTP, whose connections can be found by the client's address, to cut them."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the connection."""
        super().connection_made(transport)
        if self.client:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        if self.client:
            _open.pop(self.client, None)
        super().connection_lost(exc)


async def hang_up(scope: MutableMapping[str, Any], receive: Receive) -> None:
    """Cut the connection of this request without a byte of an answer."""
    transport = _open.get(tuple(scope["client"] or ()))
    if transport is None:
        raise ConnectionResetError("only a connection of the sandbox's own server can be cut")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
