"""``plantao diagnostico``: each system asked, what is wrong said, and how to mend it."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator

from clients.errors import NotFound, PlantaoError, SettingsError

from ..desk import Desk
from ..settings import Settings
from ..settings_layers import find_layers
from ..templates_file import read_templates
from ..themes import check_theme
from . import show
from .check import MARKS, Check, Verdict, address_of
from .exit_codes import Code
from .monitor_checks import check_monitor, leave_monitor
from .running import code_of, ready_settings
from .system_checks import (
    check_assistant,
    check_board,
    check_board_to_be,
    check_freshdesk,
    check_handovers,
    check_licences,
    check_mail,
    check_own_board,
    check_redmine,
    check_slack,
)
from .terminal import Terminal

LITTLE_SPACE = 50_000_000
"""Bytes free below which the store may soon not be written."""


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
        monitor = check_monitor if store_works else leave_monitor
        asked = await asyncio.gather(
            _guarded("Freshdesk", settings.freshdesk, check_freshdesk, desk),
            _guarded("Redmine", settings.redmine, check_redmine, desk),
            *_shared_things(desk),
            _guarded("Slack", settings.slack, check_slack, desk),
            _guarded("Monitoramento", settings.monitor, monitor, desk),
            _guarded("Licenças", settings.licences, check_licences, desk),
            _guarded("E-mail", settings.mail, check_mail, desk),
            _guarded("Assistente", settings.assistant, check_assistant, desk),
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


def _shared_things(desk: Desk) -> Iterator[Awaitable[list[Check]]]:
    """The folder of handovers, the board in use and, where that is local, what the Redmine may become."""
    chamados = desk.settings.chamados
    if desk.settings.handover.folder is not None:
        yield _guarded("Passagens", desk.settings.handover, check_handovers, desk)
    if chamados.board == "redmine":
        yield _guarded("Quadro", chamados.redmine, check_board, desk)
        return
    yield _guarded("Quadro", chamados, check_own_board, desk)
    if chamados.redmine is not None:
        yield _guarded("Quadro no Redmine", chamados.redmine, check_board_to_be, desk)


async def _guarded(
    name: str, section: object, ask: Callable[[Desk], Awaitable[list[Check]]], desk: Desk
) -> list[Check]:
    if section is None:
        return [Check(name, Verdict.ABSENT, "sem seção na configuração")]
    try:
        return await ask(desk)
    except NotFound as error:
        error.way_out = error.way_out or address_of(name.lower())
        return [Check.failed(name, error)]
    except PlantaoError as error:
        return [Check.failed(name, error)]


def _terminal(terminal: Terminal) -> Iterator[Check]:
    for message, way_out, serious in terminal.complaints():
        yield Check("Terminal", Verdict.WRONG if serious else Verdict.WARNING, message, way_out)
    if not terminal.complaints():
        yield Check("Terminal", Verdict.OK, str(terminal))
