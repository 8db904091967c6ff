"""Keeps secrets out of the logs: the last net below code that should never have logged one."""

import base64
import logging
import traceback
from collections.abc import Iterable
from urllib.parse import quote

from pydantic import SecretStr

MASK = "«segredo»"
_SHORTEST = 4  # masking shorter ones would eat ordinary text


class Redaction(logging.Filter):
    """A logging filter that replaces every secret, also quoted for a URL or as a Basic header.

    Put it on *handlers*: a logger's filters do not see what its children log.
    """

    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        super().__init__()
        forms = {form for secret in secrets for form in _forms(secret.get_secret_value())}
        self._forms = sorted(forms, key=len, reverse=True)

    def __repr__(self) -> str:
        return f"Redaction({len(self._forms)} forms)"

    def clean(self, text: str) -> str:
        """Return ``text`` with every secret replaced."""
        for form in self._forms:
            text = text.replace(form, MASK)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite message, arguments, traceback and stack of ``record``; always lets it pass."""
        record.msg, record.args = self.clean(_message(record)), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_info = None  # formatters would print it anew, uncleaned
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True


def redact(secrets: Iterable[SecretStr], handlers: Iterable[logging.Handler]) -> Redaction:
    """Install one `Redaction` of ``secrets`` on ``handlers`` and return it."""
    redaction = Redaction(secrets)
    for handler in handlers:
        handler.addFilter(redaction)
    return redaction


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # arguments that do not fit: must not cost the record
        return f"{record.msg} {record.args!r}"


def _forms(secret: str) -> Iterable[str]:
    if len(secret) < _SHORTEST:
        return
    yield secret
    yield repr(secret)[1:-1]
    yield quote(secret, safe="")
    # Basic: name and password end in unknown ways, so only the whole triples of the secret are looked for
    encoded = base64.b64encode(secret.encode("utf-8", "surrogateescape")).decode()
    yield encoded[: len(secret.encode("utf-8", "surrogateescape")) // 3 * 4]
