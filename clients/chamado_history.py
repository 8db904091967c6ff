"""A team's own chamados, good and bad, as a table: what the rules are evaluated on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .errors import SourceError
from .models.chamado import ChamadoDraft, Tool
from .models.quality.evaluation import Case
from .models.text import fold, safe_text
from .tables import LocalFile, Row, read_csv, read_json, read_json_lines

_READERS = {".json": read_json, ".jsonl": read_json_lines, ".ndjson": read_json_lines}
_COLUMNS = {
    "title": ("titulo",),
    "tool": ("ferramenta",),
    "flow": ("fluxo",),
    "description": ("descricao",),
    "files": ("arquivos",),
}
_JUDGED = ("title", "flow", "description")
_LABEL, _RULES, _PART = "rotulo", "regras", "parte"
_REPROVED = {"ruim": True, "1": True, "bom": False, "0": False}
_TOOLS = {fold(tool.value): tool.value for tool in Tool}


@dataclass(frozen=True)
class History:
    """What could be read of a table."""

    cases: tuple[Case, ...]
    mistakes: tuple[str, ...] = ()
    """What could not, a sentence for each row, with its line."""


def read_history(path: Path) -> History:
    """Read a CSV, JSON or JSON Lines file (by its suffix). `SourceError` where it is no table of chamados."""
    text = LocalFile(path).read_now()
    try:
        return history_of(_READERS.get(path.suffix.casefold(), read_csv)(text))
    except SourceError as error:
        said = f"{path.name}, {error.message}" if error.message.startswith("linha") else error.message
        raise SourceError(said, title=error.title, way_out=error.way_out) from None


def history_of(rows: Iterable[Row]) -> History:
    """Turn the rows of a table into cases. `SourceError` if none has a title, flow or description."""
    rows = tuple(rows)
    columns = {name for row in rows for name in row.values}
    fields = frozenset(field for field, names in _COLUMNS.items() if columns.intersection(names))
    if not fields.intersection(_JUDGED):
        raise SourceError(
            "nenhuma das colunas título, fluxo e descrição",
            title="Tabela sem chamados",
            way_out="A primeira linha de um CSV dá os nomes das colunas.",
        )
    cases: list[Case] = []
    mistakes: list[str] = []
    for row in rows:
        try:
            cases.append(_case(row, fields))
        except ValueError as error:
            mistakes.append(safe_text(f"linha {row.line}: {error}", multiline=False))
    return History(tuple(cases), tuple(mistakes))


def _case(row: Row, fields: frozenset[str]) -> Case:
    if row.surplus:
        raise ValueError("tem mais colunas que o cabeçalho; ponha entre aspas o texto que tem separador")
    texts = {field: row.get(_COLUMNS[field]) for field in fields}
    if not any(texts.get(field) for field in _JUDGED):
        raise ValueError("não tem título, fluxo nem descrição")
    if "tool" in texts:
        texts["tool"] = _TOOLS.get(fold(texts["tool"]), texts["tool"])
    if "files" in texts:
        texts["files"] = "\n".join(name.strip() for name in texts["files"].replace("\n", ";").split(";"))
    return Case(
        line=row.line,
        draft=ChamadoDraft(id=str(row.line), **texts),
        fields=fields,
        reproved=_reproved(row.get((_LABEL,))),
        rules=_rules(row),
        part=safe_text(row.get((_PART,)), multiline=False),
    )


def _reproved(label: str) -> bool | None:
    if not label:
        return None
    try:
        return _REPROVED[fold(label)]
    except KeyError:
        raise ValueError(f"rótulo “{label}”: use bom ou ruim (0 ou 1)") from None


def _rules(row: Row) -> frozenset[str] | None:
    if _RULES not in row.values:
        return None
    named = safe_text(row.values[_RULES], multiline=False).split(";")
    return frozenset(rule.strip() for rule in named if rule.strip())
