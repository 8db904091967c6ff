"""Reading tickets: the list with its thirty silent days, the view, the archive."""

from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from ..clock import stamp
from ..rows import TicketRow
from .answers import Fault, answer, bad_value, invalid, not_found
from .call import Call
from .shapes import conversation, embeds, listed, viewed

DEFAULT_WINDOW = timedelta(days=30)
LAST_PAGE = 300
_FILTERS = ("new_and_my_open", "watching", "spam", "deleted")
_ORDERS = ("created_at", "due_by", "updated_at", "status")
_LIST_KEYS = (
    *("filter", "requester_id", "email", "unique_external_id", "company_id", "updated_since"),
    *("order_by", "order_type", "include", "page", "per_page"),
)


def list_tickets(call: Call) -> Response:
    """``GET /tickets``."""
    query = call.query(*_LIST_KEYS)
    if query.get("page", "").isdigit() and int(query["page"]) > LAST_PAGE:
        message = "You cannot access tickets beyond the 300th page. Please provide a smaller page number."
        raise bad_value("page", message)
    included = _included(query, ["stats", "requester", "description", "company"])
    if "company" in included and call.office.knobs.include_company_refused:
        raise bad_value("include", "Should be a value in the list 'requester,stats,description'")
    rows = [ticket for ticket in call.state.tickets if not ticket["archived"]]
    rows = _filtered(call, rows, query.get("filter"))
    rows = _of_somebody(call, rows, query)
    if "updated_since" in query:
        since = stamp(read_moment("updated_since", query["updated_since"]))
        rows = [ticket for ticket in rows if ticket["updated_at"] >= since]
    else:
        oldest = stamp(call.now - DEFAULT_WINDOW)
        rows = [ticket for ticket in rows if ticket["created_at"] >= oldest]
    _sort(rows, query)
    return call.page(rows, query, lambda ticket: {**listed(call, ticket), **embeds(call, ticket, included)})


def _filtered(call: Call, rows: list[TicketRow], name: str | None) -> list[TicketRow]:
    if name is not None and name not in _FILTERS:
        raise bad_value("filter", f"It should be one of these values: '{','.join(_FILTERS)}'")
    if name == "spam":
        return [ticket for ticket in rows if ticket["spam"]]
    if name == "deleted":
        return [ticket for ticket in rows if ticket["deleted"]]
    rows = [ticket for ticket in rows if not ticket["spam"] and not ticket["deleted"]]
    me = call.agent["id"]
    if name == "watching":
        return [ticket for ticket in rows if me in ticket["watcher_ids"]]
    if name == "new_and_my_open":
        return [ticket for ticket in rows if ticket["status"] == 2 and ticket["responder_id"] in (None, me)]
    return rows


def _of_somebody(call: Call, rows: list[TicketRow], query: dict[str, str]) -> list[TicketRow]:
    if "company_id" in query:
        company = call.state.companies.get(_number(query, "company_id"))
        if company is None:
            raise bad_value("company_id", "There is no company matching the given company_id")
        rows = [ticket for ticket in rows if ticket["company_id"] == company["id"]]
    if "requester_id" in query:
        person = call.state.contacts.get(_number(query, "requester_id"))
        if person is None:
            raise bad_value("requester_id", "There is no contact matching the given requester_id")
        rows = [ticket for ticket in rows if ticket["requester_id"] == person["id"]]
    if "email" in query:
        person = call.state.contact_by_email(query["email"])
        if person is None:
            raise bad_value("email", "There is no contact matching the given email")
        rows = [ticket for ticket in rows if ticket["requester_id"] == person["id"]]
    if "unique_external_id" in query:
        raise bad_value("unique_external_id", "There is no contact matching the given unique_external_id")
    return rows


def _sort(rows: list[TicketRow], query: dict[str, str]) -> None:
    order, direction = query.get("order_by", "created_at"), query.get("order_type", "desc")
    if order not in _ORDERS:
        raise bad_value("order_by", f"It should be one of these values: '{','.join(_ORDERS)}'")
    if direction not in ("asc", "desc"):
        raise bad_value("order_type", "It should be one of these values: 'asc,desc'")
    if order == "status":
        rows.sort(key=lambda ticket: (ticket["status"], ticket["id"]), reverse=direction == "desc")
    else:
        rows.sort(key=lambda ticket: (ticket[order] or "", ticket["id"]), reverse=direction == "desc")  # type: ignore[literal-required]


def _number(query: dict[str, str], key: str) -> int:
    if not query[key].isdigit():
        raise bad_value(key, "It should be a/an Positive Integer")
    return int(query[key])


def _included(query: dict[str, str], known: list[str]) -> list[str]:
    names = [name.strip() for name in query.get("include", "").split(",") if name.strip()]
    if any(name not in known for name in names):
        raise bad_value("include", f"Should be a value in the list '{','.join(known)}'")
    return names


def read_moment(field: str, text: str) -> datetime:
    """An instant as Freshdesk accepts it: a day or an instant, UTC where it does not say."""
    try:
        # a "+" that was not encoded arrives as a blank
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        raise invalid(Fault(field, "It should be in the ISO8601 format", "invalid_value")) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def view_ticket(call: Call) -> Response:
    """``GET /tickets/{id}``: deleted and spam ones too."""
    included = _included(call.query("include"), ["conversations", "requester", "company", "stats"])
    ticket = call.ticket()
    return answer({**viewed(call, ticket), **embeds(call, ticket, included)})


def list_conversations(call: Call) -> Response:
    """``GET /tickets/{id}/conversations``: oldest first; none of them for deleted and spam tickets."""
    query = call.query("page", "per_page")
    ticket = call.ticket()
    if ticket["deleted"] or ticket["spam"]:
        raise not_found()
    return call.page(
        call.state.conversations.of_ticket(ticket["id"]), query, lambda row: conversation(call, row)
    )


def view_archived(call: Call) -> Response:
    """``GET /tickets/archived/{id}``."""
    included = _included(call.query("include"), ["requester", "company", "stats"])
    ticket = _archived(call)
    return answer({**viewed(call, ticket), **embeds(call, ticket, included)})


def list_archived_conversations(call: Call) -> Response:
    """``GET /tickets/archived/{id}/conversations``."""
    query = call.query("page", "per_page")
    rows = call.state.conversations.of_ticket(_archived(call)["id"])
    return call.page(rows, query, lambda row: conversation(call, row))


def _archived(call: Call) -> TicketRow:
    ticket = call.named(call.state.tickets)
    if not ticket["archived"]:
        raise not_found()
    return ticket
