"""Slack's message time, its id as well: compared as numbers, never as a float (contract of Slack §6)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator

_TS = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DECIMALS = 6


def _a_ts(text: str) -> str:
    if not _TS.fullmatch(text):
        raise ValueError("not a message time")
    return text


Ts = Annotated[str, AfterValidator(_a_ts)]
"""``"1709560000.000100"``: seconds, a dot, and digits that make it the only one of its channel."""


def order(ts: str) -> tuple[int, int]:
    """The numbers that two times of one channel are compared by. ValueError where it is no time."""
    seconds, _, digits = _a_ts(ts).partition(".")
    return int(seconds), int(digits.ljust(_DECIMALS, "0")[:_DECIMALS])


def moment_of(ts: str) -> datetime:
    """The instant (UTC) at which the message was posted."""
    seconds, micros = order(ts)
    return _EPOCH + timedelta(seconds=seconds, microseconds=micros)


def ts_of(moment: datetime) -> str:
    """The time that a message posted at ``moment`` would have: a bound for reading."""
    since = moment - _EPOCH
    return f"{since // timedelta(seconds=1)}.{since.microseconds:06d}"
