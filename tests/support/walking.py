"""A small runbook that goes onto a server, and a walk through it."""

from datetime import datetime

from clients.models.runbook import Act, Runbook, Step
from clients.models.walk import Walk

ENTERING = Runbook(
    id="entrar-e-ver",
    title="Entrar e ver",
    steps=(
        Step(id="entrada", title="Avisar a entrada", act=Act.ENTER),
        Step(id="ver", title="Ver o log", record="O que foi visto"),
        Step(id="saida", title="Avisar a saída", act=Act.LEAVE),
    ),
)


def walk_of(client: str, at: datetime, *, who: str = "Beatriz Moura", walk_id: str = "passeio-1") -> Walk:
    """A walk that has just begun."""
    return Walk(id=walk_id, runbook=ENTERING, client=client, service="CT-e", who=who, begun_at=at)
