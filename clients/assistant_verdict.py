"""What a refusal of an OpenAI-compatible server means. Asking does nothing there: no outcome is unknown."""

import json
from collections.abc import Mapping

from .assistant_stream import fault_of
from .errors import Forbidden, NotFound, Rejected, RemoteError, ServerTrouble, Unauthorized
from .http_response import Response
from .http_verdict import Lost, error_of

_MOST_TOLD = 300
_LOADING = "loading"


class Loading(ServerTrouble):
    """The server is there and its model is not yet: worth waiting for."""

    title = "O modelo ainda está sendo carregado"
    way_out = "Espere um pouco e tente de novo, ou use o modo offline."


class Refused(Rejected):
    """400, 422 …: the request as such; ``param`` names what was not understood, where the server said so."""

    param = ""


def judge(system: str, outcome: Response | Lost, *, writing: bool) -> RemoteError | None:
    """As `error_of`, with the server's own words; what was asked changes nothing there."""
    error = error_of(system, outcome, writing=False)
    if error is None or isinstance(outcome, Lost):
        return error
    said, param = _said(outcome)
    if outcome.status == 503 and _LOADING in said.casefold():
        return Loading(
            system, "o modelo ainda está sendo carregado", status=503, retry_after=outcome.retry_after()
        )
    if not said:
        return error
    told = f"{outcome.status_text()}: {said[:_MOST_TOLD]}"
    match error:
        case Unauthorized() | Forbidden():
            way_out = "Confira “chave” em [assistente], na configuração."
            return type(error)(system, told, status=outcome.status, way_out=way_out)
        case NotFound():
            way_out = "Confira “url” e “modelo” em [assistente], na configuração."
            return NotFound(system, told, status=outcome.status, way_out=way_out)
        case Rejected():
            refused = Refused(system, told, status=outcome.status)
            refused.param = param
            return refused
    return type(error)(system, told, status=outcome.status, retry_after=error.retry_after)


def _said(response: Response) -> tuple[str, str]:
    try:
        body = json.loads(response.text())
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(body, Mapping):
        return "", ""
    error = body.get("error")
    param = error.get("param") if isinstance(error, Mapping) else None
    return fault_of(body), param if isinstance(param, str) else ""
