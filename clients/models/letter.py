"""One e-mail to one person, ready to be sent: nobody sees another's address."""

from .base import Model
from .text import SafeMultiline, SafeText


class Letter(Model):
    """What is sent. The sender and the date are the mail server's settings' and the clock's."""

    to: SafeText
    """One address."""
    subject: SafeText
    text: SafeMultiline
    """For programs that show no HTML, and for people who prefer it."""
    html: str
    """The same, well-formed, with nothing of a stranger unescaped."""
    message_key: str
    """What makes it this very message: sent again with the same key, it has the same Message-ID."""
    thread_key: str = ""
    """What it is about: letters of one thread are shown together. Empty: it stands alone."""
