"""CSV for a Brazilian spreadsheet, which shows what it is given and computes nothing of it."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from clients.models.times import BRAZIL

Cell = str | int | float | date | datetime | None
_UTF8 = "\ufeff"
"""By which a spreadsheet knows the page to be UTF-8."""
_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet would compute rather than show."""


def csv_page(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows below their names, as a spreadsheet opens them in Brazil: ``;``, decimal comma, days first.

    Text that a spreadsheet would compute begins with ``'``.
    """
    page = io.StringIO()
    writer = csv.writer(page, delimiter=";", lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_told(cell) for cell in row] for row in rows)
    return _UTF8 + page.getvalue().rstrip("\n")


def _told(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case float():
            return f"{cell:.10g}".replace(".", ",")
        case datetime():
            return f"{cell.astimezone(BRAZIL):%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return f"{cell}"
