"""A server of raw sockets on loopback, for answers that no HTTP library would give."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class FaultServer:
    """Where it listens and what it was asked."""

    port: int = 0
    scheme: str = "http"
    requests: list[bytes] = field(default_factory=list)
    """Head and body of each request that was read whole."""
    connections: int = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Wire:
    """One accepted connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    served: FaultServer

    async def take(self) -> bytes:
        """Read one request whole, and note it."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
        request = head + await self.reader.readexactly(int(fields.get(b"content-length", b"0")))
        self.served.requests.append(request)
        return request

    async def send(self, piece: bytes) -> None:
        self.writer.write(piece)
        await self.writer.drain()


Script = Callable[[Wire], Awaitable[None]]


@asynccontextmanager
async def serving(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[FaultServer]:
    """Serve every connection by ``script``, and close it when the script ends."""
    served = FaultServer(scheme="https" if tls else "http")
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        served.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await script(Wire(reader, writer, served))
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()


def saying(*pieces: bytes | float) -> Script:
    """A script that reads a request and sends the pieces; a number is a pause in seconds."""

    async def script(wire: Wire) -> None:
        await wire.take()
        for piece in pieces:
            if isinstance(piece, bytes):
                await wire.send(piece)
            else:
                await asyncio.sleep(piece)

    return script


def http(status: str, body: bytes = b"", *headers: str, content_type: str = "application/json") -> bytes:
    """A well-formed answer that closes its connection."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def silence(wire: Wire) -> None:
    """Read and never answer."""
    await wire.take()
    await asyncio.sleep(60)


async def deafness(wire: Wire) -> None:
    """Accept and never read."""
    await asyncio.sleep(60)


async def trickle(wire: Wire) -> None:
    """Send a body byte by byte: every single read is in time, the whole never ends."""
    await wire.take()
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(1000):
        await wire.send(b" ")
        await asyncio.sleep(0.05)


async def hang_up(wire: Wire) -> None:
    """Read the request, carry it out perhaps, and say nothing."""
    await wire.take()


async def reset_while_reading(wire: Wire) -> None:
    """Reset the connection in the middle of an upload."""
    await wire.reader.read(1000)
    connection: socket.socket = wire.writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.writer.transport.abort()


def refusing_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
