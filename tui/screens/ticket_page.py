"""A page on which a ticket is worked on: it tells the machine so, and the analyst who else is at it."""

import asyncio
from collections.abc import Sequence

from textual import work

from clients.models.text import safe_text
from tui.company_words import advice, company_words
from tui.desk import Desk
from tui.presence import MOST_TOLD, Colleague
from widgets.cells import Piece, Tone
from widgets.one_line import OneLine

from .desk_screen import DeskScreen

LOOK_EVERY = 3.0
"""Seconds until one looks again, so that the first on a ticket is told of the second."""


class CompanyLine(OneLine):
    """Who else is on the ticket, above the page, for as long as that is so."""

    DEFAULT_CSS = """
    CompanyLine { dock: top; display: none; padding: 0 1; }
    CompanyLine.-on { display: block; }
    """


class TicketPage(DeskScreen):
    """Says at once, and for as long as it lasts, that somebody else works on the same ticket."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entered: int | None = None
        """The ticket on which this page is seen."""
        self._company: tuple[Colleague, ...] = ()
        self._met: set[Colleague] = set()
        """Who was told of by a toast; once is enough."""

    @property
    def ticket_id(self) -> int | None:
        """The ticket that is worked on; None where there is none."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Be seen, and look."""
        self._entered = self.ticket_id
        if self._entered is not None:
            self._desk.presence.enter(self._entered)
            self.mount(CompanyLine())
            self._look()
            self.set_interval(LOOK_EVERY, self._look)

    def on_unmount(self) -> None:
        """Be seen no more."""
        if self._entered is not None:
            self._desk.presence.leave(self._entered)

    async def company(self) -> str:
        """Look who else is on the ticket now, show it, and return it in words; empty where nobody is."""
        if self._entered is not None:
            self._show_company(await asyncio.to_thread(self._desk.presence.others, self._entered))
        return company_words(self._company)

    @work(exclusive=True, group="company", exit_on_error=False)
    async def _look(self) -> None:
        await self.company()

    def _show_company(self, others: tuple[Colleague, ...]) -> None:
        if others == self._company or not self.is_attached:
            return
        self._company = others
        self.tell_company(company_words(others), advice(others))
        # whoever binds ever new names is not heard for ever
        came = [other for other in others if other not in self._met][: MOST_TOLD - len(self._met)]
        self._met.update(came)
        if came:
            self._toast(came)

    def tell_company(self, said: str, advised: str) -> None:
        """Show above the page who is there, and what to do about it; both empty where nobody is."""
        for line in self.query(CompanyLine):
            line.show((Piece(f"▲ {said} · ", Tone.WARN), Piece(advised, Tone.PLAIN)) if said else ())
            line.set_class(bool(said), "-on")

    def _toast(self, came: Sequence[Colleague]) -> None:
        title = f"Mais alguém no #{self._entered}"
        said = safe_text(f"{company_words(came)}: {advice(came)}.")
        self.app.notify(said, title=title, severity="warning", timeout=8, markup=False)
