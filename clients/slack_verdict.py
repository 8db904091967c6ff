"""What an HTTP status means where Slack is asked: it refuses inside a 200 (contract of Slack §2)."""

from collections.abc import Mapping

from . import http_verdict
from .errors import Forbidden, NotFound, Rejected, RemoteError, Unauthorized
from .http_response import Response
from .http_verdict import Lost
from .slack_errors import nobody_knows

_REFUSALS = (Unauthorized, Forbidden, NotFound, Rejected)


def error_of(system: str, outcome: Response | Lost, *, writing: bool) -> RemoteError | None:
    """Return the error that ``outcome`` stands for; None where Slack itself answered, be it by a refusal.

    A refusal by status comes from somebody in between, who knows neither channels nor tokens.
    """
    error = http_verdict.error_of(system, outcome, writing=writing)
    if not isinstance(outcome, Response) or not isinstance(error, _REFUSALS):
        return error
    if _is_slacks(outcome):
        return None
    return nobody_knows(f"respondeu {outcome.status_text()}", writing, outcome.status)


def _is_slacks(response: Response) -> bool:
    answer = response.json() if response.is_json else None
    return isinstance(answer, Mapping) and answer.get("ok") is False
