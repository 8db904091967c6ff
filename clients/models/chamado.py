"""The chamado: the form's words while they are typed, and the record once it was sent (C1–C10)."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from .assistant.record import Rewriting
from .base import Model, Moment
from .licence import LicenceCheck
from .lifecycle import ChamadoStatus
from .text import SafeMultiline, SafeText

STEP_SEPARATOR = "; "
Span = tuple[int, int]
_LIST_MARK = re.compile(r"(?:\d{1,3}\s?[.)ºª°-]|[-*•–])\s+")
_STEP_END = re.compile(
    r"(?P<path>(?:\b[A-Za-z]:|(?<!\S)\\)\\[^\s;|>]*)"  # a file's path is one word, whatever is in it
    r"|[-=]{0,3}>|[;|\\→⇒›»\n\r\v\f\x85\u2028\u2029]|(?<=\s)/+(?=\s)"
)
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(\d{1,3})\s?[.)]\s+")
_COMMA = re.compile(r",(?!\d)|(?<!\d),")  # not that of a number
_ADDRESS = re.compile(r"[^\s;,<>\"]{1,64}@[^\s;,<>\"]{1,255}")
_ADDRESSEE = re.compile(
    rf'(?:"[^"<>\n]*"(?=\s{{0,9}}<{_ADDRESS.pattern}>)|[^;\n">]|")+>?|>'  # in a quoted name ends nothing
)
_QUOTED_NAME = re.compile(r'"[^"]*"')
"""Characters; the parser of headers goes one call deeper at each bracket."""


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
    Tool.PRINT_INTEGRATOR: "o APP da impressora, na máquina do cliente",
    Tool.CENTRAL_DE_INTEGRACOES: "marketplaces, lojas, banco, frete, drop shipping",
    Tool.LOJA_ONLINE: "a loja online nativa do ERP",
    Tool.OFFLINE: "o APP off-line, na máquina do cliente",
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
    tool_version: str = ""
    tool_system: str = ""
    """What a tool on the client's own machine runs on; `tool_asks` says which tools are asked."""
    notify: str = ""
    """E-mails separated by ``;``."""
    flow: str = ""
    """Screens separated by ``;``."""
    description: str = ""
    files: str = ""
    """One path or link per line."""
    ticket_id: int | None = None
    """The ticket that it was opened from."""
    rewritings: tuple[Rewriting, ...] = ()
    """The assistant's proposals that were decided on, oldest first."""
    notice_read_at: Moment | None = None
    """When *Entendi* was given (C1)."""
    updated_at: Moment | None = None


class ChamadoEvent(Model):
    """One thing that happened to a chamado: a move where ``before`` differs from ``status``, or a comment."""

    id: str = ""
    """Known by on its board; a mover gives it, so that the same move again is found out."""
    at: Moment
    who: SafeText
    status: ChamadoStatus
    """After it."""
    before: ChamadoStatus | None = None
    """Before it; None for the event that began it."""
    comment: SafeMultiline = ""
    url: SafeText = ""
    version: SafeText = ""
    deadline: date | None = None
    duplicate_of: int | None = None

    @property
    def is_move(self) -> bool:
        """Whether the status became another."""
        return self.before is not None and self.before is not self.status


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
    tool_version: SafeText = ""
    tool_system: SafeText = ""
    """What it runs on, where that is the client's own machine."""
    notify: tuple[SafeText, ...] = ()
    flow: tuple[SafeText, ...] = ()
    description: SafeMultiline = ""
    files: tuple[SafeText, ...] = ()
    ticket_id: int | None = None
    rewritings: tuple[Rewriting, ...] = ()
    author: SafeText = ""
    status: ChamadoStatus = ChamadoStatus.TRIAGEM
    created_at: Moment
    updated_at: Moment
    events: tuple[ChamadoEvent, ...] = ()
    """Oldest first."""
    announced: tuple[SafeText, ...] = ()
    """Ids of the events that somebody took it upon them to tell by e-mail."""

    def with_event(self, event: ChamadoEvent) -> "Chamado":
        """Return the chamado after ``event``."""
        return self.model_copy(
            update={"status": event.status, "updated_at": event.at, "events": (*self.events, event)}
        )

    @property
    def since(self) -> datetime:
        """When it came to its status."""
        return next((event.at for event in reversed(self.events) if event.is_move), self.created_at)

    @property
    def last_move(self) -> ChamadoEvent | None:
        """The event that brought it to its status; None where it never left the first."""
        return next((event for event in reversed(self.events) if event.is_move), None)

    @property
    def url(self) -> str:
        """Where the correction can be tested, as was said last."""
        return next((event.url for event in reversed(self.events) if event.url), "")

    @property
    def version(self) -> str:
        """In which it was published, as was said last."""
        return next((event.version for event in reversed(self.events) if event.version), "")

    @property
    def deadline(self) -> date | None:
        """When it is promised for, as was said last."""
        return next((event.deadline for event in reversed(self.events) if event.deadline), None)


def split_list(text: str) -> tuple[str, ...]:
    """Split at ``;``, trimmed, empties dropped: the form's own way of writing lists."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def convert_flow(text: str) -> str:
    """Rewrite a path of screens as people write it (see `flow_spans`) as ``A; B``."""
    return STEP_SEPARATOR.join(text[slice(*span)] for span in flow_spans(text))


def flow_spans(text: str) -> tuple[Span, ...]:
    """Find the steps of a flow, without list marks.

    ``;``, arrows, ``>``, ``|``, a backslash, a slash between blanks and a line break end a step wherever they
    stand. Where none does, numbers in a line, slashes between names, or commas do: within a step that is set
    off otherwise they belong to its name ("Entrada/Saída", "Nome, CPF").
    """
    ends = [match.span() for match in _STEP_END.finditer(text) if match["path"] is None]
    steps = _between(text, ends)
    if len(steps) == 1 and ";" not in text:
        for weaker in (_numbers, _slashes, _commas):
            found = _between(text, [*ends, *weaker(text, steps[0])])
            if len(found) > 1:
                return found
    return steps


def _between(text: str, ends: Iterable[Span]) -> tuple[Span, ...]:
    starts, stops = [0], []
    for start, stop in sorted(ends):
        stops.append(start)
        starts.append(stop)
    pieces = zip(starts, [*stops, len(text)], strict=True)
    return tuple(span for span in (_trim(text, *piece) for piece in pieces) if span[0] < span[1])


def _trim(text: str, start: int, end: int) -> Span:
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    while start < end and (text[start].isspace() or text[start] == "."):
        start += 1
    mark = _LIST_MARK.match(text, start, end)
    return (mark.end() if mark else start), end


def _numbers(text: str, _step: Span) -> list[Span]:
    """``1. A 2. B``: the numbers, if they count from one."""
    marks = list(_NUMBERED.finditer(text))
    counted = [int(mark[1]) for mark in marks] == list(range(1, len(marks) + 1))
    return [mark.span() for mark in marks] if counted else []


def _slashes(text: str, step: Span) -> list[Span]:
    """``Vendas/Pedidos/Salvar``, three names or more; a list of abbreviations is one name."""
    parts = [part.split() for part in text[slice(*step)].split("/")]
    if len(parts) < 3 or not all(part and part[0][0].isupper() for part in parts):
        return []
    if "," in text or _is_short(parts[0][-1]) or _is_short(parts[-1][0]):
        return []
    return [match.span() for match in re.finditer("/", text)]


def _is_short(word: str) -> bool:
    """Tell an abbreviation (NF-e, ICMS) from a name."""
    return len(word) > 1 and word[:2].isupper()


def _commas(text: str, _step: Span) -> list[Span]:
    return [match.span() for match in _COMMA.finditer(text)]


def convert_notify(text: str) -> str:
    """Rewrite addresses as people write or paste them, names and all, as a list with ``;``, each once."""
    distinct: dict[str, str] = {}
    for piece in _ADDRESSEE.findall(text):
        for address in _addresses(piece):
            distinct.setdefault(address.casefold(), address)
    return STEP_SEPARATOR.join(distinct.values())


def _addresses(piece: str) -> list[str]:
    """What stands between two ends of an addressee; what is no address stays, so that it can be told."""
    words = [word for word in re.split(r"[,\s]+", piece) if word]
    if "<" not in piece:
        return words
    unnamed = _QUOTED_NAME.sub("", piece)
    return [address.strip("'") for address in _ADDRESS.findall(unnamed)] or words
