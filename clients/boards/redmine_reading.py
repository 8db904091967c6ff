"""A task of Redmine as the chamado that it is: what was sent, and everything that happened to it since."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..models.chamado import Chamado, ChamadoEvent
from ..models.lifecycle import ChamadoStatus
from ..models.task import JournalEntry, Task
from .columns import Column
from .redmine_notes import Note, NoteKind, event_of, note_of
from .redmine_place import Layout
from .redmine_record import Record
from .redmine_sheet import read_sheet

_RECORD_LOST = (
    "O registro do Plantão foi apagado da descrição, no Redmine: ferramenta, fluxo e licença podem não ser "
    "os que foram enviados."
)
_ELSEWHERE = "quadro anterior"
"""Who told of an event before its chamado came here."""
_LABELS = {"deadline": "prazo", "url": "URL de homologação", "version": "versão"}


def read_chamado(task: Task, layout: Layout) -> Chamado:
    """Return the chamado of a task, as `Redmine.task` reads it.

    Developers' changes are events like any other: of a situation, of deadline, URL and version, and notes
    that are not private. A situation that is none of a chamado's is told, and the status stays the last one
    that was.
    """
    began, record = read_sheet(task, layout)
    story = _Story(task, layout, began, record)
    for entry in sorted(task.journals, key=lambda entry: entry.id):
        story.go_on(entry)
    now = layout.status_of(task.status.id)
    if now is None:
        # also one that it came to without an entry in its history
        story.tell_unknown(task)
    events = tuple(story.events)
    return began.model_copy(
        update={
            "status": now or story.status,
            "updated_at": events[-1].at,
            "events": events,
            "announced": tuple(story.announced),
        }
    )


def claims_of(task: Task, layout: Layout) -> Mapping[str, str]:
    """Who tells of which event: of several who would, the first."""
    began, record = read_sheet(task, layout)
    claims = {_first_event(began, record): _ELSEWHERE} if record.get("first_announced") else {}
    for entry in sorted(task.journals, key=lambda entry: entry.id):
        _, note = note_of(entry)
        if note is not None and note.kind is NoteKind.CLAIM:
            claims.setdefault(note.event, note.who)
        elif note is not None and note.announced:
            claims.setdefault(note.event, _ELSEWHERE)
    return claims


def entry_of(task: Task, kind: NoteKind, event: str, who: str | None = None) -> JournalEntry | None:
    """The entry in which an event was written, or was to be."""
    for entry in sorted(task.journals, key=lambda entry: entry.id):
        _, note = note_of(entry)
        if note is not None and note.kind is kind and note.event == event and who in (None, note.who):
            return entry
    return None


def changed_status(entry: JournalEntry) -> int | None:
    """The situation that an entry brought the task to."""
    for detail in entry.details:
        if detail.get("property") == "attr" and detail.get("name") == "status_id":
            number = detail.get("new_value") or ""
            return int(number) if number.isdecimal() else None
    return None


def _first_event(began: Chamado, record: Record) -> str:
    first = record.get("first_event")
    return str(first.get("id")) if isinstance(first, dict) else began.id


class _Story:
    def __init__(self, task: Task, layout: Layout, began: Chamado, record: Record) -> None:
        self._layout = layout
        self.status = self._first_status(task)
        first = record.get("first_event")
        if isinstance(first, dict):
            self.events = [ChamadoEvent.model_validate(first)]
        else:
            lost = "" if record else _RECORD_LOST
            self.events = [
                ChamadoEvent(
                    id=began.id, at=began.created_at, who=began.author, status=self.status, comment=lost
                )
            ]
        self.announced: dict[str, None] = {}
        if record.get("first_announced"):
            self.announced[self.events[0].id] = None
        self._known = {self.events[0].id}
        self._unknown = ""

    def _first_status(self, task: Task) -> ChamadoStatus:
        for entry in sorted(task.journals, key=lambda entry: entry.id):
            for detail in entry.details:
                if detail.get("name") == "status_id" and (old := detail.get("old_value") or "").isdecimal():
                    return self._layout.status_of(int(old)) or ChamadoStatus.TRIAGEM
        return self._layout.status_of(task.status.id) or ChamadoStatus.TRIAGEM

    def go_on(self, entry: JournalEntry) -> None:
        """Tell what an entry adds."""
        text, note = note_of(entry)
        moved_to = changed_status(entry)
        if note is None:
            self._foreign(entry, text, moved_to)
        elif note.kind is NoteKind.CLAIM:
            self.announced[note.event] = None
        elif note.kind in (NoteKind.COPY, NoteKind.COMMENT) or (
            note.kind is NoteKind.MOVE and moved_to is not None
        ):  # a move that Redmine did not make is none, whatever its note says
            self._ours(entry, text, note, moved_to)

    def tell_unknown(self, task: Task) -> None:
        """Tell of the situation that the task is in, where that is none of a chamado's."""
        name = task.status.name
        if self._unknown != name:
            comment = self._no_status(name)
            self._add(f"status:{task.id}:{task.status.id}", task.updated_on, "Redmine", comment=comment)

    def _ours(self, entry: JournalEntry, text: str, note: Note, moved_to: int | None) -> None:
        if note.event in self._known:
            return
        before = self.status
        after = self._layout.status_of(moved_to) if moved_to is not None else None
        who = entry.user.name if entry.user else ""
        event = event_of(note, entry.created_on, text, before, after or before, who)
        if note.announced:
            self.announced[event.id] = None
        self._take(event)

    def _foreign(self, entry: JournalEntry, text: str, moved_to: int | None) -> None:
        values = dict(self._values(entry))
        status = self._layout.status_of(moved_to) if moved_to is not None else None
        told = [text] if text else []
        if moved_to is not None and status is None:
            self._unknown = self._layout.names.get(moved_to, f"nº {moved_to}")
            told.append(self._no_status(self._unknown))
        if status is self.status and not told:
            status = None
        cleared = [label for label, value in values.items() if not value]
        if cleared:
            told.append(f"Retirado no Redmine: {', '.join(_LABELS[name] for name in cleared)}.")
        elif values and status is None and not text:
            told.append(f"Alterado no Redmine: {', '.join(_LABELS[name] for name in values)}.")
        if not told and status is None:
            return
        self._add(
            f"journal:{entry.id}",
            entry.created_on,
            entry.user.name if entry.user else "",
            status=status,
            comment="\n".join(told),
            **{name: value for name, value in values.items() if value},
        )

    def _values(self, entry: JournalEntry) -> Iterator[tuple[str, object]]:
        columns = self._layout.columns
        fields = {
            str(columns[column]): name
            for column, name in ((Column.URL, "url"), (Column.VERSION, "version"))
            if column in columns
        }
        for detail in entry.details:
            kind, name, value = detail.get("property"), detail.get("name") or "", detail.get("new_value")
            if kind == "attr" and name == "due_date":
                yield "deadline", _day(value)
            elif kind == "cf" and name in fields:
                yield fields[name], value or ""

    def _no_status(self, name: str) -> str:
        there = self._layout.labels[self.status]
        return f"No Redmine a situação é “{name}”, que não é de chamado; aqui continua {there}."

    def _add(
        self, id: str, at: object, who: str, *, status: ChamadoStatus | None = None, **values: object
    ) -> None:
        fields = {"id": id, "at": at, "who": who, "before": self.status, "status": status or self.status}
        self._take(ChamadoEvent.model_validate({**fields, **values}))

    def _take(self, event: ChamadoEvent) -> None:
        self._known.add(event.id)
        self.events.append(event)
        self.status = event.status


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def without_twins(tasks: Iterable[Task], layout: Layout) -> tuple[Task, ...]:
    """Of several tasks of one chamado the first that came into being; none that is no chamado's."""
    first: dict[str, Task] = {}
    for task in sorted(tasks, key=lambda task: task.id):
        if id := layout.chamado_of(task):
            first.setdefault(id, task)
    return tuple(first.values())
