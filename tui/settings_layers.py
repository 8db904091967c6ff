"""Where settings come from: the team's file below the user's, the environment above; and which said what."""

import json
import os
import re
import shlex
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr

from clients.errors import SettingsError
from clients.os_faults import os_fault

from . import paths
from .settings import Settings
from .toml_place import toml_place

PREFIX = "PLANTAO_"
NESTED = "__"
Where = tuple[str, ...]
"""A key by its path, such as ("freshdesk", "chave")."""
ANY_NAME = "*"
"""Stands in a path for a section's name that people choose."""

_ALTERNATIVES = (("chave", "chave_cmd"), ("senha", "senha_cmd"), ("url", "arquivo"))


@dataclass(frozen=True)
class Layer:
    """What one source says."""

    values: dict[str, object]
    path: Path | None = None
    """The file; None is the environment."""
    text: str = ""
    """Content of the file, for finding lines. Not for showing: it may hold secrets."""

    def place(self, where: Where) -> str:
        """Name file and line, or the variable, that says ``where``."""
        where = tuple(".".join(where).split("."))  # a key's own name may have a dot
        if self.path is None:
            return f"variável {PREFIX}{NESTED.join(where).upper()}"
        line = _line(self.text, where)
        return f"{self.path}, linha {line}" if line else str(self.path)


def find_layers() -> list[Layer]:
    """Return the sources there are, lowest first. SettingsError for a file that cannot be trusted or read."""
    environment = _environment()
    user = read_file(paths.config_file(), optional=True)
    chosen = next(
        (
            Path(str(layer.values["equipe"]))
            for layer in (environment, user)
            if layer and "equipe" in layer.values
        ),
        None,
    )
    team = read_file(chosen or paths.TEAM_FILE, team=True, optional=chosen is None)
    return [layer for layer in (team, user, environment) if layer is not None]


def read_file(path: Path, *, team: bool = False, optional: bool = False) -> Layer | None:
    """Read a TOML file, its paths made absolute; None if it is not there and may be missing.

    One that holds a secret must be a regular file of mine that nobody else reads; no file may be open to
    changes by strangers, since an address or a command in it is obeyed.
    """
    try:
        text, found, linked = _read(path)
    except FileNotFoundError:
        if optional:
            return None
        raise SettingsError(f"{path}: o arquivo não existe.") from None
    except OSError as error:
        raise SettingsError(f"{path}: não dá para ler ({os_fault(error)}).") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: o arquivo não está em UTF-8.") from None
    _refuse_strangers(path, found, team=team)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # only the place is repeated: the line may be one with a secret
        raise SettingsError(f"{path}{toml_place(error)}: o TOML está malformado.") from None
    for where in _places(values, SecretStr):
        if _get(values, where):
            _refuse_readers(path, found, linked, ".".join(where))
    for where in _places(values, Path):
        _make_absolute(values, where, path.parent)
    _join_key_names(values)
    return Layer(values, path, text)


def merge(layers: list[Layer]) -> dict[str, object]:
    """Lay each source over those below it. A key of a higher one also hides its alternative further down."""
    merged: dict[str, object] = {}
    for layer in layers:
        _lay(merged, layer.values)
    return merged


def _lay(below: dict[str, object], above: Mapping[str, object]) -> None:
    for group in _ALTERNATIVES:
        if any(name in above for name in group):
            for name in group:
                below.pop(name, None)
    for name, value in above.items():
        inner = below.get(name)
        if isinstance(value, Mapping):
            target = dict(inner) if isinstance(inner, Mapping) else {}
            _lay(target, value)
            below[name] = target
        else:
            below[name] = value


def _environment() -> Layer:
    known = [field.alias or name for name, field in Settings.model_fields.items()]
    for variable in sorted(os.environ):
        section = variable.removeprefix(PREFIX).split(NESTED)[0].lower()
        if variable.startswith(PREFIX) and section not in known:
            names = ", ".join(f"{PREFIX}{name.upper()}" for name in known)
            raise SettingsError(f"variável {variable}: não existe; as que existem começam com {names}.")
    if not any(variable.upper().startswith(PREFIX) for variable in os.environ):
        return Layer({})
    from .settings_environment import read_environment

    values = read_environment()
    for where in _places(values, tuple):
        _split(values, where)
    for where in _places(values, Path):
        _make_absolute(values, where, Path.cwd())
    _join_key_names(values)
    return Layer(values)


def _join_key_names(values: dict[str, object]) -> None:
    """Let ``fila.filtrar = "x"`` need no quotes round the name, of which TOML makes a table."""
    keys = values.get("teclas")
    if isinstance(keys, dict):
        for place, inner in list(keys.items()):
            if isinstance(inner, dict):
                del keys[place]
                keys.update({f"{place}.{verb}": value for verb, value in inner.items()})


def _split(values: dict[str, object], where: Where) -> None:
    """Make a list of a variable's text: JSON, or words as a shell would part them."""
    text = _get(values, where)
    if not isinstance(text, str):
        return
    try:
        _set(values, where, json.loads(text) if text.lstrip().startswith("[") else shlex.split(text))
    except ValueError:
        variable = f"{PREFIX}{NESTED.join(where).upper()}"
        raise SettingsError(f"variável {variable}: aspas ou colchetes não fecham.") from None


def _read(path: Path) -> tuple[str, os.stat_result, bool]:
    linked = (
        path.is_symlink()
    )  # allowed where nothing secret is inside: many keep their settings in a repository
    follow = 0 if linked else os.O_NOFOLLOW
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | follow)
    with os.fdopen(descriptor, encoding="utf-8-sig") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise SettingsError(f"{path}: não é um arquivo comum.")
        return file.read(), found, linked


def _refuse_strangers(path: Path, found: os.stat_result, *, team: bool) -> None:
    name = shlex.quote(str(path))
    if found.st_mode & (stat.S_IWOTH if team else stat.S_IWOTH | stat.S_IWGRP):
        who = "o" if team else "go"
        raise SettingsError(f"{path}: pode ser alterado por outros: use chmod {who}-w {name}")
    if not team and found.st_uid not in (os.geteuid(), 0):
        raise SettingsError(f"{path}: é de outro usuário.")


def _refuse_readers(path: Path, found: os.stat_result, linked: bool, key: str) -> None:
    secret = f"{path}: guarda um segredo ({key}) e"
    if linked:
        raise SettingsError(
            f"{secret} é um link simbólico: ponha o próprio arquivo nesse lugar, ou use {key}_cmd"
        )
    if found.st_uid != os.geteuid():
        raise SettingsError(f"{secret} é de outro usuário: use {key}_cmd, ou o seu próprio arquivo")
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        name = shlex.quote(str(path))
        raise SettingsError(f"{secret} pode ser lido por outros (modo {mode:04o}): use chmod 600 {name}")


def _places(values: Mapping[str, object], kind: type) -> Iterator[Where]:
    """Yield the paths of the keys whose value is of ``kind``, below each name that ``values`` has."""
    for where in _fields_of(kind):
        if ANY_NAME not in where:
            yield where
            continue
        place = where.index(ANY_NAME)
        named = _get(values, where[:place])
        for name in named if isinstance(named, Mapping) else ():
            yield (*where[:place], str(name), *where[place + 1 :])


def _fields_of(kind: type, model: type[BaseModel] = Settings, above: Where = ()) -> Iterator[Where]:
    """Yield the paths of the keys whose value is of ``kind``; `ANY_NAME` where a name of one's own goes."""
    for name, field in model.model_fields.items():
        where = (*above, field.alias or name)
        if named := sections_by_name(field.annotation):
            yield from _fields_of(kind, named, (*where, ANY_NAME))
            continue
        for option in options_of(field.annotation):
            if isinstance(option, type) and issubclass(option, BaseModel):
                yield from _fields_of(kind, option, where)
            elif option is kind:
                yield where


def sections_by_name(annotation: object) -> type[BaseModel] | None:
    """Return what each of the sections is whose names people choose; None for any other annotation."""
    inner = get_args(annotation)[1] if get_origin(annotation) is dict else None
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def options_of(annotation: object) -> Iterator[object]:
    """Yield the bare types that an annotation allows: ``tuple[str, ...] | None`` is tuple and NoneType."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from options_of(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for option in get_args(annotation):
            yield from options_of(option)
    else:
        yield origin or annotation


def _get(values: Mapping[str, object], where: Where) -> object:
    value: object = values
    for name in where:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _set(values: dict[str, object], where: Where, value: object) -> None:
    inner: object = values
    for name in where[:-1]:
        inner = inner[name] if isinstance(inner, dict) else None
    if isinstance(inner, dict):
        inner[where[-1]] = value


def _make_absolute(values: dict[str, object], where: Where, folder: Path) -> None:
    value = _get(values, where)
    if isinstance(value, str):
        _set(values, where, str(folder / Path(value).expanduser()))


def _line(text: str, where: Where) -> int | None:
    """Find the line of a key, or of its section; None where the file writes it in an unusual way."""
    section: Where = ()
    best: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            section = _names(header[1])
            found = section
        elif entry := re.match(r"\s*([\w.\"'\- ]+?)\s*=", line):
            found = (*section, *_names(entry[1]))
        else:
            continue
        if found == where:
            return number
        if best is None and found == where[: len(found)]:
            best = number
    return best


def _names(dotted: str) -> Where:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))
