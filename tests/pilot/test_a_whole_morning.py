"""A morning at the desk (R1 to R7): a service turns red, a colleague is on its server and leaves it; one goes
in by the book, finds what is wrong, asks, leaves, and closes the round."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.morning import CheckKind
from clients.models.service import Service
from clients.models.service_note import Destination
from clients.models.walk import Outcome
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.clock import NOW
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.announce import AnnounceScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.line import LineScreen
from tui.screens.morning import MorningScreen
from tui.screens.morning_text import RoundTextScreen
from tui.screens.pick import PickScreen
from tui.screens.runbook import RunbookScreen
from tui.screens.runbook_asks import BarredScreen, FoundScreen, StoppedScreen
from tui.screens.service_finding import FindingScreen
from tui.screens.services import ServicesScreen
from tui.screens.slack_question import SlackQuestionScreen

pytestmark = pytest.mark.anyio
CLIENT, SERVICE = "Autopeças Guará", "EZ Commerce"
COLLEAGUE = "Wesley"
FOUND = "Produto 55120 sem NCM no cadastro"


class Morning:
    """The desk, and the minutes that pass on it as on the sandbox."""

    def __init__(self, seat: Sitting, running: Running) -> None:
        self.seat = seat
        self.running = running

    async def comes_to(self, minute: float) -> None:
        """Let it be so many minutes after the start, and have all read."""
        self.running.knobs.clock.offset_seconds = minute * 60
        before = self.seat.app.services.as_of
        self.seat.app.refresh_sources()
        await self.seat.until(lambda: self.seat.app.services.as_of != before, "read the services")

    async def presses(self, key: str, until: str) -> None:
        """Deal with a step of the runbook and come to the next."""
        await self.seat.press(key)
        await self.seat.arrives_at(RunbookScreen)
        await self.seat.sees(until)

    async def turns_red(self) -> None:
        await self.comes_to(12)
        await self.seat.hears(f"{CLIENT} · {SERVICE}")
        assert "4 abre os serviços." in self.seat.said()
        await self.seat.press("4")
        await self.seat.arrives_at(ServicesScreen)
        await self.seat.sees(f"{CLIENT} · {SERVICE}", "Erro 500 na API da loja")

    async def is_held_up_by_a_colleague(self) -> None:
        await self.comes_to(19)
        await self.seat.sees(f"{COLLEAGUE}, 12:24")
        await self.seat.press("r")
        await self.seat.arrives_at(PickScreen)
        await self.seat.sees("Serviço CTE/EZ Commerce")
        await self.presses("enter", f"✖ não livre: {COLLEAGUE} está lá desde 12:24")
        await self.seat.press("f9")
        await self.seat.arrives_at(BarredScreen)
        await self.seat.press("p")
        await self.seat.arrives_at(SlackQuestionScreen)
        await self.seat.sees(f"{COLLEAGUE}, você ainda está em {CLIENT}?")
        await self.presses("f9", "1/7")
        await self.comes_to(21)
        await self.seat.hears("Estou eu. Aviso aqui quando sair.")

    async def goes_in_once_the_server_is_free(self) -> None:
        await self.comes_to(32)
        self.seat.app.clear_notifications()
        await self.seat.sees("✔ livre: ninguém")
        await self.presses("f9", "2/7")
        await self.seat.press("f9")
        await self.seat.arrives_at(AnnounceScreen)
        await self.presses("f9", "3/7")
        await self.seat.sees("guaraauto/srv01", f"⇥ {CLIENT}")
        await self.presses("f9", "4/7")
        await self.seat.write("hoje 12:30, resultado 0x0")
        await self.presses("f9", "5/7")

    async def finds_what_is_wrong_and_asks(self) -> None:
        seat = self.seat
        await seat.press("f8")
        await seat.arrives_at(FoundScreen)
        await seat.write(FOUND)
        await seat.press("f9")
        await seat.arrives_at(StoppedScreen)
        await seat.press("p")
        await seat.arrives_at(FindingScreen)
        await seat.sees(FOUND)
        await seat.press("f9")
        await seat.arrives_at(PickScreen)
        await seat.write("suporte")
        await seat.press("enter")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.sees(FOUND)
        await seat.press("f9")
        await seat.arrives_at(RunbookScreen)

    async def leaves(self) -> None:
        seat = self.seat
        await seat.press("f9")
        await seat.arrives_at(StoppedScreen)
        await self.presses("s", "6/7")
        await self.presses("f9", "7/7")
        await seat.press("f9")
        await seat.arrives_at(AnnounceScreen)
        await seat.press("f9")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.arrives_at(ServicesScreen)
        await seat.sees("Visto ", "Produto 55120 sem NCM")

    async def closes_the_round(self) -> None:
        seat = self.seat
        await seat.press("R")
        await seat.arrives_at(MorningScreen)
        screen = seat.app.screen
        assert isinstance(screen, MorningScreen)
        await seat.until(lambda: screen.sees(CheckKind.CONCLUDED), "read the tasks")
        assert screen.pane._list.select_key(CheckKind.SERVICES.value)
        await seat.press("n")
        await seat.arrives_at(LineScreen)
        await seat.write("os outros a WE ja corrige")
        await seat.press("enter")
        await seat.arrives_at(MorningScreen)
        for done, kind in enumerate(CheckKind, 1):
            assert screen.pane._list.select_key(kind.value)
            await seat.press("space")
            await seat.sees(f"{done} de 5")
        await seat.press("f9")
        await seat.arrives_at(RoundTextScreen)
        await seat.sees(CLIENT)
        await seat.press("f9")
        await seat.sees("publicada em suporte")


async def said(running: Running, place: str) -> list[str]:
    """What was said in a channel since the start, oldest first."""
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["analyst"]))
    try:
        channel = await client.channel_named(place)
        since = f"{(NOW - timedelta(seconds=1)).timestamp():.6f}"
        heard = await client.history(channel.id, since)
    finally:
        await client.aclose()
    return [one.text() for one in sorted(heard, key=lambda one: one.ts)]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_morning_from_the_first_red_to_the_closed_round(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, size, desk=desk) as seat:
        morning = Morning(seat, running)
        await morning.turns_red()
        await morning.is_held_up_by_a_colleague()
        await morning.goes_in_once_the_server_is_free()
        await morning.finds_what_is_wrong_and_asks()
        await morning.leaves()
        await morning.closes_the_round()

        key = Service(client=CLIENT, service=SERVICE).key
        (walk,) = await desk.disk(desk.local.walks.list)
        notes = await desk.disk(desk.local.service_log.notes, key)
        history = await desk.disk(desk.local.service_log.history, key)
        pending = await desk.disk(desk.local.journal.pending)

    servers = [text for text in await said(running, "gestor_remote") if CLIENT in text]
    assert [text for text in servers if "Entrando em" in text or "Saí de" in text] == [
        f"Entrando em {CLIENT}",
        f"Saí de {CLIENT}",
    ]
    assert sum(f"você ainda está em {CLIENT}?" in text for text in servers) == 1
    assert sum(FOUND in text for text in await said(running, "gestor_suporte")) == 1
    (told,) = [text for text in await said(running, "suporte") if text.startswith("Rotina")]
    assert f"{CLIENT} · {SERVICE}" in told

    assert walk.ended_at is not None and not walk.inside
    assert [mark.outcome for mark in walk.footprints].count(Outcome.OTHERWISE) == 1
    assert {each.to for note in notes for each in note.passed} == {Destination.LEAD}
    assert any(FOUND in note.text for note in notes)
    assert history.falls(NOW)
    assert not pending
