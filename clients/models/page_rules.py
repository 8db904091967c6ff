"""How a status page is read: where things are on it, and which marks mean what. Part of the settings."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Marks(BaseModel):
    """What means one state. All are compared without accents and case."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    classes: frozenset[str] = frozenset()
    """CSS classes, whole: ``label-success``."""
    styles: frozenset[str] = frozenset()
    """Colours (``green``, ``#0f0``, ``rgb(0,255,0)``) of background, text or fill, or whole declarations
    (``background-color:#0f0``)."""
    texts: frozenset[str] = frozenset()
    """The whole text of the cell: ``rodando``. Part of a text says nothing ("não está rodando")."""
    fragments: frozenset[str] = frozenset()
    """Words in ``alt``, ``title``, ``aria-label`` or the file name of a picture: ``bola_verde.png``."""


class OkMarks(Marks):
    """What means that a service runs."""

    classes: frozenset[str] = frozenset(
        "ok verde green success label-success badge-success bg-success text-success table-success online "
        "ativo running rodando up status-ok".split()
    )
    styles: frozenset[str] = frozenset(
        "green lime limegreen forestgreen darkgreen lightgreen seagreen mediumseagreen #0f0 #00ff00 #008000 "
        "#5cb85c #28a745 #198754 #4caf50 #00a65a #32cd32".split()
    )
    texts: frozenset[str] = frozenset(
        (
            *(
                "ok",
                "ativo",
                "ativa",
                "rodando",
                "em execucao",
                "executando",
                "iniciado",
                "running",
                "started",
            ),
            *("online", "up", "normal", "verde", "green", "true", "no ar", "funcionando", "success", "ready"),
        )
    )
    fragments: frozenset[str] = frozenset(
        "ok verde green success online up running rodando ativo funcionando".split()
    )


class FailMarks(Marks):
    """What means that a service does not run."""

    classes: frozenset[str] = frozenset(
        "falha erro error fail failed vermelho red danger label-danger badge-danger bg-danger text-danger "
        "table-danger label-important offline inativo stopped parado down status-fail".split()
    )
    styles: frozenset[str] = frozenset(
        "red darkred crimson firebrick tomato orangered #f00 #ff0000 #d9534f #dc3545 #f44336 #dd4b39 "
        "#c00 #800000".split()
    )
    texts: frozenset[str] = frozenset(
        (
            *("falha", "falhou", "erro", "error", "fail", "failed", "parado", "parada", "inativo", "inativa"),
            *("stopped", "offline", "down", "vermelho", "red", "false", "fora do ar", "critico", "travado"),
            *("nok", "nao ok", "nao rodando", "nao esta rodando", "sem resposta", "desligado"),
        )
    )
    fragments: frozenset[str] = frozenset(
        "falha erro error fail failed vermelho red danger offline down stopped parado inativo nok".split()
    )


WRITTEN_AS = {
    "login_path": "caminho_login",
    "status_path": "caminho_situacao",
    "user_field": "campo_usuario",
    "password_field": "campo_senha",
    "layout": "formato",
    "row": "linha",
    "client": "cliente",
    "service": "servico",
    "state": "situacao",
    "since": "desde",
    "note": "observacao",
    "kind": "tipo",
    "header": "cabecalho",
    "absent": "ausente",
    "checked_at": "verificado_em",
    "next": "proxima",
    "ok": "ok",
    "fail": "falha",
}
"""The rules under the names that people write in their settings."""


class PageRules(BaseModel):
    """Where things are on the status page, as CSS selectors, and which marks mean what."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    login_path: str = "/home/login"
    """Path of the login form, below the address."""
    status_path: str = "/"
    """Path of the page with the services, below the address."""
    user_field: str = ""
    """``name`` of the form's user field; empty: the last text field before the password."""
    password_field: str = ""
    """``name`` of the form's password field; empty: the one of type ``password``."""
    layout: Literal["list", "matrix"] = "list"
    """``list``: one row per client and service. ``matrix``: clients as rows, services as columns."""
    row: str = "table tbody tr"
    """Selector of a row. Rows that hold only ``th`` cells are headings."""
    client: str = "td:nth-child(1)"
    """Selector of the client's cell within a row; in a list, a row without it belongs to the client above."""
    service: str = "td:nth-child(2)"
    """Selector of the service's cell within a row (list)."""
    state: str = "td:nth-child(3)"
    """Selector of the state's cell within a row (list)."""
    since: str = "td:nth-child(4)"
    """Selector of the cell that says since when (list); may find nothing."""
    note: str = "td:nth-child(5)"
    """Selector of a remark's cell (list); may find nothing."""
    kind: str = ""
    """Selector of the cell with the kind of service (list); empty: there is none."""
    header: str = "table thead tr"
    """Selector of the row with the services' names (matrix)."""
    absent: frozenset[str] = frozenset(("-", "–", "—", "n/a", "não se aplica"))
    """Texts of a matrix cell that say that the client lacks that service."""
    checked_at: str = ""
    """Selector of the place where the page says when it last looked; empty: it does not say."""
    next: str = ""
    """Selector of the link to the next page, where the services go over several; empty: they do not."""
    ok: OkMarks = OkMarks()
    """What means that a service runs."""
    fail: FailMarks = FailMarks()
    """What means that it does not."""
