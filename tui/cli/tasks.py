"""``plantao tarefas`` and ``plantao tarefa``: what mode 2 lists and shows, read from Redmine once."""

from clients.errors import SettingsError
from clients.models.task_views import since_when
from widgets.task_listing import NEWS

from ..desk import Desk
from . import show_task, show_tasks
from .exit_codes import Code
from .headless import at_the_desk, refreshed, say_if_none
from .running import ready_settings, say
from .show import write


def list_tasks(view_id: str | None, as_json: bool, as_csv: bool) -> int:
    """Print one view of the tasks, one's own where none is named, below the counts of all."""
    wanted = ready_settings().tasks
    views = (NEWS, *wanted.all_views)
    by_name = {name: view for view in views for name in (view.id, view.label)}
    view = by_name.get(view_id or views[1].id)
    if view is None:
        known = ", ".join(one.label if one.id.startswith("salva:") else one.id for one in views)
        say(f"plantao: não existe a vista {view_id}; existem {known}.")
        return Code.USAGE

    async def work(desk: Desk) -> int:
        await desk.connect()
        room = desk.task_room
        before = await desk.disk(desk.local.task_shelf.tasks)
        feed = await refreshed(room.poller(before) if room is not None else None, "redmine", desk.clock)
        news, now = await desk.disk(desk.local.task_shelf.news), desk.clock()
        since = since_when(now, wanted.concluded_days)
        listing = show_tasks.Listing(feed, news, views, view, wanted.columns, since)
        if as_csv:
            write(show_tasks.tasks_csv(listing))
        elif as_json:
            write(show_tasks.tasks_json(listing))
        else:
            write(show_tasks.tasks(listing, now))
        if feed.trouble is not None:
            return Code.REMOTE
        nothing = view.nothing or "Nada mudou nas suas tarefas desde que você olhou."
        say_if_none(listing.rows, nothing, as_json or as_csv)
        return Code.OK

    return at_the_desk(work)


def show_one_task(task_id: int, as_json: bool, as_csv: bool) -> int:
    """Print one task in full. WRONG where there is no such task."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        if desk.task_room is None:
            raise SettingsError("[redmine] não está na configuração.")
        reading = await desk.task_room.read(task_id)
        kept = (await desk.disk(desk.local.task_shelf.tasks)).items
        entry = next((one for one in kept if one.id == task_id), None)
        news = next(
            (one for one in await desk.disk(desk.local.task_shelf.news) if one.task_id == task_id), None
        )
        if as_csv:
            write(show_task.task_csv(reading, entry, desk.clock()))
        elif as_json:
            write(show_task.task_json(reading, entry, news))
        else:
            write(show_task.task(reading, entry, news, desk.clock()))
        return Code.OK

    return at_the_desk(work)
