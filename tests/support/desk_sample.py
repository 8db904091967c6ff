"""An invented desk for the widgets' tests: tickets, a conversation, services, all relative to one moment."""

from datetime import UTC, datetime, timedelta

from clients.models.conversation import Conversation
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.service import Service, ServiceState
from clients.models.task import Task
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView

NOW = datetime(2026, 3, 18, 13, 42, tzinfo=UTC)
ME = 7
VOCABULARY = Vocabulary(
    statuses={2: "Aberto", 3: "Pendente", 4: "Resolvido", 5: "Fechado", 6: "Aguardando Desenvolvimento"},
    priorities={1: "Baixa", 2: "Média", 3: "Alta", 4: "Urgente"},
    types=("Bug", "Treinamento/Orientação", "Solicitação/Intervenção"),
    agents={7: "Ana Lima", 8: "Bruno Tavares"},
)
CLIENTS = (
    "Padaria Estrela do Sul",
    "Mercado Bom Preço",
    "Livraria Horizonte",
    "Transportes Araucária",
    "Ótica Visão",
    "Casa das Tintas",
    "Farmácia São Lucas",
)
SUBJECTS = (
    "Erro ao emitir NF-e com desconto no item",
    "Pedido de venda não salva quando o cliente tem limite",
    "Como cadastrar tabela de preços por região?",
    "Importação da planilha de produtos trava em 80%",
    "Relatório de comissões com valor divergente",
    "Boleto não aparece no painel do cliente",
    "Etiqueta de expedição sai em branco",
    "Integração com a loja virtual parou de receber pedidos",
    "Não é possível excluir lançamento duplicado",
)


def ticket(number: int, *, now: datetime = NOW) -> Ticket:
    """One of an endless row of invented tickets, the same for the same number."""
    created = now - timedelta(minutes=17 + 97 * number)
    status = (2, 2, 3, 6, 2, 5, 2, 4)[number % 8]
    answered = created + timedelta(hours=1) if number % 3 else None
    spoke = created + timedelta(hours=3) if number % 5 == 1 and answered else None
    return Ticket.model_validate(
        {
            "id": 48210 - number,
            "subject": SUBJECTS[number % len(SUBJECTS)],
            "type": VOCABULARY.types[number % 3] if number % 7 else None,
            "status": status,
            "priority": 4 if number % 11 == 2 else 1 + number % 3,
            "requester_id": 900 + number,
            "responder_id": (7, 8, None)[number % 3],
            "created_at": created,
            "updated_at": created + timedelta(hours=2),
            "fr_due_by": now + timedelta(minutes=55 * (number % 17 - 3)),
            "due_by": now + timedelta(hours=7 * (number % 13 - 2)),
            "company": {"id": number % 7, "name": CLIENTS[number % 7]},
            "requester": {
                "id": 900 + number,
                "name": "Maria das Dores",
                "email": "maria@estrela.example",
                "phone": "(11) 95555-0101",
            },
            "stats": {
                "agent_responded_at": answered,
                "first_responded_at": answered,
                "requester_responded_at": spoke,
            },
        }
    )


def tickets(count: int) -> tuple[Ticket, ...]:
    """That many of them."""
    return tuple(ticket(number) for number in range(count))


def services() -> tuple[Service, ...]:
    """Twenty-one services, two of them failing and one unknown."""
    states = {4: ServiceState.FAIL, 11: ServiceState.FAIL, 8: ServiceState.UNKNOWN}
    return tuple(
        Service(
            client=CLIENTS[number % 7],
            service=("Serviço DYPE", "CT-e", "EZ Commerce")[number // 7],
            kind=("serviço do Windows", "tarefa agendada", "tarefa agendada")[number // 7],
            state=states.get(number, ServiceState.OK),
            since=NOW - timedelta(minutes=13 + 61 * number),
            last_check=NOW - timedelta(minutes=2),
            note="última execução com erro 0x1" if number == 11 else "",
        )
        for number in range(21)
    )


def conversation() -> tuple[Conversation, ...]:
    """A reply, a note, an answer that quotes, and a reply that bounced."""
    said = NOW - timedelta(hours=6)
    return tuple(
        Conversation.model_validate({"ticket_id": 48210, "created_at": when, "updated_at": when, **rest})
        for when, rest in (
            (
                said,
                {
                    "id": 1,
                    "user_id": 7,
                    "body": "<p>Bom dia, Maria!</p><p>Estamos em análise. Pode nos dizer com qual usuário "
                    "isso acontece e enviar um print da tela inteira, da barra de endereço ao relógio?</p>",
                },
            ),
            (
                said + timedelta(minutes=4),
                {
                    "id": 2,
                    "user_id": 7,
                    "private": True,
                    "body": "<p>Reproduzi na base de testes: o desconto por item zera o ICMS quando a "
                    "tabela de preços tem região.</p><p>Bruno, você viu algo parecido na #812?</p>",
                },
            ),
            (
                said + timedelta(hours=2),
                {
                    "id": 3,
                    "user_id": 900,
                    "incoming": True,
                    "body": "<p>Com todos os usuários. Segue o print.</p><p>Atenciosamente,<br>Maria</p>"
                    "<p>Em qua., 18 de mar. de 2026 às 08:42, Suporte escreveu:</p>"
                    "<blockquote>Bom dia, Maria!<br>Estamos em análise.</blockquote>",
                    "attachments": [{"id": 5, "name": "nota-rejeitada.png", "size": 1_234_567}],
                },
            ),
            (
                said + timedelta(hours=3),
                {
                    "id": 4,
                    "user_id": 8,
                    "email_failure_count": 1,
                    "body": "<p>Recebido, obrigado.</p>",
                },
            ),
        )
    )


def task() -> Task:
    """A Redmine task of the ticket."""
    return Task.model_validate(
        {
            "id": 812,
            "project": {"id": 1, "name": "ERP"},
            "tracker": {"id": 1, "name": "Bug"},
            "status": {"id": 2, "name": "Em andamento"},
            "assigned_to": {"id": 3, "name": "Bruno Tavares"},
            "subject": "Desconto por item zera ICMS",
            "done_ratio": 40,
            "created_on": NOW,
            "updated_on": NOW,
        }
    )


def ticket_view(number: int = 0) -> TicketView:
    """A ticket with all that is shown beside it."""
    asked = (
        "Olá,\n\nao emitir a NF-e do pedido 1520 aparece a mensagem “Rejeição 539”.\n\n1. Vendas > Pedidos"
    )
    shown = ticket(number).model_copy(
        update={
            "text": f"{asked}\n2. Abrir o pedido\n3. Emitir NF-e\n\nPrecisamos faturar hoje.",
            "tags": ("fiscal",),
        }
    )
    return TicketView(
        shown,
        Feed(conversation(), as_of=NOW - timedelta(minutes=1)),
        Feed((task(),), as_of=NOW - timedelta(minutes=1)),
    )
