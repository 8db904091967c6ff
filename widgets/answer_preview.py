"""The last look before an answer leaves: as it will be read, what happened meanwhile, time to undo."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from textual.app import ComposeResult

from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.finding import Finding, Severity
from clients.models.folded import line_of
from clients.models.text import safe_text
from clients.models.ticket_changes import Change

from .answer_frame import AnswerFrame
from .cells import Line, Piece, Tone, clip, wrap
from .key_line import KeyLine, key_of
from .last_look import LastLook
from .line_view import LineView
from .one_line import OneLine
from .phrases import counted
from .ticket_news import ticket_news

HOLD = 8
"""Seconds in which sending can be taken back."""
_MOVED = "▲ O ticket mudou desde que você o abriu. Leia acima antes de enviar."
_COMPANY = "▲ Há mais alguém neste ticket. Leia acima antes de enviar."
_FOUND = "▲ Há o que conferir. Leia acima antes de enviar."
_LONGEST_QUOTE = 40


class Sheet(LineView):
    """Paragraphs, wrapped to the width there is."""

    def __init__(self, paragraphs: Iterable[Line]) -> None:
        super().__init__()
        self._paragraphs = tuple(paragraphs)
        self._lines: tuple[int, tuple[Line, ...]] = (0, ())

    def show(self, paragraphs: Iterable[Line]) -> None:
        """Show other ones; one stays where one reads."""
        self._paragraphs, self._lines = tuple(paragraphs), (0, ())
        self.content_changed()

    def line_count(self, width: int) -> int:
        """Lines of all paragraphs."""
        return len(self._laid_out(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return self._laid_out(width)[index]

    def _laid_out(self, width: int) -> tuple[Line, ...]:
        if self._lines[0] != width:
            self._lines = width, tuple(line for each in self._paragraphs for line in _fold(each, width))
        return self._lines[1]


class AnswerPreview(LastLook):
    """Shows an answer and counts down. What should be read first makes it wait for Enter.

    That is news of the ticket, and what the routine has to say on the text: names of the team (R16), what is
    better said by phone (R17), what a homologation leaves out (R18).
    """

    HELP = """A mensagem como será lida. Ela sai quando a contagem termina.

- A contagem pode ser segurada para ler com calma; desfazer volta ao texto.
- Se algo mudou no ticket desde que foi aberto, ou se há o que conferir no texto, a contagem só começa
  quando você mandar. Cada aviso diz o trecho, o porquê e um exemplo de conserto; decidir é com você.
- O cliente não precisa saber quem aqui dentro cuida do caso. O que é longo se explica por telefone, com o
  resumo no ticket. Homologação diz o que foi feito, o teste, os passos e o resultado, com imagem.
"""
    DEFAULT_CSS = """
    AnswerPreview { height: 1fr; }
    AnswerPreview > OneLine { padding: 0 2; }
    AnswerPreview > OneLine.-reply { background: $primary 30%; }
    AnswerPreview > OneLine.-note { background: $warning 30%; }
    AnswerPreview > OneLine:ansi { background: ansi_default; }
    AnswerPreview > KeyLine { height: 1; padding: 0 2; text-wrap: nowrap; }
    """

    def __init__(
        self,
        answer: Answer,
        recipient: str,
        about: str,
        now: datetime,
        *,
        new: Sequence[Conversation] = (),
        changes: Sequence[Change] = (),
        findings: Sequence[Finding] = (),
        company: str = "",
        hold: int = HOLD,
    ) -> None:
        """``new`` and ``changes`` are what happened to the ticket since the analyst looked.

        ``findings`` are what `check_answer` has to say on the text; a hint stops nothing. ``company`` says
        who else is at it. With no seconds to ``hold`` it waits for Enter.
        """
        super().__init__(hold)
        self._answer = answer
        weighty = any(each.severity is not Severity.HINT for each in findings)
        self._warning = _MOVED if new or changes else _COMPANY if company else _FOUND if weighty else ""
        self._frame = AnswerFrame(answer.kind, recipient, about)
        self._sheet = Sheet(
            [
                *_company(company),
                *ticket_news(new, changes, now),
                *_remarks(findings, answer.text),
                *_message(answer, recipient),
            ]
        )

    def compose(self) -> ComposeResult:
        """The frame with the sheet, the countdown, the keys."""
        with self._frame:
            yield self._sheet
        yield OneLine(classes="countdown")
        yield KeyLine(self, labels=self._labels)

    def on_mount(self) -> None:
        """Count down at once, unless there is something to be read first."""
        self._sheet.focus()
        if not self._warning and self.seconds > 0:
            self.start()
        self.call_after_refresh(self.show_left)  # keys are known once the focus has arrived

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to be stopped before the countdown began, nor where there is none."""
        return (not self._warning and self.seconds > 0) if action == "hold" else True

    def action_go_on(self) -> None:
        """Send without waiting; where there was something to be read, begin to count first."""
        if self._warning and self.seconds > 0:
            self.start()
        else:
            self.leave(self.departure())

    def start(self) -> None:
        """Count; what was to be read has been."""
        self._warning = ""
        super().start()

    def counting_class(self) -> str:
        """The client will read it, or only the team."""
        return f"-{self._answer.kind.value}"

    def said(self) -> Piece:
        """Seconds left, or what is to be read first."""
        reply = self._answer.kind is Kind.REPLY
        if self.is_over:
            return Piece("")
        if self.left is not None:
            doing = "Enviando ao cliente" if reply else "Gravando a nota"
            undo = key_of(self, "take_back")
            return Piece(f"{doing} em {self.left} s — {undo} desfaz", Tone.STRONG)
        if self._warning:
            return Piece(self._warning, Tone.WARN)
        if self.seconds <= 0:
            return Piece("Confira: só sai quando você mandar.")
        stopped = counted(self.seconds, "segundo", "segundos")
        return Piece(f"Parado a {stopped} do envio — {key_of(self, 'hold')} continua")

    def _labels(self) -> Mapping[str, str]:
        if self._warning:
            return {"go_on": "Enviar assim mesmo"}
        if self.seconds <= 0:
            return {"go_on": "Enviar"}
        return {"go_on": "Sem esperar", "hold": "Segurar" if self.left is not None else "Continuar"}


def _fold(paragraph: Line, width: int) -> Iterator[Line]:
    """Break a paragraph by words below its label, the pieces before the last; a quote's bar goes on."""
    if not paragraph:
        yield ()
        return
    *label, (text, tone) = paragraph
    below = [piece if "│" in piece.text else Piece(" " * len(piece.text)) for piece in label]
    indent = sum(len(piece.text) for piece in label)
    for number, part in enumerate(wrap(text, max(1, width - indent))):
        yield (*(below if number else label), Piece(part, tone))


def _company(said: str) -> Iterator[Line]:
    if said:
        yield (Piece("▲ ", Tone.WARN), Piece(said, Tone.WARN))
        yield ()


def _message(answer: Answer, recipient: str) -> Iterator[Line]:
    if answer.kind is Kind.REPLY:
        yield (Piece("Para      ", Tone.DIM), Piece(recipient, Tone.STRONG))
    else:
        yield (Piece("Para      ", Tone.DIM), Piece("só a equipe", Tone.STRONG))
    if answer.cc and answer.kind is Kind.REPLY:
        yield (Piece("Cópia     ", Tone.DIM), Piece(", ".join(answer.cc)))
    if answer.attachments:
        names = ", ".join(safe_text(path.name, multiline=False) for path in answer.attachments)
        yield (Piece("Anexos    ", Tone.DIM), Piece(names))
    yield ()
    for line in safe_text(answer.text).split("\n"):
        yield (Piece(line),) if line else ()


def _remarks(findings: Sequence[Finding], text: str) -> Iterator[Line]:
    """Each remark once, with all the places that caused it and one mend; places already shown are not
    repeated."""
    shown = ""
    for remark, places in _gathered(findings, text).items():
        mark, tone = ("· ", Tone.DIM) if remark.severity is Severity.HINT else ("▲ ", Tone.WARN)
        yield (Piece(mark, tone), Piece(remark.message, tone))
        quoted = "; ".join(places)
        if quoted and quoted != shown:
            yield (Piece("  ", Tone.DIM), Piece(safe_text(quoted), Tone.STRONG))
        shown = quoted
        if remark.example:
            yield (Piece("  Exemplo: ", Tone.DIM), Piece(" ".join(remark.example.split("\n")), Tone.PLAIN))
    if findings:
        yield ()


def _gathered(findings: Sequence[Finding], text: str) -> dict[Finding, list[str]]:
    gathered: dict[Finding, list[str]] = {}
    for finding in findings:
        places = gathered.setdefault(replace(finding, span=None), [])
        if finding.span is not None:
            quote = clip(" ".join(text[slice(*finding.span)].split()), _LONGEST_QUOTE)
            places.append(f"“{quote}” (linha {line_of(text, finding.span[0])})")
    return gathered
