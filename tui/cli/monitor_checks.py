"""The monitoring sources, asked by the diagnosis: whether they answer, are understood and go on looking."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from clients.loopback import is_overheard
from clients.models.reading_report import SourceReading
from clients.models.service import Service, ServiceState, clock_off
from clients.models.service_reading import CLOCK_TOLERANCE
from widgets.phrases import counted

from ..desk import Desk
from ..settings_monitor import MonitorSettings, SourceSettings
from .check import Check, Verdict, address_of
from .headless import one_refresh

_NAME = "Monitoramento"


async def check_monitor(desk: Desk) -> list[Check]:
    """Read the services once, as the desk does."""
    poller = desk.sources.services_poller(await desk.sources.remembered_services())
    assert poller is not None
    monitor = desk.settings.monitor
    assert monitor is not None
    sources = dict(monitor.sources())
    checks = [check for source in sources.values() for check in _overheard(source)]
    feed = await one_refresh(poller)
    if not desk.sources.readings:  # it broke in a way that nobody foresaw, and before any source was asked
        assert feed.trouble is not None
        return [*checks, Check(_NAME, Verdict.WRONG, f"{feed.trouble.title}: {feed.trouble.message}")]
    overdue = sum(item.overdue for item in feed.items)
    if overdue:
        checks.append(_unchecked(overdue, monitor))
    if gone := sum(item.missing_since is not None for item in feed.items):
        checks.append(_gone(gone))
    checks += [check for reading in desk.sources.readings for check in _clock(reading)]
    for reading in desk.sources.readings:
        name = _NAME if len(sources) == 1 else f"{_NAME} ({reading.name})"
        where = _section(reading.name, monitor)
        found = [item for item in feed.items if reading.name in item.sources]
        checks.append(_read(name, where, reading, found, sources[reading.name]))
    return checks


def _read(
    name: str, where: str, reading: SourceReading, services: Sequence[Service], source: SourceSettings
) -> Check:
    if reading.trouble is not None:
        trouble = reading.trouble
        way_out = trouble.way_out or _address(where, source)
        return Check(name, Verdict.WRONG, f"{trouble.title}: {trouble.message}", way_out)
    there = [item for item in services if item.missing_since is None]
    unknown = [item for item in there if item.state is ServiceState.UNKNOWN and not item.overdue]
    if not unknown:
        read = counted(reading.services, "serviço lido", "serviços lidos")
        return Check(name, Verdict.OK, read)
    verdict = Verdict.WRONG if len(unknown) == len(there) else Verdict.WARNING
    which = f"{len(unknown)} de {counted(len(there), 'serviço', 'serviços')}"
    message = f"não se entende a situação de {which}"
    return Check(name, verdict, message, _marks(where, unknown[0], source))


def _marks(where: str, unknown: Service, source: SourceSettings) -> str:
    sections = f"[{where}.pagina.ok] e [{where}.pagina.falha]"
    if source.kind == "html":
        return f"Ponha em {sections} as marcas que a página usa; plantao servicos --explicar as mostra."
    line = f" ({unknown.note})" if unknown.note.startswith("linha") else ""
    return (
        f"Confira a coluna situação em {source.file or source.url}{line}; "
        f"palavras próprias de um csv ou json vão em “textos” de {sections}."
    )


def _unchecked(count: int, monitor: MonitorSettings) -> Check:
    services = counted(count, "serviço", "serviços")
    message = f"{services} sem verificação há mais de {monitor.minutes_unchecked} min"
    way_out = "Veja se o monitoramento parou; o limite é “minutos_sem_verificacao”, em [monitor]."
    return Check("Verificação dos serviços", Verdict.WARNING, message, way_out)


def _gone(count: int) -> Check:
    message = f"{counted(count, 'serviço não está', 'serviços não estão')} mais na página"
    way_out = "Veja se foram tirados de propósito; ficam como desconhecidos por um dia."
    return Check("Serviços que sumiram", Verdict.WARNING, message, way_out)


def _clock(reading: SourceReading) -> Iterator[Check]:
    ahead = timedelta(seconds=reading.clock_ahead or 0)
    if abs(ahead) > CLOCK_TOLERANCE:
        message = f"{reading.name}: {clock_off(ahead)}"
        way_out = "Acerte o relógio do servidor, ou o desta máquina; as verificações são lidas pelo desta."
        yield Check("Relógio do monitoramento", Verdict.WARNING, message, way_out)


def _section(name: str, monitor: MonitorSettings) -> str:
    return "monitor" if name == monitor.name else f"monitor.outras.{name}"


def _address(where: str, source: SourceSettings) -> str:
    return address_of(where) if source.file is None else f"Confira o arquivo {source.file}."


def _overheard(source: SourceSettings) -> Iterator[Check]:
    if source.password is not None and source.url is not None and is_overheard(source.url):
        message = f"a senha viaja sem criptografia até {source.url}: quem está no caminho pode lê-la"
        way_out = "Se a página também responde em https://, use esse endereço; se não, não repita essa senha."
        yield Check("Senha do monitoramento", Verdict.WARNING, message, way_out)


async def leave_monitor(desk: Desk) -> list[Check]:
    """Tell why it was not asked."""
    return [Check(_NAME, Verdict.WARNING, "não conferido: precisa dos dados locais")]
