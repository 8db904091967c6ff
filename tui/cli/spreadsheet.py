"""CSV for a spreadsheet, which shows what it is given and computes nothing of it."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet would compute rather than show."""


def csv_page(names: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """The rows below their names; text that a spreadsheet would compute begins with ``'``."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return page.getvalue().rstrip("\n")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
