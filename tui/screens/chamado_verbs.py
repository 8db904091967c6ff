"""Verbs on one chamado or the marked ones: ask, show what will be written and who is told, do it once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.finding import Finding, Severity
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import ARROWS, Arrow, Move, Need, arrow, check_move
from clients.models.sent_draft import draft_of
from clients.models.similar import Lookalikes
from clients.models.times import BRAZIL
from tui.carrier import Result
from tui.flows.chamado_steps import move_step, move_words, remark_step
from tui.flows.triage import duplicate_comment, proposed_comment, sent_findings, told_by_mail
from tui.intent import Step
from widgets.cells import Line, Piece, Tone
from widgets.phrases import date_time
from widgets.picker import Pick
from widgets.work_preview import PlannedStep, WorkPreview

from .bulk import Bulk, Plan
from .chamado_looking import Looked, look_again
from .last_look import WorkScreen
from .move_asking import MoveAsking, Moves, draft_name, named
from .pick import PickScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

Verb = Callable[[Sequence[Chamado]], Awaitable[bool]]
"""Done on chamados as they are shown; True where something was begun. May raise PlantaoError."""
_COMMENT = "comentario"
_WITH = {
    Need.COMMENT: "com texto",
    Need.URL: "com URL",
    Need.VERSION: "com versão",
    Need.DEADLINE: "com prazo",
}
"""What a move has to carry, beside its name."""


@dataclass(frozen=True)
class _Planned:
    """What is about to be done on one chamado."""

    chamado: Chamado
    step: Step
    shown: PlannedStep


@dataclass(frozen=True)
class _Work:
    """What is about to be done at once."""

    verb: str
    planned: Sequence[_Planned]
    looked: Looked
    said: str
    """What is told once it is done on one."""
    drafts: Sequence[str]
    """Keys of the texts that it makes superfluous."""
    left_out: Sequence[Result] = field(default=())
    """Those it cannot be done on."""


class ChamadoVerbs:
    """What the single keys of mode 3 do to chamados. Every method waits for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._asking = MoveAsking(app)

    async def move(self, chamados: Sequence[Chamado]) -> bool:
        """Along an arrow of the table, chosen where there are several. True where something was begun."""
        ways = {way.to: way for chamado in chamados for way in ARROWS[chamado.status]}
        if not ways:
            self._app.refuse("\n".join(dict.fromkeys(self._no_way(each, each.status) for each in chamados)))
            return False
        if len(ways) == 1:
            return await self._bring(chamados, next(iter(ways)))
        picks = [Pick(way.to, way.verb, self._about(way)) for way in ways.values()]
        chosen = await self._app.ask(PickScreen(f"Mover {named(chamados)}", picks))
        return chosen is not None and await self._bring(chamados, ChamadoStatus(chosen))

    async def approve(self, chamados: Sequence[Chamado]) -> bool:
        """To the Backlog, with a deadline."""
        return await self._bring(chamados, ChamadoStatus.BACKLOG)

    async def reprove(self, chamados: Sequence[Chamado]) -> bool:
        """With a reason, proposed from what the rules find."""
        return await self._bring(chamados, ChamadoStatus.REPROVADO)

    async def ask(self, chamados: Sequence[Chamado]) -> bool:
        """For information, proposed from what the rules miss."""
        return await self._bring(chamados, ChamadoStatus.AGUARDANDO_INFORMACOES)

    async def duplicate(self, chamados: Sequence[Chamado]) -> bool:
        """Reprove as saying the same as another chamado."""
        looked = await self._looked(chamados)
        if looked is None:
            return False
        ids = {chamado.id for chamado in looked.chamados}
        board = await self._app.desk.board.chamados()
        # reading every text of a board takes a while
        ordered = await asyncio.to_thread(lambda: Lookalikes(board).in_order(draft_of(looked.chamados[0])))
        others = {str(one.number): one for one in ordered if one.id not in ids}
        if not others:
            self._app.refuse("Não há outro chamado: este não é duplicado de nenhum.")
            return False
        picks = [
            Pick(number, f"nº {number}  {other.title}", self._labels[other.status])
            for number, other in others.items()
        ]
        title = f"{named(looked.chamados)} · duplicado de qual?"
        chosen = await self._app.ask(PickScreen(title, picks))
        if chosen is None:
            return False
        original = others[chosen]
        move = Move(
            to=ChamadoStatus.REPROVADO,
            comment=duplicate_comment(original),
            duplicate_of=original.number,
        )
        moves = {chamado.id: move for chamado in looked.chamados}
        return await self._carry_moves(looked, ChamadoStatus.REPROVADO, moves, {})

    async def comment(self, chamados: Sequence[Chamado]) -> bool:
        """Say something of the first; its status stays."""
        looked = await self._looked(chamados[:1])
        if looked is None:
            return False
        chamado = looked.chamados[0]
        text = await self._asking.text([chamado], "Comentar", _COMMENT)
        if text is None:
            return False
        step = remark_step(chamado, text, self._app.desk.author)
        shown = PlannedStep(
            f"Comentar no chamado nº {chamado.number}",
            text,
            after="Sem e-mail: de um comentário ninguém é avisado.",
        )
        work = _Work(
            "Comentar",
            [_Planned(chamado, step, shown)],
            looked,
            "comentário gravado.",
            [draft_name([chamado], _COMMENT)],
        )
        return await self._confirmed(work)

    # ── moves ──

    async def _bring(self, chamados: Sequence[Chamado], to: ChamadoStatus) -> bool:
        looked = await self._looked(chamados)
        if looked is None:
            return False
        able = [chamado for chamado in looked.chamados if arrow(chamado.status, to)]
        if not able:
            self._app.refuse("\n".join(dict.fromkeys(self._no_way(each, to) for each in looked.chamados)))
            return False
        way = arrow(able[0].status, to)
        assert way is not None, "only those that have one are able"
        findings = {chamado.id: await self._findings(chamado) for chamado in able}
        proposed = {id: proposed_comment(to, found) for id, found in findings.items()}
        moves = await self._asking.carried(able, way, proposed)
        return moves is not None and await self._carry_moves(looked, to, moves, findings)

    async def _carry_moves(
        self,
        looked: Looked,
        to: ChamadoStatus,
        moves: Moves,
        findings: Mapping[str, Sequence[Finding]],
    ) -> bool:
        """``moves`` may be of some of ``looked``; the others are told why not."""
        able = [chamado for chamado in looked.chamados if chamado.id in moves]
        left_out = [
            Result(f"chamado nº {chamado.number}", False, self._no_way(chamado, to))
            for chamado in looked.chamados
            if chamado.id not in moves
        ]
        way = arrow(able[0].status, to)
        planned = [
            self._planned(chamado, moves[chamado.id], findings.get(chamado.id, ())) for chamado in able
        ]
        names = [draft_name(able, to), *(draft_name([chamado], to) for chamado in able)]
        work = _Work(
            way.verb if way else "Mover",
            planned,
            looked,
            f"está em {self._labels[to]}.",
            list(dict.fromkeys(names)),
            left_out,
        )
        return await self._confirmed(work)

    def _planned(self, chamado: Chamado, move: Move, findings: Sequence[Finding]) -> _Planned:
        desk = self._app.desk
        step = move_step(chamado, move, desk.author, labels=self._labels)
        against: tuple[str, ...] = ()
        if move.to is ChamadoStatus.BACKLOG:
            against = tuple(found.message for found in findings if found.severity is Severity.BLOCK)
        after = told_by_mail(chamado, move.to, configured=desk.settings.mail is not None)
        words = f"{move_words(step)} · {chamado.title}"
        return _Planned(chamado, step, PlannedStep(words, move.comment, against, after))

    async def _findings(self, chamado: Chamado) -> Sequence[Finding]:
        if chamado.status is not ChamadoStatus.TRIAGEM:
            return ()
        return await sent_findings(chamado, self._app.desk.settings.chamados.words.lexicon)

    # ── confirming and carrying out ──

    async def _looked(self, chamados: Sequence[Chamado]) -> Looked | None:
        """As they are now; None, once it was told, where none is as it was shown."""
        looked = await look_again(self._app, chamados)
        if looked.chamados:
            return looked
        self._app.refuse(_gone(looked.gone))
        return None

    async def _confirmed(self, work: _Work) -> bool:
        """Show everything, wait for the yes and the seconds after it, look once more, carry out."""
        hold = self._app.desk.settings.replies.undo_seconds
        left_out = [*work.left_out, *work.looked.gone]
        preview = WorkPreview(
            f" {work.verb} · {named([one.chamado for one in work.planned])} ",
            [one.shown for one in work.planned],
            news=tuple(self._news(work)),
            warnings=[f"{one.subject} fica de fora: {one.told}" for one in left_out],
            hold=hold,
            go=work.verb,
            back="Voltar",
        )
        if not await self._app.ask(WorkScreen(preview)):
            return False
        now = await look_again(self._app, [one.chamado for one in work.planned])
        if not now.chamados:
            self._app.refuse(_gone(now.gone))
            return False
        still = {chamado.id for chamado in now.chamados}
        steps = [one.step for one in work.planned if one.chamado.id in still]
        self._carry(steps, work, [*left_out, *now.gone])
        return True

    def _carry(self, steps: Sequence[Step], work: _Work, left_out: Sequence[Result]) -> None:
        drafts = self._app.desk.local.drafts

        def superfluous(workflow: str) -> None:
            for key in work.drafts:
                drafts.discard(key)

        plans = [Plan((step,), also=superfluous) for step in steps]
        if len(plans) == 1 and not left_out:
            self._app.carrier.start(plans[0].steps, work.said, also=superfluous)
        else:
            Bulk(self._app, "chamado", "chamados").carry(plans, left_out)

    def _news(self, work: _Work) -> Iterator[Line]:
        now = self._app.desk.clock()
        for one in work.planned:
            for event in work.looked.said.get(one.chamado.id, ()):
                told = f"nº {one.chamado.number}, {date_time(event.at, now)}: {_said(event)}"
                yield (Piece("▲ Enquanto isso, ", Tone.WARN), Piece(told, Tone.WARN))
        if any(work.looked.said.get(one.chamado.id) for one in work.planned):
            yield ()

    # ── words ──

    @property
    def _labels(self) -> Mapping[ChamadoStatus, str]:
        return self._app.desk.settings.chamados.labels

    def _about(self, way: Arrow) -> str:
        told = f"→ {self._labels[way.to]}"
        return f"{told}, {_WITH[way.need]}" if way.need else told

    def _no_way(self, chamado: Chamado, to: ChamadoStatus) -> str:
        today = self._app.desk.clock().astimezone(BRAZIL).date()
        return check_move(chamado.status, Move(to=to), today=today, labels=self._labels)[0].message


def _gone(gone: Sequence[Result]) -> str:
    return "\n".join(f"O {one.subject} {one.told}." for one in gone)


def _said(event: ChamadoEvent) -> str:
    words = " ".join(event.comment.split())
    return f"{event.who or 'alguém'} escreveu «{words[:200]}»"
