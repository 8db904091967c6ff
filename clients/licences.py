"""Whether a client's licence is valid: five results, and a source that is down is never "not found" (C3)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .errors import PlantaoError, SourceError
from .models.licence import Licence, LicenceCheck, LicenceState, TrialPolicy
from .models.text import fold
from .models.times import BRAZIL
from .tables import LocalFile, Row, read_csv, read_date, read_json, rows_of

if TYPE_CHECKING:
    from .http import Http

Clock = Callable[[], datetime]
SETTLES = timedelta(seconds=1)
"""A list that changed less long ago may still be being written: whom it lacks is not "not found" yet."""
LINES_NAMED = 5

COLUMNS = "e-mail, cliente, tipo, início, expiração e situação"
"""Of a list, by the first of the names that each may have; e-mail, and expiração or situação, are needed."""
_EMAIL = (
    "email",
    "email do cliente",
    "email admin",
    "email do administrador",
    "email licenca",
    "login",
    "usuario",
)
_CLIENT = ("cliente", "client", "nome", "razao social", "nome fantasia", "empresa")
_KIND = ("tipo", "tipo de licenca", "tipo da licenca", "kind", "type", "modalidade")
_STARTS = ("inicio", "data de inicio", "data inicio", "data inicial", "inicio da licenca", "starts", "start")
_EXPIRES = (
    *("expiracao", "data de expiracao", "data expiracao", "expira em", "expira", "vencimento", "validade"),
    *("data de vencimento", "vence em", "fim", "data final", "expires", "expiry", "termino"),
)
_STATE = ("situacao", "status", "estado", "state")

_TRIAL = frozenset("experiencia trial teste demonstracao".split())
_CONTRACT = frozenset("contratacao contratada contratado contrato contract paga".split())
_ACTIVE = frozenset("ativa ativo valida valido vigente liberada liberado regular ok active true".split())
_INACTIVE = frozenset(
    "inativa inativo vencida vencido expirada expirado cancelada cancelado bloqueada bloqueado "
    "suspensa suspenso encerrada encerrado inactive expired false".split()
)


class LicenceSource(Protocol):
    """Anything that can say whether an e-mail belongs to a valid licence."""

    @property
    def name(self) -> str:
        """The source, in words for the screen."""
        ...

    async def check(self, email: str) -> LicenceCheck:
        """Look ``email`` up. Never raises for a source that is down: that is `LicenceState.UNCHECKED`."""
        ...


class NoLicences:
    """No source is configured."""

    name = "nenhuma fonte de licenças"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def check(self, email: str) -> LicenceCheck:
        """Say that nothing was checked."""
        return _unchecked(self.name, self._clock, email, "nenhuma lista de licenças na configuração")


class FileLicences:
    """An export of the panel's licence list, CSV or JSON (by its suffix), read again when it changes."""

    def __init__(
        self,
        path: Path,
        clock: Clock,
        trials: TrialPolicy = TrialPolicy.WARN,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """``pause`` lets a list that is being written come to rest."""
        self._file = LocalFile(path)
        self._read_rows = read_json if path.suffix.casefold() == ".json" else read_csv
        self._clock = clock
        self._trials = trials
        self._pause = pause
        self._stamp: tuple[int, int, int] | None = None
        self._entries: dict[str, list[_Entry]] = {}
        self.problems: tuple[str, ...] = ()
        """What could not be read, by line, as of the last check."""
        self._nameless = ""

    @property
    def name(self) -> str:
        """The file's name."""
        return f"lista {self._file.where}"

    async def check(self, email: str) -> LicenceCheck:
        """Look ``email`` up in the file as it is now."""
        try:
            await self._settle()
            await asyncio.to_thread(self._refresh)
        except PlantaoError as error:
            return _unchecked(self.name, self._clock, email, error.message)
        check = _decide(self.name, self._clock, email, self._entries.get(_key(email), []), self._trials)
        if check.state is LicenceState.NOT_FOUND and self._nameless:
            return check.model_copy(update={"reason": self._nameless})
        return check

    async def _settle(self) -> None:
        stamp = await asyncio.to_thread(self._file.stamp)
        changed = datetime.fromtimestamp(stamp[0] / 1e9, UTC)
        if stamp == self._stamp or abs(self._clock() - changed) >= SETTLES:
            return
        await self._pause(SETTLES.total_seconds())
        await asyncio.to_thread(self._unless_changed, stamp)

    def _unless_changed(self, stamp: tuple[int, int, int]) -> None:
        if self._file.stamp() != stamp:
            raise SourceError("a lista está sendo gravada; confira de novo em instantes")

    def _refresh(self) -> None:
        stamp = self._file.stamp()
        if stamp == self._stamp:
            return
        self._stamp = None
        rows = self._read_rows(self._file.read_now())
        self._unless_changed(stamp)
        if rows and not any(name in row.values for row in rows for name in _EMAIL):
            raise SourceError("falta a coluna e-mail")
        self._entries, self.problems = _index(rows)
        self._nameless = _lines_without_email(rows)
        self._stamp = stamp


class HttpLicences:
    """A service that answers ``GET path?email=…`` with JSON: one licence, or a list of those it found."""

    def __init__(
        self,
        http: "Http",
        clock: Clock,
        path: str = "/licencas",
        trials: TrialPolicy = TrialPolicy.WARN,
    ) -> None:
        self._http = http
        self._clock = clock
        self._trials = trials
        self._path = path

    @property
    def name(self) -> str:
        """The system's name."""
        return self._http.system

    async def check(self, email: str) -> LicenceCheck:
        """Ask for ``email``. An answer about other addresses only says nothing about this one."""
        try:
            answer = await self._http.read(self._path, params={"email": email.strip()})
            rows = _told(answer.json())
        except PlantaoError as error:
            return _unchecked(self.name, self._clock, email, error.message)
        entries, problems = _index(rows)
        found = entries.get(_key(email), [])
        if rows and not found:
            reason = problems[0] if problems else "a resposta é sobre outros e-mails"
            return _unchecked(self.name, self._clock, email, reason)
        return _decide(self.name, self._clock, email, found, self._trials)


def _told(content: object) -> tuple[Row, ...]:
    if content is None or content == {}:
        return ()
    alone = isinstance(content, dict) and not any(isinstance(value, list) for value in content.values())
    return rows_of([content] if alone else content)


@dataclass(frozen=True)
class _Entry:
    """A row of the list, and what of it could not be read."""

    licence: Licence
    told: bool
    """Whether the row says anything about being valid: a known state word or a date of expiry."""
    fault: str = ""


def _index(rows: Iterable[Row]) -> tuple[dict[str, list[_Entry]], tuple[str, ...]]:
    entries: dict[str, list[_Entry]] = {}
    problems = []
    for row in rows:
        emails = _emails(row)
        if not emails:
            problems.append(f"linha {row.line}: sem e-mail")
            continue
        for email in emails:
            entry = _entry(row, email)
            entries.setdefault(_key(email), []).append(entry)
        if entry.fault:
            problems.append(entry.fault)
    return entries, tuple(problems)


def _emails(row: Row) -> list[str]:
    """The words of the column, if there is an address among them."""
    words = row.get(_EMAIL).replace(";", " ").replace(",", " ").split()
    return words if any("@" in word for word in words) else []


def _lines_without_email(rows: Iterable[Row]) -> str:
    """Any of them may be the client's whose address is not found."""
    lines = [str(row.line) for row in rows if not _emails(row)]
    if not lines:
        return ""
    named = ", ".join(lines[:LINES_NAMED]) + ("…" if len(lines) > LINES_NAMED else "")
    which = f"as linhas {named} estão" if len(lines) > 1 else f"a linha {named} está"
    return f"na lista, {which} sem e-mail"


def _entry(row: Row, email: str) -> _Entry:
    faults = ["colunas a mais"] if row.surplus else []
    starts, expires = (_day(row.get(names), faults) for names in (_STARTS, _EXPIRES))
    kind, state = fold(row.get(_KIND)), fold(row.get(_STATE))
    trial = bool(_TRIAL & set(kind.split())) or bool(_TRIAL & set(state.split()))
    if kind and not trial and not _CONTRACT & set(kind.split()):
        faults.append(f"tipo desconhecido “{row.get(_KIND)}”")
    if state and state not in _ACTIVE | _INACTIVE | _TRIAL:
        faults.append(f"situação desconhecida “{row.get(_STATE)}”")
    licence = Licence(
        email=email,
        client=row.get(_CLIENT),
        trial=trial,
        starts=starts,
        expires=expires,
        active=state not in _INACTIVE,
    )
    fault = f"linha {row.line}: {', '.join(faults)}" if faults else ""
    return _Entry(licence, told=bool(state or expires), fault=fault)


def _day(text: str, faults: list[str]) -> date | None:
    day = read_date(text) if text else None
    if text and day is None:
        faults.append(f"data ilegível “{text}”")
    return day


def _decide(
    source: str, clock: Clock, email: str, entries: list[_Entry], trials: TrialPolicy
) -> LicenceCheck:
    """Judge the rows of one e-mail; several are renewals, and the best that is sure counts."""
    now = clock()
    if not entries:
        return LicenceCheck(
            email=email.strip(), state=LicenceState.NOT_FOUND, source=source, checked_at=now, trials=trials
        )
    order = (LicenceState.VALID, LicenceState.TRIAL, LicenceState.UNCHECKED, LicenceState.EXPIRED)
    judged = [(*_judge(entry, now.astimezone(BRAZIL).date()), entry.licence) for entry in entries]
    state, reason, licence = min(judged, key=lambda each: order.index(each[0]))
    reason = reason or next((entry.fault for entry in entries if entry.fault), "")
    return LicenceCheck(
        email=email.strip(),
        state=state,
        source=source,
        checked_at=now,
        licence=licence,
        reason=reason,
        trials=trials,
    )


def _judge(entry: _Entry, today: date) -> tuple[LicenceState, str]:
    licence = entry.licence
    if not licence.active or (licence.expires is not None and licence.expires < today):
        return LicenceState.EXPIRED, ""
    if entry.fault:
        return LicenceState.UNCHECKED, entry.fault
    if not entry.told:
        return LicenceState.UNCHECKED, "o registro não diz situação nem expiração"
    if licence.starts is not None and licence.starts > today:
        return LicenceState.UNCHECKED, f"a licença só começa em {licence.starts:%d/%m/%Y}"
    return (LicenceState.TRIAL if licence.trial else LicenceState.VALID), ""


def _unchecked(source: str, clock: Clock, email: str, reason: str) -> LicenceCheck:
    return LicenceCheck(
        email=email.strip(), state=LicenceState.UNCHECKED, source=source, checked_at=clock(), reason=reason
    )


def _key(email: str) -> str:
    return email.strip().casefold()
