"""The chamado form: each rule at its field while one types; what would be reproved does not leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from clients.models.assistant.record import Decision, Rewriting
from clients.models.chamado import ChamadoDraft
from clients.models.feed import Trouble
from clients.models.finding import Finding, Severity
from clients.models.licence import LicenceCheck
from clients.models.quality import TEMPLATE
from clients.models.text import safe_text

from .bound import bound
from .chamado_fields import FIELDS, WORDS
from .chamado_filling import NOT_CHECKED, ChamadoFilling, Checker
from .chamado_guide import nothing_to_convert
from .chamado_text import draft_text
from .conversion import conversion
from .form_field import WEIGHT
from .form_heading import FormHeading
from .form_round import FormRound
from .keys import FORM
from .pane import Clock
from .phrases import counted
from .send_preview import SendPreview
from .similar_line import similar_warning

__all__ = ["ChamadoForm", "Checker"]

KEYS_OF_TYPING = ("send", "next_finding", "convert", "skeleton", "assist", "ask_licence")


class ChamadoForm(ChamadoFilling):
    """One draft, from its first letter to its sending. The caller saves each `Changed` and answers the rest.

    ``licence`` is the answer to `LicenceWanted`, ``similar`` that to `SimilarWanted`; ``trouble`` the one to
    a `SendWanted` that failed.
    """

    HELP = """\
Preencha de cima para baixo; tudo fica guardado a cada letra.
✖ impede o envio, ▲ costuma ser motivo de reprovação, · é dica.
Em telas largas a ajuda do campo em foco aparece ao lado."""
    BINDINGS = bound(FORM)
    DEFAULT_CSS = """
    ChamadoForm.-previewing > .filling, ChamadoForm.-previewing > FormFoot { display: none; }
    """

    trouble: var[Trouble | None] = var(None, always_update=True)
    """Why the sending failed: gives the form back to the analyst."""

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
        """``delay`` and ``rest`` as of `ChamadoFilling`; ``hold``: seconds in which it can be taken back."""
        super().__init__(draft, checker, clock=clock, delay=delay, rest=rest, id=id)
        self._hold = hold
        self._round = FormRound(lambda finding: self.sheet.number(self.sheet.place(finding)))
        self._held_back: list[str] = []
        """Files that arrived while the last look was shown, which did not show them."""
        self._sending = False
        self.company = ""
        """Who else works on the ticket; told with the warnings before sending."""
        self._return_to = FIELDS[0].name

    # --- files that are brought

    def add_files(self, paths: Sequence[str]) -> bool:
        """Name files below those that are named; False where that waits for the end of the last look."""
        if self._sending or self.query(SendPreview):
            self._held_back += paths
            return False
        self.sheet.paths.add(paths)
        return True

    def _add_held_back(self) -> None:
        paths, self._held_back = self._held_back, []
        self.sheet.paths.add(paths)

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
        offered = conversion(self.draft, self.sheet.focused)
        if offered is None:
            self._say(nothing_to_convert(self.draft, self.sheet.focused), "$foreground-muted")
            return
        self._converted = offered.text
        self.sheet.write(offered.field, offered.text)
        count = counted(offered.count, "item", "itens")
        self._say(f"{WORDS[offered.field].short}: convertido em {count} com «;».", "$text-success")

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
        """Go on to the next finding: what blocks first, field by field."""
        ordered = sorted(self._check_everything(), key=lambda found: WEIGHT[found.severity])
        if not ordered:
            self._say("✓ Nenhum achado: pode ser enviado.", "$text-success")
            return
        number = self._round.step(ordered, self.sheet.number(self.sheet.focused), self.sheet.cursor)
        found = ordered[number]
        self.foot.said = Content.assemble((f"{number + 1}/{len(ordered)} ", "bold"), self.sheet.told(found))
        self.sheet.go_to(found)

    def action_close(self) -> None:
        """Leave; the draft stays. What is on its way is waited for."""
        if self._sending:
            self._say(
                "Enviando… Espere a resposta para sair; o rascunho está guardado.", "bold $text-primary"
            )
            return
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
        late = f"Não vão junto: {self.incoming}" if self.incoming else ""
        around = [f"▲ {said}" for said in (self.company, late) if said]
        warnings = [
            *(Content.styled(said, "$text-warning") for said in around),
            *similar_warning(self.similar, self._clock()),
            *(self.sheet.told(found) for found in left if found.rule != NOT_CHECKED),
        ]
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
        self._add_held_back()
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
        self.can_focus = True  # no field can have the keys, and those that are left must answer
        self.screen.set_focus(self)
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
        self._sending = self.can_focus = False
        self.query_one(".filling").disabled = False
        self._add_held_back()
        self.sheet.focus_field(self._return_to)
        why = " ".join(filter(None, (self.trouble.message, self.trouble.way_out)))
        self.foot.said = Content.assemble(
            (f"✖ {safe_text(self.trouble.title)}. ", "bold $text-error"), safe_text(why, multiline=False)
        )

    # --- what the form says

    def _say(self, words: str, style: str) -> None:
        self.foot.said = Content.styled(words, style)
