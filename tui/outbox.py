"""Answers on their way: sent in the background, their outcome told, settled at the next start."""

from dataclasses import replace
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.answer import Answer, Kind
from clients.models.feed import Trouble

from .flows.answer import Answering, answer_of
from .flows.engine import Elsewhere, Refused, Sent, Unknown
from .flows.validation import record_asked
from .intent import Intent, State

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from .app import PlantaoApp

_LOOKING = Trouble(
    "Resposta do servidor perdida",
    "Pode ter sido enviado. Conferindo no ticket antes de qualquer outra coisa…",
)


class Outbox:
    """Carries answers out for the app, so that no screen has to stay open for them."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._questions: dict[str, Intent] = {}
        self._going: list[int] = []

    @property
    def questions(self) -> int:
        """How many answers only the analyst can tell about."""
        return len(self._questions)

    @property
    def on_the_way(self) -> int:
        """How many answers are being sent, or looked for after their outcome was lost."""
        return len(self._going)

    def is_going(self, ticket_id: int) -> bool:
        """Whether an answer to that ticket is on its way."""
        return ticket_id in self._going

    def send(self, answer: Answer, last: int) -> None:
        """Send in the background; say what became of it."""
        if (answering := self._app.desk.answering) is not None:
            self._start(self._send(answering, answer, last), "send")

    def settle(self) -> None:
        """Find out, by looking, what became of the answers that have no outcome yet."""
        if (answering := self._app.desk.answering) is not None:
            self._start(self._settle(answering), "settle", exclusive=True)

    def _start(self, work: "Coroutine[None, None, None]", group: str, *, exclusive: bool = False) -> None:
        self._app.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    async def _send(self, answering: Answering, answer: Answer, last: int) -> None:
        self._going.append(answer.ticket_id)
        self._app.tell_top()
        try:
            outcome = await answering.send(answer, last, self._tell_unsure)
            self._tell(answer.ticket_id, outcome)
            await self._record(outcome)
        except PlantaoError as error:
            self._app.report(error.trouble)
        finally:
            self._going.remove(answer.ticket_id)
            self._app.tell_top()

    async def _settle(self, answering: Answering) -> None:
        for intent in await answering.pending():
            try:
                outcome = await answering.resolve(intent, lambda _: None)
            except PlantaoError as error:
                self._app.report(error.trouble)
                return
            offered_before = intent.state is State.PLANNED and intent.attempts
            if not (offered_before and isinstance(outcome, Refused)):
                self._tell(answer_of(intent).ticket_id, outcome)
            await self._record(outcome)

    def _tell_unsure(self, intent: Intent) -> None:
        if intent.state is State.UNSURE:
            self._app.report(_LOOKING)

    def _tell(self, ticket_id: int, outcome: Sent | Refused | Unknown | Elsewhere) -> None:
        if isinstance(outcome, Sent):
            note = answer_of(outcome.intent).kind is Kind.NOTE
            self._app.say(f"{'Nota gravada' if note else 'Resposta enviada'} no #{ticket_id}.")
            if outcome.trouble is not None:
                self._app.report(outcome.trouble)
            self._app.refresh_sources()
        elif isinstance(outcome, Refused):
            trouble = outcome.trouble
            kept = f"O texto continua como rascunho do #{ticket_id}."
            if "rascunho" not in trouble.way_out:
                trouble = replace(trouble, way_out=f"{trouble.way_out} {kept}".strip())
            self._app.report(trouble)
        elif isinstance(outcome, Unknown) and outcome.intent.op_id not in self._questions:
            # never a dialogue of its own accord: it would take the keys from whoever is writing
            self._questions[outcome.intent.op_id] = outcome.intent
            key = self._app.key_of("pendencias")
            self._app.refuse(f"Não deu para saber se a mensagem chegou ao #{ticket_id}. {key} decide.")
            self._app.tell_top()

    async def decide(self, intent: Intent, *, sent: bool) -> None:
        """Take the analyst's word for what looking could not tell."""
        if (answering := self._app.desk.answering) is not None:
            self._questions.pop(intent.op_id, None)
            self._app.tell_top()
            outcome = await answering.decide(intent, sent=sent)
            self._tell(answer_of(intent).ticket_id, outcome)
            await self._record(outcome)

    async def _record(self, outcome: Sent | Refused | Unknown | Elsewhere) -> None:
        """That a client was asked for a validation is the board's to know: its colleagues go by it."""
        if not isinstance(outcome, Sent) or not (chamado := answer_of(outcome.intent).validates):
            return
        try:
            await record_asked(self._app.desk.board, chamado, self._app.desk.author)
        except PlantaoError as error:
            key = self._app.key_of("validar")
            way_out = f"O pedido foi enviado. {key} e “Já pedi” anotam no chamado."
            self._app.report(replace(error.trouble, way_out=way_out))
        self._app.chamado_news.ask()
