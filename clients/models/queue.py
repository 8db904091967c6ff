"""The queue: which tickets need somebody, which views it has, and what breaks next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from types import MappingProxyType

from .chamado import Chamado
from .fields import Vocabulary
from .text import fold
from .ticket import Ticket, Turn
from .validation import is_to_be_asked

SOON = timedelta(hours=4)
"""A clock with less than this left is about to break."""
_NEVER = datetime.max.replace(tzinfo=UTC)
_VALIDATING_ORDER = 0
_TURN_ORDER = {Turn.UNANSWERED: 1, Turn.OURS: 2, Turn.CLIENT: 3, Turn.DONE: 4}


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A ticket with what the queue asks of it, worked out once: views, order and columns read it often."""

    ticket: Ticket
    turn: Turn
    clock: datetime | None
    status: str
    owner: str
    mine: bool
    """Whether the reader owns it, or nobody does."""
    in_development: bool
    published: Chamado | None
    """Its chamado that waits for the client's validation, where there is one."""
    to_validate: bool
    """Whether the client is to be asked for that validation."""
    order: tuple[int, datetime, float]
    """Sort key: validations to ask for, what is to be answered, then by the clock that ends first; what is
    done, newest first."""

    @classmethod
    def of(
        cls, ticket: Ticket, me: int | None, vocabulary: Vocabulary, published: Chamado | None = None
    ) -> "QueueEntry":
        """Read ``ticket`` for the agent ``me`` (None: not known who reads) in the account's words."""
        status = vocabulary.status(ticket.status)
        turn, clock = ticket.turn, ticket.clock
        to_validate = published is not None and is_to_be_asked(published)
        return cls(
            ticket=ticket,
            turn=turn,
            clock=clock,
            status=status,
            owner=vocabulary.agent(ticket.responder_id),
            mine=ticket.responder_id is None or ticket.responder_id == me,
            in_development="desenvolvimento" in fold(status),
            published=published,
            to_validate=to_validate,
            order=_order(ticket, turn, clock, published if to_validate else None),
        )

    @property
    def id(self) -> int:
        """The ticket's number."""
        return self.ticket.id

    def haystack(self) -> str:
        """Folded text that the filter searches."""
        return self.ticket.haystack(self.status, self.owner, initials(self.owner))

    def expiring(self, now: datetime) -> bool:
        """Whether its clock has passed or is about to."""
        return self.clock is not None and self.turn is not Turn.DONE and self.clock - now <= SOON


def initials(name: str) -> str:
    """First and last: "BN" of "Beatriz Nogueira", as a narrow queue shows an owner; "" of nobody."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:]))


@dataclass(frozen=True)
class QueueView:
    """A saved view of the queue."""

    id: str
    label: str
    short: str
    """The label where there is little room."""
    holds: Callable[[QueueEntry, datetime], bool]
    occasional: bool = False
    """Whether it is passed over while it holds nothing."""


def _is_ours(entry: QueueEntry) -> bool:
    return entry.turn in (Turn.UNANSWERED, Turn.OURS) or entry.to_validate


QUEUE_VIEWS = (
    QueueView("todos", "todos", "todos", lambda entry, now: True),
    QueueView("a_validar", "a validar", "validar", lambda entry, now: entry.to_validate, occasional=True),
    QueueView("sem_resposta", "sem resposta", "sem resp.", lambda entry, now: entry.turn is Turn.UNANSWERED),
    QueueView("minha_vez", "minha vez", "minha vez", lambda entry, now: entry.mine and _is_ours(entry)),
    QueueView(
        "aguardando_cliente",
        "aguardando cliente",
        "cliente",
        lambda entry, now: entry.turn is Turn.CLIENT and not entry.in_development,
    ),
    QueueView(
        "aguardando_desenvolvimento",
        "aguardando desenvolvimento",
        "desenv.",
        lambda entry, now: entry.in_development and entry.turn is not Turn.DONE,
    ),
    QueueView("vencendo", "vencendo", "vencendo", lambda entry, now: entry.expiring(now)),
)
"""In the order of the keys; the first is where the desk opens."""


def queue_view(view_id: str) -> QueueView:
    """The view of that id; KeyError, naming the known ones, if there is none."""
    for view in QUEUE_VIEWS:
        if view.id == view_id:
            return view
    raise KeyError(f"{view_id}: as visões são {', '.join(view.id for view in QUEUE_VIEWS)}")


def views_in_use(counts: Mapping[str, int], current: QueueView) -> tuple[QueueView, ...]:
    """The views to choose among, ``current`` and the occasional ones that hold something among them."""
    return tuple(
        view for view in QUEUE_VIEWS if view is current or not view.occasional or counts.get(view.id)
    )


def _order(
    ticket: Ticket, turn: Turn, clock: datetime | None, to_validate: Chamado | None
) -> tuple[int, datetime, float]:
    if to_validate is not None:
        return _VALIDATING_ORDER, to_validate.since, ticket.created_at.timestamp()
    if turn is Turn.DONE:
        return _TURN_ORDER[turn], _NEVER, -ticket.updated_at.timestamp()
    return _TURN_ORDER[turn], clock or _NEVER, ticket.created_at.timestamp()


@dataclass(frozen=True)
class Queue:
    """All tickets of the desk, in the order in which they break, and how many each view holds."""

    entries: tuple[QueueEntry, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """Entries by id of view, at the moment of reading."""

    @classmethod
    def read(
        cls,
        tickets: Iterable[Ticket],
        *,
        me: int | None,
        vocabulary: Vocabulary,
        now: datetime,
        published: Mapping[int, Chamado] = MappingProxyType({}),
        before: "Queue | None" = None,
    ) -> "Queue":
        """Build the queue; ``published`` are the chamados that wait for validation, by ticket.

        Entries of ``before`` are kept for tickets that are the very same objects with an equal chamado, so
        that a refresh costs what changed; hand it over only if ``me`` and ``vocabulary`` are the same.
        """
        known = {entry.ticket.id: entry for entry in before.entries} if before else {}
        entries: list[QueueEntry] = []
        for ticket in tickets:
            if ticket.deleted or ticket.spam:
                continue
            entry, chamado = known.get(ticket.id), published.get(ticket.id)
            if entry is None or entry.ticket is not ticket or entry.published != chamado:
                entry = QueueEntry.of(ticket, me, vocabulary, chamado)
            entries.append(entry)
        entries.sort(key=attrgetter("order"))
        return cls(tuple(entries), count_views(entries, now))

    def of(self, view: QueueView, now: datetime) -> list[QueueEntry]:
        """The entries of ``view``, in order."""
        if view.id == QUEUE_VIEWS[0].id:
            return list(self.entries)
        return [entry for entry in self.entries if view.holds(entry, now)]


def count_views(entries: Iterable[QueueEntry], now: datetime) -> dict[str, int]:
    """How many of ``entries`` each view holds."""
    counts = dict.fromkeys((view.id for view in QUEUE_VIEWS), 0)
    limited = QUEUE_VIEWS[1:]
    for entry in entries:
        counts[QUEUE_VIEWS[0].id] += 1
        if entry.turn is Turn.DONE and not entry.to_validate:  # most of a long history, in no other view
            continue
        for view in limited:
            if view.holds(entry, now):
                counts[view.id] += 1
    return counts
