"""What a chamado is found by: title, client, tool, number, author, what its status is called."""

from clients.models.chamado import Chamado
from clients.models.lifecycle import Labels
from clients.models.text import fold

from .chamado_row import DRAFT, Row, row_key
from .word_filter import WordFilter

LOOKED_IN = "nº, título, cliente, ferramenta, autor, situação"
"""The same in words."""


def haystack(row: Row, labels: Labels) -> str:
    """Return the folded text that the filter searches."""
    parts = [row.title, row.licence_email, str(row.tool), row.integration]
    parts += [f"#{row.ticket_id}"] if row.ticket_id else []
    if isinstance(row, Chamado):
        client = row.licence.licence.client if row.licence and row.licence.licence else ""
        parts += [str(row.number), client, row.author, labels[row.status]]
    else:
        parts.append(DRAFT[1])
    return fold(" ".join(parts))


class ChamadoFilter(WordFilter[Row]):
    """Searches chamados and drafts by words, in any order, without accents and case."""

    def __init__(self, labels: Labels) -> None:
        super().__init__(row_key, lambda row: haystack(row, labels))
