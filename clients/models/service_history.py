"""How a service has been over days: spells of one state, flapping told from down, a strip of characters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from .base import Model, Moment
from .service import Service, ServiceState
from .times import day_time, span

LONGEST_GAP = timedelta(minutes=30)
"""After how long without a look nothing is said of the time between."""
KEPT = timedelta(days=30)
FLAPPING_WINDOW = timedelta(hours=1)
FLAPPING_FALLS = 3
"""How often a service must have fallen within the window to count as flapping instead of down."""


class Spell(Model):
    """A stretch of time in which a service was seen in one state, and nothing else was seen."""

    state: ServiceState
    begun: Moment
    seen: Moment
    """When it was last seen so."""


class Course(StrEnum):
    """What the last hours make of a service."""

    STEADY = "steady"
    DOWN = "down"
    FLAPPING = "flapping"


class ServiceHistory(Model):
    """The spells of one service, oldest first."""

    key: str
    """As of `Service.key`."""
    spells: tuple[Spell, ...] = ()

    def seen_as(self, service: Service, now: datetime) -> "ServiceHistory":
        """The same after a look at ``now``; what is older than `KEPT` is forgotten.

        Where the source says since when, a new spell begins then, though not before the last look.
        """
        last = self.spells[-1] if self.spells else None
        if last is not None and now < last.seen:
            return self
        if last is not None and last.state is service.state and now - last.seen <= LONGEST_GAP:
            spells = (*self.spells[:-1], last.model_copy(update={"seen": now}))
        else:
            begun = min(now, service.since or now)
            if last is not None:
                begun = max(begun, last.seen)
            spells = (*self.spells, Spell(state=service.state, begun=begun, seen=now))
        oldest = now - KEPT
        return self.model_copy(update={"spells": tuple(each for each in spells if each.seen >= oldest)})

    def falls(self, since: datetime) -> tuple[Spell, ...]:
        """The spells of failure that ended or went on after ``since``."""
        return tuple(each for each in self.spells if each.state is ServiceState.FAIL and each.seen >= since)

    def course(self, now: datetime) -> Course:
        """Whether it fails, and whether it is one that comes and goes."""
        recent = [each for each in self.falls(now - FLAPPING_WINDOW) if each.begun >= now - FLAPPING_WINDOW]
        if len(recent) >= FLAPPING_FALLS:
            return Course.FLAPPING
        failing = bool(self.spells) and self.spells[-1].state is ServiceState.FAIL
        return Course.DOWN if failing else Course.STEADY

    def strip(self, now: datetime, days: int, width: int) -> tuple[ServiceState | None, ...]:
        """The worst state seen in each of ``width`` equal parts of the last ``days``; None: nobody looked."""
        begin, part = now - timedelta(days=days), timedelta(days=days) / width
        return tuple(
            self._worst(begin + part * number, begin + part * (number + 1)) for number in range(width)
        )

    def _worst(self, begin: datetime, end: datetime) -> ServiceState | None:
        states = [each.state for each in self.spells if each.begun <= end and each.seen >= begin]
        return min(states, key=lambda state: state.rank, default=None)

    def told(self, now: datetime, days: int) -> str:
        """The same in words: how often it fell, when last, and for how long in all."""
        begin = now - timedelta(days=days)
        if not self.spells:
            return "Sem histórico: o Plantão ainda não viu este serviço."
        watched = max(begin, self.spells[0].begun)
        falls = self.falls(begin)
        seen = f"desde {day_time(watched, now)}" if watched > begin else f"nos últimos {days} dias"
        if not falls:
            return f"Nenhuma falha vista {seen}."
        length = sum((self._until(each, now) - max(each.begun, begin) for each in falls), timedelta())
        times = "1 falha vista" if len(falls) == 1 else f"{len(falls)} falhas vistas"
        last = falls[-1]
        when = f"a última, {day_time(last.begun, now)}" if len(falls) > 1 else day_time(last.begun, now)
        ongoing = last is self.spells[-1]
        duration = (
            f"há {span(now - last.begun)}, ainda em falha"
            if ongoing
            else f"por {span(self._until(last, now) - last.begun)}"
        )
        total = f"; ao todo {span(length)} em falha" if len(falls) > 1 else ""
        flaps = self.course(now) is Course.FLAPPING
        flapping = f" Vai e volta: caiu {FLAPPING_FALLS} vezes ou mais na última hora." if flaps else ""
        return f"{times} {seen}: {when}, {duration}{total}.{flapping}"

    def _until(self, spell: Spell, now: datetime) -> datetime:
        """Until when it lasted: to the next look, or to when it was last seen where that came too late."""
        later = (each.begun for each in self.spells if each.begun >= spell.seen and each is not spell)
        following = next(later, now)
        return following if following - spell.seen <= LONGEST_GAP else spell.seen


def newly_red(before: Sequence[Service], after: Sequence[Service]) -> tuple[Service, ...]:
    """Return what is red now and was not; of a first reading, nothing is new."""
    if not before:
        return ()
    red = {each.key for each in before if each.state is ServiceState.FAIL}
    return tuple(each for each in after if each.state is ServiceState.FAIL and each.key not in red)
