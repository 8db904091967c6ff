"""The page of a walk: its steps, the one that is looked at, what is written there, kept as it is typed."""

from collections.abc import Callable, Coroutine, Iterable, Mapping

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.worker import Worker

from clients.errors import PlantaoError
from clients.models.guards import Sight, sights
from clients.models.runbook import Step, filled
from clients.models.times import at
from clients.models.walk import Outcome, Walk
from tui.desk import Desk
from tui.drafts import walk_key
from widgets.cells import Line, Piece, Tone, line_width
from widgets.key_bar import KeyBar
from widgets.one_line import OneLine
from widgets.runbook_step import RunbookStep
from widgets.runbook_steps import RunbookSteps
from widgets.runbook_text import StepView

from .draft_screen import DraftScreen

BUSY = "Espere: o que você pediu ainda não terminou."


class _Title(OneLine):
    """What is walked, by whom, since when; what it is about only where all of that fits."""

    def lay_out(self, width: int) -> Line:
        """With or without the last piece."""
        return self.line if line_width(self.line) <= width else self.line[:-1]


class RunbookPage(DraftScreen):
    """What is shown and what is written; the verbs are the subclass's."""

    MODE = "4"
    ON_ENTER = "O passo do cursor está como esperado: ir ao próximo"
    BELOW_FIRST = "Há um roteiro aberto abaixo: volte a ele e feche-o; ele continua de onde parou."
    CLOSE_FIRST = "Feche primeiro esta página: o roteiro continua de onde parou."
    DEFAULT_CSS = """
    RunbookPage > OneLine { padding: 0 1; }
    RunbookPage > Horizontal { height: 1fr; }
    RunbookPage RunbookSteps { width: 34; }
    RunbookPage.-wide RunbookSteps { width: 46; }
    """

    def __init__(self, desk: Desk, walk: Walk, texts: Mapping[str, str]) -> None:
        """``texts`` is what was written at steps, by their id, and not recorded yet."""
        super().__init__(desk)
        self._walk = walk
        self._texts = dict(texts)
        self._looked = self._due
        self._busy = False
        self._long: Worker[None] | None = None

    @property
    def ticket_id(self) -> int | None:
        """A walk is about a service, not about a ticket."""
        return None

    def content(self) -> Iterable[Widget]:
        """What is walked and where, the steps, the one that is looked at."""
        clock = self.plantao.minute
        yield _Title(self._title_line())
        yield OneLine(self._place_line())
        with Horizontal():
            yield RunbookSteps(clock=clock)
            step = RunbookStep(clock=clock)
            step.add_class("-divided")
            yield step

    def on_mount(self) -> None:
        """The step that is due."""
        self.steps.show(self._walk)
        self.go_to(self._looked)
        self.watch(self.app, "walks", self._take_walks, init=False)
        for name in ("services", "occupied", "occupied_doubt"):
            self.watch(self.app, name, self._tell_what_is_seen, init=False)

    @property
    def steps(self) -> RunbookSteps:
        """The list."""
        return self.query_one(RunbookSteps)

    @property
    def step(self) -> RunbookStep:
        """The step that is looked at."""
        return self.query_one(RunbookStep)

    def go_to(self, step: Step) -> None:
        """Look at ``step``, ready to write where something is to be written."""
        self._looked = step
        self.steps.look_at(step.id)
        self.tell(afresh=True)
        if self.step.has_field:
            self.step.write()
        else:
            self.steps.focus()

    def walked(self, walk: Walk) -> None:
        """The walk went on; one goes along where the step that is looked at was dealt with."""
        before, self._walk = self._walk, walk
        self.steps.show(walk)
        if walk.dealt_with(self._looked) != before.dealt_with(self._looked):
            self.go_to(self._due)
        else:
            self.tell()

    def tell(self, *, afresh: bool = False) -> None:
        """Show the step as things are now; what is written at it only ``afresh``, where it was not typed."""
        self.step.show(self._view(), afresh=afresh)
        self.tell_bar()

    def tell_bar(self) -> None:
        """Only what can be done at the step is named."""
        names = ("executar-local", "copiar-comando", "perguntar-quem-esta")
        dealt = all(self._walk.dealt_with(step) is not None for step in self._walk.runbook.steps)
        bar = self.query_one(KeyBar)
        bar.left_out = frozenset(name for name in names if self.why_not(name) is not None)
        bar.called_for = frozenset(("encerrar-roteiro", "exportar-roteiro") if dealt else ())

    def _tell_what_is_seen(self) -> None:
        self.tell()

    def _take_walks(self, walks: tuple[Walk, ...]) -> None:
        """Steps are done here, in Pendências and in the analyst's other sessions."""
        walk = next((each for each in walks if each.id == self._walk.id), self._walk)
        if walk != self._walk:
            self.walked(walk)

    def tick(self) -> None:
        """Ages grow."""
        self.tell()

    @property
    def _due(self) -> Step:
        """Where one stands: the step that one stopped at, or the next; the last where all are done."""
        return self._walk.stopped_at or self._walk.current or self._walk.runbook.steps[-1]

    # ── one thing at a time ──

    def take_up(self, doing: Coroutine[None, None, None], *, takes_long: bool = False) -> None:
        """Have ``doing`` done, which waits for the disk, for Slack and for the analyst.

        Keys wait for it, unless it ``takes_long``: then it can be stopped.
        """
        if self._busy:
            doing.close()
            self.plantao.refuse_key(BUSY)
            return
        self._busy = True
        worker = self._carry_out(doing)
        if takes_long:
            self._long = worker
        else:
            self.plantao.keys_wait_for(worker)

    def stop_what_takes_long(self) -> bool:
        """Stop it; False where nothing does."""
        worker, self._long = self._long, None
        if worker is not None:
            worker.cancel()
        return worker is not None

    @work(group="step", exit_on_error=False)
    async def _carry_out(self, doing: Coroutine[None, None, None]) -> None:
        try:
            await doing
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        finally:
            self._busy, self._long = False, None
            self.say_doing("")

    def say_doing(self, said: str) -> None:
        """Show what is waited for; nothing once it is over."""
        for step in self.query(RunbookStep):
            step.doing = said

    # ── what is shown ──

    @property
    def places(self) -> dict[str, str]:
        """What fills the places of a command."""
        walk = self._walk
        return {"cliente": walk.client, "servico": walk.service, "servidor": self._server}

    @property
    def _server(self) -> str:
        return self._walk.server or self._desk.server_room.code_of(self._walk.client)

    def sights(self, step: Step) -> tuple[Sight, ...]:
        """What is seen of the guards of ``step`` now."""
        desk, client = self._desk, self._walk.client
        return sights(
            step,
            self._walk,
            self.plantao.services,
            desk.server_room.people(client),
            desk.server_room.doubt_about(client),
            desk.clock(),
            fresh=desk.fresh_services,
        )

    def written(self, step: Step) -> str:
        """What is written at ``step``: not recorded yet, or else what was recorded."""
        mark = self._walk.dealt_with(step)
        return self._texts.get(step.id, mark.found if mark and step.record else "")

    def command(self, step: Step) -> tuple[str, str]:
        """The command of ``step`` with its places filled, and why they may not be."""
        try:
            return filled(step.command, self.places, self._desk.settings.runbooks.programs), ""
        except ValueError as error:
            return step.command, str(error)

    def _view(self) -> StepView:
        step, steps = self._looked, self._walk.runbook.steps
        mark = self._walk.dealt_with(step)
        done = mark is not None and mark.outcome is Outcome.DONE
        command, fault = self.command(step)
        seen = () if done else self.sights(step)
        number = steps.index(step) + 1
        return StepView(step, number, len(steps), mark, seen, command, fault, self.written(step))

    def _title_line(self) -> tuple[Piece, ...]:
        walk = self._walk
        begun = f" · {walk.who}, desde {at(walk.begun_at, self._desk.clock())}"
        about = f" · {walk.runbook.about}" if walk.runbook.about else ""
        return (Piece(walk.runbook.title, Tone.STRONG), Piece(begun), Piece(about, Tone.DIM))

    def _place_line(self) -> tuple[Piece, ...]:
        walk = self._walk
        server = (
            Piece(f"servidor {self._server}") if self._server else Piece("servidor sem código", Tone.WARN)
        )
        where = " · ".join(filter(None, (walk.client, walk.service)))
        return (Piece(f"{where} · "), server)

    # ── what is written ──

    @on(RunbookSteps.Looked)
    def _look_at(self, event: RunbookSteps.Looked) -> None:
        if event.step_id != self._looked.id:
            self._looked = next(step for step in self._walk.runbook.steps if step.id == event.step_id)
            self.tell()

    @on(RunbookStep.Written)
    def _written(self, event: RunbookStep.Written) -> None:
        self.keep_text(event.step_id, event.text)

    def keep_text(self, step_id: str, text: str) -> None:
        """Keep what is written at a step."""
        self._texts[step_id] = text
        key, drafts = walk_key(self._walk.id, step_id), self._desk.local.drafts
        self.keep(key, lambda: drafts.save(key, text))

    def say_kept(self, kept: str, unkept: str) -> None:
        """At the field."""
        for step in self.query(RunbookStep):
            step.kept, step.unkept = kept, unkept

    async def kept_on_disk(self, change: Callable[[], Walk]) -> bool:
        """Have the walk changed on disk, and only then shown. False where that may not be; it says why."""
        await self._desk.saver.flush()
        try:
            self.walked(await self._desk.disk(change))
            await self.plantao.server_watch.reload()
        except LookupError:
            self.plantao.refuse("Este roteiro não está mais guardado.")
        except ValueError as error:
            self.plantao.refuse(f"Antes: {error}.")
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        else:
            return True
        return False
