"""Where a reply or a note is written. Which of the two it is cannot be overlooked."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Selection

from clients.models.answer import Kind
from clients.models.template import unfilled
from clients.models.text import safe_text

from .answer_frame import AnswerFrame
from .bound import bound
from .cells import Piece, Tone
from .gaps import Gap, gaps
from .inputs import TextBox
from .key_line import KeyLine, key_of
from .keys import COMPOSER
from .one_line import OneLine
from .phrases import counted

SHOWN_GAPS = 3


class Manuscript(TextBox):
    """The text, with its gaps marked where they are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"manuscript--gap"}
    DEFAULT_CSS = """
    Manuscript, Manuscript:focus { height: 1fr; padding: 0; background: transparent; }
    Manuscript .manuscript--gap { color: $background; background: $warning; text-style: bold; }
    Manuscript:ansi .manuscript--gap { color: $warning; background: ansi_default; text-style: bold reverse; }
    """

    def get_line(self, line_index: int) -> Text:
        """The line with its gaps marked; one that runs over several lines is marked where it begins."""
        line = super().get_line(line_index)
        style = self.get_component_rich_style("manuscript--gap")
        for start, end in unfilled(line.plain):
            line.stylize(style, start, end)
        return line


class Composer(Vertical):
    """The text of one answer to one ticket. Every change is told, so that it can be kept at once."""

    HELP = """Escreva a resposta ou a nota. O rascunho é guardado a cada tecla.

- A moldura grossa é o que o **cliente lê**; a tracejada, **nota interna**.
- Ao trocar, o texto vai junto; onde há rascunho dos dois, ficam os dois.
- O que um modelo não preencher, ou um título dele em branco, é lacuna e impede o envio.
- O editor é o de $VISUAL ou $EDITOR.
- Antes de sair, a mensagem é mostrada como será lida, e há alguns segundos para desfazer.
"""
    BINDINGS = bound(COMPOSER)
    DEFAULT_CSS = """
    Composer { height: 1fr; }
    Composer > Horizontal { height: 1; padding: 0 2; }
    Composer > Horizontal > .count { width: 28; }
    Composer > .gaps {
        height: auto; padding: 0 2; color: $foreground-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    Composer > .along { padding: 0 2; display: none; }
    Composer > .along.-on { display: block; }
    Composer > KeyLine { height: 1; padding: 0 0 0 2; text-wrap: nowrap; }
    """

    kind: var[Kind] = var(Kind.REPLY)
    attached: var[tuple[str, ...]] = var(())
    """Names of the files that go along."""
    cc: var[tuple[str, ...]] = var(())
    """Who gets a copy of a reply."""
    kept: var[str] = var("")
    """Since when the draft is on disk ("guardado 12:06"), or that it is on its way there."""
    trouble: var[str] = var("")
    """Why the draft is not on disk; empty while all is well."""
    doing: var[str] = var("")
    """What is being done with the text just now; empty while nothing is."""

    @dataclass
    class Changed(Message):
        """The text is another one: keep it."""

        text: str
        kind: Kind

    @dataclass
    class Switched(Message):
        """The same text is now of another kind: its draft moves along."""

        text: str
        kind: Kind

    @dataclass
    class Submitted(Message):
        """Ready to be looked at and sent: neither empty nor with gaps."""

        text: str
        kind: Kind

    @dataclass
    class Cancelled(Message):
        """Closed. The draft stays."""

        text: str
        kind: Kind

    class TemplateWanted(Message):
        """Show the templates; `Composer.insert` takes the text."""

    class UnderReviewWanted(Message):
        """Say that it is being looked into; `Composer.insert` takes the text."""

    class ReadingWanted(Message):
        """Show the conversation; `Composer.resume` comes back to the text."""

    class CopyWanted(Message):
        """Ask who gets a copy; `Composer.cc` takes the addresses."""

    class FilesWanted(Message):
        """Ask for files; `Composer.attached` takes their names."""

    @dataclass
    class EditorWanted(Message):
        """Open the editor on the text; `Composer.replace` takes the result."""

        text: str

    def __init__(
        self, kind: Kind, recipient: str, about: str, text: str = "", *, drafted: bool = True
    ) -> None:
        """``recipient`` as of `answer_frame.recipient`; ``about`` names the ticket.

        ``text`` is the draft; where it is not ``drafted``, it is merely begun with.
        """
        super().__init__()
        self._frame = AnswerFrame(kind, recipient, about)
        self._box = Manuscript(text, placeholder=_PLACEHOLDERS[kind])
        self._gaps: tuple[Gap, ...] = ()
        self._told = self._box.text
        self.set_reactive(Composer.kind, kind)
        self.set_reactive(Composer.kept, "guardado" if drafted and text.strip() else "")

    def compose(self) -> ComposeResult:
        """The frame with the text, what is left to do, the keys."""
        with self._frame:
            yield self._box
        with Horizontal():
            yield OneLine(classes="state")
            yield OneLine(classes="count")
        yield Static(classes="gaps")
        yield OneLine(classes="along copies")
        yield OneLine(classes="along files")
        yield KeyLine(self, gap="  ", labels=lambda: _LABELS[self.kind])

    def on_mount(self) -> None:
        """Ready to type, at the end of what is there."""
        self._box.move_cursor(self._box.document.end)
        self._box.focus()
        self._review()
        self.watch_cc()
        self.watch_attached()
        self.call_after_refresh(self._review)  # keys are known once the focus has arrived

    @property
    def text(self) -> str:
        """What is written."""
        return self._box.text

    def resume(self) -> None:
        """Go on writing where the cursor was."""
        self._box.focus()

    def insert(self, text: str) -> None:
        """Insert a template where the cursor is, or in the place of what is selected; go to its first gap."""
        start = self._offset(min(self._box.selection))
        self._box.put(safe_text(text))
        self._review()
        if self._gaps and gaps(text):  # what was written already may stand under the template's last heading
            self._select(next((gap for gap in self._gaps if gap.span[0] >= start), self._gaps[0]))
        self._box.focus()

    def replace(self, text: str) -> None:
        """Put ``text`` in the place of all that is written; Ctrl+Z takes it back."""
        if text != self.text:
            self._box.replace(safe_text(text), (0, 0), self._box.document.end)
            self._box.move_cursor(self._box.document.end)
        self._box.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F8 is there while there are gaps; a note has no copies, and tells no client to wait."""
        if action in ("copy_to", "under_review"):
            return self.kind is Kind.REPLY
        return bool(self._gaps) if action == "next_gap" else True

    def action_submit(self) -> None:
        """Hand the text over, or go to what is missing."""
        if self._gaps:
            left = counted(len(self._gaps), "lacuna por preencher", "lacunas por preencher")
            self._show_state(f"▲ Não enviado: {left}", Tone.WARN)
            self.action_next_gap()
        elif self.text.strip():
            self.post_message(self.Submitted(self.text, self.kind))
        else:
            self._show_state("▲ Ainda não há nada escrito.", Tone.WARN)

    def action_switch(self) -> None:
        """Make it the other kind; the text stays."""
        self.kind = Kind.NOTE if self.kind is Kind.REPLY else Kind.REPLY
        self.post_message(self.Switched(self.text, self.kind))

    def action_template(self) -> None:
        """Ask for the templates."""
        self.post_message(self.TemplateWanted())

    def action_under_review(self) -> None:
        """Ask for the answer where there is none yet."""
        self.post_message(self.UnderReviewWanted())

    def action_read(self) -> None:
        """Ask for the conversation."""
        self.post_message(self.ReadingWanted())

    def action_copy_to(self) -> None:
        """Ask who gets a copy."""
        self.post_message(self.CopyWanted())

    def action_attach(self) -> None:
        """Ask for files."""
        self.post_message(self.FilesWanted())

    def action_editor(self) -> None:
        """Ask for the editor."""
        self.post_message(self.EditorWanted(self.text))

    def action_next_gap(self) -> None:
        """Select the next gap, so that typing replaces it; after the last comes the first."""
        here = self._offset(self._box.selection.end)
        further = (gap for gap in self._gaps if gap.span[0] >= here and gap.span != (here, here))
        self._select(next(further, self._gaps[0]))

    def action_cancel(self) -> None:
        """Leave; nothing is lost."""
        self.post_message(self.Cancelled(self.text, self.kind))

    def watch_kind(self) -> None:
        """Change everything that tells the kinds apart."""
        self._frame.kind = self.kind
        self._box.placeholder = _PLACEHOLDERS[self.kind]
        if self.is_mounted:
            self._review()
            self.query_one(KeyLine).tell()
            self.watch_cc()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.text != self._told:
            self._told = self.text
            self._review()
            self.post_message(self.Changed(self.text, self.kind))

    def watch_kept(self) -> None:
        """Say it below the text."""
        if self.is_mounted:
            self._review()

    def watch_trouble(self) -> None:
        """Say it, or take it back."""
        if self.is_mounted:
            self._review()

    def watch_doing(self) -> None:
        """Say it where one is looking."""
        if self.is_mounted:
            self._review()

    def watch_attached(self) -> None:
        """Name the files below the text."""
        self._show_along(".files", "Anexos", self.attached)

    def watch_cc(self) -> None:
        """Name who else reads a reply."""
        self._show_along(".copies", "Cópia", self.cc if self.kind is Kind.REPLY else ())

    def _show_along(self, where: str, label: str, names: tuple[str, ...]) -> None:
        if self.is_mounted:
            line = self.query_one(where, OneLine)
            line.set_class(bool(names), "-on")
            line.show((Piece(f"{label}: ", Tone.DIM), Piece(safe_text(", ".join(names), multiline=False))))

    def _review(self) -> None:
        text = self.text
        found = gaps(text)
        turned = bool(found) != bool(self._gaps)
        self._gaps = found
        if turned:
            self.refresh_bindings()
        if self.doing:
            self._show_state(f"↻ {self.doing}", Tone.ACCENT)
        elif self.trouble:
            self._show_state(f"▲ {self.trouble}", Tone.BAD)
        elif found:
            left = counted(len(found), "lacuna por preencher", "lacunas por preencher")
            key = key_of(self, "next_gap")
            self._show_state(f"▲ {left} — {key} vai à próxima" if key else f"▲ {left}", Tone.WARN)
        else:
            kept = f" · rascunho {self.kept}" if self.kept and text.strip() else ""
            self._show_state(_READERS[self.kind] + kept, Tone.DIM)
        self._show_gaps()
        lines = text.count("\n") + 1 if text else 0
        count = f"{counted(len(text), 'caractere', 'caracteres')} · {counted(lines, 'linha', 'linhas')}"
        self.query_one(".count", OneLine).show((Piece(f"{count:>28}", Tone.DIM),))

    def _show_state(self, said: str, tone: Tone) -> None:
        self.query_one(".state", OneLine).show((Piece(said, tone),))

    def _show_gaps(self) -> None:
        lines = [
            Content.assemble(
                (f"  linha {gap.line}  ", "dim"), (gap.text, "bold $text-warning"), f"  {gap.mend}"
            )
            for gap in self._gaps[:SHOWN_GAPS]
        ]
        if len(self._gaps) > SHOWN_GAPS:
            lines.append(Content(f"  e mais {len(self._gaps) - SHOWN_GAPS}"))
        shown = self.query_one(".gaps", Static)
        listed = Content("\n").join(lines)
        shown.display = bool(lines)
        if shown.content != listed:
            shown.update(listed)

    def _select(self, gap: Gap) -> None:
        start, end = (self._location(offset) for offset in gap.span)
        self._box.selection = Selection(start, end)
        self._box.scroll_cursor_visible()

    def _location(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)

    def _offset(self, location: tuple[int, int]) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column


_PLACEHOLDERS = {
    Kind.REPLY: "Escreva ao cliente.",
    Kind.NOTE: "Escreva à equipe. O cliente não lê.",
}
_LABELS = {
    Kind.REPLY: {"submit": "Enviar ao cliente", "switch": "Nota"},
    Kind.NOTE: {"submit": "Gravar nota", "switch": "Resposta"},
}
"""What the keys do to this kind of answer."""
_READERS = {Kind.REPLY: "O cliente lê", Kind.NOTE: "Só a equipe lê"}
