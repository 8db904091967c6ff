"""``plantao horas``: what mode 5 lists and draws, read once. Nothing is logged by it."""

from collections.abc import Sequence

from clients.errors import RemoteError, SettingsError
from clients.models.feed import Feed, Trouble
from clients.models.ticket import Ticket
from clients.models.timesheet import Timesheet
from widgets.phrases import date_time

from ..desk import Desk
from ..timesheets import NO_FRESHDESK, NO_REDMINE, Timesheets
from . import show_hours
from .exit_codes import Code
from .headless import at_the_desk, known, one_refresh, say_if_none
from .running import code_of, say, say_trouble
from .show import write


def show_hours_of(week: bool, as_json: bool, as_csv: bool) -> int:
    """Print the hours of today or of the week; where Redmine does not tell them, those that it told last."""

    async def work(desk: Desk) -> int:
        await known(desk)
        sheet, code = await _sheet(desk)
        now = desk.clock()
        if as_csv:
            write(show_hours.hours_csv(sheet, week=week))
        elif as_json:
            write(show_hours.hours_json(sheet, now, week=week))
        else:
            write(show_hours.hours(sheet, now, week=week))
        entries, when = show_hours.listed(sheet, week=week), "na semana" if week else "hoje"
        if code is Code.OK:
            say_if_none(entries, f"Nenhuma hora registrada {when}.", as_json or as_csv)
        return code

    return at_the_desk(work)


def show_charts(as_json: bool, as_csv: bool) -> int:
    """Print the charts; those whose system does not answer are of what it told last, or say why not."""
    # here, not above: what draws is not needed by whoever wants the hours
    from . import show_charts as shown

    async def work(desk: Desk) -> int:
        await known(desk)
        sheets = Timesheets(desk)
        queue = await _queue(desk)  # first: it tells whose tickets the hours went into
        hours = await sheets.hours()
        figures, now = await sheets.figures(hours, queue), desk.clock()
        if as_csv:
            write(shown.charts_csv(figures))
        elif as_json:
            write(shown.charts_json(figures, now))
        else:
            write(shown.charts(figures))
        return _told([each for each in (hours.trouble, queue.trouble) if each is not None])

    return at_the_desk(work)


async def _sheet(desk: Desk) -> tuple[Timesheet, Code]:
    sheets = Timesheets(desk)
    try:
        return await sheets.read(), Code.OK
    except (RemoteError, SettingsError) as error:
        sheet = await sheets.remembered()
        say_trouble(error)
        if sheet.read_at is not None:
            say(f"Horas de {date_time(sheet.read_at, desk.clock())}.")
        return sheet, code_of(error)


async def _queue(desk: Desk) -> Feed[Ticket]:
    remembered = await desk.sources.remembered_queue()
    poller = desk.sources.queue_poller(remembered)
    return Feed(trouble=NO_FRESHDESK) if poller is None else await one_refresh(poller)


def _told(troubles: Sequence[Trouble]) -> int:
    """Say what went wrong; the code of the worst of it."""
    missing = (NO_REDMINE, NO_FRESHDESK)
    for trouble in troubles:
        say("\n".join(filter(None, (trouble.title, trouble.message, trouble.way_out))))
    if any(trouble not in missing for trouble in troubles):
        return Code.REMOTE
    return Code.SETTINGS if troubles else Code.OK
