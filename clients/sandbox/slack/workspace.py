"""The workspace: who is in which channel, what was said, and what happens there by itself as time passes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ...models.slack_time import moment_of, order, ts_of
from ..clock import read_stamp
from ..knobs import SlackKnobs
from ..rows import TicketRow
from ..state import State
from .facts import chatter
from .people import person
from .rows import ChannelRow, MessageRow, Shelves, TokenRow, UserRow, said
from .servers import come_and_go

TEAM, TEAM_ID, URL = "Exemplo", "T0AAA1", "https://exemplo.slack.com/"
BOT, BOT_ID = "U0BOT01", "B0AAA1"
TICKET_BOT = "B0FRESH"
TICKET_CHANNEL = "freshdesk"
_DAY = timedelta(days=1)
_STEP = 100
"""Millionths of a second between two messages of the same instant."""


class Workspace:
    """The rows with their rules. Call `catch_up` before anything is read or written."""

    def __init__(
        self, state: State, knobs: SlackKnobs, clock: Callable[[], datetime], started: datetime
    ) -> None:
        self.state, self.knobs, self.clock, self.started = state, knobs, clock, started
        self.shelves = Shelves(state.store)
        self._last_ticket = max((row["ticket_id"] or 0 for row in self.shelves.messages), default=0)

    # -- finding ---------------------------------------------------------------------------------------

    def token(self, secret: str) -> TokenRow | None:
        """Whose token it is."""
        return next((row for row in self.shelves.tokens if row["token"] == secret), None)

    def user(self, user_id: str) -> UserRow | None:
        """A person or bot by Slack's id."""
        return next((row for row in self.shelves.users if row["user"] == user_id), None)

    def channel(self, channel_id: str) -> ChannelRow | None:
        """A channel by Slack's id."""
        return next((row for row in self.shelves.channels if row["channel"] == channel_id), None)

    def channel_named(self, name: str) -> ChannelRow:
        """A channel by name. LookupError: there is none."""
        found = next((row for row in self.shelves.channels if row["name"] == name), None)
        if found is None:
            raise LookupError(name)
        return found

    def said_in(self, channel_id: str) -> list[MessageRow]:
        """Everything said in a channel and its threads, oldest first."""
        rows = [row for row in self.shelves.messages if row["channel"] == channel_id]
        return sorted(rows, key=lambda row: order(row["ts"]))

    def message(self, channel_id: str, ts: str) -> MessageRow | None:
        """One message."""
        rows = (row for row in self.shelves.messages if row["channel"] == channel_id)
        return next((row for row in rows if row["ts"] == ts), None)

    # -- saying ----------------------------------------------------------------------------------------

    def say(self, channel_id: str, text: str, at: datetime, **more: object) -> MessageRow:
        """Add a message as of ``at``, or a little later: its ts is the channel's last."""
        row = said(channel_id, self._next_ts(channel_id, at), text, **more)
        return self.keep({**row, "id": self.shelves.messages.next_id(1)})

    def keep(self, row: MessageRow) -> MessageRow:
        """Store a message, new or changed."""
        self.state.save((self.shelves.messages, [row]))
        return row

    def join(self, channel: ChannelRow, user_id: str) -> ChannelRow:
        """Let somebody in."""
        joined: ChannelRow = {**channel, "members": sorted({*channel["members"], user_id})}
        self.state.save((self.shelves.channels, [joined]))
        return joined

    # -- what happens by itself ------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Say what was due meanwhile: new tickets, who comes and goes, answers to what waited long enough."""
        now = self.clock()
        self._announce_tickets()
        self._answer_questions(now)
        come_and_go(self, now)

    def _announce_tickets(self) -> None:
        tickets = self.state.tickets.rows
        if max(tickets, default=0) <= self._last_ticket:
            return
        channel = self.channel_named(TICKET_CHANNEL)["channel"]
        new = [tickets[number] for number in sorted(tickets) if number > self._last_ticket]
        for ticket in new:
            if read_stamp(ticket["created_at"]) >= self.started - _DAY and not _hidden(ticket):
                self._announce(channel, ticket)
        self._last_ticket = new[-1]["id"]

    def _announce(self, channel: str, ticket: TicketRow) -> None:
        """Tell of a new ticket, as an integration does."""
        link = f"https://exemplo.freshdesk.com/a/tickets/{ticket['id']}"
        subject = _escaped(ticket["subject"] or "(sem assunto)")
        requester = self.state.contacts.get(ticket["requester_id"])
        name = _escaped(requester["name"]) if requester else "?"
        self.say(
            channel,
            f"Novo ticket <{link}|#{ticket['id']}>: {subject} ({name})",
            read_stamp(ticket["created_at"]),
            bot_id=TICKET_BOT,
            username="Freshdesk",
            subtype="bot_message",
            ticket_id=ticket["id"],
        )

    def _answer_questions(self, now: datetime) -> None:
        facts, wait = chatter().colleague, self.knobs.answer_after_seconds
        if wait is None:
            return
        channel = self.channel_named(facts.channel)["channel"]
        colleague = person(facts.who)
        rows = self.said_in(channel)
        answered = {row["thread_ts"] for row in rows if row["user"] == colleague}
        told = sum(
            1 for row in rows if row["user"] == colleague and row["thread_ts"] not in (None, row["ts"])
        )
        for row in rows:
            due = moment_of(row["ts"]) + timedelta(seconds=wait)
            is_question = row["thread_ts"] is None and row["user"] != colleague and row["subtype"] is None
            if is_question and row["ts"] not in answered and due <= now:
                text = facts.answers[told % len(facts.answers)]
                self.say(channel, text, due, thread_ts=row["ts"], user=colleague)
                told += 1

    def _next_ts(self, channel_id: str, at: datetime) -> str:
        times = [order(row["ts"]) for row in self.shelves.messages if row["channel"] == channel_id]
        wanted = order(ts_of(at.replace(microsecond=_STEP)))
        last = max(times, default=(0, 0))
        seconds, micros = wanted if wanted > last else (last[0], last[1] + _STEP)
        return f"{seconds}.{micros:06d}"


def speak(workspace: Workspace, channel: str, name: str, text: str, thread_ts: str | None) -> str:
    """Let somebody, by the name that is shown, say something as it is on the wire; returns the ts.

    LookupError: no such channel or person.
    """
    workspace.catch_up()
    whom = next((row["user"] for row in workspace.shelves.users if row["display_name"] == name), None)
    if whom is None:
        raise LookupError(name)
    place = workspace.channel_named(channel)["channel"]
    return workspace.say(place, text, workspace.clock(), user=whom, thread_ts=thread_ts)["ts"]


def revise(workspace: Workspace, channel: str, ts: str, text: str | None) -> None:
    """Change what a message says, or delete it; LookupError: no such message."""
    row = workspace.message(workspace.channel_named(channel)["channel"], ts)
    if row is None:
        raise LookupError(ts)
    if text is None:
        workspace.state.remove(workspace.shelves.messages, row["id"])
    else:
        workspace.keep({**row, "text": text, "edited": True})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _hidden(ticket: TicketRow) -> bool:
    return ticket["spam"] or ticket["deleted"] or ticket["archived"]
