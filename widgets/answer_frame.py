"""The frame round an answer, by which reply and note are told apart at a glance: words, shape and tint."""

from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var

from clients.models.answer import Kind

NOTE_TITLE = "NOTA INTERNA — o cliente não vê"


class AnswerFrame(Vertical):
    """Heavy, and naming the client; or dashed, tinted, and saying that nobody outside reads it."""

    DEFAULT_CSS = """
    AnswerFrame {
        height: 1fr; padding: 0 1;
        border-title-style: bold; border-subtitle-color: $foreground-muted;
    }
    AnswerFrame.-reply {
        border: heavy $primary;
        border-title-color: $background; border-title-background: $primary;
    }
    AnswerFrame.-note {
        border: dashed $warning; background: $warning 12%;
        border-title-color: $background; border-title-background: $warning;
    }
    /* the terminal's own colours cannot be mixed: a tint would be a solid block */
    AnswerFrame:ansi {
        background: ansi_default; border-title-background: ansi_default; border-title-style: bold reverse;
    }
    AnswerFrame.-reply:ansi { border-title-color: $primary; }
    AnswerFrame.-note:ansi { border-title-color: $warning; }
    """

    kind: var[Kind] = var(Kind.REPLY)

    def __init__(self, kind: Kind, recipient: str, about: str) -> None:
        """``recipient`` is who reads a reply, ``about`` what stands at the foot."""
        super().__init__()
        self._recipient = recipient
        self.border_subtitle = Content(about)
        self.set_reactive(AnswerFrame.kind, kind)

    def on_mount(self) -> None:
        """Dress for the kind."""
        self.watch_kind()

    def watch_kind(self) -> None:
        """Change words, shape and tint together."""
        reply = self.kind is Kind.REPLY
        self.border_title = Content(f"RESPOSTA AO CLIENTE → {self._recipient}" if reply else NOTE_TITLE)
        self.set_class(reply, "-reply")
        self.set_class(not reply, "-note")


def recipient(name: str, email: str | None) -> str:
    """Who gets a reply: ``Marina Alves <marina@exemplo.com.br>``."""
    return " ".join(filter(None, (name, f"<{email}>" if email else "(sem e-mail)")))
