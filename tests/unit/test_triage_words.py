"""What whoever triages is offered: the author's findings, reasons and questions, who is told."""

import pytest

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.chamado_letters import MAILED
from clients.models.late import is_overdue, is_stuck
from clients.models.lifecycle import CLOSED, LABELS, ChamadoStatus
from clients.models.quality import check_draft
from clients.models.quality.questions import questions_from, reasons_from
from clients.models.recipients import recipients
from clients.models.sent_draft import draft_of
from tests.support.boards import draft
from tests.support.chamados import NOW, chamado
from tests.support.form_desk import GOOD, licence
from tui.flows.triage import duplicate_comment, proposed_comment, sent_findings, told_by_mail
from widgets.chamado_filter import ChamadoFilter

pytestmark = pytest.mark.anyio
S = ChamadoStatus


def sent(**changes: object) -> Chamado:
    """A chamado as a board made it of the good draft."""
    from clients.boards.submitted import first_record

    form = GOOD.model_copy(update=changes)
    return first_record(form, NOW, "Marina", licence(form.licence_email), system="Quadro")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "Erro no sistema"},
        {"description": "Não funciona."},
        {"flow": "Vendas"},
        {"tool": "Central de Integrações", "integration": "Shopee"},
        {"description": "", "flow": ""},
    ],
)
async def test_who_triages_sees_what_the_author_saw(changes: dict[str, object]) -> None:
    form = GOOD.model_copy(update=changes)
    seen = [(found.rule, found.message) for found in check_draft(form, licence=licence(form.licence_email))]
    assert [(found.rule, found.message) for found in await sent_findings(sent(**changes))] == seen


async def test_files_are_where_the_board_has_them() -> None:
    found = await sent_findings(sent(files="/home/marina/print.png"))
    assert not [each for each in found if each.field == "files"]


def test_a_sent_chamado_as_the_form_that_it_was() -> None:
    form = draft_of(sent())
    typed = GOOD.model_dump(exclude={"updated_at", "notice_read_at", "description"})
    assert form.model_dump(exclude={"updated_at", "notice_read_at", "description"}) == typed
    assert form.notice_read_at is not None


async def test_the_comment_begins_with_what_was_found() -> None:
    findings = await sent_findings(sent(title="Erro no sistema", description="Não funciona."))
    assert proposed_comment(S.REPROVADO, findings) == reasons_from(findings) != ""
    assert proposed_comment(S.AGUARDANDO_INFORMACOES, findings) == questions_from(findings) != ""
    assert proposed_comment(S.BACKLOG, findings) == ""
    assert proposed_comment(S.REPROVADO, ()) == ""


def test_each_address_is_told_once() -> None:
    twice = chamado(1, notify=("ana@parceiro.com.br", "Ana@Parceiro.com.br", "bia@parceiro.com.br"))
    assert recipients(twice) == ("ana@parceiro.com.br", "bia@parceiro.com.br")


@pytest.mark.parametrize("status", ChamadoStatus)
def test_who_will_be_told_is_said_of_every_status(status: ChamadoStatus) -> None:
    told = told_by_mail(chamado(1), status, configured=True)
    assert ("ana@parceiro.com.br" in told) is (status in MAILED)
    assert told_by_mail(chamado(1, notify=()), status, configured=True).startswith("Sem e-mail")
    here = told_by_mail(chamado(1), status, configured=False)
    assert ("não está configurado aqui" in here) is (status in MAILED)


def test_a_duplicate_is_told_by_number_and_title() -> None:
    assert duplicate_comment(chamado(12)).startswith("Duplicado do nº 12: Pedido de venda")


@pytest.mark.parametrize("status", ChamadoStatus)
def test_what_is_closed_is_neither_stuck_nor_late(status: ChamadoStatus) -> None:
    moved = ChamadoEvent(at=NOW.replace(day=1), who="x", status=status, before=None, deadline=NOW.date())
    old = chamado(1, status, created_at=NOW.replace(day=1), events=(moved,))
    assert is_stuck(old, NOW, 9) is (status not in CLOSED)
    assert not is_stuck(old, NOW, 10)
    assert not is_overdue(old, NOW.date()), "on its day it is not late"
    late = is_overdue(old, NOW.date().replace(day=11))
    assert late is (status not in CLOSED and status is not S.PUBLICADO)


@pytest.mark.parametrize(
    "typed", ["pedido de venda", "aurora", "PADARIA-AURORA", "api", "40", "marina", "aguard informa", "#4301"]
)
def test_a_chamado_is_found_by_what_one_knows_of_it(typed: str) -> None:
    wanted = chamado(40, S.AGUARDANDO_INFORMACOES, ticket_id=4301)
    other = chamado(2, title="Boleto", licence_email="x@y.com.br", licence=None, author="Bia", tool="SAT")
    found = ChamadoFilter(LABELS).search([other, wanted, draft(title="Etiqueta", licence_email="")], typed)
    assert list(found) == [wanted]
