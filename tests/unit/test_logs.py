"""The log is private and holds no secret."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import StoreError
from tui.logs import start_log
from tui.settings import FreshdeskSettings, Settings


@pytest.fixture(autouse=True)
def the_log_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, umask = list(root.handlers), root.level, os.umask(0o077)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    os.umask(umask)


def settings(folder: Path) -> Settings:
    freshdesk = FreshdeskSettings(url="https://e.example", key=SecretStr("abcd1234"))
    return Settings(state_folder=folder, freshdesk=freshdesk)


def test_a_warning_is_kept_without_the_key(tmp_path: Path) -> None:
    start_log(settings(tmp_path / "dados"))
    logging.getLogger("httpx").warning("GET %s", "https://e.example/?key=abcd1234")
    logging.getLogger("httpx").info("not kept")
    file = tmp_path / "dados" / "registro.log"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    assert "WARNING httpx: GET https://e.example/?key=«segredo»" in text
    assert "not kept" not in text


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "dados").write_text("a file")
    with pytest.raises(StoreError, match="dados"):
        start_log(settings(tmp_path / "dados"))
