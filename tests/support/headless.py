"""Commands as a script runs them, on the sandbox that ``plantao demo`` starts.

A process for each command would spend a second on imports alone. So `plantao` runs a command line in the
process of the tests, with streams, environment, umask and log of its own; `plantao_process` is for what only
a process shows, and for one run of each command.
"""

import csv
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tui.cli.demo import demo_settings
from tui.cli.main import run

ROOT = Path(__file__).parents[2]
Env = dict[str, str]
Done = subprocess.CompletedProcess[str]
_PRIVATE = 0o077


def environment(ready: Mapping[str, object], folder: Path) -> Env:
    """The environment of somebody whose settings are those of the demo, with the data in ``folder``."""
    settings = demo_settings(ready, folder)
    assert settings.freshdesk and settings.redmine and settings.monitor and settings.licences
    assert settings.freshdesk.key and settings.redmine.key and settings.monitor.password
    assert settings.slack and settings.slack.key
    assert settings.mail and settings.mail.user and settings.mail.password
    assert settings.assistant and settings.assistant.key
    return {
        "PLANTAO_PASTA_DE_DADOS": str(settings.state_folder),
        "PLANTAO_FRESHDESK__URL": settings.freshdesk.url,
        "PLANTAO_FRESHDESK__CHAVE": settings.freshdesk.key.get_secret_value(),
        "PLANTAO_REDMINE__URL": settings.redmine.url,
        "PLANTAO_REDMINE__CHAVE": settings.redmine.key.get_secret_value(),
        "PLANTAO_REDMINE__CAMPO_TICKET": str(settings.redmine.ticket_field),
        "PLANTAO_SLACK__URL": settings.slack.url,
        "PLANTAO_SLACK__CHAVE": settings.slack.key.get_secret_value(),
        "PLANTAO_MONITOR__URL": str(settings.monitor.url),
        "PLANTAO_MONITOR__USUARIO": str(settings.monitor.user),
        "PLANTAO_MONITOR__SENHA": settings.monitor.password.get_secret_value(),
        "PLANTAO_MONITOR__PAGINA__CAMINHO_SITUACAO": settings.monitor.page.status_path,
        "PLANTAO_LICENCAS__URL": str(settings.licences.url),
        "PLANTAO_EMAIL__SERVIDOR": settings.mail.host,
        "PLANTAO_EMAIL__PORTA": str(settings.mail.port_used),
        "PLANTAO_EMAIL__SEGURANCA": settings.mail.security,
        "PLANTAO_EMAIL__USUARIO": settings.mail.user,
        "PLANTAO_EMAIL__SENHA": settings.mail.password.get_secret_value(),
        "PLANTAO_EMAIL__REMETENTE": settings.mail.sender,
        "PLANTAO_ASSISTENTE__URL": settings.assistant.url,
        "PLANTAO_ASSISTENTE__MODELO": settings.assistant.model,
        "PLANTAO_ASSISTENTE__CHAVE": settings.assistant.key.get_secret_value(),
    }


def plantao(env: Env, *arguments: str) -> Done:
    """Run one command to its end, in this process; what it does not handle itself is raised."""
    out, wrong = _stream(), _stream()
    with (
        open(os.devnull, encoding="utf-8") as nothing,
        mock.patch.multiple(sys, stdin=nothing, stdout=out, stderr=wrong, excepthook=sys.excepthook),
        mock.patch.dict(os.environ, _around(env)),
        _private_files(),
        _a_log_of_its_own(),
        ThreadPoolExecutor(1) as elsewhere,  # a loop of its own, whether or not one runs here
    ):
        code = elsewhere.submit(run, list(arguments)).result()
    return Done(arguments, code, _written(out), _written(wrong))


def plantao_process(env: Env, *arguments: str, stdin: int = subprocess.DEVNULL) -> Done:
    """Run one command to its end, as a process."""
    with begun(env, *arguments, stdin=stdin) as process:
        stdout, stderr = process.communicate()
    return Done(arguments, process.returncode, stdout, stderr)


def begun(env: Env, *arguments: str, stdin: int) -> "subprocess.Popen[str]":
    """Begin a command, as a process."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={**os.environ, **_around(env)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _around(env: Env) -> Env:
    return {"LANG": "C.UTF-8", "TERM": "xterm-256color", **env}


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@contextmanager
def _private_files() -> Iterator[None]:
    before = os.umask(_PRIVATE)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _a_log_of_its_own() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        for handler in [each for each in root.handlers if each not in handlers]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


def spreadsheet(page: str) -> list[dict[str, str]]:
    """The rows of a CSV page as a Brazilian spreadsheet reads them."""
    assert page.startswith("\ufeff"), "else it is not taken for UTF-8"
    return list(csv.DictReader(io.StringIO(page[1:]), delimiter=";"))
