"""Time logged on tickets: the traps are the timers, which start unless one says otherwise."""

import re

from starlette.responses import Response

from ..clock import read_stamp, stamp
from ..rows import TimeEntryRow
from .answers import Fault, answer, bad_value, invalid
from .call import Call
from .changes import Shape
from .shapes import Wire
from .tickets import read_moment

FIRST_TIME_ENTRY = 60000001
_SPENT = re.compile(r"(\d{1,4}):([0-5]\d)")


class TimeBody(Shape):
    """Keys of a time entry."""

    agent_id: int | None = None
    billable: bool | None = None
    executed_at: str | None = None
    note: str | None = None
    start_time: str | None = None
    time_spent: str | None = None
    timer_running: bool | None = None


def list_of_ticket(call: Call) -> Response:
    """``GET /tickets/{id}/time_entries``."""
    query = call.query("page", "per_page")
    rows = call.state.time_entries.of_ticket(call.ticket()["id"])
    return call.page(rows, query, lambda row: _wire(call, row))


def list_all(call: Call) -> Response:
    """``GET /time_entries`` with its filters."""
    query = call.query(
        *("company_id", "agent_id", "executed_after", "executed_before", "billable", "page", "per_page")
    )
    after, before = query.get("executed_after"), query.get("executed_before")
    since = stamp(read_moment("executed_after", after)) if after else ""
    until = stamp(read_moment("executed_before", before)) if before else "9"
    if query.get("billable", "true") not in ("true", "false"):
        raise bad_value("billable", "It should be a/an Boolean.")
    rows = [
        row
        for row in call.state.time_entries
        if query.get("company_id") in (None, str(row["company_id"]))
        and query.get("agent_id") in (None, str(row["agent_id"]))
        and query.get("billable") in (None, "true" if row["billable"] else "false")
        and since <= row["executed_at"] <= until
    ]
    return call.page(rows, query, lambda row: _wire(call, row))


def create(call: Call) -> Response:
    """``POST /tickets/{id}/time_entries`` → 201. Without time and ``timer_running`` a timer starts."""
    call.query()
    ticket = call.ticket(write=True)
    body = call.read(TimeBody)
    running = body.timer_running
    if running is None:
        running = body.time_spent is None or body.start_time is not None
    if body.start_time is not None:
        if body.timer_running:
            raise bad_value("start_time", "It should not be given with timer_running true")
        _not_in_future(call, body.start_time)
    row: TimeEntryRow = {
        "id": call.state.time_entries.next_id(FIRST_TIME_ENTRY),
        "ticket_id": ticket["id"],
        "agent_id": _agent(call, body.agent_id),
        "company_id": ticket["company_id"],
        "billable": True if body.billable is None else body.billable,
        "note": body.note,
        "timer_running": running,
        "seconds": _seconds(body.time_spent),
        "executed_at": _moment(body.executed_at, "executed_at") or f"{call.stamp[:10]}T00:00:00Z",
        "start_time": _moment(body.start_time, "start_time") or call.stamp,
        "created_at": call.stamp,
        "updated_at": call.stamp,
    }
    _save(call, row)
    return answer(_wire(call, row), 201)


def update(call: Call) -> Response:
    """``PUT /time_entries/{id}``."""
    call.query()
    row = call.named(call.state.time_entries)
    body = call.read(TimeBody)
    if body.timer_running is not None and body.timer_running == row["timer_running"]:
        raise bad_value("timer_running", "It should not be the same as the current value")
    if row["timer_running"] and body.timer_running is not False:
        for name in body.model_fields_set & {"start_time", "agent_id"}:
            message = "It cannot be changed while the timer is running"
            raise invalid(Fault(name, message, "inaccessible_field"))
    if body.start_time is not None:
        if body.timer_running:
            raise bad_value("start_time", "It should not be given with timer_running true")
        _not_in_future(call, body.start_time)
    stopped = _stopped(call, row) if body.timer_running is False else row
    changed: TimeEntryRow = {
        **stopped,
        "agent_id": _agent(call, body.agent_id) if body.agent_id is not None else row["agent_id"],
        "billable": row["billable"] if body.billable is None else body.billable,
        "note": body.note if "note" in body.model_fields_set else row["note"],
        "seconds": stopped["seconds"] if body.time_spent is None else _seconds(body.time_spent),
        "executed_at": _moment(body.executed_at, "executed_at") or row["executed_at"],
        "start_time": _moment(body.start_time, "start_time") or row["start_time"],
        "updated_at": call.stamp,
    }
    if body.timer_running:
        changed = {**changed, "timer_running": True, "start_time": call.stamp}
    _save(call, changed)
    return answer(_wire(call, changed))


def toggle(call: Call) -> Response:
    """``PUT /time_entries/{id}/toggle_timer``: takes no body."""
    row = call.named(call.state.time_entries)
    if call.body.values:
        raise invalid(Fault(None, "Request body should be blank", "no_content_required"))
    if row["timer_running"]:
        changed = _stopped(call, row)
    else:
        changed = {**row, "timer_running": True, "start_time": call.stamp, "updated_at": call.stamp}
    _save(call, changed)
    return answer(_wire(call, changed))


def delete(call: Call) -> Response:
    """``DELETE /time_entries/{id}``."""
    call.state.remove(call.state.time_entries, call.named(call.state.time_entries)["id"])
    return answer(None, 204)


def _save(call: Call, row: TimeEntryRow) -> None:
    """Save the entry; one whose timer runs stops the other timers of its agent."""
    others = [
        _stopped(call, other)
        for other in call.state.time_entries
        if row["timer_running"]
        and other["timer_running"]
        and other["agent_id"] == row["agent_id"]
        and other["id"] != row["id"]
    ]
    call.state.save((call.state.time_entries, [row, *others]))


def _stopped(call: Call, row: TimeEntryRow) -> TimeEntryRow:
    return {**row, "timer_running": False, "seconds": _spent(call, row), "updated_at": call.stamp}


def _spent(call: Call, row: TimeEntryRow) -> int:
    if not row["timer_running"]:
        return row["seconds"]
    return row["seconds"] + max(0, int((call.now - read_stamp(row["start_time"])).total_seconds()))


def _seconds(text: str | None) -> int:
    if text is None:
        return 0
    match = _SPENT.fullmatch(text)
    if match is None:
        raise bad_value("time_spent", "It should be in the 'hh:mm' format")
    return int(match[1]) * 3600 + int(match[2]) * 60


def _moment(text: str | None, field: str) -> str | None:
    return None if text is None else stamp(read_moment(field, text))


def _not_in_future(call: Call, text: str) -> None:
    if read_moment("start_time", text) > call.now:
        raise bad_value("start_time", "It should not be in the future")


def _agent(call: Call, agent_id: int | None) -> int:
    if agent_id is None:
        return call.agent["id"]
    if agent_id not in call.state.agents.rows:
        raise bad_value("agent_id", "There is no agent matching the given agent_id")
    return agent_id


def _wire(call: Call, row: TimeEntryRow) -> Wire:
    seconds = _spent(call, row)
    return {
        "billable": row["billable"],
        "note": row["note"],
        "id": row["id"],
        "timer_running": row["timer_running"],
        "agent_id": row["agent_id"],
        "ticket_id": row["ticket_id"],
        "company_id": row["company_id"],
        "time_spent": f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}",
        "time_spent_in_seconds": seconds,
        "executed_at": row["executed_at"],
        "start_time": row["start_time"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }
