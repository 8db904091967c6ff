"""The morning round: what one looks at before the day's work, by whom and when, and what came of it (R1)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from .base import Model, Moment
from .text import SafeMultiline, SafeText, fold
from .times import BRAZIL, span
from .times import day_of as day_of
from .workday import WorkCalendar

FRESH = timedelta(minutes=30)
"""How old what was read may be when it is ticked."""
LONGEST_BREAK = timedelta(days=30)
"""How long ago the round before may have been closed for this one to go on from it."""
WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
"""From Monday on, as they are said."""


class CheckKind(StrEnum):
    """The checks of a round, in their order."""

    SERVICES = "servicos"
    UNANSWERED = "tickets"
    CONCLUDED = "tarefas"
    CHAMADOS = "chamados"
    TIMERS = "cronometros"


CHECK_TITLES = {
    CheckKind.SERVICES: "Serviços",
    CheckKind.UNANSWERED: "Tickets sem resposta",
    CheckKind.CONCLUDED: "Tarefas concluídas",
    CheckKind.CHAMADOS: "Chamados que mudaram",
    CheckKind.TIMERS: "Cronômetros ligados",
}


class Weight(StrEnum):
    """What a line of a check asks of the analyst."""

    RED = "red"
    """Something is to be done about it, and to be said."""
    UNKNOWN = "unknown"
    """Nobody knows whether it is well: never green."""
    PLAIN = "plain"


class SightLine(Model):
    """One thing that a check found."""

    key: str
    text: SafeText
    weight: Weight = Weight.PLAIN
    dealt: SafeText = ""
    """What was done about it, and by whom."""


class Sight(Model):
    """What a check looks at, as it was read: kept as it was when the check is ticked."""

    kind: CheckKind
    told: SafeText = ""
    """All of it in a few words: "2 em falha · 33 ok"."""
    lines: tuple[SightLine, ...] = ()
    """The worst first; what is well is only counted."""
    read_at: Moment | None = None
    absent: SafeText = ""
    """Why there is nothing to look at: "Redmine não configurado"."""
    trouble: SafeText = ""
    """Why the newest reading failed."""

    @property
    def untold(self) -> tuple[SightLine, ...]:
        """What is red, and nobody said what was done about it."""
        return tuple(each for each in self.lines if each.weight is Weight.RED and not each.dealt)

    def why_not_ticked(self, note: str, now: datetime) -> str:
        """Why this cannot be ticked now with ``note`` on it; empty where it can."""
        title = CHECK_TITLES[self.kind]
        if self.absent:
            return f"{self.absent}: não há o que conferir."
        if self.read_at is None:
            return f"{title}: ainda não há leitura. {self.trouble}".rstrip()
        age = now - self.read_at
        if age > FRESH or day_of(self.read_at) != day_of(now):
            return f"{title}: a leitura é de há {span(age)}; atualize antes. {self.trouble}".rstrip()
        if self.kind is CheckKind.SERVICES and self.trouble and not note:
            # a source of several that failed is news of its clients' services, too: none is taken for well
            return f"{title}: {self.trouble} Atualize, ou anote aqui por que segue."
        if self.untold and not note:
            return (
                f"Falta dizer o que foi feito de {len(self.untold)} em falha: no serviço, ou aqui numa nota."
            )
        return ""


class Check(Model):
    """One line of the checklist."""

    kind: CheckKind
    note: SafeMultiline = ""
    """What the analyst wrote on it; without a tick, why it was not looked at."""
    noted_at: Moment | None = None
    """When; None without a note."""
    seen: Sight | None = None
    """What was seen when it was ticked."""
    done_at: Moment | None = None

    @property
    def title(self) -> str:
        """What is looked at."""
        return CHECK_TITLES[self.kind]

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return self.done_at is not None

    def news(self, now_seen: Sight) -> tuple[SightLine, ...]:
        """What turned red since it was ticked."""
        if self.seen is None:
            return ()
        known = {each.key for each in self.seen.lines if each.weight is Weight.RED}
        return tuple(each for each in now_seen.lines if each.weight is Weight.RED and each.key not in known)


class MorningRound(Model):
    """The round of one analyst on one day. Its methods raise ValueError (Portuguese) where a rule says no."""

    id: str
    day: date
    """In São Paulo."""
    who: SafeText
    checks: tuple[Check, ...]
    closed_at: Moment | None = None
    text: SafeMultiline = ""
    """What it ended in, as it was posted or copied."""
    workflow: str = ""
    """The operation that posts it; empty where it was only to be copied."""
    link: str = ""
    """The message, once it is known to be there."""

    @classmethod
    def begun(cls, day: date, who: str) -> Self:
        """Return the round of ``who`` with nothing ticked."""
        checks = tuple(Check(kind=kind) for kind in CheckKind)
        return cls(id=f"{day.isoformat()}/{fold(who)}", day=day, who=who, checks=checks)

    def check(self, kind: CheckKind) -> Check:
        """The check of that kind."""
        return next(each for each in self.checks if each.kind is kind)

    @property
    def done(self) -> int:
        """How many checks are ticked."""
        return sum(each.is_done for each in self.checks)

    def ticked(self, sight: Sight, at: datetime) -> Self:
        """The same with the check of ``sight`` ticked; one that is stays as it was seen then."""
        self._open()
        check = self.check(sight.kind)
        if check.is_done:
            return self
        if reason := sight.why_not_ticked(check.note, at):
            raise ValueError(reason)
        return self._with(check.model_copy(update={"seen": sight, "done_at": at}))

    def unticked(self, kind: CheckKind) -> Self:
        """The same with a check to be done again; its note stays."""
        self._open()
        return self._with(self.check(kind).model_copy(update={"seen": None, "done_at": None}))

    def noted(self, kind: CheckKind, note: str, at: datetime) -> Self:
        """The same with another note on a check; an empty one takes it away."""
        self._open()
        check, note = self.check(kind), note.strip()
        if not note and check.is_done and check.seen is not None and check.seen.untold:
            raise ValueError("A nota diz por que há vermelho sem providência: desmarque antes de apagá-la.")
        return self._with(check.model_copy(update={"note": note, "noted_at": at if note else None}))

    def left(self, absent: Collection[CheckKind]) -> tuple[Check, ...]:
        """What keeps it open: neither ticked, nor without a system to look at, nor told why not in a note."""
        return tuple(
            each for each in self.checks if not each.is_done and each.kind not in absent and not each.note
        )

    def still_open(self, absent: Collection[CheckKind]) -> str:
        """What keeps it open, as a sentence; empty where nothing does."""
        names = ", ".join(each.title for each in self.left(absent))
        return f"Falta marcar, ou anotar por que não: {names}." if names else ""

    def closed(self, text: str, at: datetime, *, absent: Collection[CheckKind], workflow: str = "") -> Self:
        """The same, closed with the summary ``text``, which ``workflow`` posts."""
        self._open()
        if reason := self.still_open(absent):
            raise ValueError(reason)
        return self.model_copy(update={"closed_at": at, "text": text, "workflow": workflow})

    def posted(self, link: str) -> Self:
        """The same with the address of the message."""
        return self.model_copy(update={"link": link})

    def _with(self, check: Check) -> Self:
        checks = tuple(check if each.kind is check.kind else each for each in self.checks)
        return self.model_copy(update={"checks": checks})

    def _open(self) -> None:
        if self.closed_at is not None:
            raise ValueError("A rotina de hoje já foi fechada.")


def since_when(day: date, closed: Iterable[datetime], calendar: WorkCalendar) -> datetime:
    """Return from when on the round of ``day`` looks back, given when earlier ones were ``closed``.

    From the end of the last one of an earlier day; without one, from the first minute of the last working
    day of ``calendar``, so that Monday sees Friday.
    """
    last = max((at for at in closed if day_of(at) < day), default=None)
    before = day - timedelta(days=1)
    while not calendar.is_worked(before) and day - before < LONGEST_BREAK:
        before -= timedelta(days=1)
    midnight = datetime.combine(before, time(), BRAZIL)
    return last if last is not None and midnight - last <= LONGEST_BREAK else midnight
