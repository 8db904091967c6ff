"""A mail server that follows a script line by line, for answers that no mail server's library would give."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import MappingProxyType

DROP = b""
"""Cut the connection instead of answering."""
HANG = b"..."
"""Never answer."""
CONSENT: Mapping[str, bytes] = {
    "greeting": b"220 smtp.exemplo.com.br ESMTP\r\n",
    "EHLO": b"250-smtp.exemplo.com.br\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n",
    "AUTH": b"235 2.7.0 Authenticated\r\n",
    "NOOP": b"250 OK\r\n",
    "MAIL": b"250 OK\r\n",
    "RCPT": b"250 OK\r\n",
    "DATA": b"354 Go ahead\r\n",
    "message": b"250 2.0.0 Queued\r\n",
    "QUIT": b"221 Bye\r\n",
}
"""What a server says that is content with everything. ``message`` answers the final dot; ``content`` may be
`DROP`, to end the connection before that is read."""


@dataclass
class Mailer:
    """Where it listens and what it was told."""

    port: int = 0
    said: list[str] = field(default_factory=list)
    """Every command, in turn."""
    messages: list[bytes] = field(default_factory=list)
    """Those that arrived up to the final dot, as they came over the wire."""
    connections: int = 0
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when an answer is awaited that never comes."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a connection has ended."""

    @property
    def verbs(self) -> list[str]:
        """The commands without what follows them."""
        return [line.split(" ")[0].upper() for line in self.said]


@asynccontextmanager
async def mailer(
    answers: Mapping[str, bytes] = MappingProxyType({}),
    *,
    implicit: ssl.SSLContext | None = None,
    explicit: ssl.SSLContext | None = None,
) -> AsyncIterator[Mailer]:
    """Serve: ``answers`` in the place of `CONSENT`, TLS at once or after STARTTLS where it is given."""
    served = Mailer()
    script = {**CONSENT, **answers}
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        served.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, _Over):
                await _serve(served, script, explicit, reader, writer)
        finally:
            tasks.discard(task)
            writer.transport.abort()
            served.gone.set()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=implicit)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()


class _Over(Exception):
    """The script says that the connection ends here."""


async def _serve(
    served: Mailer,
    script: Mapping[str, bytes],
    explicit: ssl.SSLContext | None,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    await _answer(served, reader, writer, script["greeting"])
    while True:
        line = (await reader.readuntil(b"\r\n")).decode().removesuffix("\r\n")
        served.said.append(line)
        verb = line.split(" ")[0].upper()
        if verb == "STARTTLS" and explicit is not None:
            await _answer(served, reader, writer, b"220 Go ahead\r\n")
            await writer.start_tls(explicit)
            continue
        answer = script.get(verb, b"502 5.5.1 Unknown\r\n")
        if verb == "EHLO" and explicit is not None and writer.get_extra_info("sslcontext") is None:
            answer = b"250-smtp.exemplo.com.br\r\n250 STARTTLS\r\n"
        await _answer(served, reader, writer, answer)
        if verb == "DATA" and answer.startswith(b"354"):
            if script.get("content") == DROP:
                return
            served.messages.append(await reader.readuntil(b"\r\n.\r\n"))
            await _answer(served, reader, writer, script["message"])


async def _answer(
    served: Mailer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: bytes
) -> None:
    if answer == DROP:
        raise _Over
    if answer == HANG:
        served.hanging.set()
        await reader.read()  # until the client leaves
        raise _Over
    writer.write(answer)
    await writer.drain()
