"""Coming back to where one was: mode, view, filter and row, kept while one works."""

from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.spot import Spot, Whereabouts

from .modes import MODES, PAGE_ORDER

if TYPE_CHECKING:
    from .app import PlantaoApp
    from .screens.desk_screen import DeskScreen

KEEP_AFTER = 2.0
"""Seconds from a key to looking where it led: a cursor that walks is not worth a write at each row."""


class Returning:
    """Looks where one is after keys, and brings one back there at the next start."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._waiting = False
        self._known: Whereabouts | None = None
        """None until it was read: what is not known yet must not be overwritten."""
        self._moved = False

    # ── keeping ──

    def moved(self) -> None:
        """A key was pressed: what is in view may be another place soon."""
        self._moved = True
        if self._known is not None and not self._waiting:
            self._waiting = True
            self._app.set_timer(KEEP_AFTER, self._look)

    def leave(self) -> None:
        """The session ends here: its place is the one to come back to, whatever others kept meanwhile."""
        if self._known is not None and self._app.desk.is_open:
            self._keep(self._here(self._known))

    def _look(self) -> None:
        self._waiting = False
        if self._known is not None and (here := self._here(self._known)) != self._known:
            self._keep(here)

    def _keep(self, here: Whereabouts) -> None:
        desk, self._known = self._app.desk, here
        desk.saver.save("session", lambda: desk.local.last_session.keep(here))

    def _here(self, before: Whereabouts) -> Whereabouts:
        from .screens.desk_screen import DeskScreen

        spots: dict[str, Spot] = {}
        for screen in self._app.open_screens():
            if isinstance(screen, DeskScreen) and screen.PAGE and screen.is_mounted:
                pane = screen.kept_pane
                if pane is not None:
                    spots[screen.PAGE] = pane.spot
        return Whereabouts(mode=self._app.current_mode, spots={**before.spots, **spots})

    # ── coming back ──

    async def begin(self) -> None:
        """Bring back mode and place, unless a key was quicker. Nothing is brought back that is not known."""
        from .screens.desk_screen import DeskScreen

        desk = self._app.desk
        try:
            self._known = await desk.disk(desk.local.last_session.read)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return
        where = self._known
        if self._moved or not where.mode:
            return
        if isinstance(screen := self._app.screen_stack[0], DeskScreen):
            self.bring_back(screen)
        if where.mode in PAGE_ORDER:
            self._app.show_chamados_page(where.mode)
        elif where.mode in MODES and where.mode != self._app.current_mode:
            self._app.switch_mode(where.mode)

    def bring_back(self, screen: "DeskScreen") -> None:
        """Bring one back to one's place on a page that opens."""
        spot = self._known.spots.get(screen.PAGE) if self._known is not None else None
        if spot is not None and screen.kept_pane is not None:
            screen.kept_pane.go_back_to(spot)
