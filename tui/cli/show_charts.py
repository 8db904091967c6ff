"""The charts of mode 5 as ``plantao horas --graficos`` prints them: drawn, as JSON, as CSV."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime

from clients.models.figures import Figure
from widgets.chart_lines import chart_lines

from .show import as_json
from .spreadsheet import Cell, csv_page

_NAMES = ("grafico", "rotulo", "serie", "valor", "unidade")
_PAPER = (80, 24)
"""Columns and rows where stdout is no terminal."""


def charts(figures: Sequence[Figure]) -> str:
    """Each chart with its numbers, as wide as the terminal; without colours, for the bars differ by fill."""
    width = shutil.get_terminal_size(_PAPER).columns
    lines = ("".join(piece.text for piece in line).rstrip() for line in chart_lines(figures, width))
    return "\n".join(lines).rstrip()


def charts_json(figures: Sequence[Figure], now: datetime) -> str:
    """The same numbers for programs; days as dates."""
    return as_json(
        {
            "em": now.isoformat(),
            "graficos": [
                {
                    "id": figure.id,
                    "titulo": figure.title,
                    "unidade": figure.unit,
                    "rotulos": _labels(figure),
                    "series": [{"nome": each.name, "valores": list(each.values)} for each in figure.series],
                    "resumo": figure.told or None,
                    "ressalva": figure.doubt or None,
                }
                for figure in figures
            ],
        }
    )


def charts_csv(figures: Sequence[Figure]) -> str:
    """A line for each number, below the names; where there is none the cell is empty."""
    return csv_page(_NAMES, (row for figure in figures for row in _rows(figure)))


def _rows(figure: Figure) -> Iterator[Sequence[Cell]]:
    labels: Sequence[Cell] = figure.days or figure.labels
    for place, label in enumerate(labels):
        for series in figure.series:
            yield figure.id, label, series.name, series.values[place], figure.unit


def _labels(figure: Figure) -> Sequence[str]:
    return [day.isoformat() for day in figure.days] if figure.days else figure.labels
