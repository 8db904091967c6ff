"""What Slack says while the desk is open: new tickets make the queue be read, answers are told (R8, R12)."""

from typing import TYPE_CHECKING

from clients.errors import StoreError
from clients.models.feed import Feed, Trouble
from clients.models.slack_talk import Answer, Heard, Question
from clients.models.slack_time import order
from clients.models.text import safe_text
from widgets.cells import Line, Piece, Tone
from widgets.phrases import counted

from .sync import Poller

if TYPE_CHECKING:
    from .app import PlantaoApp

LONGEST_TOLD = 160
"""Characters of a message that a toast shows."""


class SlackNews:
    """Listens for the app. What goes wrong is told once, and stays marked in the top line."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._pollers: tuple[Poller[Heard], Poller[Question]] | None = None
        self._told: set[Trouble] = set()
        self._marked: tuple[Trouble, ...] = ()

    def start(self) -> None:
        """Begin to listen, where Slack is connected."""
        room = self._app.desk.room
        if room is None:
            return
        self._pollers = heard, asked = room.listening(self._heard), room.following(self._answered)
        self._app.run_worker(heard.run(self._listened), group="slack-heard", exit_on_error=False)
        self._app.run_worker(asked.run(self._followed), group="slack-asked", exit_on_error=False)

    def ask(self) -> None:
        """Read now instead of at the end of the pause."""
        for poller in self._pollers or ():
            poller.ask()

    def look_again(self) -> None:
        """Look a channel that was not found up once more, at the next reading."""
        if self._app.desk.room is not None:
            self._app.desk.room.look_again()

    async def look(self) -> None:
        """Show the questions as the disk has them."""
        desk = self._app.desk
        try:
            found = await desk.disk(desk.local.questions.open)
        except StoreError as error:
            self._app.report(error.trouble)
            return
        self._app.questions = found

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Why something is not read from Slack, or not as often as wanted."""
        room = self._app.desk.room
        found = [poller.feed.trouble for poller in self._pollers or ()]
        found.append(room.slowness if room is not None else None)
        return tuple(dict.fromkeys(trouble for trouble in found if trouble is not None))

    def pieces(self, *, brief: bool = False) -> Line:
        """What of it belongs into the top line; ``brief`` without its words."""
        answered = [question for question in self._app.questions if question.answer is not None]
        by_lead = sum(question.ticket_id is not None for question in answered)
        others = len(answered) - by_lead
        if brief:
            return (
                *([Piece("▲ Slack  ", Tone.WARN)] if self.troubles else []),
                *([Piece(f"» {len(answered)}  ", Tone.ACCENT)] if answered else []),
            )
        return (
            *([Piece("▲ Slack  ", Tone.WARN)] if self.troubles else []),
            *([Piece(f"» {by_lead} do gestor  ", Tone.ACCENT)] if by_lead else []),
            *([Piece(f"» {counted(others, 'resposta', 'respostas')}  ", Tone.ACCENT)] if others else []),
        )

    # ── what the pollers bring ──

    def _listened(self, feed: Feed[Heard]) -> None:
        self._app.server_watch.hear(feed)
        self._tell_troubles()

    def _followed(self, feed: Feed[Question]) -> None:
        if feed.as_of is not None:  # before its first answer a poller knows less than the disk
            self._app.questions = feed.items
        self._tell_troubles()

    def _tell_troubles(self) -> None:
        now = self.troubles
        for trouble in now:
            if trouble not in self._told:
                self._told.add(trouble)
                self._app.report(trouble)
        if now != self._marked:
            self._marked = now
            self._app.work_moved()

    def _heard(self, news: tuple[Heard, ...]) -> None:
        settings = self._app.desk.settings.slack
        announced = [one for one in news if settings is not None and one.channel == settings.ticket_channel]
        in_turn = sorted(announced, key=lambda one: order(one.ts))
        named = [one for one in in_turn if one.tickets and not one.own]
        if not named:
            return
        self._app.mesa_watch.ask_queue()
        if len(named) == 1:
            self._app.say(f"{named[0].channel}: {_brief(named[0].text)}")
            return
        tickets = dict.fromkeys(number for one in named for number in one.tickets)
        numbers = ", ".join(f"#{number}" for number in tickets)
        self._app.say(_brief(f"{named[0].channel}: {len(named)} avisos, {numbers}"))

    def _answered(self, question: Question, news: tuple[Answer, ...]) -> None:
        about = f" ({question.about})" if question.about else ""
        subject = f" sobre o #{question.ticket_id}" if question.ticket_id is not None else about
        for answer in news:
            told = safe_text(f"{answer.who} respondeu{subject}: {_brief(answer.text)}")
            self._app.notify(told, title="Resposta no Slack", timeout=12, markup=False)


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TOLD else f"{line[: LONGEST_TOLD - 1].rstrip()}…"
