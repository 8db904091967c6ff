"""Looking at tickets once more before a verb: what changed meanwhile is said before one goes on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from clients.models.conversation import Conversation
from clients.models.ticket import Ticket
from clients.models.ticket_changes import ticket_changes
from widgets.phrases import date_time
from widgets.ticket_news import VOICES

from .confirm import ConfirmScreen

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from tui.app import PlantaoApp

_ASKED_ABOUT = frozenset(("Situação", "Tipo", "Responsável", "Na lixeira", "Spam"))
"""Fields that verbs decide by; the list and the view do not agree on every other one."""
_CLOCKS_APART = timedelta(minutes=5)
"""How far the server's clock may be from ours."""
_QUOTED = 300
"""Characters of a message that are shown; the conversation has the rest."""


class Looking:
    """Reads tickets anew for a verb. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def again(self, seen: Sequence[Ticket]) -> tuple[Ticket, ...] | None:
        """The tickets as they are now; None where the analyst would not go on.

        ``seen`` is how they were shown. Raises PlantaoError.
        """
        freshdesk, me = self._app.desk.freshdesk, self._app.desk.account.agent.id
        if freshdesk is None:
            return None
        now = tuple([await freshdesk.ticket(ticket.id) for ticket in seen])
        moved = [
            (ticket.id, news)
            for before, ticket in zip(seen, now, strict=True)
            if (news := (*self._changes(before, ticket), *await self._said(freshdesk, before, ticket, me)))
        ]
        return now if not moved or await self._goes_on(moved) else None

    async def _said(self, freshdesk: "Freshdesk", before: Ticket, now: Ticket, me: int) -> tuple[str, ...]:
        """What was said on it since it was shown, by anybody but the agent ``me``."""
        known = (await self._app.desk.view(before)).conversations
        since = before.updated_at if known.as_of is None else known.as_of - _CLOCKS_APART
        if now.updated_at <= since:
            return ()
        ids = {said.id for said in known.items}
        said = await freshdesk.conversations(now.id)
        new = [one for one in said if one.id not in ids and one.user_id != me and one.created_at > since]
        return tuple(self._quoted(one) for one in new)

    def _quoted(self, said: Conversation) -> str:
        text = " ".join(said.text.split())
        shown = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
        return f"{VOICES[said.voice]}, {date_time(said.created_at, self._app.desk.clock())}: «{shown}»"

    def _changes(self, before: Ticket, now: Ticket) -> tuple[str, ...]:
        ours = {
            name: value
            for name, value in self._app.carrier.set_here(now.id).items()
            if getattr(now, name, None) == value
        }
        known = before.model_copy(update=ours)
        changes = ticket_changes(known, now, self._app.desk.account.vocabulary)
        return tuple(
            f"{change.label}: {change.before} → {change.after}"
            for change in changes
            if change.label in _ASKED_ABOUT
        )

    async def _goes_on(self, moved: Sequence[tuple[int, tuple[str, ...]]]) -> bool:
        about = "\n".join(f"#{ticket_id}  {line}" for ticket_id, news in moved for line in news)
        first = moved[0][0]
        subject = f"O #{first} mudou" if len(moved) == 1 else f"{len(moved)} tickets mudaram"
        question = ConfirmScreen(f"{subject} enquanto isso. Continuar?", about, "Continuar")
        agreed = await self._app.ask(question)
        self._app.refresh_sources()
        return agreed
