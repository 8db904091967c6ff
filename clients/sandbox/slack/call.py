"""One call as the methods see it: its arguments from wherever they came, and the answer's envelope."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .rows import ChannelRow, TokenRow
from .workspace import Workspace

Json = dict[str, Any]


class Refused(Exception):
    """``ok: false`` with a word, inside a 200."""

    def __init__(self, word: str, **more: str) -> None:
        super().__init__(word)
        self.word = word
        self.more = more


class RateLimited(Exception):
    """429 with ``Retry-After`` in whole seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass
class Call:
    """One request of somebody with a token."""

    workspace: Workspace
    token: TokenRow
    arguments: Mapping[str, object]
    now: datetime

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, word: str = "missing_argument") -> str:
        """An argument that must be there."""
        value = self.text(name)
        if not value:
            raise Refused(word)
        return value

    def flag(self, name: str) -> bool:
        """A boolean, as JSON or as ``1`` and ``true``."""
        return self.text(name).casefold() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit():
            raise Refused(f"invalid_{name}")
        return int(text)

    def channel(self, *, inside: bool = False, word: str = "not_in_channel") -> ChannelRow:
        """The channel of the arguments, if the token sees it; with ``inside``, only for its members."""
        row = self.workspace.channel(self.needed("channel", "channel_not_found"))
        if row is None or (row["private"] and self.token["user"] not in row["members"]):
            raise Refused("channel_not_found")
        if inside and self.token["user"] not in row["members"]:
            raise Refused(word)
        return row


async def arguments_of(request: Request) -> dict[str, object]:
    """What was given in the query, in a form or as JSON, or in a mix of them."""
    given: dict[str, object] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if not body:
        return given
    if kind == "application/json":
        try:
            sent = json.loads(body)
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(sent, dict):
            raise Refused("json_not_object")
        return {**given, **sent}
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {**given, **(await request.form())}
    raise Refused("missing_post_type" if not kind else "invalid_post_type")


def answer(body: Json, request: Request, token: TokenRow | None) -> Response:
    """``body`` with its envelope: warnings where JSON came without a charset, and the token's scopes."""
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith("application/json") and "charset" not in kind and body["ok"]:
        told = {**body.get("response_metadata", {}), "warnings": ["missing_charset"]}
        body = {**body, "warning": "missing_charset", "response_metadata": told}
    scopes = {"X-OAuth-Scopes": ",".join(token["scopes"])} if token else {}
    return JSONResponse(body, headers=scopes)


def throttled(wait: int) -> Response:
    """The 429."""
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
