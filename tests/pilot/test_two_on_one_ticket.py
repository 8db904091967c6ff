"""Two analysts on one machine open the same ticket: both are told, at once and before anything leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from clients.models.attendance import NO_TASK, AnswerKind
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import NARROW, SIZES, WIDE, Sitting, at_the_desk, settings_for
from tests.support.form_desk import GOOD, FormDesk
from tui.desk import Desk
from tui.presence import MOST_TOLD, TABLE, Presence, account_of
from tui.screens.answer import AnswerScreen
from tui.screens.attend import AttendScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.last_look import SendScreen, WorkScreen
from tui.screens.mesa import MesaScreen
from tui.screens.ticket_page import CompanyLine
from tui.settings import ReplySettings
from widgets.answer_preview import AnswerPreview
from widgets.chamado_form import ChamadoForm
from widgets.send_preview import SendPreview

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.usefixtures("seconds_stand_still"),
    pytest.mark.skipif(not TABLE.exists(), reason="the kernel keeps no list of sockets"),
]
THERE = "bruno também está neste ticket"


def presence(running: Running, login: str, pid: int) -> Presence:
    """Somebody on this machine who works on the sandbox's account."""
    return Presence(account_of(running.urls.freshdesk), login=login, pid=pid)


@asynccontextmanager
async def seat_of(
    running: Running, folder: Path, login: str, pid: int, size: tuple[int, int] = WIDE
) -> AsyncIterator[Sitting]:
    """An analyst with a home and a store of their own."""
    settings = settings_for(running, folder / login, replies=ReplySettings(undo_seconds=30))
    desk = Desk(settings, frozen, quarantine=timedelta(milliseconds=20))
    desk.presence = presence(running, login, pid)
    async with at_the_desk(running, folder, size, desk=desk) as seat:
        yield seat


def under_the_cursor(seat: Sitting) -> int:
    entry = seat.mesa.queue.highlighted
    assert entry is not None
    return entry.id


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for others many times a second, so that a test waits for none of it."""
    monkeypatch.setattr("tui.screens.ticket_page.LOOK_EVERY", 0.2)


@pytest.fixture
def bruno(running: Running) -> Presence:
    return presence(running, "bruno", 12)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
async def test_the_second_is_told_at_once_and_the_first_soon_after(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with (
        seat_of(running, tmp_path, "ana", 11, size) as ana,
        seat_of(running, tmp_path, "bruno", 12, size) as bruno,
    ):
        ticket_id = under_the_cursor(ana)
        await bruno.goes_to(ticket_id)
        await ana.press("r")
        await ana.arrives_at(AnswerScreen)
        assert "também está" not in ana.text()
        await bruno.press("n")
        await bruno.arrives_at(AnswerScreen)
        await bruno.hears(f"Mais alguém no #{ticket_id}: ana também está neste ticket")
        await bruno.sees("▲ ana também está neste ticket · combinem quem responde")
        await ana.hears(f"Mais alguém no #{ticket_id}: {THERE}")
        await ana.sees(f"▲ {THERE}")
        await bruno.press("escape")
        await bruno.arrives_at(MesaScreen)
        await ana.until(lambda: THERE not in ana.text(), "took the line away")
        assert ana.said().count(THERE) == 1


async def test_what_is_said_once_is_not_said_again_and_costs_nothing(
    running: Running, tmp_path: Path, bruno: Presence
) -> None:
    async with seat_of(running, tmp_path, "ana", 11) as ana:
        bruno.enter(under_the_cursor(ana))
        await ana.press("r")
        await ana.arrives_at(AnswerScreen)
        await ana.hears(THERE)
        page = ana.app.screen
        assert isinstance(page, AnswerScreen)
        line = page.query_one(CompanyLine)
        await ana.sees(f"▲ {THERE}")
        painted: list[object] = []
        line.refresh = lambda *regions, **options: painted.append(line) or line  # type: ignore[method-assign,func-returns-value]
        await page.company()
        await page.company()
        assert painted == []
        assert ana.said().count(THERE) == 1
        bruno.close()
        await page.company()
        assert painted, "it sees what it is told"


async def test_ever_new_names_are_not_told_for_ever(running: Running, tmp_path: Path) -> None:
    async with seat_of(running, tmp_path, "ana", 11) as ana:
        ticket_id = under_the_cursor(ana)
        await ana.press("r")
        await ana.arrives_at(AnswerScreen)
        page = ana.app.screen
        assert isinstance(page, AnswerScreen)
        for number in range(MOST_TOLD + 3):
            joker = presence(running, f"x{number}", 100 + number)
            joker.enter(ticket_id)
            assert await page.company() == f"x{number} também está neste ticket"
            joker.close()
        assert ana.said().count("Mais alguém") == MOST_TOLD


async def test_before_an_answer_leaves_it_is_said_again_and_nothing_counts_down(
    running: Running, tmp_path: Path, bruno: Presence
) -> None:
    async with seat_of(running, tmp_path, "ana", 11) as ana:
        ticket_id = under_the_cursor(ana)
        await ana.press("r")
        await ana.arrives_at(AnswerScreen)
        await ana.write("Em análise.")
        bruno.enter(ticket_id)
        await ana.press("f9")
        await ana.arrives_at(SendScreen)
        await ana.sees(f"▲ {THERE}", "Há mais alguém neste ticket. Leia acima antes de enviar.")
        assert ana.app.screen.query_one(AnswerPreview).left is None
        await ana.press("escape")
        await ana.arrives_at(AnswerScreen)
        bruno.close()
        await ana.press("f9")
        await ana.arrives_at(SendScreen)
        assert ana.app.screen.query_one(AnswerPreview).left is not None
        assert f"▲ {THERE}" not in ana.text()


async def test_attending_is_seen_and_told_also_in_the_last_look(
    running: Running, tmp_path: Path, bruno: Presence
) -> None:
    async with seat_of(running, tmp_path, "ana", 11) as ana:
        ticket_id = under_the_cursor(ana)
        bruno.enter(ticket_id)
        await ana.press("a")
        await ana.arrives_at(AttendScreen)
        await ana.hears(THERE)
        await ana.sees(f"▲ {THERE}")
        (seen,) = bruno.others(ticket_id)
        assert (seen.login, seen.pid) == ("ana", 11)
        page = ana.app.screen
        assert isinstance(page, AttendScreen)
        for name, value in (("type", ana.app.account.vocabulary.types[0]), ("task", NO_TASK)):
            page.form.take(name, value)
        page.form.take("answer", AnswerKind.NOTE.value)
        page.form.insert("Ver com a Clara.")
        await ana.press("f9")
        await ana.arrives_at(WorkScreen)
        await ana.sees(f"▲ {THERE}", "um sim vale para todos")
        await ana.press("escape")
        await ana.arrives_at(AttendScreen)
        await ana.press("escape")
        await ana.arrives_at(MesaScreen)
        await ana.until(lambda: bruno.others(ticket_id) == (), "left the ticket")


async def test_a_chamado_from_a_ticket_is_seen_and_told(
    running: Running, tmp_path: Path, bruno: Presence
) -> None:
    async with seat_of(running, tmp_path, "ana", 11) as ana:
        ticket_id = under_the_cursor(ana)
        bruno.enter(ticket_id)
        await ana.press("c")
        await ana.arrives_at(ChamadoScreen)
        await ana.sees("Entendi", f"▲ {THERE}")
        assert [other.login for other in bruno.others(ticket_id)] == ["ana"]
        await ana.press("enter")
        await ana.sees("Título", f"▲ {THERE}")
        assert ana.app.screen.query_one(ChamadoForm).company == THERE
        bruno.close()
        await ana.until(lambda: ana.app.screen.query_one(ChamadoForm).company == "")


async def test_the_last_look_on_a_chamado_says_who_else_is_on_its_ticket() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause(0.1)
        app.form.company = THERE
        await pilot.press("f9")
        await pilot.pause()
        assert THERE in str(app.form.query_one(SendPreview).query_one(".warnings", Static).render())


async def test_the_mesa_says_it_of_the_ticket_that_is_shown(
    running: Running, tmp_path: Path, bruno: Presence
) -> None:
    async with seat_of(running, tmp_path, "ana", 11) as ana:
        first, second = (entry.id for entry in ana.mesa.queue.shown[:2])
        bruno.enter(second)
        await ana.goes_to(first)
        assert THERE not in ana.text()
        await ana.goes_to(second)
        await ana.sees(f"▲ {THERE}")
        assert THERE not in ana.said()
        await ana.goes_to(first)
        assert THERE not in ana.text()
        bruno.enter(first)
        ana.mesa.tick()
        await ana.sees(f"▲ {THERE}")
        bruno.close()
        ana.mesa.tick()
        await ana.until(lambda: THERE not in ana.text(), "took the line away")


async def test_at_the_mesa_one_is_on_no_ticket(running: Running, tmp_path: Path, bruno: Presence) -> None:
    async with seat_of(running, tmp_path, "ana", 11, NARROW) as ana:
        await ana.press("f4")
        assert bruno.everybody() == {}
        await ana.press("r")
        await ana.arrives_at(AnswerScreen)
        assert len(bruno.everybody()) == 1
    assert bruno.everybody() == {}, "closed with the desk"
