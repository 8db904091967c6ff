"""Tables that people export, CSV or JSON, from a file or an address: read tolerantly, told by line."""

import asyncio
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .charset import Decoded, decode
from .errors import SourceError
from .models.text import fold
from .models.times import BRAZIL
from .os_faults import os_fault

if TYPE_CHECKING:
    from .http import Http, Response

MAX_BYTES = 20_000_000

_DATE = re.compile(
    r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)"
    r"(?:\s{0,3}(?:às|as|,|-)?\s{0,3}(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?"
)
_LIST_KEYS = (
    "data",
    "dados",
    "items",
    "itens",
    "results",
    "rows",
    "services",
    "servicos",
    "licencas",
    "licences",
)


class Document(Protocol):
    """Where a table comes from."""

    @property
    def where(self) -> str:
        """The place, in words for the screen."""
        ...

    @property
    def address(self) -> str:
        """The place in full, without a query."""
        ...

    async def fetch(self) -> "Fetched":
        """Return the text as it is now. `SourceError` or `RemoteError` if it cannot be had."""
        ...


@dataclass(frozen=True)
class Fetched:
    """A document that was read."""

    decoded: Decoded
    size: int
    """Bytes."""
    answer: "Response | None" = None
    """What it came in, where it came over HTTP."""


class LocalFile:
    """A file on this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def where(self) -> str:
        """The file's name."""
        return self.path.name

    def stamp(self) -> tuple[int, int, int]:
        """Return what changes when the file does. `SourceError` if it is not there."""
        try:
            stat = self.path.stat()
        except OSError as error:
            raise self._trouble(error) from None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    @property
    def address(self) -> str:
        """The file's path."""
        return str(self.path)

    async def fetch(self) -> Fetched:
        """Read the file."""
        content = await asyncio.to_thread(self._content)
        return Fetched(decode(content), len(content))

    def read_now(self) -> str:
        """Return the file's text, in the calling thread."""
        return decode(self._content()).text

    def _content(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise self._trouble(error) from None
        if len(content) > MAX_BYTES:
            raise SourceError(f"{self.path}: arquivo maior que {MAX_BYTES // 1_000_000} MB")
        return content

    def _trouble(self, error: OSError) -> SourceError:
        return SourceError(
            f"{self.path}: {os_fault(error)}",
            title="Arquivo indisponível",
            way_out="Confira o caminho e as permissões.",
        )


class RemoteFile:
    """A document at an address."""

    def __init__(self, http: "Http", path: str) -> None:
        self._http = http
        self._path = path

    @property
    def where(self) -> str:
        """The system's name."""
        return self._http.system

    @property
    def address(self) -> str:
        """The whole address, without its query."""
        return self._http.address(self._path)

    async def fetch(self) -> Fetched:
        """Fetch the text."""
        answer = await self._http.read(self._path)
        return Fetched(answer.decoded(), len(answer.body), answer)


@dataclass(frozen=True)
class Row:
    """One row. Header names are folded and without punctuation; values are trimmed text."""

    line: int
    """Line in the file (CSV, JSON Lines), or number of the item from 1 (JSON)."""
    values: Mapping[str, str]
    surplus: bool = False
    """Whether the row has more cells than the header: nothing in it can be trusted."""

    def get(self, names: Iterable[str]) -> str:
        """Return the first non-empty value under one of ``names`` (folded); empty if there is none."""
        return next((value for name in names if (value := self.values.get(name, ""))), "")


ReadRows = Callable[[str], tuple[Row, ...]]


def read_csv(text: str) -> tuple[Row, ...]:
    """Read CSV with a header line, separated by ``;``, ``,`` or tabs. `SourceError` if it has no header."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    header: list[str] | None = None
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header = [name_of(cell) for cell in cells]
            else:
                surplus = any(cells[len(header) :])
                rows.append(Row(line, dict(zip(header, cells, strict=False)), surplus))
    except csv.Error as error:
        raise SourceError(f"linha {reader.line_num}: CSV ilegível ({error})") from None
    if header is None:
        raise SourceError("o arquivo está vazio")
    return tuple(rows)


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=header.count)


def read_json(text: str) -> tuple[Row, ...]:
    """Read a JSON list of objects, bare or under a key such as ``data``. `SourceError` if it is none."""
    try:
        content: object = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise SourceError("o conteúdo não é JSON") from None
    return rows_of(content)


def read_json_lines(text: str) -> tuple[Row, ...]:
    """Read JSON Lines: an object a line, blank lines skipped. `SourceError` names the line that is none."""
    rows: list[Row] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item: object = json.loads(line)
        except (ValueError, RecursionError):
            raise SourceError(f"linha {number}: não é JSON") from None
        if not isinstance(item, dict):
            raise SourceError(f"linha {number}: precisa ser um objeto JSON, entre {{ e }}")
        rows.append(_row(number, item))
    return tuple(rows)


def rows_of(content: object) -> tuple[Row, ...]:
    """Return the rows of decoded JSON, a list as `read_json` takes it. `SourceError` if it is none."""
    return tuple(
        _row(number, item if isinstance(item, Mapping) else {})
        for number, item in enumerate(_items(content), start=1)
    )


def _row(number: int, fields: Mapping[object, object]) -> Row:
    return Row(number, {name_of(str(key)): _text(value) for key, value in fields.items()})


def _items(content: object) -> list[object]:
    if isinstance(content, Mapping):
        known = {name_of(str(key)): value for key, value in content.items()}
        content = next((known[key] for key in _LIST_KEYS if isinstance(known.get(key), list)), None)
    if not isinstance(content, list):
        raise SourceError("o JSON não contém uma lista de registros")
    return content


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return str(value).strip()


def name_of(header: str) -> str:
    """Return a column's name as it is compared: "E-mail do Cliente" → "email do cliente"."""
    words = re.sub(r"[_/.:()]+", " ", fold(header).replace("-", ""))
    return " ".join(words.split())


def read_moment(text: str) -> datetime | None:
    """Read "31/07/2026 08:12", also without the hour, or ISO 8601; None if it is neither.

    Without a zone it is Brazilian time; the result is UTC.
    """
    text = text.strip()
    match = _DATE.fullmatch(text)
    try:
        if match:
            day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
            year += 2000 if year < 100 else 0
            moment = datetime(year, month, day, hour, minute, second, tzinfo=BRAZIL)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=BRAZIL)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def moment_in(text: str) -> datetime | None:
    """Return the first moment that a text mentions, such as "Atualizado em 31/07/2026 08:12"."""
    match = _DATE.search(text)
    return read_moment(match[0]) if match else read_moment(text)


def read_date(text: str) -> date | None:
    """Read a day as `read_moment` does; None if it is none."""
    moment = read_moment(text)
    return moment.astimezone(BRAZIL).date() if moment else None
