"""Looking at tickets once more before a verb: what changed meanwhile is said before one goes on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.ticket import Ticket
from clients.models.ticket_changes import Change, ticket_changes

from .confirm import ConfirmScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_ASKED_ABOUT = frozenset(("Situação", "Tipo", "Responsável", "Na lixeira", "Spam"))
"""Fields that verbs decide by; the list and the view do not agree on every other one."""


class Looking:
    """Reads tickets anew for a verb. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def again(self, seen: Sequence[Ticket]) -> tuple[Ticket, ...] | None:
        """The tickets as they are now; None where one cannot be read, or the analyst would not go on.

        ``seen`` is how they were shown.
        """
        freshdesk = self._app.desk.freshdesk
        if freshdesk is None:
            return None
        try:
            now = tuple([await freshdesk.ticket(ticket.id) for ticket in seen])
        except PlantaoError as error:
            self._app.report(error.trouble)
            return None
        moved = [
            (ticket.id, news)
            for before, ticket in zip(seen, now, strict=True)
            if (news := self._news(before, ticket))
        ]
        return now if not moved or await self._goes_on(moved) else None

    def _news(self, before: Ticket, now: Ticket) -> tuple[Change, ...]:
        ours = {
            name: value
            for name, value in self._app.carrier.set_here(now.id).items()
            if getattr(now, name, None) == value
        }
        known = before.model_copy(update=ours)
        changes = ticket_changes(known, now, self._app.desk.account.vocabulary)
        return tuple(change for change in changes if change.label in _ASKED_ABOUT)

    async def _goes_on(self, moved: Sequence[tuple[int, tuple[Change, ...]]]) -> bool:
        about = "\n".join(
            f"#{ticket_id}  {change.label}: {change.before} → {change.after}"
            for ticket_id, changes in moved
            for change in changes
        )
        first = moved[0][0]
        subject = f"O #{first} mudou" if len(moved) == 1 else f"{len(moved)} tickets mudaram"
        question = ConfirmScreen(f"{subject} enquanto isso. Continuar?", about, "Continuar")
        agreed = await self._app.ask(question)
        self._app.refresh_sources()
        return agreed
