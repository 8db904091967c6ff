"""Everything that is kept in the store on this machine, each kind under its own name."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .attendances import Attendances
from .cache import Cache
from .chamado_drafts import ChamadoDrafts
from .drafts import Drafts
from .hours_shelf import HoursShelf
from .journal import Journal
from .last_session import LastSession
from .morning_rounds import MorningRounds
from .recents import Recents
from .seen_chamados import SeenChamados
from .service_log import ServiceLog
from .session import Session
from .set_aside import SetAside
from .slack_questions import Questions
from .task_shelf import TaskShelf
from .timers import Timers
from .walks import Walks

if TYPE_CHECKING:
    from collections.abc import Callable

    from clients.store import Store

KEEP_CLOSED = timedelta(days=7)
"""How long the journal keeps what was sent, for looking into what happened."""
KEEP_GONE = timedelta(days=30)
"""How long what is gone is known by its id: a late save brings no draft back, no time is cleared twice."""


class LocalData:
    """What Plantão remembers here; every call waits for the disk, so it goes through `Desk.disk`."""

    def __init__(self, store: "Store", clock: "Callable[[], datetime]") -> None:
        self.cache = Cache(store)
        self.service_log = ServiceLog(store)
        self.drafts = Drafts(store, clock)
        self.chamado_drafts = ChamadoDrafts(store, clock)
        self.seen_chamados = SeenChamados(store)
        self.journal = Journal(store, Session.here(), clock)
        self.attendances = Attendances(store, clock)
        self.timers = Timers(store, clock)
        self.set_aside = SetAside(store, clock)
        self.questions = Questions(store)
        self.task_shelf = TaskShelf(store)
        self.hours_shelf = HoursShelf(store)
        self.walks = Walks(store, clock)
        self.morning_rounds = MorningRounds(store)
        self.last_session = LastSession(store)
        self.recents = Recents(store, clock)

    def forget_old(self, now: datetime) -> None:
        """Drop what was closed long before ``now``. StoreError."""
        self.journal.forget_closed(now - KEEP_CLOSED)
        self.chamado_drafts.forget_gone(now - KEEP_GONE)
        self.timers.forget_logged(now - KEEP_GONE)
        self.set_aside.forget(now - KEEP_GONE)
