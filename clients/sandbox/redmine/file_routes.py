"""Files: taking them in, giving them out."""

import hashlib
import secrets
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ..clock import stamp
from .call import Redmine, Refused, root_of
from .filters import Invalid, visible
from .rows import FileRow, Rows, UserRow

MAX_FILE = 5 * 1024 * 1024
"""Bytes: Redmine's own default."""
_NOT_FOUND = "<!DOCTYPE html>\n<html><head><title>404</title></head><body>Page not found</body></html>"


async def upload(redmine: Redmine, request: Request) -> Response:
    """Take a file, for a token that a new or changed issue may name once."""
    user = redmine.owner(request)
    if request.headers.get("Content-Type") != "application/octet-stream":
        raise Refused(406)
    content = await request.body()
    if len(content) > MAX_FILE:
        raise Invalid("Este arquivo não pode ser enviado porque excede o tamanho máximo permitido (5 MB)")
    name = request.query_params.get("filename") or secrets.token_hex(16)
    kind = request.query_params.get("content_type")
    with redmine.store.transaction():
        file = keep_file(redmine.rows, name, kind, content, user, redmine.clock())
    return JSONResponse({"upload": {"id": file["id"], "token": file["token"]}}, status_code=201)


def keep_file(
    rows: Rows, name: str, kind: str | None, content: bytes, user: UserRow, now: datetime
) -> FileRow:
    """Keep a file, which is on no issue yet."""
    number = rows.next_file()
    file: FileRow = {
        "id": number,
        "token": f"{number}.{hashlib.sha256(content).hexdigest()}",
        "filename": name.replace("\\", "/").rpartition("/")[2],
        "filesize": len(content),
        "content_type": kind,
        "user_id": user["id"],
        "used": False,
        "created_on": stamp(now),
    }
    rows.keep_bytes(number, content)
    rows.put_file(file)
    return file


async def download(redmine: Redmine, request: Request) -> Response:
    """The bytes of a file; whoever brings no key is sent to the login."""
    user = redmine.rows.user_of(request.headers.get("X-Redmine-API-Key", ""))
    if user is None:
        back = quote(str(request.url), safe="")
        return RedirectResponse(f"{root_of(request)}/login?back_url={back}", 302)
    number = int(request.path_params["number"])
    file, content = redmine.rows.files().get(number), redmine.rows.bytes_of(number)
    if file is None or content is None:
        return HTMLResponse(_NOT_FOUND, 404)
    holder = next((row for row in redmine.rows.issues() if number in row["file_ids"]), None)
    if holder is not None and holder["project_id"] not in visible(user):
        raise Refused(403)
    name = quote(file["filename"])
    return Response(
        content,
        media_type=file["content_type"] or "application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"},
    )
