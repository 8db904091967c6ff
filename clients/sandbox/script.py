"""What the colleagues do while somebody sits at the desk, as ``life.toml`` beside this file holds it."""

import tomllib
from functools import cache
from importlib import resources

from .company.facts import Fact
from .redmine.facts import ActFact


class TaskActFact(ActFact):
    """Something done on a task of the team's, by its key."""

    task: str


class SayFact(Fact):
    """Something said on Slack."""

    who: int
    channel: str
    text: str


class ShiftFact(Fact):
    """A shift handed over, with lines of one's own."""

    who: int
    lines: list[str]
    ago: float = 0
    """In minutes, when it was."""


class StepFact(Fact):
    """One step, so many minutes after the one before; of what can be done, one thing."""

    after: float
    act: TaskActFact | None = None
    say: SayFact | None = None
    shift: ShiftFact | None = None


class ScriptFacts(Fact):
    """``life.toml``."""

    waiting: ShiftFact
    steps: list[StepFact]


@cache
def script() -> ScriptFacts:
    """The whole file."""
    text = (resources.files(__package__) / "life.toml").read_text("utf-8")
    return ScriptFacts.model_validate(tomllib.loads(text))
