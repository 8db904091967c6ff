"""The watches on channels and threads: what they tell, what they remember, and what they cost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import ScopeMissing, ServerTrouble, Throttled, Unauthorized
from clients.limiter import Limiter
from clients.models.feed import Feed, Trouble
from clients.models.slack import SlackMessage
from clients.models.slack_talk import Answer, Following, Heard, Question
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from clients.slack import Slack
from clients.store import Store
from tests.support.clock import Clock, frozen
from tests.support.faults import http, saying, serving
from tests.support.sandbox import permalink
from tui.disk import Disk
from tui.flows.slack_posting import Posting, question_of
from tui.slack_questions import Questions
from tui.slack_watch import LOOK_BACK, ChannelWatch, ThreadWatch
from tui.sync import Poller

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

MANAGER, SERVERS = "C0PLANT02", "C0PLANT03"
LIST = "slack /api/conversations.list"
HISTORY, REPLIES = "slack /api/conversations.history", "slack /api/conversations.replies"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=60, clock=frozen, knobs=Knobs()) as running:
        yield running


@pytest.fixture
async def slack(sandbox: Running) -> AsyncIterator[Slack]:
    client = Slack.connect(sandbox.urls.slack, SecretStr(sandbox.keys.slack["analyst"]), sleep=Clock().sleep)
    yield client
    await client.aclose()


@pytest.fixture
async def limited(sandbox: Running) -> AsyncIterator[Slack]:
    """A client whose waits go by the sandbox's clock."""

    def limiter() -> Limiter:
        return Limiter(clock=lambda: sandbox.clock().timestamp(), sleep=Clock().sleep)

    token = SecretStr(sandbox.keys.slack["analyst"])
    client = Slack.connect(sandbox.urls.slack, token, new_limiter=limiter)
    yield client
    await client.aclose()


@pytest.fixture
def disk() -> Iterator[Disk]:
    opened = Disk()
    yield opened
    opened.close()


@pytest.fixture
def questions(tmp_path: Path) -> Iterator[Questions]:
    store = Store(tmp_path / "plantao.db")
    yield Questions(store)
    store.close()


async def refreshed(watch: ChannelWatch, feed: Feed[Heard] | None = None) -> Feed[Heard]:
    feed = feed or Feed()
    async for newer in watch.refresh(feed):
        feed = newer
    return feed


async def answers_read(watch: ThreadWatch) -> Feed[Question]:
    feed: Feed[Question] = Feed()
    async for newer in watch.refresh(feed):
        feed = newer
    return feed


async def followed(
    slack: Slack, questions: Questions, posted: SlackMessage, *, ticket: int | None = None
) -> Question:
    posting = Posting(channel=MANAGER, place="gestor_suporte", text=posted.text(), ticket=ticket)
    return questions.keep(question_of(posting, posted.ts, await slack.me()))


def later(sandbox: Running, seconds: float) -> None:
    sandbox.knobs.clock.offset_seconds += seconds


# -- channels ------------------------------------------------------------------------------------------


async def test_a_chatty_channel_pushes_nothing_out_of_the_others(
    sandbox: Running, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.slack_watch.MOST_KEPT", 3)
    entry = "Entrando em Transportes Rio Manso"
    sandbox.say_in_slack("gestor_remote", "Otávio", entry)
    for number in range(9):
        sandbox.say_in_slack("gestor_remote", "Otávio", f"aviso {number}")
        sandbox.say_in_slack("suporte", "Otávio", f"conversa {number}")
    channels = ("suporte", "gestor_remote")
    watch = ChannelWatch(slack, channels, sandbox.clock, whole=("gestor_remote",))
    feed = await refreshed(watch)
    assert [one.text for one in feed.items if one.channel == "suporte"] == [
        f"conversa {n}" for n in (6, 7, 8)
    ]
    assert entry in [one.text for one in feed.items]
    later(sandbox, LOOK_BACK.total_seconds() + 60)
    sandbox.say_in_slack("gestor_remote", "Otávio", "novo")
    feed = await refreshed(watch, feed)
    assert entry not in [one.text for one in feed.items], "no longer held against anybody"


async def test_a_channel_counts_as_read_only_once_it_was_read_to_its_end(
    sandbox: Running, limited: Slack
) -> None:
    watch = ChannelWatch(limited, ("gestor_remote",), sandbox.clock)
    feed = await refreshed(watch)
    read_at = watch.reading("gestor_remote").at
    assert read_at == sandbox.clock()
    sandbox.knobs.slack.tier = "restricted"
    for number in range(40):
        sandbox.say_in_slack("gestor_remote", "Otávio", f"aviso {number}")
    later(sandbox, 65)
    feed = await refreshed(watch, feed)
    assert watch.reading("gestor_remote").at == read_at, "what lies between is not known yet"


async def test_channels_are_heard_as_people_would_read_them(sandbox: Running, slack: Slack) -> None:
    feed = await refreshed(ChannelWatch(slack, ("freshdesk", "gestor_remote"), sandbox.clock))
    assert {one.channel for one in feed.items} == {"freshdesk", "gestor_remote"}
    assert [one.at for one in feed.items] == sorted(one.at for one in feed.items)
    assert feed.as_of == sandbox.clock()
    inside = [one for one in feed.items if one.channel == "gestor_remote"][-1]
    assert (inside.who, inside.text) == (
        "Helena",
        "Entrando em Distribuidora Pedra Alta, vou ficar até o almoço",
    )
    assert inside.link.startswith("https://exemplo.slack.com/archives/C0PLANT03/p")
    ticket = next(one for one in feed.items if one.channel == "freshdesk")
    assert ticket.who == "Freshdesk"
    assert ticket.text.startswith("Novo ticket #4")


async def test_a_cycle_costs_one_history_call_for_each_channel(sandbox: Running, slack: Slack) -> None:
    watch = ChannelWatch(slack, ("freshdesk", "gestor_suporte", "gestor_remote"), sandbox.clock)
    feed = await refreshed(watch)
    sandbox.journal.reads.clear()
    await refreshed(watch, feed)
    assert sandbox.journal.reads == {HISTORY: 3}


async def test_only_what_came_since_the_first_reading_is_news_and_only_once(
    sandbox: Running, slack: Slack
) -> None:
    news: list[Heard] = []
    watch = ChannelWatch(slack, ("gestor_remote",), sandbox.clock, heard=news.extend)
    feed = await refreshed(watch)
    assert news == []
    later(sandbox, 20)
    sandbox.say_in_slack("gestor_remote", "Otávio", "Entrando em Rio Manso")
    feed = await refreshed(watch, feed)
    feed = await refreshed(watch, feed)
    assert [(one.who, one.text, one.own) for one in news] == [("Otávio", "Entrando em Rio Manso", False)]
    assert feed.items[-1] == news[0]


async def test_the_first_message_of_a_silent_channel_is_news(sandbox: Running, slack: Slack) -> None:
    later(sandbox, 3 * 86_400)
    news: list[Heard] = []
    watch = ChannelWatch(slack, ("gestor_suporte",), sandbox.clock, heard=news.extend)
    feed = await refreshed(watch)
    assert feed.items == ()
    sandbox.say_in_slack("gestor_suporte", "Otávio", "Bom dia")
    await refreshed(watch, feed)
    assert [one.text for one in news] == ["Bom dia"]


async def test_joining_is_no_news_and_unheard_of_kinds_are(sandbox: Running, slack: Slack) -> None:
    feed = await refreshed(ChannelWatch(slack, ("suporte",), sandbox.clock))
    texts = [one.text for one in feed.items]
    assert ":wave:" in texts
    assert "[arquivo: tela-cte.png]" in texts
    assert not [text for text in texts if "has joined" in text]


async def test_an_edit_and_a_deletion_are_seen(sandbox: Running, slack: Slack) -> None:
    watch = ChannelWatch(slack, ("gestor_remote",), sandbox.clock)
    first = sandbox.say_in_slack("gestor_remote", "Otávio", "Entrando em Rio Mango")
    second = sandbox.say_in_slack("gestor_remote", "Otávio", "engano")
    feed = await refreshed(watch)
    sandbox.edit_in_slack("gestor_remote", first, "Entrando em Rio Manso")
    sandbox.delete_in_slack("gestor_remote", second)
    feed = await refreshed(watch, feed)
    assert feed.items[-1].text == "Entrando em Rio Manso"
    assert second not in {one.ts for one in feed.items}
    assert len(feed.items) > 3, "what is older than the overlap stays"


async def test_a_channel_that_refuses_leaves_the_others_heard(sandbox: Running, slack: Slack) -> None:
    feed = await refreshed(ChannelWatch(slack, ("nao_existe", "gestor_remote"), sandbox.clock))
    assert feed.items
    assert feed.trouble is not None
    assert "nao_existe" in feed.trouble.message


async def test_a_misspelt_channel_is_looked_up_each_quarter_of_an_hour_and_when_asked(
    sandbox: Running, slack: Slack
) -> None:
    watch = ChannelWatch(slack, ("gestor_remoto", "gestor_remote"), sandbox.clock)
    feed = await refreshed(watch)
    sandbox.journal.reads.clear()
    for _ in range(3):
        later(sandbox, 30)
        feed = await refreshed(watch, feed)
        assert feed.trouble is not None
        assert "gestor_remoto" in feed.trouble.message
    assert sandbox.journal.reads == {HISTORY: 3}
    later(sandbox, 15 * 60)
    feed = await refreshed(watch, feed)
    assert sandbox.journal.reads[LIST] == 1
    assert feed.trouble is not None
    watch.look_again()
    await refreshed(watch, feed)
    assert sandbox.journal.reads[LIST] == 2, "somebody asked"


async def test_a_channel_that_is_known_is_read_again_as_soon_as_it_can_be(
    sandbox: Running, slack: Slack
) -> None:
    watch = ChannelWatch(slack, ("gestor_remote",), sandbox.clock)
    await refreshed(watch)
    sandbox.knobs.slack.next_errors = ["channel_not_found"]
    assert (await refreshed(watch)).trouble is not None
    feed = await refreshed(watch)
    assert feed.trouble is None
    assert feed.items


@pytest.fixture
async def scopeless(sandbox: Running) -> AsyncIterator[Slack]:
    """A client whose token may list channels and write, and read nothing."""
    token = SecretStr(sandbox.keys.slack["limited"])
    client = Slack.connect(sandbox.urls.slack, token, sleep=Clock().sleep)
    yield client
    await client.aclose()


async def test_a_token_without_the_scope_ends_the_watch_and_says_which(
    sandbox: Running, scopeless: Slack, disk: Disk, questions: Questions
) -> None:
    with pytest.raises(ScopeMissing, match="channels:history"):
        await refreshed(ChannelWatch(scopeless, ("freshdesk",), sandbox.clock))
    await followed(scopeless, questions, await scopeless.post(MANAGER, "Para quem vai?"))
    with pytest.raises(ScopeMissing, match="groups:history"):
        await answers_read(ThreadWatch(scopeless, questions, disk, sandbox.clock))


async def test_a_refused_token_ends_the_cycle(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.next_errors = ["token_revoked"]
    with pytest.raises(Unauthorized):
        await refreshed(ChannelWatch(slack, ("gestor_remote",), sandbox.clock))


async def test_what_was_read_before_a_failure_is_not_lost(sandbox: Running, slack: Slack) -> None:
    watch = ChannelWatch(slack, ("gestor_remote", "freshdesk"), sandbox.clock)
    await slack.channel_named("gestor_remote")
    await slack.channel_named("freshdesk")
    cycle = watch.refresh(Feed())
    feed = await anext(cycle)
    sandbox.knobs.slack.next_429, sandbox.knobs.slack.retry_after = 5, 30
    with pytest.raises(Throttled):
        await anext(cycle)
    assert {one.channel for one in feed.items} == {"gestor_remote"}
    assert feed.as_of is None
    assert slack.slowed == frozenset()


async def test_on_the_low_tier_everything_is_heard_in_the_end(sandbox: Running, limited: Slack) -> None:
    for number in range(40):
        sandbox.say_in_slack("gestor_remote", "Otávio", f"aviso {number}")
    sandbox.knobs.slack.tier = "restricted"
    news: list[Heard] = []
    watch = ChannelWatch(limited, ("gestor_remote",), sandbox.clock, heard=news.extend)
    feed = await refreshed(watch)
    assert limited.slowed == {SERVERS}
    assert (len(feed.items), feed.trouble) == (15, None), "the newest"
    calls = sandbox.journal.reads[HISTORY]
    later(sandbox, 30)
    feed = await refreshed(watch, feed)
    assert sandbox.journal.reads[HISTORY] == calls, "not before its minute has passed"
    for _ in range(3):
        later(sandbox, 65)
        feed = await refreshed(watch, feed)
    texts = [one.text for one in feed.items]
    assert texts[0] == "Entrando em Transportes Rio Manso"
    assert texts[-40:] == [f"aviso {number}" for number in range(40)]
    assert news == []
    sandbox.say_in_slack("gestor_remote", "Otávio", "agora")
    later(sandbox, 65)
    feed = await refreshed(watch, feed)
    assert [one.text for one in news] == ["agora"]


async def test_on_the_low_tier_channels_take_turns(sandbox: Running, limited: Slack) -> None:
    sandbox.knobs.slack.tier = "restricted"
    watch = ChannelWatch(limited, ("gestor_remote", "gestor_suporte"), sandbox.clock)
    feed = await refreshed(watch)
    assert {one.channel for one in feed.items} == {"gestor_remote"}
    later(sandbox, 65)
    feed = await refreshed(watch, feed)
    assert {one.channel for one in feed.items} == {"gestor_remote", "gestor_suporte"}
    assert feed.trouble is None


async def test_a_poller_runs_the_watch(sandbox: Running, slack: Slack) -> None:
    def unforeseen(error: Exception) -> Trouble:
        raise AssertionError("nothing unforeseen happens here") from error

    watch = ChannelWatch(slack, ("gestor_remote",), sandbox.clock)
    poller = Poller(watch.refresh, interval=30, unforeseen=unforeseen)
    read = asyncio.Event()

    def publish(feed: Feed[Heard]) -> None:
        if feed.as_of is not None:
            read.set()

    task = asyncio.create_task(poller.run(publish))
    async with asyncio.timeout(60):
        await read.wait()
    task.cancel()
    assert poller.feed.items
    assert poller.feed.loading is False


# -- threads -------------------------------------------------------------------------------------------


async def test_a_question_is_kept_and_its_answer_told_once(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    told: list[tuple[Question, tuple[Answer, ...]]] = []
    watch = ThreadWatch(
        slack, questions, disk, sandbox.clock, answered=lambda question, news: told.append((question, news))
    )
    posted = await slack.post(MANAGER, "Ticket 4102: para quem vai?")
    question = await followed(slack, questions, posted, ticket=4102)
    assert (question.ticket_id, question.asked_at) == (4102, posted.at)
    assert question.permalink == permalink(sandbox, MANAGER, posted.ts)
    assert (await answers_read(watch)).items == (question,)
    assert told == []
    later(sandbox, 91)
    (answered,) = (await answers_read(watch)).items
    await answers_read(watch)
    assert [(one.who, one.text) for one in answered.answers] == [("João", told[0][1][0].text)]
    assert answered.answers[0].at - posted.at >= timedelta(seconds=90)
    assert len(told) == 1
    assert questions.of_ticket(4102) == (answered,)


async def test_answers_name_people_and_our_own_words_are_none(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    sandbox.knobs.slack.answer_after_seconds = None
    watch = ThreadWatch(slack, questions, disk, sandbox.clock)
    posted = await slack.post(MANAGER, "Para quem vai?")
    await followed(slack, questions, posted)
    await slack.post(MANAGER, "alguém?", thread_ts=posted.ts)
    sandbox.say_in_slack("gestor_suporte", "João", "<@U0AGT04>, alta", posted.ts)
    sandbox.say_in_slack("gestor_suporte", "Wesley", "pego", posted.ts)
    (question,) = (await answers_read(watch)).items
    assert [(one.who, one.text) for one in question.answers] == [
        ("João", "@Wesley, alta"),
        ("Wesley", "pego"),
    ]


async def test_an_answer_that_was_edited_is_news(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    sandbox.knobs.slack.answer_after_seconds = None
    told: list[str] = []
    watch = ThreadWatch(
        slack,
        questions,
        disk,
        sandbox.clock,
        answered=lambda question, news: told.extend(n.text for n in news),
    )
    posted = await slack.post(MANAGER, "Para quem vai?")
    await followed(slack, questions, posted)
    ts = sandbox.say_in_slack("gestor_suporte", "João", "Para a Helena", posted.ts)
    await answers_read(watch)
    sandbox.edit_in_slack("gestor_suporte", ts, "Para o Wesley")
    (question,) = (await answers_read(watch)).items
    assert told == ["Para a Helena", "Para o Wesley"]
    assert [one.text for one in question.answers] == ["Para o Wesley"]


async def test_a_cycle_costs_one_call_for_each_open_question(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    watch = ThreadWatch(slack, questions, disk, sandbox.clock)
    await answers_read(watch)
    assert sandbox.journal.reads[REPLIES] == 0
    first = await followed(slack, questions, await slack.post(MANAGER, "Um?"))
    await followed(slack, questions, await slack.post(MANAGER, "Dois?"))
    await answers_read(watch)
    sandbox.journal.reads.clear()
    await answers_read(watch)
    assert sandbox.journal.reads == {REPLIES: 2}
    questions.set_state(first.id, Following.SETTLED)
    assert [one.text for one in questions.open()] == ["Dois?"]
    await answers_read(watch)
    assert sandbox.journal.reads == {REPLIES: 3}


async def test_questions_outlive_the_session(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    posted = await slack.post(MANAGER, "Para quem vai?")
    asked = await followed(slack, questions, posted)
    again = ThreadWatch(slack, questions, disk, sandbox.clock)
    assert await followed(slack, questions, posted, ticket=1) == asked, "known already"
    later(sandbox, 91)
    assert len((await answers_read(again)).items[0].answers) == 1


async def test_a_question_that_was_deleted_is_no_longer_followed(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    watch = ThreadWatch(slack, questions, disk, sandbox.clock)
    posted = await slack.post(MANAGER, "engano")
    question = await followed(slack, questions, posted)
    sandbox.delete_in_slack("gestor_suporte", posted.ts)
    assert (await answers_read(watch)).items == ()
    gone = questions.find(question.id)
    assert gone is not None
    assert gone.state is Following.GONE


@pytest.mark.parametrize("word", ["channel_not_found", "user_not_found", "not_in_channel"])
async def test_a_question_outlives_the_apps_being_outside_for_a_while(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions, word: str
) -> None:
    watch = ThreadWatch(slack, questions, disk, sandbox.clock)
    await followed(slack, questions, await slack.post(MANAGER, "Para quem vai?"))
    sandbox.knobs.slack.next_errors = [word]
    feed = await answers_read(watch)
    assert feed.trouble is not None
    assert word in feed.trouble.message
    assert len(feed.items) == 1
    later(sandbox, 91)
    feed = await answers_read(watch)
    assert feed.trouble is None
    assert len(feed.items[0].answers) == 1


async def test_a_question_outlives_a_proxys_404(
    sandbox: Running, slack: Slack, disk: Disk, questions: Questions
) -> None:
    await followed(slack, questions, await slack.post(MANAGER, "Para quem vai?"))
    page = http("404 Not Found", b"<html>Not Found</html>", content_type="text/html")
    async with serving(saying(page)) as proxy:
        behind = Slack.connect(proxy.url, SecretStr("xoxp-1"), sleep=Clock().sleep)
        with pytest.raises(ServerTrouble, match="404"):
            await answers_read(ThreadWatch(behind, questions, disk, sandbox.clock))
        await behind.aclose()
    assert len(questions.open()) == 1
