"""The API as one ASGI application: who may come in, and which handler answers what."""

import base64
import binascii
from collections.abc import Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..rows import AgentRow
from . import canned, changes, conversations, people, search, tickets, time_entries
from .answers import Refused, answer, coded, not_allowed, not_in_plan
from .body import read_body
from .call import Call, Office
from .fields import ticket_fields

Handler = Callable[[Call], Response]
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def _surveys(call: Call) -> Response:
    raise not_in_plan("Surveys")


_TABLE: Mapping[str, Mapping[str, Handler]] = {
    "/tickets": {"GET": tickets.list_tickets, "POST": changes.create_ticket},
    "/tickets/archived/{id:int}": {"GET": tickets.view_archived},
    "/tickets/archived/{id:int}/conversations": {"GET": tickets.list_archived_conversations},
    "/tickets/{id:int}": {
        "GET": tickets.view_ticket,
        "PUT": changes.update_ticket,
        "DELETE": changes.delete_ticket,
    },
    "/tickets/{id:int}/conversations": {"GET": tickets.list_conversations},
    "/tickets/{id:int}/reply": {"POST": conversations.reply},
    "/tickets/{id:int}/notes": {"POST": conversations.note},
    "/tickets/{id:int}/restore": {"PUT": changes.restore_ticket},
    "/tickets/{id:int}/watch": {"POST": changes.watch},
    "/tickets/{id:int}/unwatch": {"PUT": changes.unwatch},
    "/tickets/{id:int}/watchers": {"GET": changes.list_watchers},
    "/tickets/{id:int}/time_entries": {"GET": time_entries.list_of_ticket, "POST": time_entries.create},
    "/tickets/{id:int}/satisfaction_ratings": {"GET": _surveys},
    "/surveys/satisfaction_ratings": {"GET": _surveys},
    "/conversations/{id:int}": {"PUT": conversations.edit_note, "DELETE": conversations.delete_conversation},
    "/search/tickets": {"GET": search.search},
    "/ticket_fields": {"GET": ticket_fields},
    "/canned_response_folders": {"GET": canned.list_folders},
    "/canned_response_folders/{id:int}": {"GET": canned.view_folder},
    "/canned_response_folders/{id:int}/responses": {"GET": canned.list_responses},
    "/canned_responses/{id:int}": {"GET": canned.view_response},
    "/time_entries": {"GET": time_entries.list_all},
    "/time_entries/{id:int}": {"PUT": time_entries.update, "DELETE": time_entries.delete},
    "/time_entries/{id:int}/toggle_timer": {"PUT": time_entries.toggle},
    "/agents": {"GET": people.list_agents},
    "/agents/me": {"GET": people.me},
    "/agents/autocomplete": {"GET": people.find_agents},
    "/agents/{id:int}": {"GET": people.view_agent},
    "/groups": {"GET": people.list_groups},
    "/groups/{id:int}": {"GET": people.view_group},
    "/contacts": {"GET": people.list_contacts},
    "/contacts/autocomplete": {"GET": people.find_contacts},
    "/contacts/{id:int}": {"GET": people.view_contact},
    "/companies": {"GET": people.list_companies},
    "/companies/autocomplete": {"GET": people.find_companies},
    "/companies/{id:int}": {"GET": people.view_company},
}


def freshdesk_app(office: Office) -> Starlette:
    """The API below ``/api/v2``; rate limits and faults are layers around it."""
    routes = [
        Route(f"/api/v2{path}", _endpoint(office, handlers), methods=_METHODS)
        for path, handlers in _TABLE.items()
    ]
    return Starlette(routes=routes, exception_handlers={Refused: _refuse, HTTPException: _no_such_address})


def _endpoint(office: Office, handlers: Mapping[str, Handler]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        agent, admin = _who(office, request)
        _check_accept(request)
        handler = handlers.get(request.method)
        if handler is None:
            raise not_allowed(request.method, tuple(handlers))
        body = await read_body(request)
        # from here to the answer nothing is awaited: calls do not mix
        return handler(Call(office, request, agent, admin, body, office.clock()))

    return endpoint


def _who(office: Office, request: Request) -> tuple[AgentRow, bool]:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    try:
        key = base64.b64decode(value, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        key = ""
    name = next((name for name in _OWNERS if office.keys[name] == key), None)
    if scheme.lower() != "basic" or name is None:
        message = "You have to be logged in to perform this action."
        raise coded(401, "invalid_credentials", message)
    agent = list(office.state.agents)[_OWNERS[name]]
    admin = agent["admin"] and office.knobs.key_is_admin
    return agent, admin


_OWNERS = {"freshdesk": 0, "freshdesk_colleague": 1, "freshdesk_limited": 2}
"""Whose key it is, by place among the agents; only the first administers."""


def _check_accept(request: Request) -> None:
    accepted = request.headers.get("accept", "*/*")
    if not any(kind in accepted for kind in ("*/*", "application/json", "application/*")):
        raise coded(406, "not_acceptable", "Only application/json can be answered")


async def _refuse(request: Request, refused: Exception) -> Response:
    if not isinstance(refused, Refused):
        raise refused
    return answer(refused.body, refused.status, refused.headers)


async def _no_such_address(request: Request, error: Exception) -> Response:
    return answer(None, error.status_code if isinstance(error, HTTPException) else 404)
