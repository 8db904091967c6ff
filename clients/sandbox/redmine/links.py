"""What hangs on an issue: who observes it, what it is related to, which files it has."""

import hashlib
import json
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..clock import stamp
from . import changes, wire
from .call import Redmine, Refused, asked_in
from .changes import project_of
from .filters import Invalid, visible, writable
from .rows import FileRow, RelationRow
from .values import number_in

MAX_FILE = 5 * 1024 * 1024
"""Bytes: Redmine's own default."""
_REVERSED = {
    "duplicated": "duplicates",
    "blocked": "blocks",
    "follows": "precedes",
    "copied_from": "copied_to",
}
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
        if other["id"] == row["id"]:
            raise Invalid("Tarefa relacionada não é válido")
        first, second = (other, row) if kind in _REVERSED else (row, other)
        pair = (first["id"], second["id"])
        if any(pair == (link["issue_id"], link["issue_to_id"]) for link in redmine.rows.relations()):
            raise Invalid("não está disponível")
        link: RelationRow = {
            "id": redmine.rows.next_relation(),
            "issue_id": pair[0],
            "issue_to_id": pair[1],
            "relation_type": _REVERSED.get(kind, kind),
        }
        redmine.rows.put_relation(link)
    return JSONResponse({"relation": wire.relation_json(link)}, status_code=201)


async def unrelate(redmine: Redmine, request: Request) -> Response:
    """Take a link away."""
    redmine.owner(request)
    number = int(request.path_params["number"])
    with redmine.store.transaction():
        if all(link["id"] != number for link in redmine.rows.relations()):
            raise Refused(404)
        redmine.rows.remove_relation(number)
    return Response(status_code=204)


async def upload(redmine: Redmine, request: Request) -> Response:
    """Take a file, for a token that a new or changed issue may name once."""
    user = redmine.owner(request)
    if request.headers.get("Content-Type") != "application/octet-stream":
        raise Refused(406)
    content = await request.body()
    if len(content) > MAX_FILE:
        raise Invalid("Este arquivo não pode ser enviado porque excede o tamanho máximo permitido (5 MB)")
    name = request.query_params.get("filename") or secrets.token_hex(16)
    with redmine.store.transaction():
        number = redmine.rows.next_file()
        file: FileRow = {
            "id": number,
            "token": f"{number}.{hashlib.sha256(content).hexdigest()}",
            "filename": name.replace("\\", "/").rpartition("/")[2],
            "filesize": len(content),
            "content_type": request.query_params.get("content_type"),
            "user_id": user["id"],
            "used": False,
            "created_on": stamp(redmine.clock()),
        }
        redmine.rows.put_file(file)
    return JSONResponse({"upload": {"id": number, "token": file["token"]}}, status_code=201)
