"""Where the handovers of this machine's analysts are, as it could be opened. Knows no screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import StoreError
from clients.store import Store

from .handovers import Handovers

if TYPE_CHECKING:
    from .settings import Settings

FILE = "passagens.db"


@dataclass(frozen=True)
class SharedHandovers:
    """The handovers as they could be opened; `Handovers.trouble` tells of a folder that is away."""

    handovers: Handovers
    store: Store | None = None
    """A store of the shared folder, which whoever opened it closes."""


def open_handovers(settings: "Settings", store: Store, clock: Callable[[], datetime]) -> SharedHandovers:
    """Open them, in ``store`` alone where the settings name no folder to be shared. Waits for the disk."""
    folder = settings.handover.folder
    if folder is None:
        return SharedHandovers(Handovers(store, None, clock))
    try:
        shared = Store(folder / FILE, shared=True)
    except StoreError as error:  # all the rest of the desk is here
        return SharedHandovers(Handovers(store, None, clock, trouble=error.trouble))
    return SharedHandovers(Handovers(store, shared, clock), shared)
