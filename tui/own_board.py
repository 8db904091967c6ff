"""The board of this machine, one's own or that of a folder which its analysts share. Knows no screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from clients.boards.absent import AbsentBoard
from clients.boards.local import NAME, LocalBoard
from clients.errors import StoreError
from clients.models.feed import Trouble
from clients.store import Store
from clients.store_files import PRIVATE_FILE, SHARED_FILE

if TYPE_CHECKING:
    from clients.boards.board import Board

    from .settings import Settings


@dataclass(frozen=True)
class OwnBoard:
    """The board as it could be opened."""

    board: "Board"
    shared: Store | None = None
    """A store for it alone, which whoever opened it closes."""
    trouble: Trouble | None = None
    """Why a shared one is away; ``board`` then refuses everything."""


def open_own_board(settings: "Settings", store: Store, clock: Callable[[], datetime]) -> OwnBoard:
    """Open it, in ``store`` where the settings name no folder to be shared. Waits for the disk."""
    chamados = settings.chamados
    try:
        shared = Store(chamados.folder / "chamados.db", shared=True) if chamados.folder is not None else None
    except StoreError as error:  # all the rest of the desk is here
        return OwnBoard(AbsentBoard(NAME, error.trouble), trouble=error.trouble)
    board = LocalBoard(
        store if shared is None else shared,  # an empty store counts as false
        clock,
        labels=chamados.labels,
        keep_out=settings.private_paths,
        file_mode=SHARED_FILE if shared is not None else PRIVATE_FILE,
    )
    return OwnBoard(board, shared)
