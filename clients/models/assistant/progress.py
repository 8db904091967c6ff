"""How far a model is with its answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """The server asked to be asked again."""

    why: str
    """In Portuguese."""
    seconds: float


@dataclass(frozen=True)
class Writing:
    """The model writes."""

    characters: int


Progress = Waiting | Writing
