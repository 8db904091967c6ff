"""The licence that a chamado is about: five results, none of which is a guess (C3)."""

from datetime import date
from enum import StrEnum

from .base import Model, Moment
from .text import SafeText


class LicenceState(StrEnum):
    """Result of a check."""

    VALID = "valid"
    EXPIRED = "expired"
    TRIAL = "trial"
    NOT_FOUND = "not_found"
    UNCHECKED = "unchecked"
    """The source was down or is not configured: says nothing about the licence."""


class TrialPolicy(StrEnum):
    """What the house makes of a licence of experiência that has not expired."""

    ACCEPT = "aceita"
    """As good as any other."""
    WARN = "avisa"
    """The analyst decides."""
    REFUSE = "recusa"
    """No chamado is opened for it."""


STATE_WORDS = {
    LicenceState.VALID: "válida",
    LicenceState.TRIAL: "experiência",
    LicenceState.EXPIRED: "vencida",
    LicenceState.NOT_FOUND: "não encontrada",
    LicenceState.UNCHECKED: "não verificada",
}
"""What each result is called."""


class Licence(Model):
    """A row of the panel's licence list."""

    email: SafeText
    client: SafeText = ""
    trial: bool = False
    """Experiência, as against Contratação."""
    starts: date | None = None
    expires: date | None = None
    active: bool = True


class LicenceCheck(Model):
    """What a source said of one e-mail, and when."""

    email: SafeText
    state: LicenceState
    source: SafeText
    """Where it was looked up, in words for the screen."""
    checked_at: Moment
    licence: Licence | None = None
    reason: SafeText = ""
    """For `LicenceState.UNCHECKED`: why; for the others what is wrong with the list at this address."""
    trials: TrialPolicy = TrialPolicy.WARN
    """What a licence of experiência was worth where it was checked: author and triagem judge alike."""
