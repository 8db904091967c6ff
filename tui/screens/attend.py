"""Attending a ticket: one form, one last look, every step once."""

from contextlib import suppress
from dataclasses import replace

from pydantic import JsonValue
from textual import on, work
from textual.content import Content
from textual.worker import Worker, WorkerCancelled

from clients.errors import PlantaoError
from clients.models.answer import Answer, Kind
from clients.models.attendance import AnswerKind, Attendance
from clients.models.duration import Duration
from clients.models.finding import Finding, Severity
from clients.models.template import Template
from clients.models.ticket import CLOSED, RESOLVED
from clients.models.ticket_view import TicketView
from clients.models.timer import ticket_target
from clients.models.timer_days import worked_days
from clients.models.times import day_of
from tui.desk import Desk
from tui.flows.answer import Looked
from tui.flows.around import Around
from tui.flows.attending import plan
from tui.flows.attending_checks import check, minutes_of, time_of
from tui.flows.directing import PLACE, is_directed, is_undirected, lead_answer
from tui.flows.new_task_fields import refused_fields
from tui.flows.reply_checks import reply_findings
from tui.flows.step_words import step_text, step_title
from tui.intent import Step
from widgets.attend_form import AttendForm
from widgets.form_heading import FormHeading
from widgets.phrases import counted
from widgets.ticket_news import ticket_news
from widgets.work_preview import PlannedStep, WorkPreview

from .ask_lead import ask_lead
from .attend_picks import offered, own_fields
from .beside_screen import BesideScreen
from .closing_fields import ask_closing_fields
from .last_look import WorkScreen
from .line import LineScreen
from .pending import PendingScreen
from .pick import PickScreen
from .question import lead_line
from .time_asking import told_by_day


class AttendScreen(BesideScreen):
    """The form, beside what was said so far where there is room."""

    TITLE = "Atender"
    ABOUT = AttendForm.HELP

    def __init__(self, desk: Desk, seen: TicketView, around: Around, form: Attendance) -> None:
        """``seen`` was read from the server; ``around`` is what was found then."""
        super().__init__(desk, seen)
        self._around = around
        self._form = form
        self._untold = form.refusal
        self._reading: Worker[None] | None = None

    def writing(self) -> AttendForm:
        """The form."""
        return AttendForm(self._form, self._check, _echo)

    def on_mount(self) -> None:
        """Show what there is to choose from, and what was asked."""
        self._offer()
        self._read_form()
        self.watch(self.app, "questions", self._show_questions)

    @property
    def form(self) -> AttendForm:
        """The form."""
        return self.query_one(AttendForm)

    def resume(self) -> None:
        """Back to the text, or to what stands where it would be."""
        self.form.focus_field("text" if self._form.answer is not AnswerKind.NONE else "status")

    def write(self, text: str) -> None:
        """Into the text, at the cursor."""
        self.form.insert(text)

    @on(AttendForm.ReadingWanted)
    def _read_on(self) -> None:
        self.read_on()

    # ── what is typed ──

    @on(AttendForm.Changed)
    def _changed(self, event: AttendForm.Changed) -> None:
        self._form = event.form
        if event.name in {each.field for each in refused_fields(event.form.refusal, self._around)}:
            self._form = self.form.forget_refusal()
        self._keep()
        if event.name in ("project", "task", "type"):
            self._read_form()

    def _keep(self) -> None:
        form, attendances = self._form, self._desk.local.attendances
        self.plantao.timekeeper.note(ticket_target(form.ticket_id))
        self.keep(f"attend:{form.ticket_id}", lambda: attendances.save(form))

    def say_kept(self, kept: str, unkept: str) -> None:
        """Above the form."""
        for heading in self.query(FormHeading):
            heading.kept, heading.unkept = kept, unkept

    @on(AttendForm.Closed)
    def _leave(self) -> None:
        key = self.plantao.key_of("atender")
        self.close_kept(f"Atendimento do #{self.ticket_id} guardado. Tecle {key} para continuar.")

    def _check(self, form: Attendance) -> tuple[Finding, ...]:
        found = (*check(form, self._around), *refused_fields(form.refusal, self._around))
        if form.answer is not AnswerKind.REPLY or not form.text.strip():
            return found
        answer = Answer(ticket_id=form.ticket_id, kind=Kind.REPLY, text=form.text)
        ticket, said = self._around.ticket, self._around.conversations
        desk = self._desk
        return (
            *found,
            *reply_findings(answer, ticket, said, desk.account, desk.settings, template=self._begun_from),
        )

    # ── lists ──

    def _read_form(self) -> None:
        self._reading = self._read_offers()

    @work(exclusive=True, group="form", exit_on_error=False)
    async def _read_offers(self) -> None:
        """What the project of the task offers; without it the form can still be filled in."""
        surroundings = self._desk.surroundings()
        try:
            found = await surroundings.with_form(self._around, self._form)
        except PlantaoError as error:
            self._around = replace(self._around, form=None)  # it was another project's
            self.form.say(f"▲ {error.trouble.title}: {error.message}", "$text-warning")
            return
        self._around = replace(self._around, form=found.form, statuses=found.statuses)
        self._offer()
        await self.form.show_own(own_fields(self._around))
        if not self._form.activity and (chosen := surroundings.activity(self._around)):
            self._form = self.form.preset("activity", chosen)
        self.form.check()
        refused, self._untold = refused_fields(self._untold, self._around), ""
        if refused:
            self.form.go_to(refused[0])

    def _offer(self) -> None:
        self.form.choices = offered(self._around)

    @on(AttendForm.PickWanted)
    @work(exclusive=True, group="pick", exit_on_error=False)
    async def _pick(self, event: AttendForm.PickWanted) -> None:
        picks = self.form.choices.get(event.name, ())
        if not picks:
            self.form.say("Não há o que escolher aqui, ou ainda não foi lido.", "$text-warning")
            return
        current = str(getattr(self._form, event.name))
        title = self.form.label(event.name)
        chosen = await self.plantao.ask(PickScreen(title, picks, current, event.typed))
        if chosen is not None:
            self.form.take(event.name, chosen)

    # ── text ──

    @on(AttendForm.TemplateWanted)
    def _template(self) -> None:
        self.pick_template()

    @on(AttendForm.InReviewWanted)
    def _in_review(self) -> None:
        self.insert_titled()

    def insert(self, template: Template | None) -> None:
        """A template makes it a reply where none was wanted."""
        if template is not None and self._form.answer is AnswerKind.NONE:
            self.form.take("answer", AnswerKind.REPLY.value)
        super().insert(template)

    @on(AttendForm.TimeWanted)
    @work(exclusive=True, group="time", exit_on_error=False)
    async def _take_time(self) -> None:
        desk, target = self._desk, ticket_target(self.ticket_id)
        if not await self.plantao.timekeeper.believed(target):
            return
        timer, now = await desk.disk(desk.local.timers.get, target), desk.clock()
        days = worked_days(timer, now) if timer else ()
        if not days:
            self.form.say("O cronômetro deste ticket ainda não tem um minuto.", "$text-warning")
            return
        self.form.take("time", f"{sum(day.minutes for day in days)} min")
        if any(day.day != day_of(now) for day in days):
            key = self.plantao.key_of("horas")
            self.plantao.refuse(
                f"{told_by_day(days)}: aqui tudo conta hoje. Na Mesa, {key} registra dia a dia."
            )

    # ── to whom it goes ──

    @on(AttendForm.LeadWanted)
    def _ask_lead(self) -> None:
        self.plantao.keys_wait_for(self._ask())

    @work(exclusive=True, group="lead", exit_on_error=False)
    async def _ask(self) -> None:
        await ask_lead(self.plantao, self._seen.ticket)

    def _show_questions(self) -> None:
        self._read_questions()

    @work(exclusive=True, group="questions", exit_on_error=False)
    async def _read_questions(self) -> None:
        """What was asked about the ticket, and answered: also what is no longer followed."""
        desk = self._desk
        asked = await desk.disk(desk.local.questions.of_ticket, self.ticket_id)
        self._around = replace(self._around, questions=asked)
        self.form.lead = lead_line(self._around)
        self.form.check()

    async def _reason(self, form: Attendance) -> Attendance | None:
        """The form with why it is directed without an answer, asked once; None where that is not said."""
        if not is_undirected(form, self._around) or form.undirected:
            return form
        title = f"Direcionar sem a resposta de {PLACE}: por quê?"
        reason = await self.plantao.ask(LineScreen(title, placeholder="vai para a nota interna da tarefa"))
        if reason is None:
            return None
        self.form.keep_reason(reason)
        self._form = form.model_copy(update={"undirected": reason})
        self._keep()
        return self._form

    # ── the last look, and doing it ──

    @on(AttendForm.ConfirmWanted)
    @work(exclusive=True, group="confirm", exit_on_error=False)
    async def _confirm(self) -> None:
        answering = self._desk.answering
        if answering is None:
            self.plantao.refuse("Sem conexão com o Freshdesk nada se faz; o que você escreveu está guardado.")
            return
        form = await self._reason(self._form)
        if form is None:
            return
        await self._desk.saver.flush()
        self.form.say("Conferindo se algo mudou no ticket…")
        try:
            looked = await answering.look_again(self._seen, self._desk.account.vocabulary)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return
        finally:
            self.form.say("")
        if form != self._form:
            self.plantao.refuse("O formulário mudou enquanto o ticket era conferido: confira de novo.")
            return
        self.show(looked.view)
        self._around = replace(
            self._around,
            ticket=looked.view.ticket,
            conversations=looked.view.conversations.items,
            now=self._desk.clock(),
        )
        if await self._stands_against_it():
            return
        closing = await self._closing_fields(form)
        if closing is None:
            return
        steps = plan(form, self._around, minutes_of(form), closing)
        if not steps:
            self.form.say("Nada a fazer: o ticket já está assim.", "$text-warning")
        elif await self.plantao.ask(WorkScreen(self._preview(steps, looked, await self.company()))):
            await self._carry_out(steps)

    async def _stands_against_it(self) -> bool:
        """Whether what came meanwhile blocks: what was said on the ticket, or what the project wants."""
        with suppress(WorkerCancelled):  # a newer one is at it, and what is known stands
            if self._reading is not None:
                await self._reading.wait()
        self.form.check()
        return self.form.refuses()

    async def _closing_fields(self, form: Attendance) -> dict[str, JsonValue] | None:
        if form.status not in (str(RESOLVED), str(CLOSED)) or not self._around.ticket.is_open:
            return {}
        return await ask_closing_fields(self.plantao, self._around.ticket)

    def _preview(self, steps: tuple[Step, ...], looked: Looked, company: str) -> WorkPreview:
        words, clock = self._desk.account.vocabulary, self._desk.clock
        left = [found.message for found in self.form.findings if found.severity is Severity.WARN]
        return WorkPreview(
            f" Atender o #{self.ticket_id}: {counted(len(steps), 'passo', 'passos')} ",
            [PlannedStep(step_title(step, words), step_text(step)) for step in steps],
            news=tuple(ticket_news(looked.new, looked.changes, clock())),
            warnings=[company, *left] if company else left,
            hold=self._desk.settings.replies.undo_seconds,
        )

    async def _carry_out(self, steps: tuple[Step, ...]) -> None:
        desk, form, around, app = self._desk, self._form, self._around, self.plantao
        decided = lead_answer(around) is not None and is_directed(form, around)

        def confirmed(workflow: str) -> None:
            desk.local.attendances.save(form.model_copy(update={"workflow": workflow, "refusal": ""}))
            if minutes_of(form):  # what runs on would be logged a second time
                desk.local.timers.stop(ticket_target(form.ticket_id))
            if decided:
                desk.local.questions.settle_ticket(form.ticket_id)

        try:
            planned = await desk.workflows.plan(steps, also=confirmed)
        except PlantaoError as error:
            app.report(error.trouble)
            return
        workflow = planned[0].workflow
        self.leave()
        app.push_screen(PendingScreen(workflow))
        app.carrier.carry(workflow)
        app.run_worker(app.news.look(), group="questions", exit_on_error=False)


def _echo(form: Attendance) -> Content | None:
    read = time_of(form)
    return Content.styled(read.echo, "$text-success") if isinstance(read, Duration) else None
