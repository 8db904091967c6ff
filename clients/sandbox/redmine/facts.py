"""The team's work as ``team.toml`` beside this file holds it, and what the generated tasks are called."""

import tomllib
from functools import cache
from importlib import resources

from ..company.facts import Fact


class RelationFact(Fact):
    """A relation as it reads from the task that it is told of: ``blocked`` by another one."""

    kind: str
    to: str


class ActFact(Fact):
    """What somebody does on a task at once. People are places in the list of people."""

    who: int
    note: str = ""
    private: bool = False
    status: str = ""
    priority: str = ""
    assigned: int | None = None
    done: int | None = None
    modules: list[str] = []
    files: list[str] = []
    """Names; what is in them comes of how they end."""
    relations: list[RelationFact] = []
    hours: float | None = None
    activity: str = "Suporte"
    comment: str = ""


class PastFact(ActFact):
    """The same, so many hours before the seeding."""

    at: float


class TaskFact(Fact):
    """A task, opened so many hours before the seeding."""

    key: str
    at: float
    author: int
    assigned: int
    tracker: str
    subject: str
    description: str
    project: int = 1
    parent: str = ""
    priority: str = "Normal"
    client: str = ""
    modules: list[str] = []
    reason: str = ""
    estimated: float | None = None
    due: int | None = None
    watchers: list[int] = []
    waiting: bool = False
    """Whether it serves a ticket whose client waits, and is called as that is."""
    acts: list[PastFact] = []


class TeamFacts(Fact):
    """``team.toml``."""

    tasks: list[TaskFact]


class TitleFacts(Fact):
    """``titles.toml``."""

    titles: list[list[str]]
    places: list[str]


def _table(name: str) -> dict[str, object]:
    return tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))


@cache
def team_facts() -> TeamFacts:
    """The team's work."""
    return TeamFacts.model_validate(_table("team.toml"))


@cache
def title_facts() -> TitleFacts:
    """What generated tasks are called."""
    return TitleFacts.model_validate(_table("titles.toml"))
