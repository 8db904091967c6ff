"""The verb that takes the client's word to a published chamado: validated, or still failing (C12, R22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.answer import Answer
from clients.models.chamado import Chamado
from clients.models.client_words import quoted
from clients.models.conversation import Conversation
from clients.models.lifecycle import ChamadoStatus
from clients.models.ticket import CLOSED, Ticket
from clients.models.validation import STAGES, Stage, Standing, Verdict, standing
from clients.models.validation_texts import (
    closing_text,
    failing_comment,
    failing_text,
    validated_comment,
)
from tui.flows.reply_checks import reply_findings
from tui.flows.validation import (
    IN_DEVELOPMENT,
    changes_for,
    development_status,
    record_asked,
    verdict_steps,
)
from tui.kept_text import KeptText
from widgets.picker import Pick

from .closer import Closer
from .closing_fields import ask_closing_fields
from .field import FieldScreen, NotUnderstood, Understood
from .pick import PickScreen
from .validation_question import ValidationScreen
from .wording import Look, Worded, Wording, Wordings
from .wording_look import Part

if TYPE_CHECKING:
    from tui.app import PlantaoApp


@dataclass(frozen=True)
class _Validation:
    """What is known once the analyst said what came out."""

    ticket: Ticket
    chamado: Chamado
    said: tuple[Conversation, ...]
    standing: Standing
    verdict: Verdict
    words: str
    """The client's, quoted."""

    @property
    def by_phone(self) -> bool:
        """Whether the client wrote none of it."""
        return not self.standing.words


class ValidationVerb:
    """Validates a published chamado, or gives it back. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def validate(self, tickets: Sequence[Ticket]) -> bool:
        """Go through with the first of ``tickets``, as it was just read. True where something was begun."""
        ticket, desk = tickets[0], self._app.desk
        assert desk.freshdesk is not None, "the ticket was read from it"
        if self._app.outbox.is_going(ticket.id):
            self._app.refuse(f"A mensagem anterior ao #{ticket.id} ainda está a caminho: espere.")
            return False
        chamado = await self._which(ticket)
        if chamado is None:
            return False
        said = tuple(await desk.freshdesk.conversations(ticket.id))
        validation = await self._asked(ticket, chamado, said)
        return validation is not None and await self._confirmed(validation)

    # ── below ──

    async def _which(self, ticket: Ticket) -> Chamado | None:
        """The chamado, as the board has it now; None where there is none any more, or one gave up."""
        known = self._app.chamado_news.of_ticket(ticket.id)
        waiting = [each for each in known if each.status is ChamadoStatus.PUBLICADO]
        now = [await self._app.desk.board.chamado(each.id) for each in waiting]
        left = [each for each in now if each is not None and each.status is ChamadoStatus.PUBLICADO]
        if not left:
            self._app.chamado_news.ask()
            self._app.refuse(f"O chamado do #{ticket.id} mudou de situação enquanto isso.")
            return None
        if len(left) == 1:
            return left[0]
        picks = [Pick(each.id, f"nº {each.number} {each.title}", each.version) for each in left]
        chosen = await self._app.ask(PickScreen("Qual chamado o cliente validou?", picks))
        return next((each for each in left if each.id == chosen), None)

    async def _asked(
        self, ticket: Ticket, chamado: Chamado, said: tuple[Conversation, ...]
    ) -> _Validation | None:
        """What came out, with the client's words; None where one gave up."""
        found = standing(chamado, said)
        version = f" ({chamado.version})" if chamado.version else ""
        question = ValidationScreen(
            f"Chamado nº {chamado.number}{version} · #{ticket.id}",
            self._told(found),
            by_phone=not found.words,
            asked=found.stage is not Stage.TO_ASK,
        )
        verdict = await self._app.ask(question)
        if isinstance(verdict, Stage):
            await self._record(chamado)
            return None
        if verdict is None:
            return None
        words = found.words
        if not words:
            spoken = await self._spoken(ticket, chamado)
            if spoken is None:
                return None
            words = quoted(spoken)
        return _Validation(ticket, chamado, said, found, verdict, words)

    async def _record(self, chamado: Chamado) -> None:
        await record_asked(self._app.desk.board, chamado.id, self._app.desk.author)
        self._app.chamado_news.ask()
        self._app.say(f"Chamado nº {chamado.number}: anotado que a validação já foi pedida.")

    async def _spoken(self, ticket: Ticket, chamado: Chamado) -> str | None:
        """What the client said by phone, kept while it is typed; None where one gave up."""
        kept = KeptText(self._app.desk, _spoken_key(chamado))
        screen = FieldScreen(
            f"#{ticket.id} · o que o cliente disse por telefone?",
            f"Chamado nº {chamado.number}: {chamado.title}",
            await kept.begun(),
            read=_read_spoken,
            keep=kept.keep,
            placeholder="as palavras dele; ficam no chamado",
        )
        return await self._app.ask(screen)

    def _told(self, found: Standing) -> str:
        if found.words:
            mark = "▲" if found.against(Verdict.VALIDATED) else "✓"
            return f"{mark} {found.read}\n\n{found.words}"
        asked = f"Situação: {STAGES[found.stage]}."
        if found.stage is Stage.TO_ASK:
            asked += f" Na fila, {self._app.key_of('responder')} abre o pedido já escrito."
        return f"▲ {found.read}\n{asked}\n\nSe falou por telefone, siga: as palavras são pedidas em seguida."

    async def _confirmed(self, validation: _Validation) -> bool:
        """Show everything until it is done or given up; both texts may be changed in between."""
        ticket, verdict = validation.ticket, validation.verdict
        title = "validado" if verdict is Verdict.VALIDATED else "ainda falha"
        worded = Worded(self._app, ticket, f"#{ticket.id} · chamado nº {validation.chamado.number}: {title}")
        reply, comment = self._wordings(validation)
        begun = await worded.begun(reply, "Qual resposta?", ("O texto pronto", title), draft=True)
        if begun is None:
            return False
        noted = await worded.begun(comment, "Qual comentário?", ("As palavras do cliente", title))
        if noted is None:
            return False
        filled: dict[str, JsonValue] | None = {}
        if verdict is Verdict.VALIDATED and ticket.status != CLOSED:
            filled = await ask_closing_fields(self._app, ticket)
        if filled is None:
            return False
        desk = self._app.desk
        changes = changes_for(verdict, ticket, filled, desk.account.vocabulary)
        against = await self._against(validation)

        async def plan(wordings: Wordings) -> Look:
            answer = wordings[Part.REPLY].answer(ticket)
            steps = verdict_steps(
                ticket,
                validation.chamado,
                verdict,
                wordings[Part.COMMENT].text,
                answer,
                changes,
                who=desk.author,
                labels=desk.settings.chamados.labels,
                last=max((one.id for one in validation.said), default=0),
                agent=desk.account.agent.id,
            )
            return Look(tuple(steps), (*against, *self._findings(validation, answer)))

        return await worded.confirmed({Part.REPLY: begun, Part.COMMENT: noted}, plan)

    def _findings(self, validation: _Validation, reply: Answer) -> tuple[str, ...]:
        """What the routine has to say on the reply: to call is no advice where one called, or it works."""
        desk = self._app.desk
        found = reply_findings(reply, validation.ticket, validation.said, desk.account, desk.settings)
        settled = validation.by_phone or validation.verdict is Verdict.VALIDATED
        left = (finding for finding in found if not (settled and finding.field == "conversation"))
        return tuple(dict.fromkeys(finding.message for finding in left))

    def _wordings(self, validation: _Validation) -> tuple[Wording, Wording]:
        """The reply and the comment, as they are composed."""
        ticket, chamado, words = validation.ticket, validation.chamado, validation.words
        by_phone = validation.by_phone
        if validation.verdict is Verdict.VALIDATED:
            reply = closing_text(ticket, by_phone=by_phone)
            comment = validated_comment(chamado, words, by_phone=by_phone)
        else:
            reply = failing_text(ticket, by_phone=by_phone)
            comment = failing_comment(chamado, words, by_phone=by_phone)
        key = f"validation:{chamado.id}:{validation.verdict.value}"
        heading = f"Comentário do chamado nº {chamado.number}"
        return (
            Wording(f"{key}:{Part.REPLY.value}", f"Resposta do #{ticket.id}", reply),
            Wording(f"{key}:{Part.COMMENT.value}", heading, comment, begun=(_spoken_key(chamado),)),
        )

    async def _against(self, validation: _Validation) -> tuple[str, ...]:
        """What speaks against it and is left to the analyst."""
        found = [validation.standing.against(validation.verdict)]
        if validation.verdict is Verdict.VALIDATED:
            found.append(await Closer(self._app).time_against(validation.ticket.id))
        elif development_status(self._app.desk.account.vocabulary) is None:
            found.append(f"A conta não tem a situação {IN_DEVELOPMENT}: a do ticket fica como está.")
        return tuple(filter(None, found))


def _spoken_key(chamado: Chamado) -> str:
    """Under which the client's words are kept until the chamado has them."""
    return f"validation:{chamado.id}:spoken"


def _read_spoken(typed: str) -> Understood | NotUnderstood:
    return Understood("") if typed.strip() else NotUnderstood("Escreva o que ele disse, ou volte.")
