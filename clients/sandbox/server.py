"""The sandbox's servers: on loopback, on free ports, all in one process and one event loop."""

import asyncio
import contextlib
import queue
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import uvicorn

from .assistant import MODEL
from .clock import Clock
from .house import DEFAULT_SEED, DEFAULT_TICKETS, SYSTEMS, Sandbox
from .knobs import Knobs
from .mail import USER as MAIL_USER
from .mail import MailRoom
from .monitor import USER
from .wire import CuttableProtocol, RequestLog

Result = TypeVar("Result")
_LAST_WORDS = 0.1
"""Seconds for what is being answered when the sandbox ends."""


@dataclass(frozen=True)
class Urls:
    """Addresses, without a slash at the end; each system has a port of its own."""

    freshdesk: str
    files: str
    monitor: str
    licences: str
    redmine: str
    slack: str
    mail: str
    """``smtp://host:port``."""
    assistant: str
    control: str


@dataclass(frozen=True)
class Keys:
    """What lets one in."""

    freshdesk: str
    """Of an analyst who administers (see the knob ``key_is_admin``)."""
    freshdesk_colleague: str
    """Of another analyst, who does not."""
    freshdesk_limited: str
    """Of a third one, who does not either."""
    monitor_user: str
    monitor_password: str
    redmine: Mapping[str, str]
    """Login to key, the analyst's first."""
    slack: Mapping[str, str]
    """Token of ``analyst``, ``bot`` and ``limited``."""
    mail_user: str
    mail_password: str
    assistant_model: str
    """Name of the only model."""
    assistant: str
    control: str
    """Bearer token of ``/_sandbox``."""


@dataclass(frozen=True)
class Running:
    """A sandbox that answers."""

    urls: Urls
    keys: Keys
    knobs: Knobs
    journal: RequestLog
    clock: Clock
    mail: MailRoom
    """Its ``letters`` are what was handed in."""
    _sandbox: Sandbox
    _loop: asyncio.AbstractEventLoop

    def say(self, ticket_id: int, html: str) -> int:
        """Let the requester of a ticket answer; returns the message's id. From another thread only."""
        return self._inside(lambda: self._sandbox.say(ticket_id, html))

    def say_in_slack(self, channel: str, person: str, text: str, thread_ts: str | None = None) -> str:
        """Let an agent (by first name) say something on Slack; returns the ts. From another thread only."""
        return self._inside(lambda: self._sandbox.say_in_slack(channel, person, text, thread_ts))

    def edit_in_slack(self, channel: str, ts: str, text: str) -> None:
        """Change what a message on Slack says. From another thread only."""
        self._inside(lambda: self._sandbox.edit_in_slack(channel, ts, text))

    def delete_in_slack(self, channel: str, ts: str) -> None:
        """Delete a message on Slack, as its author can. From another thread only."""
        self._inside(lambda: self._sandbox.edit_in_slack(channel, ts, None))

    def mark_as_spam(self, ticket_id: int) -> None:
        """Do what the API cannot: move a ticket to the spam. From another thread only."""
        self._inside(lambda: self._sandbox.mark_as_spam(ticket_id))

    def ticket_ids(self) -> list[int]:
        """Ids of all tickets, archived ones too. From another thread only."""
        return self._inside(lambda: sorted(self._sandbox.state.tickets.rows))

    def _inside(self, work: Callable[[], Result]) -> Result:
        async def run() -> Result:
            return work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result()


class _Server(uvicorn.Server):
    """uvicorn's, leaving the signals to whoever runs it, and ending the moment it is told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    def leave(self) -> None:
        """End. Who is connected is cut off."""
        self.should_exit = self.force_exit = True
        self._told.set()

    async def main_loop(self) -> None:
        """Keep house until told to end; uvicorn's own looks ten times a second whether it is."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), 1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Cut the connections and wait for what was being answered, shortly; uvicorn's own waits anyhow."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_LAST_WORDS)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def machine_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


@asynccontextmanager
async def serving_sandbox(
    folder: Path,
    *,
    tickets: int = DEFAULT_TICKETS,
    seed: int = DEFAULT_SEED,
    knobs: Knobs | None = None,
    clock: Callable[[], datetime] = machine_clock,
    handovers: Path | None = None,
) -> AsyncIterator[Running]:
    """Serve the sandbox of ``folder`` in the running loop, from when it answers until the block ends.

    ``handovers`` as of `Sandbox`.
    """
    sockets = {system: _free_socket() for system in SYSTEMS}
    urls = {system: f"http://127.0.0.1:{sock.getsockname()[1]}" for system, sock in sockets.items()}
    letter_box = _free_socket()
    sandbox = Sandbox(
        folder, urls, clock, knobs=knobs or Knobs(), seed=seed, tickets=tickets, handovers=handovers
    )
    servers = {system: _server(app) for system, app in sandbox.apps().items()}
    tasks = [asyncio.create_task(server.serve([sockets[system]])) for system, server in servers.items()]
    try:
        while not all(server.started for server in servers.values()):
            for task in tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.002)
        keys = Keys(
            freshdesk=sandbox.keys["freshdesk"],
            freshdesk_colleague=sandbox.keys["freshdesk_colleague"],
            freshdesk_limited=sandbox.keys["freshdesk_limited"],
            monitor_user=USER,
            monitor_password=sandbox.keys["monitor"],
            redmine=sandbox.redmine_keys,
            slack=sandbox.slack_tokens,
            mail_user=MAIL_USER,
            mail_password=sandbox.keys["mail"],
            assistant_model=MODEL,
            assistant=sandbox.keys["assistant"],
            control=sandbox.keys["control"],
        )
        mail = f"smtp://127.0.0.1:{letter_box.getsockname()[1]}"
        async with sandbox.mail.serving(letter_box):
            yield Running(
                Urls(**urls, mail=mail),
                keys,
                sandbox.knobs,
                sandbox.journal,
                sandbox.clock,
                sandbox.mail,
                sandbox,
                asyncio.get_running_loop(),
            )
    finally:
        for server in servers.values():
            server.leave()
        await asyncio.gather(*tasks, return_exceptions=True)
        sandbox.close()


@contextmanager
def running_sandbox(
    folder: Path,
    *,
    tickets: int = DEFAULT_TICKETS,
    seed: int = DEFAULT_SEED,
    knobs: Knobs | None = None,
    clock: Callable[[], datetime] = machine_clock,
    handovers: Path | None = None,
) -> Iterator[Running]:
    """Serve the sandbox of ``folder`` from a thread: for tests and programs with a loop of their own."""
    answers: queue.Queue[tuple[Running, asyncio.Event] | Exception] = queue.Queue()

    async def serve() -> None:
        stop = asyncio.Event()
        async with serving_sandbox(
            folder, tickets=tickets, seed=seed, knobs=knobs, clock=clock, handovers=handovers
        ) as running:
            answers.put((running, stop))
            await stop.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as error:  # noqa: BLE001 - told to the thread that asked
            answers.put(error)

    thread = threading.Thread(target=run, name="sandbox", daemon=True)
    thread.start()
    answer = answers.get()
    if isinstance(answer, Exception):
        thread.join()
        raise answer
    running, stop = answer
    try:
        yield running
    finally:
        with contextlib.suppress(RuntimeError):  # the loop is gone if the servers died
            running._loop.call_soon_threadsafe(stop.set)
        thread.join()


def _free_socket() -> socket.socket:
    # asyncio turns Nagle off only where the protocol is named: without it every answer takes 40 ms more
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    return sock


def _server(app: object) -> _Server:
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]  # uvicorn spells ASGI with its own types
        http=CuttableProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,  # the sandbox has a clock of its own
        proxy_headers=False,
        timeout_keep_alive=75,
    )
    return _Server(config)
