"""Secrets that a program prints: ``chave_cmd``, ``senha_cmd``. Run while the terminal is the shell's."""

import subprocess
from typing import TypeVar

from pydantic import SecretStr

from clients.errors import SettingsError
from clients.os_faults import os_fault

from .settings import FreshdeskSettings, RedmineSettings, Settings, SlackSettings
from .settings_assistant import AssistantSettings
from .settings_chamados import LicenceSettings
from .settings_fields import Argv, Section, usable_key
from .settings_mail import MailSettings
from .settings_monitor import MonitorSettings, SourceSettings

_Keyed = FreshdeskSettings | RedmineSettings | SlackSettings | LicenceSettings | AssistantSettings

Locked = TypeVar("Locked", SourceSettings, MonitorSettings, MailSettings)
TIMEOUT = 120.0
"""Seconds; somebody may have to type a passphrase first."""


def unlock(settings: Settings) -> Settings:
    """Return the settings with every command's answer in the place of the command.

    Commands keep the terminal (a pinentry asks on it), so call this before the screen is taken over.
    SettingsError says which one failed; what it printed is never repeated.
    """
    keyed: tuple[tuple[str, str, _Keyed | None], ...] = (
        ("freshdesk", "freshdesk", settings.freshdesk),
        ("redmine", "redmine", settings.redmine),
        ("slack", "slack", settings.slack),
        ("licences", "licencas", settings.licences),
        ("assistant", "assistente", settings.assistant),
    )
    unlocked: dict[str, Section] = {}
    for name, written, section in keyed:
        if section and section.key_command:
            key = _key(written, section.key_command)
            unlocked[name] = section.model_copy(update={"key": key, "key_command": None})
    if settings.monitor:
        others = {
            name: _unlocked(f"monitor.outras.{name}", other)
            for name, other in settings.monitor.others.items()
        }
        unlocked["monitor"] = _unlocked("monitor", settings.monitor).model_copy(update={"others": others})
    if settings.mail:
        unlocked["mail"] = _unlocked("email", settings.mail)
    return settings.model_copy(update=unlocked)


def _unlocked(written: str, holder: Locked) -> Locked:
    if not holder.password_command:
        return holder
    password = printed_by(f"{written}.senha_cmd", holder.password_command)
    return holder.model_copy(update={"password": password, "password_command": None})


def printed_by(name: str, command: Argv, timeout: float = TIMEOUT) -> SecretStr:
    """Run ``command`` without a shell and return what it printed, less one line end. ``name`` is its key."""
    program = command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the user's own words, from a file that only they can change
            command, stdout=subprocess.PIPE, timeout=timeout, check=False
        )
    except FileNotFoundError:
        raise SettingsError(f"{name}: o programa “{program}” não foi encontrado.") from None
    except subprocess.TimeoutExpired:
        raise SettingsError(f"{name}: “{program}” não terminou em {timeout:.0f} segundos.") from None
    except OSError as error:
        raise SettingsError(f"{name}: “{program}” não pôde ser executado ({os_fault(error)}).") from None
    if done.returncode != 0:
        raise SettingsError(f"{name}: “{program}” terminou com o código {done.returncode}.")
    try:
        secret = SecretStr(done.stdout.decode().removesuffix("\n").removesuffix("\r"))
    except UnicodeDecodeError:
        raise SettingsError(f"{name}: “{program}” imprimiu algo que não é texto.") from None
    if not secret:
        raise SettingsError(f"{name}: “{program}” não imprimiu nada.")
    return secret


def _key(section: str, command: Argv) -> SecretStr:
    name = f"{section}.chave_cmd"
    try:
        return usable_key(printed_by(name, command))
    except ValueError as error:
        raise SettingsError(f"{name}: o que “{command[0]}” imprimiu {error}.") from None
