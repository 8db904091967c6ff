"""Commands as a script runs them, on the sandbox that ``plantao demo`` starts."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tui.cli.demo import demo_settings

ROOT = Path(__file__).parents[2]
Env = dict[str, str]


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


def plantao(env: Env, *arguments: str, stdin: int = subprocess.DEVNULL) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    with begun(env, *arguments, stdin=stdin) as process:
        stdout, stderr = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def begun(env: Env, *arguments: str, stdin: int) -> "subprocess.Popen[str]":
    """Begin a command."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANG": "C.UTF-8", "TERM": "xterm-256color", **env},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
