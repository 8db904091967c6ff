"""Answers in Freshdesk's shapes: JSON, the two error shapes, and the errors that have no body at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

JSON_TYPE = "application/json; charset=utf-8"


class Refused(Exception):
    """Ends the handling of a request with an error answer."""

    def __init__(self, status: int, body: object = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, dict(headers or {})


@dataclass(frozen=True)
class Fault:
    """One line of a validation error."""

    field: str | None
    message: str
    code: str


def answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return JSON; without a body, an empty answer."""
    if body is None:
        return Response(status_code=status, headers=headers)
    return Response(wire_json(body), status_code=status, headers=headers, media_type=JSON_TYPE)


def wire_json(body: object) -> bytes:
    """JSON in UTF-8; a lone surrogate, which UTF-8 lacks, travels escaped."""
    try:
        return json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(body).encode()


def invalid(*faults: Fault, status: int = 400) -> Refused:
    """A validation error: the shape with ``errors``."""
    errors = [
        {
            **({"field": fault.field} if fault.field is not None else {}),
            "message": fault.message,
            "code": fault.code,
        }
        for fault in faults
    ]
    return Refused(status, {"description": "Validation failed", "errors": errors})


def bad_value(field: str, message: str) -> Refused:
    """One ``invalid_value``."""
    return invalid(Fault(field, message, "invalid_value"))


def unknown_keys(keys: Sequence[str]) -> Refused:
    """Keys that the request may not have."""
    return invalid(*(Fault(key, "Unexpected/invalid field in request", "invalid_field") for key in keys))


def denied() -> Refused:
    """403: the role lacks the right."""
    return coded(403, "access_denied", "You are not authorized to perform this action.")


def not_in_plan(feature: str) -> Refused:
    """403: the plan lacks the feature."""
    message = (
        f"The {feature} feature(s) is/are not supported in your plan. Please upgrade your account to use it."
    )
    return coded(403, "require_feature", message)


def coded(status: int, code: str, message: str) -> Refused:
    """The shape with ``code`` and ``message``."""
    return Refused(status, {"code": code, "message": message})


def not_found() -> Refused:
    """404, with no body."""
    return Refused(404)


def not_allowed(method: str, allowed: Sequence[str]) -> Refused:
    """405, also for a write on what is deleted or spam."""
    names = ", ".join(allowed)
    message = f"{method} method is not allowed. It should be one of these method(s): {names}"
    return Refused(405, {"message": message}, {"Allow": names})
