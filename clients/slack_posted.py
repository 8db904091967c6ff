"""What of a message whose answer was lost is there: told by its mark, else by who said it, when, and how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .models.slack import SlackMessage
from .models.slack_text import same_text
from .models.slack_time import order, ts_of

SAME_TEXT_BEFORE = timedelta(seconds=5)
"""How much earlier than tried a message may be dated that only its text tells: one of the same words may be
another."""


@dataclass(frozen=True)
class Posted:
    """What looking for one message found."""

    found: tuple[SlackMessage, ...] = ()
    """It; more than one where they are too much alike."""
    doubtful: tuple[SlackMessage, ...] = ()
    """Where nothing was found: those of our own that may be it all the same."""


def told_apart(messages: Iterable[SlackMessage], me: str, op_id: str, sent: str, since: datetime) -> Posted:
    """Return what among ``messages`` is ``sent``, which ``me`` tried to post at ``since`` marked ``op_id``.

    Slack spells some texts its own way (😀 comes back as ``:grinning:``), and a clock may have been set
    since: unless other marks are given back here, words that differ or came shortly before leave it in doubt.
    """
    there = tuple(messages)
    marked = tuple(message for message in there if message.op_id == op_id)
    if marked:
        return Posted(marked)
    own = [message for message in there if message.user == me and message.is_talk]
    unmarked = [message for message in own if message.op_id is None]
    not_before = order(ts_of(since - SAME_TEXT_BEFORE))
    same = {message.ts for message in unmarked if same_text(sent, message.wire_text)}
    found = tuple(one for one in unmarked if one.ts in same and one.order >= not_before)
    if found or len(unmarked) < len(own):
        return Posted(found)
    return Posted(doubtful=tuple(one for one in unmarked if one.ts in same or one.order >= not_before))
