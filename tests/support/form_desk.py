"""A desk of one form: records what the form says, answers what the test wants answered."""

from datetime import UTC, date, datetime

from textual.app import App, ComposeResult
from textual.message import Message

from clients.models.chamado import ChamadoDraft
from clients.models.finding import Finding
from clients.models.licence import Licence, LicenceCheck, LicenceState
from clients.models.quality import check_draft
from widgets.chamado_form import ChamadoForm, Checker
from widgets.key_bar import KeyBar

NOON = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""Twelve o'clock in Brasília."""


def licence(email: str, state: LicenceState = LicenceState.VALID, reason: str = "") -> LicenceCheck:
    known = state is not LicenceState.UNCHECKED
    return LicenceCheck(
        email=email,
        state=state,
        source="lista de licenças",
        checked_at=NOON,
        licence=Licence(email=email, client="Padaria Aurora", expires=date(2026, 12, 31)) if known else None,
        reason=reason,
    )


GOOD = ChamadoDraft(
    id="6a1f",
    title="Pedido de venda não salva ao alterar a forma de pagamento",
    licence_email="admin@padaria-aurora.com.br",
    tool="Sistema",
    flow="Vendas; Pedidos; Editar pedido; Forma de pagamento; Salvar",
    description="""\
Onde: Vendas > Pedidos > Editar pedido, na aba Pagamento.
O que acontece: ao salvar, a forma de pagamento volta para "Dinheiro" e o pedido não é gravado.
Usuário: caixa1 (perfil Vendas). Com o usuário admin acontece igual.
Passo a passo:
1. Acesse Vendas > Pedidos e abra o pedido 4512.
2. Clique em Forma de pagamento e selecione Cartão.
3. Clique em Salvar.
Mensagem exata: "Erro 500: parcela inválida".
Esperado: o pedido deveria ser gravado com Cartão.
Começou em 09/03, com a versão 12.4, só neste cliente.""",
    notify="ana@parceiro.com.br; suporte@parceiro.com.br",
    notice_read_at=NOON,
)


def rules(draft: ChamadoDraft, licence: LicenceCheck | None) -> tuple[Finding, ...]:
    return check_draft(draft, licence=licence)


class FormDesk(App[None]):
    """One form in an empty app."""

    def __init__(
        self,
        draft: ChamadoDraft,
        answer: LicenceState | None = LicenceState.VALID,
        *,
        checker: Checker = rules,
        hold: int = 0,
    ) -> None:
        super().__init__()
        self._draft, self._checker, self._answer, self._hold = draft, checker, answer, hold
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ChamadoForm(
            self._draft, self._checker, clock=lambda: NOON, delay=0.01, rest=0.01, hold=self._hold
        )
        yield KeyBar()

    @property
    def form(self) -> ChamadoForm:
        return self.query_one(ChamadoForm)

    def on_chamado_form_changed(self, message: ChamadoForm.Changed) -> None:
        self.heard.append(message)

    def on_chamado_form_similar_wanted(self, message: ChamadoForm.SimilarWanted) -> None:
        self.heard.append(message)

    def on_chamado_form_send_wanted(self, message: ChamadoForm.SendWanted) -> None:
        self.heard.append(message)

    def on_chamado_form_closed(self, message: ChamadoForm.Closed) -> None:
        self.heard.append(message)

    def on_chamado_form_licence_wanted(self, message: ChamadoForm.LicenceWanted) -> None:
        self.heard.append(message)
        if self._answer is not None:
            reason = "a lista não respondeu" if self._answer is LicenceState.UNCHECKED else ""
            self.form.licence = licence(message.email, self._answer, reason)

    def sent(self) -> list[ChamadoForm.SendWanted]:
        return [message for message in self.heard if isinstance(message, ChamadoForm.SendWanted)]
