"""The way to a runbook's screen: the walk that is open for the service, or a new one."""

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

from clients.errors import PlantaoError
from clients.models.runbook import Runbook, fitting
from clients.models.service import Service
from clients.models.walk import Walk
from tui.drafts import walk_key
from widgets.phrases import counted
from widgets.picker import Pick

from .pick import PickScreen
from .runbook import RunbookScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


async def open_runbook(app: "PlantaoApp", service: Service) -> None:
    """Go on with the service's open walk, or begin one: for a worker that keys wait for."""
    desk = app.desk
    try:
        await desk.ready()
        walk = await desk.disk(desk.local.walks.open_for, service.client, service.service)
        if walk is None:
            walk = await _begun(app, service)
        if walk is None:
            return
        texts = await desk.disk(_written, app, walk)
    except PlantaoError as error:
        app.report(error.trouble)
        return
    await app.push_screen(RunbookScreen(desk, walk, texts))


async def _begun(app: "PlantaoApp", service: Service) -> Walk | None:
    from clients.runbooks import read_all

    desk = app.desk
    settings = desk.settings.runbooks
    found, refused = await asyncio.to_thread(read_all, settings.folder, settings.programs)
    for error in refused:
        app.report(error.trouble)
    runbook = await _chosen(app, fitting(found, service), service)
    if runbook is None:
        return None
    walk = Walk(
        id=uuid4().hex,
        runbook=runbook,
        client=service.client,
        service=service.service,
        server=desk.server_room.code_of(service.client),
        who=desk.author,
        begun_at=desk.clock(),
    )
    await desk.disk(desk.local.walks.begin, walk)
    await app.server_watch.reload()
    return walk


async def _chosen(app: "PlantaoApp", able: tuple[Runbook, ...], service: Service) -> Runbook | None:
    if len(able) > 1:
        picks = [Pick(each.id, each.title, counted(len(each.steps), "passo", "passos")) for each in able]
        value = await app.ask(PickScreen(f"Roteiro · {service.client}", picks))
        return next((each for each in able if each.id == value), None)
    if not able:
        app.refuse(f"Nenhum roteiro serve a {service.service}: plantao roteiros mostra quais há.")
    return able[0] if able else None


def _written(app: "PlantaoApp", walk: Walk) -> dict[str, str]:
    """What was written at its steps and not recorded yet."""
    drafts = {step.id: app.desk.local.drafts.load(walk_key(walk.id, step.id)) for step in walk.runbook.steps}
    return {step_id: draft.text for step_id, draft in drafts.items() if draft is not None}
