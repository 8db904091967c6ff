"""Steps on a Redmine of the contract suite, carried out as the desk does it, over a line that can be cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from clients.redmine import Redmine
from clients.store import Store
from tests.support.clock import Clock
from tests.support.cutting_proxy import Line, When, proxied
from tests.support.redmine_lab import MANY_FIELD, Lab
from tui.disk import Disk
from tui.flows.remotes import redmine_remotes
from tui.flows.workflows import Progress, Workflows
from tui.intent import Step
from tui.journal import Journal
from tui.session import Session
from tui.timers import Timers


@dataclass(frozen=True)
class FlowDesk:
    """The analyst's client, and what runs steps over it."""

    lab: Lab
    line: Line
    redmine: Redmine
    flows: Workflows
    timers: Timers
    disk: Disk

    async def does(self, *steps: Step | None) -> Progress:
        """Carry the steps out as one operation, as far as that goes."""
        planned = await self.flows.plan([step for step in steps if step is not None])
        return await self.flows.carry_on(planned[0].workflow)

    def cut_at(self, write: str, when: When) -> None:
        """Lose the connection at the first write that begins so: ``PUT /issues``."""
        self.line.watch(lambda _, each: each.startswith(write), when, lambda: None, cuts=True)


@contextmanager
def flow_desk(lab: Lab, store: Store, clock: Clock) -> Iterator[FlowDesk]:
    """A desk of the lab's analyst."""
    line, disk, timers = Line(), Disk(), Timers(store, clock)
    with proxied(lab.url, line) as url:
        redmine = Redmine(url, SecretStr(lab.key), ticket_field=MANY_FIELD)
        journal = Journal(store, Session.here(), clock)
        remotes = redmine_remotes(redmine, timers.settle)
        flows = Workflows(journal, disk, clock, remotes, sleep=clock.sleep)
        yield FlowDesk(lab, line, redmine, flows, timers, disk)
        redmine.close()
        disk.close()
