"""The step that is looked at: its sheet, its command as plain text, and the field of what is written down."""

from dataclasses import dataclass

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static, TextArea

from clients.models.text import safe_text

from .answer_preview import Sheet
from .cells import Line, Piece, Tone, justify
from .inputs import TextBox
from .key_line import key_of
from .one_line import OneLine
from .pane import Clock, Pane
from .runbook_text import StepView, step_lines


class _Label(OneLine):
    """What is to be written down, and whether it is on disk."""

    kept = ""

    def tell(self, label: str, kept: str) -> None:
        """Say both."""
        self.kept = kept
        self.show((Piece(label, Tone.STRONG),))
        self.refresh()

    def lay_out(self, width: int) -> Line:
        """One at each end."""
        return justify(self.line, (Piece(self.kept, Tone.DIM),), width)


class RunbookStep(Pane):
    """One step. Every change of what is written down is told, so that it can be kept at once."""

    HELP = """\
O passo: o que fazer, o que se espera ver, e o que o Plantão vê agora. O que se escreve aqui é guardado a
cada tecla; só vale como registro quando o passo é gravado. O comando se lê e se copia por inteiro; nenhum
comando que pare ou reinicie algo cabe num roteiro."""
    DEFAULT_CSS = """
    RunbookStep > .told { padding: 0 1; }
    RunbookStep > VerticalScroll { height: auto; max-height: 6; margin: 0 1; scrollbar-size-vertical: 1; }
    RunbookStep > VerticalScroll > Static { height: auto; padding: 0 1; background: $foreground 7%; }
    RunbookStep > TextBox { height: 5; margin: 0 1; }
    RunbookStep > .-off { display: none; }
    """

    kept: var[str] = var("")
    """Since when what is written is on disk, or that it is on its way there."""
    unkept: var[str] = var("")
    """Why it is not on disk; empty while all is well."""
    doing: var[str] = var("")
    """What is being done just now; empty while nothing is."""

    @dataclass
    class Written(Message):
        """What is written down at a step is another text: keep it."""

        step_id: str
        text: str

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__("Passo", clock=clock, id=id)
        self._sheet = Sheet(())
        self._heading = OneLine(classes="told")
        self._command = Static()
        self._label = _Label(classes="told")
        self._box = TextBox()
        self._state = OneLine(classes="told")
        self._view: StepView | None = None
        self._told = ""

    def content(self) -> list[Widget]:
        """Sheet, command, record."""
        shown = VerticalScroll(self._command, can_focus=False)
        return [self._sheet, self._heading, shown, self._label, self._box, self._state]

    @property
    def is_writing(self) -> bool:
        """Whether the field has the keys."""
        return self._box.has_focus

    @property
    def has_field(self) -> bool:
        """Whether anything is to be written down here."""
        return self._view is not None and bool(self._view.step.record or self._view.text)

    def show(self, view: StepView, *, afresh: bool = False) -> None:
        """Show a step. The text of the same one stays as it is being written, unless told ``afresh``."""
        another = self._view is None or view.step.id != self._view.step.id
        self._view = view
        self._sheet.show(step_lines(view, self.clock()))
        if another:
            self._sheet.jump_to(0)
        self._show_command()
        if (another or afresh) and view.text != self._box.text:
            self._told = safe_text(view.text)
            self._box.load_text(self._told)
            self._box.move_cursor(self._box.document.end)
        for widget in (self._label, self._box):
            widget.set_class(not self.has_field, "-off")
        self._tell()

    def write(self) -> None:
        """Give the keys to the field."""
        self._box.focus()

    def _show_command(self) -> None:
        assert self._view is not None
        command, fault = self._view.command, self._view.fault
        shown = Content(safe_text(command))
        if self._command.content != shown:
            self._command.update(shown)
        for widget in (self._heading, self._command.parent):
            if isinstance(widget, Widget):
                widget.set_class(not command, "-off")
        key = key_of(self, "command('copiar-comando')")
        copies = f" · {key} copia" if key else ""
        label = (Piece("Comando", Tone.DIM), Piece(copies, Tone.DIM))
        self._heading.show((Piece(f"▲ {fault}", Tone.BAD),) if fault else label)

    def _tell(self) -> None:
        if self._view is None:
            return
        label = self._view.step.record or "Anotação"
        self._label.tell(label, self.kept if self._box.text.strip() else "")
        if self.doing:
            self._state.show((Piece(f"↻ {self.doing}", Tone.ACCENT),))
        else:
            self._state.show((Piece(f"▲ {self.unkept}", Tone.BAD),) if self.unkept else ())
        self._state.set_class(not (self.doing or self.unkept), "-off")

    def watch_kept(self) -> None:
        """Say it at the field."""
        self._tell()

    def watch_unkept(self) -> None:
        """Say it, or take it back."""
        self._tell()

    def watch_doing(self) -> None:
        """Say it, or take it back."""
        self._tell()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._view is not None and self._box.text != self._told:
            self._told = self._box.text
            self.post_message(self.Written(self._view.step.id, self._told))
