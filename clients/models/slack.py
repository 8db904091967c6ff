"""What Slack tells of workspace, channels, people and messages (contract of Slack §5–§6)."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from pydantic import Field, model_validator

from .base import Model, Nullable
from .slack_blocks import words_elsewhere
from .slack_text import readable
from .slack_time import Ts, moment_of, order
from .text import SafeText, safe_text

OP_EVENT = "plantao_op"
"""Type of the metadata that our own messages carry."""
_COMINGS_AND_GOINGS = frozenset(
    """
    channel_join channel_leave channel_topic channel_purpose channel_name channel_archive channel_unarchive
    group_join group_leave group_topic group_purpose group_name bot_add bot_remove pinned_item tombstone
    """.split()
)


class Identity(Model):
    """Whose token it is, from ``auth.test``."""

    url: str = ""
    """Base of links into the workspace, with a slash at its end."""
    team: SafeText = ""
    user: SafeText = ""
    team_id: SafeText = ""
    user_id: str
    bot_id: str | None = None

    def link(self, channel: str, ts: str, thread_ts: str | None = None) -> str:
        """The permanent address of a message, built without asking; empty where the base is unknown."""
        if not self.url:
            return ""
        address = f"{self.url.rstrip('/')}/archives/{quote(channel)}/p{ts.replace('.', '')}"
        return address if thread_ts in (None, ts) else f"{address}?thread_ts={thread_ts}&cid={quote(channel)}"


class SlackChannel(Model):
    """A channel, public or private."""

    id: str
    name: SafeText = ""
    is_private: bool = False
    is_archived: bool = False
    is_member: bool = False
    """Whether the token's owner is in it: only then can it be read."""


class SlackUser(Model):
    """A person or a bot."""

    id: str
    name: SafeText = ""
    real_name: SafeText = ""
    display_name: SafeText = ""
    deleted: bool = False
    is_bot: bool = False

    @model_validator(mode="before")
    @classmethod
    def _lift_profile(cls, wire: object) -> object:
        if isinstance(wire, Mapping) and isinstance(wire.get("profile"), Mapping):
            profile = wire["profile"]
            return {
                **wire,
                "display_name": profile.get("display_name"),
                "real_name": profile.get("real_name") or wire.get("real_name"),
            }
        return wire

    @property
    def shown(self) -> str:
        """How the person is called on screen: display name, else real name, else login."""
        return self.display_name or self.real_name or self.name or self.id


class SlackMetadata(Model):
    """What a program left with its message."""

    event_type: str = ""
    event_payload: dict[str, object] = {}


class SlackMessage(Model):
    """One message. ``subtype`` is an open set: unknown ones are messages like any other."""

    ts: Ts
    """Its id within the channel; compare by `order`."""
    thread_ts: Ts | None = None
    """Of the thread's first message; its own where it is that one."""
    subtype: SafeText | None = None
    user: str | None = None
    """Who wrote it; None for those of bots, which may have only ``bot_id`` and ``username``."""
    bot_id: str | None = None
    username: SafeText | None = None
    wire_text: str = Field("", alias="text")
    """As it is on the wire, for comparing; show `readable` of it."""
    reply_count: int = 0
    latest_reply: Ts | None = None
    edited: bool = False
    metadata: SlackMetadata | None = None
    files: Nullable[SafeText] = ()
    """Names of the files that came with it."""

    @model_validator(mode="before")
    @classmethod
    def _read_wire(cls, wire: object) -> object:
        if not isinstance(wire, Mapping) or "ts" not in wire:
            return wire
        files = wire.get("files")
        named = [_file_name(file) for file in files] if isinstance(files, list) else []
        text = wire.get("text") or wire.get("wire_text") or words_elsewhere(wire)
        read = {key: wire[key] for key in wire if key not in ("wire_text", "bot_profile")}
        return {
            **read,
            "text": text,
            "files": named,
            "edited": bool(wire.get("edited")),
            "username": wire.get("username") or _bot_name(wire.get("bot_profile")),
            "reply_count": wire.get("reply_count") or 0,
            "metadata": wire.get("metadata") or None,
        }

    @property
    def order(self) -> tuple[int, int]:
        """Its place among the channel's messages."""
        return order(self.ts)

    @property
    def at(self) -> datetime:
        """When it was posted (UTC)."""
        return moment_of(self.ts)

    @property
    def is_talk(self) -> bool:
        """Whether it says something, unlike somebody's joining or a new topic."""
        return self.subtype not in _COMINGS_AND_GOINGS

    @property
    def op_id(self) -> str | None:
        """The id of the intent that we posted it for; None where it is not given back or not ours."""
        if self.metadata is None or self.metadata.event_type != OP_EVENT:
            return None
        given = self.metadata.event_payload.get("op_id")
        return given if isinstance(given, str) else None

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """What it says, as plain cleaned text; ``names`` are those of people and channels by id."""
        said = readable(self.wire_text, names)
        attached = "\n".join(f"[arquivo: {name}]" for name in self.files)
        return "\n".join(part for part in (said, attached) if part)

    def author(self, names: Mapping[str, str] | None = None) -> str:
        """Who wrote it, as shown: the name known for the id, else what the message itself says."""
        known = (names or {}).get(self.user or "")
        return known or self.username or safe_text(self.user or self.bot_id or "?", multiline=False)


def _file_name(file: object) -> object:
    if not isinstance(file, Mapping):
        return file  # read before
    return file.get("title") or file.get("name") or "sem nome"


def _bot_name(profile: object) -> object:
    return profile.get("name") if isinstance(profile, Mapping) else None
