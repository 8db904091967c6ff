"""Queries for Freshdesk's search, built so that no typed value can change their meaning (contract §6.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .errors import Rejected
from .models.ticket import Ticket

LONGEST_QUERY = 510
"""Characters without the outer quotes; the server's 512 may count them."""
Value = str | int | bool | date | None
_FIELD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True)
class Clause:
    """One field that has any of some values."""

    field: str
    values: tuple[str, ...]
    """Already written as the grammar wants them."""
    operator: str = ":"

    def __str__(self) -> str:
        terms = [f"{self.field}{self.operator}{value}" for value in self.values]
        return f"({' OR '.join(terms)})" if len(terms) > 1 else terms[0]


@dataclass(frozen=True)
class Search:
    """What to look for: ``Search().where("status", 2, 3).where("tag", "nfe").since("created_at", day)``.

    Searchable are agent_id, group_id, priority, status, tag, type, due_by, fr_due_by, created_at, updated_at
    and custom fields; not requester, company, subject or description.
    """

    clauses: tuple[Clause, ...] = ()

    def where(self, field: str, *values: Value) -> "Search":
        """Also: ``field`` has any of ``values``. None is "unset". `Rejected` where a value has quotes."""
        return self._and(field, ":", *values)

    def since(self, field: str, bound: date | int) -> "Search":
        """Also: ``field`` is at least ``bound``; days are UTC."""
        return self._and(field, ":>", bound)

    def until(self, field: str, bound: date | int) -> "Search":
        """Also: ``field`` is at most ``bound``; days are UTC."""
        return self._and(field, ":<", bound)

    def queries(self) -> Iterator[str]:
        """Yield the queries that together find it: more than one where the server takes no longer text."""
        text = " AND ".join(str(clause) for clause in self.clauses)
        if not text:
            raise Rejected("Freshdesk", "busca vazia")
        if len(text) <= LONGEST_QUERY:
            yield text
            return
        longest = max(self.clauses, key=lambda clause: len(clause.values))
        if len(longest.values) < 2:
            raise Rejected("Freshdesk", "busca longa demais")
        middle = len(longest.values) // 2
        for values in (longest.values[:middle], longest.values[middle:]):
            part = replace(longest, values=values)
            clauses = tuple(part if clause is longest else clause for clause in self.clauses)
            yield from Search(clauses).queries()

    def _and(self, field: str, operator: str, *values: Value) -> "Search":
        if not _FIELD.fullmatch(field) or not values:
            raise ValueError(f"not a search: {field!r} with {len(values)} values")
        clause = Clause(field, tuple(_written(value) for value in values), operator)
        return Search((*self.clauses, clause))


@dataclass(frozen=True)
class SearchResult:
    """What a search found; the index lags some minutes behind, and reaches 300 tickets per query."""

    tickets: tuple[Ticket, ...]
    complete: bool
    """False where the server found more than it hands out."""


def _written(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return f"'{value:%Y-%m-%d}'"
    if any(char in "'\"\\" or not char.isprintable() for char in value):
        raise Rejected("Freshdesk", f"a busca não aceita aspas nem barra invertida: {value}")
    return f"'{value}'"
