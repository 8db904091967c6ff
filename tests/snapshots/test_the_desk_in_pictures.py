"""The screens as pictures, at 80×24 and 120×36. ``pytest tests/snapshots --snapshot-update`` takes them anew;
look at each one before committing it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from textual.app import App
from textual.pilot import Pilot

from clients.errors import Rejected
from clients.models.morning import CheckKind
from clients.models.service import Service, ServiceState
from clients.models.task_news import TaskNews
from clients.models.timer import ticket_target
from clients.sandbox.server import Running, running_sandbox
from tests.support.attending import attends, fills_in
from tests.support.clock import NOW, Clock, frozen
from tests.support.desk import SIZES, Sitting, settings_for
from tests.support.form_desk import GOOD
from tui.app import PlantaoApp
from tui.desk import Desk
from tui.screens.answer import AnswerScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamados import ChamadosScreen
from tui.screens.handover import HandoverScreen
from tui.screens.handover_text import HandoverTextScreen
from tui.screens.help import HelpScreen
from tui.screens.last_look import SendScreen, WorkScreen
from tui.screens.line import LineScreen
from tui.screens.morning import MorningScreen
from tui.screens.morning_text import RoundTextScreen
from tui.screens.passing_on import pass_on
from tui.screens.pending import PendingScreen
from tui.screens.pick import PickScreen
from tui.screens.runbook import RunbookScreen
from tui.screens.runbook_asks import BarredScreen, FoundScreen, StoppedScreen
from tui.screens.runbook_opening import open_runbook
from tui.screens.service_finding import FindingScreen, write_finding
from tui.screens.services import ServicesScreen
from tui.screens.tasks import TasksScreen
from tui.screens.template import TemplateScreen
from tui.screens.timers import TimersScreen
from tui.screens.today import TodayScreen
from tui.settings import FreshdeskSettings, ReplySettings, Settings
from tui.settings_monitor import MonitorSettings
from tui.timers import Timers
from widgets.chamado_form import ChamadoForm
from widgets.send_preview import SendPreview

from .conftest import SEED

pytestmark = [pytest.mark.snapshot, pytest.mark.usefixtures("seconds_stand_still")]
Compare = Callable[..., bool]
Scene = Callable[[Sitting], Awaitable[None]]
CTE = Service(client="Transportes Rio Manso", service="CTE", state=ServiceState.FAIL, since=NOW)
CHANGES = (
    ("Otávio Prado comentou: «Publicado na 12.4.»", "concluída por Otávio Prado"),
    ("Otávio Prado: Situação: Nova → Em andamento",),
    ("espera pela nº 8", "Helena Saraiva lançou 1h30"),
)
TEXT = "Bom dia,\n\nEstamos verificando e retornamos ainda hoje."
AT_BOTH_SIZES = pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))


def same_picture(snap_compare: Compare, desk: Desk, size: tuple[int, int], scene: Scene) -> bool:
    """Whether the desk looks as it did after ``scene``."""

    async def play(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app, PlantaoApp)
        seat = Sitting(pilot.app, pilot)
        await scene(seat)
        seat.app.clear_notifications()
        await seat.until(lambda: not seat.app.screen.query("Toast"))

    app: App[int] = PlantaoApp(desk)
    return snap_compare(app, terminal_size=size, run_before=play)


# ── scenes ──


async def mesa(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.goes_to(with_a_note(seat))


async def services(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("f2")


async def all_services(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.press("4")
    await seat.arrives_at(ServicesScreen)
    await seat.until(lambda: seat.app.histories, "read the histories")
    await seat.sees("1 falha vista")


async def acknowledged(seat: Sitting) -> None:
    await all_services(seat)
    await seat.press("c")
    await seat.arrives_at(LineScreen)
    await seat.paste("Avisei a equipe; volta às 14 h.")
    await seat.press("enter")
    await seat.arrives_at(ServicesScreen)
    await seat.sees(" ciente", "Ciente  ")
    screen = seat.app.screen
    assert isinstance(screen, ServicesScreen)
    await seat.until(lambda: screen.notes[1], "read the note")


async def tasks(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
    await seat.press("2")
    await reads_the_task(seat)


async def task_in_full(seat: Sitting) -> None:
    await tasks(seat)
    await seat.press("enter", "end")


async def tasks_that_changed(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
    shelf, now = seat.app.desk.local.task_shelf, seat.app.desk.clock()
    news = [
        TaskNews(
            task_id=entry.id,
            subject=entry.task.subject,
            lines=lines,
            at=now - timedelta(hours=age),
            concluded=True,
        )
        for age, entry, lines in zip((1, 2, 30), seat.app.tasks.items, CHANGES, strict=False)
    ]
    shelf.keep((), (), news, now, forget_before=now)
    await seat.app.task_watch.begin()
    await seat.press("2")
    await reads_the_task(seat)
    await seat.until(lambda: not seat.app.task_news[0].unread, "saw the first")


async def reads_the_task(seat: Sitting) -> None:
    await seat.arrives_at(TasksScreen)
    screen, room = seat.app.screen, seat.app.desk.task_room
    assert isinstance(screen, TasksScreen)
    assert room is not None
    row = screen.pane.highlighted
    assert row is not None
    assert row.entry is not None
    task = row.entry.task
    await seat.until(lambda: room.remembered(task).as_of is not None, "read the task")


async def unanswered(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.press("v")
    await seat.goes_to(seat.mesa.queue.shown[0].id)


async def conversation(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("enter")
    await seat.goes_to(with_a_note(seat))


def with_a_note(seat: Sitting) -> int:
    """The first ticket that breaks; in this company it has a private note."""
    return seat.mesa.queue.shown[0].id


async def reply(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("r")
    await seat.arrives_at(AnswerScreen)
    await seat.paste(TEXT)
    await seat.sees("guardado 12:06")


async def note(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("n")
    await seat.arrives_at(AnswerScreen)
    await seat.paste("Ver com a Bruna.")
    await seat.sees("guardado 12:06")


async def templates(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("r")
    await seat.arrives_at(AnswerScreen)
    await seat.press("f7")
    await seat.arrives_at(TemplateScreen)
    await seat.write("info")
    await seat.sees("Enter")


async def send_preview(seat: Sitting) -> None:
    await reply(seat)
    await seat.press("f9")
    await seat.arrives_at(SendScreen)
    await seat.sees("em 8 s", "Esc")


async def objections(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("r")
    await seat.arrives_at(AnswerScreen)
    await seat.paste("Bom dia,\n\nO Otávio corrigiu o total do pedido. Favor testar.")
    await seat.sees("guardado 12:06")
    await seat.press("f9")
    await seat.arrives_at(SendScreen)
    await seat.sees("Enviar assim mesmo")


async def notice(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.press("3", "c")
    await seat.arrives_at(ChamadoScreen)
    await seat.sees("Entendi")


async def form_with_errors(seat: Sitting) -> None:
    await notice(seat)
    await seat.press("enter")
    await seat.paste("Não salva")
    await seat.press("f9")
    await seat.until(lambda: not seat.app.screen.query_one(ChamadoForm).waiting)
    await seat.sees("Não enviado.")


async def help_on_the_queue(seat: Sitting) -> None:
    await mesa(seat)
    await seat.press("f1")
    await seat.arrives_at(HelpScreen)


async def palette(seat: Sitting) -> None:
    await mesa(seat)
    await seat.opens_the_palette()


async def timers(seat: Sitting) -> None:
    await mesa(seat)
    desk, (first, second) = seat.app.desk, seat.mesa.queue.shown[:2]
    assert desk.store is not None
    for entry, minutes in ((second, 95), (first, 42)):
        earlier = Timers(desk.store, Clock(NOW - timedelta(minutes=minutes)))
        await desk.disk(earlier.start, ticket_target(entry.id))
    await seat.press("H")
    await seat.arrives_at(TimersScreen)
    await seat.sees("⏱ contando", "‖ pausado")


async def the_round(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.press("R")
    await seat.arrives_at(MorningScreen)
    screen = seat.app.screen
    assert isinstance(screen, MorningScreen)
    await seat.until(lambda: screen.sees(CheckKind.CONCLUDED), "read the tasks")
    await screen.morning.note(CheckKind.SERVICES, "Clientes avisados; o cadastro é deles.")
    await seat.press("down", "space")
    await seat.sees("☐ Serviços", "✓ Tickets sem resposta", " 1/5")
    await seat.press("up")
    await seat.sees("✎ Clientes avisados")


async def the_rounds_summary(seat: Sitting) -> None:
    await the_round(seat)
    for _ in CheckKind:
        await seat.press("space", "down")
    await seat.press("up", "up", "up", "space")
    await seat.sees(" 5/5")
    await seat.press("f9")
    await seat.arrives_at(RoundTextScreen)
    await seat.sees("Rotina da manhã, quarta 04/03/2026")


async def the_handover(seat: Sitting) -> None:
    await seat.everything_read()
    await seat.press("E")
    await seat.arrives_at(HandoverScreen)
    screen = seat.app.screen
    assert isinstance(screen, HandoverScreen)
    await seat.until(lambda: screen.portions and not screen.portions[0].trouble, "read what was promised")
    await seat.until(lambda: any(row.line for row in screen.pane.rows), "found lines")
    first = next(row.line for row in screen.pane.rows if row.line is not None)
    await screen.handing.note(first.key, "O cliente volta às 14h.")
    assert screen.pane.select(first.key)
    screen.reload()
    await seat.sees("✎ O cliente volta às 14h.")


async def the_handovers_text(seat: Sitting) -> None:
    await the_handover(seat)
    await seat.press("f9")
    await seat.arrives_at(HandoverTextScreen)
    await seat.sees("Passagem de turno, quarta 04/03/2026")


async def attending(seat: Sitting) -> None:
    await seat.everything_read()
    without = next(entry for entry in seat.mesa.queue.shown if not entry.ticket.type)
    form = await attends(seat, without.id)
    await seat.until(lambda: form.choices.get("activity"), "read what the project offers")
    own = "Ticket\n\n> O CT-e fica em processando."  # the link has the port of the day
    await fills_in(seat, form, type="Bug", description=own, time="25 min", text=TEXT)
    form.focus_field("time")
    await seat.sees("= 0h25 (0,42 h)", "guardado 12:06", "pode ser enviado")


async def all_steps(seat: Sitting) -> None:
    await attending(seat)
    await seat.press("f9")
    await seat.arrives_at(WorkScreen)
    await seat.sees("Fazer tudo")


async def stopped_on_the_way(seat: Sitting) -> None:
    await all_steps(seat)
    freshdesk = seat.app.desk.freshdesk
    assert freshdesk is not None

    async def refuses(*args: object, **options: object) -> object:
        raise Rejected("Freshdesk", "type: valor inválido")

    freshdesk.update = refuses  # type: ignore[method-assign, assignment]
    await seat.press("enter")
    await seat.lets_a_second_pass()
    await seat.press("enter")
    await seat.arrives_at(PendingScreen)
    await seat.sees("✖ Tipo", "· Responder ao cliente", "valor inválido")


async def service_finding(seat: Sitting) -> None:
    await seat.everything_read()
    seat.app.run_worker(write_finding(seat.app, CTE, "Certificado A1 venceu."), exit_on_error=False)
    await seat.arrives_at(FindingScreen)
    await seat.press("tab")
    await seat.paste("08:12 Password=lua4512;\n08:13 ERRO no CT-e de 529.982.247-25")
    await seat.press("f9")
    await seat.sees("2 trechos mascarados")


async def passing_on(seat: Sitting) -> None:
    await service_finding(seat)
    await seat.press("f9")
    await seat.hears("Anotado em")
    seat.app.run_worker(pass_on(seat.app, CTE), exit_on_error=False)
    await seat.arrives_at(PickScreen)
    await seat.sees("Encaminhar")


async def runbook(seat: Sitting) -> None:
    await seat.everything_read()
    service = next(each for each in seat.app.services.items if each.state is ServiceState.FAIL)
    seat.app.run_worker(open_runbook(seat.app, service))
    await seat.arrives_at(PickScreen)
    await seat.press("enter")
    await seat.arrives_at(RunbookScreen)
    await seat.sees("▸ agora", "✔ livre")


async def runbook_barred(seat: Sitting) -> None:
    await runbook(seat)
    assert isinstance(seat.app.screen, RunbookScreen)
    seat.app.services = replace(seat.app.services, items=())
    await seat.press("f9")
    await seat.arrives_at(BarredScreen)


async def runbook_stopped(seat: Sitting) -> None:
    await runbook(seat)
    await seat.press("f8")
    await seat.arrives_at(FoundScreen)
    await seat.paste("Bruno anunciou que entrou e ainda não saiu.")
    await seat.press("f9")
    await seat.arrives_at(StoppedScreen)
    await seat.press("n")
    await seat.arrives_at(RunbookScreen)
    await seat.sees("diferente do esperado")


async def hours_today(seat: Sitting) -> None:
    await timers(seat)
    await seat.press("escape", "5")
    await seat.arrives_at(TodayScreen)
    await seat.sees("Hoje, qua 04/03", "de 8h00, faltam", "⏱ contando", "Rotina da manhã")


async def hours_of_the_week(seat: Sitting) -> None:
    await hours_today(seat)
    await seat.press("v")
    await seat.sees("━ Semana", "Por cliente")


async def hours_in_charts(seat: Sitting) -> None:
    await hours_of_the_week(seat)
    await seat.press("v")
    await seat.sees("Horas por dia", "registradas de")


SCENES: tuple[Scene, ...] = (
    mesa,
    hours_today,
    hours_of_the_week,
    hours_in_charts,
    services,
    all_services,
    tasks,
    task_in_full,
    tasks_that_changed,
    acknowledged,
    unanswered,
    conversation,
    reply,
    note,
    templates,
    send_preview,
    objections,
    notice,
    form_with_errors,
    help_on_the_queue,
    palette,
    timers,
    the_round,
    the_rounds_summary,
    the_handover,
    the_handovers_text,
    attending,
    all_steps,
    stopped_on_the_way,
    service_finding,
    passing_on,
    runbook,
    runbook_barred,
    runbook_stopped,
)


@AT_BOTH_SIZES
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_desk(
    snap_compare: Compare, company: Running, tmp_path: Path, size: tuple[int, int], scene: Scene
) -> None:
    desk = Desk(settings_for(company, tmp_path), frozen)
    assert same_picture(snap_compare, desk, size, scene)


@AT_BOTH_SIZES
def test_the_preview_of_a_ticket_that_moved(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int]
) -> None:
    with running_sandbox(tmp_path / "sandbox", seed=SEED, clock=frozen) as running:

        async def moved(seat: Sitting) -> None:
            await reply(seat)
            screen = seat.app.screen
            assert isinstance(screen, AnswerScreen)
            running.say(screen.ticket_id, "<p>Alguma novidade?</p>")
            await seat.press("f9")
            await seat.arrives_at(SendScreen)
            await seat.sees("O que mudou")

        desk = Desk(settings_for(running, tmp_path), frozen)
        assert same_picture(snap_compare, desk, size, moved)


@AT_BOTH_SIZES
def test_a_chamado_as_it_will_be_read_and_where_it_is_listed(
    snap_compare: Compare, company: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    rows = httpx.get(f"{company.urls.licences}/licencas.json").json()["licencas"]
    email = next(
        row["email"] for row in rows if row["expiracao"] > "2026-06" and row["tipo"] == rows[0]["tipo"]
    )

    async def previewed(seat: Sitting) -> None:
        await notice(seat)
        await seat.press("enter")
        form = seat.app.screen.query_one(ChamadoForm)
        for name in ("title", "flow", "description", "notify"):
            form.sheet.write(name, str(getattr(GOOD, name)))
        form.sheet.write("licence_email", email)
        form.sheet.focus_field("tool")
        await seat.press("s")
        await seat.until(lambda: form.draft.tool == GOOD.tool)
        await seat.until(lambda: form.known_licence is not None and not form.waiting)
        await seat.press("f9")
        await seat.until(lambda: form.query(SendPreview))
        await seat.sees("Enter")

    async def listed(seat: Sitting) -> None:
        await previewed(seat)
        await seat.press("enter")
        await seat.lets_a_second_pass()
        await seat.arrives_at(ChamadosScreen)
        await seat.sees("1 enviado")

    for scene in (previewed, listed):
        short = ReplySettings(undo_seconds=1)
        desk = Desk(settings_for(company, tmp_path / scene.__name__, replies=short), frozen)
        assert same_picture(snap_compare, desk, size, scene)


@AT_BOTH_SIZES
def test_a_first_run(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    async def opened(seat: Sitting) -> None:
        await seat.sees("não configurado")

    desk = Desk(Settings.model_validate({"pasta_de_dados": tmp_path}), frozen)
    assert same_picture(snap_compare, desk, size, opened)


@AT_BOTH_SIZES
@pytest.mark.parametrize("pane", ["f2", "f3"])
def test_sources_that_fail(
    snap_compare: Compare, company: Running, tmp_path: Path, size: tuple[int, int], pane: str
) -> None:
    async def failing(seat: Sitting) -> None:
        await seat.until(lambda: seat.app.queue.trouble and seat.app.services.trouble)
        await seat.press(pane)

    nobody = "http://127.0.0.1:9"
    settings = settings_for(
        company,
        tmp_path,
        freshdesk=FreshdeskSettings.model_validate({"url": company.urls.freshdesk, "chave": "errada"}),
        monitor=MonitorSettings.model_validate({"url": nobody, "usuario": "x", "senha": "x"}),
    )
    assert same_picture(snap_compare, Desk(settings, frozen), size, failing)
