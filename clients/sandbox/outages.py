"""Which service is red when: the script of the data file, run over the sandbox's clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .company.facts import OutageFact, company_facts

OK, FAIL, UNKNOWN = "ok", "falha", "desconhecido"
_DAY = 24 * 60


@dataclass(frozen=True)
class Light:
    """One service of one client, as the page shows it."""

    client: str
    service: str
    kind: str
    state: str
    since: datetime
    note: str


def lights(started: datetime, now: datetime, forced: Mapping[str, str]) -> list[Light]:
    """All services at ``now``. ``forced`` ("client/service" to state) overrides the script."""
    facts = company_facts()
    return [
        _light(client.name, service.name, service.kind, started, now, forced)
        for client in facts.clients
        for service in facts.services
    ]


def _light(
    client: str, service: str, kind: str, started: datetime, now: datetime, forced: Mapping[str, str]
) -> Light:
    script = [one for one in company_facts().outages if one.client == client and one.service == service]
    state, since, note = OK, started - timedelta(days=6), ""
    for outage in script:
        begin, end = _latest(outage, started, now)
        if begin <= now < end:
            state, since, note = outage.state, begin, outage.note
        elif end <= now:
            since = max(since, end)
    wanted = forced.get(f"{client}/{service}")
    if wanted is not None and wanted != state:
        state, note = wanted, ""
    return Light(client, service, kind, state, since, note)


def _latest(outage: OutageFact, started: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The newest of the daily repetitions that has begun."""
    first = started + timedelta(minutes=outage.start)
    days = max(0, (now - first) // timedelta(minutes=_DAY))
    begin = first + timedelta(days=days)
    if begin > now:
        begin -= timedelta(days=1)
    return begin, begin + timedelta(minutes=outage.end - outage.start)
