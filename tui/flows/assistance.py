"""Another text for a description, from here or from a model: what leaves, what comes back, what to check."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clients.errors import ServerTrouble
from clients.models.assistant.faithful import check_faithful
from clients.models.assistant.gaps import without_gaps
from clients.models.assistant.masking import Masked, Restored, mask
from clients.models.assistant.offline import rewrite
from clients.models.assistant.progress import Progress
from clients.models.assistant.prompt import Prompt, build_prompt
from clients.models.assistant.record import OFFLINE
from clients.models.assistant.suspicious import suspicious_phrases
from clients.models.chamado import ChamadoDraft
from clients.models.finding import Finding, Severity
from clients.models.quality.description import check_description
from clients.models.quality.lexicon import BUILT_IN, Lexicon
from clients.models.ticket import Ticket

if TYPE_CHECKING:
    from clients.assistant import Answer, Assistant
    from tui.account import Account

Nonce = Callable[[], str]


@dataclass(frozen=True)
class Proposed:
    """A proposal as it is decided on."""

    original: str
    text: str
    questions: tuple[str, ...]
    findings: tuple[Finding, ...]
    """What to look at before it is accepted."""
    model: str = OFFLINE


@dataclass(frozen=True)
class Outgoing:
    """A description as it will leave, to be looked at first."""

    masked: Masked
    prompt: Prompt
    suspicious: tuple[str, ...]
    """What in it speaks to a model instead of to a reader."""


def random_nonce() -> str:
    """A mark that nobody can foresee."""
    return secrets.token_hex(6)


class Assistance:
    """The assistant for one draft. ``names`` are people who are known, and stay inside."""

    def __init__(
        self,
        draft: ChamadoDraft,
        assistant: "Assistant | None",
        names: Iterable[str],
        nonce: Nonce = random_nonce,
        *,
        lexicon: Lexicon = BUILT_IN,
    ) -> None:
        """``lexicon`` are the words by which a text is sorted and checked."""
        self._draft = draft
        self.assistant = assistant
        self._names = tuple(names)
        self._nonce = nonce
        self._lexicon = lexicon

    @property
    def original(self) -> str:
        """The description as it was when this began."""
        return self._draft.description

    def offline(self) -> Proposed:
        """Put what was written under the headings; nothing leaves this machine."""
        proposal = rewrite(self.original, self._lexicon)
        return Proposed(self.original, proposal.text, proposal.questions, tuple(self._check(proposal.text)))

    def prepare(self) -> Outgoing:
        """Mask the description. StillPrivate or TooLong where it cannot leave."""
        masked = mask(self.original, self._names)
        orders = tuple(self.original[slice(*span)] for span in suspicious_phrases(self.original))
        return Outgoing(masked, build_prompt(masked.text, self._nonce), orders)

    async def ask(self, outgoing: Outgoing, told: Callable[[Progress], None]) -> Proposed:
        """Send what was looked at, and return the proposal. Raises RemoteError."""
        assert self.assistant is not None, "asked only where a model is configured"
        answer = await self.assistant.rewrite(outgoing.prompt, told)
        restored = outgoing.masked.restore(answer.text)
        proposal = without_gaps(restored.text)
        if not proposal.text:
            raise ServerTrouble("Assistente", "o modelo só fez perguntas e não propôs texto nenhum")
        told_already = {outgoing.masked.originals[mark] for mark in restored.missing}
        checked = self._check(proposal.text)
        findings = (
            *_of_answer(answer),
            *_of_marks(restored, outgoing.masked),
            *_of_orders(outgoing),
            *(found for found in checked if _words(found, self.original) not in told_already),
        )
        return Proposed(self.original, proposal.text, proposal.questions, findings, self.assistant.model)

    def _check(self, text: str) -> Iterable[Finding]:
        """What the proposal lost or invented, and what would block it that did not before."""
        yield from check_faithful(self.original, text, self._names)
        before = {found.rule for found in self._blocking(self.original)}
        for found in self._blocking(text):
            if found.rule not in before:
                yield _finding(found.rule, f"Com este texto o chamado não seria enviado: {found.message}")

    def _blocking(self, text: str) -> list[Finding]:
        draft = self._draft.model_copy(update={"description": text})
        return [
            found for found in check_description(draft, self._lexicon) if found.severity is Severity.BLOCK
        ]


def people_known(account: "Account", team_names: Iterable[str], ticket: Ticket | None) -> tuple[str, ...]:
    """Return whom the desk knows by name: the team, and the client's person of the ticket."""
    requester = ticket.requester.name if ticket is not None and ticket.requester is not None else ""
    names = (
        requester,
        *team_names,
        *account.vocabulary.agents.values(),
        *(member.name for member in account.members),
        account.me.name if account.me is not None else "",
    )
    return tuple(dict.fromkeys(name for name in names if name.strip() and "@" not in name))


def _of_answer(answer: "Answer") -> Iterable[Finding]:
    match answer.finish:
        case "length":
            yield _finding("modelo.cortado", "A resposta parou por tamanho: o fim do texto falta.")
        case "content_filter":
            yield _finding("modelo.filtrado", "O filtro do servidor reteve parte da resposta.")


def _of_marks(restored: Restored, masked: Masked) -> Iterable[Finding]:
    for mark in restored.missing:
        lost = f"A proposta perdeu “{masked.originals[mark]}”, que foi como {mark}: ponha de volta."
        yield _finding("mascara.perdida", lost)
    for mark in restored.unknown:
        yield _finding("mascara.inventada", f"A proposta traz a marca {mark}, que não estava no texto.")


def _of_orders(outgoing: Outgoing) -> Iterable[Finding]:
    for words in outgoing.suspicious:
        yield _finding(
            "texto.ordem", f"O texto diz “{words}”, que parece ordem ao modelo: confira a proposta."
        )


def _words(found: Finding, text: str) -> str | None:
    return text[slice(*found.span)] if found.field == "description" and found.span else None


def _finding(rule: str, message: str) -> Finding:
    return Finding(rule, "proposal", Severity.WARN, message)
