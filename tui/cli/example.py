"""The example of the settings, written down or printed."""

import os
import sys

from clients.errors import SettingsError
from clients.os_faults import os_fault

from .. import paths
from ..settings_example import example_config
from .exit_codes import Code
from .running import say


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
        say(
            f"A configuração está em {file} e ficou como estava: abra esse arquivo num editor para mudá-la.\n"
            "plantao configurar --mostrar escreve o exemplo na tela; plantao diagnostico confere tudo."
        )
        return Code.WRONG
    except OSError as error:
        raise SettingsError(f"{file}: não dá para escrever ({os_fault(error)}).") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(example_config())
    say(
        f"Escrito: {file}\n"
        "Abra esse arquivo num editor, tire o # das linhas que usar e complete os endereços e as chaves.\n"
        "plantao diagnostico confere tudo; plantao abre a mesa."
    )
    return Code.OK
