"""The team's day on Slack, as ``chatter.toml`` beside this file holds it."""

import tomllib
from functools import cache
from importlib import resources

from ..company.facts import Fact


class ReplyFact(Fact):
    """An answer in a thread, ``at`` minutes before the seeding; ``who`` is a place in the list of agents."""

    at: int
    who: int
    text: str


class MessageFact(Fact):
    """A message of a channel."""

    at: int
    who: int | None = None
    """None: a bot without a user, which has a ``username``."""
    username: str = ""
    text: str
    subtype: str | None = None
    edited: bool = False
    reactions: list[str] = []
    files: list[str] = []
    replies: list[ReplyFact] = []


class ChannelFact(Fact):
    """A channel with what was said in it. All agents are in it."""

    name: str
    topic: str
    private: bool = False
    bot_is_in: bool
    messages: list[MessageFact]


class ColleagueFact(Fact):
    """Who answers questions, where, and how, in turn."""

    channel: str
    who: int
    answers: list[str]


class MoveFact(Fact):
    """A colleague comes to a client's server, or goes, ``at`` minutes from the seeding on, every day."""

    at: int
    who: int
    client: str
    there: bool
    text: str
    """How they say so; empty where they forget to."""


class NobodyFact(Fact):
    """Who says that nobody is there, and how."""

    who: int
    text: str


class ServersFact(Fact):
    """Who is on which client's server when, and what is answered to those who ask."""

    channel: str
    nobody: NobodyFact
    inside: str
    forgotten: str
    """With ``{client}``, of somebody who left and did not say so."""
    moves: list[MoveFact]
    """In their order."""


class ChatterFacts(Fact):
    """``chatter.toml``."""

    channels: list[ChannelFact]
    colleague: ColleagueFact
    servers: ServersFact


@cache
def chatter() -> ChatterFacts:
    """The whole file."""
    text = (resources.files(__package__) / "chatter.toml").read_text("utf-8")
    return ChatterFacts.model_validate(tomllib.loads(text))
