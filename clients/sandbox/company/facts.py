"""The company's facts and phrases, as the data files beside this one hold them."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field


class Fact(BaseModel):
    """Anything read from the data files."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StatusFact(Fact):
    """A status with its two labels."""

    id: int
    agent: str
    customer: str


class GroupFact(Fact):
    """A group of analysts."""

    name: str
    description: str


class AgentFact(Fact):
    """An analyst; ``groups`` are places in the list of groups."""

    name: str
    email: str
    job: str
    groups: list[int]
    admin: bool


class ClientFact(Fact):
    """A client company."""

    name: str
    slug: str
    industry: str

    @property
    def server(self) -> str:
        """The code of its server."""
        return f"{self.slug}/srv01"


class ServiceFact(Fact):
    """A service that every client has."""

    name: str
    kind: str


class OutageFact(Fact):
    """A stretch of time, in minutes from the seeding, in which a service is not well."""

    client: str
    service: str
    start: int = Field(alias="from")
    end: int = Field(alias="to")
    state: str
    note: str


class CompanyFacts(Fact):
    """``company.toml``."""

    support_email: str
    statuses: list[StatusFact]
    types: list[str]
    modules: list[str]
    causes: list[str]
    groups: list[GroupFact]
    agents: list[AgentFact]
    clients: list[ClientFact]
    first_names: list[str]
    last_names: list[str]
    jobs: list[str]
    services: list[ServiceFact]
    outages: list[OutageFact]


class CannedFact(Fact):
    """A canned response; its lines become ``<br>``."""

    title: str
    text: str


class FolderFact(Fact):
    """A folder of them."""

    name: str
    responses: list[CannedFact]


class CannedFacts(Fact):
    """``canned.toml``."""

    folders: list[FolderFact]


class TopicFact(Fact):
    """Something that clients write about."""

    module: str
    type: str
    subjects: list[str]
    body: str


class TopicFacts(Fact):
    """``topics.toml``."""

    greetings: list[str]
    closings: list[str]
    urgencies: list[str]
    products: list[str]
    follow_ups: list[str]
    replies: list[str]
    notes: list[str]
    topics: list[TopicFact]


def _table(name: str) -> dict[str, object]:
    return tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))


@cache
def company_facts() -> CompanyFacts:
    """The desk, its clients and their services."""
    return CompanyFacts.model_validate(_table("company.toml"))


@cache
def canned_facts() -> CannedFacts:
    """The canned responses."""
    return CannedFacts.model_validate(_table("canned.toml"))


@cache
def topic_facts() -> TopicFacts:
    """What is written on tickets."""
    return TopicFacts.model_validate(_table("topics.toml"))
