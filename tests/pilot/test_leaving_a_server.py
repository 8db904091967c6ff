"""On a client's server: the desk says so, asks after long and on closing, and S tells the team (R3)."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.walk import Outcome
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tests.support.walking import walk_of
from tui.desk import Desk
from tui.screens.announce import AnnounceScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.mesa import MesaScreen
from tui.screens.still_inside import StillInsideScreen

pytestmark = pytest.mark.anyio
CLIENT = "Papelaria Lume"


def desk_on(running: Running, folder: Path, **sections: object) -> Desk:
    return Desk(settings_for(running, folder, **sections), running.clock)


async def enters(seat: Sitting) -> None:
    """One is on the server of `CLIENT`, as after the step that announced it."""
    desk = seat.app.desk
    walk = walk_of(CLIENT, desk.clock())
    await desk.disk(desk.local.walks.begin, walk)
    await desk.disk(desk.local.walks.step, walk.id, "entrada", Outcome.DONE, who="Beatriz")
    await seat.app.server_watch.reload()


async def said(running: Running) -> list[str]:
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["bot"]))
    try:
        channel = await client.channel_named("gestor_remote")
        return [one.text() for one in await client.history(channel.id, "0.0") if CLIENT in one.text()]
    finally:
        await client.aclose()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_one_is_asked_after_a_long_stay_and_tells_the_team_by_one_key(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size, desk=desk_on(running, tmp_path)) as seat:
        await enters(seat)
        await seat.sees(f"⇥ {CLIENT} 0 min")
        running.knobs.clock.offset_seconds += 59 * 60
        seat.app._tick()
        assert "Você anunciou" not in seat.said()
        running.knobs.clock.offset_seconds += 60
        seat.app._tick()
        seat.app._tick()
        assert seat.said().count(f"Você anunciou que está em {CLIENT} desde 12:06 (há 1 h).") == 1
        assert "Se já saiu, S avisa a equipe." in seat.said()
        await seat.press("S")
        await seat.arrives_at(AnnounceScreen)
        await seat.sees("Avisar a saída em gestor_remote", f"Saí de {CLIENT}")
        assert await said(running) == [], "nothing leaves before the yes"
        await seat.press("f9")
        await seat.until(lambda: not seat.app.walks[0].inside, "left")
        assert await said(running) == [f"Saí de {CLIENT}"]
        await seat.until(lambda: "⇥" not in seat.text(), "said no more that one is there")
        await seat.press("S")
        await seat.hears("Você não avisou entrada em nenhum servidor.")


async def test_closing_asks_first_and_announces_before_it_closes(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        await enters(seat)
        await seat.press("ctrl+q")
        await seat.arrives_at(StillInsideScreen)
        await seat.sees("Você já saiu do servidor?", f"Você anunciou que está em {CLIENT}")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("ctrl+q")
        await seat.arrives_at(StillInsideScreen)
        await seat.press("s")
        await seat.arrives_at(AnnounceScreen)
        await seat.press("f9")
        await seat.until(lambda: seat.app.return_code == 0, "closed")
    assert await said(running) == [f"Saí de {CLIENT}"]


@pytest.mark.parametrize("key", ["f", "ctrl+q"])
async def test_closing_without_a_word_leaves_one_there_for_the_team(
    running: Running, tmp_path: Path, key: str
) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        await enters(seat)
        await seat.press("ctrl+q")
        await seat.arrives_at(StillInsideScreen)
        await seat.press(key)
        await seat.until(lambda: seat.app.return_code == 0, "closed")
    assert await said(running) == []
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        await seat.hears(f"Você anunciou que está em {CLIENT}")


async def test_without_slack_the_analysts_word_is_taken(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path, slack=None)) as seat:
        await enters(seat)
        await seat.press("S")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees("A equipe já sabe?", f"saiu de {CLIENT}")
        await seat.press("s")
        await seat.until(lambda: not seat.app.walks[0].inside, "left")
        (walk,) = seat.app.walks
        assert walk.footprints[-1].found == "Avisado no canal pelo próprio analista."


async def test_a_leave_that_slack_refused_once_can_be_said_again(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        await enters(seat)
        for attempt in range(2):
            running.knobs.slack.next_errors = ["msg_blocked_by_policy"] if attempt == 0 else []
            await seat.press("S")
            await seat.arrives_at(AnnounceScreen)
            if attempt == 0:
                await seat.write(" agora")
            await seat.sees(f"Saí de {CLIENT} agora")
            await seat.press("f9")
            await seat.arrives_at(MesaScreen)
            if attempt == 0:
                await seat.hears("msg_blocked_by_policy")
        await seat.until(lambda: not seat.app.walks[0].inside, "left")
        assert await said(running) == [f"Saí de {CLIENT} agora"]


async def test_what_the_team_would_not_understand_is_not_sent(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, tmp_path)) as seat:
        await enters(seat)
        await seat.press("S")
        await seat.arrives_at(AnnounceScreen)
        await seat.press("ctrl+a", "backspace")
        await seat.write("obrigada")
        await seat.press("f9")
        await seat.sees("A equipe não entenderia que você saiu")
        assert await said(running) == []
