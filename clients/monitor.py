"""Where the state of the clients' services comes from: the status page, or a JSON or CSV table (R1)."""

from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from .errors import OutcomeUnknown, ServerTrouble, SourceError, Unauthorized
from .models.page_rules import FailMarks, Marks, OkMarks, PageRules
from .models.service import Service, ServiceState
from .monitor_login import LoginForm, find_login
from .monitor_marks import judge_text
from .monitor_page import Page, worst_of
from .tables import Document, ReadRows, Row, read_csv, read_json, read_moment

if TYPE_CHECKING:
    from .http import Http, Response


_CLIENT = ("cliente", "client", "empresa", "company", "loja", "servidor", "server")
_SERVICE = ("servico", "service", "nome", "name", "job", "tarefa", "processo")
_STATE = ("situacao", "estado", "status", "state", "saude", "health")
_KIND = ("tipo", "kind", "type")
_SINCE = ("desde", "since", "inicio")
_CHECKED = (
    "ultima verificacao",
    "verificado em",
    "atualizado em",
    "last check",
    "lastcheck",
    "checked at",
    "atualizado",
)
_NOTE = ("observacao", "obs", "nota", "note", "mensagem", "message", "detalhe")


class MonitorSource(Protocol):
    """Anything that knows which services run."""

    async def services(self) -> tuple[Service, ...]:
        """Return all services, in the source's order; never an empty board for one that was not read.

        `SourceError` where the source does not say what it should, `RemoteError` where it cannot be had.
        """
        ...


class StatusPage:
    """The status page behind its login form. ``http`` must keep cookies (``browser=True``)."""

    def __init__(self, http: "Http", user: str, password: SecretStr, rules: PageRules | None = None) -> None:
        self._http = http
        self._user = user
        self._password = password
        self._rules = rules or PageRules()

    async def services(self) -> tuple[Service, ...]:
        """Read the page, logging in where the session is new or has run out."""
        answer, form = await self._look()
        if answer is None or form is not None:
            await self._log_in(form)
            answer, form = await self._look()
        if answer is None or form is not None:
            raise self._refused("a página voltou a pedir a senha depois da entrada")
        return Page(answer.text(), self._where(answer), self._rules).services()

    async def _look(self) -> "tuple[Response | None, LoginForm | None]":
        """Fetch the status page: the answer and the login form that it shows; no answer on 401."""
        try:
            answer = await self._http.read(self._rules.status_path)
        except Unauthorized:
            return None, None
        return answer, self._form(answer)

    async def _log_in(self, form: LoginForm | None) -> None:
        if form is None:
            page = await self._http.read(self._rules.login_path)
            form = self._form(page)
            if form is None:
                raise SourceError(
                    f"{self._where(page)}: não há formulário com campo de senha",
                    title="Entrada do monitoramento",
                    way_out="Confira login_path na configuração.",
                )
        if not self._http.is_ours(form.action):
            raise SourceError(
                f"o formulário de entrada envia a senha para outro servidor: {form.action.partition('?')[0]}",
                title="Entrada do monitoramento",
                way_out="Confira o endereço (http ou https) na configuração.",
            )
        trouble = ""
        try:
            answer = await self._http.write("POST", form.action, form=form.filled(self._user, self._password))
        except OutcomeUnknown as error:  # nothing was changed by a login: it may be tried again
            trouble = error.message
        if trouble:
            raise ServerTrouble(self._http.system, f"sem resposta à entrada ({trouble})")
        if self._form(answer) is not None:
            raise self._refused("usuário ou senha recusados")

    def _form(self, answer: "Response") -> LoginForm | None:
        rules = self._rules
        return find_login(
            answer.text(), answer.url, user_field=rules.user_field, password_field=rules.password_field
        )

    def _refused(self, why: str) -> Unauthorized:
        return Unauthorized(
            self._http.system,
            why,
            title="Entrada recusada",
            way_out="Confira usuário e senha na configuração.",
        )

    def _where(self, answer: "Response") -> str:
        return f"{self._http.system} ({answer.url.partition('?')[0]})"


class _TableMonitor:
    """Services in a table with the columns cliente, serviço and situação, by any of their usual names."""

    def __init__(
        self, document: Document, read: ReadRows, *, ok: Marks | None = None, fail: Marks | None = None
    ) -> None:
        self._document = document
        self._read = read
        self._ok = ok or OkMarks()
        self._fail = fail or FailMarks()

    async def services(self) -> tuple[Service, ...]:
        """Read the table. A row that lacks something is there as an unknown service that names its line."""
        text = await self._document.read()
        trouble = ""
        try:
            rows = self._read(text)
        except SourceError as error:
            trouble = error.message
        if trouble:
            raise SourceError(f"{self._document.where}: {trouble}")
        self._require_columns(rows)
        return worst_of(self._service(row) for row in rows)

    def _require_columns(self, rows: tuple[Row, ...]) -> None:
        if not rows:
            raise SourceError(f"{self._document.where}: nenhum serviço na lista")
        for name, names in (("cliente", _CLIENT), ("serviço", _SERVICE), ("situação", _STATE)):
            if not any(column in row.values for row in rows for column in names):
                raise SourceError(
                    f"{self._document.where}: falta a coluna {name}",
                    way_out="O cabeçalho precisa ter cliente, serviço e situação.",
                )

    def _service(self, row: Row) -> Service:
        client, service, written = row.get(_CLIENT), row.get(_SERVICE), row.get(_STATE)
        verdict = judge_text(written, self._ok, self._fail)
        missing = [name for name, value in (("cliente", client), ("serviço", service)) if not value]
        faults = [f"falta {name}" for name in missing] + (["colunas a mais"] if row.surplus else [])
        since_text = row.get(_SINCE)
        since = read_moment(since_text)
        notes = [row.get(_NOTE)]
        if since_text and since is None:
            notes.append(f"desde {since_text}")
        if faults:
            notes.append(f"linha {row.line}: {', '.join(faults)}")
        elif verdict.note:
            notes.append(f"linha {row.line}: {verdict.note}")
        state = verdict.state
        return Service(
            client=client or f"linha {row.line}",
            service=service or f"? (linha {row.line})",
            kind=row.get(_KIND),
            state=ServiceState.UNKNOWN if faults and state is ServiceState.OK else state,
            since=since,
            last_check=read_moment(row.get(_CHECKED)),
            note=" · ".join(note for note in notes if note),
        )


class JsonMonitor(_TableMonitor):
    """Services in a JSON list of objects, bare or under ``data``, ``services`` …"""

    def __init__(self, document: Document, *, ok: Marks | None = None, fail: Marks | None = None) -> None:
        super().__init__(document, read_json, ok=ok, fail=fail)


class CsvMonitor(_TableMonitor):
    """Services in a CSV file with a header line."""

    def __init__(self, document: Document, *, ok: Marks | None = None, fail: Marks | None = None) -> None:
        super().__init__(document, read_csv, ok=ok, fail=fail)
