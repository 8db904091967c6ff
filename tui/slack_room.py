"""The team's Slack as the settings name it: where one asks, what is read, and how often. Knows no screen."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.feed import Trouble
from clients.models.server_talk import Occupant
from clients.models.slack import SlackChannel
from clients.models.slack_talk import Answer, Heard, Question
from clients.models.slack_time import ts_of

from .disk import Disk
from .flows.server_announcing import AnnouncingOnServer
from .flows.slack_posting import POST, PostingToSlack
from .flows.workflows import WorkRemote
from .slack_watch import LOOK_BACK, SLOW, ChannelWatch, Reading, ThreadWatch, shown
from .sync import Poller

if TYPE_CHECKING:
    from clients.slack import Slack

    from .settings import SlackSettings
    from .slack_questions import Questions
    from .walks import Walks


class SlackRoom:
    """Channels and questions of one workspace."""

    def __init__(
        self,
        slack: "Slack",
        settings: "SlackSettings",
        questions: "Questions",
        on_disk: Disk,
        clock: Callable[[], datetime],
        unforeseen: Callable[[Exception], Trouble],
    ) -> None:
        """``unforeseen`` as of `Poller`."""
        self._slack = slack
        self._settings = settings
        self._questions = questions
        self._on_disk = on_disk
        self._clock = clock
        self._unforeseen = unforeseen
        self._heard: ChannelWatch | None = None

    def remotes(self) -> dict[str, WorkRemote]:
        """Steps on Slack."""
        return {POST: PostingToSlack(self._slack, self._questions, self._clock)}

    def announcing(
        self, walks: "Walks", people: Callable[[str], Awaitable[tuple[Occupant, ...]]]
    ) -> AnnouncingOnServer:
        """The step that says in the channel of servers that one enters or leaves."""
        return AnnouncingOnServer(self._slack, self._questions, walks, self._clock, self._on_disk, people)

    async def servers(self) -> SlackChannel:
        """Return the channel where one says that one enters or leaves a server. Raises RemoteError."""
        return await self._slack.channel_named(self._settings.servers_channel)

    @property
    def round_channel(self) -> str:
        """Where the summary of a morning round goes, as the settings call it; empty where nowhere."""
        return self._settings.round_channel

    async def round(self) -> SlackChannel:
        """Return that channel. Raises RemoteError."""
        return await self._slack.channel_named(self._settings.round_channel)

    @property
    def handover_channel(self) -> str:
        """Where a shift is handed over, as the settings call it; empty where nowhere."""
        own = self._settings.handover_channel
        return self._settings.round_channel if own is None else own

    async def handover(self) -> SlackChannel:
        """Return that channel. Raises RemoteError."""
        return await self._slack.channel_named(self.handover_channel)

    async def said_at_handover(self, since: datetime) -> tuple[Heard, ...]:
        """Read what was said in that channel ``since`` then. Raises RemoteError."""
        channel = await self.handover()
        messages = await self._slack.history(channel.id, ts_of(since))
        return tuple(await shown(self._slack, self.handover_channel, channel.id, messages))

    @property
    def slowness(self) -> Trouble | None:
        """What to say where Slack lets us read once a minute only."""
        return SLOW if self._slack.slowed else None

    def listening(self, heard: Callable[[tuple[Heard, ...]], None]) -> Poller[Heard]:
        """What hears the channels of new tickets and of servers; ``heard`` is told what came in."""
        servers = self._settings.servers_channel
        channels = (self._settings.ticket_channel, servers)
        watch = ChannelWatch(self._slack, channels, self._clock, heard=heard, whole=(servers,))
        self._heard = watch
        return Poller(watch.refresh, self._settings.interval, unforeseen=self._unforeseen)

    @property
    def servers_name(self) -> str:
        """What the channel of servers is called in the settings."""
        return self._settings.servers_channel

    @property
    def servers_heard(self) -> Reading:
        """How far the channel of servers was heard."""
        return Reading() if self._heard is None else self._heard.reading(self._settings.servers_channel)

    async def said_of_servers(self) -> tuple[Heard, ...]:
        """Read the channel of servers now, as far back as an entry counts. Raises RemoteError."""
        name, channel = self._settings.servers_channel, await self.servers()
        since = ts_of(self._clock() - LOOK_BACK)
        pages = [page async for page in self._slack.history_pages(channel.id, since)]
        messages = [message for page in pages for message in page]
        return tuple(await shown(self._slack, name, channel.id, messages))

    async def speaks_for_all(self) -> bool:
        """Whether the token is an app's, which posts under its own name whoever sits here."""
        return (await self._slack.me()).bot_id is not None

    @property
    def may_look_again(self) -> bool:
        """Whether a reading more costs nothing that the watches need."""
        return not self._slack.slowed

    def look_again(self) -> None:
        """Look the channel up in the next cycle, if it was not found."""
        if self._heard is not None:
            self._heard.look_again()

    def following(self, answered: Callable[[Question, tuple[Answer, ...]], None]) -> Poller[Question]:
        """What reads the threads of open questions; ``answered`` is told of answers that came."""
        watch = ThreadWatch(self._slack, self._questions, self._on_disk, self._clock, answered=answered)
        return Poller(watch.refresh, self._settings.interval, unforeseen=self._unforeseen)
