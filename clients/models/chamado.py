"""The chamado: the form's words while they are typed, and the record once it was sent (C1–C10)."""

import re
from enum import StrEnum

from .base import Model, Moment
from .licence import LicenceCheck
from .lifecycle import ChamadoStatus
from .text import SafeMultiline, SafeText

STEP_SEPARATOR = "; "
_LIST_MARK = re.compile(r"^\s*(?:\d+\s*[.)ºª°-]|[-*•–])\s+")
_CONVERTIBLE = re.compile(r"\s*(?:;|->|=>|>|→|»|\n)\s*")


class Tool(StrEnum):
    """Ferramenta: the ten values of the maker's form (C4). The value is the label."""

    API = "API"
    SISTEMA = "Sistema"
    MOBI = "Mobi"
    PRINT_INTEGRATOR = "Print Integrator"
    CENTRAL_DE_INTEGRACOES = "Central de Integrações"
    LOJA_ONLINE = "Loja Online"
    OFFLINE = "Offline"
    PAINEL = "Painel"
    YSAAS = "Ysaas"
    SAT = "SAT"


TOOL_SCOPE: dict[Tool, str] = {
    Tool.API: "a documentação API (Swagger)",
    Tool.SISTEMA: "o ERP",
    Tool.MOBI: "o aplicativo móvel (APP Mobile)",
    Tool.PRINT_INTEGRATOR: "o APP de integração com a impressora, instalado na máquina do cliente",
    Tool.CENTRAL_DE_INTEGRACOES: "as integrações: marketplaces, lojas, banco, expedição e drop shipping",
    Tool.LOJA_ONLINE: "a loja online nativa do ERP",
    Tool.OFFLINE: "o APP offline, instalado na máquina do cliente",
    Tool.PAINEL: "o Painel do Parceiro",
    Tool.YSAAS: "o CMS com que os parceiros configuram seu site",
    Tool.SAT: "o APP que integra o SAT ao ERP",
}
"""What each ferramenta covers, shown while choosing."""

INTEGRATIONS: tuple[str, ...] = (
    *("Mercado Livre", "Loja Integrada", "Magento 1", "Magento 2", "WooCommerce", "Via Varejo (CNova)"),
    *("Nuvem Shop", "Magalu", "Moovin", "Neo", "B2W", "Oneeg", "Amazon", "Shopify", "Bis2Bis", "Shopee"),
    *("Banco do Brasil", "Paghiper", "JadLog", "DSLite"),
)
"""Under Central de Integrações."""


class ChamadoDraft(Model):
    """What was typed, letter by letter: raw text, saved at every change, never cleaned."""

    id: str
    """UUID; the identity of the chamado from its first letter on."""
    title: str = ""
    licence_email: str = ""
    tool: str = ""
    """A `Tool` value, or empty while not chosen."""
    integration: str = ""
    notify: str = ""
    """E-mails separated by ``;``."""
    flow: str = ""
    """Screens separated by ``;``."""
    description: str = ""
    files: str = ""
    """One path or link per line."""
    ticket_id: int | None = None
    """The ticket that it was opened from."""
    notice_read_at: Moment | None = None
    """When *Entendi* was given (C1)."""
    updated_at: Moment | None = None


class ChamadoEvent(Model):
    """One thing that happened to a chamado."""

    at: Moment
    who: SafeText
    status: ChamadoStatus
    comment: SafeMultiline = ""


class Chamado(Model):
    """A chamado that was sent."""

    id: str
    number: int = 0
    """Short number on its board; the board gives it."""
    title: SafeText
    licence_email: SafeText
    licence: LicenceCheck | None = None
    tool: Tool
    integration: SafeText = ""
    notify: tuple[SafeText, ...] = ()
    flow: tuple[SafeText, ...] = ()
    description: SafeMultiline = ""
    files: tuple[SafeText, ...] = ()
    ticket_id: int | None = None
    author: SafeText = ""
    status: ChamadoStatus = ChamadoStatus.TRIAGEM
    created_at: Moment
    updated_at: Moment
    events: tuple[ChamadoEvent, ...] = ()


def split_list(text: str) -> tuple[str, ...]:
    """Split at ``;``, trimmed, empties dropped: the form's own way of writing lists."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def convert_flow(text: str) -> str:
    """Rewrite ``A > B``, arrows, line breaks and numbered or bulleted lists as ``A; B``."""
    lines = "\n".join(_LIST_MARK.sub("", line) for line in text.splitlines())
    return STEP_SEPARATOR.join(step.strip(" .") for step in _CONVERTIBLE.split(lines) if step.strip(" ."))


def convert_notify(text: str) -> str:
    """Rewrite e-mails separated by commas, blanks or line breaks as a list with ``;``."""
    return STEP_SEPARATOR.join(part for part in re.split(r"[;,\s]+", text) if part)
