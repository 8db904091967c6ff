"""What hangs on an issue: who observes it, what it is related to."""

import json
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import changes, wire
from .call import Redmine, Refused, asked_in
from .changes import project_of
from .filters import Invalid, visible, writable
from .history import detail, entry
from .rows import IssueRow, RelationRow, Rows, UserRow
from .values import number_in

_REVERSED = {
    "duplicated": "duplicates",
    "blocked": "blocks",
    "follows": "precedes",
    "copied_from": "copied_to",
}
_OTHER_END = {kind: name for name, kind in _REVERSED.items()}
_KINDS = frozenset(("relates", *_REVERSED, *_REVERSED.values()))


async def add_watcher(redmine: Redmine, request: Request) -> Response:
    """204, whoever was named; a missing issue is 403 here."""
    user = redmine.owner(request)
    try:
        body: object = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refused(400) from None
    with redmine.store.transaction():
        row = redmine.rows.issue(int(request.path_params["number"]))
        if row is None or not writable(project_of(row), user):
            raise Refused(403)
        changes.watch(redmine.rows, row, body.get("user_id") if isinstance(body, dict) else None)
    return Response(status_code=204)


async def remove_watcher(redmine: Redmine, request: Request) -> Response:
    """204, whether or not the person was watching; 404 for nobody."""
    user = redmine.owner(request)
    if int(request.path_params["user"]) not in redmine.rows.users():
        raise Refused(404)
    with redmine.store.transaction():
        row = redmine.issue(request, user)
        row["watcher_ids"] = [one for one in row["watcher_ids"] if one != int(request.path_params["user"])]
        redmine.rows.put_issue(row)
    return Response(status_code=204)


async def relate(redmine: Redmine, request: Request) -> Response:
    """Link an issue to another; "blocked" is kept as the other one's "blocks"."""
    user = redmine.owner(request)
    asked = await asked_in(request, "relation")
    with redmine.store.transaction():
        row = redmine.issue(request, user)
        kind = str(asked.get("relation_type") or "relates")
        other = redmine.rows.issue(number_in(asked.get("issue_to_id")) or 0)
        if kind not in _KINDS:
            raise Invalid("Relation type não está incluso na lista")
        if other is None or other["project_id"] not in visible(user):
            raise Invalid("Tarefa relacionada não pode ficar vazio")
        made = link(redmine.rows, row, kind, other, user, redmine.clock())
    return JSONResponse({"relation": wire.relation_json(made)}, status_code=201)


def link(rows: Rows, row: IssueRow, kind: str, other: IssueRow, user: UserRow, now: datetime) -> RelationRow:
    """Relate ``row`` to another issue, and tell of it in both histories; ``updated_on`` does not move."""
    if other["id"] == row["id"]:
        raise Invalid("Tarefa relacionada não é válido")
    first, second = (other, row) if kind in _REVERSED else (row, other)
    pair = (first["id"], second["id"])
    if any(pair == (each["issue_id"], each["issue_to_id"]) for each in rows.relations()):
        raise Invalid("não está disponível")
    made: RelationRow = {
        "id": rows.next_relation(),
        "issue_id": pair[0],
        "issue_to_id": pair[1],
        "relation_type": _REVERSED.get(kind, kind),
    }
    rows.put_relation(made)
    _tell(rows, made, user, now, gone=False)
    return made


def _tell(rows: Rows, relation: RelationRow, user: UserRow, now: datetime, *, gone: bool) -> None:
    kind = relation["relation_type"]
    ends = (relation["issue_id"], relation["issue_to_id"])
    for number, name, other in zip(ends, (kind, _OTHER_END.get(kind, kind)), reversed(ends), strict=True):
        row = rows.issue(number)
        if row is not None:
            old, new = (other, None) if gone else (None, other)
            told = entry(rows, row, user, now, [detail("relation", name, old, new)])
            rows.put_issue({**row, "journals": [*row["journals"], told]})


async def unrelate(redmine: Redmine, request: Request) -> Response:
    """Take a link away."""
    user = redmine.owner(request)
    number = int(request.path_params["number"])
    with redmine.store.transaction():
        found = next((each for each in redmine.rows.relations() if each["id"] == number), None)
        if found is None:
            raise Refused(404)
        redmine.rows.remove_relation(number)
        _tell(redmine.rows, found, user, redmine.clock(), gone=True)
    return Response(status_code=204)
