"""Answering a ticket: look again, send once, and know what became of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from pydantic import JsonValue

from clients.errors import PlantaoError
from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.feed import Feed, Trouble
from clients.models.fields import Vocabulary
from clients.models.outgoing import same_message
from clients.models.template import unfilled
from clients.models.ticket_changes import Change, ticket_changes
from clients.models.ticket_view import TicketView

from ..disk import Disk
from ..drafts import Drafts, draft_key
from ..intent import Intent, State, Step
from ..journal import Journal
from .engine import QUARANTINE, Elsewhere, Engine, Found, Missing, Refused, Sent, Tell, Unclear, Unknown

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk

Outcome = TypeVar("Outcome", bound=Sent | Refused | Unknown | Elsewhere)

FLOW = "answer"
KINDS = {Kind.REPLY: "freshdesk.reply", Kind.NOTE: "freshdesk.note"}


class NotSendable(PlantaoError):
    """The text cannot be sent as it is."""

    title = "Ainda não dá para enviar"


@dataclass(frozen=True)
class Looked:
    """The ticket as it is now, and what happened to it since the analyst looked: mostly nothing."""

    view: TicketView
    new: tuple[Conversation, ...] = ()
    """Messages that the analyst has not seen, oldest first."""
    changes: tuple[Change, ...] = ()
    """Fields that changed."""

    @property
    def last(self) -> int:
        """Id of the newest message, 0 where there is none: what `Answering.send` takes as its baseline."""
        return max((said.id for said in self.view.conversations.items), default=0)


class Answering:
    """Replies and notes, each exactly once."""

    def __init__(
        self,
        freshdesk: "Freshdesk",
        journal: Journal,
        drafts: Drafts,
        me: int,
        clock: Callable[[], datetime],
        *,
        disk: Disk,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        quarantine: timedelta = QUARANTINE,
        noted: Callable[[int, str], None] = lambda ticket_id, text: None,
    ) -> None:
        """``me`` is the id of the agent whose key is used.

        ``noted`` keeps which text became a note of which ticket; it is called where the draft goes.
        """
        self._freshdesk = freshdesk
        self._journal = journal
        self._drafts = drafts
        self._me = me
        self._noted = noted
        self._disk = disk
        self._clock = clock
        self._engine = Engine(journal, disk, clock, sleep=sleep, quarantine=quarantine)

    async def look_again(self, seen: TicketView, words: Vocabulary) -> Looked:
        """Read the ticket and its messages anew and tell what is not as ``seen``. Raises RemoteError.

        What the analyst said is no news.
        """
        ticket = await self._freshdesk.ticket(seen.ticket.id)
        conversations = await self._freshdesk.conversations(seen.ticket.id)
        known = {conversation.id for conversation in seen.conversations.items}
        new = tuple(said for said in conversations if said.id not in known and said.user_id != self._me)
        changes = ticket_changes(seen.ticket, ticket, words)
        now = Feed(tuple(conversations), as_of=self._clock())
        return Looked(replace(seen, ticket=ticket, conversations=now), new, changes)

    async def send(
        self, answer: Answer, last: int, tell: Tell = lambda intent: None
    ) -> Sent | Refused | Unknown:
        """Send ``answer`` once; ``last`` is the newest message that was there just before (see `look_again`).

        The draft goes when the answer is known to have arrived, and only if it still says the same.
        Raises, with nothing sent: NotSendable (empty, or a placeholder is unfilled), Busy (something on this
        ticket has no outcome yet), StoreError.
        """
        if not answer.text.strip():
            raise NotSendable("o texto está vazio.")
        if unfilled(answer.text):
            raise NotSendable("há lacunas de modelo por preencher.", way_out="Escreva por cima de cada uma.")
        intent = await self._disk(self._plan, answer, last)
        return await self._kept(await self._engine.run(self, intent, tell))

    async def pending(self) -> tuple[Intent, ...]:
        """Answers without an outcome, oldest first, but for those that this session is sending right now."""
        intents = await self._disk(self._journal.pending)
        return tuple(intent for intent in intents if intent.flow == FLOW and not self._engine.running(intent))

    async def resolve(
        self, intent: Intent, tell: Tell = lambda intent: None
    ) -> Sent | Refused | Unknown | Elsewhere:
        """Look what became of a pending answer; nothing is sent.

        One that was offered before, and is still not there, is closed: its text is a draft.
        """
        outcome = await self._kept(await self._engine.settle(self, intent, tell))
        if isinstance(outcome, Refused) and intent.state is State.PLANNED:
            closed = await self._disk(self._journal.fail, outcome.intent, "Voltou a ser rascunho.")
            return replace(outcome, intent=closed)
        return outcome

    async def decide(self, intent: Intent, *, sent: bool) -> Sent | Refused | Elsewhere:
        """Close a pending answer by the analyst's word. One that was not sent can be written again."""
        claimed = await self._disk(self._journal.claim, intent.op_id)
        if (
            claimed is None
            or claimed.state not in (State.ASK, State.PLANNED)
            or self._engine.running(claimed)
        ):
            return Elsewhere(intent)
        if sent:
            said = "Enviada, segundo o analista."
            return Sent(await self._disk(self._journal.done, claimed, None, said, conclude=self.conclude))
        closed = await self._disk(self._journal.fail, claimed, "Não enviada, segundo o analista.")
        trouble = Trouble("Não foi enviado", closed.evidence, "O texto está no rascunho.")
        return await self._kept(Refused(closed, trouble))

    async def ready(self, intent: Intent) -> None:
        """Raise NotSendable where something was said on the ticket since the analyst saw it."""
        answer = answer_of(intent)
        said = await self._freshdesk.conversations(answer.ticket_id)
        last = _number(intent.baseline["last"])
        new = [one for one in said if one.id > last and one.user_id != intent.baseline["agent"]]
        if new:
            count = "uma mensagem nova" if len(new) == 1 else f"{len(new)} mensagens novas"
            raise NotSendable(
                f"há {count} no #{answer.ticket_id} depois de você olhar.",
                way_out="Leia o que chegou; se a resposta ainda serve, envie por fora e pule este passo.",
            )

    async def do(self, intent: Intent) -> int:
        """Post the frozen answer once; return the id of the message."""
        answer = answer_of(intent)
        if answer.kind is Kind.REPLY:
            said = await self._freshdesk.reply(
                answer.ticket_id, answer.text, cc=answer.cc, attachments=answer.attachments
            )
        else:
            said = await self._freshdesk.note(answer.ticket_id, answer.text, attachments=answer.attachments)
        return said.id

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the ticket's messages since the baseline whether the answer arrived."""
        answer, me = answer_of(intent), intent.baseline["agent"]
        private = answer.kind is Kind.NOTE
        since = [
            conversation
            for conversation in await self._freshdesk.conversations(answer.ticket_id)
            if conversation.id > _number(intent.baseline["last"]) and not conversation.incoming
        ]
        same = [conversation for conversation in since if same_message(answer.text, conversation.text)]
        mine = [conversation for conversation in same if conversation.user_id == me]
        if len(mine) == 1 and mine[0].private != private:
            seen_by = "só a equipe vê" if mine[0].private else "o cliente vê"
            return Unclear(f"Este texto está no ticket como mensagem que {seen_by}: {_list(mine)}.")
        if len(mine) == 1:
            return Found(mine[0].id, "Encontrada no ticket depois de perdida a resposta.")
        if mine:
            return Unclear(f"Há {len(mine)} mensagens suas com este mesmo texto: {_list(mine)}.")
        if same:
            return Unclear(f"Um colega enviou este mesmo texto: {_list(same)}.")
        others = [said for said in since if said.user_id == me and said.private == private]
        if others:  # the same answer, altered by the server, cannot be told from another one of mine
            return Unclear(f"Há mensagem sua, com outro texto, depois do envio: {_list(others)}.")
        return Missing("O ticket foi conferido e a mensagem não está lá.")

    def conclude(self, intent: Intent) -> None:
        """Drop the draft of an answer that arrived, unless somebody wrote on."""
        answer = answer_of(intent)
        self._drafts.discard(draft_key(answer.ticket_id, answer.kind), only=answer.text)
        if answer.kind is Kind.NOTE:
            self._noted(answer.ticket_id, answer.text)

    async def _kept(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Refused):
            await self._disk(self._restore, answer_of(outcome.intent))
        return outcome

    def _restore(self, answer: Answer) -> None:
        """What did not arrive is a draft, also if that was lost meanwhile; a newer one stays."""
        key = draft_key(answer.ticket_id, answer.kind)
        if self._drafts.load(key) is None:
            self._drafts.save(
                key, answer.text, cc=answer.cc, files=answer.attachments, validates=answer.validates
            )

    def _plan(self, answer: Answer, last: int) -> Intent:
        target = f"ticket:{answer.ticket_id}"
        for other in self._journal.pending():
            if other.target == target and other.flow == FLOW:
                self._replace(other)
        return self._journal.plan((message_step(answer, last, self._me),))[0]

    def _replace(self, offered: Intent) -> None:
        # an answer known not to have arrived is offered through its draft; sending that takes its place
        if offered.state is State.PLANNED and (mine := self._journal.claim(offered.op_id)) is not None:
            self._journal.fail(mine, "Substituída por um novo envio.")


def message_step(answer: Answer, last: int, agent: int) -> Step:
    """Plan a message of ``agent``; ``last`` is the newest one that the analyst has seen, 0 for none."""
    baseline: dict[str, JsonValue] = {"last": last, "agent": agent}
    return Step(KINDS[answer.kind], f"ticket:{answer.ticket_id}", answer.model_dump(mode="json"), baseline)


def answer_of(intent: Intent) -> Answer:
    """The answer that an intent of this flow carries."""
    return Answer.model_validate(intent.payload)


def _number(value: object) -> int:
    return int(str(value))


def _list(conversations: Sequence[Conversation]) -> str:
    return ", ".join(f"nº {conversation.id}" for conversation in conversations)
