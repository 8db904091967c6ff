"""``plantao horas``: what mode 5 lists, read from Redmine once. Nothing is logged by it."""

from ..desk import Desk
from ..timesheets import Timesheets
from . import show_hours
from .exit_codes import Code
from .headless import at_the_desk, known, say_if_none
from .show import write


def show_hours_of(week: bool, as_json: bool, as_csv: bool) -> int:
    """Print today's hours, or those of the week."""

    async def work(desk: Desk) -> int:
        await known(desk)
        sheet, now = await Timesheets(desk).read(), desk.clock()
        if as_csv:
            write(show_hours.hours_csv(sheet, week=week))
        elif as_json:
            write(show_hours.hours_json(sheet, now, week=week))
        else:
            write(show_hours.hours(sheet, now, week=week))
        entries, when = show_hours.listed(sheet, week=week), "na semana" if week else "hoje"
        say_if_none(entries, f"Nenhuma hora registrada {when}.", as_json or as_csv)
        return Code.OK

    return at_the_desk(work)
