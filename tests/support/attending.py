"""A ticket being attended at the desk: what is typed, what is confirmed, and what every system has then."""

from dataclasses import dataclass

from clients.models.conversation import Conversation, Voice
from clients.models.task import Task
from clients.models.ticket import Ticket
from tests.support.desk import Sitting
from tui.screens.attend import AttendScreen
from tui.screens.last_look import WorkScreen
from tui.screens.mesa import MesaScreen
from tui.screens.pending import PendingScreen
from widgets.attend_form import AttendForm
from widgets.countdown import Countdown


@dataclass(frozen=True)
class Everywhere:
    """One ticket as all systems have it."""

    ticket: Ticket
    said: tuple[Conversation, ...]
    tasks: tuple[Task, ...]

    @property
    def public(self) -> list[str]:
        """What we told the client."""
        return [one.text for one in self.said if one.voice is Voice.REPLY]


async def everywhere(seat: Sitting, ticket_id: int) -> Everywhere:
    """Read Freshdesk and Redmine anew."""
    desk = seat.app.desk
    assert desk.freshdesk is not None
    assert desk.redmine is not None
    return Everywhere(
        await desk.freshdesk.ticket(ticket_id),
        await desk.freshdesk.conversations(ticket_id),
        await desk.redmine.find_by_ticket(ticket_id),
    )


async def attends(seat: Sitting, ticket_id: int) -> AttendForm:
    """Open the form on a ticket, and wait until its lists are there."""
    assert seat.mesa.queue.select(ticket_id)
    await seat.press("a")
    await seat.arrives_at(AttendScreen)
    form = seat.app.screen.query_one(AttendForm)
    await seat.until(lambda: form.choices.get("type"), "offered the types")
    return form


async def fills_in(seat: Sitting, form: AttendForm, **values: str) -> None:
    """Write into fields, in their order."""
    for name, value in values.items():
        form.take(name, value)
        await seat.pilot.pause()
        if (name == "project" and value) or form.form.task.isdigit():
            await seat.until(lambda: form.choices.get("activity"), "read what the project offers")


def pick(form: AttendForm, field: str, label: str) -> str:
    """The value that a list has under a label."""
    found = [one.value for one in form.choices[field] if one.label == label]
    assert found, f"{label!r} is not among {[one.label for one in form.choices[field]]}"
    return found[0]


async def confirms(seat: Sitting, *, asked: bool = False) -> None:
    """Look at all steps (``asked``: that was done), say yes, and let the countdown run out."""
    if not asked:
        await seat.press("f9")
    await seat.arrives_at(WorkScreen)
    await seat.press("enter")
    while isinstance(seat.app.screen, WorkScreen) and seat.app.screen.query_one(Countdown).left:
        seat.app.screen.query_one(Countdown).tick()
        await seat.pilot.pause()


async def is_through(seat: Sitting) -> None:
    """Wait until all steps are done, and go back to the Mesa."""
    await seat.arrives_at(PendingScreen)
    screen = seat.app.screen
    assert isinstance(screen, PendingScreen)
    await seat.until(lambda: screen.is_over, "carried it out")
    await seat.until(lambda: not seat.app.carrier.on_the_way, "ended the work")
    await seat.press("escape")
    await seat.arrives_at(MesaScreen)
