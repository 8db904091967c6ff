"""What a `Poller` asks Slack: what the watched channels say, and what was answered. Knows no screen.

Budget: a call for each watched channel and one for each followed thread a cycle; further pages, people seen
for the first time and the finding of a channel by its name aside. That may list the whole workspace: once,
and each quarter of an hour where there is none of the name. On Slack's low tier, where one call a minute is
allowed, a cycle reads what it may, the longest unread first, and the next one goes on.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from clients.errors import Forbidden, Gone, NotFound, Rejected, ScopeMissing, Throttled
from clients.models.feed import Feed, Trouble
from clients.models.handover import WAITS
from clients.models.server_talk import LONGEST_STAY
from clients.models.slack import Identity, SlackMessage
from clients.models.slack_talk import Answer, Following, Heard, Question
from clients.models.slack_text import mentioned
from clients.models.slack_time import moment_of, order, ts_of

from .disk import Disk

if TYPE_CHECKING:
    from clients.slack import Slack

    from .slack_questions import Questions

LOOK_BACK = LONGEST_STAY
"""How far back the first reading of a channel goes: as long as an entry into a server counts."""
OVERLAP = timedelta(minutes=10)
"""Read again each time, so that edits and deletions are seen: Slack tells of neither. Not on its low tier."""
MOST_KEPT = 400
"""Messages of each channel that the feed holds, the newest; of one kept whole, all of `LOOK_BACK` too."""
LOOK_UP_AGAIN = timedelta(minutes=15)
"""After how long a channel that was not found is looked up once more: somebody may let the app in."""
SLOW = Trouble(
    "Slack em ritmo lento",
    "O Slack só deixa este app ler uma vez por minuto.",
    "Use um app interno, criado no workspace da equipe, em vez de um app distribuído.",
)
FOLLOWED_FOR = timedelta(hours=12)
"""How long a question about no ticket is followed: nothing that is decided would end it."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """How far a channel was read."""

    at: datetime | None = None
    """When it was last read to its end; None where it never was."""
    trouble: Trouble | None = None
    """Why it was not, the last time."""


@dataclass
class _Place:
    """How far a channel was read."""

    name: str
    channel_id: str = ""
    unknown: Trouble | None = None
    """Why it was not found, when it was looked up last."""
    looked_up_at: datetime = _NEVER
    read_at: datetime = _NEVER
    whole_at: datetime | None = None
    """When it was last read to its end."""
    refused: Trouble | None = None
    """Why it was not read the last time."""
    mark: str | None = None
    """Ts of the newest message up to which everything was read."""
    gathered: list[SlackMessage] | None = None
    """What a reading that is still to be finished has found so far, the newest."""
    oldest: str = ""
    """Where that reading ends."""


class ChannelWatch:
    """Keeps what the watched channels say, for a `Poller`."""

    def __init__(
        self,
        slack: "Slack",
        channels: Iterable[str],
        clock: Callable[[], datetime],
        *,
        heard: Callable[[tuple[Heard, ...]], None] = lambda news: None,
        whole: Iterable[str] = (),
    ) -> None:
        """``channels`` are names or ids; ``heard`` is told of messages that came since the first reading.

        Of those in ``whole`` nothing is dropped while it is younger than `LOOK_BACK`.
        """
        self._slack = slack
        self._clock = clock
        self._heard = heard
        self._whole = frozenset(whole)
        self._places = [_Place(name) for name in dict.fromkeys(channels)]

    def look_again(self) -> None:
        """Look channels that were not found up in the next cycle: somebody wants to know."""
        for place in self._places:
            place.unknown = None

    def reading(self, name: str) -> Reading:
        """How far the watched channel ``name`` was read."""
        place = next(place for place in self._places if place.name == name)
        return Reading(place.whole_at, place.unknown or place.refused)

    async def refresh(self, feed: Feed[Heard]) -> AsyncIterator[Feed[Heard]]:
        """Yield the feed after each channel that was read, and once at the end; a channel's refusal is told.

        What is no channel's fault is raised: no network, a refused token, one whose scopes let it read none
        of the channels.
        """
        now, items, as_of = self._clock(), feed.items, feed.as_of
        trouble: Trouble | None = None
        barred: list[ScopeMissing] = []
        for place in sorted(self._places, key=lambda place: place.read_at):
            if place.unknown is not None and now - place.looked_up_at < LOOK_UP_AGAIN:
                trouble = trouble or place.unknown
                continue
            try:
                await self._find(place, now)
                read = await self._read(place, items, now)
            except (Forbidden, NotFound, Rejected) as error:
                place.gathered, place.refused = None, error.trouble
                trouble = trouble or error.trouble
                barred += [error] if isinstance(error, ScopeMissing) else []
                continue
            except Throttled:
                if not self._slack.slowed:
                    raise
                items = await self._shown(place, items, complete=False)
                break  # the method's minute is spent, for the other channels too
            place.refused = None
            if read is not None:
                items, as_of = read, now
                # at once: what is read is not read again, whatever becomes of the next channel
                yield Feed(items, as_of=feed.as_of, loading=True)
        if barred and len(barred) == len(self._places):
            raise barred[0]
        yield Feed(items, as_of=as_of, trouble=trouble)

    async def _find(self, place: _Place, now: datetime) -> None:
        if place.channel_id:
            return
        place.looked_up_at, place.unknown = now, None
        try:
            place.channel_id = (await self._slack.channel_named(place.name)).id
        except NotFound as error:
            place.unknown = error.trouble
            raise

    async def _read(self, place: _Place, items: tuple[Heard, ...], now: datetime) -> tuple[Heard, ...] | None:
        """Return ``items`` with the channel as it is now; None where its time has not come."""
        wait = self._slack.interval(place.channel_id, 0)
        if place.read_at > now - timedelta(seconds=wait):
            return None
        if place.gathered is None:
            place.gathered, place.oldest = [], self._since(place, now)
        latest = min((message.ts for message in place.gathered), key=order, default=None)
        async for page in self._slack.history_pages(place.channel_id, place.oldest, latest=latest):
            place.read_at = now
            place.gathered += page
        items = await self._shown(place, items, complete=True)
        nothing_new = place.mark or place.oldest
        place.mark = max((message.ts for message in place.gathered), key=order, default=nothing_new)
        place.gathered, place.whole_at = None, now
        return items

    def _since(self, place: _Place, now: datetime) -> str:
        if place.mark is None:
            return ts_of(now - LOOK_BACK)
        if place.channel_id in self._slack.slowed:  # fifteen messages a minute have to do for what is new
            return place.mark
        return ts_of(moment_of(place.mark) - OVERLAP)

    async def _shown(self, place: _Place, items: tuple[Heard, ...], *, complete: bool) -> tuple[Heard, ...]:
        """Return ``items`` with what was gathered; of a complete reading, without what is no longer there."""
        heard = await shown(self._slack, place.name, place.channel_id, place.gathered or ())
        read = {one.ts for one in heard}
        known = {one.ts for one in items if one.channel == place.name}
        if place.mark is not None:
            news = tuple(one for one in heard if one.ts not in known and order(one.ts) > order(place.mark))
            if news:
                self._heard(news)
        kept = [
            one
            for one in items
            if one.channel == place.name
            and one.ts not in read
            and not (complete and order(one.ts) > order(place.oldest))
        ]
        others = (one for one in items if one.channel != place.name)
        return tuple(sorted((*others, *self._newest(place, (*kept, *heard))), key=lambda one: order(one.ts)))

    def _newest(self, place: _Place, heard: Iterable[Heard]) -> list[Heard]:
        in_turn = sorted(heard, key=lambda one: order(one.ts))
        older, newest = in_turn[:-MOST_KEPT], in_turn[-MOST_KEPT:]
        begin = self._clock() - LOOK_BACK
        return [one for one in older if place.name in self._whole and one.at >= begin] + newest


class ThreadWatch:
    """Follows questions until they are settled, for a `Poller`."""

    def __init__(
        self,
        slack: "Slack",
        questions: "Questions",
        on_disk: Disk,
        clock: Callable[[], datetime],
        *,
        answered: Callable[[Question, tuple[Answer, ...]], None] = lambda question, news: None,
    ) -> None:
        """``answered`` is told of answers that came, and of those that were edited."""
        self._slack = slack
        self._questions = questions
        self._on_disk = on_disk
        self._clock = clock
        self._answered = answered
        self._read_at: dict[str, datetime] = {}

    async def refresh(self, feed: Feed[Question]) -> AsyncIterator[Feed[Question]]:
        """Yield the followed questions with their answers, once all threads were read or refused.

        A question that was deleted on Slack is no longer followed; one whose channel cannot be seen is, since
        the app may be let in again. Nothing is asked while there is none.
        Raised is what is no thread's fault: no network, a refused token, a missing scope.
        """
        now = self._clock()
        trouble: Trouble | None = None
        await self._on_disk(
            partial(self._questions.settle_old, now - FOLLOWED_FOR, handed_over_before=now - WAITS)
        )
        waiting = await self._on_disk(self._questions.open)
        self._read_at = {one.id: self._read_at.get(one.id, _NEVER) for one in waiting}
        for question in sorted(waiting, key=lambda one: self._read_at[one.id]):
            try:
                await self._read(question)
                self._read_at[question.id] = now
            except Gone:
                await self._on_disk(self._questions.set_state, question.id, Following.GONE)
            except ScopeMissing:
                raise
            except (Forbidden, NotFound, Rejected) as error:
                trouble = trouble or error.trouble
            except Throttled:
                if not self._slack.slowed:
                    raise
                break
        yield Feed(await self._on_disk(self._questions.open), as_of=now, trouble=trouble)

    async def _read(self, question: Question) -> None:
        # the whole thread: an answer may have been edited, and costs no more
        replies = await self._slack.replies(question.channel, question.ts)
        me = await self._slack.me()
        others = [reply for reply in replies if reply.user != me.user_id and reply.is_talk]
        names = await _names(self._slack, others)
        answers = [Answer(ts=one.ts, who=one.author(names), text=one.text(names)) for one in others]
        found = await self._on_disk(self._questions.answered, question.id, answers)
        if found is not None and found[1]:
            self._answered(*found)


async def shown(slack: "Slack", name: str, channel_id: str, messages: Sequence[SlackMessage]) -> list[Heard]:
    """Return what was said in a channel as it is shown; comings and goings are left out."""
    me = await slack.me()
    names = await _names(slack, messages)
    return [
        Heard(
            channel=name,
            ts=message.ts,
            who=message.author(names),
            text=message.text(names),
            link=me.link(channel_id, message.ts, message.thread_ts),
            own=message.user == me.user_id,
            by_app=await _is_by_app(slack, message, names, me),
            reply_count=message.reply_count,
        )
        for message in messages
        if message.is_talk
    ]


async def _is_by_app(slack: "Slack", message: SlackMessage, names: Mapping[str, str], me: Identity) -> bool:
    """Whether an app wrote it under its own name; what it writes with a person's token has its id too."""
    if message.bot_id is None or message.user is None:
        return message.bot_id is not None
    if message.user == me.user_id:
        return me.bot_id is not None
    return message.user not in names or (await slack.user(message.user)).is_bot  # of a known name: no call


async def _names(slack: "Slack", messages: Iterable[SlackMessage]) -> dict[str, str]:
    ids = {user for message in messages for user in (message.user, *mentioned(message.wire_text)) if user}
    return await slack.names(sorted(ids))
