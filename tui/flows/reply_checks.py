"""What the routine has to say on a reply, for whoever is at the desk (R16, R17, R18)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.answer import Answer
from clients.models.conversation import Conversation
from clients.models.discretion import Team
from clients.models.finding import Finding
from clients.models.rules.by_voice import CallLimits
from clients.models.rules.reply import ReplyContext, check_answer
from clients.models.ticket import Ticket

if TYPE_CHECKING:
    from ..account import Account
    from ..settings import Settings


def reply_findings(
    answer: Answer,
    ticket: Ticket,
    conversations: Sequence[Conversation],
    account: "Account",
    settings: "Settings",
    *,
    template: str = "",
) -> tuple[Finding, ...]:
    """Return what stands against ``answer``, the worst first; nothing of it blocks.

    ``template`` are the titles of the templates in it.
    """
    words, replies = account.vocabulary, settings.replies
    people = (account.me, ticket.requester)
    spared = [each for person in people if person for each in (person.name, person.email or "")]
    context = ReplyContext(
        team=Team.gather(settings.team_names, words, account.members),
        spared=tuple(spared),
        status=words.status(ticket.status),
        template=template,
        conversations=conversations,
        limits=CallLimits(replies.call_words, replies.call_returns),
    )
    return check_answer(answer, context)
