"""A chamado from its first letter to its place on the board, each at most once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from clients.errors import OutcomeUnknown, PlantaoError
from clients.models.chamado import Chamado, ChamadoDraft, convert_notify
from clients.models.client_words import bare_subject, client_words
from clients.models.conversation import Conversation
from clients.models.finding import Finding, Severity
from clients.models.licence import LicenceCheck, LicenceState
from clients.models.quality import BUILT_IN, TEMPLATE, Lexicon, can_send
from clients.models.ticket import Ticket

from ..chamado_drafts import ChamadoDrafts
from ..disk import Disk
from .chamado_files import ChamadoRules

if TYPE_CHECKING:
    from clients.boards.board import Board
    from clients.licences import LicenceSource

_WHAT_HAPPENS = "O que acontece:\n"


class NotReady(PlantaoError):
    """Something stands against sending; nothing was sent."""

    title = "Ainda não dá para enviar"

    def __init__(self, message: str, licence: LicenceCheck | None, findings: tuple[Finding, ...]) -> None:
        super().__init__(message)
        self.licence = licence
        """What was found out about the licence just now: the form shows it."""
        self.findings = findings


def new_draft() -> ChamadoDraft:
    """An empty form."""
    return ChamadoDraft(id=str(uuid4()))


def prefill(ticket: Ticket, conversations: Sequence[Conversation], *, link: str = "") -> ChamadoDraft:
    """A form begun from a ticket: its subject, its requester, the client's own words under our headings.

    ``link`` is the ticket's address. Headings that are left empty keep the form from being sent.
    """
    quoted = client_words(ticket, conversations)
    source = f"Ticket #{ticket.id} {link}".rstrip()
    skeleton = TEMPLATE.replace(_WHAT_HAPPENS, f"{_WHAT_HAPPENS}{quoted}\n") if quoted else TEMPLATE
    requester = ticket.requester
    return new_draft().model_copy(
        update={
            "title": bare_subject(ticket.subject),
            "licence_email": (requester.email or "") if requester else "",
            "description": f"{source}\n\n{skeleton}",
            "ticket_id": ticket.id,
        }
    )


class Submitting:
    """Sends chamados to a board. The draft's id is the identity: one draft makes one chamado."""

    def __init__(
        self,
        board: "Board",
        drafts: ChamadoDrafts,
        licences: "LicenceSource",
        author: str,
        *,
        email: str = "",
        disk: Disk,
        lexicon: Lexicon = BUILT_IN,
        sent: Callable[[str, int], None] = lambda draft_id, number: None,
    ) -> None:
        """``author`` is who sends, as the board notes it; ``email`` is told what becomes of it, too.

        ``lexicon`` is what the rules look for; ``sent`` keeps which draft became which chamado.
        """
        self._board = board
        self._drafts = drafts
        self._licences = licences
        self._author = author
        self._email = email
        self._disk = disk
        self._lexicon = lexicon
        self._sent = sent

    async def send(self, draft: ChamadoDraft, *, unchecked_accepted: bool = False) -> Chamado:
        """Check once more, with the licence as it is now; submit; forget the draft. Returns the chamado.

        A draft that was sent before gives the same chamado again. Raises NotReady where something blocks or
        an unchecked licence was not agreed to, else the board's errors; the draft stays then.
        """
        chamado = await self._board.chamado(draft.id)
        if chamado is None:
            licence = await self._check(draft, unchecked_accepted)
            chamado = await self._submit(draft, licence)
        await self._disk(self._sent, draft.id, chamado.number)
        await self._disk(self._drafts.discard, draft.id)
        return chamado

    async def _check(self, draft: ChamadoDraft, unchecked_accepted: bool) -> LicenceCheck | None:
        email = draft.licence_email.strip()
        licence = await self._licences.check(email) if email else None
        rules = ChamadoRules(self._lexicon)
        await rules.look(draft.files)
        findings = rules(draft, licence)
        if not can_send(findings):
            reason = next(found.message for found in findings if found.severity is Severity.BLOCK)
            raise NotReady(reason, licence, findings)
        if licence is None or licence.state is not LicenceState.UNCHECKED:
            return licence
        if not unchecked_accepted:
            raise NotReady("a licença não foi verificada; envie de novo e confirme.", licence, findings)
        agreed = f"enviado assim por {self._author}" if self._author else "enviado assim, com confirmação"
        reason = "; ".join(filter(None, (licence.reason, agreed)))
        return licence.model_copy(update={"reason": reason})

    async def _submit(self, draft: ChamadoDraft, licence: LicenceCheck | None) -> Chamado:
        try:
            told = "; ".join(filter(None, (self._email, draft.notify.strip())))
            sent = draft.model_copy(update={"notify": convert_notify(told)})
            return await self._board.submit(sent, author=self._author, licence=licence)
        except OutcomeUnknown as lost:
            arrived = await self._arrived(draft)
            if arrived is None:
                raise lost from None
            return arrived

    async def _arrived(self, draft: ChamadoDraft) -> Chamado | None:
        try:
            return await self._board.chamado(draft.id)
        except PlantaoError:  # not being able to look tells nothing of what was sent
            return None
