"""The page of a handover: which one is shown, and how it is read. Its verbs are `HandoverScreen`'s."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from textual import work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.handover import Handover, Portion, Preparation
from clients.models.slack_talk import Answer
from clients.models.text import safe_text
from clients.models.times import day_time
from tui.handover import HandingOver
from tui.handover_portions import Read, portions_of, read_promises
from widgets.handover_pane import HandoverPane
from widgets.handover_rows import handed_rows, preparing_rows
from widgets.phrases import counted

from .live_page import LivePage

_SHIFT = timedelta(hours=12)
PREPARING = ""
"""In the place of a handover's id: the one that is prepared."""


class HandoverPage(LivePage):
    """Shows the handover that is prepared, or one of those that were handed over."""

    FOLLOWS = ("services", "queue", "chamados", "questions")

    def __init__(self) -> None:
        super().__init__()
        self.preparation: Preparation | None = None
        self.portions: tuple[Portion, ...] = ()
        self.handovers: tuple[Handover, ...] = ()
        """The latest first."""
        self.shown_id: str | None = None
        """None until it is known whether one of another's waits."""
        self._new_line = ""
        """The key of a line that was just added, for the cursor to go to."""
        self._on_slack: tuple[Handover, ...] = ()

    def content(self) -> Iterable[Widget]:
        """The rows."""
        return [HandoverPane(clock=self.plantao.minute)]

    @property
    def pane(self) -> HandoverPane:
        """The rows."""
        return self.query_one(HandoverPane)

    @property
    def handing(self) -> HandingOver:
        """The handovers of who sits here."""
        return HandingOver(self.plantao.desk)

    @property
    def shown(self) -> Handover | None:
        """The handover in view; None where it is the one that is prepared."""
        return next((each for each in self.handovers if each.id == self.shown_id), None)

    @property
    def _read(self) -> Read:
        app = self.plantao
        return Read(app.services, app.queue, app.chamados, app.occupied)

    @work(exclusive=True, group="slack", exit_on_error=False)
    async def read_remote(self) -> None:
        """The channel, and what the team answered to clients."""
        for part in (self._read_channel, self._read_answered):
            try:
                await self.plantao.desk.ready()
                await part()
            except PlantaoError as error:
                self.plantao.report(error.trouble)
            self.reload()

    async def _read_channel(self) -> None:
        self._on_slack = await self.handing.on_slack()

    async def _read_answered(self) -> None:
        whole_team = (await self.handing.preparation()).whole_team
        await read_promises(self.plantao.desk, self._read, whole_team=whole_team)

    @work(exclusive=True, group="handover", exit_on_error=False)
    async def reload(self) -> None:
        """Read everything anew and show it."""
        app = self.plantao
        try:
            await app.desk.ready()
            handing = self.handing
            kept = [await handing.with_link(each) for each in await handing.handovers()]
            self.handovers = tuple(sorted((*kept, *self._on_slack), key=lambda one: one.at, reverse=True))
            self.preparation = await handing.preparation()
            self.portions = await portions_of(
                app.desk,
                self._read,
                whole_team=self.preparation.whole_team,
            )
            if self.shown_id is None and app.desk.knows_author:  # else one's own could be taken for another's
                waiting = await handing.awaited()
                self.shown_id = waiting[0].id if waiting else PREPARING
            fate = await handing.fate(self.shown) if self.shown is not None else ""
            answers = await handing.answers(self.shown) if self.shown is not None else ()
        except PlantaoError as error:
            app.report(error.trouble)
            return
        self._show(fate, answers)

    def _show(self, fate: str, answers: Sequence[Answer]) -> None:
        now, handover = self.plantao.desk.clock(), self.shown
        if handover is not None:
            told = f"{handover.who}, {day_time(handover.at, now)} · {_taken_in(handover) or fate}"
            self.pane.show(handover.id, handed_rows(handover, fate, now, answers), told)
        elif self.preparation is not None:
            passed_on = len(self.preparation.lines(self.portions))
            whose = "da equipe toda" if self.preparation.whole_team else "minhas e sem dono"
            lines = f"{counted(passed_on, 'linha', 'linhas')}, {whose}"
            told = f"preparando · {lines}{self._before()}{self._others()}"
            self.pane.show(PREPARING, preparing_rows(self.preparation, self.portions), told)
            if self._new_line and self.pane.select(self._new_line):
                self._new_line = ""
        self.tell_bar()

    def _others(self) -> str:
        key = self.plantao.key_of("outra-passagem")
        away = " · ▲ sem a pasta comum" if self.plantao.desk.handovers.trouble is not None else ""
        author = self.plantao.desk.author
        unread = (each for each in self.handovers if not each.is_of(author))
        others = sum(bool(each.waiting) or not each.lines for each in unread)
        return f"{away} · {others} para ler ({key})" if others else away

    def _before(self) -> str:
        """When one handed over, where that was in this shift: all that is open is found again."""
        now, author = self.plantao.desk.clock(), self.plantao.desk.author
        own = (each.at for each in self.handovers if each.is_of(author) and now - each.at < _SHIFT)
        last = max(own, default=None)
        return f" · já passada {day_time(last, now)}" if last is not None else ""

    def tell_bar(self) -> None:
        """Name only what can be done."""

    def copy_text(self) -> None:
        """Send the text to the terminal, by OSC 52."""
        self.app.copy_to_clipboard(safe_text(self.text))
        self.plantao.say("Passagem enviada ao terminal.")

    @property
    def text(self) -> str:
        """The text of what is shown."""
        if self.shown is not None:
            return self.shown.text
        if self.preparation is None:
            return ""
        return self.handing.text(self.preparation.lines(self.portions), self.portions)


def _taken_in(handover: Handover) -> str:
    """How much of it waits for somebody; empty where it has no lines."""
    if handover.lines and not handover.waiting:
        return "tudo com ciência"
    return f"{len(handover.waiting)} de {len(handover.lines)} sem ciência" if handover.lines else ""
