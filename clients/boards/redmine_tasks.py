"""The tasks of chamados in a Redmine: found by the chamado's id, made once."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ..errors import NotFound, OutcomeUnknown, RemoteError, SettingsError
from ..freshdesk_files import Upload, read_upload
from ..models.chamado import Chamado
from ..models.lifecycle import ChamadoStatus, Labels
from ..models.quality import is_link
from ..models.task import Task
from ..models.task_changes import NewTask
from ..models.times import BRAZIL
from ..redmine import Redmine
from .redmine_place import BoardPlace, Layout, learn_layout
from .redmine_reading import without_twins
from .redmine_repairs import Decide, retiring
from .redmine_sheet import column_values, description_of, subject_of
from .redmine_unmarked import WAY_OUT, lacks_field, marking, unmarked, without_field

NAME = "Quadro no Redmine"
_NOT_THERE = "o chamado não está no quadro"
_UNNAMED = str.maketrans("'%", "__")
"""Redmine itself would put ``_`` there, and the file would not be found again by its name."""


class ChamadoTasks:
    """A chamado is the task whose field holds the draft's id.

    Of several (two sent the same draft in the same moment) it is the first; who made another reproves it.
    """

    def __init__(
        self,
        redmine: Redmine,
        place: BoardPlace,
        labels: Labels,
        keep_out: Iterable[Path],
        copies: Path | None,
    ) -> None:
        self._redmine = redmine
        self._place = place
        self._labels = labels
        self._keep_out = tuple(keep_out)
        self._copies = copies
        self._known: Layout | None = None
        self._learning = asyncio.Lock()
        self._numbers: dict[str, int] = {}
        self._unmarked: Mapping[str, int] | None = None

    async def layout(self) -> Layout:
        """What this Redmine calls what is needed; SettingsError names what it lacks."""
        async with self._learning:
            if self._known is None:
                self._known = await learn_layout(self._redmine, self._place, self._labels)
            return self._known

    async def rows(self, since: datetime | None = None) -> tuple[Task, ...]:
        """The tasks of all chamados, or of those changed ``since``, as lists have them: without history."""
        changed = {} if since is None else {"updated_on": f">={since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        layout = await self.layout()
        found: dict[int, Task] = {}
        for project in layout.projects:
            asked = {"project_id": project, "status_id": "*", f"cf_{layout.identity}": "*", **changed}
            found |= {task.id: task for task in await self._redmine.tasks_where(asked)}
        return without_twins(found.values(), layout)

    async def of(self, id: str) -> tuple[Task, ...]:
        """The tasks of a chamado, the first one first; one, but where two sent it in the same moment.

        Where Redmine does not filter by the field it gives everything, which is as good, if slow.
        """
        layout = await self.layout()
        found: dict[int, Task] = {}
        for project in layout.projects:
            asked = {"project_id": project, "status_id": "*", f"cf_{layout.identity}": id}
            for task in await self._redmine.tasks_where(asked):
                if layout.chamado_of(task) == id:
                    found[task.id] = task
        return tuple(found[number] for number in sorted(found))

    async def task(self, id: str) -> Task | None:
        """The task of a chamado, history and all; None where it has none."""
        layout = await self.layout()
        number = self._numbers.get(id)
        if number is not None:
            with suppress(NotFound):
                task = await self._redmine.task(number)
                if layout.chamado_of(task) == id:
                    return task
            self._numbers.pop(id, None)  # another call may have been here meanwhile
        found = await self.of(id)
        if not found:
            return None
        self._numbers[id] = found[0].id
        return await self._redmine.task(found[0].id)

    async def revise(self, id: str, decide: Decide) -> Task:
        """As `Redmine.revise`; NotFound where there is no such chamado."""
        layout = await self.layout()

        def still(task: Task) -> Mapping[str, object] | None:
            if layout.chamado_of(task) != id:
                raise NotFound(NAME, _NOT_THERE)
            return decide(task)

        if (number := self._numbers.get(id)) is not None:
            with suppress(NotFound):
                return await self._redmine.revise(number, still)
        found = await self.task(id)
        if found is None:
            raise NotFound(NAME, _NOT_THERE)
        return await self._redmine.revise(found.id, still)

    async def create(self, record: Chamado, *, copied: bool) -> Task:
        """Make the task of a chamado that has none; ``copied`` from another board, as it was there.

        One that was made for it before and does not bear its id is that task. SettingsError, with nothing
        sent, where it is seen beforehand that the next one would not bear it either.
        """
        layout = await self.layout()
        if (made := (await self._look_for_unmarked(layout)).get(record.id)) is not None:
            task = await self._redmine.revise(made, marking(record, layout))
            if layout.chamado_of(task) == record.id:
                return await self.elected(record.id, await self.of(record.id))
            raise self._made_without(task.id)
        triagem = layout.number_of(ChamadoStatus.TRIAGEM)
        own = self._copies / record.id if copied and self._copies is not None else None
        uploads = await asyncio.to_thread(self._uploads, record.files, own)
        new = NewTask(
            project_id=layout.project,
            tracker_id=layout.tracker,
            status_id=triagem,
            subject=subject_of(record),
            description=description_of(
                record, [file.name for file in uploads], began=record.created_at if copied else None
            ),
            custom_fields=column_values(record, layout),
        )
        if copied:  # a deadline of then must not lie before the start
            new = new.model_copy(update={"start_date": record.created_at.astimezone(BRAZIL).date()})
        written = await self._redmine.create(new, files=uploads)
        if written.record is not None and layout.chamado_of(written.record) != record.id:
            raise self._made_without(written.id)
        try:
            return await self.elected(record.id, await self.of(record.id))
        except RemoteError as error:  # whatever it is, the task is there
            raise OutcomeUnknown(NAME, f"a tarefa {written.id} foi criada; {error.message}") from None

    async def _look_for_unmarked(self, layout: Layout) -> Mapping[str, int]:
        """Once, as long as no task is seen to be made without its field."""
        if self._unmarked is None:
            newest = await self._redmine.newest_tasks(layout.project, layout.tracker)
            if lacks_field(newest, layout):
                raise SettingsError(f"{without_field(self._place)}: nada foi enviado", way_out=WAY_OUT)
            self._unmarked = unmarked(newest, layout)
        return self._unmarked

    def _made_without(self, number: int) -> OutcomeUnknown:
        self._unmarked = None
        way_out = f"{WAY_OUT} Essa tarefa será a do chamado; não é criada outra."
        return OutcomeUnknown(
            NAME, f"{without_field(self._place)}: a tarefa {number} ficou sem ele", way_out=way_out
        )

    async def elected(self, id: str, found: Sequence[Task]) -> Task:
        """The first of the tasks of one chamado; the others are reproved as its doubles."""
        layout = await self.layout()
        if not found:
            raise NotFound(NAME, "ela não aparece na lista do projeto")
        self._numbers[id] = found[0].id
        for twin in found[1:]:
            with suppress(RemoteError):  # readers pass it over anyhow
                await self._redmine.revise(twin.id, retiring(layout, id, found[0].id))
        return await self._redmine.task(found[0].id)

    def _uploads(self, entries: Iterable[str], own: Path | None) -> tuple[Upload, ...]:
        paths = [Path(entry).expanduser() for entry in entries if not is_link(entry)]
        read = [read_upload(path, self._kept_out(path, own), system=NAME) for path in paths]
        return tuple(replace(upload, name=upload.name.translate(_UNNAMED)) for upload in read)

    def _kept_out(self, path: Path, own: Path | None) -> tuple[Path, ...]:
        # the copies of a chamado may lie in a folder that is private otherwise; they were to be sent once
        is_own = own is not None and path.resolve().is_relative_to(own.resolve())
        return () if is_own else self._keep_out
