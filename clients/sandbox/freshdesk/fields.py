"""``GET /ticket_fields``: the form, with all five shapes of ``choices``, and what writes may use."""

from collections.abc import Mapping
from datetime import date

from starlette.responses import Response

from ..company.facts import company_facts
from ..rows import CustomValue, TicketRow
from ..state import State
from .answers import Fault, answer
from .call import Call

STATUS_IDS = tuple(status.id for status in company_facts().statuses)
TYPES = tuple(company_facts().types)
PRIORITIES = {"Baixa": 1, "Média": 2, "Alta": 3, "Urgente": 4}
SOURCES = {"E-mail": 1, "Portal": 2, "Telefone": 3, "Chat": 7, "E-mail enviado": 10, "WhatsApp": 13}
_CREATED = "2024-01-15T12:00:00Z"

_MENU: dict[str, dict[str, list[str]]] = {
    "Vendas": {"Pedidos": ["Faturar", "Editar"], "Orçamentos": ["Aprovar"]},
    "Fiscal": {"Notas Emitidas": ["Transmitir", "Cancelar"], "CT-e": ["Autorizar"]},
}
_CUSTOM: tuple[tuple[str, str, str, list[str] | dict[str, dict[str, list[str]]] | None, bool], ...] = (
    ("cf_modulo", "Módulo", "custom_dropdown", company_facts().modules, False),
    ("cf_causa", "Causa", "custom_dropdown", company_facts().causes, True),
    ("cf_versao", "Versão", "custom_text", None, False),
    ("cf_qtd_notas", "Quantidade de notas", "custom_number", None, False),
    ("cf_valor", "Valor envolvido", "custom_decimal", None, False),
    ("cf_bloqueia", "Bloqueia a operação", "custom_checkbox", None, False),
    ("cf_data_prevista", "Data prevista", "custom_date", None, False),
    ("cf_menu", "Menu", "nested_field", _MENU, False),
    ("cf_observacao", "Observação", "custom_paragraph", None, False),
)
CUSTOM_TYPES: dict[str, str] = {
    **{name: kind for name, _, kind, _, _ in _CUSTOM},
    "cf_tela": "custom_text",
    "cf_acao": "custom_text",
}
"""Type of each custom field; the lower levels of the nested one take any text here."""
_CHOICES = {name: choices for name, _, kind, choices, _ in _CUSTOM if kind == "custom_dropdown"}
NEEDED_TO_CLOSE = tuple(name for name, _, _, _, needed in _CUSTOM if needed)


def status_message() -> str:
    """What a wrong status is answered."""
    return f"It should be one of these values: '{','.join(map(str, sorted(STATUS_IDS)))}'"


def ticket_fields(call: Call) -> Response:
    """All fields in their order, or those of ``?type=``."""
    query = call.query("type")
    fields = _fields(call.state)
    return answer([field for field in fields if query.get("type") in (None, field["type"])])


def _fields(state: State) -> list[dict[str, object]]:
    statuses = {str(status.id): [status.agent, status.customer] for status in company_facts().statuses}
    standard: list[tuple[str, str, str, object]] = [
        ("requester", "Solicitante", "default_requester", None),
        ("subject", "Assunto", "default_subject", None),
        ("ticket_type", "Tipo", "default_ticket_type", list(TYPES)),
        ("source", "Origem", "default_source", SOURCES),
        ("status", "Status", "default_status", statuses),
        ("priority", "Prioridade", "default_priority", PRIORITIES),
        ("group", "Grupo", "default_group", {row["name"]: row["id"] for row in state.groups}),
        ("agent", "Agente", "default_agent", {row["name"]: row["id"] for row in state.agents}),
        ("description", "Descrição", "default_description", None),
        ("company", "Empresa", "default_company", None),
    ]
    fields = [_field(place, *given, default=True) for place, given in enumerate(standard, 1)]
    for place, (name, label, kind, choices, needed) in enumerate(_CUSTOM, len(fields) + 1):
        field = _field(place, name, label, kind, choices, default=False)
        field["required_for_closure"] = needed
        if kind == "nested_field":
            field["nested_ticket_fields"] = [
                _level(place * 100 + 2, "cf_tela", "Tela", 2),
                _level(place * 100 + 3, "cf_acao", "Ação", 3),
            ]
        fields.append(field)
    return fields


def _field(
    place: int, name: str, label: str, kind: str, choices: object, *, default: bool
) -> dict[str, object]:
    mandatory = name in ("requester", "subject", "status", "priority", "source", "description")
    return {
        "id": 70000000100 + place,
        "name": name,
        "label": label,
        "description": label,
        "position": place,
        "required_for_closure": False,
        "required_for_agents": mandatory,
        "type": kind,
        "default": default,
        "customers_can_edit": name in ("subject", "description"),
        "customers_can_filter": False,
        "label_for_customers": label,
        "required_for_customers": name in ("requester", "subject", "description"),
        "displayed_to_customers": default,
        "created_at": _CREATED,
        "updated_at": _CREATED,
        **({"choices": choices} if choices is not None else {}),
    }


def _level(field_id: int, name: str, label: str, level: int) -> dict[str, object]:
    return {
        "id": 70000000000 + field_id,
        "name": name,
        "label": label,
        "label_in_portal": label,
        "level": level,
        "description": "",
        "created_at": _CREATED,
        "updated_at": _CREATED,
    }


def check_custom(
    values: Mapping[str, object], *, multipart: bool
) -> tuple[dict[str, CustomValue], list[Fault]]:
    """Return the custom values as they are kept, and what is wrong with them. Null clears one."""
    kept: dict[str, CustomValue] = {}
    faults: list[Fault] = []
    for name, value in values.items():
        if name not in CUSTOM_TYPES:
            faults.append(
                Fault(f"custom_fields.{name}", "Unexpected/invalid field in request", "invalid_field")
            )
            continue
        given = _from_text(CUSTOM_TYPES[name], value) if multipart else value
        fault = _check(name, given)
        if fault is not None:
            faults.append(fault)
        elif given is None or isinstance(given, bool | int | str):
            kept[name] = given
        else:
            kept[name] = str(given)  # decimals go out as text, whatever came in
    return kept, faults


def _from_text(kind: str, value: object) -> object:
    text = str(value)
    if kind == "custom_checkbox" and text in ("true", "false"):
        return text == "true"
    if kind == "custom_number" and text.lstrip("-").isdigit():
        return int(text)
    if kind == "custom_decimal":
        try:
            return float(text)
        except ValueError:
            return value
    return value


def _check(name: str, value: object) -> Fault | None:
    kind, field = CUSTOM_TYPES[name], f"custom_fields.{name}"
    if value is None:
        return None
    wanted: tuple[type, ...] = {
        "custom_number": (int,),
        "custom_decimal": (int, float),
        "custom_checkbox": (bool,),
    }.get(kind, (str,))
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        label = {"custom_number": "Integer", "custom_decimal": "Number", "custom_checkbox": "Boolean"}.get(
            kind, "String"
        )
        message = f"Value set is of type {type(value).__name__.title()}. It should be a/an {label}."
        return Fault(field, message, "datatype_mismatch")
    if name in _CHOICES and value not in (_CHOICES[name] or ()):
        return Fault(
            field, f"It should be one of these values: '{','.join(_CHOICES[name] or ())}'", "invalid_value"
        )
    if kind == "custom_date":
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return Fault(field, "It should be in the 'YYYY-MM-DD' format", "invalid_value")
    return None


def missing_to_close(ticket: TicketRow) -> list[Fault]:
    """Fields that must be filled before the ticket is resolved or closed."""
    message = "It should not be blank as this is a mandatory field"
    return [
        Fault(f"custom_fields.{name}", message, "missing_field")
        for name in NEEDED_TO_CLOSE
        if not ticket["custom_fields"].get(name)
    ]
