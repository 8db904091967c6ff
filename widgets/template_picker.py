"""Choosing an answer template by a few letters of its name, with its text as it would be inserted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message

from clients.models.feed import Trouble
from clients.models.template import Template, fill

from .bound import bound
from .cells import Line, Piece, Tone, justify, wrap
from .gaps import gaps, marked
from .inputs import TextInput
from .key_line import KeyLine
from .keys import TEMPLATES
from .letter_picker import LetterPicker
from .line_list import LineList
from .line_view import LineView
from .one_line import OneLine
from .phrases import counted
from .template_search import Hit, TemplateIndex

FIELD_WOULD_TAKE = tuple(key.id for key in TEMPLATES.keys if key.action != "dismiss")
"""Keys that the field for letters would use for itself."""
_HOLD = "\ue000"  # never in cleaned text, and one cell wide


class FilledText(LineView, can_focus=False):
    """A template's text, filled, with its gaps marked."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._lines: dict[int, list[str]] = {}

    def show(self, text: str) -> None:
        """Show ``text`` from its beginning."""
        if text != self._text:
            self._text, self._lines = text, {}
            self.content_changed()
            self.jump_to(0)

    def line_count(self, width: int) -> int:
        """Lines of the wrapped text."""
        return len(self._wrapped(width))

    def line_at(self, index: int, width: int) -> Line:
        """One line of it."""
        return marked(self._wrapped(width)[index])

    def _wrapped(self, width: int) -> list[str]:
        if width not in self._lines:
            lines = _held(self._text).split("\n") if self._text else []
            parts = (part for line in lines for part in wrap(line, width))
            self._lines = {width: [part.replace(_HOLD, " ") for part in parts]}
        return self._lines[width]


class TemplatePicker(LetterPicker[Hit]):
    """A field to type in, the templates that match, and what the one under the cursor would insert."""

    HELP = """Digite algumas letras do nome ou da pasta, em qualquer ordem e sem se importar com acentos.

O texto à direita já vem com os dados do ticket; o que não se soube preencher fica entre chaves.
"""
    BINDINGS = bound(TEMPLATES, priority=FIELD_WOULD_TAKE)
    DEFAULT_CSS = """
    TemplatePicker {
        height: 1fr; border: round $primary; border-subtitle-color: $text-warning; padding: 0 1;
    }
    TemplatePicker > TextInput { margin-bottom: 1; }
    TemplatePicker > Horizontal { height: 1fr; }
    TemplatePicker LineList { width: 2fr; }
    TemplatePicker .text { width: 3fr; border-left: vkey $foreground 20%; padding-left: 1; }
    TemplatePicker .title { margin-bottom: 1; }
    TemplatePicker > KeyLine { height: 1; text-wrap: nowrap; margin-top: 1; }
    """

    @dataclass
    class Chosen(Message):
        """This one, with its placeholders filled as far as that is possible."""

        template: Template
        text: str

    class Dismissed(LetterPicker.Dismissed):
        """None of them."""

    def __init__(
        self, templates: Sequence[Template], values: Mapping[str, str], trouble: Trouble | None = None
    ) -> None:
        """``values`` fill the placeholders; ``trouble`` says why some templates are missing."""
        super().__init__(LineList(lambda hit: hit.template.id, _draw))
        self._index = TemplateIndex(templates)
        self._empty = not templates
        self._values = values
        self._trouble = trouble
        self._text = FilledText()
        self.border_title = Content("Modelos")
        if trouble is not None:
            self.border_subtitle = Content(f"▲ {trouble.title}: {trouble.message}")

    def compose(self) -> ComposeResult:
        """The field, the list beside the text, the keys."""
        yield TextInput(placeholder="nome do modelo ou da pasta")
        with Horizontal():
            yield self._list
            with Vertical(classes="text"):
                yield OneLine(classes="title")
                yield self._text
        yield KeyLine(self)

    def on_mount(self) -> None:
        """All templates, until letters are typed."""
        self.search("")
        self.query_one(TextInput).focus()

    def action_choose(self) -> None:
        """Take the one under the cursor."""
        hit = self._list.highlighted
        if hit is not None:
            self.post_message(self.Chosen(hit.template, fill(hit.template.text, self._values)))

    def action_scroll_text(self, pages: int) -> None:
        """Read on in a long text."""
        self._text.jump_to(self._text.top + pages * self._text.line_rows)

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._show()

    def search(self, letters: str) -> None:
        """The best match first, and under the cursor."""
        if not self._empty:
            self._list.explain("Nenhum modelo assim.", "Apague letras.")
        elif self._trouble is not None:
            self._list.explain("Sem modelos.", self._trouble.way_out)
        else:
            self._list.explain("Nenhum modelo ainda.", "O README conta como criar.")
        self._list.set_rows(self._index.search(letters))
        self._list.move_to(0)  # the best match, not the one that happened to be under the cursor
        self._show()

    def _show(self) -> None:
        hit = self._list.highlighted
        text = fill(hit.template.text, self._values) if hit else ""
        left = len(gaps(text))
        missing = f"▲ {counted(left, 'lacuna', 'lacunas')}" if left else ""
        title = hit.template.title if hit else ""
        self.query_one(".title", OneLine).show(
            (Piece(title, Tone.STRONG), Piece(f"  {missing}" if missing else "", Tone.WARN))
        )
        self._text.show(text)


def _held(text: str) -> str:
    """The text with its gaps kept from being broken at their blanks."""
    for gap in reversed(gaps(text)):
        start, end = gap.span
        text = text[:start] + text[start:end].replace(" ", _HOLD) + text[end:]
    return text


def _draw(hit: Hit, width: int) -> Line:
    template = hit.template
    groups = groupby(enumerate(template.title), key=lambda pair: pair[0] in hit.letters)
    title = [
        Piece("".join(letter for _, letter in letters), Tone.ACCENT if matched else Tone.PLAIN)
        for matched, letters in groups
    ]
    return justify(title, (Piece(template.folder, Tone.DIM),), width)
