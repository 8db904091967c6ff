"""What is kept of a proposal: both texts, the analyst's decision, who decided and when."""

from enum import StrEnum

from ..base import Model, Moment
from ..text import SafeText

OFFLINE = "offline"
"""In the place of a model's name, where none was asked."""


class Decision(StrEnum):
    """What the analyst did with a proposal."""

    ACCEPTED = "aceita"
    EDITED = "editada"
    REFUSED = "recusada"


class Rewriting(Model):
    """One proposal for a description, and what became of it. The texts are kept as they were."""

    original: str
    proposal: str
    """What was proposed; of an edited one, before the analyst's changes."""
    text: str = ""
    """What went into the description; empty where it was refused."""
    decision: Decision
    model: SafeText = OFFLINE
    who: SafeText = ""
    at: Moment

    @property
    def without_texts(self) -> "Rewriting":
        """Who decided what and when: what the analyst took out of a text is not told on."""
        return self.model_copy(update={"original": "", "proposal": "", "text": ""})
