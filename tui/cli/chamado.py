"""``plantao chamado novo`` and ``enviar``: the form without a screen, by the same rules."""

from collections.abc import Sequence
from pathlib import Path

from clients.errors import PlantaoError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.finding import Finding
from clients.models.licence import LicenceCheck
from clients.models.notice import NOTICE
from clients.models.quality import can_send

from ..desk import Desk
from ..flows.chamado import NotReady, prefill
from ..flows.chamado_files import ChamadoRules
from ..flows.chamado_similar import SimilarChamados
from . import show, show_chamado
from .asking import agreed
from .chamado_file import EXAMPLE, FINDING_NAMES, read_draft
from .exit_codes import Code
from .headless import at_the_desk, known
from .running import say


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
        await desk.disk(desk.local.chamado_drafts.save, draft)
        judged, _ = await _findings(desk, draft)
        # the notice is read when it is sent: here nobody can confirm it
        findings = [found for found in judged if found.field != "notice_read_at"]
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
            await desk.disk(desk.local.chamado_drafts.save, draft)
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
        if not yes and not await agreed(f"Enviar «{draft.title.strip()}»?"):
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


async def _from_ticket(desk: Desk, ticket_id: int) -> ChamadoDraft:
    begun = await desk.disk(desk.local.chamado_drafts.of_ticket, ticket_id)
    if begun is not None:
        return begun
    seen = await anext(desk.read(ticket_id))
    settings = desk.settings.freshdesk
    link = f"{settings.url}/a/tickets/{ticket_id}" if settings else ""
    return prefill(seen.ticket, seen.conversations.items, link=link)


async def _kept(desk: Desk, name: str) -> ChamadoDraft:
    drafts = await desk.disk(desk.local.chamado_drafts.list)
    found = [draft for draft in drafts if draft.id.startswith(name.strip() or "-")]
    if len(found) != 1:
        told = "nenhum rascunho começa" if not found else "vários rascunhos começam"
        raise PlantaoError(f"não há arquivo {name}, e {told} assim.", title="Chamado não encontrado")
    return found[0]


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
    for line in show_chamado.finding_lines(findings, FINDING_NAMES):
        say(line)


async def _tell_similar(desk: Desk, draft: ChamadoDraft) -> None:
    found = await SimilarChamados(lambda: desk.board, desk.clock).of(draft)
    for line in show_chamado.similar_lines(found, desk.settings.chamados.labels, desk.clock()):
        say(line)


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
            "achados": show_chamado.finding_rows(findings, FINDING_NAMES),
        }
    )
