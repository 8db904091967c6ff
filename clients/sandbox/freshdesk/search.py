"""``GET /search/tickets``: its grammar, its inclusive operators, and its 300 reachable rows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from ..rows import TicketRow
from .answers import Refused, answer, bad_value
from .call import Call, whole_number
from .fields import CUSTOM_TYPES, STATUS_IDS, TYPES, status_message
from .shapes import searched

_PER_PAGE, _MAX_PAGE, _MAX_QUERY = 30, 10, 512
_NUMBERS = {"agent_id": "responder_id", "group_id": "group_id", "priority": "priority", "status": "status"}
_DATES = ("due_by", "fr_due_by", "created_at", "updated_at", "closed_at")
_TOKEN = re.compile(r"\s*(?:(?P<paren>[()])|(?P<word>AND\b|OR\b)|(?P<field>\w+):(?P<op>[<>]?)\s*)")
_VALUE = re.compile(r"'(?P<text>[^']*)'|(?P<bare>[^\s()']+)")

Test = Callable[[TicketRow], bool]
Known = int | str | bool | None


@dataclass
class _Query:
    text: str
    at: int = 0

    def parse(self) -> Test:
        test = self._any()
        if self.text[self.at :].strip():
            raise _bad()
        return test

    def _any(self) -> Test:
        tests = [self._all()]
        while self._word("OR"):
            tests.append(self._all())
        return lambda ticket: any(test(ticket) for test in tests)

    def _all(self) -> Test:
        tests = [self._atom()]
        while self._word("AND"):
            tests.append(self._atom())
        return lambda ticket: all(test(ticket) for test in tests)

    def _atom(self) -> Test:
        token = _TOKEN.match(self.text, self.at)
        if token is None or token["word"] or token["paren"] == ")":
            raise _bad()
        self.at = token.end()
        if token["paren"]:
            test = self._any()
            close = _TOKEN.match(self.text, self.at)
            if close is None or close["paren"] != ")":
                raise _bad()
            self.at = close.end()
            return test
        value = _VALUE.match(self.text, self.at)
        if value is None:
            raise _bad()
        self.at = value.end()
        quoted = value["text"] is not None
        return _term(token["field"], token["op"], value["text"] if quoted else value["bare"], quoted=quoted)

    def _word(self, word: str) -> bool:
        token = _TOKEN.match(self.text, self.at)
        if token is None or token["word"] != word:
            return False
        self.at = token.end()
        return True


def _bad() -> Refused:
    return bad_value("query", "Given query is invalid.")


def _term(field: str, op: str, text: str, *, quoted: bool) -> Test:
    if field in _NUMBERS:
        wanted = _number(field, text, quoted=quoted)
        return lambda ticket: _compare(ticket[_NUMBERS[field]], op, wanted)  # type: ignore[literal-required]
    if field in _DATES:
        return _on_day(field, op, text, quoted=quoted)
    if op and CUSTOM_TYPES.get(field) not in ("custom_number", "custom_date"):
        raise bad_value(field, "Operator is not supported for this field")
    if field == "type":
        if not _null(text, quoted=quoted) and text not in TYPES:
            raise bad_value("type", f"It should be one of these values: '{','.join(TYPES)}'")
        return lambda ticket: ticket["type"] == (None if _null(text, quoted=quoted) else text)
    if field == "tag":
        return lambda ticket: not ticket["tags"] if _null(text, quoted=quoted) else text in ticket["tags"]
    if field == "custom_string":
        return lambda ticket: text in ticket["custom_fields"].values()
    if field in CUSTOM_TYPES:
        known = _custom(field, text, quoted=quoted)
        return lambda ticket: _compare(ticket["custom_fields"].get(field), op, known)
    raise bad_value(field, "Field specified in query is not supported")


def _null(text: str, *, quoted: bool) -> bool:
    return text == "null" and not quoted


def _number(field: str, text: str, *, quoted: bool) -> int | None:
    if _null(text, quoted=quoted):
        return None
    if quoted or not re.fullmatch(r"-?\d+", text):
        raise bad_value(field, "It should be a/an Integer.")
    if field == "status" and int(text) not in STATUS_IDS:
        raise bad_value("status", status_message())
    return int(text)


def _custom(field: str, text: str, *, quoted: bool) -> Known:
    if _null(text, quoted=quoted):
        return None
    kind = CUSTOM_TYPES[field]
    if kind == "custom_number":
        return _number(field, text, quoted=quoted)
    if kind == "custom_checkbox":
        if text not in ("true", "false"):
            raise bad_value(field, "It should be a/an Boolean.")
        return text == "true"
    return text


def _compare(value: Known, op: str, wanted: Known) -> bool:
    if not op or wanted is None:
        return value == wanted
    if isinstance(value, int) and isinstance(wanted, int):
        return value >= wanted if op == ">" else value <= wanted
    if isinstance(value, str) and isinstance(wanted, str):
        return value >= wanted if op == ">" else value <= wanted
    return False


def _on_day(field: str, op: str, text: str, *, quoted: bool) -> Test:
    def value(ticket: TicketRow) -> str | None:
        found = ticket["stats"]["closed_at"] if field == "closed_at" else ticket[field]  # type: ignore[literal-required]
        return None if found is None else str(found)[:10]

    if _null(text, quoted=quoted):
        return lambda ticket: value(ticket) is None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not quoted or len(text) != 10:
        raise bad_value(field, "It should be in the 'YYYY-MM-DD' format")
    return lambda ticket: _compare(value(ticket), op, text)


def search(call: Call) -> Response:
    """Answer ``{total, results}``, the newest created first."""
    query = call.query("query", "page")
    text = query.get("query", "")
    page = whole_number(query, "page", 1, _MAX_PAGE)
    if len(text) < 3 or text[0] != '"' or text[-1] != '"' or len(text) > _MAX_QUERY + 2:
        raise _bad()
    test = _Query(text[1:-1]).parse()
    lag = timedelta(seconds=call.office.knobs.search_lag_seconds)
    rows = [
        ticket
        for ticket in call.office.index.rows(call.now, lag)
        if not (ticket["spam"] or ticket["deleted"] or ticket["archived"]) and test(ticket)
    ]
    rows.sort(key=lambda ticket: (ticket["created_at"], ticket["id"]), reverse=True)
    shown = rows[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    return answer({"total": len(rows), "results": [searched(call, ticket) for ticket in shown]})
