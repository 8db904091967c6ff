"""A loopback proxy that cuts the connection at a chosen write: before the server hears of it, or after."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

READS = ("GET", "HEAD")
_OF_THE_CONNECTION = ("connection", "content-length", "transfer-encoding", "keep-alive")


class When(StrEnum):
    """On which side of what the server does."""

    BEFORE = "before"
    AFTER = "after"
    ANSWERED = "answered"
    """Once the caller has the answer, too."""


@dataclass
class Line:
    """What goes over one or several proxies. ``at`` chooses the write that meets ``happens``, once."""

    at: Callable[[int, str], bool] = lambda number, write: False
    """Told how many writes there were, this one included, and ``POST /issues.json``."""
    when: When = When.BEFORE
    happens: Callable[[], None] = lambda: None
    cuts: bool = True
    """Whether the connection ends there, without an answer; otherwise it goes on afterwards."""
    writes: list[str] = field(default_factory=list)
    hit: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watch(
        self, at: Callable[[int, str], bool], when: When, happens: Callable[[], None], cuts: bool
    ) -> None:
        """Wait for another write, counted from here."""
        self.at, self.when, self.happens, self.cuts = at, when, happens, cuts
        self.writes.clear()
        self.hit.clear()

    def counts(self, write: str) -> bool:
        """Note a write; whether it is the one."""
        with self._lock:
            self.writes.append(write)
            if self.hit.is_set() or not self.at(len(self.writes), write):
                return False
            self.hit.set()
            return True


@contextmanager
def proxied(url: str, line: Line) -> Iterator[str]:
    """Stand before the server at ``url``; yield the address to use in its place."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(urlsplit(url).netloc, line))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(behind: str, line: Line) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = urlsplit(self.path).path
            chosen = self._writes(body) and line.counts(f"{self.command} {path}")
            if chosen and line.when is When.BEFORE and self._met():
                return
            answer = self._ask(body)
            if chosen and line.when is When.AFTER and self._met():
                return
            self._answer(*answer)
            if chosen and line.when is When.ANSWERED:
                self._met()

        def _writes(self, body: bytes) -> bool:
            # a task without a title is how Redmine is asked what it insists on
            return self.command not in READS and b'"subject": ""' not in body

        def _met(self) -> bool:
            line.happens()
            if line.cuts:
                self.close_connection = True
            return line.cuts

        def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            upstream = http.client.HTTPConnection(behind, timeout=60)
            try:
                upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    if name.lower() not in _OF_THE_CONNECTION:
                        upstream.putheader(name, value)
                upstream.putheader("Content-Length", str(len(body)))
                upstream.endheaders(body)
                answer = upstream.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            finally:
                upstream.close()

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in _OF_THE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = pass_on

    return Handler
