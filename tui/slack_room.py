"""The team's Slack as the settings name it: where one asks, what is read, and how often. Knows no screen."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.feed import Trouble
from clients.models.slack import SlackChannel
from clients.models.slack_talk import Answer, Heard, Question

from .disk import Disk
from .flows.slack_posting import POST, PostingToSlack
from .flows.workflows import WorkRemote
from .slack_watch import SLOW, ChannelWatch, ThreadWatch
from .sync import Poller

if TYPE_CHECKING:
    from clients.slack import Slack

    from .settings import SlackSettings
    from .slack_questions import Questions


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

    async def manager(self) -> SlackChannel:
        """Return the channel where one asks to whom a task may go. Raises RemoteError."""
        return await self._slack.channel_named(self._settings.manager_channel)

    @property
    def slowness(self) -> Trouble | None:
        """What to say where Slack lets us read once a minute only."""
        return SLOW if self._slack.slowed else None

    def listening(self, heard: Callable[[tuple[Heard, ...]], None]) -> Poller[Heard]:
        """What hears the channel of new tickets; ``heard`` is told what came since the first reading."""
        self._heard = watch = ChannelWatch(
            self._slack, (self._settings.ticket_channel,), self._clock, heard=heard
        )
        return Poller(watch.refresh, self._settings.interval, unforeseen=self._unforeseen)

    def look_again(self) -> None:
        """Look the channel up in the next cycle, if it was not found."""
        if self._heard is not None:
            self._heard.look_again()

    def following(self, answered: Callable[[Question, tuple[Answer, ...]], None]) -> Poller[Question]:
        """What reads the threads of open questions; ``answered`` is told of answers that came."""
        watch = ThreadWatch(self._slack, self._questions, self._on_disk, self._clock, answered=answered)
        return Poller(watch.refresh, self._settings.interval, unforeseen=self._unforeseen)
