"""A loopback HTTP server that answers as a test tells it, and remembers what it was asked."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Received:
    """One request."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass
class Scripted:
    """The server. ``over`` is set when the test ends: an answer that hangs waits for it."""

    url: str = ""
    connections: int = 0
    """Begun, also those that ended before a request."""
    received: list[Received] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


Exchange = BaseHTTPRequestHandler
Script = Callable[[Exchange, int], None]
"""Answers one request; the number counts requests from 0."""


def reply(
    exchange: Exchange, status: int = 200, body: bytes = b"{}", kind: str = "application/json", **headers: str
) -> None:
    """Send an answer; ``Set_Cookie="…"`` is the header ``Set-Cookie``."""
    exchange.send_response(status)
    exchange.send_header("Content-Type", kind)
    exchange.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        exchange.send_header(name.replace("_", "-"), value)
    exchange.end_headers()
    exchange.wfile.write(body)


@contextmanager
def scripted(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    """Serve ``script`` on a free port, over ``tls`` where it is given."""
    state = Scripted()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.received.append(Received(self.command, self.path, self.headers, body))
            try:
                script(self, len(state.received) - 1)
            except OSError:  # the client gave up
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def get_request(self) -> tuple[socket.socket, object]:
            state.connections += 1
            return super().get_request()

        def handle_error(self, request: object, client_address: object) -> None:
            """A connection that the client cut is nothing to tell."""

    with Server(("127.0.0.1", 0), Handler) as server:
        state.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            state.over.set()
            server.shutdown()
