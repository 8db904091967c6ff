"""Slack: reading the team's channels and threads, and saying something there once (contract of Slack).

Every call may raise any `RemoteError`. A `post` that raised `OutcomeUnknown` may have been done: look with
`find_posted` before sending it again.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from .errors import Forbidden, Gone, NotFound, Rejected, SettingsError, Throttled
from .http import Transport
from .limiter import Limiter
from .loopback import is_overheard
from .models.slack import OP_EVENT, Identity, SlackChannel, SlackMessage, SlackUser
from .models.slack_text import outgoing
from .models.slack_time import ts_of
from .models.text import fold
from .slack_errors import SYSTEM
from .slack_posted import Posted, told_apart
from .slack_wire import Answer, Arguments, SlackWire, Sleep, read_list, read_one, read_written

PAGE = 200
LOW_TIER_PAGE = 15
"""Messages a page, at most, for an app on Slack's low tier (contract §3)."""
LOW_TIER_INTERVAL = 65.0
"""Seconds between two reads of a channel there: one request a minute, with room to spare."""
LOW_TIER_RETRY = 60.0
LONGEST_TEXT = 4_000
"""Characters that Slack advises; far longer ones it cuts in silence."""
LOOK_BEFORE = timedelta(minutes=5)
"""How much earlier than it was tried a lost message may be dated: no two clocks run quite alike."""
_ALL_TYPES, _PUBLIC = "public_channel,private_channel", "public_channel"
_ID = re.compile(r"[CG][A-Z0-9]{6,}", re.ASCII)


class Slack:
    """One workspace, seen by one token. Close it with `aclose`."""

    def __init__(self, wire: SlackWire) -> None:
        self._wire = wire
        self._me: Identity | None = None
        self._channels: dict[str, SlackChannel] = {}
        self._users: dict[str, SlackUser] = {}
        self._hidden_users: set[str] = set()
        self._slowed: set[str] = set()

    @classmethod
    def connect(
        cls,
        url: str,
        token: SecretStr,
        *,
        ca_file: Path | None = None,
        transport: Transport | None = None,
        new_limiter: Callable[[], Limiter] = Limiter,
        sleep: Sleep = asyncio.sleep,
    ) -> "Slack":
        """Open ``https://slack.com/api``; plain HTTP is for this machine only.

        ``new_limiter`` makes the limiter of each method. Raises `SettingsError`; asks nothing of the network.
        """
        if is_overheard(url):
            raise SettingsError("Slack: o endereço precisa começar com https://")
        base = url.rstrip("/")
        base = base if base.endswith("/api") else f"{base}/api"
        wire = SlackWire(
            base, token, ca_file=ca_file, new_limiter=new_limiter, transport=transport, sleep=sleep
        )
        return cls(wire)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._wire.aclose()

    # -- the workspace ---------------------------------------------------------------------------------

    async def auth_test(self) -> Identity:
        """Return whose token it is, asking; the test of a connection, since every token may ask."""
        self._me = read_one(Identity, await self._wire.read("auth.test"))
        return self._me

    async def me(self) -> Identity:
        """Return whose token it is, asked once."""
        return self._me or await self.auth_test()

    async def now(self) -> datetime:
        """Return what time it is by the clock that dates Slack's messages, asking each time."""
        return await self._wire.now()

    async def conversations(self, *, all_visible: bool = False) -> tuple[SlackChannel, ...]:
        """Return the channels that the token's owner is in, or all that can be seen; none archived.

        Private ones only where the token may list them.
        """
        method = "conversations.list" if all_visible else "users.conversations"
        try:
            found = await self._list_channels(method, _ALL_TYPES)
        except Forbidden:  # no groups:read: then public ones only
            found = await self._list_channels(method, _PUBLIC)
        if all_visible:
            return found
        # this list does not say what it means
        return tuple(channel.model_copy(update={"is_member": True}) for channel in found)

    async def channel_named(self, name: str) -> SlackChannel:
        """Return a channel by name, with or without ``#``, or by id; remembered once found while a member.

        `NotFound` where the token does not see it.
        """
        wanted = _bare(name)
        if known := self._channels.get(wanted):
            return known
        if _ID.fullmatch(name.strip()):
            answer = await self._wire.read("conversations.info", {"channel": name.strip()})
            return self._remembered(wanted, read_one(SlackChannel, answer.get("channel")))
        for all_visible in (False, True):
            for channel in await self.conversations(all_visible=all_visible):
                if _bare(channel.name) == wanted:
                    return self._remembered(wanted, channel)
        raise NotFound(
            SYSTEM,
            f"o canal “{name}” não existe ou não é visível para o token",
            way_out="Confira o nome em [slack]; num canal privado, convide o app: /invite @nome-do-app.",
        )

    async def user(self, user_id: str) -> SlackUser:
        """Return a person by id, asked once. `NotFound` or `Forbidden` where the token may not know."""
        if user_id not in self._users:
            answer = await self._wire.read("users.info", {"user": user_id})
            self._users[user_id] = read_one(SlackUser, answer.get("user"))
        return self._users[user_id]

    async def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return how people are shown, by id; who may not be known is left out. Each is asked for once."""
        shown: dict[str, str] = {}
        for user_id in dict.fromkeys(ids):
            if user_id in self._hidden_users:
                continue
            try:
                shown[user_id] = (await self.user(user_id)).shown
            except (NotFound, Forbidden):
                self._hidden_users.add(user_id)
        return shown

    # -- reading ---------------------------------------------------------------------------------------

    async def history(self, channel: str, oldest: str) -> tuple[SlackMessage, ...]:
        """Return all messages of a channel id after ``oldest`` (a ts, not included), oldest first.

        Thread replies are not among them. Move your mark only on return: a read that broke off saw the
        newest only.
        """
        found: list[SlackMessage] = []
        async for page in self.history_pages(channel, oldest):
            found += page
        return _in_order(found)

    async def history_pages(
        self, channel: str, oldest: str, *, latest: str | None = None, with_metadata: bool = False
    ) -> AsyncIterator[tuple[SlackMessage, ...]]:
        """Yield the same page by page, newest first, and before ``latest`` only where it is given."""
        asked: dict[str, str | int | None] = {"channel": channel, "oldest": oldest, "latest": latest}
        async for page in self._walk("conversations.history", asked, with_metadata):
            yield page

    async def replies(
        self, channel: str, ts: str, *, oldest: str | None = None, with_metadata: bool = False
    ) -> tuple[SlackMessage, ...]:
        """Return the replies in the thread of the message ``ts``, after ``oldest``, oldest first.

        The thread's first message is not among them. `Gone` where there is no such message any more.
        """
        asked: dict[str, str | int | None] = {"channel": channel, "ts": ts, "oldest": oldest}
        found: list[SlackMessage] = []
        async for page in self._walk("conversations.replies", asked, with_metadata):
            found += (message for message in page if message.ts != ts)
        return _in_order(found)

    @property
    def slowed(self) -> frozenset[str]:
        """Ids of channels that Slack lets us read once a minute only: the low tier of foreign apps."""
        return frozenset(self._slowed)

    def interval(self, channel: str, wanted: float) -> float:
        """Return the seconds between two reads of a channel id: ``wanted``, or more on the low tier."""
        return max(wanted, LOW_TIER_INTERVAL) if channel in self._slowed else wanted

    # -- writing ---------------------------------------------------------------------------------------

    async def post(
        self, channel: str, text: str, thread_ts: str | None = None, op_id: str | None = None
    ) -> SlackMessage:
        """Post to a channel id, or into the thread of ``thread_ts``; ``op_id`` goes along unseen.

        The text pings nobody and is shown as it is written, whatever it holds. Never sent twice. `Rejected`,
        with nothing sent, where it is empty or too long.
        """
        body: dict[str, object] = {
            "channel": channel,
            "text": _checked(outgoing(text)),
            "mrkdwn": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if thread_ts is not None:
            body["thread_ts"] = thread_ts
        if op_id is not None:
            body["metadata"] = {"event_type": OP_EVENT, "event_payload": {"op_id": op_id}}
        answer = await self._wire.write("chat.postMessage", body)
        message = answer.get("message")
        told = {**message, "ts": answer.get("ts")} if isinstance(message, dict) else {"ts": answer.get("ts")}
        return read_written(SlackMessage, told)

    async def find_posted(
        self, channel: str, op_id: str, since: datetime, thread_ts: str | None = None, *, text: str
    ) -> Posted:
        """Return what is there of a `post` that was tried at ``since`` by Slack's clock (see `now`).

        A thread's message that is not in its thread is looked for in the channel as well.
        """
        me, oldest, sent = await self.me(), ts_of(since - LOOK_BEFORE), outgoing(text)

        def among(messages: Iterable[SlackMessage]) -> Posted:
            return told_apart(_in_order(messages), me.user_id, op_id, sent, since)

        inside = Posted()
        if thread_ts is not None:
            inside = among(await self._thread(channel, thread_ts, oldest))
        if inside.found:
            return inside
        outside = among(await self._channel(channel, oldest))
        return outside if outside.found else Posted(doubtful=inside.doubtful + outside.doubtful)

    # -- below -----------------------------------------------------------------------------------------

    async def _list_channels(self, method: str, types: str) -> tuple[SlackChannel, ...]:
        asked: Arguments = {"types": types, "exclude_archived": "true", "limit": PAGE}
        found: list[SlackChannel] = []
        async for page in self._wire.pages(method, asked):
            found += read_list(SlackChannel, page.get("channels"))
        return tuple(found)

    def _remembered(self, wanted: str, channel: SlackChannel) -> SlackChannel:
        if channel.is_member:  # else it may be joined any moment
            self._channels[wanted] = channel
        return channel

    async def _walk(
        self, method: str, asked: Arguments, with_metadata: bool
    ) -> AsyncIterator[tuple[SlackMessage, ...]]:
        channel = str(asked["channel"])
        limit = LOW_TIER_PAGE if channel in self._slowed else PAGE
        metadata = "true" if with_metadata else None
        try:
            async for page in self._wire.pages(
                method, {**asked, "limit": limit, "include_all_metadata": metadata}
            ):
                messages = read_list(SlackMessage, page.get("messages"))
                if _is_cut_short(page, messages, limit):
                    self._slowed.add(channel)
                yield messages
        except Throttled as error:
            if error.status == 429 and (error.retry_after or 0) >= LOW_TIER_RETRY:
                self._slowed.add(channel)
            raise

    async def _thread(self, channel: str, ts: str, oldest: str) -> tuple[SlackMessage, ...]:
        try:
            try:
                return await self.replies(channel, ts, oldest=oldest, with_metadata=True)
            except Forbidden:  # metadata has a scope of its own
                return await self.replies(channel, ts, oldest=oldest)
        except Gone:
            return ()

    async def _channel(self, channel: str, oldest: str) -> list[SlackMessage]:
        try:
            pages = self.history_pages(channel, oldest, with_metadata=True)
            return [message async for page in pages for message in page]
        except Forbidden:
            return [message async for page in self.history_pages(channel, oldest) for message in page]


def _is_cut_short(page: Answer, messages: Collection[SlackMessage], limit: int) -> bool:
    return page.get("has_more") is True and 0 < len(messages) <= LOW_TIER_PAGE < limit


def _in_order(messages: Iterable[SlackMessage]) -> tuple[SlackMessage, ...]:
    """Oldest first, each once: pages may repeat what an earlier one had."""
    by_ts = {message.ts: message for message in messages}
    return tuple(sorted(by_ts.values(), key=lambda message: message.order))


def _checked(text: str) -> str:
    if not text.strip():
        raise Rejected(SYSTEM, "a mensagem está vazia", way_out="Escreva a mensagem.")
    if len(text) > LONGEST_TEXT:
        told = f"a mensagem tem {len(text)} caracteres; cabem {LONGEST_TEXT}"
        raise Rejected(SYSTEM, told, way_out="Divida a mensagem.")
    return text


def _bare(name: str) -> str:
    return fold(name.strip().lstrip("#"))
