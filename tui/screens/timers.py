"""Every timer: what it counts, how long, and what can be done with it."""

from collections.abc import Coroutine

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from clients.errors import PlantaoError
from clients.models.duration import clock
from clients.models.timer import Timer, target_name
from tui.commands.dialogs import TIMERS
from widgets.bound import bound
from widgets.cells import Line, Piece, Tone, justify
from widgets.key_line import KeyLine
from widgets.line_list import LineList
from widgets.phrases import timer_state

from .confirm import ConfirmScreen
from .dialog import Dialog


class TimersScreen(Dialog[None]):
    """A list over whatever was in view."""

    TITLE = "Cronômetros"
    ABOUT = (
        "O tempo que foi contado e ainda não foi registrado. Um só conta por vez: iniciar um pausa o outro. "
        "■ espera ser registrado; ▲ passou de 9h30 sem pausa e pede que você diga quanto foi."
    )
    CSS = """
    TimersScreen { align: center middle; }
    TimersScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    TimersScreen LineList { height: 10; margin-bottom: 1; }
    """
    BINDINGS = bound(TIMERS)

    def __init__(self) -> None:
        super().__init__()
        self._list: LineList[Timer] = LineList(lambda timer: timer.target, self._draw)

    def compose(self) -> ComposeResult:
        """The list, the keys."""
        with Vertical() as card:
            card.border_title = Content(" Cronômetros ")
            yield self._list
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Show what is known, then what is on disk."""
        here, there = map(self.plantao.key_of, ("cronometro", "cronometro-tarefa"))
        way = f"Na Mesa, {here} conta o tempo do ticket; em Tarefas, {there}, o da tarefa."
        self._list.explain("Nenhum cronômetro.", way)
        self._show()
        self._list.focus()
        self._do(self.plantao.timekeeper.reload())

    @on(LineList.Chosen)
    def action_start_or_pause(self) -> None:
        """Start or pause the one under the cursor."""
        timer = self._list.highlighted
        if timer is not None:
            self._do(self.plantao.timekeeper.toggle(timer.target))

    def action_discard(self) -> None:
        """Throw its time away, after a question."""
        timer = self._list.highlighted
        if timer is not None:
            self._do(self._discard(timer))

    def action_close(self) -> None:
        """Back."""
        self.dismiss()

    async def _discard(self, timer: Timer) -> None:
        minutes = clock(timer.minutes(self.plantao.desk.clock()))
        about = f"{target_name(timer.target)}: {minutes} não registrado, que se perde."
        if await self.plantao.ask(ConfirmScreen("Descartar o tempo?", about, "Descartar")):
            await self.plantao.timekeeper.discard(timer)

    @work(group="timers", exit_on_error=False)
    async def _do(self, what: Coroutine[None, None, None]) -> None:
        try:
            await self.plantao.desk.ready()
            await what
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        self._show()

    def _show(self) -> None:
        self._list.set_rows(self.plantao.timekeeper.timers)
        self._list.content_changed()  # the same rows, a minute later

    def _draw(self, timer: Timer, width: int) -> Line:
        now = self.plantao.desk.clock()
        mark, word = timer_state(timer, now)
        tone = Tone.WARN if timer.is_forgotten(now) else Tone.ACCENT if timer.is_running else Tone.PLAIN
        left = (
            Piece(f"{mark} {word:<12}", tone),
            Piece(f"{clock(timer.minutes(now)):>6}  "),
            Piece(f"{target_name(timer.target)}  ", Tone.STRONG),
            Piece(self._subject(timer), Tone.DIM),
        )
        return justify(left, (), width)

    def _subject(self, timer: Timer) -> str:
        kind, _, number = timer.target.partition(":")
        ticket = self.plantao.ticket(int(number)) if kind == "ticket" else None
        return ticket.subject if ticket else ""
