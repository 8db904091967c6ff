"""A board as a team has it on any day: chamados in most statuses, for hours and for weeks."""

from collections.abc import Callable
from datetime import date, timedelta

from clients.boards.board import Board
from clients.models.licence import LicenceCheck
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move, Need, arrow

from .chamado_desk import CARRIED, way_to
from .clock import NOW, Clock
from .form_desk import GOOD, licence

S = ChamadoStatus
SENT = (
    ("Erro no sistema", S.TRIAGEM, 6),
    ("Boleto sai com vencimento em branco para clientes novos", S.TRIAGEM, 2),
    ("Etiqueta de expedição sai em branco no Print Integrator", S.TRIAGEM, 0),
    ("Relatório de comissões diverge do financeiro", S.REPROVADO, 9),
    ("Aplicativo fecha ao abrir o catálogo", S.AGUARDANDO_INFORMACOES, 4),
    ("Estoque fica negativo após importar planilha de produtos", S.BACKLOG, 20),
    ("NF-e rejeitada com código 539 ao transmitir pela segunda vez", S.DOING, 3),
    ("Pedido de venda não salva ao alterar a forma de pagamento", S.DOING, 1),
    ("Integração com a loja virtual parou de receber pedidos", S.PUBLICADO_EM_HOMOLOGACAO, 2),
    ("Tabela de preços não aplica o desconto por região", S.PUBLICADO, 1),
    ("Nota de devolução sai sem o CFOP", S.ENCERRADO, 12),
)
"""Title, where it is, and for how many days."""


async def fill(
    board: Board, clock: Clock, check: Callable[[str], LicenceCheck] = licence, **changes: object
) -> None:
    """Bring chamados to their places, each in its time; ``changes`` are of all drafts."""
    for number, (title, status, days) in enumerate(SENT, 1):
        clock.now = NOW - timedelta(days=days, hours=number)
        vague = {"description": "Não funciona."} if title == "Erro no sistema" else {}
        form = GOOD.model_copy(
            update={"id": f"c{number}", "title": title, "ticket_id": 4100 + number, **vague, **changes}
        )
        sent = await board.submit(form, author="Marina Lopes", licence=check(form.licence_email))
        for step, to in enumerate(way_to(status)):
            way = arrow(sent.status, to)
            carried = {way.need: CARRIED[way.need]} if way and way.need else {}
            if Need.DEADLINE in carried:
                carried[Need.DEADLINE] = date(2026, 2, 27) if status is S.BACKLOG else date(2026, 3, 20)
            move = Move.model_validate({"to": to, **carried})
            sent = await board.move(sent.id, move, event=f"e{number}-{step}", who="Carla Dias")
    clock.now = NOW
