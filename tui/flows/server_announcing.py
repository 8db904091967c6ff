"""Saying in Slack that one enters or leaves a client's server, once, and noting it on the walk (R3)."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.runbook import Act
from clients.models.server_talk import Occupant, told
from clients.models.walk import Outcome, Walk

from ..disk import Disk
from ..intent import Intent, Step
from .slack_posting import Posting, PostingToSlack

if TYPE_CHECKING:
    from clients.slack import Slack

    from ..slack_questions import Questions
    from ..walks import Walks

ANNOUNCE = "servidor.anunciar"


class Announcement(Posting):
    """What is posted, and the step of the walk that is done by it."""

    walk: str
    step_id: str
    client: str
    who: str
    """The analyst, for the record."""
    enters: bool
    accepted: tuple[str, ...] = ()
    """Whom the analyst knew to be there and entered all the same."""


class NothingToAnnounce(PlantaoError):
    """The walk went on, or was closed, without the announcement."""

    title = "Aviso sem sentido"
    way_out = "Nada foi publicado. Desista do aviso em Pendências."


class SomebodyThere(PlantaoError):
    """A colleague is on the server that was to be entered."""

    title = "Servidor ocupado"
    way_out = "Nada foi anunciado. Pergunte a quem está lá, ou espere a saída."


def announce_step(posting: Posting, walk: Walk, step_id: str, *, who: str, accepted: tuple[str, ...]) -> Step:
    """Plan the announcement of ``step_id``. One client never has two on their way.

    LookupError where it announces nothing.
    """
    step = next((step for step in walk.runbook.steps if step.id == step_id and step.act is not None), None)
    if step is None:
        raise LookupError(step_id)
    announcement = Announcement(
        **posting.model_dump(),
        walk=walk.id,
        step_id=step_id,
        client=walk.client,
        who=who,
        enters=step.act is Act.ENTER,
        accepted=accepted,
    )
    return Step(ANNOUNCE, walk_target(walk), announcement.model_dump(mode="json"))


def walk_target(walk: Walk) -> str:
    """What an announcement of ``walk`` works on."""
    return f"server:{walk.client}"


def announces(intent: Intent, walk: Walk) -> bool:
    """Whether ``intent`` is an announcement of ``walk``."""
    return intent.kind == ANNOUNCE and intent.payload.get("walk") == walk.id


class AnnouncingOnServer(PostingToSlack):
    """The remote step ``servidor.anunciar``: posted as any message, and the walk's step is done with it."""

    def __init__(
        self,
        slack: "Slack",
        questions: "Questions",
        walks: "Walks",
        clock: Callable[[], datetime],
        on_disk: Disk,
        people: Callable[[str], Awaitable[tuple[Occupant, ...]]],
    ) -> None:
        """``people`` tells who besides oneself is on a client's server now. It may raise RemoteError."""
        super().__init__(slack, questions, clock)
        self._walks = walks
        self._on_disk = on_disk
        self._people = people

    async def ready(self, intent: Intent) -> None:
        """Raise what `PostingToSlack.ready` raises; NothingToAnnounce where the walk does not wait for it.

        SomebodyThere where a colleague was faster.
        """
        await super().ready(intent)
        announcement = Announcement.model_validate(intent.payload)
        await self._on_disk(self._check, announcement)
        if announcement.enters:
            for person in await self._people(announcement.client):
                if person.who not in announcement.accepted:
                    raise SomebodyThere(told(person, self._clock()))

    def conclude(self, intent: Intent) -> None:
        """Note the step as done, in the same transaction; one that was noted by hand meanwhile stays so."""
        announcement = Announcement.model_validate(intent.payload)
        with suppress(LookupError, ValueError):
            self._walks.step(
                announcement.walk,
                announcement.step_id,
                Outcome.DONE,
                who=announcement.who,
                found=announcement.text,
            )

    def _check(self, announcement: Announcement) -> None:
        try:
            walk = self._walks.get(announcement.walk)
            walk.stepped(announcement.step_id, Outcome.DONE, at=self._clock(), who=announcement.who)
        except LookupError:
            raise NothingToAnnounce("O roteiro não está mais guardado.") from None
        except ValueError as error:
            raise NothingToAnnounce(f"O roteiro de {announcement.client}: {error}.") from None
