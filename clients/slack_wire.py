"""One call of Slack's Web API: its own limit, the envelope, and the cursor (contract of Slack §1–§4)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr, ValidationError

from . import slack_verdict
from .errors import OutcomeUnknown, ServerTrouble
from .http import Http, Response, Transport, bearer_key
from .limiter import Limiter
from .models.base import Model
from .slack_errors import BROKE_DOWN, SYSTEM, error_of

AModel = TypeVar("AModel", bound=Model)
Answer = Mapping[str, object]
Arguments = Mapping[str, str | int | None]
Sleep = Callable[[float], Awaitable[object]]

PAUSE_AFTER_BREAKDOWN = 1.0
"""Seconds before a read that broke down inside Slack is asked once more."""
MOST_PAGES = 200
_ODD = "resposta em formato inesperado"


class SlackWire:
    """The methods of one workspace, for one token. Close it with `aclose`.

    Slack limits each method for itself, so each has an `Http` and a limiter of its own: a full
    ``conversations.history`` must not keep a message from being posted.
    """

    def __init__(
        self,
        base_url: str,
        token: SecretStr,
        *,
        ca_file: Path | None = None,
        new_limiter: Callable[[], Limiter] = Limiter,
        transport: Transport | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Raises `SettingsError` where address or token cannot be used."""
        self._base, self._ca_file, self._transport = base_url, ca_file, transport
        self._auth = bearer_key(token)
        self._new_limiter = new_limiter
        self._sleep = sleep
        self._doors: dict[str, Http] = {}
        self._door("auth.test")  # a wrong address is told now

    async def aclose(self) -> None:
        """Close all connections."""
        for door in self._doors.values():
            await door.aclose()

    async def read(self, method: str, arguments: Arguments | None = None) -> Answer:
        """Ask; what broke down inside Slack is asked once more. Arguments that are None are left out."""
        answer, _ = await self._answered(method, arguments)
        return answer

    async def now(self) -> datetime:
        """Return what time it is over there, to the second; `ServerTrouble` where the answer does not say."""
        _, response = await self._answered("auth.test", None)
        moment = response.date()
        if moment is None:
            raise ServerTrouble(SYSTEM, "a resposta não diz que horas são lá", status=response.status)
        return moment

    async def write(self, method: str, body: Mapping[str, object]) -> Answer:
        """Do, once: `OutcomeUnknown` where nothing tells whether it was done."""
        response = await self._door(method).write("POST", method, json=body)
        answer = response.json()
        if not isinstance(answer, Mapping):
            raise OutcomeUnknown(SYSTEM, _ODD, status=response.status)
        return _accepted(answer, response, writing=True)

    async def pages(self, method: str, arguments: Arguments) -> AsyncIterator[Answer]:
        """Yield every page; short and empty ones are no end, only a missing cursor is."""
        cursor: str | None = None
        seen: set[str] = set()
        while True:
            page = await self.read(method, {**arguments, "cursor": cursor})
            yield page
            cursor = next_cursor(page)
            if cursor is None:
                return
            if cursor in seen or len(seen) >= MOST_PAGES:
                raise ServerTrouble(SYSTEM, "as páginas não terminam", status=200)
            seen.add(cursor)

    async def _answered(self, method: str, arguments: Arguments | None) -> tuple[Answer, Response]:
        answer, response = await self._ask(method, arguments)
        if answer.get("error") in BROKE_DOWN:
            await self._sleep(PAUSE_AFTER_BREAKDOWN)
            answer, response = await self._ask(method, arguments)
        return _accepted(answer, response, writing=False), response

    async def _ask(self, method: str, arguments: Arguments | None) -> tuple[Answer, Response]:
        response = await self._door(method).read(method, params=arguments)
        answer = response.json()
        if not isinstance(answer, Mapping):
            raise ServerTrouble(SYSTEM, _ODD, status=response.status)
        return answer, response

    def _door(self, method: str) -> Http:
        door = self._doors.get(method)
        if door is None:
            door = self._doors[method] = Http(
                SYSTEM,
                self._base,
                auth=self._auth,
                limiter=self._new_limiter(),
                ca_file=self._ca_file,
                judge=slack_verdict.error_of,
                transport=self._transport,
            )
        return door


def next_cursor(page: Answer) -> str | None:
    """Return where the next page begins; None where this was the last."""
    told = page.get("response_metadata")
    cursor = told.get("next_cursor") if isinstance(told, Mapping) else None
    return cursor if isinstance(cursor, str) and cursor else None


def read_one(model: type[AModel], row: object) -> AModel:
    """Read an object of a read's answer; `ServerTrouble` where it does not fit."""
    value = _validated(model, row)
    if value is None:
        raise ServerTrouble(SYSTEM, f"{_ODD} ({model.__name__})", status=200)
    return value


def read_written(model: type[AModel], row: object) -> AModel:
    """Read the object that a write answered; where it does not fit it must be looked up: `OutcomeUnknown`."""
    value = _validated(model, row)
    if value is None:
        raise OutcomeUnknown(SYSTEM, f"{_ODD} ({model.__name__})", status=200)
    return value


def read_list(model: type[AModel], rows: object) -> tuple[AModel, ...]:
    """Read the objects of a list."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise ServerTrouble(SYSTEM, _ODD, status=200)
    return tuple(read_one(model, row) for row in rows)


def _validated(model: type[AModel], row: object) -> AModel | None:
    try:
        return model.model_validate(row)
    except (ValidationError, ValueError, TypeError, OverflowError):  # not quoted: what came may be anything
        return None


def _accepted(answer: Answer, response: Response, *, writing: bool) -> Answer:
    if answer.get("ok") is True:
        return answer
    raise error_of(answer, writing=writing, status=response.status, retry_after=response.retry_after())
