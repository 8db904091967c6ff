"""What Slack says while the desk is open: new tickets are noticed, and trouble stays Slack's own (R8)."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.sandbox.server import Running
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.pending import PendingScreen
from widgets.top_line import TopLine

pytestmark = pytest.mark.anyio
BEATRIZ = "Beatriz"
"""Who sits at the desk."""


def later(running: Running, seconds: float) -> None:
    running.knobs.clock.offset_seconds += seconds


async def listens(seat: Sitting, running: Running) -> None:
    """Wait until the channel was read once."""
    await seat.until(lambda: running.journal.reads["slack /api/conversations.history"], "read the channel")
    await seat.until(lambda: seat.app.news._pollers and seat.app.news._pollers[0].feed.as_of, "heard it")


def heard(seat: Sitting) -> list[str]:
    """What was said in the channel, as far as it was read."""
    pollers = seat.app.news._pollers
    return [one.text for one in pollers[0].feed.items] if pollers else []


@pytest.fixture
def queue_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the queue's poller was asked for, by name of its poller's source."""
    from tui.sync import Poller, QueueSync

    asked: list[str] = []
    ask = Poller.ask

    def counted(poller: Poller[object]) -> None:
        if isinstance(getattr(poller.refresh, "__self__", None), QueueSync):
            asked.append("queue")
        ask(poller)

    monkeypatch.setattr(Poller, "ask", counted)
    return asked


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_message_that_names_a_ticket_has_the_queue_read_at_once(
    running: Running, tmp_path: Path, size: tuple[int, int], queue_asked: list[str]
) -> None:
    running.say_in_slack("freshdesk", "Otávio", "antigo: #4001")
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, size, desk=desk) as seat:
        await listens(seat, running)
        assert "freshdesk" not in seat.said(), "the first reading is history"
        assert queue_asked == []

        later(running, 10)
        running.say_in_slack("freshdesk", "Otávio", "Novo ticket &lt;#4050&gt;: caixa parado")
        seat.app.news.ask()
        await seat.hears("freshdesk: Novo ticket <#4050>: caixa parado")
        assert queue_asked == ["queue"]

        later(running, 10)
        toasts = len(seat.toasts)
        for number in (4051, 4052, 4053):
            running.say_in_slack(
                "freshdesk", "Otávio", f"<https://exemplo.freshdesk.com/a/tickets/{number}|#{number}>"
            )
        running.say_in_slack("freshdesk", "Otávio", "bom almoço")
        running.say_in_slack("freshdesk", BEATRIZ, "vi o #4060")
        seat.app.news.ask()
        await seat.hears("freshdesk: 3 avisos, #4051, #4052, #4053")
        assert len(seat.toasts) == toasts + 1, "one for the burst"
        assert queue_asked == ["queue"] * 2


async def test_what_names_no_ticket_disturbs_nobody(
    running: Running, tmp_path: Path, queue_asked: list[str]
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await listens(seat, running)
        later(running, 10)
        running.say_in_slack("freshdesk", "Otávio", "bom dia")
        seat.app.news.ask()
        await seat.until(lambda: "bom dia" in heard(seat), "heard it")
        assert "freshdesk" not in seat.said()
        assert queue_asked == []


async def test_a_token_without_the_scope_stops_listening_and_nothing_else(
    running: Running, tmp_path: Path
) -> None:
    settings = settings_for(running, tmp_path)
    assert settings.slack is not None
    limited = settings.slack.model_copy(update={"key": SecretStr(running.keys.slack["limited"])})
    desk = Desk(settings.model_copy(update={"slack": limited}), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.hears("falta ao token a permissão channels:history")
        assert seat.app.queue.items
        assert seat.app.queue.trouble is None
        assert "▲ Slack" in seat.app.screen.query_one(TopLine).render_line(0).text
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees("▲ Sem permissão", "acrescente o escopo channels:history")
        assert seat.said().count("channels:history (missing_scope)") == 1


async def test_who_asks_for_news_has_a_channel_that_was_not_found_looked_up(
    running: Running, tmp_path: Path
) -> None:
    settings = settings_for(running, tmp_path)
    assert settings.slack is not None
    misspelt = settings.slack.model_copy(update={"ticket_channel": "freshdesc"})
    desk = Desk(settings.model_copy(update={"slack": misspelt}), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.hears("o canal “freshdesc” não existe")
        looked_up = running.journal.reads["slack /api/conversations.list"]
        seat.app.do_atualizar()
        await seat.until(
            lambda: running.journal.reads["slack /api/conversations.list"] > looked_up, "looked it up again"
        )


async def test_the_low_tier_is_said_once_and_stays_marked(running: Running, tmp_path: Path) -> None:
    for number in range(20):
        running.say_in_slack("freshdesk", "Otávio", f"aviso {number}")
    running.knobs.slack.tier = "restricted"
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.hears("Slack em ritmo lento")
        await seat.press("P")
        await seat.arrives_at(PendingScreen)
        await seat.sees("▲ Slack em ritmo lento", "uma vez por minuto")
        assert seat.said().count("Slack em ritmo lento") == 1
