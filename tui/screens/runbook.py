"""A runbook being walked for one service: one step at a time, each on disk before the next is shown."""

from textual import on, work

from clients.errors import PlantaoError
from clients.models.guards import ONLY_WHEN_FREE, ONLY_WHEN_RED, Sight
from clients.models.runbook import Guard, Step
from clients.models.text import safe_text
from clients.models.walk import Outcome
from tui.commands.catalog import RUNBOOK
from tui.drafts import walk_key
from tui.walks import end_walk
from widgets.bound import bound
from widgets.phrases import counted, sentence
from widgets.runbook_steps import RunbookSteps

from .announce import announce
from .confirm import ConfirmScreen
from .line import LineScreen
from .runbook_asks import BarredScreen, FoundScreen, StoppedScreen, Way
from .runbook_verbs import RunbookVerbs

_RULES = {Guard.RED: ONLY_WHEN_RED, Guard.FREE: ONLY_WHEN_FREE}


class RunbookScreen(RunbookVerbs):
    """The verbs of a walk. Only one of them is at work at a time."""

    VERBS = RUNBOOK
    TITLE = "Roteiro"
    ABOUT = """\
Um passo por vez, cada um guardado com quem, quando e o que foi
encontrado. No servidor do cliente só se entra quando algo está
vermelho nele e ninguém mais está lá; entrada e saída se anunciam.
O que alguém deixou aberto fica aberto. Nada é parado nem
reiniciado: se algo está diferente do esperado, pare e pergunte.
Fechar a página não encerra o roteiro: ele continua de onde parou."""
    BINDINGS = bound(RUNBOOK)

    _gone_on = ""
    """The step that was not as expected, and after which the analyst said to go on."""

    def on_screen_resume(self) -> None:
        """What waits in Pendências may have been decided."""
        super().on_screen_resume()
        self._read_again()

    def work_moved(self) -> None:
        """An announcement may have got through."""
        self._read_again()

    @work(exclusive=True, group="walk", exit_on_error=False)
    async def _read_again(self) -> None:
        try:
            await self.plantao.server_watch.reload()
        except PlantaoError as error:
            self.plantao.report(error.trouble)

    # ── a step is dealt with ──

    @on(RunbookSteps.Chosen)
    def do_passo_feito(self) -> None:
        """As expected."""
        self.take_up(self._finish(self._looked))

    def do_passo_diferente(self) -> None:
        """Not as expected: say what was found, and stop."""
        self.take_up(self._differs(self._looked))

    def do_pular_este_passo(self) -> None:
        """Not done, for a reason."""
        self.take_up(self._skip(self._looked))

    async def _finish(self, chosen: Step) -> None:
        step = await self._after_the_stop(chosen)
        if step is not None:
            await self._do(step)

    async def _do(self, step: Step) -> None:
        if not self._may_be(step, Outcome.DONE, "—"):
            return
        if step.record and not self.written(step).strip():
            self.plantao.refuse(f"Antes: falta “{step.record}”.")
            self.step.write()
            return
        while sight := next((each for each in self.sights(step) if each.bars), None):
            if not await self._goes_past(sight):
                return
        if step.act is None:
            await self._record(step, Outcome.DONE, self.written(step))
        else:  # whoever comes from here on is nobody that a reason was given for
            known = [person.who for person in self._desk.server_room.people(self._walk.client)]
            beside = [f"▲ {sight.seen}" for sight in self.sights(step) if not sight.holds]
            await announce(self.plantao, self._walk, step, above=beside, accepted=known)
        await self._offer_the_end()

    async def _goes_past(self, sight: Sight) -> bool:
        """Whether the analyst goes past a guard that does not hold, saying why."""
        if sight.guard is Guard.ENTERED:
            key = self.plantao.key_of("pular-este-passo")
            self.plantao.refuse(f"A entrada não foi anunciada: {key} pula o passo, dizendo por quê.")
            return False
        about = f"{_RULES[sight.guard]}\n\n✖ {sight.seen}"
        page = BarredScreen(about, may_ask=self._may_ask and sight.guard is Guard.FREE)
        way = await self.plantao.ask(page)
        if way is Way.ASK:
            self.do_perguntar_quem_esta()
        if way is not Way.REASON:
            return False
        reason = await self.plantao.ask(
            LineScreen("Por que seguir assim mesmo", placeholder="fica no roteiro")
        )
        if reason is None:
            return False
        walks, who, walk_id = self._desk.local.walks, self._desk.author, self._walk.id
        return await self.kept_on_disk(lambda: walks.override(walk_id, sight, reason, who=who))

    async def _differs(self, step: Step) -> None:
        if not self._may_be(step, Outcome.OTHERWISE, "—"):
            return
        page = FoundScreen(
            f"O que foi encontrado · {step.title}",
            self.written(step),
            keep=lambda text: self.keep_text(step.id, text),
        )
        found = await self.plantao.ask(page)
        self.tell(afresh=True)
        if found is None or not await self._record(step, Outcome.OTHERWISE, found):
            return
        if await self._stopped(step) is Way.FINE:
            await self._do(step)

    async def _skip(self, step: Step) -> None:
        if not self._may_be(step, Outcome.SKIPPED, "—"):
            return
        reason = await self.plantao.ask(LineScreen(f"Por que pular · {step.title}"))
        if reason is not None:
            await self._record(step, Outcome.SKIPPED, reason)
            await self._offer_the_end()

    def _may_be(self, step: Step, outcome: Outcome, found: str) -> bool:
        """Whether the walk lets that become of the step; says why not."""
        try:
            self._walk.stepped(step.id, outcome, at=self._desk.clock(), who=self._desk.author, found=found)
        except ValueError as error:
            self.plantao.refuse(safe_text(sentence(str(error))))
            return False
        return True

    async def _record(self, step: Step, outcome: Outcome, found: str) -> bool:
        desk, walk_id = self._desk, self._walk.id
        before = self._texts.pop(step.id, None)
        if not await self.kept_on_disk(
            lambda: desk.local.walks.step(walk_id, step.id, outcome, who=desk.author, found=found)
        ):
            self._texts |= {} if before is None else {step.id: before}
            return False
        await desk.disk(desk.local.drafts.discard, walk_key(walk_id, step.id))
        return True

    # ── where one stands still ──

    async def _after_the_stop(self, step: Step) -> Step | None:
        """The step to take up: at one that is not as expected one stops and asks before anything else."""
        stop = self._walk.stopped_at
        if stop is None or (self._gone_on == stop.id and step.id != stop.id):
            return step
        way = await self._stopped(stop)
        if way is Way.FINE:
            return stop
        return step if way is Way.ON and step.id != stop.id else None

    async def _stopped(self, stop: Step) -> Way:
        """Say what its author wants done there, and what was written down; ask how one goes on."""
        found = self._walk.findings
        about = "\n\n".join(filter(None, (f"▲ {stop.otherwise}", found and f"Anotado até aqui\n{found}")))
        way = await self.plantao.ask(StoppedScreen(about))
        if way is Way.ASK:
            self.do_encaminhar_visto()
        if way is Way.ON:
            self._gone_on = stop.id
            if self._walk.current is not None:
                self.go_to(self._walk.current)
        return way

    # ── the end ──

    def do_encerrar_roteiro(self) -> None:
        """Close the walk for good."""
        self.take_up(self._end())

    async def _offer_the_end(self) -> None:
        if self._walk.current is None and self._walk.stopped_at is None and not self._walk.ended_at:
            await self._end()

    async def _end(self) -> None:
        walk = self._walk
        if walk.inside:
            self.plantao.refuse("Anuncie a saída do servidor antes de encerrar.")
            return
        left = sum(walk.dealt_with(step) is None for step in walk.runbook.steps)
        about = "Todos os passos têm desfecho."
        if left:
            about = f"{counted(left, 'passo não foi feito', 'passos não foram feitos')}: fica anotado assim."
        if not await self.plantao.ask(ConfirmScreen("Encerrar o roteiro?", about, "Encerrar")):
            return
        desk = self._desk
        if not await self.plantao.server_watch.give_up(walk):
            key = self.plantao.key_of("pendencias")
            self.plantao.refuse(f"Um aviso deste roteiro ainda não tem desfecho: {key} mostra.")
            return

        if await self.kept_on_disk(
            lambda: end_walk(desk.local.walks, desk.local.service_log, walk.id, desk.author)
        ):
            self.plantao.service_recall.read()
            await desk.disk(desk.local.drafts.discard_all, walk_key(walk.id))
            self.leave()
            self.plantao.say(f"Roteiro encerrado: {walk.client}.")

    def do_fechar_roteiro(self) -> None:
        """End what takes long; else from the field to the list, and from there out. The walk stays open."""
        if self.stop_what_takes_long():
            self.plantao.say("Interrompido.")
        elif self.step.is_writing:
            self.steps.focus()
        else:
            self.close_kept("Roteiro guardado: continua de onde parou.")
