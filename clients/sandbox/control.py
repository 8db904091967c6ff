"""``/_sandbox``: turning the knobs, reading the journal, making people speak. It has its own token."""

import hmac
import json
from collections.abc import Callable
from dataclasses import asdict

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from .clock import stamp
from .freshdesk.answers import wire_json
from .knobs import Knobs
from .wire import RequestLog

Say = Callable[[int, str], int]
"""Makes the requester of a ticket answer with HTML; returns the message's id. LookupError: no such ticket."""

Chat = Callable[[str, str, str, str | None], str]
"""Makes a colleague, by first name, say something in a channel, or in a thread of it; returns the ts.

LookupError: no such channel or person.
"""


class SayBody(BaseModel):
    """What the client says, as text (its lines kept) or as HTML."""

    model_config = ConfigDict(extra="forbid")
    ticket_id: int
    text: str = ""
    html: str = ""


class ChatBody(BaseModel):
    """What a colleague says on Slack, as it is on the wire."""

    model_config = ConfigDict(extra="forbid")
    channel: str
    who: str
    text: str
    thread_ts: str | None = None


def control_routes(
    knobs: Knobs, journal: RequestLog, token: str, *, say: Say, to_html: Callable[[str], str], chat: Chat
) -> Mount:
    """The routes; each asks for ``Authorization: Bearer <token>``."""

    def refused(request: Request) -> Response | None:
        given = request.headers.get("authorization", "")
        good = hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
        return None if good else JSONResponse({"error": "token"}, 401)

    async def turn(request: Request) -> Response:
        if denial := refused(request):
            return denial
        if request.method == "PUT":
            try:
                knobs.turn(json.loads(await request.body()))
            except (ValidationError, ValueError, TypeError, AttributeError) as error:
                return JSONResponse({"error": str(error)}, 400)
        return Response(knobs.model_dump_json(), media_type="application/json")

    async def read_journal(request: Request) -> Response:
        if denial := refused(request):
            return denial
        if request.method == "DELETE":
            journal.writes.clear()
            journal.reads.clear()
            return Response(status_code=204)
        writes = [{**asdict(write), "at": stamp(write.at)} for write in journal.writes]
        return Response(wire_json({"writes": writes, "reads": journal.reads}), media_type="application/json")

    async def speak(request: Request) -> Response:
        if denial := refused(request):
            return denial
        try:
            body = SayBody.model_validate_json(await request.body())
            number = say(body.ticket_id, body.html or to_html(body.text))
        except ValidationError as error:
            return JSONResponse({"error": str(error)}, 400)
        except LookupError:
            return JSONResponse({"error": "ticket"}, 404)
        return JSONResponse({"conversation_id": number}, 201)

    async def speak_in_slack(request: Request) -> Response:
        if denial := refused(request):
            return denial
        try:
            body = ChatBody.model_validate_json(await request.body())
            ts = chat(body.channel, body.who, body.text, body.thread_ts)
        except ValidationError as error:
            return JSONResponse({"error": str(error)}, 400)
        except LookupError as error:
            return JSONResponse({"error": str(error)}, 404)
        return JSONResponse({"ts": ts}, 201)

    return Mount(
        "/_sandbox",
        routes=[
            Route("/knobs", turn, methods=["GET", "PUT"]),
            Route("/journal", read_journal, methods=["GET", "DELETE"]),
            Route("/say", speak, methods=["POST"]),
            Route("/slack", speak_in_slack, methods=["POST"]),
        ],
    )
