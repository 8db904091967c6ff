"""The host of the attachments: another origin, pre-signed addresses, and no patience for a second login."""

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from .signing import still_good
from .state import State

_ERROR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>\n'
)


def attachments_app(state: State, secret: str, clock: Callable[[], datetime]) -> Starlette:
    """Serve the files of ``state`` to whoever brings an address signed with ``secret``."""

    async def download(request: Request) -> Response:
        query = request.query_params
        if "authorization" in request.headers:
            message = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter is allowed"
            return _refuse(400, "InvalidArgument", message)
        number = int(request.path_params["id"])
        row = state.attachments.get(number)
        date, signature = query.get("X-Amz-Date", ""), query.get("X-Amz-Signature", "")
        if row is None or not still_good(secret, number, date, signature, clock()):
            return _refuse(403, "AccessDenied", "Request has expired")
        return FileResponse(state.blobs / row["blob"], media_type=row["content_type"])

    return Starlette(routes=[Route("/data/helpdesk/attachments/{id:int}/original/{name:path}", download)])


def _refuse(status: int, code: str, message: str) -> Response:
    return Response(_ERROR.format(code=code, message=message), status, media_type="application/xml")
