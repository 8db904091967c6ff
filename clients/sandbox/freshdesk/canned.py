"""Canned responses, for administrators; their placeholders come unrendered."""

from starlette.responses import Response

from ..rows import CannedRow, FolderRow
from .answers import answer
from .call import Call
from .shapes import Wire, plain


def list_folders(call: Call) -> Response:
    """``GET /canned_response_folders``."""
    call.admins_only()
    call.query()
    return answer(
        [
            {
                "id": folder["id"],
                "name": folder["name"],
                "personal": folder["personal"],
                "responses_count": len(_inside(call, folder)),
                "created_at": folder["created_at"],
                "updated_at": folder["created_at"],
            }
            for folder in call.state.folders
        ]
    )


def view_folder(call: Call) -> Response:
    """``GET /canned_response_folders/{id}``: titles only."""
    call.admins_only()
    folder = call.named(call.state.folders)
    titles = [{"id": row["id"], "title": row["title"]} for row in _inside(call, folder)]
    return answer(
        {
            "id": folder["id"],
            "name": folder["name"],
            "canned_responses": titles,
            "created_at": folder["created_at"],
            "updated_at": folder["created_at"],
        }
    )


def list_responses(call: Call) -> Response:
    """``GET /canned_response_folders/{id}/responses``: whole."""
    call.admins_only()
    return answer([_response(row) for row in _inside(call, call.named(call.state.folders))])


def view_response(call: Call) -> Response:
    """``GET /canned_responses/{id}``."""
    call.admins_only()
    return answer(_response(call.named(call.state.canned)))


def _inside(call: Call, folder: FolderRow) -> list[CannedRow]:
    return [row for row in call.state.canned if row["folder_id"] == folder["id"]]


def _response(row: CannedRow) -> Wire:
    return {
        "id": row["id"],
        "title": row["title"],
        "folder_id": row["folder_id"],
        "content": plain(row["content_html"]),
        "content_html": row["content_html"],
        "attachments": [],
        "group_ids": [],
        "visibility": 0,
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
    }
