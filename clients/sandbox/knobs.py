"""What can be turned on the sandbox while it runs: faults, limits, refusals and the clock.

Plain mutable models, validated on assignment: tests turn them in-process, anybody else over
``PUT /_sandbox/knobs`` with the same names.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0)]


class Turnable(BaseModel):
    """A group of knobs."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class FaultKnobs(Turnable):
    """Faults that any of the servers can be made to show. ``next_…`` count down to zero."""

    latency_ms: Annotated[float, Field(ge=0, le=600_000)] = 0
    """Added to every answer."""
    faults_on: str = ""
    """Only requests whose ``METHOD /path`` contains this meet the ``next_…`` faults, such as ``POST`` or
    ``/reply``; the default is any request for 429 and 5xx, and any write for the drops."""
    next_429: Count = 0
    retry_after: Count = 7
    """Seconds that those answers ask for."""
    next_5xx: Count = 0
    status_5xx: Annotated[int, Field(ge=500, le=599)] = 502
    """With the HTML body of an edge server."""
    drop_before_commit: Count = 0
    """Connections cut before anything was done."""
    drop_after_commit: Count = 0
    """Connections cut after all was done and before the answer: the unknown outcome."""


class FreshdeskKnobs(FaultKnobs):
    """The Freshdesk dialect."""

    rate_total: Annotated[int, Field(ge=1)] = 700
    """Credits a minute for the whole account."""
    rate_list: Annotated[int, Field(ge=1)] = 200
    """Calls a minute to the list of tickets."""
    others_used: Count = 0
    """Credits that other programs have used in the running minute."""
    include_company_refused: bool = False
    """``include=company`` on the list answers 400, as the reference would have it."""
    key_is_admin: bool = True
    """Whether the main key may see agents, groups and canned responses."""
    link_host: str | None = None
    """``scheme://host[:port]`` that ``Link`` headers point to instead of this server."""
    search_lag_seconds: Annotated[float, Field(ge=0)] = 120
    """After a write, how long the search still sees the old ticket."""


class MonitorKnobs(FaultKnobs):
    """The monitoring page."""

    session_seconds: Annotated[float, Field(ge=0)] = 1800
    """How long a login lasts."""
    markup_changed: bool = False
    """The page comes in another markup, without the classes and styles known so far."""
    states: dict[str, str] = {}
    """``"client/service": "ok" | "falha" | "desconhecido"``, over what the script says."""
    left_out: list[str] = []
    """``"client/service"`` that the page, the JSON and the CSV no longer show."""
    pages: Annotated[int, Field(ge=1)] = 1
    """Over how many pages the services go; ``a.proxima`` leads to the next."""
    next_lost_session: Count = 0
    """Sessions that end between the first page and the second."""
    next_broken_off: Count = 0
    """Pages that end in the middle of the table, with status 200."""
    charset: Literal["utf-8", "windows-1252"] = "utf-8"
    """In which the pages are written."""
    charset_said: Literal["utf-8", "windows-1252"] = "utf-8"
    """Which one header and page name."""
    clock_ahead_seconds: float = 0
    """How far the monitoring's clock runs ahead: in ``Date``, and in when it last looked."""


class SlackKnobs(FaultKnobs):
    """The Slack dialect."""

    tier: Literal["internal", "restricted"] = "internal"
    """``restricted``: one call a minute and fifteen messages a page, as foreign apps have it."""
    rates_enforced: bool = True
    """Whether each method counts its calls a minute, and each channel its messages a second."""
    next_errors: list[str] = []
    """Words that the next calls fail with, inside a 200, in turn; any word may be one."""
    errors_after_commit: bool = False
    """Those calls do their work all the same."""
    empty_pages: bool = False
    """Every list begins with an empty page that has a cursor."""
    metadata_returned: bool = True
    """Whether readers get the metadata of messages that they ask for."""
    answer_after_seconds: Annotated[float, Field(ge=0)] | None = 90
    """How long a question waits for the colleague's answer; null: for ever."""


class MailKnobs(Turnable):
    """The mail server. ``next_…`` and drops count down to zero."""

    latency_ms: Annotated[float, Field(ge=0, le=600_000)] = 0
    """Before a message is kept."""
    refused: list[str] = []
    """Addresses that do not exist."""
    next_4xx: Count = 0
    """Recipients that are put off until later."""
    drop_before_commit: Count = 0
    """Connections cut with the whole message in hand and nothing kept."""
    drop_after_commit: Count = 0
    """Connections cut after the message was kept and before the answer: the unknown outcome."""


class AssistantKnobs(FaultKnobs):
    """The language model."""

    slow_ms: Annotated[float, Field(ge=0, le=600_000)] = 0
    """Before each piece of an answer."""
    loading: Count = 0
    """Answers that say 503, since the model is still being loaded."""
    next_midstream_error: Count = 0
    """Answers that break off with an error in the middle."""
    next_midstream_cut: Count = 0
    """Answers that just end in the middle."""
    loses_placeholder: bool = False
    """The first placeholder of the text does not come back."""
    invents_fact: bool = False
    """The answer says something that nobody wrote."""
    streams: bool = True
    """Whether what is asked as a stream comes as one, or as one whole JSON."""
    finish: Literal["stop", "length", "content_filter"] = "stop"
    """Why the answers end."""
    refuses_max_tokens: bool = False
    """As newer models do, which call it otherwise."""
    lists_models: bool = True
    """Whether there is a list of models."""


class ClockKnobs(Turnable):
    """The clock."""

    offset_seconds: float = 0
    frozen_at: AwareDatetime | None = None
    """Stand still here (plus the offset)."""


class LifeKnobs(Turnable):
    """What the colleagues do by themselves."""

    colleagues: bool = False
    """Whether they go on with the team's tasks, ask and hand shifts over, by the script."""


class Knobs(Turnable):
    """All of them."""

    freshdesk: FreshdeskKnobs = Field(default_factory=FreshdeskKnobs)
    monitor: MonitorKnobs = Field(default_factory=MonitorKnobs)
    licences: FaultKnobs = Field(default_factory=FaultKnobs)
    files: FaultKnobs = Field(default_factory=FaultKnobs)
    redmine: FaultKnobs = Field(default_factory=FaultKnobs)
    slack: SlackKnobs = Field(default_factory=SlackKnobs)
    mail: MailKnobs = Field(default_factory=MailKnobs)
    assistant: AssistantKnobs = Field(default_factory=AssistantKnobs)
    clock: ClockKnobs = Field(default_factory=ClockKnobs)
    life: LifeKnobs = Field(default_factory=LifeKnobs)

    def turn(self, changes: dict[str, dict[str, object]]) -> None:
        """Set the knobs in ``{"group": {"knob": value}}``; ValidationError, and none set, if any is wrong."""
        now = self.model_dump()
        wanted = {**now, **{group: {**now.get(group, {}), **values} for group, values in changes.items()}}
        checked = Knobs.model_validate(wanted)
        for group, values in changes.items():
            for name in values:
                setattr(getattr(self, group), name, getattr(getattr(checked, group), name))
