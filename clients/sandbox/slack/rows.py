"""Rows of the sandbox's Slack, and the shelves that hold them."""

from typing import TypedDict

from ...store import Store
from ..state import Shelf


class UserRow(TypedDict):
    """Somebody, or a bot."""

    id: int
    user: str
    """Slack's id, such as ``U0AGT01``."""
    name: str
    real_name: str
    display_name: str
    email: str
    bot_id: str | None


class TokenRow(TypedDict):
    """What lets one in as somebody."""

    id: int
    kind: str
    token: str
    user: str
    scopes: list[str]


class ChannelRow(TypedDict):
    """A channel; ``members`` are Slack's ids."""

    id: int
    channel: str
    name: str
    topic: str
    private: bool
    archived: bool
    created: int
    members: list[str]


class ReactionRow(TypedDict):
    """One sign below a message."""

    name: str
    users: list[str]


class MetadataRow(TypedDict):
    """What a program left with its message."""

    event_type: str
    event_payload: dict[str, object]


class MessageRow(TypedDict):
    """A message, of a channel or (``thread_ts`` of another) of a thread."""

    id: int
    channel: str
    ts: str
    thread_ts: str | None
    user: str | None
    bot_id: str | None
    username: str | None
    subtype: str | None
    text: str
    edited: bool
    broadcast: bool
    reactions: list[ReactionRow]
    files: list[str]
    metadata: MetadataRow | None
    ticket_id: int | None
    """Of the ticket that it announces."""
    line: int | None
    """Which line of the script of comings and goings it is, counted on over the days."""


class Shelves:
    """All rows, in memory and in the store."""

    def __init__(self, store: Store) -> None:
        self.users: Shelf[UserRow] = Shelf(store.table("slack_users"))
        self.tokens: Shelf[TokenRow] = Shelf(store.table("slack_tokens"))
        self.channels: Shelf[ChannelRow] = Shelf(store.table("slack_channels"))
        self.messages: Shelf[MessageRow] = Shelf(store.table("slack_messages"))


def said(channel: str, ts: str, text: str, **more: object) -> MessageRow:
    """A new message without an id; ``more`` fills the other columns."""
    row: MessageRow = {
        "id": 0,
        "channel": channel,
        "ts": ts,
        "thread_ts": None,
        "user": None,
        "bot_id": None,
        "username": None,
        "subtype": None,
        "text": text,
        "edited": False,
        "broadcast": False,
        "reactions": [],
        "files": [],
        "metadata": None,
        "ticket_id": None,
        "line": None,
    }
    row.update(more)  # type: ignore[typeddict-item]  # the columns above, by name
    return row
