"""The columns that a list of tasks may have beside number and title."""

from typing import Literal

TaskColumn = Literal[
    "situacao",
    "tipo",
    "com",
    "prazo",
    "alterada",
    "horas",
    "projeto",
    "prioridade",
    "autor",
    "feito",
    "versao",
    "papel",
]

COLUMNS: tuple[TaskColumn, ...] = ("situacao", "com", "alterada", "prazo", "horas", "tipo", "projeto")
"""Those that are shown where the settings name no others."""
