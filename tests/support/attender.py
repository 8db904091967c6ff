"""A process that attends a ticket, or settles what another left: ``python -m tests.support.attender``.

It reads an `Errand` as JSON from its standard input, and prints a `Report` for each workflow, a line each.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel

from clients.models.answer import Answer, Kind
from tui.cli.attend import fill_in
from tui.cli.attend_asked import Asked
from tui.cli.demo import demo_settings
from tui.desk import Desk
from tui.flows.answer import message_step
from tui.flows.slack_posting import Posting, post_step
from tui.flows.workflows import Progress
from tui.intent import Step
from tui.settings import AttendSettings, Settings

AT_ONCE = timedelta()
"""No server that the tests use goes on with a request whose caller left."""
TEXT = "Olá! Refizemos o cadastro da tabela e ela já aparece para o vendedor."
NOTE = "Cadastro conferido com o cliente por telefone."
EVERYTHING = Asked(
    type="Bug",
    project="erp",
    subject="Tabela de preço: não aparece no pedido",
    time="25min",
    activity="Suporte",
    comments="Conferido o cadastro",
    reply=TEXT,
    status="Aguardando Cliente",
)


class Errand(BaseModel):
    """What one process does."""

    ready: dict[str, object]
    """What the sandbox says when it is ready, perhaps with other addresses and keys."""
    folder: Path
    ticket: int = 0
    """0: settle, as the application does when it starts."""
    asked: Asked = EVERYTHING


class Report(BaseModel):
    """What became of one workflow."""

    last: str
    """The outcome: Sent, Refused, Unknown or Elsewhere."""
    told: str = ""
    """What a refusal says."""
    states: tuple[str, ...]
    evidence: tuple[str, ...]


def settings_of(ready: Mapping[str, object], folder: Path) -> Settings:
    """The demo's settings, with time on tickets as well as on tasks."""
    attend = AttendSettings.model_validate({"tempo_no_freshdesk": True})
    return demo_settings(ready, folder).model_copy(update={"attend": attend})


@asynccontextmanager
async def desk_on(settings: Settings) -> AsyncIterator[Desk]:
    """An open desk that knows its account, and looks at once for what was lost."""
    desk = Desk(settings, quarantine=AT_ONCE)
    try:
        await desk.open()
        await desk.connect()
        await desk.learn_account()
        yield desk
    finally:
        await desk.close()


async def attend(desk: Desk, ticket: int, asked: Asked = EVERYTHING) -> Progress:
    """Attend a ticket as ``plantao atender`` does; with `EVERYTHING` also by a note and a question."""
    planned = await desk.workflows.plan(await steps_of(desk, ticket, asked))
    return await desk.workflows.carry_on(planned[0].workflow)


async def steps_of(desk: Desk, ticket: int, asked: Asked = EVERYTHING) -> tuple[Step, ...]:
    """The steps of `attend`."""
    found = await fill_in(desk, ticket, asked)
    if asked != EVERYTHING:
        return found.steps
    assert desk.freshdesk is not None
    assert desk.account.me is not None
    assert desk.slack is not None
    assert desk.settings.slack is not None
    said = await desk.freshdesk.conversations(ticket)
    note = Answer(ticket_id=ticket, kind=Kind.NOTE, text=NOTE)
    last = max((one.id for one in said), default=0)
    room = await desk.slack.channel_named(desk.settings.slack.manager_channel)
    question = Posting(channel=room.id, place=room.name, text=f"#{ticket}: quem pega?", ticket=ticket)
    return (*found.steps, message_step(note, last, desk.account.me.id), post_step(question))


async def settle(desk: Desk) -> list[Progress]:
    """Settle all that is open, as the application does when it starts."""
    return [await desk.workflows.settle(steps[0].workflow) for steps in await desk.workflows.pending()]


def report(progress: Progress) -> Report:
    """What a process prints of it."""
    trouble = getattr(progress.last, "trouble", None)
    told = trouble.message if trouble is not None else ""
    states = tuple(step.state.value for step in progress.steps)
    evidence = tuple(step.evidence for step in progress.steps)
    return Report(last=type(progress.last).__name__, told=told, states=states, evidence=evidence)


async def run(errand: Errand) -> list[Report]:
    """Do an errand."""
    async with desk_on(settings_of(errand.ready, errand.folder)) as desk:
        if errand.ticket:
            return [report(await attend(desk, errand.ticket, errand.asked))]
        return [report(each) for each in await settle(desk)]


if __name__ == "__main__":
    for each in asyncio.run(run(Errand.model_validate_json(sys.stdin.read()))):
        print(each.model_dump_json(), flush=True)
