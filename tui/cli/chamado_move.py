"""``plantao chamado mover``: a move by the same table as on the screen, and the letters that tell of it."""

from dataclasses import dataclass

from clients.errors import PlantaoError
from clients.models.chamado import Chamado
from clients.models.day import NoDay, read_day
from clients.models.feed import Feed
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import ARROWS, Move, check_move
from clients.models.text import fold
from clients.models.times import BRAZIL

from ..desk import Desk
from ..flows.chamado_steps import move_step
from ..flows.triage import duplicate_comment
from . import show, show_chamado
from .asking import agreed
from .chamado_shown import numbered
from .exit_codes import Code
from .headless import at_the_desk, known
from .letters import carry_letters
from .running import say, say_trouble
from .step_lines import ending, step_row, tell_step

MOVE_OPTIONS = {
    "to": "SITUAÇÃO",
    "comment": "--motivo",
    "url": "--url",
    "version": "--versao",
    "deadline": "--prazo",
}


@dataclass(frozen=True)
class MoveAsked:
    """A move as the options say it."""

    status: str
    comment: str = ""
    url: str = ""
    version: str = ""
    deadline: str = ""
    duplicate_of: int | None = None


def move_chamado(number: int, asked: MoveAsked, simulate: bool, yes: bool, as_json: bool) -> int:
    """Move a chamado by the table; WRONG where it does not allow it, with what it allows."""

    async def work(desk: Desk) -> int:
        await known(desk)
        chamado, labels = await numbered(desk, number), desk.settings.chamados.labels
        status = next((each for each in ChamadoStatus if _means(asked.status, each, labels[each])), None)
        if status is None:
            say(f"plantao: não existe a situação {asked.status}; há {', '.join(labels.values())}.")
            ways = "; ".join(f"{each.verb}: {labels[each.to]}" for each in ARROWS[chamado.status])
            say(f"O nº {number} está em {labels[chamado.status]}. {ways}".rstrip())
            return Code.USAGE
        today = desk.clock().astimezone(BRAZIL).date()
        deadline = read_day(asked.deadline, today) if asked.deadline else None
        if isinstance(deadline, NoDay):
            say(f"plantao: --prazo {asked.deadline}: {deadline.reason}")
            return Code.USAGE
        original = await _original(desk, number, asked.duplicate_of)
        if original is not None and status is not ChamadoStatus.REPROVADO:
            say(f"plantao: --duplicado-de só vale para {labels[ChamadoStatus.REPROVADO]}.")
            return Code.USAGE
        reason = duplicate_comment(original) if original is not None else ""
        move = Move(
            to=status,
            comment=asked.comment.strip() or reason,
            url=asked.url.strip(),
            version=asked.version.strip(),
            deadline=deadline.day if deadline else None,
            duplicate_of=asked.duplicate_of,
        )
        findings = check_move(chamado.status, move, today=today, labels=labels)
        for line in show_chamado.finding_lines(findings, MOVE_OPTIONS):
            say(line)
        if findings:
            return Code.WRONG
        step = move_step(chamado, move, desk.author, labels=labels)
        words = desk.account.vocabulary
        told = f"nº {number}: {labels[chamado.status]} → {labels[status]}"
        if simulate:
            say(f"{told}\nSimulação: nada foi feito.")
            return Code.OK
        if not yes and not await agreed(f"{told}. Mover?"):
            return Code.USAGE
        planned = await desk.workflows.plan([step])
        progress = await desk.workflows.carry_on(
            planned[0].workflow, lambda intent: tell_step(intent, words, as_json)
        )
        word, sentence, code = ending(progress)
        say(sentence)
        if as_json:
            rows = [step_row(each, words) for each in progress.steps]
            show.write(show.as_json({"chamado": number, "desfecho": word, "passos": rows}))
        if progress.is_done:
            await _tell(desk, as_json=as_json)
        return code

    return at_the_desk(work)


async def _original(desk: Desk, number: int, original: int | None) -> Chamado | None:
    """The chamado that nº ``number`` is said to be a duplicate of; PlantaoError where there is no such."""
    if original is None:
        return None
    if original == number:
        raise PlantaoError(
            f"o nº {number} não é duplicado de si mesmo.", title="--duplicado-de", way_out="Diga o original."
        )
    return await numbered(desk, original)


async def _tell(desk: Desk, *, as_json: bool) -> None:
    """Tell by e-mail what is new; where that fails it is told, and what was done before stays done."""
    try:
        await carry_letters(desk, Feed(await desk.board.chamados()), as_json=as_json)
    except PlantaoError as error:
        say_trouble(error)


def _means(typed: str, status: ChamadoStatus, label: str) -> bool:
    return fold(typed.strip()) in (status.value, fold(status.value.replace("_", " ")), fold(label))
