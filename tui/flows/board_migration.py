"""Taking a board's chamados to another: each with its history and files, nothing lost or doubled.

What was taken is known by the chamado's id and the ids of its events: a run that was broken off at any point
is gone on with by another one, and one more does nothing.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from clients.boards.board import Board
from clients.errors import NotFound, Rejected
from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.lifecycle import ChamadoStatus
from clients.models.quality import is_link

CLAIMANT = "migração"
"""Who is noted as having told of what was told on the former board."""
OF_ONE = (Rejected, NotFound)
"""Errors that concern one chamado, and not the board."""
_LABELS = {
    "title": "título",
    "description": "descrição",
    "licence_email": "e-mail da licença",
    "licence": "licença",
    "tool": "ferramenta",
    "integration": "integração",
    "notify": "notificar também",
    "flow": "fluxo",
    "ticket_id": "ticket",
    "author": "autor",
    "created_at": "data",
    "status": "situação",
}
_OTHERWISE = frozenset(("number", "files", "events", "announced", "updated_at"))
"""What is another on every board, or is looked at in its own way."""


class ReceivingBoard(Board, Protocol):
    """A board to which the history of another can be taken."""

    async def receive(self, chamado: Chamado) -> Chamado:
        """Put a chamado there as it began, with its files, once; return it as it is there."""
        ...

    async def copy_event(self, id: str, event: ChamadoEvent, *, announced: bool) -> Chamado:
        """Put an event there as it was, once; return the chamado as it is then."""
        ...

    async def set_status(self, id: str, status: ChamadoStatus) -> Chamado:
        """Bring it to a status where it is in another; return it as it is then."""
        ...


@dataclass(frozen=True)
class Missing:
    """What of a chamado is not on the other board yet."""

    chamado: Chamado
    there: Chamado | None
    """As it is on the other board; None where it is not."""
    events: tuple[ChamadoEvent, ...]
    announced: tuple[str, ...]
    """Of the events that are there, those that were told of, which is not known there."""
    differences: tuple[str, ...]
    """What is otherwise there, in words."""

    @property
    def is_nothing(self) -> bool:
        """Whether all of it is there."""
        return self.there is not None and not self.events and not self.announced


@dataclass
class Report:
    """What a migration did, or would do."""

    chamados: int = 0
    events: int = 0
    files: int = 0
    announced: int = 0
    """Events that are not told of again."""
    complete: int = 0
    """Chamados of which nothing was missing."""
    differences: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What is otherwise on the other board, or could not be taken there, by number on the former one."""


async def compare(source: Board, target: Board) -> tuple[Missing, ...]:
    """Return what of each chamado of ``source`` is not on ``target``, the oldest first. Writes nothing."""
    there = {each.id: each for each in await target.chamados()}
    return tuple(_missing(each, there.get(each.id)) for each in reversed(await source.chamados()))


def foreseen(missing: Iterable[Missing]) -> Report:
    """Return what a migration would do."""
    report = Report()
    for each in missing:
        report.events += len(each.events)
        report.announced += len(_told_of(each))
        report.complete += each.is_nothing
        if each.there is None:
            _count(report, each.chamado)
        if each.differences:
            report.differences[each.chamado.number] = each.differences
    return report


async def migrate(source: Board, target: ReceivingBoard) -> AsyncIterator[Report]:
    """Take everything over; yield the report as it grows, the last time with what differs in the end.

    First all chamados, so that one that is called another's double finds that one's number there; then what
    happened to each, in order. One that cannot be taken is told in the report, and the others go on. Raises
    what the boards raise where nothing more can be done.
    """
    report = Report()
    numbers: dict[int, int] = {}
    begun: list[Missing] = []
    for each in await compare(source, target):
        there = each.there
        if there is None:
            try:
                there = await target.receive(each.chamado)
            except OF_ONE as error:
                report.differences[each.chamado.number] = (f"não foi levado: {error.message}",)
                continue
            _count(report, each.chamado)
        report.complete += each.is_nothing
        numbers[each.chamado.number] = there.number
        begun.append(each)
        yield report
    for each in begun:
        try:
            async for _ in _history(target, each, numbers, report):
                yield report
        except OF_ONE as error:
            report.differences[each.chamado.number] = (f"o histórico parou no meio: {error.message}",)
    for each in await compare(source, target):
        if told := (*_still_missing(each), *each.differences):
            report.differences.setdefault(each.chamado.number, told)
    yield report


async def _history(
    target: ReceivingBoard, missing: Missing, numbers: Mapping[int, int], report: Report
) -> AsyncIterator[None]:
    chamado, there = missing.chamado, missing.there
    for event in missing.events:
        double = numbers.get(event.duplicate_of) if event.duplicate_of is not None else None
        if event.duplicate_of is not None and double is None:  # its old number would be a stranger's there
            lost = f"o nº {event.duplicate_of}, de que é duplicado, não está no outro quadro"
            report.differences[chamado.number] = (lost,)
        told = event.id in chamado.announced
        copied = event.model_copy(update={"duplicate_of": double})
        there = await target.copy_event(chamado.id, copied, announced=told)
        report.events += 1
        report.announced += told
        yield
    for event_id in missing.announced:
        await target.announce(chamado.id, event_id, CLAIMANT)
        report.announced += 1
        yield
    if there is not None and there.status is not chamado.status and not _went_on(chamado, there):
        await target.set_status(chamado.id, chamado.status)


def _missing(chamado: Chamado, there: Chamado | None) -> Missing:
    known = {event.id for event in there.events} if there is not None else {chamado.events[0].id}
    told = set(there.announced) if there is not None else set(chamado.announced)
    return Missing(
        chamado,
        there,
        tuple(event for event in chamado.events if event.id not in known),
        tuple(event.id for event in chamado.events if event.id in known & set(chamado.announced) - told),
        tuple(_differences(chamado, there)) if there is not None else (),
    )


def _differences(chamado: Chamado, there: Chamado) -> Iterator[str]:
    for name in sorted(Chamado.model_fields.keys() - _OTHERWISE):
        if name == "status" and ({e.id for e in chamado.events} - {e.id for e in there.events}):
            continue  # what is still missing brings it there
        if name == "status" and _went_on(chamado, there):
            continue
        was, now = getattr(chamado, name), getattr(there, name)
        if name == "rewritings":  # their texts stay here
            was, now = (tuple(one.without_texts for one in each.rewritings) for each in (chamado, there))
        if was != now:
            yield f"{_LABELS.get(name, name)} não é igual"
    if len(there.files) < len(chamado.files):
        yield f"{len(there.files)} de {len(chamado.files)} arquivos e links"


def _still_missing(missing: Missing) -> Iterator[str]:
    if missing.there is None:
        yield "não está lá"
        return
    if missing.events:
        yield f"faltam {len(missing.events)} andamentos"
    if missing.announced:
        yield f"{len(missing.announced)} andamentos já avisados podem ser avisados de novo"


def _went_on(chamado: Chamado, there: Chamado) -> bool:
    """Whether it was moved on the other board since it was taken there."""
    known = {event.id for event in chamado.events}
    return any(event.id not in known and event.is_move for event in there.events)


def _told_of(missing: Missing) -> tuple[str, ...]:
    announced = set(missing.chamado.announced)
    return (*missing.announced, *(event.id for event in missing.events if event.id in announced))


def _count(report: Report, chamado: Chamado) -> None:
    report.chamados += 1
    report.files += sum(not is_link(entry) for entry in chamado.files)
    report.announced += chamado.events[0].id in chamado.announced
