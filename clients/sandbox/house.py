"""The sandbox behind its servers: state, clock, knobs, mail, and one ASGI application for each address."""

import fcntl
import gc
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from starlette.applications import Starlette
from starlette.types import ASGIApp

from ..errors import StoreError
from ..store import Store
from .assistant import assistant_app
from .attachments import attachments_app
from .clock import Clock, read_stamp, stamp
from .company.people import FIRST_AGENT
from .company.seed import seed_company
from .company.words import as_html
from .control import control_routes
from .freshdesk.app import freshdesk_app
from .freshdesk.call import Office
from .freshdesk.conversations import say_as_client
from .freshdesk.indexing import SearchIndex
from .freshdesk.limits import Limits
from .knobs import FaultKnobs, Knobs
from .licences import licences_app
from .life import Life, Living
from .mail import MailRoom
from .monitor import Monitor
from .outages import Light, lights
from .redmine import redmine_app, seed_redmine
from .rows import AboutRow, TicketRow
from .shifts import Shifts
from .slack import Workspace, revise, seed_slack, slack_app, speak
from .state import State
from .wire import RequestLog, Wire

SYSTEMS = ("freshdesk", "files", "monitor", "licences", "redmine", "slack", "assistant", "control")
"""What has a web address of its own; another port is another origin, as in the real world."""
DEFAULT_SEED, DEFAULT_TICKETS = 2, 340
_WORKED_ON, _OPEN = 400, 2
_KEYS = (
    *("freshdesk", "freshdesk_colleague", "freshdesk_limited", "signing", "monitor", "mail", "assistant"),
    "control",
)


class Sandbox:
    """A sandbox on a folder, which it has to itself."""

    def __init__(
        self,
        folder: Path,
        urls: Mapping[str, str],
        base_clock: Callable[[], datetime],
        *,
        knobs: Knobs,
        seed: int,
        tickets: int,
        handovers: Path | None = None,
    ) -> None:
        """Open what is in ``folder``, or seed it: ``seed`` and ``tickets`` count only then.

        In the folder ``handovers`` the colleagues hand their shifts over, where they live.
        """
        self.urls, self.knobs, self.journal = urls, knobs, RequestLog()
        self.clock = Clock(knobs.clock, base_clock)
        blobs = folder / "blobs"
        blobs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = _alone(folder)
        self.store = Store(folder / "sandbox.db")
        with _no_collection():
            self.state = State(self.store, blobs)
            if not len(self.state.about):
                self._found(seed, tickets)
        about = self.state.about.rows[1]
        self.keys = self._all_keys(about)
        self.started = read_stamp(about["started_at"])
        self.redmine_keys = seed_redmine(self.store, self.started, self._worked_on(), waiting=self._waiting())
        self.mail = MailRoom(folder / "emails", knobs.mail, self.clock, self.keys["mail"])
        self.slack = Workspace(self.state, knobs.slack, self.clock, self.started)
        self.slack_tokens = seed_slack(self.slack)
        shifts = None if handovers is None else Shifts(handovers, self.state, self._lights)
        self.life = Life(self.store, knobs.life, self.clock, self.slack, shifts)
        self.office = Office(
            state=self.state,
            knobs=knobs.freshdesk,
            clock=self.clock,
            keys=self.keys,
            files_url=lambda: urls["files"],
            index=SearchIndex(self.state.tickets),
        )
        self.life.catch_up()

    def apps(self) -> dict[str, ASGIApp]:
        """The application of each of `SYSTEMS`."""
        knobs, started = self.knobs, self.started
        monitor = Monitor(knobs.monitor, self.clock, started, self.keys["monitor"])
        freshdesk = self._wired("freshdesk", freshdesk_app(self.office), knobs.freshdesk)
        control = control_routes(
            knobs, self.journal, self.keys["control"], say=self.say, to_html=as_html, chat=self.say_in_slack
        )
        files = attachments_app(self.state, self.keys["signing"], self.clock)
        return {
            "freshdesk": Limits(freshdesk, knobs.freshdesk, self.clock),
            "files": self._wired("files", files, knobs.files),
            "monitor": Wire(monitor.app(), "monitor", knobs.monitor, self.journal, monitor.own_clock),
            "licences": self._wired("licences", licences_app(self.state), knobs.licences),
            "redmine": self._wired(
                "redmine", Living(redmine_app(self.store, self.clock), self.life), knobs.redmine
            ),
            "slack": self._wired("slack", Living(slack_app(self.slack), self.life), knobs.slack),
            "assistant": self._wired(
                "assistant", assistant_app(knobs.assistant, self.keys["assistant"]), knobs.assistant
            ),
            "control": Starlette(routes=[control]),
        }

    def say(self, ticket_id: int, html: str) -> int:
        """Let the requester of a ticket answer; returns the message's id. KeyError: no such ticket."""
        return say_as_client(self.office, ticket_id, html)

    def say_in_slack(self, channel: str, person: str, text: str, thread_ts: str | None = None) -> str:
        """Let an agent (by first name) say something; returns the ts. LookupError: no such one."""
        return speak(self.slack, channel, person, text, thread_ts)

    def edit_in_slack(self, channel: str, ts: str, text: str | None) -> None:
        """Change a message as its author does in Slack; None deletes it. LookupError: no such one."""
        revise(self.slack, channel, ts, text)

    def mark_as_spam(self, ticket_id: int) -> None:
        """Move a ticket to the spam, as an agent does in the browser. KeyError: no such ticket."""
        ticket = self.state.tickets.rows[ticket_id]
        self.state.save((self.state.tickets, [{**ticket, "spam": True, "updated_at": stamp(self.clock())}]))

    def close(self) -> None:
        """Let go of the folder."""
        self.store.close()
        self._lock.close()

    def _wired(self, system: str, app: ASGIApp, knobs: FaultKnobs) -> Wire:
        return Wire(app, system, knobs, self.journal, self.clock)

    def _lights(self, at: datetime) -> list[Light]:
        return lights(self.started, at, self.knobs.monitor.states)

    def _found(self, seed: int, tickets: int) -> None:
        now = self.clock()
        seed_company(self.state, now, seed=seed, tickets=tickets)
        keys = _new_keys(_KEYS)
        # written last: a seeding that was killed starts over
        self.state.save((self.state.about, [{"id": 1, "seed": seed, "started_at": stamp(now), "keys": keys}]))

    def _all_keys(self, about: AboutRow) -> dict[str, str]:
        """The keys, with those that a sandbox of before had no use for."""
        missing = [name for name in _KEYS if name not in about["keys"]]
        keys = {**about["keys"], **_new_keys(missing)}
        if missing:
            self.state.save((self.state.about, [{**about, "keys": keys}]))
        return keys

    def _worked_on(self) -> list[int]:
        """Tickets that have tasks: the newest of those that somebody answered."""
        answered = [
            ticket["id"]
            for ticket in self.state.tickets
            if ticket["stats"]["first_responded_at"] and not ticket["archived"]
        ]
        return answered[-_WORKED_ON:]

    def _waiting(self) -> list[tuple[int, str]]:
        """Open tickets that were answered and whose clients spoke last: number and plain subject."""
        found: list[TicketRow] = []
        for ticket in self.state.tickets:
            stats, subject = ticket["stats"], ticket["subject"] or ""
            asked, answered = stats["requester_responded_at"], stats["agent_responded_at"]
            hidden = ticket["spam"] or ticket["deleted"] or ticket["archived"]
            waits = ticket["status"] == _OPEN and asked and answered and asked > answered
            if waits and not hidden and subject.isprintable():
                found.append(ticket)
        found.sort(
            key=lambda ticket: (ticket["responder_id"] != FIRST_AGENT, ticket["type"] != "Bug", -ticket["id"])
        )
        return [(ticket["id"], _plain(ticket["subject"] or "")) for ticket in found]


def _plain(subject: str) -> str:
    return subject.rpartition(": ")[2].removeprefix("URGENTE - ")


def _new_keys(names: Iterable[str]) -> dict[str, str]:
    return {name: secrets.token_urlsafe(15) for name in names}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Spare the collector, which walks the growing company again and again: half of a big seeding."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _alone(folder: Path) -> TextIO:
    """Lock the folder: two sandboxes would each serve their own memory of it."""
    file = (folder / "sandbox.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StoreError(
            f"outra demonstração já usa a pasta {folder}",
            title="Pasta em uso",
            way_out="Feche a outra, ou escolha outra pasta.",
        ) from None
    return file
