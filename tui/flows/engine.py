"""How one remote step runs exactly once: intent, one attempt, and looking where the answer was lost."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from clients.errors import (
    Forbidden,
    NoteExposed,
    NotFound,
    PlantaoError,
    Postponed,
    Rejected,
    SettingsError,
    Throttled,
    Unauthorized,
    Unreachable,
)
from clients.models.feed import Trouble

from ..disk import Disk
from ..intent import Intent, State
from ..journal import Journal

CERTAIN = (Unreachable, Unauthorized, Forbidden, NotFound, Rejected, Throttled, SettingsError)
"""Refusals after which nothing was done over there. After any other error it may have been."""
QUARANTINE = timedelta(seconds=90)
"""The longest a server goes on working on a request whose caller left, with room to spare."""

Tell = Callable[[Intent], None]
"""Told of each state once it is on disk, so that the screen can say what is going on."""


@dataclass(frozen=True)
class Did:
    """It was done, but for what the server left out."""

    remote_id: int | str | None
    left_out: str
    """In words for the analyst; empty where nothing was."""


@dataclass(frozen=True)
class Found:
    """Looking found it done, once."""

    remote_id: int | str
    evidence: str = ""
    trouble: Trouble | None = None
    """What of it the analyst has to see to."""


@dataclass(frozen=True)
class Missing:
    """Looking found that it was not done."""

    evidence: str


@dataclass(frozen=True)
class Unclear:
    """Looking could not tell; the evidence is what the analyst decides on."""

    evidence: str


class Remote(Protocol):
    """One kind of remote step."""

    async def do(self, intent: Intent) -> int | str | Did | None:
        """Do it once, from the frozen payload; return its id over there. Raises RemoteError."""

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell whether it was done, changing nothing. Raises PlantaoError where looking is impossible."""

    def conclude(self, intent: Intent) -> None:
        """Change in the local store what follows from its being done; runs on the store's thread."""


@dataclass(frozen=True)
class Sent:
    """It is done, once."""

    intent: Intent
    trouble: Trouble | None = None
    """What the analyst has to see to all the same."""


@dataclass(frozen=True)
class Refused:
    """It is certainly not done. An intent that is still planned may be offered again."""

    intent: Intent
    trouble: Trouble
    looked: bool = False
    """Whether looking found that it had not arrived: it may be sent once more."""


@dataclass(frozen=True)
class Unknown:
    """Only the analyst can tell; ``intent.evidence`` says what is known."""

    intent: Intent


@dataclass(frozen=True)
class Elsewhere:
    """Another session is at it, or it was settled meanwhile."""

    intent: Intent


class Engine:
    """Runs and settles steps over the journal. Nothing is sent twice without the analyst's word."""

    def __init__(
        self,
        journal: Journal,
        disk: Disk,
        clock: Callable[[], datetime],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        quarantine: timedelta = QUARANTINE,
    ) -> None:
        self._journal = journal
        self._disk = disk
        self._clock = clock
        self._sleep = sleep
        self._quarantine = quarantine
        self._running: set[str] = set()

    def running(self, intent: Intent) -> bool:
        """Whether this very session is sending or settling it right now."""
        return intent.op_id in self._running

    async def run(
        self, remote: Remote, intent: Intent, tell: Tell, *, keep: bool = False
    ) -> Sent | Refused | Unknown:
        """Send a planned step once, and see to it that its outcome is known or asked about.

        With ``keep`` a step that was refused stays planned, to be tried again; otherwise it is closed.
        Raises JournalError or StoreError before anything was sent. Cancelled on the way, the step stays as
        *sending* in the journal and is settled by looking.
        """
        self._running.add(intent.op_id)
        try:
            intent = await self._disk(self._journal.begin, intent, self._quarantine)
            tell(intent)
            try:
                did = await remote.do(intent)
            except NoteExposed as error:  # done, and more than was wanted
                return Sent(await self._done(remote, intent, None, error.message), error.trouble)
            except CERTAIN as error:
                return Refused(await self._refused(intent, error, keep=keep), error.trouble)
            except PlantaoError as error:
                intent = await self._disk(self._journal.unsure, intent, error.message)
                tell(intent)
                return await self._find_out(remote, intent)
            if not isinstance(did, Did):
                return Sent(await self._done(remote, intent, did))
            done = await self._done(remote, intent, did.remote_id, did.left_out)
            return Sent(done, Trouble("Nem tudo foi aceito", did.left_out) if did.left_out else None)
        finally:
            self._running.discard(intent.op_id)

    async def settle(
        self, remote: Remote, intent: Intent, tell: Tell
    ) -> Sent | Refused | Unknown | Elsewhere:
        """Find out what became of an open step: after the quarantine, look. Sends nothing."""
        if self.running(intent):
            return Elsewhere(intent)
        self._running.add(intent.op_id)
        try:
            claimed = await self._disk(self._journal.claim, intent.op_id)
            if claimed is None:
                return Elsewhere(intent)
            intent = claimed
            if intent.state is State.PLANNED and not intent.attempts:
                return Refused(intent, _not_sent(intent.evidence))
            if intent.state is State.SENDING:
                intent = await self._disk(self._journal.unsure, intent, "Interrompida durante o envio.")
            tell(intent)
            return await self._find_out(remote, intent)
        finally:
            self._running.discard(intent.op_id)

    async def _refused(self, intent: Intent, error: PlantaoError, *, keep: bool) -> Intent:
        if not keep:
            return await self._disk(self._journal.fail, intent, error.message)
        final = isinstance(error, Rejected) and not isinstance(error, Postponed)
        return await self._disk(self._journal.offer, intent, error.message, certain=True, final=final)

    async def _find_out(self, remote: Remote, intent: Intent) -> Sent | Refused | Unknown:
        await self._sit_out(intent)
        try:
            found = await remote.look(intent)
        except PlantaoError as error:
            told = f"Não deu para conferir: {error.message}"
            return Unknown(await self._disk(self._journal.ask, intent, told))
        match found:
            case Found(remote_id, evidence, trouble):
                return Sent(await self._done(remote, intent, remote_id, evidence), trouble)
            case Missing(evidence):
                intent = await self._disk(self._journal.offer, intent, evidence)
                return Refused(intent, _not_sent(evidence), looked=True)
            case Unclear(evidence):
                return Unknown(await self._disk(self._journal.ask, intent, evidence))

    async def _done(
        self, remote: Remote, intent: Intent, remote_id: int | str | None, evidence: str = ""
    ) -> Intent:
        return await self._disk(self._journal.done, intent, remote_id, evidence, conclude=remote.conclude)

    async def _sit_out(self, intent: Intent) -> None:
        if intent.deadline is None:
            return
        left = min(intent.deadline - self._clock(), self._quarantine)  # no longer, wherever the clock jumped
        if left > timedelta():
            await self._sleep(left.total_seconds())


def _not_sent(evidence: str) -> Trouble:
    return Trouble(
        "Não foi enviado", evidence or "O envio não chegou a começar.", "O texto está no rascunho."
    )
