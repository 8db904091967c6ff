"""The systems that the diagnosis asks: who one is there, and whether what is needed is there too."""

from collections.abc import Sequence
from dataclasses import replace

from clients.errors import Forbidden, NotFound, PlantaoError, ServerTrouble
from clients.licences import COLUMNS, FileLicences
from clients.models.licence import LicenceState
from clients.models.slack_time import ts_of
from widgets.phrases import counted

from ..desk import Desk
from ..settings_chamados import LicenceSettings
from .check import Check, Verdict

MOST_LINES_TOLD = 5
"""Lines of a list that are named one by one."""


async def check_freshdesk(desk: Desk) -> list[Check]:
    """Whose key it is, and what it may read."""
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


async def check_redmine(desk: Desk) -> list[Check]:
    """Whose key it is, and whether tasks are found by their ticket."""
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


async def check_own_board(desk: Desk) -> list[Check]:
    """Whether the board of this machine, which is the one in use, can be read."""
    if not desk.is_open:
        return [Check("Quadro", Verdict.WARNING, "não conferido: precisa dos dados locais")]
    folder = desk.settings.chamados.folder
    where = f"na pasta {folder}" if folder else "nesta máquina, só seu"
    found = len(await desk.board.chamados())
    return [Check("Quadro", Verdict.OK, f"local, {where}: {counted(found, 'chamado', 'chamados')}")]


async def check_handovers(desk: Desk) -> list[Check]:
    """Whether the folder in which handovers are shared can be read."""
    if not desk.is_open:
        return [Check("Passagens", Verdict.WARNING, "não conferido: precisa dos dados locais")]
    if (trouble := desk.handovers.trouble) is not None:
        return [Check("Passagens", Verdict.WRONG, trouble.message, trouble.way_out)]
    found = len(await desk.disk(desk.handovers.list))
    told = f"na pasta {desk.settings.handover.folder}: {counted(found, 'passagem', 'passagens')}"
    return [Check("Passagens", Verdict.OK, told)]


async def check_board_to_be(desk: Desk) -> list[Check]:
    """Whether this Redmine has what the board needs that is not yet there."""
    way_out = 'plantao quadro migrar leva os chamados; quadro = "redmine" em [chamados] passa a usá-lo.'
    found = [replace(check, name="Quadro no Redmine") for check in await check_board(desk)]
    return [
        replace(check, message=f"pronto para ser o quadro: {check.message}", way_out=way_out)
        if check.verdict is Verdict.OK
        else check
        for check in found
    ]


async def check_board(desk: Desk) -> list[Check]:
    """Whether this Redmine has what the board of chamados needs."""
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


async def check_slack(desk: Desk) -> list[Check]:
    """Whose token it is, and whether it is in the channels."""
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


async def check_licences(desk: Desk) -> list[Check]:
    """Whether the list can be read, and all of it."""
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


async def check_mail(desk: Desk) -> list[Check]:
    """Whether the server would take letters."""
    assert desk.mail is not None
    assert desk.settings.mail is not None
    mail = desk.settings.mail
    await desk.mail.check()
    login = "aceita o login" if mail.user else "atende sem login"
    server = f"{mail.host}:{mail.port_used}"
    return [Check("E-mail", Verdict.OK, f"{server} {login}; nada foi enviado")]


async def check_assistant(desk: Desk) -> list[Check]:
    """Whether the server has the model."""
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
