"""Workflows on their way: carried on in the background, their outcome told, settled at the next start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.errors import PlantaoError
from clients.models.feed import Trouble
from widgets.cells import clip

from .flows.announcing import CLAIM, SEND
from .flows.engine import Elsewhere, Refused, Sent, Unknown
from .flows.step_words import step_words, subject_of
from .flows.ticket_fields import KIND as FIELDS
from .flows.ticket_fields import edit_of
from .flows.workflows import Progress, Workflows
from .intent import Intent, State, Step

if TYPE_CHECKING:
    from .app import PlantaoApp

LONGEST_TOLD = 100
"""Cells of what a toast says of a step that was done."""
LETTERS = (CLAIM, SEND)
"""Steps after which nothing is different anywhere."""
_ONCE = "Recusado: nada foi feito, e nada ficou pendente."
_LOOKING = Trouble(
    "Resposta do servidor perdida",
    "Pode ter sido feito. Conferindo antes de qualquer outra coisa…",
)


@dataclass(frozen=True)
class Result:
    """What became of one workflow, on one line."""

    subject: str
    done: bool
    told: str
    in_full: bool = True
    """Whether everything was taken; what was not has been told."""
    certain: bool = False
    """Of what is not done: whether it is known that nothing of it was."""


class Carrier:
    """Carries workflows on for the app, so that no screen has to stay open for them."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._going = 0
        self._open: frozenset[str] = frozenset()
        self._set: dict[int, dict[str, JsonValue]] = {}

    @property
    def on_the_way(self) -> int:
        """How many workflows are being carried on right now."""
        return self._going

    @property
    def open(self) -> int:
        """How many workflows stopped before their end, as far as was last looked."""
        return len(self._open)

    def set_here(self, ticket_id: int) -> Mapping[str, JsonValue]:
        """Fields of a ticket as this session set them last: what the queue may not know yet."""
        return self._set.get(ticket_id, {})

    def start(
        self,
        steps: Sequence[Step],
        said: str = "",
        *,
        also: Callable[[str], object] = lambda workflow: None,
        ended: Callable[[Result], object] = lambda result: None,
        once: bool = False,
    ) -> None:
        """Carry one workflow out in the background; say what became of it, once done in the words ``said``.

        Without such words the steps are told; ``also`` is as of `Journal.plan`, ``ended`` is told what became
        of it. ``once`` is as of `result`.
        """
        self._app.run_worker(self._start(steps, said, also, ended, once), group="work", exit_on_error=False)

    def carry(self, workflow: str, said: str = "", *, quietly: bool = False) -> None:
        """Carry a planned workflow out, or one that stopped, in the background.

        ``said`` is told once all is done, in the place of its subject; ``quietly`` tells only of what went
        wrong.
        """
        self._app.run_worker(self._carry(workflow, said, quietly), group="work", exit_on_error=False)

    def settle(self) -> None:
        """Find out, by looking, what became of the workflows that were interrupted."""
        self._app.run_worker(self._settle(), group="settle-work", exclusive=True, exit_on_error=False)

    async def result(
        self,
        steps: Sequence[Step],
        also: Callable[[str], object] = lambda workflow: None,
        *,
        once: bool = False,
    ) -> Result:
        """Carry one workflow out and return what became of it; ``also`` is as of `Journal.plan`.

        With ``once`` nothing that was refused waits in Pendências: only what may have been done does.
        """
        subject, words = subject_of(steps[0]), self._app.desk.account.vocabulary
        for step in steps:
            self._app.timekeeper.note(step.target)
        try:
            planned = await self._workflows.plan(steps, also=also)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return Result(subject, False, error.message, certain=True)
        progress = await self._carried(planned[0].workflow, once=once)
        if progress is None:
            return Result(subject, False, "não deu para gravar o andamento")
        if progress.is_done:
            told = "; ".join(step_words(step, words) for step in steps)
            return Result(subject, True, told, in_full=not progress.troubles)
        return Result(subject, False, _why(progress), certain=_nothing_done(progress))

    async def look(self) -> None:
        """Count anew what stopped before its end."""
        pending = await self._workflows.pending()
        stopped = (steps for steps in pending if not self._workflows.elsewhere(steps))
        names = [steps[0].workflow for steps in stopped]
        self._open = frozenset(name for name in names if not self._workflows.running(name))
        self._app.tell_top()

    # ── below ──

    @property
    def _workflows(self) -> Workflows:
        return self._app.desk.workflows

    async def _carry(self, workflow: str, said: str, quietly: bool) -> None:
        progress = await self._carried(workflow)
        if progress is None or quietly:
            return
        subject = subject_of(progress.steps[0])
        if progress.is_done and not progress.troubles:
            alone = len(progress.steps) == 1
            words = self._app.desk.account.vocabulary
            done = step_words(progress.steps[0], words) if alone else "operação concluída."
            self._app.say(clip(said or f"✓ Feito: {subject} · {done}", LONGEST_TOLD))
        elif isinstance(progress.last, Elsewhere):
            self._app.refuse(f"{subject}: {_why(progress)}; espere uns minutos.")

    async def _start(
        self,
        steps: Sequence[Step],
        said: str,
        also: Callable[[str], object],
        ended: Callable[[Result], object],
        once: bool,
    ) -> None:
        result = await self.result(steps, also, once=once)
        ended(result)
        if result.done and result.in_full:
            self._app.say(clip(f"✓ Feito: {result.subject} · {said or result.told}", LONGEST_TOLD))

    async def _carried(self, workflow: str, *, once: bool = False) -> Progress | None:
        self._going += 1
        closed: Sequence[Intent] = ()
        self._app.tell_top()
        try:
            progress = await self._workflows.carry_on(workflow, self._moved)
            if once and isinstance(progress.last, Refused):
                closed = await self._closed(workflow)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return None
        finally:
            self._going -= 1
            self._app.work_moved()
        await self._told(progress, waits=not closed)
        return progress

    async def _closed(self, workflow: str) -> Sequence[Intent]:
        """What of it was given up after a refusal, whose reason is told also where nothing could be."""
        try:
            return await self._workflows.give_up(workflow, certain=True, why=_ONCE)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return ()

    async def _settle(self) -> None:
        for steps in await self._workflows.pending():
            if self._workflows.running(steps[0].workflow) or not self._workflows.reaches(steps):
                continue
            try:
                await self._told(await self._workflows.settle(steps[0].workflow, self._tell_unsure))
            except PlantaoError as error:
                self._app.report(error.trouble)
                return
        await self.look()

    def _moved(self, intent: Intent) -> None:
        self._tell_unsure(intent)
        self._app.work_moved()

    def _tell_unsure(self, intent: Intent) -> None:
        if intent.state is State.UNSURE:
            self._app.report(_LOOKING)

    async def _told(self, progress: Progress, *, waits: bool = True) -> None:
        """``waits``: what was refused is in Pendências."""
        try:
            await self.look()
        except PlantaoError as error:  # what became of it is told all the same
            self._app.report(error.trouble)
        self._note_fields(progress)
        subject, key = subject_of(progress.last.intent), self._app.key_of("pendencias")
        for trouble in progress.troubles:
            self._app.report(trouble)
        match progress.last:
            case Refused(step, trouble):
                told = trouble.message
                if len(progress.steps) > 1:
                    told = f"{step_words(step, self._app.desk.account.vocabulary)}: {told}"
                where = f" {key} mostra as pendências." if waits else ""
                way_out = f"{trouble.way_out}{where}".strip()
                self._app.report(Trouble(f"{subject}: {trouble.title}", told, way_out))
            case Unknown():
                self._app.refuse(f"Não deu para saber se um passo do {subject} foi feito. {key} decide.")
            case Sent() | Elsewhere():
                pass
        if any(step.kind not in LETTERS for step in progress.steps):
            self._app.refresh_sources()
        if any(step.kind.startswith("redmine.") for step in progress.steps):
            self._app.read_again(progress.steps[0].target)

    def _note_fields(self, progress: Progress) -> None:
        for step in progress.steps:
            # evidence tells of a field that the server left out, or that nobody but the server knows
            if step.kind == FIELDS and step.state is State.DONE and not step.evidence:
                edit = edit_of(step)
                self._set[edit.ticket_id] = {**self.set_here(edit.ticket_id), **edit.changes}


def _nothing_done(progress: Progress) -> bool:
    untouched = all(step.state in (State.PLANNED, State.FAILED) for step in progress.steps)
    return isinstance(progress.last, Refused) and untouched


def _why(progress: Progress) -> str:
    match progress.last:
        case Refused(_, trouble):
            return trouble.message
        case Unknown(intent):
            return f"sem desfecho: {intent.evidence}"
        case Elsewhere():
            return "outra sessão está cuidando disto"
        case Sent():
            return "parou antes do fim"
