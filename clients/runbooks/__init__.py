"""Runbooks as files: those that are shipped, and a team's own; what is wrong in one is told by its line."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from pydantic import ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails

from ..errors import SourceError
from ..models.forbidden_commands import refusal
from ..models.runbook import Runbook, Step
from ..os_faults import os_fault

MAX_BYTES = 200_000
_WRITTEN_AS = {
    "title": "titulo",
    "about": "sobre",
    "serves": "serve",
    "steps": "passos",
    "text": "texto",
    "expected": "esperado",
    "otherwise": "senao",
    "command": "comando",
    "guards": "guardas",
    "act": "acao",
    "record": "registro",
}
_SENTENCES = {
    "extra_forbidden": "não é uma chave de roteiro",
    "missing": "falta",
    "string_type": "tem de ser um texto entre aspas",
    "string_too_short": "está vazio",
    "string_too_long": "é longo demais (até {max_length} caracteres)",
    "too_short": "está vazio",
    "too_long": "tem itens demais (até {max_length})",
    "tuple_type": "tem de ser uma lista",
    "enum": "só conhece {expected}",
    "model_type": "tem de ser uma tabela",
}
_NOBODYS = -1
"""Stands for the step of keys that stand in a table that is none."""
_KNOWN_AS = ConfigDict(extra="forbid", alias_generator=lambda name: _WRITTEN_AS.get(name, name))


class _Step(Step):
    model_config = _KNOWN_AS

    @field_validator("command", mode="before")
    @classmethod
    def _only_looks(cls, command: object, info: ValidationInfo) -> object:
        """Judged as it is written, before it is cleaned; the context is the team's programs."""
        if reason := refusal(str(command), info.context or ()):
            raise ValueError(reason)
        return command


class _Runbook(Runbook):
    model_config = _KNOWN_AS

    steps: tuple[_Step, ...]


def shipped() -> tuple[Runbook, ...]:
    """Return the runbooks that come with Plantão, by file name."""
    ours = (each for each in files(__name__).iterdir() if each.name.endswith(".toml"))
    return tuple(parse(each.read_text("utf-8"), each.name) for each in sorted(ours, key=lambda one: one.name))


def example() -> str:
    """Return a commented runbook, to begin one's own from."""
    return files(__name__).joinpath("exemplo.txt").read_text("utf-8")


def written(runbook: Runbook) -> dict[str, object]:
    """Return ``runbook`` with the keys of its file, as plain values."""
    return {**_as_written(runbook), "passos": [_as_written(step) for step in runbook.steps]}


def _as_written(model: Runbook | Step) -> dict[str, object]:
    return {_WRITTEN_AS.get(name, name): value for name, value in model.model_dump(mode="json").items()}


def read_all(
    folder: Path | None, programs: Collection[str] = ()
) -> tuple[tuple[Runbook, ...], tuple[SourceError, ...]]:
    """Return all runbooks, and what could not be read; a team's one replaces the shipped one of its id.

    ``folder`` holds the team's ``*.toml``; None: there are none. ``programs`` are those of the team that only
    look: a step may have them in its command.
    """
    found = {each.id: each for each in shipped()}
    refused: list[SourceError] = []
    paths: Iterable[Path] = ()
    if folder is not None:
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
        except OSError as error:
            refused.append(_fault(str(folder), os_fault(error)))
    told: dict[str, str] = {}
    for path in paths:
        try:
            runbook = read(path, programs)
        except SourceError as error:
            refused.append(error)
            continue
        if runbook.id in told:
            refused.append(_fault(str(path), f"o id “{runbook.id}” já é o de {told[runbook.id]}"))
            continue
        told[runbook.id] = path.name
        found[runbook.id] = runbook
    return tuple(found.values()), tuple(refused)


def read(path: Path, programs: Collection[str] = ()) -> Runbook:
    """Read one file. `SourceError` where it cannot be read or is no runbook, with its lines."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _fault(str(path), os_fault(error)) from None
    if len(content) > MAX_BYTES:
        raise _fault(str(path), f"é grande demais para um roteiro (até {MAX_BYTES // 1000} kB)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _fault(str(path), "não está em UTF-8") from None
    return parse(text, str(path), programs)


def parse(text: str, where: str, programs: Collection[str] = ()) -> Runbook:
    """Return the runbook that ``text`` holds. `SourceError` names ``where`` and each line that is wrong."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))  # none: it breaks off at the end
        line = f"linha {place[1]}, coluna {place[2]}" if place else f"linha {len(text.splitlines()) or 1}"
        raise _fault(where, f"{line}: não é TOML") from None
    try:
        read = _Runbook.model_validate(values, by_alias=True, by_name=False, context=programs)
    except ValidationError as error:
        lines = _Lines(text)
        faults = error.errors(include_input=False, include_url=False)
        raise _fault(where, "\n".join(dict.fromkeys(_sentence(each, lines) for each in faults))) from None
    return Runbook.model_validate(read.model_dump())


def _fault(where: str, reason: str) -> SourceError:
    return SourceError(
        f"{where}: {reason}",
        title="Roteiro recusado",
        way_out="Corrija o arquivo; os outros roteiros continuam valendo.",
    )


def _sentence(error: ErrorDetails, lines: "_Lines") -> str:
    location, details = error["loc"], error.get("ctx", {})
    line = lines.of(location)
    names = [name for name in location if isinstance(name, str) and (name != "passos" or len(location) == 1)]
    step = next((f"passo {place + 1}" for place in location if isinstance(place, int)), "")
    if error["type"] == "value_error":
        said = str(details["error"])
    else:
        told = {name: str(value).replace(" or ", " ou ").replace("'", '"') for name, value in details.items()}
        said = _SENTENCES.get(error["type"], "tem um valor que não serve").format(**told)
    what = " ".join(filter(None, (step, f"“{names[0]}”" if names else "")))
    place = f"linha {line}: " if line else ""
    return f"{place}{what}: {said}" if what else f"{place}{said}"


class _Lines:
    """Where the keys of a TOML text stand; only asked where something is wrong."""

    _HEADING = re.compile(r"""\[\[?\s*["']?([\w-]+)""")
    _KEY = re.compile(r"""["']?([\w-]+)["']?\s*=""")

    def __init__(self, text: str) -> None:
        self._places: dict[tuple[int | None, str], int] = {}
        step: int | None = None
        steps = 0
        for number, line in _statements(text):
            heading = self._HEADING.match(line)
            if heading and heading[1] == "passos":
                step, steps = steps, steps + 1
                self._places[step, ""] = number
            elif heading:
                self._places.setdefault((None, heading[1]), number)
                step = _NOBODYS
            elif key := self._KEY.match(line):
                self._places.setdefault((step, key[1]), number)

    def of(self, location: tuple[int | str, ...]) -> int:
        """The line of what pydantic names so, else of its step; 0 where neither is written."""
        step = next((place for place in location if isinstance(place, int)), None)
        names = [name for name in location if isinstance(name, str) and name != "passos"]
        return self._places.get((step, names[0] if names else ""), self._places.get((step, ""), 0))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each line, stripped, that begins a statement: one before which the text is TOML by itself."""
    lines = text.splitlines(keepends=True)
    begun: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            tomllib.loads("".join(begun))
        except tomllib.TOMLDecodeError:  # within a list or a text of several lines
            begun.append(line)
            continue
        begun = [line] if line.strip() else []
        yield number, line.strip()
