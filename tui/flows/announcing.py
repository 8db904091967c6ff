"""What became of a chamado, told by e-mail: to each address once, whoever of the team sees it first."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.base import Model
from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.chamado_letters import MAILED, Notice, letters
from clients.models.letter import Letter
from clients.models.lifecycle import ChamadoStatus, Labels
from clients.models.recipients import recipients

from ..disk import Disk
from ..intent import Intent, State, Step
from ..journal import Busy, Journal
from .engine import Found, Missing, Unclear
from .workflows import FLOW

if TYPE_CHECKING:
    from clients.boards.board import Board
    from clients.mail import Mail

CLAIM, SEND = "aviso.assumir", "email.enviar"
TOLD_WITHIN = timedelta(days=5)
"""What happened longer ago is not told any more; the journal knows for longer what it sent."""
TRIES = 5
"""How often a letter that the server put off is handed in by itself; one refused for good only once."""
FIRST_PAUSE = timedelta(minutes=5)
"""Between its first two attempts; each pause is twice the one before."""


class Claim(Model):
    """To take it upon oneself to tell of one event."""

    chamado: str
    number: int
    event: str
    claimant: str


class Sending(Model):
    """A letter, and who has to have won the claim for it to be sent."""

    letter: Letter
    number: int
    claimant: str
    winner: str = ""
    """Filled in by the claim."""


def news(chamado: Chamado, now: datetime) -> Iterator[ChamadoEvent]:
    """Yield the events of ``chamado`` that e-mails have to tell of and nobody has taken upon them yet."""
    if not chamado.notify:
        return
    for event in chamado.events:
        fresh = now - event.at <= TOLD_WITHIN and event.id not in chamado.announced
        if fresh and event.status in MAILED and (event.is_move or _is_deadline(event)):
            yield event


def letters_of(chamado: Chamado, event: ChamadoEvent, board: str, labels: Labels) -> tuple[Letter, ...]:
    """Compose what each address of ``chamado`` is told of ``event``."""
    notice = Notice(
        chamado_id=chamado.id,
        event_key=event.id,
        kind=event.status,
        number=chamado.number,
        title=chamado.title,
        again=not event.is_move,
        label=labels[event.status],
        ticket_id=chamado.ticket_id,
        comment=event.comment,
        url=event.url,
        version=event.version or (chamado.version if event.status is ChamadoStatus.ENCERRADO else ""),
        deadline=event.deadline,
        duplicate_of=event.duplicate_of,
        who=event.who,
        board=board,
    )
    return letters(notice, recipients(chamado))


def _is_deadline(event: ChamadoEvent) -> bool:
    return event.status is ChamadoStatus.BACKLOG and event.deadline is not None and event.before is not None


class Announcing:
    """Plans the letters of what is new on a board; the workflows carry them out."""

    def __init__(
        self, journal: Journal, disk: Disk, clock: Callable[[], datetime], board: str, labels: Labels
    ) -> None:
        """``board`` is its name, for the letters."""
        self._journal = journal
        self._disk = disk
        self._clock = clock
        self._board = board
        self._labels = labels

    async def plan(self, chamados: Iterable[Chamado]) -> tuple[str, ...]:
        """Write the letters of everything new down; return their workflows, one for each letter."""
        now = self._clock()
        untold = [(chamado, event) for chamado in chamados for event in news(chamado, now)]
        return await self._disk(self._plan, untold) if untold else ()

    async def due(self) -> tuple[str, ...]:
        """Return the workflows of letters that the server did not take, and that may be tried again now."""
        return await self._disk(self._due)

    # ── below: on the store's thread ──

    def _plan(self, untold: Iterable[tuple[Chamado, ChamadoEvent]]) -> tuple[str, ...]:
        return tuple(workflow for chamado, event in untold for workflow in self._plan_one(chamado, event))

    def _plan_one(self, chamado: Chamado, event: ChamadoEvent) -> list[str]:
        """All letters of an event or none: one that was claimed would never be planned again."""
        claimant = uuid.uuid4().hex
        composed = letters_of(chamado, event, self._board, self._labels)
        plans = [_steps(chamado, event, letter, claimant) for letter in composed]
        if not plans or self._journal.knows(steps[0].target for steps in plans):
            return []
        planned: list[str] = []

        def the_others(workflow: str) -> None:
            planned.append(workflow)
            planned.extend(self._journal.plan(steps, FLOW)[0].workflow for steps in plans[1:])

        try:
            self._journal.plan(plans[0], FLOW, also=the_others)
        except Busy:  # another session of ours was faster
            return []
        return planned

    def _due(self) -> tuple[str, ...]:
        oldest = self._clock() - TOLD_WITHIN
        waiting = [
            intent
            for intent in self._journal.pending()
            if intent.kind in (CLAIM, SEND) and intent.planned_at >= oldest
        ]
        workflows = dict.fromkeys(intent.workflow for intent in waiting if not self._may_wait(intent))
        late = {intent.workflow for intent in waiting if self._may_wait(intent)}
        return tuple(workflow for workflow in workflows if workflow not in late)

    def _may_wait(self, intent: Intent) -> bool:
        """Whether it is not to be tried by itself: now, or any more."""
        if intent.state is not State.PLANNED or intent.final or intent.attempts >= TRIES:
            return True
        if intent.attempts == 0 or intent.sent_at is None:
            return False
        pause = FIRST_PAUSE * int(2 ** (intent.attempts - 1))
        return self._clock() < intent.sent_at + pause


def _steps(chamado: Chamado, event: ChamadoEvent, letter: Letter, claimant: str) -> tuple[Step, Step]:
    target = f"aviso:{chamado.number}:{event.id}:{letter.to.casefold()}"
    claim = Claim(chamado=chamado.id, number=chamado.number, event=event.id, claimant=claimant)
    sending = Sending(letter=letter, number=chamado.number, claimant=claimant)
    return (
        Step(CLAIM, target, claim.model_dump(mode="json")),
        Step(SEND, target, sending.model_dump(mode="json"), uses={"winner": 0}),
    )


class Claiming:
    """The remote step ``aviso.assumir``: the board says who tells of an event, its first claimant."""

    def __init__(self, board: "Board") -> None:
        self._board = board

    async def ready(self, intent: Intent) -> None:
        """Whoever comes second is told so by the claim itself."""

    async def do(self, intent: Intent) -> int | str | None:
        """Claim; return who has it."""
        claim = Claim.model_validate(intent.payload)
        return await self._board.announce(claim.chamado, claim.event, claim.claimant)

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the board; asking once more for what is claimed changes nothing."""
        claim = Claim.model_validate(intent.payload)
        chamado = await self._board.chamado(claim.chamado)
        if chamado is None or claim.event not in chamado.announced:
            return Missing("Ninguém assumiu este aviso.")
        return Found(await self._board.announce(claim.chamado, claim.event, claim.claimant))

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


class SendingLetter:
    """The remote step ``email.enviar``."""

    def __init__(self, mail: "Mail") -> None:
        self._mail = mail

    async def ready(self, intent: Intent) -> None:
        """A letter tells what happened, and that stays so."""

    async def do(self, intent: Intent) -> int | str | None:
        """Hand it in, unless another session tells of the event."""
        sending = Sending.model_validate(intent.payload)
        if sending.winner != sending.claimant:
            return None
        return await self._mail.send(sending.letter)

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Nobody can look into another's mailbox."""
        to = Sending.model_validate(intent.payload).letter.to
        return Unclear(
            f"O servidor de e-mail pode ter recebido a mensagem para {to}: pergunte a quem recebe."
        )

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


def letter_words(payload: dict[str, JsonValue]) -> str:
    """Tell what sending does, on one line."""
    sending = Sending.model_validate(payload)
    return f"E-mail para {sending.letter.to}: {sending.letter.subject}"
