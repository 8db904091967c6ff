"""The monitoring source, asked by the diagnosis: whether it answers, is understood and goes on looking."""

from collections.abc import Iterator, Sequence

from clients.loopback import is_overheard
from clients.models.feed import Feed
from clients.models.service import Service, ServiceState
from widgets.phrases import counted

from ..desk import Desk
from ..settings import MonitorSettings
from .check import Check, Verdict, address_of
from .headless import one_refresh


async def check_monitor(desk: Desk) -> list[Check]:
    """Read the services once, as the desk does."""
    poller = desk.sources.services_poller(Feed())
    assert poller is not None
    assert desk.settings.monitor is not None
    checks = list(_overheard(desk.settings.monitor))
    feed = await one_refresh(poller)
    if feed.trouble is not None:
        trouble = feed.trouble
        wrong = f"{trouble.title}: {trouble.message}"
        return [
            *checks,
            Check("Monitoramento", Verdict.WRONG, wrong, trouble.way_out or _source(desk.settings.monitor)),
        ]
    overdue = sum(item.overdue for item in feed.items)
    if overdue:
        checks.append(_unchecked(overdue, desk.settings.monitor))
    return [*checks, _services_read(feed.items, desk.settings.monitor)]


def _services_read(services: Sequence[Service], monitor: MonitorSettings) -> Check:
    unknown = [item for item in services if item.state is ServiceState.UNKNOWN and not item.overdue]
    if not unknown:
        return Check("Monitoramento", Verdict.OK, counted(len(services), "serviço lido", "serviços lidos"))
    verdict = Verdict.WRONG if len(unknown) == len(services) else Verdict.WARNING
    which = f"{len(unknown)} de {counted(len(services), 'serviço', 'serviços')}"
    return Check(
        "Monitoramento", verdict, f"não se entende a situação de {which}", _marks(unknown[0], monitor)
    )


def _marks(unknown: Service, monitor: MonitorSettings) -> str:
    sections = "[monitor.pagina.ok] e [monitor.pagina.falha]"
    if monitor.kind == "html":
        return f"Ponha em {sections} as marcas que a página usa."
    line = f" ({unknown.note})" if unknown.note.startswith("linha") else ""
    return (
        f"Confira a coluna situação em {monitor.file or monitor.url}{line}; "
        f"palavras próprias de um csv ou json vão em “textos” de {sections}."
    )


def _unchecked(count: int, monitor: MonitorSettings) -> Check:
    services = counted(count, "serviço", "serviços")
    message = f"{services} sem verificação há mais de {monitor.minutes_unchecked} min"
    way_out = "Veja se o monitoramento parou; o limite é “minutos_sem_verificacao”, em [monitor]."
    return Check("Verificação dos serviços", Verdict.WARNING, message, way_out)


def _source(monitor: MonitorSettings) -> str:
    return address_of("monitor") if monitor.file is None else f"Confira o arquivo {monitor.file}."


def _overheard(monitor: MonitorSettings) -> Iterator[Check]:
    if monitor.password is not None and monitor.url is not None and is_overheard(monitor.url):
        message = f"a senha viaja sem criptografia até {monitor.url}: quem está no caminho pode lê-la"
        way_out = "Se a página também responde em https://, use esse endereço; se não, não repita essa senha."
        yield Check("Senha do monitoramento", Verdict.WARNING, message, way_out)


async def leave_monitor(desk: Desk) -> list[Check]:
    """Tell why it was not asked."""
    return [Check("Monitoramento", Verdict.WARNING, "não conferido: precisa dos dados locais")]
