"""A chamado in a file, TOML or JSON, as ``plantao chamado`` reads it: the form's fields by their names."""

import json
import tomllib
import uuid
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from clients.errors import PlantaoError
from clients.models.base import Model
from clients.models.chamado import STEP_SEPARATOR, ChamadoDraft
from clients.os_faults import os_fault

from ..toml_place import toml_place

MAX_BYTES = 1_000_000
_NAMESPACE = uuid.UUID("8d0c8f2e-6d0b-4c8e-9a51-2f4f0c1f7a55")
"""Of the ids of chamados that come from files: the same content is the same chamado."""


def _listed(separator: str) -> BeforeValidator:
    def join(value: object) -> object:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return separator.join(value)
        return value

    return BeforeValidator(join)


class Unreadable(PlantaoError):
    """A file that holds no chamado; nobody but who wrote it can mend it."""

    title = "Arquivo ilegível"


class ChamadoFile(Model):
    """What the file may say. Unknown names are errors: a typing mistake must not pass for a field."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    title: str = Field("", alias="titulo")
    licence_email: str = Field("", alias="email_licenca")
    tool: str = Field("", alias="ferramenta")
    integration: str = Field("", alias="integracao")
    tool_version: str = Field("", alias="versao")
    tool_system: str = Field("", alias="sistema")
    notify: Annotated[str, _listed(STEP_SEPARATOR)] = Field("", alias="notificar")
    """Text with ``;``, or a list."""
    flow: Annotated[str, _listed(STEP_SEPARATOR)] = Field("", alias="fluxo")
    """Text with ``;``, or a list."""
    description: str = Field("", alias="descricao")
    files: Annotated[str, _listed("\n")] = Field("", alias="arquivos")
    """A line each, or a list."""
    ticket_id: int | None = Field(None, alias="ticket", ge=1)


FIELD_NAMES = {name: str(field.alias) for name, field in ChamadoFile.model_fields.items()}
"""Field of a `ChamadoDraft` to its name in the file."""
FINDING_NAMES = {**FIELD_NAMES, "notice_read_at": "--entendi"}
"""The same for what a finding is about: the notice is read by an option."""
EXAMPLE = '''\
# Um chamado. plantao chamado enviar ARQUIVO confere e envia.
titulo = "Pedido de venda não salva ao alterar a forma de pagamento"
email_licenca = "admin@lojadocliente.exemplo.com.br"
ferramenta = "Sistema"          # API, Sistema, Mobi, Print Integrator, Central de Integrações, Loja Online,
                                # Offline, Painel, Ysaas, SAT
# integracao = "Shopee"         # com Central de Integrações
# versao = "3.2.1"              # com Mobi, Offline, SAT ou Print Integrator: a que o cliente usa
# sistema = "Moto G84, Android 14"   # com os mesmos: em que roda
notificar = ["ana@parceiro.exemplo.com.br"]
fluxo = ["Vendas", "Pedidos", "Editar pedido", "Salvar"]
descricao = """
Onde acontece: Vendas > Pedidos > Editar pedido, na aba Pagamento.
O que acontece: ...
"""
arquivos = []                   # caminhos ou links
# ticket = 4102
'''


def read_draft(path: Path) -> ChamadoDraft:
    """Read a draft; the same content is the same chamado. Unreadable, with the place, where it cannot be."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"{path}: {os_fault(error)}") from error
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"{path}: passa de {MAX_BYTES // 1000} kB")
    fields = _fields(path, _parsed(path, raw))
    known = fields.model_dump(exclude_defaults=True)
    identity = json.dumps(known, sort_keys=True, ensure_ascii=False)
    return ChamadoDraft.model_validate({"id": str(uuid.uuid5(_NAMESPACE, identity)), **known})


def _parsed(path: Path, raw: bytes) -> object:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{path}: não está em UTF-8") from None
    if path.suffix.casefold() == ".json":
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            place = f"linha {error.lineno}, coluna {error.colno}"
            raise Unreadable(f"{path}, {place}: o JSON está malformado") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path}{toml_place(error)}: o TOML está malformado") from None


def _fields(path: Path, content: object) -> ChamadoFile:
    if not isinstance(content, dict):
        raise Unreadable(f"{path}: precisa de campos com nome, como titulo")
    try:
        return ChamadoFile.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            raise Unreadable(
                f"{path}: não existe o campo {name}; há {', '.join(FIELD_NAMES.values())}"
            ) from None
        raise Unreadable(f"{path}: o campo {name} não tem o tipo certo") from None
