"""Somebody acts on a task of the team's, by the same rules as over the wire."""

from datetime import datetime

from . import changes, spent
from .facts import ActFact
from .file_routes import keep_file
from .files import made
from .links import link
from .rows import Rows, UserRow
from .words import ACTIVITIES, MODULE, PRIORITIES, STATUSES, StatusWord, Word

FIRST_PERSON = 5
"""Redmine's id of who is first in the list of people."""


def act(rows: Rows, number: int, fact: ActFact, now: datetime) -> None:
    """Do on issue ``number`` what ``fact`` says, as of ``now``; what is not there is left alone."""
    row, user = rows.issue(number), rows.users()[FIRST_PERSON + fact.who]
    if row is None:
        return
    if asked := _asked(rows, fact, user, now):
        changes.update(rows, row, asked, user, now)
    for relation in fact.relations:
        here, other = rows.issue(number), rows.issue(rows.stories().get(relation.to, 0))
        if here is not None and other is not None:
            link(rows, here, relation.kind, other, user, now)
    if fact.hours is not None:
        activity = named(ACTIVITIES, fact.activity)
        entry = {"issue_id": number, "hours": fact.hours, "activity_id": activity, "comments": fact.comment}
        spent.log_time(rows, entry, user, now)


def _asked(rows: Rows, fact: ActFact, user: UserRow, now: datetime) -> dict[str, object]:
    asked: dict[str, object] = {}
    if fact.note:
        asked |= {"notes": fact.note, "private_notes": fact.private}
    if fact.status:
        asked["status_id"] = named(STATUSES, fact.status)
    if fact.priority:
        asked["priority_id"] = named(PRIORITIES, fact.priority)
    if fact.assigned is not None:
        asked["assigned_to_id"] = FIRST_PERSON + fact.assigned
    if fact.done is not None:
        asked["done_ratio"] = fact.done
    if fact.modules:
        asked["custom_fields"] = [{"id": MODULE, "value": fact.modules}]
    if fact.files:
        tokens = [keep_file(rows, name, *made(name), user, now)["token"] for name in fact.files]
        asked["uploads"] = [{"token": token} for token in tokens]
    return asked


def named(words: tuple[Word, ...] | tuple[StatusWord, ...], name: str) -> int:
    """The id of a word. LookupError: there is none."""
    found = next((word.id for word in words if word.name == name), None)
    if found is None:
        raise LookupError(name)
    return found
