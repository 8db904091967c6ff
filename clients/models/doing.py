"""What one did in Plantão, and what of it has no time logged: suggestions, never entries. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from .text import fold
from .times import day_of

Stretch = tuple[datetime, datetime]
"""From when until when."""
BREAK = timedelta(minutes=30)
"""What lies further apart is two stretches of work."""


@dataclass(frozen=True)
class Doing:
    """Something that one did."""

    target: str
    """What it was done to: ``ticket:4102``, ``task:3017``, ``client:padaria sol`` (`client_target`)."""
    began: datetime
    ended: datetime
    word: str
    """What it was: "respondido"."""
    about: str = ""
    """What the target is called, where its number says too little: the client of a server."""


@dataclass(frozen=True)
class LoggedTime:
    """Time that was logged on something."""

    target: str
    day: date
    """The day that it counts for."""
    at: datetime
    """When it was logged."""


@dataclass(frozen=True)
class Suggestion:
    """One stretch of work with no time logged since it began."""

    target: str
    began: datetime
    ended: datetime
    words: tuple[str, ...]
    about: str = ""
    minutes: int = 0
    """Whole minutes from its first sign to its last that nothing else accounts for; 0: nobody can tell."""

    @property
    def key(self) -> str:
        """What tells it from others, whatever is still added to its end."""
        return f"{self.target}@{self.began.isoformat()}"

    @property
    def done(self) -> str:
        """What it was, as a comment may begin: "Respondido, tarefa criada"."""
        words = ", ".join(self.words)
        return words[:1].upper() + words[1:]

    @property
    def day(self) -> date:
        """The day that it counts for: the one on which it began."""
        return day_of(self.began)


def client_target(client: str) -> str:
    """The target of work on a client's server, which has neither ticket nor task."""
    return f"client:{fold(client).strip()}"


def unlogged(
    doings: Iterable[Doing], logged: Iterable[LoggedTime], counted: Iterable[Stretch] = ()
) -> tuple[Suggestion, ...]:
    """The stretches of work for which nothing was logged after they began, the earliest first.

    Time covers a stretch only where it counts for the same day: hours of Friday that are logged on Monday
    do not cover Monday's work. No minute is suggested twice, and none that was logged or is ``counted`` by a
    timer: two things were not done at once.
    """
    times = tuple(logged)
    stretches = _stretches(sorted(doings, key=lambda one: (one.began, one.ended)))
    covered = [each for each in stretches if any(_covers(time, each) for time in times)]
    open_ones = [each for each in stretches if each not in covered]
    return _measured(open_ones, [*counted, *((each.began, each.ended) for each in covered)])


def _covers(time: LoggedTime, stretch: Suggestion) -> bool:
    return time.target == stretch.target and time.day == stretch.day and time.at >= stretch.began


def _measured(stretches: Sequence[Suggestion], taken: list[Stretch]) -> tuple[Suggestion, ...]:
    """The stretches with their minutes. The shortest take theirs first: what lies around them is the rest."""
    minutes: dict[str, int] = {}
    for each in sorted(stretches, key=lambda one: (one.ended - one.began, one.began)):
        free = _free(each, taken)
        minutes[each.key] = int(free.total_seconds()) // 60
        taken.append((each.began, each.ended))
    return tuple(replace(each, minutes=minutes[each.key]) for each in stretches)


def _free(stretch: Suggestion, taken: Iterable[Stretch]) -> timedelta:
    """How much of the stretch lies in none of those that are taken."""
    free, at = timedelta(), stretch.began
    for began, ended in sorted(taken):
        if began >= stretch.ended:
            break
        free += max(timedelta(), began - at)
        at = max(at, ended)
    return free + max(timedelta(), stretch.ended - at)


def _stretches(doings: Sequence[Doing]) -> list[Suggestion]:
    """Doings of one target that are near each other, on one day, as one."""
    found: list[Suggestion] = []
    open_ones: dict[str, int] = {}
    for doing in doings:
        place = open_ones.get(doing.target)
        before = found[place] if place is not None else None
        near = before is not None and doing.began - before.ended <= BREAK
        if place is not None and before is not None and near and day_of(doing.began) == before.day:
            words = before.words if doing.word in before.words else (*before.words, doing.word)
            about, ended = before.about or doing.about, max(before.ended, doing.ended)
            found[place] = replace(before, ended=ended, words=words, about=about)
        else:
            open_ones[doing.target] = len(found)
            found.append(Suggestion(doing.target, doing.began, doing.ended, (doing.word,), doing.about))
    return found
