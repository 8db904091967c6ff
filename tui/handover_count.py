"""Handovers of others that wait for an acknowledgement, and what became of one's own: counted and told."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from clients.errors import StoreError
from clients.models.handover import Handover
from clients.models.handover_news import sentences
from clients.models.text import safe_text
from clients.models.times import day_time
from widgets.cells import Line, Piece, Tone
from widgets.phrases import counted

from .handover import HandingOver
from .handovers import News

if TYPE_CHECKING:
    from .app import PlantaoApp


class HandoverCount:
    """Reads the handovers for the app, once a minute and when one changed."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._awaited: tuple[Handover, ...] = ()
        self._told: set[str] = set()

    def look(self) -> None:
        """Read them anew: another session may have handed over, or acknowledged."""
        if self._app.desk.is_open:
            self._app.run_worker(self._look(), group="handover", exit_on_error=False)

    async def _look(self) -> None:
        if not self._app.desk.knows_author:
            return
        with suppress(StoreError):  # whoever opens the page is told
            handing = HandingOver(self._app.desk)
            self._awaited = await handing.awaited()
            self._tell()
            self._tell_news(await handing.news())
            self._app.tell_top()

    def _tell(self) -> None:
        for each in self._awaited:
            if each.id not in self._told:
                self._told.add(each.id)
                when = day_time(each.at, self._app.desk.clock())
                left = counted(len(each.waiting), "linha espera", "linhas esperam")
                self._app.warn(
                    f"Passagem de {each.who}, {when}: {left} ciência ({self._app.key_of('passagem')})."
                )

    def _tell_news(self, news: Iterable[News]) -> None:
        for each in news:
            for told in sentences(each.handover, each.given, self._app.desk.clock()):
                self._app.notify(safe_text(told), title="Sua passagem de turno", timeout=12, markup=False)

    def line(self, *, brief: bool) -> Line:
        """What the top line says: "⇄ passagem 3", or nothing."""
        left = sum(len(each.waiting) for each in self._awaited)
        return (Piece(f"⇄ {left}  " if brief else f"⇄ passagem {left}  ", Tone.WARN),) if left else ()
