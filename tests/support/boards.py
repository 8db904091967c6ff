"""Boards to be tested: several analysts, each with a connection of their own to the same one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from clients.boards.board import Board
from clients.boards.local import LocalBoard
from clients.boards.redmine import RedmineBoard
from clients.boards.redmine_place import BoardPlace
from clients.models.chamado import ChamadoDraft
from clients.redmine import Redmine
from clients.store import Store
from tests.support.redmine_lab import Lab

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
WRITER = Path(__file__).with_name("board_writer.py")


@dataclass(frozen=True)
class BoardLab:
    """A board, as often as one connects to it."""

    connect: Callable[[], Board]
    """Another connection to the same board, as another analyst has one."""
    command: tuple[str, ...]
    """Arguments with which `board_writer.py` connects to it from a process of its own."""


@contextmanager
def local_lab(folder: Path) -> Iterator[BoardLab]:
    """A local board that several analysts share."""
    shared = folder / "quadro"
    shared.mkdir()
    shared.chmod(0o2770)
    path = shared / "chamados.db"
    stores: list[Store] = []

    def connect() -> Board:
        stores.append(Store(path, shared=True))
        return LocalBoard(stores[-1], ticking(), file_mode=0o660)

    yield BoardLab(connect, ("local", str(path)))
    for store in stores:
        store.close()


PLACE = BoardPlace("chamados", "Chamado")


@contextmanager
def redmine_board_lab(redmine: Lab, place: BoardPlace = PLACE) -> Iterator[BoardLab]:
    """A board in a Redmine, for two analysts in turn."""
    clients: list[Redmine] = []

    def connect() -> Board:
        keys = (redmine.key, redmine.colleague_key)
        clients.append(redmine.client(key=keys[len(clients) % 2]))
        return RedmineBoard(clients[-1], place, the_servers)

    yield BoardLab(connect, ("redmine", redmine.url, redmine.key, place.project, place.tracker))
    for client in clients:
        client.close()


def the_servers() -> datetime:
    """The machine's time, which a server on it has."""
    return datetime.now(UTC)


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a minute at each look."""
    moments = iter(NOW + timedelta(minutes=minutes) for minutes in range(100_000))
    return lambda: next(moments)


def draft(id: str | None = None, **changes: object) -> ChamadoDraft:
    """A chamado that any board takes."""
    fields: dict[str, object] = {
        "title": "Emissão de NF-e: nota rejeitada ao transmitir",
        "licence_email": "financeiro@padaria-aurora.example",
        "tool": "Sistema",
        "notify": "ana@padaria-aurora.example; bruno@padaria-aurora.example",
        "flow": "Fiscal; Notas; Transmitir",
        "description": "Ao transmitir, aparece\na mensagem 999.",
        "files": "https://exemplo.example/video",
        "ticket_id": 42,
    }
    return ChamadoDraft.model_validate({"id": id or str(uuid4()), **fields, **changes})
