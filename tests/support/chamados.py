"""Invented chamados, as a board gives them."""

from datetime import UTC, datetime, timedelta

from clients.models.chamado import Chamado, ChamadoDraft, ChamadoEvent, Tool
from clients.models.lifecycle import ChamadoStatus

from .form_desk import GOOD, licence

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TITLES = (
    "Pedido de venda não salva ao alterar a forma de pagamento",
    "NF-e rejeitada com código 539 ao transmitir pela segunda vez",
    "Estoque fica negativo após importar planilha de produtos",
    "Boleto sai com vencimento em branco para clientes novos",
)


def chamado(number: int, status: ChamadoStatus = ChamadoStatus.TRIAGEM, **changes: object) -> Chamado:
    began = NOW - timedelta(hours=7 * (40 - number))
    comment = "Qual a versão do aplicativo?" if status is ChamadoStatus.AGUARDANDO_INFORMACOES else ""
    fields: dict[str, object] = {
        "id": f"c{number}",
        "number": number,
        "title": TITLES[number % len(TITLES)],
        "licence_email": GOOD.licence_email,
        "licence": licence(GOOD.licence_email),
        "tool": list(Tool)[number % 10],
        "notify": ("ana@parceiro.com.br",),
        "flow": ("Vendas", "Pedidos", "Editar pedido", "Salvar"),
        "description": GOOD.description,
        "ticket_id": 4300 + number if number % 2 else None,
        "author": "Marina",
        "status": status,
        "created_at": began,
        "updated_at": began,
        "events": (
            ChamadoEvent(at=began, who="Marina", status=ChamadoStatus.TRIAGEM),
            ChamadoEvent(at=began + timedelta(hours=1), who="triagem", status=status, comment=comment),
        ),
    }
    return Chamado.model_validate(fields | changes)


def one_in_each_status() -> tuple[Chamado, ...]:
    return tuple(chamado(14 - place, status) for place, status in enumerate(ChamadoStatus))


BEGUN = ChamadoDraft(id="r1", title="Etiqueta não imprime", tool="Print Integrator", updated_at=NOW)
