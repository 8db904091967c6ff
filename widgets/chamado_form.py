"""The chamado form: each rule at its field while one types; what would be reproved does not leave."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.widgets import Input, Static, TextArea

from clients.models.assistant.record import Decision, Rewriting
from clients.models.chamado import ChamadoDraft, convert_flow, convert_notify, split_list
from clients.models.feed import Trouble
from clients.models.finding import Finding, Severity
from clients.models.licence import LicenceCheck
from clients.models.quality import TEMPLATE
from clients.models.text import safe_text

from .bound import bound
from .chamado_fields import FIELDS, WORDS
from .chamado_guide import checklist, field_note, guide, nothing_to_convert
from .chamado_text import draft_text
from .choice import Choice
from .delays import Delays
from .field_sheet import FieldSheet, written
from .form_foot import FormFoot, show
from .form_heading import FormHeading
from .form_round import FormRound
from .key_line import key_of
from .keys import FORM
from .licence_asked import LicenceAsked
from .pane import Clock
from .phrases import counted
from .send_preview import SendPreview

Checker = Callable[[ChamadoDraft, LicenceCheck | None], tuple[Finding, ...]]
"""The rules of a good chamado; the licence is None while it was not asked."""
CONVERTERS: dict[str, Callable[[str], str]] = {"flow": convert_flow, "notify": convert_notify}
NOT_CHECKED = "licenca.nao_verificada"
REQUIRED = ("title", "licence_email", "tool", "flow", "description")
KEYS_OF_TYPING = ("send", "next_finding", "convert", "skeleton", "assist", "ask_licence")
WIDE = 110
"""Columns from which the guide stands beside the fields."""


class ChamadoForm(Vertical):
    """One draft, from its first letter to its sending. The caller saves each `Changed` and answers the rest.

    ``licence`` is the answer to `LicenceWanted`; ``trouble`` the one to a `SendWanted` that failed.
    """

    HELP = """\
Preencha de cima para baixo; tudo fica guardado a cada letra.
✖ impede o envio, ▲ costuma ser motivo de reprovação, · é dica.
Em telas largas a ajuda do campo em foco aparece ao lado."""
    BINDINGS = bound(FORM)
    DEFAULT_CSS = """
    ChamadoForm { height: 1fr; }
    ChamadoForm > .filling { height: 1fr; }
    ChamadoForm .guide {
        display: none; width: 44; padding: 1 1 0 2;
        border-left: solid $foreground 20%; scrollbar-size-vertical: 1;
    }
    ChamadoForm.-wide .guide { display: block; }
    ChamadoForm.-previewing > .filling, ChamadoForm.-previewing > FormFoot { display: none; }
    """

    licence: reactive[LicenceCheck | None] = reactive(None)
    """What is known of the licence; counts while it is about the e-mail that is typed."""
    trouble: var[Trouble | None] = var(None, always_update=True)
    """Why the sending failed: gives the form back to the analyst."""
    findings: reactive[tuple[Finding, ...]] = reactive(())

    @dataclass
    class Changed(Message):
        """The draft says something else now."""

        draft: ChamadoDraft

    @dataclass
    class LicenceWanted(Message):
        """The field holds an address; the answer goes to ``licence``."""

        email: str

    @dataclass
    class AssistantWanted(Message):
        """Show another description; the decision goes to `decided`."""

        draft: ChamadoDraft

    @dataclass
    class SendWanted(Message):
        """Complete, seen, agreed to, and not taken back."""

        draft: ChamadoDraft
        unchecked_accepted: bool
        """Whether it goes in spite of a licence that could not be checked."""

    @dataclass
    class Closed(Message):
        """Left; the draft stays."""

        draft: ChamadoDraft

    def __init__(
        self,
        draft: ChamadoDraft,
        checker: Checker,
        *,
        clock: Clock,
        delay: float = 0.25,
        rest: float = 0.8,
        hold: int,
        id: str | None = None,
    ) -> None:
        """Seconds: ``delay`` from last letter to check, ``rest`` to the licence, ``hold`` before leaving."""
        super().__init__(id=id)
        self.draft = draft
        self._checker = checker
        self._clock = clock
        self._delay, self._rest, self._hold = delay, rest, hold
        self._touched = {name for name in WORDS if getattr(draft, name)}
        self._asked = ""
        self._delays = Delays(self)
        self._round = FormRound(lambda finding: self.sheet.number(self.sheet.place(finding)))
        self._converted = ""
        self._sending = False
        self.company = ""
        """Who else works on the ticket; told with the warnings before sending."""
        self._return_to = FIELDS[0].name

    def compose(self) -> ComposeResult:
        """Fields to the left, guide to the right (when there is room), what is wrong below."""
        yield FormHeading(self.draft.ticket_id)
        with Horizontal(classes="filling"):
            yield FieldSheet(self.draft)
            with VerticalScroll(classes="guide", can_focus=False):
                yield Static(classes="guide-text")
        yield FormFoot()

    @property
    def sheet(self) -> FieldSheet:
        """The fields."""
        return self.query_one(FieldSheet)

    @property
    def foot(self) -> FormFoot:
        """What is said below them."""
        return self.query_one(FormFoot)

    def on_mount(self) -> None:
        """Begin at the first field that has to be filled, or else at what blocks."""
        self.sheet.offer_integration(self.draft.tool)
        self._check()
        self._want_licence()
        self.sheet.focus_field(self._first())

    def _first(self) -> str:
        empty = (name for name in REQUIRED if not str(getattr(self.draft, name)).strip())
        blocking = (
            self.sheet.place(found)
            for found in self.sheet.in_order(self.findings)
            if found.severity is Severity.BLOCK and self.sheet.place(found)
        )
        return next(empty, None) or next(blocking, None) or "title"

    def on_resize(self, event: events.Resize) -> None:
        """Beside or alone."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._spread()

    # --- typing

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        self._take(event.control.id or "", written(event.control))

    def _take(self, name: str, value: str) -> None:
        """Into the draft, unless that says so already."""
        if name not in WORDS or getattr(self.draft, name) == value:
            return
        self.draft = self.draft.model_copy(update={name: value})
        self._touched.add(name)
        if value != self._converted:
            self.foot.said = None
        self.post_message(self.Changed(self.draft))
        if name == "tool":
            self.sheet.offer_integration(value)
        if name == "licence_email":
            self._delays.after(self._rest, "licence", self._want_licence)
        self._delays.after(self._delay, "check", self._check)

    @on(Input.Submitted)
    def _to_next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The field comes into view as a whole, and its help with it."""
        self._guide()
        self.sheet.keep_in_view()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving a field is reason enough to check it."""
        name = event.widget.id or ""
        if name in WORDS and name not in self._touched:
            self._touched.add(name)
            self._delays.after(self._delay, "check", self._check)
        if name == "licence_email":
            self._want_licence()

    @property
    def waiting(self) -> bool:
        """Whether what was typed is still to be checked."""
        return bool(self._delays)

    # --- checking

    @property
    def known_licence(self) -> LicenceCheck | None:
        """The check, if it is about the e-mail that the field holds now."""
        return self._of_licence.known

    @property
    def _of_licence(self) -> LicenceAsked:
        return LicenceAsked(self.draft.licence_email.strip(), self.licence, self._asked)

    def recheck(self) -> None:
        """Check again: what the checker knows beside the draft has changed."""
        self._check()

    def _check(self) -> None:
        self.findings = self._checker(self.draft, self.known_licence)
        self._spread()

    def watch_licence(self) -> None:
        """A new answer may change what is wrong."""
        if self.is_mounted:
            self._check()

    def _want_licence(self, *, again: bool = False) -> None:
        if not self._of_licence.is_worth_asking(again=again):
            return
        self._asked = email = self.draft.licence_email.strip()
        self.licence = None
        self.post_message(self.LicenceWanted(email))
        self._spread()

    def _spread(self) -> None:
        """Each finding to its field; a field that nobody touched is not scolded."""
        convert = key_of(self, "convert")
        asking = self._of_licence.is_asking  # the field's note says so
        told = [found for found in self.findings if not (found.rule == NOT_CHECKED and asking)]
        self.sheet.spread(told, self.draft, self._touched)
        for name in WORDS:
            self.sheet.field(name).note = self._note(name, convert)
        self.foot.findings = self.findings
        self._guide()
        self.sheet.keep_in_view()

    def _note(self, name: str, convert: str) -> Content | None:
        if name == "licence_email":
            return self._of_licence.note(self._clock())
        if name == "description" and not self.has_class("-wide"):
            return checklist(self.draft, self.findings, row=True)
        return field_note(name, self.draft, convert)

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the sheet is shown or the chamado is on its way, the form's keys rest."""
        if action == "close":
            return not self.query(SendPreview)
        return action not in KEYS_OF_TYPING or not (self._sending or self.query(SendPreview))

    def action_ask_licence(self) -> None:
        """Ask again, for instance once the source is back."""
        if self._of_licence.is_worth_asking(again=True):
            self._want_licence(again=True)
        else:
            self._say("Escreva primeiro o e-mail do cliente.", "$text-warning")
            self.sheet.focus_field("licence_email")

    def action_convert(self) -> None:
        """Rewrite the field in focus, or else the one that offers it, with ``;``."""
        for name in (self.sheet.focused, *CONVERTERS):
            text = str(getattr(self.draft, name)) if name in CONVERTERS else ""
            converted = CONVERTERS[name](text) if text else ""
            if split_list(converted) != split_list(text):
                self._converted = converted
                self.sheet.write(name, converted)
                count = counted(len(split_list(converted)), "item", "itens")
                self._say(f"{WORDS[name].short}: convertido em {count} com «;».", "$text-success")
                return
        self._say(nothing_to_convert(self.draft), "$foreground-muted")

    def action_skeleton(self) -> None:
        """Write the six questions into an empty description, to be answered one by one."""
        if self.draft.description.strip():
            self._say("A descrição já tem texto; o modelo só entra em descrição vazia.", "$text-warning")
        else:
            self.sheet.write("description", TEMPLATE)
            self.sheet.put_cursor("description", TEMPLATE.index("\n"))
        self.sheet.focus_field("description")

    def action_assist(self) -> None:
        """Ask for another description, once there is one."""
        self._take("description", self.sheet.value("description"))
        if self.draft.description.strip():
            self.post_message(self.AssistantWanted(self.draft))
        else:
            self._say("Escreva primeiro a descrição: o assistente só reescreve.", "$text-warning")
            self.sheet.focus_field("description")

    def decided(self, rewriting: Rewriting) -> None:
        """Keep what became of a proposal; write its text, unless the description is another one by now."""
        if rewriting.original != self.draft.description:
            self._say("A descrição mudou enquanto isso; a proposta não entrou.", "$text-warning")
            return
        kept = (*self.draft.rewritings, rewriting)
        self.draft = self.draft.model_copy(update={"rewritings": kept})
        self.post_message(self.Changed(self.draft))
        if rewriting.decision is Decision.REFUSED:
            self._say("Proposta recusada; a descrição ficou como estava.", "$foreground-muted")
            return
        self._converted = rewriting.text
        self.sheet.write("description", rewriting.text)
        self.sheet.focus_field("description")
        self._say(f"Descrição {rewriting.decision}; Ctrl+Z desfaz.", "$text-success")

    def action_next_finding(self) -> None:
        """Go on to the next finding from where one is, field by field, the heaviest first."""
        ordered = self._check_everything()
        if not ordered:
            self._say("✓ Nenhum achado: pode ser enviado.", "$text-success")
            return
        number = self._round.step(ordered, self.sheet.number(self.sheet.focused), self.sheet.cursor)
        found = ordered[number]
        self.foot.said = Content.assemble((f"{number + 1}/{len(ordered)} ", "bold"), self.sheet.told(found))
        self.sheet.go_to(found)

    def action_close(self) -> None:
        """Leave; the draft stays."""
        self.post_message(self.Closed(self.draft))

    def action_send(self) -> None:
        """Refuse with the reason, or show how it will be read and ask."""
        first = next((found for found in self._check_everything() if found.severity is Severity.BLOCK), None)
        if first is not None:
            self.foot.said = Content.assemble(("Não enviado. ", "bold $text-error"), self.sheet.told(first))
            self._round.went_to(first)
            self.sheet.go_to(first)
        elif self.known_licence is None:
            self._want_licence(again=True)
            self._say(
                "Ainda não: a licença está sendo conferida. Envie quando vier a resposta.", "$text-warning"
            )
        else:
            self._return_to = self.sheet.focused or self._return_to
            self.foot.said = None
            self.add_class("-previewing")
            self.mount(self._preview(self.known_licence), after=0)

    def _preview(self, licence: LicenceCheck) -> SendPreview:
        left = [found for found in self.sheet.in_order(self.findings) if found.severity is Severity.WARN]
        company = [Content.styled(f"▲ {self.company}", "$text-warning")] if self.company else []
        warnings = [*company, *(self.sheet.told(found) for found in left if found.rule != NOT_CHECKED)]
        sheet = draft_text(self.draft, licence, self._clock())
        return SendPreview(sheet, licence, self._hold, warnings=warnings)

    def _check_everything(self) -> list[Finding]:
        for name in WORDS:  # the last letters may not have been told yet
            self._take(name, self.sheet.value(name))
        self._touched = set(WORDS)
        self._check()
        return self.sheet.in_order(self.findings)

    # --- sending

    @on(SendPreview.TakenBack)
    async def _taken_back(self, event: SendPreview.TakenBack) -> None:
        event.stop()
        await self._leave_preview()
        kept = "" if self.query_one(FormHeading).unkept else "; o rascunho continua guardado"
        self._say(f"Não enviado{kept}.", "$foreground-muted")

    @on(SendPreview.Agreed)
    async def _agreed(self, event: SendPreview.Agreed) -> None:
        event.stop()
        if self._sending:
            return
        self._sending = True
        await self._leave_preview()
        self.query_one(".filling").disabled = True
        self._say("Enviando…", "bold $text-primary")
        self.post_message(self.SendWanted(self.draft, event.unchecked_accepted))

    async def _leave_preview(self) -> None:
        await self.query(SendPreview).remove()
        self.remove_class("-previewing")
        self.sheet.focus_field(self._return_to)

    def watch_trouble(self) -> None:
        """The sending failed: nothing is lost, the form is the analyst's again."""
        if self.trouble is None or not self.is_mounted:
            return
        self._sending = False
        self.query_one(".filling").disabled = False
        self.sheet.focus_field(self._return_to)
        why = " ".join(filter(None, (self.trouble.message, self.trouble.way_out)))
        self.foot.said = Content.assemble(
            (f"✖ {safe_text(self.trouble.title)}. ", "bold $text-error"), safe_text(why, multiline=False)
        )

    # --- what the form says

    def _say(self, words: str, style: str) -> None:
        self.foot.said = Content.styled(words, style)

    def _guide(self) -> None:
        if not self.has_class("-wide"):
            return
        words = WORDS[self.sheet.focused or FIELDS[0].name]
        mine = self.sheet.field(words.name).findings
        show(self.query_one(".guide-text", Static), guide(words, mine, checklist(self.draft, self.findings)))
