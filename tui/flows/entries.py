"""Time logged already, as steps: one of one's own entries changed or taken back, over nobody's change."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from clients.errors import NotFound, PlantaoError
from clients.models.base import Model, Moment
from clients.models.duration import clock, wire_hours
from clients.models.mark import marks_of
from clients.models.spent_time import SpentTime, TimeChanges
from clients.models.worked import minutes_of, task_of, told_of

from ..intent import Intent, Step
from .engine import Did, Found, Missing, Unclear
from .tasks import did

if TYPE_CHECKING:
    from clients.redmine import Redmine

CHANGE, REMOVE = "redmine.time-change", "redmine.time-remove"


class EntryChanged(PlantaoError):
    """The entry is no more what the analyst saw."""

    title = "O lançamento mudou"
    way_out = "Olhe como ele está agora e refaça a mudança."


class EntryEdit(Model):
    """A change of an entry; what is None stays."""

    entry_id: int
    seen: Moment
    """Its ``updated_on`` when the analyst looked."""
    minutes: int | None = None
    activity_id: int | None = None
    spent_on: date | None = None
    comments: str | None = None
    """With the marks that it carried."""
    told: str
    """What changes, in words."""

    @property
    def changes(self) -> TimeChanges:
        """The same as the server is sent it."""
        hours = None if self.minutes is None else Decimal(wire_hours(self.minutes))
        return TimeChanges(
            hours=hours, activity_id=self.activity_id, spent_on=self.spent_on, comments=self.comments
        )


class EntryRemoval(Model):
    """An entry to be taken back."""

    entry_id: int
    seen: Moment
    told: str
    """What it says, in words."""


def entry_target(entry_id: int) -> str:
    """What a step on an entry is done to, in the journal's words."""
    return f"time:{entry_id}"


def entry_words(entry: SpentTime) -> str:
    """An entry on one line: "0h25 na tarefa 812, 04/03 (Suporte)"."""
    task = f"tarefa {task_of(entry)}" if entry.issue else entry.project.name
    return f"{clock(minutes_of(entry))} na {task}, {entry.spent_on:%d/%m} ({entry.activity.name})"


def change_step(
    entry: SpentTime,
    *,
    minutes: int | None = None,
    activity_id: int | None = None,
    activity: str = "",
    spent_on: date | None = None,
    comments: str | None = None,
) -> Step | None:
    """Plan to change an entry; None where it is so already. ``comments`` come without marks."""
    told = []
    if minutes in (None, minutes_of(entry)):
        minutes = None
    else:
        told.append(f"{clock(minutes_of(entry))} → {clock(minutes)}")
    if activity_id in (None, entry.activity.id):
        activity_id = None
    else:
        told.append(f"{entry.activity.name} → {activity}")
    if spent_on in (None, entry.spent_on):
        spent_on = None
    else:
        year = "/%Y" if spent_on.year != entry.spent_on.year else ""  # "31/12" is the last one
        told.append(f"{entry.spent_on:%d/%m} → {spent_on.strftime(f'%d/%m{year}')}")
    if comments is None or comments.strip() == told_of(entry):
        comments = None
    else:
        told.append(f"«{comments.strip()}»")
        comments = f"{comments.strip()} {marks_of(entry.comments)}".strip()
    if not told:
        return None
    edit = EntryEdit(
        entry_id=entry.id,
        seen=entry.updated_on,
        minutes=minutes,
        activity_id=activity_id,
        spent_on=spent_on,
        comments=comments,
        told=f"{entry_words(entry)}: {', '.join(told)}",
    )
    return Step(CHANGE, entry_target(entry.id), edit.model_dump(mode="json"))


def removal_step(entry: SpentTime) -> Step:
    """Plan to take an entry back."""
    removal = EntryRemoval(entry_id=entry.id, seen=entry.updated_on, told=entry_words(entry))
    return Step(REMOVE, entry_target(entry.id), removal.model_dump(mode="json"))


class ChangingEntry:
    """The remote step ``redmine.time-change``: told by the entry itself."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine

    async def ready(self, intent: Intent) -> None:
        """Raise EntryChanged where it changed meanwhile; NotFound where it is gone."""
        edit = EntryEdit.model_validate(intent.payload)
        _as_seen(await self._redmine.spent_time(edit.entry_id), edit.seen)

    async def do(self, intent: Intent) -> Did:
        """Change it; nothing is sent where it is so already."""
        edit = EntryEdit.model_validate(intent.payload)
        return did(await self._redmine.change_time(edit.entry_id, edit.changes))

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the entry."""
        edit = EntryEdit.model_validate(intent.payload)
        try:
            entry = await self._redmine.spent_time(edit.entry_id)
        except NotFound:
            return Unclear("O lançamento não existe mais no Redmine.")
        if _is_so(entry, edit):
            return Found(entry.id, "Conferido no Redmine: está como foi pedido.")
        if entry.updated_on == edit.seen:
            return Missing("O Redmine foi conferido e o lançamento está como antes.")
        return Unclear("O lançamento mudou desde então e não está como foi pedido.")

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


class RemovingEntry:
    """The remote step ``redmine.time-remove``: what is gone is gone."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine

    async def ready(self, intent: Intent) -> None:
        """Raise EntryChanged where it is no more what was to be taken back; NotFound where it is gone."""
        removal = EntryRemoval.model_validate(intent.payload)
        _as_seen(await self._redmine.spent_time(removal.entry_id), removal.seen)

    async def do(self, intent: Intent) -> Did:
        """Take it back."""
        removal = EntryRemoval.model_validate(intent.payload)
        return did(await self._redmine.remove_time(removal.entry_id))

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by whether it is there."""
        removal = EntryRemoval.model_validate(intent.payload)
        try:
            await self._redmine.spent_time(removal.entry_id)
        except NotFound:
            return Found(removal.entry_id, "O Redmine foi conferido e o lançamento não está mais lá.")
        return Missing("O Redmine foi conferido e o lançamento ainda está lá.")

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


def _as_seen(entry: SpentTime, seen: Moment) -> None:
    if entry.updated_on != seen:
        raise EntryChanged(f"o lançamento {entry.id} agora diz: {entry_words(entry)}.")


def _is_so(entry: SpentTime, edit: EntryEdit) -> bool:
    return (
        edit.minutes in (None, minutes_of(entry))
        and edit.activity_id in (None, entry.activity.id)
        and edit.spent_on in (None, entry.spent_on)
        and (edit.comments is None or " ".join(edit.comments.split()) == " ".join(entry.comments.split()))
    )
