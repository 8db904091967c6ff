"""``plantao chamado``: the form, the board and the triage without a screen, by the same rules."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clients.errors import NotFound, PlantaoError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.day import NoDay, read_day
from clients.models.feed import Feed
from clients.models.finding import Finding
from clients.models.licence import LicenceCheck
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import ARROWS, Move, check_move
from clients.models.notice import NOTICE
from clients.models.quality import can_send
from clients.models.text import fold, safe_text
from clients.models.times import BRAZIL
from widgets.phrases import ago

from ..desk import Desk
from ..flows.chamado import NotReady, prefill
from ..flows.chamado_files import ChamadoRules
from ..flows.chamado_similar import SimilarChamados
from ..flows.chamado_steps import move_step
from ..flows.triage import sent_findings
from . import show, show_chamado
from .chamado_file import EXAMPLE, FIELD_NAMES, read_draft
from .exit_codes import Code
from .headless import at_the_desk, known, say_if_none
from .letters import carry_letters
from .running import say, say_trouble
from .step_lines import ending, step_row, tell_step

_BOARD = "Quadro"
_NAMES = {**FIELD_NAMES, "notice_read_at": "--entendi"}
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


class NotOnBoard(NotFound):
    """No chamado has that number."""

    def __init__(self, number: int) -> None:
        super().__init__(_BOARD, f"não há chamado nº {number}", way_out="plantao chamados lista os que há.")


def new_chamado(file: Path | None, ticket_id: int | None, example: bool, as_json: bool) -> int:
    """Keep a draft from a file or from a ticket, to be gone on with at the desk or sent by its id."""
    if example:
        show.write(EXAMPLE.rstrip("\n"))
        return Code.OK
    if (file is None) == (ticket_id is None):
        say("plantao: diga um arquivo ou --ticket N; --exemplo mostra como é um arquivo.")
        return Code.USAGE
    read = None if file is None else read_draft(file)

    async def work(desk: Desk) -> int:
        await known(desk)
        draft = read if read is not None or ticket_id is None else await _from_ticket(desk, ticket_id)
        assert draft is not None, "a file or a ticket was named"
        await desk.disk(desk.chamado_drafts.save, draft)
        findings, _ = await _findings(desk, draft)
        _tell_findings(findings)
        if as_json:
            show.write(_outcome(draft, None, findings, "rascunho"))
        else:
            show.write(draft.id)
            _tell_kept(draft)
        return Code.OK

    return at_the_desk(work)


def send_chamado(
    source: str, understood: bool, accept_unchecked: bool, simulate: bool, yes: bool, as_json: bool
) -> int:
    """Check and send a file or a kept draft, once. WRONG while something blocks."""
    read = read_draft(Path(source)) if Path(source).exists() else None

    async def work(desk: Desk) -> int:
        await known(desk)
        draft = read or await _kept(desk, source)
        sent = await desk.board.chamado(draft.id)
        if sent is not None:
            say(f"Já enviado: é o chamado nº {sent.number}.")
            return _ended(draft, sent, (), "enviado", as_json)
        if understood and draft.notice_read_at is None:
            say(f"Com --entendi você confirma que leu:\n{desk.settings.chamados.notice or NOTICE}\n")
            draft = draft.model_copy(update={"notice_read_at": desk.clock()})
        if not simulate:
            await desk.disk(desk.chamado_drafts.save, draft)
        findings, licence = await _findings(desk, draft)
        _tell_findings(findings)
        if licence is not None:
            say(f"Licença: {show_chamado.licence(licence, desk.clock())}")
        if not can_send(findings):
            if not simulate:
                _tell_kept(draft)
            return _ended(draft, None, findings, "impedido", as_json, Code.WRONG)
        await _tell_similar(desk, draft)
        if simulate:
            say("Simulação: nada foi enviado.")
            return _ended(draft, None, findings, "simulado", as_json)
        if not yes and not _agreed(f"Enviar «{draft.title.strip()}»?"):
            _tell_kept(draft)
            return _ended(draft, None, findings, "nao_enviado", as_json, Code.USAGE)
        try:
            chamado = await desk.submit(draft, unchecked_accepted=accept_unchecked)
        except NotReady as error:
            say(f"{error.title}: {error.message}")
            if not accept_unchecked:
                say("--licenca-nao-verificada envia assim, e isso fica registrado no chamado.")
            _tell_kept(draft)
            return _ended(draft, None, error.findings, "impedido", as_json, Code.WRONG)
        except PlantaoError:
            _tell_kept(draft)
            raise
        say(f"Chamado nº {chamado.number} enviado: está em Triagem.")
        return _ended(draft, chamado, findings, "enviado", as_json)

    return at_the_desk(work)


def show_one(number: int, as_json: bool) -> int:
    """Print one chamado with its history. WRONG where there is none of that number."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        chamado, labels = await _numbered(desk, number), desk.settings.chamados.labels
        if as_json:
            show.write(show_chamado.page_json(chamado, labels))
        else:
            show.write(show_chamado.page(chamado, labels, desk.clock()))
        return Code.OK

    return at_the_desk(work)


def show_triage(as_json: bool) -> int:
    """Print what waits in Triagem, oldest first, each with what stands against it."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        waiting = [each for each in await desk.board.chamados() if each.status is ChamadoStatus.TRIAGEM]
        waiting.sort(key=lambda each: each.since)
        now, lexicon = desk.clock(), desk.settings.chamados.words.lexicon
        judged = [(each, await sent_findings(each, lexicon)) for each in waiting]
        if as_json:
            rows = [
                {
                    "chamado": each.model_dump(mode="json"),
                    "achados": show_chamado.finding_rows(found, _NAMES),
                }
                for each, found in judged
            ]
            show.write(show.as_json({"triagem": rows}))
        for each, found in () if as_json else judged:
            show.write(f"nº {each.number}  {ago(each.since, now)}  {each.author}  {each.title}")
            for line in show_chamado.finding_lines(found, _NAMES):
                show.write(f"    {line}")
        say_if_none(waiting, "Nada em Triagem.", as_json)
        return Code.OK

    return at_the_desk(work)


def move_chamado(number: int, asked: MoveAsked, simulate: bool, yes: bool, as_json: bool) -> int:
    """Move a chamado by the table; WRONG where it does not allow it, with what it allows."""

    async def work(desk: Desk) -> int:
        await known(desk)
        chamado, labels = await _numbered(desk, number), desk.settings.chamados.labels
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
        move = Move(
            to=status,
            comment=asked.comment.strip(),
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
        if not yes and not _agreed(f"{told}. Mover?"):
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


async def _tell(desk: Desk, *, as_json: bool) -> None:
    """Tell by e-mail what is new; where that fails it is told, and what was done before stays done."""
    try:
        await carry_letters(desk, Feed(await desk.board.chamados()), as_json=as_json)
    except PlantaoError as error:
        say_trouble(error)


async def _from_ticket(desk: Desk, ticket_id: int) -> ChamadoDraft:
    begun = await desk.disk(desk.chamado_drafts.of_ticket, ticket_id)
    if begun is not None:
        return begun
    seen = await anext(desk.read(ticket_id))
    settings = desk.settings.freshdesk
    link = f"{settings.url}/a/tickets/{ticket_id}" if settings else ""
    return prefill(seen.ticket, seen.conversations.items, link=link)


async def _kept(desk: Desk, name: str) -> ChamadoDraft:
    drafts = await desk.disk(desk.chamado_drafts.list)
    found = [draft for draft in drafts if draft.id.startswith(name.strip() or "-")]
    if len(found) != 1:
        told = "nenhum rascunho começa" if not found else "vários rascunhos começam"
        raise PlantaoError(f"não há arquivo {name}, e {told} assim.", title="Chamado não encontrado")
    return found[0]


async def _numbered(desk: Desk, number: int) -> Chamado:
    for chamado in await desk.board.chamados():
        if chamado.number == number:
            return chamado
    raise NotOnBoard(number)


async def _findings(desk: Desk, draft: ChamadoDraft) -> tuple[tuple[Finding, ...], LicenceCheck | None]:
    email = draft.licence_email.strip()
    licence = await desk.check_licence(email) if email else None
    rules = ChamadoRules(desk.settings.chamados.words.lexicon)
    await rules.look(draft.files)
    return rules(draft, licence), licence


def _tell_kept(draft: ChamadoDraft) -> None:
    """Where what was not sent is, and the two ways on."""
    say(f"Rascunho guardado: continue na mesa, em Chamados, ou com plantao chamado enviar {draft.id}")


def _tell_findings(findings: Sequence[Finding]) -> None:
    for line in show_chamado.finding_lines(findings, _NAMES):
        say(line)


async def _tell_similar(desk: Desk, draft: ChamadoDraft) -> None:
    found = await SimilarChamados(lambda: desk.board, desk.clock).of(draft)
    for line in show_chamado.similar_lines(found, desk.settings.chamados.labels, desk.clock()):
        say(line)


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        say("plantao: sem terminal não há a quem perguntar: use --sim, ou --simular para só ver.")
        return False
    sys.stderr.write(f"{safe_text(question, multiline=False)} [s/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() in ("s", "sim"):
        return True
    say("Nada foi feito.")
    return False


def _ended(
    draft: ChamadoDraft,
    chamado: Chamado | None,
    findings: Sequence[Finding],
    word: str,
    as_json: bool,
    code: Code = Code.OK,
) -> int:
    if as_json:
        show.write(_outcome(draft, chamado, findings, word))
    return code


def _outcome(draft: ChamadoDraft, chamado: Chamado | None, findings: Sequence[Finding], word: str) -> str:
    return show.as_json(
        {
            "id": draft.id,
            "numero": chamado.number if chamado else None,
            "desfecho": word,
            "achados": show_chamado.finding_rows(findings, _NAMES),
        }
    )


def _means(typed: str, status: ChamadoStatus, label: str) -> bool:
    return fold(typed.strip()) in (status.value, fold(status.value.replace("_", " ")), fold(label))
