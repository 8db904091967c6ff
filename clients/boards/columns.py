"""What of a chamado has a custom field of its own, where the board is in a Redmine."""

from enum import StrEnum


class Column(StrEnum):
    """What of a chamado has a custom field of its own; the value is its key in the settings."""

    CHAMADO = "chamado"
    TOOL = "ferramenta"
    INTEGRATION = "integracao"
    LICENCE_EMAIL = "email_licenca"
    LICENCE = "licenca"
    NOTIFY = "notificar"
    FLOW = "fluxo"
    TICKET = "ticket"
    AUTHOR = "autor"
    URL = "url"
    VERSION = "versao"


COLUMN_NAMES: dict[Column, str] = {
    Column.CHAMADO: "Chamado",
    Column.TOOL: "Ferramenta",
    Column.INTEGRATION: "Integração",
    Column.LICENCE_EMAIL: "E-mail da licença",
    Column.LICENCE: "Licença",
    Column.NOTIFY: "Notificar",
    Column.FLOW: "Fluxo",
    Column.TICKET: "Ticket",
    Column.AUTHOR: "Autor",
    Column.URL: "URL de homologação",
    Column.VERSION: "Versão publicada",
}
"""What the fields are called, unless the settings say otherwise."""
REQUIRED = Column.CHAMADO
"""The one field that a board cannot do without: it tells a chamado that was sent from one that was not.

The others are columns for who works in Redmine; the description tells the same.
"""
