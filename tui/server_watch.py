"""Who is on which server, for the app: read in Slack, asked about on leaving and after a long stay (R3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import PlantaoError, StoreError
from clients.models.feed import Feed
from clients.models.slack_talk import Heard
from clients.models.times import at, span
from clients.models.walk import Outcome, Walk
from widgets.cells import Line, Piece, Tone, clip

from .carrier import Result
from .flows.server_announcing import announces

if TYPE_CHECKING:
    from .app import PlantaoApp
    from .screens.still_inside import StillInside

NAME_CELLS = 12
"""Cells that the name of a client keeps in the top line, however little room there is."""


class ServerWatch:
    """Keeps the open walks and who is where. What is asynchronous may ask the analyst: it is for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._heard: tuple[Heard, ...] = ()
        self._asked: dict[str, datetime] = {}

    @property
    def inside(self) -> tuple[Walk, ...]:
        """The open walks by which one is on a server, the latest first."""
        return tuple(walk for walk in self._app.walks if walk.inside)

    def line(self, *, clipped: bool = False) -> Line:
        """What the top line says of it: where one is, and for how long; ``clipped`` with less of the name."""
        if not self.inside:
            return ()
        first, *more = self.inside
        stay = span(self._app.minute() - first.entered_at) if first.entered_at else ""
        others = f" +{len(more)}" if more else ""
        name = clip(first.client, NAME_CELLS) if clipped else first.client
        told = f"{name} {stay}{others}"
        if self._is_long(first):
            return (Piece(f"▲ {told} ({self._app.key_of('anunciar-saida')})", Tone.WARN),)
        return (Piece(f"⇥ {told}", Tone.ACCENT),)

    # ── how it gets there ──

    async def reload(self) -> None:
        """Read the open walks anew: a step was done, here or in another session. Raises StoreError."""
        desk = self._app.desk
        self._app.walks = await desk.disk(desk.local.walks.open)
        desk.server_room.note_inside(self._app.walks)
        self._app.tell_top()

    def hear(self, feed: Feed[Heard]) -> None:
        """Take what was said in the channels."""
        channel = self._app.desk.settings.slack.servers_channel if self._app.desk.settings.slack else ""
        self._heard = tuple(one for one in feed.items if one.channel == channel)
        self.look()

    def look(self) -> None:
        """Say anew who is where; nothing is known before the desk is open."""
        if not self._app.desk.is_open:
            return
        room = self._app.desk.server_room
        self._app.occupied = room.look(self._heard, [each.client for each in self._app.services.items])
        self._app.occupied_doubt = room.doubt

    def tick(self) -> None:
        """A minute has passed: who is where, by the other sessions too; ask who has stayed for long."""
        self.look()
        for walk in self.inside:
            if self._is_long(walk) and self._is_due(walk):
                self._asked[walk.id] = self._app.desk.clock()
                self._app.bell()
                self._app.warn(f"{_where(walk, self._app.desk.clock())} {self._way_out}")

    def _is_long(self, walk: Walk) -> bool:
        stay = self._app.desk.settings.servers.long_stay
        return walk.entered_at is not None and self._app.desk.clock() - walk.entered_at >= stay

    def _is_due(self, walk: Walk) -> bool:
        asked, stay = self._asked.get(walk.id), self._app.desk.settings.servers.long_stay
        return asked is None or self._app.desk.clock() - asked >= stay

    @property
    def _way_out(self) -> str:
        return f"Se já saiu, {self._app.key_of('anunciar-saida')} avisa a equipe."

    # ── what is said ──

    async def announce(self, walk: Walk, step_id: str, text: str, accepted: Sequence[str] = ()) -> Result:
        """Post that one enters or leaves, and note it on the walk; what became of it is told.

        An announcement of the walk that is known not to have gone out is given up for this one.
        ``accepted`` as of `ServerRoom.announcement`.
        """
        try:
            await self.give_up(walk)
            step = await self._app.desk.server_room.announcement(walk, step_id, text, accepted)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return Result(walk.client, False, error.message)
        result = await self._app.carrier.result([step])
        await self.reload()
        return result

    async def give_up(self, walk: Walk) -> bool:
        """Give up what of ``walk`` is still to be announced; False where some of it may be on its way.

        Raises StoreError.
        """
        workflows = self._app.desk.workflows
        ours = [steps for steps in await workflows.pending() if announces(steps[0], walk)]
        given_up = [await workflows.give_up(steps[0].workflow, certain=True) for steps in ours]
        return all(given_up)

    async def noted_by_hand(self, walk: Walk, step_id: str) -> None:
        """Note what the analyst announced without Plantão.

        Raises StoreError; LookupError and ValueError (Portuguese) as `Walks.step` does.
        """
        desk = self._app.desk
        said = "Avisado no canal pelo próprio analista."
        await desk.disk(desk.local.walks.step, walk.id, step_id, Outcome.DONE, who=desk.author, found=said)
        await self.reload()

    # ── leaving ──

    def leave(self) -> None:
        """Announce that one left a server, or say that one is on none."""
        if self.inside:
            self._app.run_worker(self._leave(), group="leave-server", exit_on_error=False)
        else:
            self._app.refuse_key("Você não avisou entrada em nenhum servidor.")

    async def _leave(self) -> None:
        from widgets.picker import Pick

        from .screens.announce import leave_server
        from .screens.pick import PickScreen

        wanted: str | None = self.inside[0].id
        if len(self.inside) > 1:
            picks = [Pick(walk.id, walk.client) for walk in self.inside]
            wanted = await self._app.ask(PickScreen("De qual servidor você saiu?", picks))
        if (walk := next((walk for walk in self.inside if walk.id == wanted), None)) is not None:
            await leave_server(self._app, walk)

    def ask_to_leave(self) -> bool:
        """Ask, before the app closes, what becomes of the servers one is on; False where there is none.

        Asked again over the question, there is none.
        """
        from .screens.still_inside import StillInsideScreen

        app, now = self._app, self._app.desk.clock()
        asked = any(isinstance(screen, StillInsideScreen) for screen in app.screen_stack)
        if not self.inside or asked:
            return False
        app.push_screen(StillInsideScreen([_where(walk, now) for walk in self.inside]), self._answered)
        return True

    def _answered(self, chosen: "StillInside | None") -> None:
        from .screens.still_inside import StillInside

        if chosen is StillInside.CLOSE:
            self._app.timekeeper.leave()
        elif chosen is StillInside.ANNOUNCE:
            self._app.run_worker(self._announce_and_leave(), group="leave-servers", exit_on_error=False)

    async def _announce_and_leave(self) -> None:
        from .screens.announce import leave_server

        for walk in self.inside:
            if not await leave_server(self._app, walk):
                return
        self._app.timekeeper.leave()

    def begin(self) -> None:
        """Read the open walks for the first time."""
        self._app.run_worker(self._begin(), group="walks", exit_on_error=False)

    async def _begin(self) -> None:
        try:
            await self.reload()
        except StoreError as error:
            self._app.report(error.trouble)
        for walk in self.inside:
            self._app.warn(f"{_where(walk, self._app.desk.clock())} {self._way_out}")
        self.look()


def _where(walk: Walk, now: datetime) -> str:
    since = f" desde {at(walk.entered_at, now)} (há {span(now - walk.entered_at)})" if walk.entered_at else ""
    return f"Você anunciou que está em {walk.client}{since}."
