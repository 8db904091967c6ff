"""Asking for what a move has to carry: a reason, a question, a deadline, an address, a version."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

from clients.models.chamado import Chamado
from clients.models.day import EXAMPLES, Day, NoDay, read_day
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Arrow, Move, Need, check_move
from clients.models.times import BRAZIL
from tui.commands.dialogs import MOVE_TEXT
from tui.kept_text import KeptText
from widgets.bound import bound
from widgets.cells import Tone
from widgets.phrases import counted
from widgets.picker import Pick
from widgets.tone_styles import STYLES

from .field import FieldScreen, NotUnderstood, Understood
from .pick import PickScreen
from .text import TextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_PLACEHOLDERS = {
    Need.DEADLINE: EXAMPLES,
    Need.URL: "https://homologacao.exemplo.com.br",
    Need.VERSION: "4.18.2",
}
_EACH, _ONE = "each", "one"
_QUOTED = 7
"""Lines of a question that fit above its answer on 24; the history has the rest."""
_WIDTH = 70
"""Of such a line, in the card."""
Moves = Mapping[str, Move]
"""By id of the chamado."""


class ChamadoTextScreen(TextScreen):
    """A reason, a question, a comment: edited in full before it is written."""

    ABOUT = "O texto fica guardado enquanto se escreve. Nada é escrito no chamado antes da conferência."
    BINDINGS = bound(MOVE_TEXT, priority=("texto-chamado.usar",))


def draft_name(chamados: Sequence[Chamado], what: str) -> str:
    """Under which key a text is kept that is written for ``chamados``, in whichever order, and no others."""
    if len(chamados) == 1:
        return f"chamado:{chamados[0].id}:{what}"
    ids = "\n".join(sorted(chamado.id for chamado in chamados))
    return f"chamados:{sha256(ids.encode()).hexdigest()[:16]}:{what}"


def named(chamados: Sequence[Chamado]) -> str:
    """One by its number, several by how many they are."""
    if len(chamados) == 1:
        return f"nº {chamados[0].number}"
    return counted(len(chamados), "chamado", "chamados")


class MoveAsking:
    """Asks by dialogs over the desk; what is typed is kept. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def carried(
        self, chamados: Sequence[Chamado], arrow: Arrow, proposed: Mapping[str, str]
    ) -> Moves | None:
        """Return the move of each of ``chamados`` along ``arrow``; None where one gave up.

        ``proposed`` are comments to begin with, by id.
        """
        if arrow.need is None:
            return {chamado.id: Move(to=arrow.to) for chamado in chamados}
        if arrow.need is Need.COMMENT:
            return await self._comments(chamados, arrow, proposed)
        typed = await self._field(chamados, arrow, arrow.need)
        if typed is None:
            return None
        move = self._move(arrow.to, arrow.need, typed)
        return {chamado.id: move for chamado in chamados}

    async def text(
        self,
        chamados: Sequence[Chamado],
        title: str,
        what: str,
        proposed: str = "",
        *,
        quoted: Sequence[str] = (),
    ) -> str | None:
        """Return a text written for ``chamados``; None where one gave up, and it stays kept.

        ``quoted`` are lines that it answers.
        """
        kept = KeptText(self._app.desk, draft_name(chamados, what))
        begun = await kept.begun()
        above = [Content(chamados[0].title)] if len(chamados) == 1 else []
        above += [Content.assemble(("│ ", STYLES[Tone.DIM]), line) for line in quoted]
        screen = ChamadoTextScreen(
            f"{title} · {named(chamados)}", begun or proposed, keep=kept.keep, above=above
        )
        return await self._app.ask(screen)

    # ── below ──

    async def _comments(
        self, chamados: Sequence[Chamado], arrow: Arrow, proposed: Mapping[str, str]
    ) -> Moves | None:
        first = proposed.get(chamados[0].id, "")
        if len(chamados) > 1 and all(proposed.get(chamado.id) for chamado in chamados):
            picks = [
                Pick(_EACH, "A cada um o que a conferência aponta nele"),
                Pick(_ONE, "Um texto para todos"),
            ]
            way = await self._app.ask(PickScreen(f"{arrow.asks} · {named(chamados)}", picks))
            if way is None:
                return None
            if way == _EACH:
                return {each.id: Move(to=arrow.to, comment=proposed[each.id]) for each in chamados}
        one = len(chamados) == 1
        text = await self.text(
            chamados,
            self._title(arrow),
            arrow.to,
            first if one else "",
            quoted=_question(chamados[0]) if one else (),
        )
        if text is None:
            return None
        return {chamado.id: Move(to=arrow.to, comment=text) for chamado in chamados}

    async def _field(self, chamados: Sequence[Chamado], arrow: Arrow, need: Need) -> str | None:
        status = chamados[0].status

        def read(typed: str) -> Understood | NotUnderstood:
            if need is Need.DEADLINE:
                return self._read_deadline(typed)
            found = check_move(status, self._move(arrow.to, need, typed.strip()), today=self._today)
            return NotUnderstood(f"{found[0].message} Ex.: {found[0].example}") if found else Understood("")

        about = chamados[0].title if len(chamados) == 1 else "O mesmo para todos os marcados."
        kept = KeptText(self._app.desk, draft_name(chamados, arrow.to))
        screen = FieldScreen(
            f"{self._title(arrow)} · {named(chamados)}",
            about,
            await kept.begun(),
            read=read,
            keep=kept.keep,
            placeholder=_PLACEHOLDERS[need],
        )
        return await self._app.ask(screen)

    def _title(self, arrow: Arrow) -> str:
        return f"{arrow.asks} → {self._app.desk.settings.chamados.labels[arrow.to]}"

    def _read_deadline(self, typed: str) -> Understood | NotUnderstood:
        match read_day(typed, self._today):
            case Day(_, echo, warning):
                return Understood(echo, warning)
            case NoDay(reason):
                return NotUnderstood(reason)

    def _move(self, to: ChamadoStatus, need: Need, typed: str) -> Move:
        if need is Need.DEADLINE:
            read = read_day(typed, self._today)
            return Move(to=to, deadline=read.day if isinstance(read, Day) else None)
        return Move.model_validate({"to": to, need.value: typed})

    @property
    def _today(self) -> date:
        return self._app.desk.clock().astimezone(BRAZIL).date()


def _question(chamado: Chamado) -> Sequence[str]:
    """What was asked of whoever opened ``chamado``, while it waits for that."""
    asked = chamado.last_move
    if asked is None or asked.status is not ChamadoStatus.AGUARDANDO_INFORMACOES:
        return ()
    lines = [piece for line in asked.comment.splitlines() for piece in wrap(line, _WIDTH)]
    return lines if len(lines) <= _QUOTED else [*lines[: _QUOTED - 1], "…"]
