"""Questions about timers: one that was forgotten, and those that run when one leaves."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.duration import clock
from clients.models.timer import Offer, Timer, target_name
from tui.commands.dialogs import FORGOTTEN, LEAVING
from widgets.bound import bound
from widgets.key_line import KeyLine
from widgets.phrases import date_time

from .dialog import Dialog
from .duration import TimeScreen


class Leaving(StrEnum):
    """What becomes of the timers that run when one leaves."""

    RUN_ON = "run on"
    PAUSE = "pause"


class LeavingScreen(Dialog[Leaving | None]):
    """What to do with the time? None: one stays. Enter does nothing here."""

    TITLE = "Tempo correndo"
    ABOUT = (
        "O cronômetro continua contando com o Plantão fechado, se você deixar. Pausado, o tempo até agora "
        "fica guardado até ser registrado."
    )
    CSS = """
    LeavingScreen { align: center middle; }
    LeavingScreen > Vertical {
        width: 60; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; border: heavy $warning;
        background: $surface;
    }
    LeavingScreen VerticalScroll { height: auto; max-height: 8; margin-bottom: 1; }
    LeavingScreen Static { height: auto; }
    """
    BINDINGS = bound(LEAVING)

    def __init__(self, running: Sequence[Timer], now: datetime) -> None:
        super().__init__()
        self._left_running = tuple(running)
        self._now = now

    def compose(self) -> ComposeResult:
        """What runs, and for how long; the keys."""
        with Vertical() as card:
            card.border_title = Content(" O que fazer com o tempo? ")
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n".join(self._said(timer) for timer in self._left_running)))
            yield KeyLine(self)

    def _said(self, timer: Timer) -> str:
        return f"{target_name(timer.target)}: {clock(timer.minutes(self._now))} até agora"

    def action_leave_running(self) -> None:
        """Go; time passes."""
        self.dismiss(Leaving.RUN_ON)

    def action_pause(self) -> None:
        """Go; time stands still."""
        self.dismiss(Leaving.PAUSE)

    def action_stay(self) -> None:
        """Do not go."""
        self.dismiss(None)


class ForgottenScreen(Dialog[int | None]):
    """How long was it really? Gives minutes for the span of the offer; None: decide later."""

    TITLE = "Cronômetro esquecido"
    ABOUT = (
        "Um trecho de mais de 9h30 sem pausa provavelmente foi esquecido. O Plantão não inventa o tempo: "
        "escolha a última atividade anotada ou o limite, ou digite quanto foi."
    )
    CSS = """
    ForgottenScreen { align: center middle; }
    ForgottenScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    ForgottenScreen Static { height: auto; }
    ForgottenScreen .offers { margin: 1 0; }
    """
    BINDINGS = bound(FORGOTTEN)

    def __init__(self, target: str, offer: Offer, now: datetime) -> None:
        super().__init__()
        self._subject = target_name(target)
        self._offer = offer
        self._now = now

    def compose(self) -> ComposeResult:
        """Since when, what is offered, the keys."""
        offer = self._offer
        begun = date_time(offer.began, self._now)
        with Vertical() as card:
            card.border_title = Content(f" Quanto tempo foi: {self._subject}? ")
            yield Static(Content(f"Começou em {begun} e conta {clock(offer.minutes)} sem pausa."))
            yield Static(Content("\n".join(self._offers())), classes="offers")
            yield KeyLine(self)

    def _offers(self) -> tuple[str, str]:
        offer = self._offer
        longest_until = date_time(offer.longest_until, self._now)
        longest = f"Até o limite, {longest_until}: {clock(offer.longest_minutes)}"
        if offer.last_active is None:
            return "Nenhuma atividade foi anotada nesse tempo.", longest
        active = date_time(offer.last_active, self._now)
        return f"Até a última atividade, {active}: {clock(offer.active_minutes)}", longest

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered that was not noted."""
        return action != "active" or self._offer.last_active is not None

    def action_active(self) -> None:
        """Up to the last activity."""
        self.dismiss(self._offer.active_minutes)

    def action_longest(self) -> None:
        """Up to what is believed without a question."""
        self.dismiss(self._offer.longest_minutes)

    def action_type(self) -> None:
        """The analyst says it."""
        begun = date_time(self._offer.began, self._now)
        self.app.push_screen(TimeScreen(f"{self._subject}, desde {begun}"), self._take)

    def action_later(self) -> None:
        """It is asked again."""
        self.dismiss(None)

    def _take(self, minutes: int | None) -> None:
        if minutes is not None:
            self.dismiss(minutes)
