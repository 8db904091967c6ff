"""Commands that only print or write something of their own: keys and the example of the settings."""

import os
import sys
from itertools import groupby

from clients.errors import SettingsError

from .. import paths
from ..commands.catalog import conflicts, with_keys
from ..commands.command import Scope
from ..commands.keys import key_names
from ..settings_example import example_config
from ..settings_reading import NoSettings, load_settings
from .exit_codes import Code
from .running import say

_PLACES = {
    Scope.MESA: "Mesa",
    Scope.CHAMADOS: "Chamados",
    Scope.DESK: "Em todo lugar",
    Scope.COMPOSER: "Ao responder",
    Scope.FORM: "No formulário",
}


def show_keys() -> int:
    """Print every command with its id, its keys as the settings have them, and what it does."""
    try:
        remapped = load_settings().keys
    except NoSettings:
        remapped = {}
    entries = with_keys(remapped)
    width = max(len(entry.id) for entry in entries)
    for scope, group in groupby(entries, key=lambda entry: entry.scope):
        sys.stdout.write(f"{_PLACES[scope]}\n")
        for entry in group:
            sys.stdout.write(f"  {entry.id:<{width}}  {key_names(entry.key):<12}  {entry.help}\n")
    return Code.WRONG if conflicts(entries) else Code.OK


def write_example(only_show: bool) -> int:
    """Write the commented example (0600) where no settings exist; print it instead if so asked."""
    if only_show:
        sys.stdout.write(example_config())
        return Code.OK
    file = paths.config_file()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        say(f"{file} já existe e ficou como está; plantao configurar --mostrar escreve o exemplo na tela.")
        return Code.WRONG
    except OSError as error:
        raise SettingsError(f"{file}: não dá para escrever ({error.strerror}).") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(example_config())
    say(f"Escrito: {file}\nComplete os endereços e as chaves; plantao diagnostico confere.")
    return Code.OK
