"""The clients' services from a JSON or CSV table, by any of the usual names of its columns (R1)."""

from .charset import mended
from .errors import PlantaoError, SourceError
from .models.page_rules import FailMarks, Marks, OkMarks
from .models.service import Service, ServiceState
from .models.service_reading import worst_of
from .monitor_marks import judge_text
from .monitor_notes import Notes
from .tables import Document, ReadRows, Row, read_csv, read_json, read_moment

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
_COLUMNS = (
    ("cliente", _CLIENT),
    ("serviço", _SERVICE),
    ("situação", _STATE),
    ("tipo", _KIND),
    ("desde", _SINCE),
    ("verificado em", _CHECKED),
    ("observação", _NOTE),
)
_NEEDED = 3


class _TableMonitor:
    """Services in a table with the columns cliente, serviço and situação, by any of their usual names."""

    def __init__(
        self, document: Document, read: ReadRows, *, ok: Marks | None = None, fail: Marks | None = None
    ) -> None:
        self._document = document
        self._read = read
        self._ok = ok or OkMarks()
        self._fail = fail or FailMarks()

    async def services(self, notes: Notes | None = None) -> tuple[Service, ...]:
        """Read the table. A row that lacks something is there as an unknown service that names its line."""
        notes = notes or Notes()
        text = await self._text(notes)
        self._refuse_page(text)
        trouble = ""
        try:
            rows = self._read(text)
        except SourceError as error:
            trouble = error.message
        if trouble:
            raise SourceError(
                f"{self._document.where}: {trouble}",
                title="Lista ilegível",
                way_out="Confira o endereço ou o arquivo, e o “tipo”, na configuração.",
            )
        self._require_columns(rows, notes)
        self._require_end(text, rows)
        read = [self._service(row, notes) for row in rows]
        found = worst_of(read)
        for _ in range(len(read) - len(found)):
            notes.left_out("repetida na lista: vale a pior")
        return found

    async def _text(self, notes: Notes) -> str:
        document = self._document
        notes.begin()
        try:
            fetched = await document.fetch()
        except PlantaoError as error:
            notes.refused("lista", document.address, error)
            raise
        decoded = mended(fetched.decoded)
        if fetched.answer is not None:
            notes.answered("lista", fetched.answer, decoded)
        else:
            notes.opened("lista", document.address, fetched.size, decoded)
        return decoded.text

    def _refuse_page(self, text: str) -> None:
        if text.lstrip()[:1] == "<":
            raise SourceError(
                f"{self._document.where}: veio uma página em vez da lista",
                title="Página em vez de lista",
                way_out="Confira o endereço; se ele pede entrada, use outro que entregue a lista.",
            )

    def _require_end(self, text: str, rows: tuple[Row, ...]) -> None:
        """Refuse a table whose last line stops before its state: what came is not all there is."""
        last = rows[-1]
        if (
            self._read is read_csv
            and text[-1:] not in "\r\n"
            and not any(name in last.values for name in _STATE)
        ):
            raise SourceError(
                f"{self._document.where}: a linha {last.line}, a última, termina no meio",
                title="Lista incompleta",
                way_out="Tente de novo em instantes; se continuar, veja quem grava a lista.",
            )

    def _require_columns(self, rows: tuple[Row, ...], notes: Notes) -> None:
        if not rows:
            raise SourceError(
                f"{self._document.where}: nenhum serviço na lista",
                title="Lista vazia",
                way_out="Isso não quer dizer que tudo funciona: veja quem grava a lista.",
            )
        for name, names in _COLUMNS:
            there = [column for column in names if any(column in row.values for row in rows)]
            filled = sum(bool(row.get(names)) for row in rows)
            notes.sought(name, " e ".join(there), filled)
        for name, names in _COLUMNS[:_NEEDED]:
            if not any(column in row.values for row in rows for column in names):
                raise SourceError(
                    f"{self._document.where}: falta a coluna {name}",
                    title="Lista sem uma coluna",
                    way_out="O cabeçalho precisa ter cliente, serviço e situação.",
                )

    def _service(self, row: Row, notes: Notes) -> Service:
        client, service, written = row.get(_CLIENT), row.get(_SERVICE), row.get(_STATE)
        verdict = judge_text(written, self._ok, self._fail)
        missing = [name for name, value in (("cliente", client), ("serviço", service)) if not value]
        faults = [f"falta {name}" for name in missing] + (["colunas a mais"] if row.surplus else [])
        since_text = row.get(_SINCE)
        since = read_moment(since_text)
        said = [row.get(_NOTE)]
        if since_text and since is None:
            said.append(f"desde {since_text}")
        if faults:
            said.append(f"linha {row.line}: {', '.join(faults)}")
        elif verdict.note:
            said.append(f"linha {row.line}: {verdict.note}")
        state = ServiceState.UNKNOWN if faults and verdict.state is ServiceState.OK else verdict.state
        notes.row()
        notes.judged(state, ", ".join(faults) or verdict.mark or verdict.note)
        return Service(
            client=client or f"linha {row.line}",
            service=service or f"? (linha {row.line})",
            kind=row.get(_KIND),
            state=state,
            since=since,
            last_check=read_moment(row.get(_CHECKED)),
            note=" · ".join(note for note in said if note),
        )


class JsonMonitor(_TableMonitor):
    """Services in a JSON list of objects, bare or under ``data``, ``services`` …"""

    def __init__(self, document: Document, *, ok: Marks | None = None, fail: Marks | None = None) -> None:
        super().__init__(document, read_json, ok=ok, fail=fail)


class CsvMonitor(_TableMonitor):
    """Services in a CSV file with a header line."""

    def __init__(self, document: Document, *, ok: Marks | None = None, fail: Marks | None = None) -> None:
        super().__init__(document, read_csv, ok=ok, fail=fail)
