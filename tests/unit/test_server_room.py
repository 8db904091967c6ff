"""Who is on a client's server, by Slack and by the sessions of this machine; what is not known is said."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from clients.models.feed import Trouble
from clients.models.runbook import Act, Runbook, Step
from clients.models.slack_talk import Heard
from clients.models.slack_time import ts_of
from clients.models.walk import Outcome, Walk
from clients.store import Store
from tests.support.clock import Clock
from tui.presence import Presence
from tui.server_room import ServerRoom
from tui.settings_servers import ServerSettings
from tui.slack_room import SlackRoom
from tui.slack_watch import Reading
from tui.walks import Walks

CLIENTS = ("Cosméticos Flor de Lis", "Transportes Rio Manso")
RUNBOOK = Runbook(
    id="entrar",
    title="Entrar",
    steps=(
        Step(id="entrada", title="Entrar", act=Act.ENTER),
        Step(id="ver", title="Ver"),
        Step(id="saida", title="Sair", act=Act.LEAVE),
    ),
)


class Channel:
    """What the room asks of Slack's side while it only looks."""

    servers_name = "gestor_remote"
    may_look_again = True

    def __init__(self) -> None:
        self.servers_heard = Reading()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def walks(tmp_path: Path, clock: Clock) -> Iterator[Walks]:
    store = Store(tmp_path / "plantao.db")
    yield Walks(store, clock)
    store.close()


def room_of(walks: Walks, clock: Clock, presence: Presence | None = None) -> ServerRoom:
    settings = ServerSettings(codes={"transportes rio manso": "manso/01"})
    return ServerRoom(settings, presence or Presence(""), walks, clock, lambda: "Ana Prado")


def walk(clock: Clock, client: str = "Transportes Rio Manso") -> Walk:
    return Walk(id="w1", runbook=RUNBOOK, client=client, who="Ana Prado", begun_at=clock(), server="manso/01")


def said(clock: Clock, who: str, text: str, *, own: bool = False) -> Heard:
    return Heard(channel="gestor_remote", ts=ts_of(clock()), who=who, text=text, own=own)


def test_what_was_announced_is_who_is_there_and_oneself_is_nobody_else(walks: Walks, clock: Clock) -> None:
    room = room_of(walks, clock)
    heard = (said(clock, "Bruno", "tô na Flor de Lis"), said(clock, "Ana", "entrei no manso/01", own=True))
    there = room.look(heard, CLIENTS)
    assert [person.who for person in there["transportes rio manso"]] == ["Ana"]
    assert [person.who for person in room.people("Cosméticos Flor de Lis")] == ["Bruno"]
    assert room.people("Transportes Rio Manso") == ()


def test_a_colleagues_session_on_this_machine_is_there_too(walks: Walks, clock: Clock) -> None:
    if not Path("/proc/net/unix").exists():
        pytest.skip("este sistema não lista sockets de outros processos")
    account = "servidores.exemplo.com.br"
    theirs = room_of(walks, clock, Presence(account, kind="server", login="bruno", pid=41))
    mine = Presence(account, kind="server", login="ana", pid=42)
    theirs.look((), CLIENTS)
    entered = walk(clock).stepped("entrada", Outcome.DONE, at=clock(), who="Bruno")
    theirs.note_inside([entered])
    room = room_of(walks, clock, mine)
    room.look((), CLIENTS)
    assert [person.who for person in room.people("Transportes Rio Manso")] == ["bruno"]
    theirs.note_inside([])
    room.look((), CLIENTS)
    assert room.people("Transportes Rio Manso") == ()


def test_what_cannot_be_known_is_said(walks: Walks, clock: Clock) -> None:
    room = room_of(walks, clock)
    assert room.doubt.startswith("O Slack não está configurado")
    channel = Channel()
    room.connect(cast(SlackRoom, channel))
    assert room.doubt == "gestor_remote ainda não foi lido."
    channel.servers_heard = Reading(clock())
    assert room.doubt == ""
    clock.forward(minutes=6)
    assert room.doubt == "gestor_remote foi lido há 6 min."
    channel.servers_heard = Reading(clock(), Trouble("Canal", "o canal não existe."))
    assert room.doubt == "gestor_remote não pôde ser lido: o canal não existe."


def test_a_client_that_was_not_looked_for_is_in_doubt_and_never_read_as_free(
    walks: Walks, clock: Clock
) -> None:
    room = room_of(walks, clock)
    channel = Channel()
    channel.servers_heard = Reading(clock())
    room.connect(cast(SlackRoom, channel))
    assert room.doubt_about(CLIENTS[0]) == "o monitoramento não mostra este cliente."
    room.look((said(clock, "Bruno", "tô na Flor de Lis"),), CLIENTS[1:])
    assert room.doubt_about(CLIENTS[0])
    assert [person.who for person in room.people(f" {CLIENTS[0].upper()} ")] == ["Bruno"]
    assert room.doubt_about(f"{CLIENTS[1]} ") == ""


def test_a_name_with_blanks_around_it_is_the_same_client(walks: Walks, clock: Clock) -> None:
    class Told(Presence):
        entered: list[int] = []

        def enter(self, item_id: int) -> None:
            self.entered.append(item_id)

    presence = Told("")
    room = room_of(walks, clock, presence)
    for client in ("Transportes Rio Manso", "TRANSPORTES  RIO MANSO "):
        room.note_inside([walk(clock, client).stepped("entrada", Outcome.DONE, at=clock(), who="Ana")])
    assert len(presence.entered) == 1
    assert room.code_of(" Transportes Rio Manso ") == "manso/01"


def test_the_announcement_is_proposed_in_the_teams_words(walks: Walks, clock: Clock) -> None:
    room = room_of(walks, clock)
    assert room.entering_text(walk(clock)) == "Entrando em Transportes Rio Manso"
    assert room.leaving_text(walk(clock)) == "Saí de Transportes Rio Manso"
    assert room.code_of("TRANSPORTES RIO MANSO") == "manso/01"
    assert room.code_of("Cosméticos Flor de Lis") == ""


def test_one_may_leave_whatever_else_is_due(clock: Clock) -> None:
    inside = walk(clock).stepped("entrada", Outcome.DONE, at=clock(), who="Ana")
    assert inside.way_out is not None
    left = inside.stepped("saida", Outcome.DONE, at=clock() + timedelta(minutes=3), who="Ana")
    assert not left.inside and left.way_out is None
    with pytest.raises(ValueError, match="antes vem o passo “Entrar”"):
        walk(clock).stepped("saida", Outcome.DONE, at=clock(), who="Ana")


@pytest.mark.parametrize(
    ("enters", "text", "understood"),
    [
        (True, "Entrando em Transportes Rio Manso", True),
        (True, "entrei no manso/01, CT-e parado", True),
        (True, "Bom dia", False),
        (True, "Entrando", False),
        (True, "Entrando em Cosméticos Flor de Lis", False),
        (True, "Saí de Transportes Rio Manso", False),
        (False, "Saí de Transportes Rio Manso", True),
        (False, "Saí de Transportes Rio Manso, a tarefa voltou", True),
        (False, "Obrigada", False),
        (False, "Ainda não saí de Transportes Rio Manso", False),
    ],
)
def test_an_announcement_that_the_team_would_not_understand_is_told(
    walks: Walks, clock: Clock, enters: bool, text: str, understood: bool
) -> None:
    room = room_of(walks, clock)
    room.look((), CLIENTS)
    unclear = room.unclear(walk(clock), text, enters=enters)
    assert (unclear == "") is understood
    assert understood or "Transportes Rio Manso" in unclear
