"""The last net below the logs: no loaded secret comes through, in whatever form."""

import base64
import io
import logging
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from clients.redaction import MASK, redact

KEY = SecretStr("chave/muito+secreta=1")


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.Logger("um.ramo.qualquer")
    logger.addHandler(handler)
    redact([KEY, SecretStr(""), SecretStr("ab")], [handler])
    return logger, written


@pytest.mark.parametrize(
    "form",
    [
        KEY.get_secret_value(),
        quote(KEY.get_secret_value(), safe=""),
        base64.b64encode(f"{KEY.get_secret_value()}:X".encode()).decode(),
        base64.b64encode(f"{KEY.get_secret_value()}:outra coisa".encode()).decode(),
    ],
)
def test_no_form_of_a_secret_is_written(log: tuple[logging.Logger, io.StringIO], form: str) -> None:
    logger, written = log
    logger.warning("mensagem %s", f"<{form}>")
    logger.warning(f"direto <{form}>")
    assert KEY.get_secret_value() not in written.getvalue()
    assert form not in written.getvalue()
    assert written.getvalue().count(MASK) == 2


def test_not_in_a_traceback_either(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    try:
        raise ValueError(f"Illegal header value {KEY.get_secret_value()!r}")
    except ValueError:
        logger.exception("falhou")
    assert "Traceback" in written.getvalue()
    assert KEY.get_secret_value() not in written.getvalue()


def test_ordinary_text_and_broken_arguments_come_through(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.warning("cabo de rede: 100%")
    logger.warning("%d tickets", "muitos")
    assert "cabo de rede: 100%" in written.getvalue()
    assert "muitos" in written.getvalue()


def test_its_repr_does_not_tell_them() -> None:
    assert "secreta" not in repr(redact([KEY], []))
