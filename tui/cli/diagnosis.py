"""``plantao diagnostico``: each system asked, what is wrong said, and how to mend it."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clients.errors import Forbidden, NotFound, PlantaoError, ServerTrouble, SettingsError
from clients.licences import COLUMNS, FileLicences
from clients.loopback import is_overheard
from clients.models.feed import Feed
from clients.models.licence import LicenceState
from clients.models.service import Service, ServiceState
from clients.models.slack_time import ts_of
from widgets.phrases import counted

from ..desk import Desk
from ..settings import MonitorSettings, Settings
from ..settings_chamados import LicenceSettings
from ..settings_layers import find_layers
from ..templates_file import read_templates
from ..themes import check_theme
from . import show
from .exit_codes import Code
from .headless import one_refresh
from .running import code_of, ready_settings
from .terminal import Terminal

LITTLE_SPACE = 50_000_000
"""Bytes free below which the store may soon not be written."""
MOST_LINES_TOLD = 5
"""Lines of a list that are named one by one."""


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "atencao"
    WRONG = "falha"
    ABSENT = "ausente"
    """Not configured: nothing to check."""


MARKS = {
    Verdict.OK: "● ok",
    Verdict.WARNING: "▲ atenção",
    Verdict.WRONG: "✖ falha",
    Verdict.ABSENT: "– não usado",
}


@dataclass(frozen=True)
class Check:
    """What one check found."""

    name: str
    verdict: Verdict
    message: str
    way_out: str = ""

    @classmethod
    def failed(cls, name: str, error: PlantaoError) -> "Check":
        """A check that an error ended."""
        return cls(name, Verdict.WRONG, f"{error.title}: {error.message}", error.way_out)


def diagnose(as_json: bool) -> int:
    """Check everything and print it. SETTINGS where those cannot be used, WRONG if anything else is wrong."""
    checks = list(_terminal(Terminal.here()))
    try:
        settings = ready_settings()
    except PlantaoError as error:
        checks.insert(0, Check.failed("Configuração", error))
        _write(checks, as_json)
        return code_of(error)
    sources = ", ".join(
        str(layer.path or "ambiente") for layer in find_layers() if layer.path or layer.values
    )
    checks.insert(0, Check("Configuração", Verdict.OK, f"lida de {sources}"))
    checks += [*_theme(settings), *asyncio.run(_systems(settings))]
    _write(checks, as_json)
    return Code.WRONG if any(check.verdict is Verdict.WRONG for check in checks) else Code.OK


def _write(checks: list[Check], as_json: bool) -> None:
    if as_json:
        rows = [
            {"nome": item.name, "estado": item.verdict.value, "mensagem": item.message, "saida": item.way_out}
            for item in checks
        ]
        show.write(show.as_json({"verificacoes": rows}))
        return
    width = max(len(mark) for mark in MARKS.values())
    for item in checks:
        indent = " " * (width + 2)
        message = item.message.replace("\n", f"\n{indent}")
        show.write(f"{MARKS[item.verdict]:<{width}}  {item.name}: {message}")
        if item.way_out:
            show.write(f"{indent}→ " + item.way_out.replace("\n", f"\n{indent}  "))


def _theme(settings: Settings) -> Iterator[Check]:
    try:
        check_theme(settings.theme)
    except SettingsError as error:
        yield Check.failed("Cores", error)


async def _systems(settings: Settings) -> list[Check]:
    desk = Desk(settings)
    try:
        checks = [await _store(desk), _templates(settings)]
        store_works = checks[0].verdict is not Verdict.WRONG
        try:
            await desk.connect()
        except PlantaoError as error:
            return [*checks, Check.failed("Conexões", error)]
        asked = await asyncio.gather(
            _guarded("Freshdesk", settings.freshdesk, _freshdesk, desk),
            _guarded("Redmine", settings.redmine, _redmine, desk),
            _guarded("Quadro", settings.chamados.redmine, _board, desk),
            _guarded("Slack", settings.slack, _slack, desk),
            _guarded("Monitoramento", settings.monitor, _monitor if store_works else _monitor_unasked, desk),
            _guarded("Licenças", settings.licences, _licences, desk),
            _guarded("E-mail", settings.mail, _mail, desk),
            _guarded("Assistente", settings.assistant, _assistant, desk),
        )
        return [*checks, *(check for found in asked for check in found)]
    finally:
        await desk.close()


async def _store(desk: Desk) -> Check:
    folder = desk.settings.state_folder
    try:
        await desk.open()
        if desk.store is not None:
            await desk.disk(desk.store.check)
    except PlantaoError as error:
        return Check.failed("Dados locais", error)
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        left = f"restam {free // 1_000_000} MB no disco de {folder}"
        return Check("Dados locais", Verdict.WARNING, left, "Libere espaço: rascunhos são gravados ali.")
    return Check("Dados locais", Verdict.OK, f"{desk.settings.store_file}, inteiro e só seu")


def _templates(settings: Settings) -> Check:
    file = settings.replies.file
    if file is None:
        return Check("Modelos da equipe", Verdict.ABSENT, "sem “arquivo” em [respostas]")
    try:
        found = read_templates(file)
    except SettingsError as error:
        return Check.failed("Modelos da equipe", error)
    if not found:
        return Check("Modelos da equipe", Verdict.WARNING, f"nenhum modelo em {file}", "Confira o caminho.")
    return Check("Modelos da equipe", Verdict.OK, f"{len(found)} em {file}")


async def _guarded(
    name: str, section: object, ask: Callable[[Desk], Awaitable[list[Check]]], desk: Desk
) -> list[Check]:
    if section is None:
        return [Check(name, Verdict.ABSENT, "sem seção na configuração")]
    try:
        return await ask(desk)
    except NotFound as error:
        error.way_out = error.way_out or _address(name.lower())
        return [Check.failed(name, error)]
    except PlantaoError as error:
        return [Check.failed(name, error)]


async def _freshdesk(desk: Desk) -> list[Check]:
    assert desk.freshdesk is not None
    me = await desk.freshdesk.me()
    who = Check("Freshdesk", Verdict.OK, f"a chave é de {me.name}")
    if me.ticket_scope != 1:
        seen = "dos seus grupos" if me.ticket_scope == 2 else "que são seus"
        who = Check("Freshdesk", Verdict.WARNING, f"a chave é de {me.name}, que só vê os tickets {seen}")
    try:
        found = len(await desk.freshdesk.templates())
    except Forbidden:
        way_out = "É o normal para quem não administra; use “arquivo” em [respostas]."
        return [who, Check("Respostas prontas", Verdict.WARNING, "a chave não pode lê-las", way_out)]
    return [who, Check("Respostas prontas", Verdict.OK, f"{found} no Freshdesk")]


async def _redmine(desk: Desk) -> list[Check]:
    assert desk.redmine is not None
    assert desk.settings.redmine is not None
    me = await desk.redmine.check()
    who = Check("Redmine", Verdict.OK, f"a chave é de {me.name}")
    if desk.settings.redmine.ticket_field is None:
        way_out = "Ponha “campo_ticket” em [redmine] com o nome do campo que guarda o ticket."
        return [who, Check("Tarefas do ticket", Verdict.WARNING, "não dá para achá-las", way_out)]
    try:
        field = await desk.redmine.ticket_field()
        works = await desk.redmine.filter_works()
    except PlantaoError as error:
        return [who, Check.failed("Tarefas do ticket", error)]
    if not works:
        way_out = "Marque “Usado como filtro” no campo (Administração, Campos personalizados)."
        ignored = f"o Redmine ignora o filtro pelo campo {field} e responde com todas as tarefas"
        return [who, Check("Tarefas do ticket", Verdict.WRONG, ignored, way_out)]
    return [who, Check("Tarefas do ticket", Verdict.OK, f"o campo {field} filtra")]


async def _board(desk: Desk) -> list[Check]:
    from clients.boards.redmine_check import lacking

    from ..team_board import place_of, team_board

    layout = await team_board(desk.settings, desk.redmine, desk.clock).layout()
    assert desk.redmine is not None
    place = place_of(desk.settings)
    found = [
        Check("Quadro", Verdict.WRONG if lack.serious else Verdict.WARNING, lack.message, lack.way_out)
        async for lack in lacking(desk.redmine, place, layout)
    ]
    told = f"o tipo “{place.tracker}” do projeto “{place.project}” no Redmine, com as suas situações"
    return found or [Check("Quadro", Verdict.OK, told)]


async def _slack(desk: Desk) -> list[Check]:
    assert desk.slack is not None
    assert desk.settings.slack is not None
    me = await desk.slack.auth_test()
    who = Check("Slack", Verdict.OK, f"o token é de {me.user}, em {me.team}")
    section = desk.settings.slack
    names = dict.fromkeys((section.ticket_channel, section.manager_channel, section.servers_channel))
    try:
        channels = [await desk.slack.channel_named(name) for name in names]
        outside = [channel.name for channel in channels if not channel.is_member]
        if outside:
            return [who, _not_inside(outside)]
        # one read tells whether the token may; more would cost a limited app its minute
        await desk.slack.history(channels[0].id, ts_of(desk.clock()))
    except PlantaoError as error:
        return [who, Check.failed("Canais do Slack", error)]
    told = ", ".join(f"#{channel.name}" for channel in channels)
    return [who, Check("Canais do Slack", Verdict.OK, f"o token está em {told}")]


def _not_inside(channels: Sequence[str]) -> Check:
    told = ", ".join(f"#{name}" for name in channels)
    way_out = "Entre no canal ou, nele, convide o app: /invite @nome-do-app."
    return Check("Canais do Slack", Verdict.WRONG, f"o token não está em {told}", way_out)


async def _monitor(desk: Desk) -> list[Check]:
    poller = desk.services_poller(Feed())
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
    return _address("monitor") if monitor.file is None else f"Confira o arquivo {monitor.file}."


def _overheard(monitor: MonitorSettings) -> Iterator[Check]:
    if monitor.password is not None and monitor.url is not None and is_overheard(monitor.url):
        message = f"a senha viaja sem criptografia até {monitor.url}: quem está no caminho pode lê-la"
        way_out = "Se a página também responde em https://, use esse endereço; se não, não repita essa senha."
        yield Check("Senha do monitoramento", Verdict.WARNING, message, way_out)


def _address(section: str) -> str:
    return f"Confira o endereço em [{section}], na configuração."


async def _monitor_unasked(desk: Desk) -> list[Check]:
    return [Check("Monitoramento", Verdict.WARNING, "não conferido: precisa dos dados locais")]


async def _licences(desk: Desk) -> list[Check]:
    check = await desk.licences.check("diagnostico@plantao.example")
    where = desk.settings.licences
    assert where is not None
    if check.state is LicenceState.UNCHECKED:
        return [Check("Licenças", Verdict.WRONG, check.reason, _licence_list(where))]
    consulted = f"consultadas em {where.file or where.url}"
    problems = desk.licences.problems if isinstance(desk.licences, FileLicences) else ()
    if problems:
        message = f"{consulted}; {counted(len(problems), 'linha ilegível', 'linhas ilegíveis')}"
        return [Check("Licenças", Verdict.WARNING, message, _lines_to_mend(problems))]
    return [Check("Licenças", Verdict.OK, consulted)]


def _lines_to_mend(problems: Sequence[str]) -> str:
    told = "\n".join(problems[:MOST_LINES_TOLD])
    more = len(problems) - MOST_LINES_TOLD
    return f"Corrija na lista:\n{told}" + (f"\ne mais {more}" if more > 0 else "")


def _licence_list(licences: LicenceSettings) -> str:
    if licences.file is None or not licences.file.is_file():
        return "Confira [licencas] na configuração."
    return f"Confira o arquivo {licences.file}: as colunas são {COLUMNS}."


async def _mail(desk: Desk) -> list[Check]:
    assert desk.mail is not None
    assert desk.settings.mail is not None
    mail = desk.settings.mail
    await desk.mail.check()
    login = "aceita o login" if mail.user else "atende sem login"
    server = f"{mail.host}:{mail.port_used}"
    return [Check("E-mail", Verdict.OK, f"{server} {login}; nada foi enviado")]


async def _assistant(desk: Desk) -> list[Check]:
    assert desk.assistant is not None
    model, where = desk.assistant.model, desk.assistant.destination
    try:
        offered = await desk.assistant.models()
    except (NotFound, ServerTrouble) as error:  # many servers have no list; they answer all the same
        told = f"modelo {model}, destino {where}; a lista de modelos não veio ({error.message})"
        return [Check("Assistente", Verdict.OK if isinstance(error, NotFound) else Verdict.WARNING, told)]
    if offered and model not in offered:
        others = ", ".join(offered[:MOST_LINES_TOLD])
        way_out = f"O servidor diz ter: {others}. Confira “modelo” em [assistente]."
        return [Check("Assistente", Verdict.WARNING, f"o servidor não lista o modelo {model}", way_out)]
    return [Check("Assistente", Verdict.OK, f"modelo {model}, destino {where}")]


def _terminal(terminal: Terminal) -> Iterator[Check]:
    for message, way_out, serious in terminal.complaints():
        yield Check("Terminal", Verdict.WRONG if serious else Verdict.WARNING, message, way_out)
    if not terminal.complaints():
        yield Check("Terminal", Verdict.OK, str(terminal))
