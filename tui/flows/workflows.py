"""Several remote steps confirmed as one: each exactly once, in order, and none after one that failed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from clients.errors import PlantaoError, StoreError
from clients.models.feed import Trouble

from ..disk import Disk
from ..intent import Intent, State, Step
from ..journal import Journal, NumberUnknown
from .engine import QUARANTINE, Elsewhere, Engine, Refused, Remote, Sent, Tell, Unknown

FLOW = "work"
RESUME_WITHIN = timedelta(minutes=15)
"""Steps confirmed no longer ago than this go on by themselves after an interruption; older ones ask first."""
TRIES = 3
"""How often a step is sent that looking did not find: the one before is then known to be lost."""

Steps = tuple[Intent, ...]
Outcome = Sent | Refused | Unknown | Elsewhere


class WorkRemote(Remote, Protocol):
    """A remote step of a workflow. It may begin long after the analyst looked, so it looks once more."""

    async def ready(self, intent: Intent) -> None:
        """Raise PlantaoError, having changed nothing, where what the step was planned on is so no more."""


class UnknownStep(PlantaoError):
    """Nobody here can carry the step out: its system is not configured."""

    title = "Passo sem destino"
    way_out = "Complete a configuração desse sistema, ou desista do passo em Pendências."


@dataclass(frozen=True)
class Progress:
    """How far a workflow is."""

    steps: Steps
    last: Outcome
    """What became of the step tried last; of the last one where all are done."""
    troubles: tuple[Trouble, ...] = ()
    """What of the steps done just now has to be seen to: what a server left out."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is open any more."""
        return not any(step.is_open for step in self.steps)


class Workflows:
    """Plans, carries on, settles and gives up workflows over the journal."""

    def __init__(
        self,
        journal: Journal,
        disk: Disk,
        clock: Callable[[], datetime],
        remotes: Mapping[str, WorkRemote],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        quarantine: timedelta = QUARANTINE,
    ) -> None:
        """``remotes`` by kind of step; it may grow and shrink as systems are connected."""
        self._journal = journal
        self._disk = disk
        self._clock = clock
        self._remotes = remotes
        self._engine = Engine(journal, disk, clock, sleep=sleep, quarantine=quarantine)
        self._at_it: set[str] = set()

    async def plan(
        self, steps: Sequence[Step], *, also: Callable[[str], object] = lambda workflow: None
    ) -> Steps:
        """Write all ``steps`` down, to be carried on. Raises Busy or StoreError, with nothing written.

        ``also`` is as of `Journal.plan`.
        """
        return await self._disk(self._journal.plan, steps, FLOW, also=also)

    def running(self, workflow: str) -> bool:
        """Whether this very session is at it."""
        return workflow in self._at_it

    def elsewhere(self, steps: Steps) -> bool:
        """Whether another session that lives is at one of ``steps``."""
        return any(step.is_open and self._journal.elsewhere(step) for step in steps)

    def reaches(self, steps: Steps) -> bool:
        """Whether the system of the next open one of ``steps`` is connected."""
        return any(step.kind in self._remotes for step in steps if step.is_open)

    async def pending(self) -> tuple[Steps, ...]:
        """Workflows with an open step, oldest first, each with all its steps."""
        intents = await self._disk(self._journal.pending)
        ours = [intent for intent in intents if intent.flow == FLOW]
        names = dict.fromkeys(intent.workflow for intent in ours)
        return tuple([await self._disk(self._journal.workflow, name) for name in names])

    async def waiting_on(self, target: str) -> Intent | None:
        """The open step on ``target`` that this session is not at: nothing else can be planned there."""
        steps = (step for steps in await self.pending() for step in steps)
        ours = (step for step in steps if step.target == target and not self.running(step.workflow))
        return next((step for step in ours if step.is_open), None)

    async def carry_on(self, workflow: str, tell: Tell = lambda intent: None) -> Progress:
        """Do what is left, one step after the other, until all is done or one does not go through.

        What may have been done already is looked for first. Raises StoreError.
        """
        if workflow in self._at_it:
            return await self._elsewhere(workflow)
        self._at_it.add(workflow)
        try:
            steps = await self._disk(self._journal.claim_workflow, workflow)
            if steps is None:
                return await self._elsewhere(workflow)
            outcome: Outcome = Sent(steps[-1])
            troubles: list[Trouble] = []
            for step in (step for step in steps if step.is_open):
                outcome = await self._take(step, tell)
                tell(outcome.intent)
                if not isinstance(outcome, Sent):
                    break
                if outcome.trouble is not None:
                    troubles.append(outcome.trouble)
            if not isinstance(outcome, Sent):
                await self._let_go(workflow)
            return Progress(await self._disk(self._journal.workflow, workflow), outcome, tuple(troubles))
        finally:
            self._at_it.discard(workflow)

    async def settle(self, workflow: str, tell: Tell = lambda intent: None) -> Progress:
        """Find out what became of an interrupted workflow; go on with it where it was confirmed just now."""
        steps = await self._disk(self._journal.workflow, workflow)
        first = next((step for step in steps if step.is_open), None)
        fresh = self._clock() - steps[0].planned_at <= RESUME_WITHIN
        if first is None or (fresh and not _was_refused(first)):
            return await self.carry_on(workflow, tell)
        if first.state not in (State.SENDING, State.UNSURE) or workflow in self._at_it:
            outcome: Outcome = _waiting(first)
        else:
            try:
                outcome = await self._engine.settle(self._remote(first), first, tell)
            except UnknownStep as error:
                outcome = Refused(first, error.trouble)
        if not isinstance(outcome, Sent) and workflow not in self._at_it:
            await self._let_go(workflow)
        trouble = outcome.trouble if isinstance(outcome, Sent) else None
        troubles = () if trouble is None else (trouble,)
        return Progress(await self._disk(self._journal.workflow, workflow), outcome, troubles)

    async def decide(self, intent: Intent, *, done: bool) -> Intent | None:
        """Take the analyst's word for a step that looking could not tell about; None where it is not open.

        One that was not done is planned again.
        """
        claimed = await self._disk(self._journal.claim, intent.op_id)
        if claimed is None or claimed.state is not State.ASK or intent.workflow in self._at_it:
            return None
        if not done:
            said = "Não foi feito, segundo o analista."
            return await self._disk(self._journal.offer, claimed, said, certain=True)
        said = "Feito, segundo o analista."
        remote = self._remotes.get(claimed.kind)
        conclude = remote.conclude if remote else lambda intent: None
        return await self._disk(self._journal.done, claimed, None, said, conclude=conclude)

    async def give_up(
        self, workflow: str, *, certain: bool = False, why: str = "Desistiu, segundo o analista."
    ) -> Steps:
        """Close what is still planned or asked about, as not done. Steps that may be on their way stay.

        With ``certain`` nothing is closed while it is not known of each open step that it was not done.
        """
        if workflow in self._at_it:
            return ()
        steps = await self._disk(self._journal.claim_workflow, workflow) or ()
        if certain and any(step.is_open and step.state is not State.PLANNED for step in steps):
            return ()
        open_ones = [step for step in steps if step.state in (State.PLANNED, State.ASK)]
        return tuple([await self._closed(step, why) for step in open_ones])

    async def skip(self, intent: Intent) -> Steps:
        """Give up one step that was not done, and those that need what it makes; the others can go on.

        Nothing is given up where it was done meanwhile, or another session is at it.
        """
        if intent.workflow in self._at_it:
            return ()
        steps = await self._disk(self._journal.claim_workflow, intent.workflow) or ()
        gone: set[int] = set()
        given_up = []
        for step in steps:
            wanted = step.seq == intent.seq or gone & set(step.uses.values())
            if wanted and step.state in (State.PLANNED, State.ASK):
                gone.add(step.seq)
                given_up.append(await self._closed(step, "Pulado pelo analista."))
        return tuple(given_up)

    # ── one step ──

    async def _take(self, step: Intent, tell: Tell) -> Outcome:
        try:
            remote = self._remote(step)
        except UnknownStep as error:
            return Refused(step, error.trouble)
        if step.state is State.ASK:
            return Unknown(step)
        if step.state is State.PLANNED and step.deadline is None:
            outcome = await self._send(remote, step, tell)
        else:
            outcome = await self._engine.settle(remote, step, tell)
        for _ in range(TRIES - 1):
            if not (isinstance(outcome, Refused) and outcome.looked):
                break
            outcome = await self._send(remote, outcome.intent, tell)
        return outcome

    async def _send(self, remote: WorkRemote, step: Intent, tell: Tell) -> Outcome:
        try:
            await remote.ready(step)
        except PlantaoError as error:
            return await self._put_off(step, error)
        try:
            return await self._engine.run(remote, step, tell, keep=True)
        except NumberUnknown as error:
            return await self._put_off(step, error)

    async def _closed(self, step: Intent, why: str) -> Intent:
        """The step closed as not done; what was known of it stays."""
        evidence = "\n".join(filter(None, (step.evidence, why)))
        return await self._disk(self._journal.fail, step, evidence)

    async def _let_go(self, workflow: str) -> None:
        """What waits for the analyst may be gone on with in whichever session that is."""
        with suppress(StoreError):  # the lease ends by itself
            await self._disk(self._journal.release, workflow)

    async def _put_off(self, step: Intent, error: PlantaoError) -> Refused:
        return Refused(await self._disk(self._journal.offer, step, error.message), error.trouble)

    def _remote(self, step: Intent) -> WorkRemote:
        if step.kind not in self._remotes:
            raise UnknownStep(f"nada aqui faz {step.kind}.")
        return self._remotes[step.kind]

    async def _elsewhere(self, workflow: str) -> Progress:
        steps = await self._disk(self._journal.workflow, workflow)
        return Progress(steps, Elsewhere(next((step for step in steps if step.is_open), steps[-1])))


def _was_refused(step: Intent) -> bool:
    """Whether it is certain that it was not done, and said why: then it waits for the analyst."""
    return step.state is State.PLANNED and bool(step.evidence) and step.deadline is None


def _waiting(step: Intent) -> Refused:
    told = step.evidence or "Foi interrompido antes deste passo."
    return Refused(step, Trouble("Interrompido", told, "Pendências continua de onde parou."))
