"""A Freshdesk that answers what a test wrote down for it, at the transport and nowhere else."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
from pydantic import SecretStr

from clients.freshdesk import Freshdesk
from clients.limiter import Limiter

URL = "https://exemplo.freshdesk.com"
KEY = "s3gredo-da-conta"
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
Row = dict[str, object]
Reply = httpx.Response | Callable[[httpx.Request], httpx.Response]


class Account:
    """``on("GET tickets/1", row)``: the last answer given for a call is repeated."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self._answers: dict[str, list[Reply]] = {}

    def on(
        self, call: str, *answers: object, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        replies = self._answers.setdefault(call, [])
        for answer in answers or (None,):
            if isinstance(answer, httpx.Response) or callable(answer):
                replies.append(answer)
            elif answer is None:
                replies.append(httpx.Response(status, headers=headers))
            else:
                replies.append(httpx.Response(status, json=answer, headers=headers))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path.removeprefix("/api/v2/")
        replies = self._answers.get(f"{request.method} {path}")
        if not replies:
            return httpx.Response(404)
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if callable(reply):
            return reply(request)
        return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)

    @property
    def calls(self) -> list[str]:
        return [f"{one.method} {one.url.path.removeprefix('/api/v2/')}" for one in self.requests]

    def sent(self) -> object:
        """The JSON body of the last request."""
        return json.loads(self.requests[-1].content)

    def freshdesk(self, keep_out: Sequence[Path] = ()) -> Freshdesk:
        async def no_sleep(seconds: float) -> None:
            return None

        return Freshdesk.connect(
            URL,
            SecretStr(KEY),
            lambda: NOW,
            limiter=Limiter(sleep=no_sleep),
            keep_out=keep_out,
            transport=httpx.MockTransport(self),
        )


def ticket(number: int, updated_at: str = "2026-03-04T12:00:00Z", **more: object) -> Row:
    return {
        "id": number,
        "subject": f"Nota {number} rejeitada",
        "status": 2,
        "priority": 1,
        "source": 1,
        "tags": [],
        "custom_fields": {},
        "created_at": "2026-03-01T12:00:00Z",
        "updated_at": updated_at,
        **more,
    }


def said(number: int, text: str = "Olá", **more: object) -> Row:
    return {
        "id": number,
        "ticket_id": 1,
        "user_id": 77,
        "incoming": False,
        "private": False,
        "source": 0,
        "body": f"<div>{text}</div>",
        "cc_emails": None,
        "attachments": [],
        "created_at": "2026-03-04T12:00:00Z",
        "updated_at": "2026-03-04T12:00:00Z",
        **more,
    }
