"""Pendências: every operation without an outcome, what is known of it, and the analyst's word on it."""

from collections.abc import Awaitable, Iterable, Iterator

from textual import on, work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.feed import Trouble
from clients.models.fields import Vocabulary
from clients.models.slack_talk import Following, Question
from clients.models.text import safe_text
from tui.commands.catalog import PENDING
from tui.flows.answer import FLOW as ANSWER
from tui.flows.step_words import step_text, step_words, subject_of
from tui.flows.workflows import Steps
from tui.intent import Intent, State
from widgets.bound import bound
from widgets.cells import Tone
from widgets.key_bar import KeyBar
from widgets.pending_pane import PendingPane, PendingRow
from widgets.phrases import counted, hour_minute

from .confirm import ConfirmScreen
from .desk_screen import DeskScreen
from .question import QuestionScreen, beginning, question_row
from .settle import SettleScreen
from .ticket_pages import TicketPages

_MARKS = {
    State.PLANNED: ("·", Tone.PLAIN),
    State.SENDING: ("↻", Tone.WARN),
    State.UNSURE: ("↻", Tone.WARN),
    State.ASK: ("?", Tone.WARN),
    State.DONE: ("✓", Tone.GOOD),
    State.FAILED: ("–", Tone.DIM),
}
_REFUSED = ("✖", Tone.BAD)
_ENDED = {State.DONE: "feito", State.FAILED: "não feito"}
"""Steps are told as what is to be done; of these it has to be said that it was, or will not be."""
_UNFOLLOW = "Deixar de acompanhar"
_ELSEWHERE = (
    "Nada mudou: outra sessão está cuidando disto, ou o passo já não espera. Olhe de novo em minutos."
)


class PendingScreen(DeskScreen):
    """A page over whatever was in view."""

    VERBS = PENDING
    TITLE = "Pendências"
    ABOUT = """\
O que você confirmou e ainda não teve desfecho. Nada é enviado duas
vezes: depois de uma resposta perdida o Plantão confere lá antes de
repetir, e onde conferir não basta pergunta a você (Enter no passo).
Um passo recusado espera: mande tentar de novo, volte ao formulário,
pule ou desista.
As perguntas ao gestor ficam aqui até você deixar de acompanhá-las."""
    BINDINGS = bound(PENDING)

    def __init__(self, watched: str = "", *, passing: bool = False) -> None:
        """``watched`` is a workflow that is shown to its end, also where that was good.

        ``passing`` is a page that goes by itself where that was good and there is nothing to be read.
        """
        super().__init__()
        self._watched = watched
        self._passing = passing
        self._intents: dict[str, Intent] = {}
        self._loaded = False
        self._shown: set[str] = set()
        """Steps that the cursor was brought to."""
        self._questions: dict[str, Question] = {}
        self._read: set[tuple[str, str]] = set()
        """Questions with the newest answer that was opened here."""
        self._forms: dict[str, int] = {}
        """Tickets whose form became an operation, by that."""

    def content(self) -> Iterable[Widget]:
        """The list."""
        return [PendingPane(clock=self.plantao.minute)]

    @property
    def pane(self) -> PendingPane:
        """The list."""
        return self.query_one(PendingPane)

    def on_mount(self) -> None:
        """Show what there is."""
        self.pane.focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """A question was answered meanwhile."""
        super().on_screen_resume()
        self.reload()

    @property
    def is_over(self) -> bool:
        """Whether nothing is open any more, as far as is shown."""
        return self._loaded and not any(intent.is_open for intent in self._intents.values())

    @work(exclusive=True, group="pending", exit_on_error=False)
    async def reload(self) -> None:
        """Show what is open by now."""
        desk = self.plantao.desk
        try:
            await desk.ready()
            answers = await desk.disk(desk.local.journal.pending)
            workflows = await desk.workflows.pending()
            questions = await desk.disk(desk.local.questions.open)
            self._forms = await desk.disk(desk.local.attendances.confirmed)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return
        words = desk.account.vocabulary
        shown = [(intent,) for intent in answers if intent.flow == ANSWER]
        if self._watched and not any(steps[0].workflow == self._watched for steps in workflows):
            workflows = (*workflows, await desk.disk(desk.local.journal.workflow, self._watched))
        operations = sorted((*shown, *workflows), key=lambda steps: steps[0].planned_at)
        self._intents = {step.op_id: step for steps in operations for step in steps}
        self._intents |= {steps[0].workflow: _stopped(steps) for steps in operations}
        self._questions = {question.id: question for question in questions}
        self._loaded = True
        self.pane.show(
            [
                *(row for steps in operations for row in pending_rows(steps, words)),
                *map(question_row, questions),
                *map(_trouble_row, self.plantao.news.troubles),
            ]
        )
        self._to_what_stopped()
        self._tell_bar()
        if self._passing and self.is_current and self._went_well:
            self.leave()

    @property
    def _went_well(self) -> bool:
        steps = [step for step in self._intents.values() if step.workflow == self._watched]
        return bool(steps) and all(step.state is State.DONE and not step.evidence for step in steps)

    def _to_what_stopped(self) -> None:
        """What the watched operation stopped at comes under the cursor, so that the reason is read."""
        stopped = self._intents.get(self._watched)
        if stopped is not None and stopped.op_id not in self._shown and _needs_a_word(stopped):
            self._shown.add(stopped.op_id)
            self.pane.select(stopped.op_id)

    @property
    def _current(self) -> Intent | None:
        row = self.pane.highlighted
        return self._intents.get(row.key) if row else None

    @property
    def _question(self) -> Question | None:
        row = self.pane.highlighted
        return self._questions.get(row.key) if row else None

    # ── verbs ──

    def why_not(self, command_id: str) -> str | None:
        """Verbs need an operation, and one that is theirs."""
        if command_id == "copiar":
            return None if self._copied else "Só o texto de um passo, ou o link de uma pergunta, se copia."
        if command_id not in ("tentar-de-novo", "corrigir", "pular-passo", "desistir"):
            return None
        if self._question is not None:
            if command_id == "pular-passo":
                return None
            return f"Isto é uma pergunta: só {self.plantao.key_of('pular-passo')} {_UNFOLLOW} vale aqui."
        intent = self._current
        if intent is None:
            return "Não há operação sob o cursor."
        if command_id != "pular-passo" and intent.workflow in self._intents:
            intent = self._intents[intent.workflow]  # of whichever row of it: the step that it stands at
        if not intent.is_open:
            return "Isto já teve desfecho."
        if intent.flow == ANSWER:
            key = self.plantao.key_of("lista.abrir")
            return f"O texto desta mensagem é um rascunho; {key} diz se ela chegou."
        if self.plantao.desk.workflows.running(intent.workflow):
            return "Esta operação está em andamento."
        if command_id == "corrigir":
            return self._why_not_mended(intent)
        if command_id == "tentar-de-novo" and intent.state is State.ASK:
            return f"Diga antes se o passo foi feito ({self.plantao.key_of('lista.abrir')})."
        if command_id == "pular-passo" and intent.state not in (State.PLANNED, State.ASK):
            return "Só um passo que não foi feito pode ser pulado."
        return None

    def _why_not_mended(self, intent: Intent) -> str | None:
        if intent.workflow not in self._forms:
            return "Isto não veio de um atendimento: não há formulário a que voltar."
        if intent.state is not State.PLANNED:
            return "Antes é preciso saber se o passo que parou foi feito."
        return None

    @on(PendingPane.Highlighted)
    def _tell_bar(self) -> None:
        """Only what can be done on the row is named."""
        names = ("tentar-de-novo", "corrigir", "pular-passo", "desistir")
        bar = self.query_one(KeyBar)
        bar.labels = {"pular-passo": _UNFOLLOW} if self._question is not None else {}
        bar.left_out = frozenset(name for name in names if self.why_not(name) is not None)

    def do_tentar_de_novo(self) -> None:
        """Go on from where it stopped."""
        if (intent := self._current) is not None:
            self.plantao.carrier.carry(intent.workflow)

    @work(group="decide", exit_on_error=False)
    async def do_corrigir(self) -> None:
        """Back to the form, with what was typed of all that is not done yet."""
        intent, app = self._current, self.plantao
        if intent is None:
            return
        stopped, ticket_id = self._intents[intent.workflow], self._forms[intent.workflow]
        if not await self._give_up(app.desk.workflows.give_up(intent.workflow, certain=True)):
            return
        self.leave()  # and with it go this page's workers
        opening = TicketPages(app).attend(ticket_id, refusal=stopped.evidence)
        app.keys_wait_for(app.run_worker(opening, group="attend", exit_on_error=False))

    @work(group="decide", exit_on_error=False)
    async def do_pular_passo(self) -> None:
        """Give up the step that stopped, and what needs it; of a question, stop following it."""
        intent, desk = self._current, self.plantao.desk
        if (question := self._question) is not None:
            await self._stop_following(question)
        if intent is None:
            return
        told = step_words(intent, desk.account.vocabulary)
        about = f"{told}\n\nEle não será feito, nem o que depende dele. O resto da operação fica à espera."
        if await self.app.push_screen_wait(ConfirmScreen("Pular este passo?", about, "Pular")):
            await self._give_up(desk.workflows.skip(intent))

    async def _stop_following(self, question: Question) -> None:
        desk, answer = self.plantao.desk, question.answer
        if answer is not None and (question.id, answer.ts) not in self._read:
            about = f"A resposta ainda não foi aberta.\n\n{answer.who}: {beginning(answer.text, 200)}"
            if not await self.app.push_screen_wait(ConfirmScreen(f"{_UNFOLLOW}?", about, _UNFOLLOW)):
                return
        try:
            await desk.disk(desk.local.questions.set_state, question.id, Following.SETTLED)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return
        await self.plantao.news.look()
        self.reload()

    @property
    def _copied(self) -> str:
        """A question's address, or the text that the step under the cursor sends."""
        if self._question is not None:
            return self._question.permalink
        row = self.pane.highlighted
        return row.sends if row is not None else ""

    def do_copiar(self) -> None:
        """That, by OSC 52."""
        self.plantao.copy(self._copied)

    @work(group="decide", exit_on_error=False)
    async def do_desistir(self) -> None:
        """Give up all that was not done."""
        intent, desk = self._current, self.plantao.desk
        if intent is None:
            return
        about = f"{subject_of(intent)}: o que já foi feito fica feito; o resto não será."
        if await self.app.push_screen_wait(ConfirmScreen("Desistir da operação?", about, "Desistir")):
            await self._give_up(desk.workflows.give_up(intent.workflow))

    async def _give_up(self, giving_up: Awaitable[Steps]) -> bool:
        """Whether anything was given up."""
        given_up: Steps = ()
        try:
            given_up = await giving_up
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        else:
            if not given_up:
                self.plantao.refuse(_ELSEWHERE)
        await self._changed()
        return bool(given_up)

    def do_voltar(self) -> None:
        """Back to what was in view."""
        self.leave()

    @on(PendingPane.Chosen)
    @work(group="decide", exit_on_error=False)
    async def _asked(self) -> None:
        intent, desk = self._current, self.plantao.desk
        if (question := self._question) is not None:
            if question.answer is not None:
                self._read.add((question.id, question.answer.ts))
            self.app.push_screen(QuestionScreen(question))
        if intent is None:
            return
        if intent.state is not State.ASK:
            self.plantao.refuse("Aqui não há o que decidir: só um passo marcado com ? depende de você.")
            return
        done = await self.app.push_screen_wait(SettleScreen(intent, desk.account.vocabulary))
        if done is None:
            return
        try:
            await self._decide(intent, done=done)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        await self._changed()

    async def _decide(self, intent: Intent, *, done: bool) -> None:
        if intent.flow == ANSWER:
            await self.plantao.outbox.decide(intent, sent=done)
        elif await self.plantao.desk.workflows.decide(intent, done=done) is not None:
            self.plantao.carrier.carry(intent.workflow)
        else:
            self.plantao.refuse(_ELSEWHERE)

    async def _changed(self) -> None:
        await self.plantao.carrier.look()
        self.reload()


def _trouble_row(trouble: Trouble) -> PendingRow:
    told = "\n".join(filter(None, (trouble.message, trouble.way_out)))
    return PendingRow(
        f"trouble:{trouble.title}:{trouble.message}", trouble.title, "▲", Tone.WARN, evidence=told
    )


def _stopped(steps: Steps) -> Intent:
    """The step that an operation stands at."""
    return next((step for step in steps if step.is_open), steps[-1])


def _needs_a_word(step: Intent) -> bool:
    """Whether nothing goes on without the analyst."""
    return step.state is State.ASK or (step.state is State.PLANNED and bool(step.evidence))


def pending_rows(steps: Steps, words: Vocabulary) -> Iterator[PendingRow]:
    """An operation, and below it its steps."""
    done = sum(step.state is State.DONE for step in steps)
    confirmed = f"confirmada {hour_minute(steps[0].planned_at)}"
    count = f"{done} de {counted(len(steps), 'passo', 'passos')} · " if len(steps) > 1 else ""
    over = "tudo feito · " if done == len(steps) else ""
    stopped = _stopped(steps)
    yield PendingRow(steps[0].workflow, subject_of(steps[0]), about=f"{over}{count}{confirmed}")
    for step in steps:
        refused = step.state is State.PLANNED and step is stopped and _needs_a_word(step)
        mark, tone = _REFUSED if refused else _MARKS[step.state]
        told, about = step_words(step, words), _ENDED.get(step.state, "")
        text = safe_text(step_text(step))
        yield PendingRow(step.op_id, told, mark, tone, about=about, evidence=_known(step), sends=text)


def _known(step: Intent) -> str:
    """What is known of a step's outcome; of one that is looked for, when it will be."""
    if step.state not in (State.SENDING, State.UNSURE) or step.deadline is None:
        return step.evidence
    looking = f"Sem resposta ainda: o Plantão confere no servidor às {hour_minute(step.deadline)}."
    return "\n".join(filter(None, (step.evidence, looking)))
