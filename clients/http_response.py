"""What came back over HTTP, and what can be told from it whatever its shape."""

import email.utils
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

from .charset import Decoded, decode
from .errors import ServerTrouble

LONGEST_RETRY_AFTER = 90 * 60.0
"""Seconds. Accounts whose limit counts by the hour send over 1000; more than this is a mistake."""
_SECONDS = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_MAX_LINES, _MAX_LINE = 10, 300
_NAMES = {
    400: "pedido recusado",
    401: "chave recusada",
    403: "sem permissão",
    404: "não existe",
    405: "operação não permitida",
    408: "demorou demais",
    409: "conflito com o que está gravado",
    413: "grande demais",
    422: "dados recusados",
    429: "limite da conta",
    500: "erro interno do servidor",
    502: "o servidor não respondeu",
    503: "fora do ar",
    504: "o servidor demorou demais",
}


@dataclass(frozen=True)
class Response:
    """An answer, read whole and unpacked. Its repr tells neither body, headers nor query."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case; without cookies."""
    body: bytes = field(repr=False)
    url: str = field(repr=False)
    """Where it came from in the end: after redirects, the last address."""
    system: str = ""

    def json(self) -> object:
        """Return the decoded body, NaN and infinities as None. `ServerTrouble` if it is not JSON."""
        value, fault = self._parse()
        if fault:
            raise ServerTrouble(self.system, fault, status=self.status)
        return value

    def text(self) -> str:
        """Return the body as text, as of `decoded`. Never raises."""
        return self.decoded().text

    def decoded(self) -> Decoded:
        """Return the body as text, with the charset that it was read in."""
        return decode(self.body, self.headers.get("content-type", ""))

    @property
    def is_json(self) -> bool:
        """Whether the body can be read as JSON."""
        return not self._parse()[1]

    def refusal(self) -> str:
        """Return why the server refused: its "field: message" lines, else its message, else the status."""
        value, fault = self._parse()
        lines = [] if fault else list(_reasons(value))
        return "\n".join(line[:_MAX_LINE] for line in lines[:_MAX_LINES]) or self.status_text()

    def status_text(self) -> str:
        """Return the status with its name, where it has one."""
        try:
            name = _NAMES.get(self.status) or HTTPStatus(self.status).phrase
        except ValueError:
            return f"HTTP {self.status}"
        return f"{name} (HTTP {self.status})"

    def retry_after(self) -> float | None:
        """Seconds that the server wants us to stay away, from 0 to 90 minutes; None if it does not say.

        A date counts from the server's own ``Date``: our clock may be wrong.
        """
        advice = self.headers.get("retry-after", "").strip()
        if _SECONDS.fullmatch(advice):
            seconds = float(advice)
        else:
            until, now = _http_date(advice), self.date()
            if until is None or now is None:
                return None
            seconds = (until - now).total_seconds()
        return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)

    def date(self) -> datetime | None:
        """Return what time the server had when it answered, to the second; None if it does not say."""
        return _http_date(self.headers.get("date", ""))

    def _parse(self) -> tuple[object, str]:
        if not self.body.strip():
            return None, "resposta vazia"
        try:
            return json.loads(self.text(), parse_constant=lambda _: None), ""
        except (ValueError, RecursionError):  # broken, or an integer or a depth beyond the parser
            return None, self._not_json()

    def _not_json(self) -> str:
        if "html" in self.headers.get("content-type", "") or self.body.lstrip()[:1] == b"<":
            return "respondeu uma página em vez de dados (endereço ou login?)"
        return "resposta ilegível"


def _reasons(value: object) -> Iterable[str]:
    if not isinstance(value, Mapping):
        return
    errors = value.get("errors")
    if isinstance(errors, list) and errors:
        yield from (_reason(error) for error in errors)
        return
    for key in ("message", "description", "error"):
        if isinstance(value.get(key), str) and value[key].strip():
            yield value[key]
            return


def _reason(error: object) -> str:
    if not isinstance(error, Mapping):
        return str(error)
    message = str(error.get("message") or error.get("code") or "recusado")
    return f"{error['field']}: {message}" if error.get("field") else message


def _http_date(text: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
