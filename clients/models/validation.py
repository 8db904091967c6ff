"""Where a published chamado's ticket stands: the client is to be asked, was asked, or answered (C12)."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from .base import Model
from .chamado import Chamado
from .client_words import quoted
from .conversation import Conversation, Voice
from .lifecycle import ChamadoStatus
from .rules.closing import ClientOk, Closing, client_ok
from .text import SafeMultiline
from .ticket import Ticket


class Stage(StrEnum):
    """How far the client's validation is."""

    TO_ASK = "to_ask"
    """Nobody wrote to the client since the publication."""
    WAITING = "waiting"
    """The client was asked and has not answered."""
    ANSWERED = "answered"
    """The client wrote after being asked."""


STAGES = {
    Stage.TO_ASK: "falta pedir ao cliente",
    Stage.WAITING: "à espera do cliente",
    Stage.ANSWERED: "o cliente respondeu",
}
"""The same in words."""
_READ = {
    Closing.OK: "O cliente diz que deu certo.",
    Closing.WEAK: "O cliente só agradeceu: não diz se deu certo.",
    Closing.QUESTION: "O cliente perguntou.",
    Closing.COMPLAINT: "O cliente diz que não está resolvido.",
    Closing.UNCLEAR: "Não se lê nas palavras do cliente se deu certo.",
}
SILENT = "O cliente não escreveu desde a publicação."


class Verdict(StrEnum):
    """What came out of it."""

    VALIDATED = "validated"
    FAILING = "failing"

    @property
    def to(self) -> ChamadoStatus:
        """Where it brings the chamado."""
        return ChamadoStatus.ENCERRADO if self is Verdict.VALIDATED else ChamadoStatus.ERROR_FIX


class Standing(Model):
    """What was said on a ticket since its chamado was published."""

    stage: Stage
    ok: ClientOk
    """How the client's own words read, whether or not they were answered."""
    words: SafeMultiline = ""
    """Those words, quoted, oldest first; empty where the client said nothing."""
    read: str
    """How they read, in Portuguese."""

    def against(self, verdict: Verdict) -> str:
        """What in the client's words speaks against ``verdict``; empty where nothing does."""
        read = Verdict.VALIDATED if self.ok.closing is Closing.OK else Verdict.FAILING
        return self.read if self.words and read is not verdict else ""


def published(chamados: Iterable[Chamado]) -> dict[int, Chamado]:
    """Return the chamados that wait for the client's validation, by ticket; the newest of several."""
    newest: dict[int, Chamado] = {}
    for chamado in chamados:
        if chamado.status is ChamadoStatus.PUBLICADO and chamado.ticket_id is not None:
            known = newest.get(chamado.ticket_id)
            if known is None or chamado.number > known.number:
                newest[chamado.ticket_id] = chamado
    return newest


def is_to_be_asked(ticket: Ticket, chamado: Chamado) -> bool:
    """Whether nobody wrote to the client since ``chamado`` was published, as the queue knows it.

    Where the queue does not know, it is: a question too many is cheaper than one that nobody asks.
    """
    if ticket.stats is None:
        return True
    answered = ticket.stats.agent_responded_at or ticket.stats.first_responded_at
    return answered is None or answered <= chamado.since


def standing(chamado: Chamado, conversations: Sequence[Conversation]) -> Standing:
    """Read ``conversations``, oldest first, since ``chamado`` came to its status; notes do not count."""
    since = [said for said in conversations if said.created_at > chamado.since]
    theirs = [said for said in since if said.voice is Voice.CLIENT]
    ok = client_ok(theirs)
    words = "\n\n".join(filter(None, (quoted(said.text) for said in theirs)))
    return Standing(stage=_stage(since), ok=ok, words=words, read=_READ.get(ok.closing, SILENT))


def _stage(since: Sequence[Conversation]) -> Stage:
    voices = [said.voice for said in since]
    if Voice.REPLY not in voices:
        return Stage.TO_ASK
    asked = voices.index(Voice.REPLY)
    return Stage.ANSWERED if Voice.CLIENT in voices[asked:] else Stage.WAITING
