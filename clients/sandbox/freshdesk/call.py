"""One request as the handlers see it: who asks, when, with which checked query and body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from ..clock import stamp
from ..knobs import FreshdeskKnobs
from ..rows import AgentRow, TicketRow
from ..state import Row, Shelf, State
from .answers import Fault, answer, bad_value, denied, invalid, not_allowed, not_found, unknown_keys
from .body import Body, Upload
from .indexing import SearchIndex

Checked = TypeVar("Checked", bound=BaseModel)
Item = TypeVar("Item")
MAX_PER_PAGE = 100


@dataclass
class Office:
    """What all requests share."""

    state: State
    knobs: FreshdeskKnobs
    clock: Callable[[], datetime]
    keys: Mapping[str, str]
    """Name of a key to the key: see ``clients.sandbox.house``."""
    files_url: Callable[[], str]
    """Where attachments are served."""
    index: SearchIndex


@dataclass
class Call:
    """One request."""

    office: Office
    request: Request
    agent: AgentRow
    admin: bool
    body: Body
    now: datetime

    @property
    def state(self) -> State:
        """The rows."""
        return self.office.state

    @property
    def stamp(self) -> str:
        """This instant as the wire writes it."""
        return stamp(self.now)

    @property
    def files(self) -> tuple[Upload, ...]:
        """Files that came along."""
        return self.body.files

    def number(self, name: str = "id") -> int:
        """A number of the path."""
        return int(self.request.path_params[name])

    def query(self, *known: str) -> dict[str, str]:
        """The query, the last value of a key winning; 400 for keys other than ``known``."""
        given = dict(self.request.query_params.multi_items())
        if strangers := [key for key in given if key not in known]:
            raise unknown_keys(strangers)
        return given

    def read(self, shape: type[Checked]) -> Checked:
        """The body in ``shape``; 400 with Freshdesk's codes where it does not fit."""
        try:
            return shape.model_validate(self.body.values, strict=not self.body.multipart)
        except ValidationError as error:
            details = error.errors()
            faults = [_fault(detail["type"], detail["loc"], detail["input"]) for detail in details]
            raise invalid(*faults) from None

    def admins_only(self) -> None:
        """403 unless the key's owner administers."""
        if not self.admin:
            raise denied()

    def named(self, shelf: Shelf[Row]) -> Row:
        """The row of ``shelf`` that the path names; 404 if there is none."""
        row = shelf.get(self.number())
        if row is None:
            raise not_found()
        return row

    def ticket(self, *, write: bool = False) -> TicketRow:
        """The ticket of the path: 404 if unknown or archived; for a write 405 if it is deleted or spam."""
        ticket = self.named(self.state.tickets)
        if ticket["archived"]:
            raise not_found()
        if write and (ticket["deleted"] or ticket["spam"]):
            raise not_allowed(self.request.method, ("GET",))
        return ticket

    def page(self, rows: list[Item], query: Mapping[str, str], shape: Callable[[Item], object]) -> Response:
        """One page of ``rows``, each in ``shape``, with the ``Link`` to the next if there is one."""
        page, size = whole_number(query, "page", 1, None), whole_number(query, "per_page", 30, MAX_PER_PAGE)
        shown = rows[(page - 1) * size : page * size]
        headers = {"Link": f'<{self._next(page)}>; rel="next"'} if page * size < len(rows) else {}
        return answer([shape(row) for row in shown], headers=headers)

    def _next(self, page: int) -> str:
        query = {**dict(self.request.query_params.multi_items()), "page": page + 1}
        host = self.office.knobs.link_host or str(self.request.base_url).rstrip("/")
        return f"{host}{self.request.url.path}?{urlencode(query)}"


def whole_number(query: Mapping[str, str], key: str, default: int, maximum: int | None) -> int:
    """A number from 1 to ``maximum`` out of the query; 400 if it is none."""
    text = query.get(key, str(default))
    if (
        not text.isascii()
        or not text.isdigit()
        or int(text) < 1
        or (maximum is not None and int(text) > maximum)
    ):
        limit = f" less than {maximum + 1}" if maximum is not None else ""
        raise bad_value(key, f"It should be a Positive Integer{limit}")
    return int(text)


def _fault(kind: str, where: tuple[int | str, ...], given: object) -> Fault:
    field = ".".join(str(part) for part in where if isinstance(part, str))
    if kind == "missing":
        return Fault(field, "It should not be blank as this is a mandatory field", "missing_field")
    if kind == "extra_forbidden":
        return Fault(field, "Unexpected/invalid field in request", "invalid_field")
    if kind.endswith("_type") or kind.endswith("_parsing"):
        names = {"int": "a/an Integer", "string": "a/an String", "bool": "a/an Boolean", "list": "a/an Array"}
        wanted = names.get(kind.split("_")[0], "a key/value pair")
        sort = {str: "String", int: "Integer", bool: "Boolean", list: "Array"}.get(type(given), "Object")
        return Fault(field, f"Value set is of type {sort}. It should be {wanted}.", "datatype_mismatch")
    return Fault(field, "It should be a valid value", "invalid_value")
