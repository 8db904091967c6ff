"""The team's board: chamados as tasks of a Redmine project, where developers go on working with them."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from ..errors import DoneInPart, OutcomeUnknown, Rejected, RemoteError
from ..models.chamado import Chamado, ChamadoDraft, ChamadoEvent
from ..models.licence import LicenceCheck
from ..models.lifecycle import LABELS, ChamadoStatus, Labels
from ..models.moves import Move, check_move
from ..models.task import JournalEntry, Task
from ..models.times import BRAZIL
from ..redmine import Redmine
from ..store import Store
from .columns import Column
from .redmine_all import BoardReading
from .redmine_left_out import WAY_OUT, left_out
from .redmine_notes import NoteKind, claim_note, comment_note, copy_note, move_note, status_note
from .redmine_place import BoardPlace, Layout
from .redmine_reading import claims_of, entry_of, read_chamado
from .redmine_repairs import undoing
from .redmine_tasks import NAME, ChamadoTasks
from .submitted import first_record

_NO_NOTES = "No Redmine, dê à sua função a permissão de adicionar notas (Administração, Papéis)."


class RedmineBoard:
    """A `Board` in a Redmine.

    `ChamadoTasks` tells which task a chamado is. Everything that happens is an entry of the task's history:
    what Redmine itself wrote there decides, not what was asked of it.

    * A move is one change: situation, fields and a note with the event's id. Redmine takes the changes of
      one task one after another, and its workflow, which should have the arrows of `moves.ARROWS`, refuses
      the second of two without a word. So the move whose entry tells of a new situation was made, and a note
      without one was not, and is taken back.
    * Who tells of an event writes a note that says so; the first one (the lowest number in the history) does.
    """

    name = NAME

    def __init__(
        self,
        redmine: Redmine,
        place: BoardPlace,
        clock: Callable[[], datetime],
        *,
        labels: Labels = LABELS,
        keep_out: Iterable[Path] = (),
        copies: Path | None = None,
        store: Store | None = None,
    ) -> None:
        """Nothing out of ``keep_out`` is ever attached. ``store`` keeps what was read for the next start.

        ``copies`` is where another board keeps files: `receive` takes a chamado's own from there anyhow.
        """
        self._redmine = redmine
        self._place = place
        self._tasks = ChamadoTasks(redmine, place, labels, keep_out, copies)
        self._clock = clock
        self._labels = labels
        self._reading = BoardReading(redmine, self._tasks, clock, store)

    async def layout(self) -> Layout:
        """What this Redmine calls what the board needs; SettingsError names what it lacks."""
        return await self._tasks.layout()

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        """Send a draft; see `Board.submit`."""
        layout = await self.layout()
        if found := await self._tasks.of(draft.id):
            return read_chamado(await self._tasks.elected(draft.id, found), layout)
        record = first_record(draft, self._clock(), author, licence, system=NAME)
        return read_chamado(await self._tasks.create(record, copied=False), layout)

    async def chamados(self) -> tuple[Chamado, ...]:
        """Return every chamado, the newest first; see `BoardReading`."""
        return await self._reading.chamados()

    async def chamado(self, id: str) -> Chamado | None:
        """Return the chamado of this id, or None."""
        layout = await self.layout()
        task = await self._tasks.task(id)
        return None if task is None else read_chamado(task, layout)

    async def move(self, id: str, move: Move, *, event: str, who: str) -> Chamado:
        """Bring a chamado to another status; see `Board.move`."""
        layout = await self.layout()
        target = layout.number_of(move.to)
        was_there = False
        sent: Mapping[str, object] = {}

        def decide(task: Task) -> Mapping[str, object] | None:
            nonlocal was_there, sent
            was_there, sent = task.status.id == target, {}
            chamado = read_chamado(task, layout)
            if _has(chamado, event):
                return None
            self._check(chamado, move)
            body = self._move_body(layout, move, event, who)
            if "tracker_id" not in body and "project_id" not in body:
                self._check_workflow(task, move.to, target)
            sent = body
            return body

        task = await self._tasks.revise(id, decide)
        chamado = read_chamado(task, layout)
        if _has(chamado, event):
            if sent and (told := "; ".join(left_out(task, sent, self._place, layout))):
                raise DoneInPart(NAME, f"o chamado foi movido, mas {told}", way_out=WAY_OUT)
            return chamado
        if task.status.id == target and not was_there and entry_of(task, NoteKind.MOVE, event) is None:
            told = "a situação mudou, mas a nota do movimento não ficou no histórico da tarefa"
            raise OutcomeUnknown(NAME, told, way_out=_NO_NOTES)
        await self._take_back(task, event)
        self._check(chamado, move)  # somebody else moved it in the same moment
        raise Rejected(NAME, _not_moved(task, self._labels[move.to]))

    async def comment(self, id: str, text: str, *, event: str, who: str) -> Chamado:
        """Say something of a chamado; see `Board.comment`."""
        layout = await self.layout()

        def decide(task: Task) -> Mapping[str, object] | None:
            if not text.strip():
                raise Rejected(NAME, "o comentário está vazio")
            if _has(read_chamado(task, layout), event):
                return None
            return {"notes": comment_note(text.strip(), event, who)}

        chamado = read_chamado(await self._tasks.revise(id, decide), layout)
        if not _has(chamado, event):
            raise Rejected(NAME, "o comentário não ficou no histórico da tarefa", way_out=_NO_NOTES)
        return chamado

    async def announce(self, id: str, event: str, claimant: str) -> str:
        """Return who tells of the event; see `Board.announce`."""
        layout = await self.layout()

        def decide(task: Task) -> Mapping[str, object] | None:
            return None if event in claims_of(task, layout) else {"notes": claim_note(event, claimant)}

        task = await self._tasks.revise(id, decide)
        first = claims_of(task, layout).get(event)
        if first is None:  # taken for one's own, everybody would tell of it
            told = "não ficou no histórico da tarefa quem avisa deste andamento"
            raise Rejected(NAME, told, way_out=_NO_NOTES)
        if first != claimant:
            await self._withdraw(entry_of(task, NoteKind.CLAIM, event, claimant))
        return first

    # ── what comes from another board ──

    async def receive(self, chamado: Chamado) -> Chamado:
        """Make a task of a chamado of another board, as it began there; once, and then return it as it is.

        Its other events come by `copy_event`.
        """
        layout = await self.layout()
        found = await self._tasks.of(chamado.id)
        task = (
            await self._tasks.elected(chamado.id, found)
            if found
            else await self._tasks.create(chamado, copied=True)
        )
        return read_chamado(task, layout)

    async def copy_event(self, id: str, event: ChamadoEvent, *, announced: bool) -> Chamado:
        """Tell an event of another board as it was there, once.

        Its status is set as far as the workflow allows; what was announced is not announced again.
        """
        layout = await self.layout()
        target = layout.number_of(event.status)

        def decide(task: Task) -> Mapping[str, object] | None:
            if _has(read_chamado(task, layout), event.id):
                return None
            body: dict[str, object] = {"notes": copy_note(event, self._labels, announced=announced)}
            if event.is_move and layout.status_of(task.status.id) is event.before:
                move = Move(to=event.status, **event.model_dump(include={"url", "version", "deadline"}))
                body |= self._fields(layout, move) | {"status_id": target}
            return body

        return read_chamado(await self._tasks.revise(id, decide), layout)

    async def set_status(self, id: str, status: ChamadoStatus) -> Chamado:
        """Bring a chamado to the status that it had on another board, where its task is in another one yet.

        It is no event. Where the workflow does not allow it the chamado stays as it is.
        """
        layout = await self.layout()
        target = layout.number_of(status)

        def decide(task: Task) -> Mapping[str, object] | None:
            allowed = task.allowed_statuses
            if task.status.id == target or (allowed and all(one.id != target for one in allowed)):
                return None
            return {"status_id": target, "notes": status_note()}

        return read_chamado(await self._tasks.revise(id, decide), layout)

    # ── below ──

    def _check(self, chamado: Chamado, move: Move) -> None:
        findings = check_move(chamado.status, move, today=self._today(), labels=self._labels)
        if findings:
            raise Rejected(NAME, " ".join(finding.message for finding in findings))

    def _check_workflow(self, task: Task, to: ChamadoStatus, target: int) -> None:
        allowed = task.allowed_statuses  # an older Redmine does not tell
        if allowed and all(status.id != target for status in allowed):
            raise Rejected(NAME, _not_moved(task, self._labels[to]))

    def _move_body(self, layout: Layout, move: Move, event: str, who: str) -> dict[str, object]:
        told = {
            "URL de homologação": move.url if Column.URL not in layout.columns else "",
            "Versão publicada": move.version if Column.VERSION not in layout.columns else "",
            "Duplicado de": f"#{move.duplicate_of}" if move.duplicate_of else "",
        }
        body = {
            **self._fields(layout, move),
            "status_id": layout.number_of(move.to),
            "notes": move_note(move, event, who, told=told),
        }
        if move.to is ChamadoStatus.BACKLOG and layout.approved_project is not None:
            body["project_id"] = layout.approved_project
        if move.to is ChamadoStatus.BACKLOG and layout.approved_tracker is not None:
            body["tracker_id"] = layout.approved_tracker
        return body

    def _fields(self, layout: Layout, move: Move) -> dict[str, object]:
        custom = [
            {"id": layout.columns[column], "value": value}
            for column, value in ((Column.URL, move.url), (Column.VERSION, move.version))
            if value and column in layout.columns
        ]
        body: dict[str, object] = {"custom_fields": custom} if custom else {}
        if move.deadline is not None:
            body["due_date"] = move.deadline.isoformat()
        return body

    def _today(self) -> date:
        return self._clock().astimezone(BRAZIL).date()

    async def _take_back(self, task: Task, event: str) -> None:
        """Undo what of a move came through though its situation did not."""
        entry = entry_of(task, NoteKind.MOVE, event)
        if entry is None:
            return
        if not entry.details:
            await self._withdraw(entry)
            return
        with suppress(RemoteError):
            await self._redmine.revise(task.id, undoing(entry, event))

    async def _withdraw(self, entry: JournalEntry | None) -> None:
        # only for the looks of it: what stays is read as what it is
        if entry is not None:
            with suppress(RemoteError):
                await self._redmine.withdraw_note(entry.id)


def _has(chamado: Chamado, event: str) -> bool:
    return any(each.id == event for each in chamado.events)


def _not_moved(task: Task, label: str) -> str:
    ways = ", ".join(status.name for status in task.allowed_statuses if status.id != task.status.id)
    told = f"a situação não mudou: daqui o Redmine não deixa sua função ir a “{label}”"
    return f"{told} (deixa ir a: {ways})" if ways else told
