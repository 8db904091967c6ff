"""What the assistant proposes instead of a description: compared, then accepted, edited or refused (C8)."""

from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker

from clients.errors import PlantaoError
from clients.models.assistant.progress import Progress, Waiting, Writing
from clients.models.assistant.record import OFFLINE, Decision, Rewriting
from clients.models.chamado import ChamadoDraft
from clients.models.text import safe_text
from clients.models.ticket import Ticket
from tui.commands.catalog import IN_DIALOGS
from tui.commands.dialogs import REWRITING
from tui.desk import Desk
from tui.drafts import rewriting_key
from tui.flows.assistance import Assistance, Outgoing, Proposed, people_known
from tui.kept_text import KeptText
from widgets.bound import bound
from widgets.cells import Line, Piece, Tone
from widgets.comparison import Comparison
from widgets.key_line import KeyLine, key_of
from widgets.keys import KeyGroup
from widgets.one_line import OneLine
from widgets.phrases import counted

from .dialog import Dialog
from .outgoing_text import OutgoingTextScreen
from .rewriting_text import RewritingTextScreen

TICK = 0.25
"""Seconds between two looks at how far the model is: each word of its own would be bytes over SSH."""
QUESTIONS_SHOWN = 6
_HELP = next(replace(key, shown=True) for key in IN_DIALOGS.keys if key.id == "ajuda")
"""What a comparison shows is not told by its keys alone."""


class RewritingScreen(Dialog[Rewriting | None]):
    """Gives the decision; None where one goes back without any."""

    CSS = """
    RewritingScreen { align: center middle; }
    RewritingScreen > Vertical {
        width: 100%; max-width: 160; height: 100%; padding: 0 1; border: round $primary; background: $surface;
    }
    RewritingScreen OneLine { margin-bottom: 1; }
    RewritingScreen .questions { height: auto; max-height: 8; padding-top: 1; }
    RewritingScreen .questions.-none { display: none; }
    RewritingScreen KeyLine { padding-top: 1; }
    """
    TITLE = "Assistente"
    BINDINGS = bound(KeyGroup(REWRITING.id, REWRITING.title, (*REWRITING.keys, _HELP)))
    ABOUT = """\
Propõe outra descrição; você aceita, edita ou recusa. Sem modelo, ou
quando você troca, é offline: o que você escreveu é posto sob os
títulos de sempre, sem tirar nem pôr nada. Um modelo recebe o
texto com os dados pessoais trocados por marcas, e você vê antes
exatamente o que sai. O original e a decisão ficam no chamado."""

    def __init__(self, desk: Desk, draft: ChamadoDraft, ticket: Ticket | None = None) -> None:
        """``ticket`` is where the draft came from: its people stay inside."""
        super().__init__()
        self._desk = desk
        self._draft = draft
        names = people_known(desk.account, desk.settings.team_names, ticket)
        self._assistance = Assistance(
            draft, desk.assistant, names, lexicon=desk.settings.chamados.words.lexicon
        )
        self._offline = self._assistance.offline()
        self._of_model: Proposed | None = None
        self._shown = self._offline
        self._asking: Worker[None] | None = None
        self._ticking: Timer | None = None
        self._progress = ""
        self._said: Line = ()

    def compose(self) -> ComposeResult:
        """Who proposes, remarks and both texts, what is not known, the keys."""
        with Vertical() as card:
            card.border_title = Content(" Assistente: outra descrição ")
            yield OneLine()
            yield Comparison()
            yield Static(classes="questions")
            yield KeyLine(self, gap="  ", labels=self._labels)

    def on_mount(self) -> None:
        """The offline proposal is there at once."""
        self.query_one(Comparison).focus()
        self._show(self._offline)

    # ── what is shown ──

    def _show(self, proposed: Proposed) -> None:
        self._shown = proposed
        remarks = [
            (Piece(f"▲ {safe_text(found.message, multiline=False)}", Tone.WARN),)
            for found in proposed.findings
        ]
        if proposed.text.strip() == proposed.original.strip():
            remarks.append((Piece("✓ A descrição já está assim: nada mudaria.", Tone.GOOD),))
        self.query_one(Comparison).compare(proposed.original, proposed.text, remarks)
        asked = self.query_one(".questions", Static)
        asked.set_class(not proposed.questions, "-none")
        asked.update(_questions(proposed.questions))
        self._tell()

    def _tell(self) -> None:
        self.query_one(OneLine).show((*self._who(), *self._said))
        self.refresh_bindings()
        self.query_one(KeyLine).tell()

    def _who(self) -> Line:
        if self._is_asking:
            return (Piece(f"↻ {self._progress}", Tone.ACCENT),)
        if self._shown.model == OFFLINE:
            return (Piece("offline", Tone.STRONG), Piece(" · nada sai desta máquina", Tone.DIM))
        return (Piece(f"modelo {self._shown.model}", Tone.STRONG), Piece(f" · {self._where}", Tone.DIM))

    @property
    def _where(self) -> str:
        assert self._desk.settings.assistant is not None, "there is a model only where one is configured"
        host = self._desk.settings.assistant.host
        assert self._assistance.assistant is not None
        return f"destino {self._assistance.assistant.destination} ({host})"

    def _labels(self) -> dict[str, str]:
        always_the_same = {"another": ""} if self._shown.model == OFFLINE else {}
        return {
            **always_the_same,
            "switch": "Modelo" if self._shown.model == OFFLINE else "Offline",
            "back": "Cancelar" if self._is_asking else "Voltar",
        }

    @property
    def _is_asking(self) -> bool:
        return self._asking is not None and not self._asking.is_finished

    # ── keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the model writes there is nothing to decide on."""
        return action not in ("accept", "refuse", "edit", "another", "switch") or not self._is_asking

    def action_accept(self) -> None:
        """The proposal becomes the description."""
        self._decide(Decision.ACCEPTED, self._shown.text)

    def action_refuse(self) -> None:
        """The description stays."""
        self._decide(Decision.REFUSED, "")

    def action_edit(self) -> None:
        """Change the proposal, then take it."""
        self._edit()

    def action_another(self) -> None:
        """Another proposal, of the model."""
        if self._shown.model == OFFLINE:
            more = f"; {key_of(self, 'switch')} pede ao modelo" if self._assistance.assistant else ""
            self.plantao.refuse(f"O modo offline propõe sempre o mesmo{more}.")
        else:
            self._ask()

    def action_switch(self) -> None:
        """From offline to the model, and back."""
        self._said = ()
        self._assistance.assistant = self._desk.assistant  # which may have been connected meanwhile
        if self._shown.model != OFFLINE:
            self._show(self._offline)
        elif self._desk.settings.assistant is None:
            self.plantao.refuse("Nenhum modelo configurado: complete [assistente] na configuração.")
        elif self._assistance.assistant is None:
            self.plantao.refuse("Ainda conectando: tente de novo em instantes.")
        elif self._of_model is not None:
            self._show(self._of_model)
        else:
            self._ask()

    def action_back(self) -> None:
        """Cancel what is waited for; or else back without deciding."""
        if self._is_asking and self._asking is not None:
            self._asking.cancel()
        else:
            self.dismiss(None)

    def _decide(self, decision: Decision, text: str) -> None:
        drafts, of_draft = self._desk.local.drafts, rewriting_key(self._draft.id)
        self._desk.saver.then(lambda: drafts.discard_all(of_draft))  # what was being made of it is over
        self.dismiss(
            Rewriting(
                original=self._shown.original,
                proposal=self._shown.text,
                text=text,
                decision=decision,
                model=self._shown.model,
                who=self._desk.author,
                at=self._desk.clock(),
            )
        )

    # ── the model ──

    def _ask(self) -> None:
        self._asking = self._have_asked()

    @work(exclusive=True, group="assistant", exit_on_error=False)
    async def _have_asked(self) -> None:
        before, said = self._shown, "Nada foi enviado."
        try:
            outgoing = self._assistance.prepare()
            if not await self._agreed(outgoing):
                return
            said = "Cancelado; a descrição está como estava."
            self._watch(outgoing)
            before = self._of_model = await self._assistance.ask(outgoing, self._hear)
            said = ""
        except PlantaoError as error:
            said = ""
            self.plantao.report(error.trouble)
            self._said = (Piece(f" · ✖ {error.title}", Tone.BAD),)
        finally:
            if self._ticking is not None:
                self._ticking.stop()
            if self.is_attached:
                self._asking = None
                if said:
                    self._said = (Piece(f" · {said}", Tone.WARN),)
                self._show(before)

    async def _agreed(self, outgoing: Outgoing) -> bool:
        """What leaves this network is looked at first, each time; what stays is shown while it is sent."""
        assistant = self._assistance.assistant
        assert assistant is not None
        if assistant.destination == "local":
            return True
        told = "; ".join(
            f"o texto diz “{words}”, que parece ordem ao modelo" for words in outgoing.suspicious
        )
        sheet = OutgoingTextScreen(
            self._where.removeprefix("destino "),
            assistant.model,
            outgoing.prompt,
            tuple(outgoing.masked.originals),
            told,
        )
        return await self.app.push_screen_wait(sheet)

    def _watch(self, outgoing: Outgoing) -> None:
        """Show what is being sent, and how far the answer is."""
        self._said = ()
        self._progress = f"esperando o modelo · {self._where}"
        sent = f"{outgoing.prompt.user}\n\n{outgoing.prompt.system}"
        self.query_one(Comparison).show_text("O que foi enviado: o texto, depois as instruções fixas", sent)
        self.query_one(".questions", Static).add_class("-none")
        self._ticking = self.set_interval(TICK, self._tell_progress)
        self._tell()

    def _hear(self, progress: Progress) -> None:
        match progress:
            case Waiting():
                self._progress = f"{progress.why}: de novo em {progress.seconds:.0f} s · {self._where}"
            case Writing():
                written = counted(progress.characters, "caractere", "caracteres")
                self._progress = f"o modelo escreve: {written} · {self._where}"

    def _tell_progress(self) -> None:
        self.query_one(OneLine).show(self._who())

    # ── editing ──

    @work(exclusive=True, group="editing", exit_on_error=False)
    async def _edit(self) -> None:
        kept = KeptText(self._desk, rewriting_key(self._draft.id, self._shown.text))
        try:
            begun = await kept.begun()
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return
        page = RewritingTextScreen(
            "Editar a proposta",
            begun or self._shown.text,
            keep=kept.keep,
            above=[_questions(self._shown.questions)] if self._shown.questions else (),
        )
        text = await self.app.push_screen_wait(page)
        if text is not None:
            self._decide(Decision.EDITED, text)


def _questions(questions: tuple[str, ...]) -> Content:
    """What nobody wrote yet, as a list."""
    if not questions:
        return Content("")
    count = counted(len(questions), "pergunta em aberto", "perguntas em aberto")
    more = len(questions) - QUESTIONS_SHOWN
    return Content("\n").join(
        [
            Content.styled(f"? {count} — o texto não diz:", "bold $text-warning"),
            *(
                Content(f"  ○ {safe_text(question, multiline=False)}")
                for question in questions[:QUESTIONS_SHOWN]
            ),
            *([Content.styled(f"  e mais {more}", "$foreground-muted")] if more > 0 else []),
        ]
    )
