"""Cursors: where the next page begins, in a form that nobody should read."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from .call import Call, Json, Refused

Item = TypeVar("Item")


def page_of(
    call: Call,
    rows: Sequence[Item],
    *,
    default: int,
    most: int,
    keep: Callable[[Item], bool] = lambda row: True,
) -> tuple[list[Item], Json]:
    """Rows of the page that the call asks for, and the metadata with the cursor of the next.

    ``keep`` filters after paging, as the real one does: pages may be short, even empty.
    """
    limit = min(call.number("limit", default) or default, most)
    start, begun = _read(call.text("cursor"))
    if call.workspace.knobs.empty_pages and not begun:
        return [], {"next_cursor": _cursor(0)}
    page = rows[start : start + limit]
    more = start + limit < len(rows)
    return [row for row in page if keep(row)], {"next_cursor": _cursor(start + limit) if more else ""}


def _cursor(start: int) -> str:
    written = f"next:{start}"
    if len(written) % 3 == 0:  # so that it ends in "=", which clients must encode
        written += " "
    return base64.b64encode(written.encode()).decode()


def _read(cursor: str) -> tuple[int, bool]:
    if not cursor:
        return 0, False
    try:
        kind, _, start = base64.b64decode(cursor, validate=True).decode().strip().partition(":")
        if kind == "next":
            return int(start), True
    except (binascii.Error, ValueError):
        pass
    raise Refused("invalid_cursor")
