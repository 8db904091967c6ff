"""The form that attends a ticket: Tipo, task, time, answer and status, confirmed once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, TextArea

from clients.models.attendance import OWN_FIELD, AnswerKind, Attendance
from clients.models.finding import Finding, Severity

from .attend_fields import AFTER_OWN, BY_NAME, FIELDS, AttendField, OwnField
from .bound import bound
from .delays import Delays
from .form_field import WEIGHT, FormField, finding_line
from .form_foot import FormFoot
from .form_heading import FormHeading
from .form_round import FormRound, finding_order
from .inputs import TextBox, TextInput
from .keys import ATTEND
from .pick_field import PickField
from .picker import Pick
from .row_field import RowField

Checker = Callable[[Attendance], tuple[Finding, ...]]
Echo = Callable[[Attendance], Content | None]
"""What is understood of the time that is typed."""
WANTED = ("type", "task", "project", "subject", "time", "text")
"""Fields that are mostly filled in; the others can stay as they are."""


class AttendForm(Vertical):
    """One ticket being attended. The caller keeps each `Changed`, and answers the rest."""

    HELP = """\
De cima para baixo, na ordem da rotina: tipo, tarefa, tempo, resposta, situação. Tudo fica guardado a cada
letra e nada sai antes de você conferir todos os passos. ✖ impede, ▲ avisa, · é dica."""
    BINDINGS = bound(ATTEND)
    DEFAULT_CSS = """
    AttendForm { height: 1fr; }
    AttendForm > VerticalScroll { height: 1fr; padding: 1 0 0 0; scrollbar-size-vertical: 1; }
    AttendForm #description { height: auto; min-height: 2; max-height: 5; }
    AttendForm #text { height: auto; min-height: 4; max-height: 10; }
    """

    choices: var[Mapping[str, tuple[Pick, ...]]] = var(dict)
    """What each list offers, by name of field."""
    lead: reactive[Content | None] = reactive(None)
    """What is known of the question to whom the task may go."""
    findings: reactive[tuple[Finding, ...]] = reactive(())

    @dataclass
    class Changed(Message):
        """The form says something else now."""

        form: Attendance
        name: str

    @dataclass
    class PickWanted(Message):
        """A list is to be opened over the form; `take` gives the answer."""

        name: str
        typed: str

    @dataclass
    class ConfirmWanted(Message):
        """Nothing blocks: show all steps."""

        form: Attendance

    class TemplateWanted(Message):
        """A template for the text."""

    class InReviewWanted(Message):
        """The text that says that it is being looked into."""

    class LeadWanted(Message):
        """Ask who takes it."""

    class TimeWanted(Message):
        """The time of the timer."""

    class ReadingWanted(Message):
        """The conversation."""

    class Closed(Message):
        """Left; what was written stays."""

    def __init__(
        self, form: Attendance, checker: Checker, echo: Echo, *, delay: float = 0.25, id: str | None = None
    ) -> None:
        """``delay`` in seconds from the last letter to the check."""
        super().__init__(id=id)
        self.form = form
        self.own: tuple[OwnField, ...] = ()
        """Fields that the project asks for."""
        self._checker = checker
        self._echo = echo
        self._delay = delay
        self._delays = Delays(self)
        self._touched: set[str] = set()
        """Fields that were written in, or asked about: what nobody touched is not scolded."""
        self._round = FormRound(lambda finding: self._number(finding.field))

    def compose(self) -> ComposeResult:
        """The fields one below the other, what is wrong below them."""
        yield FormHeading(self.form.ticket_id, "Atendimento")
        with VerticalScroll(can_focus=False):
            for field in FIELDS:
                yield RowField(field.name, field.label, "", self._build(field))
        yield FormFoot()

    def _build(self, field: AttendField) -> Widget:
        value = self.form.value(field.name)
        if field.kind == "pick":
            return PickField(value=value, placeholder=field.rule, id=field.name)
        if field.kind == "box":
            return TextBox(value, placeholder=field.rule, id=field.name)
        return TextInput(value, placeholder=field.rule, id=field.name)

    def on_mount(self) -> None:
        """Begin at the first field that wants a value and has none."""
        self._lay_out()
        self._touched = {each.name for each in FIELDS if self.form.value(each.name).strip()}
        self.check()
        wanted = [name for name in WANTED if self.query_one(f"#field-{name}").display]
        self.focus_field(next((name for name in wanted if not self.form.value(name)), wanted[-1]))

    # ── what the caller tells ──

    def watch_choices(self) -> None:
        """The lists are known, or others now."""
        if self.is_mounted:
            for field in self.query(PickField):
                field.picks = self.choices.get(field.id or "", ())

    async def show_own(self, fields: tuple[OwnField, ...]) -> None:
        """Have the fields that the project asks for; those that stay keep what is being typed."""
        self.own = fields
        there = {field.field: field for field in self.query(FormField) if field.field.startswith(OWN_FIELD)}
        names = {f"{OWN_FIELD}{field.key}": field for field in fields}
        for field in (field for name, field in there.items() if name not in names):
            await field.remove()
        for name in names.keys() & there.keys():
            self._suggest(there[name].control, names[name])
        new = [self._own_field(field) for name, field in names.items() if name not in there]
        await self.query_one(VerticalScroll).mount(*new, before=f"#field-{AFTER_OWN}")
        self._lay_out()
        self.check()

    def watch_lead(self) -> None:
        """It stays at the field that it is about."""
        if self.is_mounted:
            self.query_one("#field-assignee", FormField).note = self.lead

    def forget_refusal(self) -> Attendance:
        """What it was refused for was changed."""
        self.form = self.form.model_copy(update={"refusal": ""})
        return self.form

    def keep_reason(self, reason: str) -> None:
        """Keep why it is directed without an answer, which no field shows."""
        self.form = self.form.model_copy(update={"undirected": reason})

    def _own_field(self, field: OwnField) -> FormField:
        name = f"{OWN_FIELD}{field.key}"
        entry = TextInput(self.form.value(name), id=name)
        self._suggest(entry, field)
        return RowField(name, field.label, "", entry)

    def _suggest(self, entry: Widget, field: OwnField) -> None:
        if isinstance(entry, Input):
            entry.placeholder = field.rule
            entry.suggester = SuggestFromList(field.values, case_sensitive=False)

    def take(self, name: str, value: str) -> None:
        """Write ``value`` into a field as if it had been chosen or typed."""
        control = self._control(name)
        if isinstance(control, PickField):
            control.take(value)
        elif isinstance(control, TextArea):
            control.replace(value, (0, 0), control.document.end)
            control.move_cursor(control.document.end)
        elif isinstance(control, Input):
            control.value = value
            control.cursor_position = len(value)

    def preset(self, name: str, value: str) -> Attendance:
        """Fill a field in that nobody has touched: nothing was typed, so nothing is kept for it."""
        self.form = self.form.with_value(name, value)
        self.take(name, value)
        return self.form

    def insert(self, text: str) -> None:
        """Write ``text`` where the cursor of the answer is."""
        control = self._control("text")
        if isinstance(control, TextBox):
            control.put(text)
            control.focus()

    def check(self) -> None:
        """Check again: what the checker knows beside the form may have changed."""
        if not self.is_mounted:
            return
        self.findings = self._checker(self.form)
        for field in self.query(FormField):
            mine = tuple(found for found in self.findings if found.field == field.field)
            field.findings = mine if field.field in self._touched else ()
            field.filled = bool(self.form.value(field.field).strip())
        self.query_one("#field-time", FormField).note = self._echo(self.form)
        self.query_one(FormFoot).findings = self.findings
        self._keep_in_view()

    def say(self, words: str, style: str = "$foreground-muted") -> None:
        """Answer the last key, below the fields."""
        self.query_one(FormFoot).said = Content.styled(words, style) if words else None

    def label(self, name: str) -> str:
        """What a field is called."""
        return self.query_one(f"#field-{name}", FormField).label

    def focus_field(self, name: str) -> None:
        """Give the keys to a field."""
        self._control(name).focus()

    def go_to(self, found: Finding) -> None:
        """Show a finding as the first key would, and give its field the keys."""
        self._touched.add(found.field)
        self.check()
        self._go_to(found, "")

    # ── typing ──

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(PickField.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed | PickField.Changed) -> None:
        event.stop()
        name = event.control.id or ""
        value = event.control.text if isinstance(event.control, TextArea) else event.control.value
        if self.form.value(name) == value:
            return
        self.form = self.form.with_value(name, value)
        self._touched.add(name)
        self.say("")
        self.post_message(self.Changed(self.form, name))
        if name in ("task", "answer"):
            self._lay_out()
        self._delays.after(self._delay, "check", self.check)

    @on(Input.Submitted)
    def _to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    @on(PickField.Wanted)
    def _pick(self, event: PickField.Wanted) -> None:
        event.stop()
        self.post_message(self.PickWanted(event.field.id or "", event.typed))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The field comes into view as a whole."""
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        around = self.screen.focused.ancestors if self.screen.focused is not None else ()
        field = next((each for each in around if isinstance(each, FormField)), None)
        if field is not None and self in field.ancestors:
            scroll = self.query_one(VerticalScroll)
            self.call_after_refresh(scroll.scroll_to_widget, field, animate=False)

    def _lay_out(self) -> None:
        """Show the fields that the chosen task and answer have."""
        for field in self.query(FormField):
            name = field.field
            if name.startswith(OWN_FIELD):
                field.display = BY_NAME["subject"].is_there(self.form)
            elif name == "text":
                field.display = self.form.answer is not AnswerKind.NONE
            else:
                field.display = BY_NAME[name].is_there(self.form)

    # ── keys ──

    def action_confirm(self) -> None:
        """Refuse with the reason, or ask for the last look."""
        if not self.refuses():
            self.post_message(self.ConfirmWanted(self.form))

    def refuses(self) -> bool:
        """Whether something blocks; it is then told at its field."""
        self._check_everything()
        first = next((found for found in self._in_order() if found.severity is Severity.BLOCK), None)
        if first is not None:
            self._go_to(first, "Ainda não. ")
        return first is not None

    def action_next_finding(self) -> None:
        """Go on to the next finding from where one is."""
        self._check_everything()
        ordered = self._in_order()
        if not ordered:
            self.say("✓ Nenhum achado: pode ser conferido.", "$text-success")
            return
        number = self._round.step(ordered, self._number(self._focused), 0)
        self._go_to(ordered[number], f"{number + 1}/{len(ordered)} ")

    def _check_everything(self) -> None:
        self._touched = {field.field for field in self.query(FormField)}
        self.check()

    def _go_to(self, found: Finding, before: str) -> None:
        there = bool(found.field and self.query(f"#field-{found.field}"))
        label = f"{self.label(found.field)}: " if there else ""
        self.query_one(FormFoot).said = Content.assemble((before, "bold"), label, finding_line(found))
        self._round.went_to(found)
        if there:
            self.focus_field(found.field)

    def action_template(self) -> None:
        """Insert a template."""
        self.post_message(self.TemplateWanted())

    def action_in_review(self) -> None:
        """Say that it is being looked into."""
        self.post_message(self.InReviewWanted())

    def action_ask_lead(self) -> None:
        """Ask who takes it."""
        self.post_message(self.LeadWanted())

    def action_take_time(self) -> None:
        """Write the time of the timer."""
        self.post_message(self.TimeWanted())

    def action_read(self) -> None:
        """Read the conversation."""
        self.post_message(self.ReadingWanted())

    def action_close(self) -> None:
        """Leave; what was written stays."""
        self.post_message(self.Closed())

    # ── below ──

    def _control(self, name: str) -> Widget:
        return self.query_one(f"#field-{name}", FormField).control

    @property
    def _focused(self) -> str:
        widget = self.screen.focused
        return (widget.id or "") if widget is not None else ""

    def _number(self, name: str) -> int:
        names = [field.field for field in self.query(FormField)]
        return names.index(name) + 1 if name in names else 0

    def _in_order(self) -> list[Finding]:
        return sorted(
            self.findings,
            key=lambda each: (WEIGHT[each.severity], self._number(each.field), finding_order(each)),
        )
