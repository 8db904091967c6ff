"""A text that is posted where others read it: masked in view first, and only then it leaves."""

from typing import ClassVar

from clients.models.excerpt import masked
from widgets.key_line import key_of

from .text import TextScreen


class SlackTextScreen(TextScreen):
    """Gives the text masked. Where that changes it, it is shown so first, and taken the second time."""

    AGAIN: ClassVar[str] = "publica"
    """What the key does the second time."""

    def take(self, text: str) -> None:
        """Go on with what may leave, once it is in view."""
        made = masked((text,))
        if made.texts == (text,):
            self.dismiss(text)
        else:
            told = f"▲ {made.told}. {key_of(self, 'take')} de novo {self.AGAIN}."
            self.show_instead(made.texts[0], told)
