"""Where a published chamado's ticket stands: the client is to be asked, was asked, or answered (C12)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from .base import Model
from .chamado import Chamado
from .client_words import quoted
from .conversation import Conversation, Voice
from .lifecycle import ChamadoStatus
from .rules.closing import ClientOk, Closing, client_ok
from .text import SafeMultiline


class Stage(StrEnum):
    """How far the client's validation is."""

    TO_ASK = "to_ask"
    """Nobody asked the client since the publication, whatever else was written."""
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
ASKED = "pedido-validacao:"
"""What the id of an event begins with that records that the client was asked; a publication has one."""
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


def asked_at(chamado: Chamado) -> datetime | None:
    """When the client was asked about the last publication, as the chamado records it; None: not yet."""
    since = takewhile(lambda event: not event.is_move, reversed(chamado.events))
    return next((event.at for event in since if event.id.startswith(ASKED)), None)


def is_to_be_asked(chamado: Chamado) -> bool:
    """Whether the client was not yet asked to validate ``chamado``; any other reply is no such question."""
    return asked_at(chamado) is None


def asking_event(chamado: Chamado) -> str:
    """The id of the event that records the question about the last publication: the same, whoever asks."""
    return f"{ASKED}{chamado.since.isoformat()}"


def asking_comment(chamado: Chamado) -> str:
    """What that event says."""
    return f"Validação pedida ao cliente no ticket #{chamado.ticket_id}."


def standing(chamado: Chamado, conversations: Sequence[Conversation]) -> Standing:
    """Read ``conversations``, oldest first, since ``chamado`` came to its status; notes do not count."""
    since = [said for said in conversations if said.created_at > chamado.since]
    theirs = [said for said in since if said.voice is Voice.CLIENT]
    ok = client_ok(theirs)
    words = "\n\n".join(filter(None, (quoted(said.text) for said in theirs)))
    return Standing(stage=_stage(chamado, theirs), ok=ok, words=words, read=_READ.get(ok.closing, SILENT))


def _stage(chamado: Chamado, theirs: Sequence[Conversation]) -> Stage:
    asked = asked_at(chamado)
    if asked is None:
        return Stage.TO_ASK
    return Stage.ANSWERED if any(said.created_at > asked for said in theirs) else Stage.WAITING
