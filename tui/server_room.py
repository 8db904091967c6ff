"""Who is on which client's server, and saying that one enters or leaves it (R3). Knows no screen."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.errors import SettingsError
from clients.models.client_key import client_key
from clients.models.server_names import server_names
from clients.models.server_talk import Occupant, by_name, occupants, signed
from clients.models.slack_talk import Heard
from clients.models.slack_time import ts_of
from clients.models.times import span
from clients.models.walk import Walk

from .flows.server_announcing import ANNOUNCE, announce_step
from .flows.slack_posting import Posting
from .flows.workflows import WorkRemote
from .intent import Step
from .presence import Presence

if TYPE_CHECKING:
    from .settings_servers import ServerSettings
    from .slack_room import SlackRoom
    from .walks import Walks

OLD = timedelta(minutes=5)
"""After how long without a reading the channel no longer tells who is there."""
_NO_SLACK = "O Slack não está configurado"
_HERE = "em outra sessão do Plantão nesta máquina"


class ServerRoom:
    """What is known of the clients' servers. What is not known counts as occupied: `doubt` says why."""

    def __init__(
        self,
        settings: "ServerSettings",
        presence: Presence,
        walks: "Walks",
        clock: Callable[[], datetime],
        author: Callable[[], str],
    ) -> None:
        """``presence`` tells the other sessions of this machine; ``author`` is who sits here."""
        self._settings = settings
        self._presence = presence
        self._walks = walks
        self._clock = clock
        self._author = author
        self._slack: SlackRoom | None = None
        self._clients: tuple[str, ...] = ()
        self._heard: tuple[Heard, ...] = ()
        self._inside: frozenset[str] = frozenset()
        self._there: Mapping[str, tuple[Occupant, ...]] = {}

    def connect(self, slack: "SlackRoom") -> None:
        """From now on it is read and written there."""
        self._slack = slack

    def remotes(self) -> dict[str, WorkRemote]:
        """Steps that announce; none without Slack."""
        if self._slack is None:
            return {}
        return {ANNOUNCE: self._slack.announcing(self._walks, self.people_now)}

    # ── what is known ──

    def code_of(self, client: str) -> str:
        """The code that the remote connection asks for; empty where the settings name none."""
        codes, key = self._settings.codes.items(), client_key(client)
        return next((code for name, code in codes if client_key(name) == key), "")

    @property
    def doubt(self) -> str:
        """Why it cannot be known who is there; empty where it is known."""
        if self._slack is None:
            return f"{_NO_SLACK}: veja você no canal se alguém está conectado."
        reading, channel = self._slack.servers_heard, self._slack.servers_name
        if reading.trouble is not None:
            return f"{channel} não pôde ser lido: {reading.trouble.message}"
        if reading.at is None:
            return f"{channel} ainda não foi lido."
        age = self._clock() - reading.at
        return f"{channel} foi lido há {span(age)}." if age > OLD else ""

    def doubt_about(self, client: str) -> str:
        """The same for the server of ``client``, which the last `look` may not have seen."""
        unseen = client_key(client) not in map(client_key, self._clients)
        return self.doubt or ("o monitoramento não mostra este cliente." if unseen else "")

    @property
    def can_announce(self) -> bool:
        """Whether Plantão can say it; otherwise the analyst does."""
        return self._slack is not None

    def look(self, heard: Iterable[Heard], clients: Iterable[str]) -> Mapping[str, tuple[Occupant, ...]]:
        """Take in what was said and who else is on this machine; return who is where, by `client_key`."""
        self._clients, self._heard = tuple(dict.fromkeys(clients)), tuple(heard)
        self._there = self._occupants(self._heard, self._clients)
        return self._there

    def people(self, client: str) -> tuple[Occupant, ...]:
        """Who besides oneself was on the server of ``client`` at the last `look`; nobody proves nothing.

        `doubt_about` says whether it does. A client that was not looked for is found in what was heard.
        """
        there = self._there.get(client_key(client))
        return _others(self._on_server_of(client, self._heard) if there is None else there)

    async def people_now(self, client: str) -> tuple[Occupant, ...]:
        """The same, read anew; where Slack lets us read seldom, only if in doubt. Raises RemoteError."""
        if self._slack is None or not (self._slack.may_look_again or self.doubt):
            return self.people(client)
        return _others(self._on_server_of(client, await self._slack.said_of_servers()))

    def note_inside(self, walks: Iterable[Walk]) -> None:
        """Tell the other sessions of this machine on whose servers one is, by the open ``walks``."""
        inside = frozenset(client_key(walk.client) for walk in walks if walk.inside)
        for client in inside - self._inside:
            self._presence.enter(_number(client))
        for client in self._inside - inside:
            self._presence.leave(_number(client))
        self._inside = inside

    # ── what is said ──

    def entering_text(self, walk: Walk) -> str:
        """What is proposed to be announced on entering."""
        return self._filled(self._settings.entering, walk)

    def leaving_text(self, walk: Walk) -> str:
        """What is proposed to be announced on leaving."""
        return self._filled(self._settings.leaving, walk)

    def unclear(self, walk: Walk, text: str, *, enters: bool) -> str:
        """What the team's Plantões would not understand of an announcement; empty where they would.

        It is read as theirs read it: after it one is on the walk's server for sure, or no more.
        """
        settings, now = self._settings, self._clock()
        names = server_names((*self._clients, walk.client), settings.codes, settings.nicknames)
        words = [text] if enters else [self.entering_text(walk), text]
        heard = [
            Heard(channel="", ts=ts_of(now + timedelta(seconds=place)), who="eu", text=said)
            for place, said in enumerate(words)
        ]
        there = occupants(heard, names, settings.words, now)[client_key(walk.client)]
        if enters and not any(person.sure for person in there):
            return f"A equipe não entenderia que você entra: diga {walk.client} e, por exemplo, “entrando”."
        if not enters and there:
            return f"A equipe não entenderia que você saiu: diga {walk.client} e, por exemplo, “saí”."
        return ""

    async def announcement(self, walk: Walk, step_id: str, text: str, accepted: Sequence[str] = ()) -> Step:
        """Plan to announce ``step_id`` in the words ``text``, for the workflows to carry out.

        ``accepted`` are those whom one knows to be there. Raises RemoteError, and SettingsError
        without Slack.
        """
        if self._slack is None:
            raise SettingsError(f"{_NO_SLACK}.")
        channel, who = await self._slack.servers(), self._author()
        said = signed(text, who) if await self._slack.speaks_for_all() else text
        posting = Posting(channel=channel.id, place=channel.name, text=said)
        return announce_step(posting, walk, step_id, who=who, accepted=tuple(accepted))

    # ── below ──

    def _filled(self, text: str, walk: Walk) -> str:
        return text.format(cliente=walk.client, servidor=walk.server or walk.client, servico=walk.service)

    def _on_server_of(self, client: str, heard: Iterable[Heard]) -> tuple[Occupant, ...]:
        return self._occupants(heard, (*self._clients, client))[client_key(client)]

    def _occupants(self, heard: Iterable[Heard], clients: Iterable[str]) -> dict[str, tuple[Occupant, ...]]:
        settings, now = self._settings, self._clock()
        names = server_names(clients, settings.codes, settings.nicknames)
        by_talk = occupants(by_name(heard, self._author()), names, settings.words, now)
        sessions = self._presence.everybody()
        return {
            client: (*there, *(_session(each.login, each.mine) for each in sessions.get(_number(client), ())))
            for client, there in by_talk.items()
        }


def _others(there: Iterable[Occupant]) -> tuple[Occupant, ...]:
    return tuple(person for person in there if not person.own)


def _session(login: str, mine: bool) -> Occupant:
    return Occupant(who=login, said=_HERE, sure=True, own=mine)


def _number(client: str) -> int:
    """An id of at most 18 digits for a `client_key`, the same on every machine."""
    return int.from_bytes(hashlib.sha256(client.encode()).digest()[:8]) % 10**18
