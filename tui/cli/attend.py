"""``plantao atender``: the form of the desk filled in by options, one yes, and each step as it happens."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clients.errors import SettingsError
from clients.models.attendance import Attendance
from clients.models.finding import Finding, Severity
from clients.models.rules.shipped import with_shipped
from clients.models.template import Template, values_for
from clients.models.text import safe_text
from clients.models.timer import ticket_target

from ..desk import Desk
from ..flows.around import Around
from ..flows.attending import begin, plan
from ..flows.attending_checks import check, minutes_of
from ..flows.new_task_fields import label_of
from ..flows.workflows import Progress, Steps
from ..intent import Intent, Step
from . import show
from .asking import agreed
from .attend_asked import OPTIONS, Asked, NotAChoice, filled, filled_in_project, without_effect
from .exit_codes import Code
from .headless import at_the_desk
from .running import say
from .step_lines import ending, operation_lines, plan_lines, step_row, tell_step

if TYPE_CHECKING:
    from clients.models.ticket_view import TicketView

_MARKS = {Severity.BLOCK: "✖", Severity.WARN: "▲", Severity.HINT: "·"}
_INSTEAD = {"atender.sem_resposta": "--em-analise"}
"""Examples, by rule, where the form's own is a key."""


@dataclass(frozen=True)
class Filled:
    """The form as the options fill it in, and all that it was held against."""

    form: Attendance
    around: Around

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What stands against it, or is worth a second look."""
        return check(self.form, self.around)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What carries it out."""
        return plan(self.form, self.around, minutes_of(self.form))


def attend_ticket(ticket_id: int, asked: Asked, simulate: bool, yes: bool, as_json: bool) -> int:
    """Attend a ticket. WRONG while something blocks or is open on it; USAGE for what cannot be chosen."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        await desk.learn_account()
        if (open_one := await open_on(desk, ticket_id)) is not None:
            return _report_open(desk, open_one)
        try:
            found = await fill_in(desk, ticket_id, asked)
        except NotAChoice as error:
            say(f"plantao: {error.message}")
            return Code.USAGE
        page = _Page(desk, ticket_id, found, as_json)
        for option in without_effect(found.form, asked):
            say(f"▲ {option}: sem efeito, porque nenhuma tarefa é criada; --tarefa nova cria uma.")
        page.say_findings()
        if any(one.severity is Severity.BLOCK for one in found.findings):
            return page.ends("impedido", (), Code.WRONG)
        if not found.steps:
            say("Nada a fazer: o ticket já está assim.")
            return page.ends("feito", (), Code.OK)
        if simulate:
            page.show_plan()
            say("Simulação: nada foi enviado.")
            return page.ends("simulado", found.steps, Code.OK)
        if not yes and not await page.agreed():
            return Code.USAGE if not sys.stdin.isatty() else Code.INTERRUPTED
        return await _carry_out(desk, found, page)

    return at_the_desk(work)


async def open_on(desk: Desk, ticket_id: int) -> Steps | None:
    """The operation without an outcome that stands on a ticket, with all its steps."""
    target = ticket_target(ticket_id)
    intents = await desk.disk(desk.local.journal.pending)
    found = next((intent for intent in intents if intent.target == target), None)
    return None if found is None else await desk.disk(desk.local.journal.workflow, found.workflow)


async def fill_in(desk: Desk, ticket_id: int, asked: Asked) -> Filled:
    """Read the ticket and all around it, and fill the form in. Raises NotAChoice, RemoteError."""
    surroundings = desk.surroundings()
    seen = await anext(desk.read(ticket_id))
    around = await surroundings.of(seen, desk.clock())
    form = begin(around, surroundings.project(around))
    form = filled(form, asked, around, _templates(desk), _values(desk, seen))
    around = await surroundings.with_form(around, form)
    return Filled(filled_in_project(form, asked, around, surroundings.activity(around)), around)


async def _carry_out(desk: Desk, found: Filled, page: "_Page") -> int:
    form, attendances = found.form, desk.local.attendances
    begun = await desk.disk(attendances.load, form.ticket_id)
    ours = begun is None or bool(begun.workflow)  # what somebody is writing at the desk is not written over

    def confirmed(workflow: str) -> None:
        if minutes_of(form):  # what runs on would be logged a second time
            desk.local.timers.stop(ticket_target(form.ticket_id))
        if ours:
            attendances.save(form.model_copy(update={"workflow": workflow}))

    planned = await desk.workflows.plan(found.steps, also=confirmed)
    progress = await desk.workflows.carry_on(planned[0].workflow, page.tell)
    if ours and progress.is_done:
        await desk.disk(attendances.discard, form.ticket_id)
    return page.ended(progress)


class _Page:
    """What is told of one attending. Data on stdout: lines as it goes, or one JSON object at its end."""

    def __init__(self, desk: Desk, ticket_id: int, found: Filled, as_json: bool) -> None:
        self._words = desk.account.vocabulary
        self._ticket_id = ticket_id
        self._found = found
        self._as_json = as_json

    def say_findings(self) -> None:
        """Each finding behind the option that caused it."""
        for one in sorted(self._found.findings, key=lambda each: list(_MARKS).index(each.severity)):
            told = _INSTEAD.get(one.rule, one.example)
            label = label_of(one.field, self._found.around)
            example = f" Ex.: {f'{label}={told}' if label else told}" if told else ""
            say(f"{_MARKS[one.severity]} {_option(one)}: {safe_text(one.message, multiline=False)}{example}")

    def show_plan(self) -> None:
        """All steps with their texts."""
        if not self._as_json:
            show.write(plan_lines(self._found.steps, self._words))

    async def agreed(self) -> bool:
        """Show all steps and ask once."""
        return await agreed("Fazer tudo?", above=plan_lines(self._found.steps, self._words))

    def tell(self, intent: Intent) -> None:
        """One step moved on."""
        tell_step(intent, self._words, self._as_json)

    def ended(self, progress: Progress) -> int:
        """Tell how it ended."""
        word, sentence, code = ending(progress)
        say(sentence)
        return self.ends(word, progress.steps, code)

    def ends(self, word: str, steps: Sequence[Step | Intent], code: Code) -> int:
        """Write the JSON, if that is wanted; return the code."""
        if self._as_json:
            workflow = next((step.workflow for step in steps if isinstance(step, Intent)), None)
            rows = [step_row(step, self._words) for step in steps]
            told = [
                {"opcao": _option(one), "peso": one.severity.value, "mensagem": one.message}
                for one in self._found.findings
            ]
            page = {"ticket": self._ticket_id, "desfecho": word, "operacao": workflow}
            show.write(show.as_json({**page, "passos": rows, "achados": told}))
        return code


def _report_open(desk: Desk, steps: Steps) -> int:
    say("Há uma operação em aberto neste ticket; resolva-a antes de começar outra:")
    say(operation_lines(steps, desk.account.vocabulary, desk.clock()))
    say(f"Para conferir e continuar: plantao pendencias continuar {steps[0].workflow[:8]}")
    return Code.WRONG


def _option(finding: Finding) -> str:
    return OPTIONS.get(finding.field, "--campo")


def _templates(desk: Desk) -> tuple[Template, ...]:
    return with_shipped(desk.account.templates, desk.settings.replies.under_review)


def _values(desk: Desk, seen: "TicketView") -> dict[str, str]:
    if desk.account.me is None:
        raise SettingsError("sem conexão com o Freshdesk não se atende.")
    return values_for(seen.ticket, desk.account.me.name)
