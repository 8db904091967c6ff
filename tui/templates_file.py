"""The team's own answer templates: a TOML file of ``[[modelo]]`` with ``titulo``, ``pasta`` and ``texto``."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from clients.errors import SettingsError
from clients.models.template import Template
from clients.models.text import fold
from clients.os_faults import os_fault

from .toml_place import toml_place

FOLDER = "Equipe"
"""Where a template without ``pasta`` is shown."""
_KEYS = ("titulo", "pasta", "texto")


def read_templates(path: Path) -> tuple[Template, ...]:
    """Return the templates of ``path`` in its order; none where there is no such file.

    Raises SettingsError naming the file and the entry that cannot be used.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SettingsError(f"{path}: não dá para ler ({os_fault(error)}).") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: o arquivo não está em UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}{toml_place(error)}: não é TOML válido.") from error
    for key in content:
        if key != "modelo":
            raise SettingsError(f"{path}: chave desconhecida “{key}”; cada modelo começa com [[modelo]].")
    entries = content.get("modelo", [])
    if not isinstance(entries, list):
        raise SettingsError(f"{path}: escreva [[modelo]], com dois colchetes, no começo de cada modelo.")
    templates: dict[str, Template] = {}
    for number, entry in enumerate(entries, start=1):
        template = _read(f"{path}: modelo nº {number}", entry)
        if template.id in templates:
            raise SettingsError(
                f"{path}: modelo nº {number}: já há um “{template.title}” na pasta “{template.folder}”."
            )
        templates[template.id] = template
    return tuple(templates.values())


def _read(where: str, entry: object) -> Template:
    if not isinstance(entry, Mapping):
        raise SettingsError(f"{where}: precisa ser uma tabela [[modelo]].")
    title = entry.get("titulo")
    if isinstance(title, str) and title.strip():
        where = f"{where} (“{title.strip()}”)"
    for key, value in entry.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"; seria “{near[0]}”?" if near else f"; existem {', '.join(_KEYS)}."
            raise SettingsError(f"{where}: chave desconhecida “{key}”{hint}")
        if not isinstance(value, str):
            raise SettingsError(f"{where}: “{key}” precisa ser um texto entre aspas.")
    for key in ("titulo", "texto"):
        if not entry.get(key, "").strip():
            raise SettingsError(f"{where}: falta “{key}”.")
    title, folder = entry["titulo"].strip(), entry.get("pasta", "").strip() or FOLDER
    return Template(
        id=f"equipe:{fold(folder)}/{fold(title)}", title=title, folder=folder, text=entry["texto"].strip("\n")
    )
