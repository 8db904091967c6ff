"""The last look before several steps are taken: what each does, the texts as they will be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from clients.models.text import safe_text

from .answer_preview import Sheet
from .cells import Line, Piece, Tone
from .key_line import KeyLine, key_of
from .last_look import LastLook
from .one_line import OneLine
from .phrases import counted

_FOR_ALL = "Confira: um sim vale para todos os passos."
_FOR_ONE = "Confira: nada foi escrito ainda."


@dataclass(frozen=True)
class PlannedStep:
    """One step as it is told."""

    words: str
    text: str = ""
    """What it sends, in full."""
    warnings: tuple[str, ...] = ()
    """What stands against it; deciding is the analyst's."""
    after: str = ""
    """What comes of it, such as who is told."""


class WorkPreview(LastLook):
    """Shows the steps and waits for a yes, then counts down."""

    HELP = """Os passos na ordem em que serão feitos, com os textos como serão lidos. Um sim vale para todos.

- Depois do sim há alguns segundos para desfazer; a contagem pode ser segurada.
- Se um passo não passar, os seguintes esperam em Pendências.
- À descrição da tarefa e ao comentário do tempo junta-se uma marca, [op:…]: por ela são achados de novo.
"""
    DEFAULT_CSS = """
    WorkPreview { height: 1fr; border: round $primary; padding: 0 1; }
    WorkPreview > OneLine { padding: 0 1; }
    WorkPreview > OneLine.-counting { background: $warning 30%; }
    WorkPreview > OneLine:ansi { background: ansi_default; }
    WorkPreview > KeyLine { height: 1; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(
        self,
        title: str,
        steps: Sequence[PlannedStep],
        *,
        news: Sequence[Line] = (),
        warnings: Sequence[str] = (),
        hold: int,
        go: str = "Fazer tudo",
        back: str = "Voltar ao formulário",
    ) -> None:
        """``news`` is what changed since the analyst looked; ``warnings`` were left as they are.

        ``go`` and ``back`` are what doing it and taking it back are called.
        """
        super().__init__(hold)
        self._go, self._back = go, back
        self._waits_for = _FOR_ONE if len(steps) == 1 else _FOR_ALL
        self.border_title = title
        self._agreed = False
        self._sheet = Sheet([*news, *_warned(warnings), *_told(steps)])

    def compose(self) -> ComposeResult:
        """The sheet, the countdown, the keys."""
        yield self._sheet
        yield OneLine()
        yield KeyLine(self, labels=self._labels)

    def on_mount(self) -> None:
        """The sheet takes the keys, so that it can be scrolled."""
        self._sheet.focus()
        self.call_after_refresh(self.show_left)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to be stopped before the yes."""
        return self._agreed and self.hold > 0 if action == "hold" else True

    def action_go_on(self) -> None:
        """Yes; and once it counts, without waiting."""
        if self.left is None:
            self._agreed = True
            self.start()
        else:
            self.leave(self.departure())

    def counting_class(self) -> str:
        """Something is about to change elsewhere."""
        return "-counting"

    def said(self) -> Piece:
        """Seconds left, or what is waited for."""
        if self.is_over:
            return Piece("")
        if self.left is not None:
            return Piece(f"Começa em {self.left} s — {key_of(self, 'take_back')} desfaz", Tone.STRONG)
        if self._agreed:
            stopped = counted(self.seconds, "segundo", "segundos")
            return Piece(f"Parado a {stopped} do começo — {key_of(self, 'hold')} continua")
        return Piece(self._waits_for)

    def _labels(self) -> dict[str, str]:
        if self.left is not None:
            return {"go_on": "Sem esperar", "hold": "Segurar", "take_back": "Desfazer"}
        return {"go_on": self._go, "hold": "Continuar", "take_back": self._back}


def _warned(warnings: Sequence[str]) -> Iterator[Line]:
    for warning in warnings:
        yield (Piece("▲ ", Tone.WARN), Piece(safe_text(warning, multiline=False), Tone.WARN))
    if warnings:
        yield ()


def _told(steps: Sequence[PlannedStep]) -> Iterator[Line]:
    for number, step in enumerate(steps, 1):
        yield (Piece(f"{number}. ", Tone.ACCENT), Piece(safe_text(step.words, multiline=False), Tone.STRONG))
        for warning in step.warnings:
            yield (Piece("   ▲ ", Tone.WARN), Piece(safe_text(warning, multiline=False), Tone.WARN))
        for line in safe_text(step.text).split("\n") if step.text else ():
            yield (Piece("   │ ", Tone.DIM), Piece(line))
        if step.after:
            yield (Piece("   ", Tone.DIM), Piece(safe_text(step.after, multiline=False), Tone.LINK))
    if not steps:
        yield (Piece("Nada muda: o ticket já está assim."),)
