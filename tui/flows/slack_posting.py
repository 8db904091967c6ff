"""Saying something on Slack once: the remote step, and the question to the manager (R12)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.models.base import Model
from clients.models.client_words import bare_subject
from clients.models.slack import Identity
from clients.models.slack_talk import Question
from clients.models.slack_time import moment_of
from clients.models.ticket import Ticket

from ..intent import Intent, Step
from .engine import Found, Missing, Unclear

if TYPE_CHECKING:
    from clients.slack import Slack

    from ..slack_questions import Questions

POST = "slack.post"


class Posting(Model):
    """A message to be posted. Nobody is called by it, whatever the text holds."""

    channel: str
    """Slack's id of the channel."""
    place: str
    """The channel's name, for telling."""
    text: str
    thread_ts: str | None = None
    """The thread that it goes into."""
    ticket: int | None = None
    """The ticket that it asks about; its thread is then followed."""
    about: str = ""
    """What else it asks about, for telling."""
    followed: bool = False
    """Whether its thread is followed without a ticket, too."""


def question_text(ticket: Ticket, link: str) -> str:
    """Return the question that R12 wants, to be edited: which ticket, whose, what about, who and when."""
    about = ": ".join(filter(None, (ticket.client, bare_subject(ticket.subject))))
    head = f"Ticket #{ticket.id} · {about}" if about else f"Ticket #{ticket.id}"
    return "\n".join(filter(None, (head, link, "Quem pega e com que prioridade?")))


def post_step(posting: Posting) -> Step:
    """Plan to post. Two questions about one ticket are never on their way at once."""
    target = f"channel:{posting.place}" if posting.ticket is None else f"question:{posting.ticket}"
    return Step(POST, target, posting.model_dump(mode="json"))


def question_of(posting: Posting, ts: str, me: Identity) -> Question:
    """Return what was asked by a message that was posted as ``ts``; a reply belongs to its thread's."""
    ts = posting.thread_ts or ts
    return Question(
        id=f"{posting.channel}/{ts}",
        channel=posting.channel,
        place=posting.place,
        ts=ts,
        ticket_id=posting.ticket,
        about=posting.about,
        text=posting.text,
        asked_at=moment_of(ts),
        permalink=me.link(posting.channel, ts),
    )


class PostingToSlack:
    """The remote step ``slack.post``: found again by its mark, or by its words where Slack hides marks.

    When it was tried is known by the machine's clock, and messages are dated by Slack's. How far the two are
    apart is measured as one looks, so that nothing but the intent has to outlive a crash: the clock is taken
    to have been as wrong then as it is now. Slack is read from some minutes before; beyond these a clock that
    was set in between could hide the message.
    """

    def __init__(self, slack: "Slack", questions: "Questions", clock: Callable[[], datetime]) -> None:
        """``questions`` is where a question is kept as soon as it is asked; ``clock`` is the journal's."""
        self._slack = slack
        self._questions = questions
        self._clock = clock
        self._me = Identity(user_id="")

    async def ready(self, intent: Intent) -> None:
        """Raise NotFound where the channel is there no more."""
        self._me = await self._slack.me()
        await self._slack.channel_named(Posting.model_validate(intent.payload).channel)

    async def do(self, intent: Intent) -> str:
        """Post it."""
        posting = Posting.model_validate(intent.payload)
        posted = await self._slack.post(posting.channel, posting.text, posting.thread_ts, op_id=intent.op_id)
        return posted.ts

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by what was said there since it was confirmed."""
        posting = Posting.model_validate(intent.payload)
        self._me = await self._slack.me()
        since = intent.planned_at - await self._ahead()
        posted = await self._slack.find_posted(
            posting.channel, intent.op_id, since, posting.thread_ts, text=posting.text
        )
        if len(posted.found) == 1:
            return Found(posted.found[0].ts, "Encontrada no Slack depois de perdida a resposta.")
        if posted.found:
            return Unclear(f"Há {len(posted.found)} mensagens iguais em {posting.place}.")
        if posted.doubtful:
            return Unclear(f"Uma mensagem sua em {posting.place} pode ser esta: confira lá.")
        return Missing(f"{posting.place} foi conferido e a mensagem não está lá.")

    async def _ahead(self) -> timedelta:
        """How far our clock is ahead of Slack's."""
        theirs = await self._slack.now()
        return self._clock() - theirs

    def conclude(self, intent: Intent) -> None:
        """Follow what was asked; not where only the analyst saw that it is there."""
        posting = Posting.model_validate(intent.payload)
        if (posting.followed or posting.ticket is not None) and isinstance(intent.remote_id, str):
            self._questions.keep(question_of(posting, intent.remote_id, self._me))
