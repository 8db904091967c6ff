"""Our Slack client against a server that somebody else wrote from the same contract."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from pydantic import SecretStr

from clients.errors import (
    Forbidden,
    Gone,
    NotFound,
    OutcomeUnknown,
    Rejected,
    ServerTrouble,
    Throttled,
    Unauthorized,
)
from clients.models.slack_text import mentioned
from clients.models.slack_time import ts_of
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from clients.slack import LOW_TIER_INTERVAL, Slack
from clients.slack_posted import Posted
from tests.support.clock import Clock, frozen
from tests.support.sandbox import permalink
from tui.flows.engine import CERTAIN

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]

MANAGER, SERVERS, TEAM = "C0PLANT02", "C0PLANT03", "C0PLANT04"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=60, clock=frozen) as running:
        yield running


@pytest.fixture
def sandbox(served: Running) -> Iterator[Running]:
    """The module's sandbox, each test two minutes after the one before: nobody has used any limit."""
    yield served
    moment = served.knobs.clock.frozen_at or frozen()
    served.knobs.turn(Knobs().model_dump())
    served.knobs.clock.frozen_at = moment + timedelta(minutes=2)


def connect(sandbox: Running, token: str = "analyst") -> Slack:
    secret = SecretStr(sandbox.keys.slack.get(token, token))
    return Slack.connect(sandbox.urls.slack, secret, sleep=Clock().sleep)


@pytest.fixture
async def slack(sandbox: Running) -> AsyncIterator[Slack]:
    client = connect(sandbox)
    yield client
    await client.aclose()


@pytest.fixture
async def bot(sandbox: Running) -> AsyncIterator[Slack]:
    client = connect(sandbox, "bot")
    yield client
    await client.aclose()


def long_ago(sandbox: Running) -> str:
    return ts_of(sandbox.clock() - timedelta(days=2))


async def test_the_token_says_whose_it_is(slack: Slack, bot: Slack) -> None:
    assert (await slack.auth_test()).user == "beatriz.nogueira"
    me = await bot.me()
    assert (me.user_id, me.bot_id, me.team) == ("U0BOT01", "B0AAA1", "Exemplo")


async def test_channels_are_listed_page_by_page_whatever_the_pages(sandbox: Running, bot: Slack) -> None:
    sandbox.knobs.slack.empty_pages = True
    assert [one.name for one in await bot.conversations()] == ["freshdesk", "gestor_suporte", "gestor_remote"]
    visible = {one.name: one.is_member for one in await bot.conversations(all_visible=True)}
    assert visible == {"freshdesk": True, "gestor_suporte": True, "gestor_remote": True, "suporte": False}


@pytest.mark.parametrize("name", ["gestor_remote", "#gestor_remote", "Gestor_Remote", SERVERS])
async def test_a_channel_is_found_as_people_write_it(slack: Slack, name: str) -> None:
    found = await slack.channel_named(name)
    assert (found.id, found.is_member) == (SERVERS, True)


async def test_a_channel_that_is_not_there_says_what_to_do(slack: Slack) -> None:
    with pytest.raises(NotFound, match="gestor_geral") as missing:
        await slack.channel_named("gestor_geral")
    assert "/invite" in missing.value.way_out


async def test_a_channel_is_looked_up_once(sandbox: Running, slack: Slack) -> None:
    await slack.channel_named("gestor_remote")
    sandbox.knobs.slack.next_errors = ["invalid_auth"]
    assert (await slack.channel_named("gestor_remote")).id == SERVERS


async def test_history_is_everything_after_a_mark_oldest_first(sandbox: Running, slack: Slack) -> None:
    everything = await slack.history(SERVERS, long_ago(sandbox))
    assert [one.order for one in everything] == sorted(one.order for one in everything)
    assert everything[0].text() == "Entrando em Transportes Rio Manso"
    assert await slack.history(SERVERS, everything[1].ts) == everything[2:]
    assert await slack.history(SERVERS, everything[-1].ts) == ()


async def test_history_walks_to_the_last_page(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.rates_enforced = False
    for number in range(203):
        sandbox.say_in_slack("suporte", "Otávio", f"recado {number}")
    texts = [one.text() for one in await slack.history(TEAM, long_ago(sandbox))]
    assert [text for text in texts if "recado" in text] == [f"recado {number}" for number in range(203)]


async def test_a_thread_is_read_without_its_head(sandbox: Running, slack: Slack) -> None:
    head = next(one for one in await slack.history(MANAGER, long_ago(sandbox)) if "CT-e parado" in one.text())
    assert head.reply_count == 2
    names = await slack.names(["U0AGT05", "U0AGT99"])
    assert names == {"U0AGT05": "Helena"}
    first, second = await slack.replies(MANAGER, head.ts)
    assert first.text(names) == "@Helena pega. Prioridade alta, na frente da fila."
    assert second.text() == "Peguei. O log diz certificado vencido & a tarefa parou por isso."
    assert await slack.replies(MANAGER, head.ts, oldest=first.ts) == (second,)


async def test_a_thread_that_is_gone_is_not_found(slack: Slack) -> None:
    with pytest.raises(Gone, match="não existe mais"):
        await slack.replies(MANAGER, "1500000000.000100")


async def test_people_are_shown_by_the_name_they_chose(slack: Slack) -> None:
    assert (await slack.user("U0AGT06")).shown == "João"
    with pytest.raises(NotFound):
        await slack.user("U0AGT99")


async def test_what_is_posted_calls_nobody(sandbox: Running, slack: Slack) -> None:
    plain = await slack.post(MANAGER, "o log diz <!channel> & <@U0AGT05>")
    assert mentioned(plain.wire_text) == frozenset()
    assert plain.text() == "o log diz <!channel> & <@U0AGT05>"


async def test_an_answer_goes_into_its_thread(sandbox: Running, slack: Slack) -> None:
    head = await slack.post(MANAGER, "Para quem vai o 4102?")
    reply = await slack.post(MANAGER, "É urgente", thread_ts=head.ts)
    assert await slack.replies(MANAGER, head.ts) == (reply.model_copy(update={"metadata": None}),)
    assert permalink(sandbox, MANAGER, reply.ts) == (await slack.me()).link(MANAGER, reply.ts, head.ts)


@pytest.mark.parametrize("text", ["", " \n", "x" * 4001])
async def test_what_slack_would_cut_or_refuse_is_not_sent(sandbox: Running, slack: Slack, text: str) -> None:
    before = len(sandbox.journal.of("slack"))
    with pytest.raises(Rejected):
        await slack.post(SERVERS, text)
    assert len(sandbox.journal.of("slack")) == before


# -- what goes wrong -----------------------------------------------------------------------------------


async def test_a_refused_token_is_unauthorized(sandbox: Running) -> None:
    stranger = connect(sandbox, "xoxb-errado")
    with pytest.raises(Unauthorized, match="invalid_auth") as refused:
        await stranger.auth_test()
    assert refused.value.way_out
    await stranger.aclose()


async def test_a_missing_scope_is_named_with_the_way_out(sandbox: Running) -> None:
    limited = connect(sandbox, "limited")
    with pytest.raises(Forbidden, match="groups:history") as refused:
        await limited.history(MANAGER, long_ago(sandbox))
    assert "groups:history" in refused.value.way_out
    await limited.aclose()


async def test_a_channel_one_is_not_in_says_how_to_get_in(sandbox: Running, bot: Slack) -> None:
    with pytest.raises(Forbidden, match="not_in_channel") as refused:
        await bot.history(TEAM, long_ago(sandbox))
    assert "/invite" in refused.value.way_out


@pytest.mark.parametrize("word", ["internal_error", "fatal_error", "request_timeout", "service_unavailable"])
async def test_a_read_that_broke_down_is_asked_once_more(sandbox: Running, slack: Slack, word: str) -> None:
    sandbox.knobs.slack.next_errors = [word]
    assert (await slack.auth_test()).user
    sandbox.knobs.slack.next_errors = [word, word]
    with pytest.raises(ServerTrouble, match=word):
        await slack.auth_test()
    assert sandbox.knobs.slack.next_errors == []


async def test_a_word_that_nobody_knows_is_shown_as_it_came(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.next_errors = ["cafe_acabou"]
    with pytest.raises(Rejected, match="“cafe_acabou”") as refused:
        await slack.auth_test()
    assert refused.value.title == "O Slack recusou"
    assert refused.value.way_out


async def test_an_outage_is_survived(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.next_5xx, sandbox.knobs.slack.status_5xx = 1, 503
    assert (await slack.auth_test()).user


@pytest.mark.parametrize(
    ("word", "certain"),
    [
        *((word, True) for word in ("channel_not_found", "not_in_channel", "is_archived", "no_text")),
        *((word, True) for word in ("invalid_auth", "missing_scope", "restricted_action", "invalid_json")),
        *((word, True) for word in ("ratelimited", "rate_limited", "message_limit_exceeded")),
        *((word, False) for word in ("internal_error", "fatal_error", "request_timeout")),
        *((word, False) for word in ("service_unavailable", "cafe_acabou")),
    ],
)
async def test_the_engine_knows_after_which_words_nothing_was_posted(
    sandbox: Running, slack: Slack, word: str, certain: bool
) -> None:
    sandbox.knobs.slack.next_errors = [word, "segunda_vez"]
    with pytest.raises(Exception, match=word) as failed:
        await slack.post(SERVERS, "Entrando")
    assert isinstance(failed.value, CERTAIN) is certain
    assert isinstance(failed.value, OutcomeUnknown) is not certain
    assert sandbox.knobs.slack.next_errors == ["segunda_vez"], "a post is never tried twice"


async def test_a_throttled_post_is_certainly_not_there(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.next_429, sandbox.knobs.slack.faults_on = 1, "chat.postMessage"
    with pytest.raises(Throttled) as failed:
        await slack.post(SERVERS, "limitada")
    assert failed.value.retry_after == 7
    assert not [one for one in await slack.history(SERVERS, long_ago(sandbox)) if one.text() == "limitada"]


async def test_a_full_history_keeps_nobody_from_posting(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.next_429, sandbox.knobs.slack.faults_on = 1, "conversations.history"
    sandbox.knobs.slack.retry_after = 60
    with pytest.raises(Throttled):
        await slack.history(SERVERS, long_ago(sandbox))
    assert (await slack.post(SERVERS, "passa")).text() == "passa"


@pytest.mark.parametrize("fault", ["next_5xx", "drop_before_commit", "drop_after_commit"])
async def test_after_a_lost_answer_looking_tells(sandbox: Running, slack: Slack, fault: str) -> None:
    since = sandbox.clock()
    sandbox.knobs.slack.faults_on = "chat.postMessage"
    setattr(sandbox.knobs.slack, fault, 1)
    with pytest.raises(OutcomeUnknown):
        await slack.post(SERVERS, f"Entrando ({fault})", op_id=f"op-{fault}")
    found = (await slack.find_posted(SERVERS, f"op-{fault}", since, text=f"Entrando ({fault})")).found
    assert [one.op_id for one in found] == ([f"op-{fault}"] if fault == "drop_after_commit" else [])


async def test_looking_knows_a_message_by_its_mark(sandbox: Running, slack: Slack) -> None:
    since = sandbox.clock()
    await slack.post(SERVERS, "Saí", op_id="a1")
    second = await slack.post(SERVERS, "Saí", op_id="a2")
    assert [one.ts for one in (await slack.find_posted(SERVERS, "a2", since, text="Saí")).found] == [
        second.ts
    ]
    assert await slack.find_posted(SERVERS, "a3", since, text="Saí") == Posted()


async def test_slack_says_what_time_it_has(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.clock.offset_seconds += 30
    assert await slack.now() == sandbox.clock().replace(microsecond=0)
    await slack.me()
    sandbox.knobs.clock.offset_seconds += 60
    assert await slack.now() == sandbox.clock().replace(microsecond=0), "asked each time"
    sandbox.knobs.slack.next_errors = ["invalid_auth"]
    with pytest.raises(Unauthorized):
        await slack.now()


async def test_a_moment_that_is_not_told_to_the_minute_hides_no_marked_message(
    sandbox: Running, slack: Slack
) -> None:
    late = sandbox.clock() + timedelta(minutes=2)
    posted = await slack.post(SERVERS, "Entrando adiantado", op_id="adiantado")
    (found,) = (await slack.find_posted(SERVERS, "adiantado", late, text="Entrando adiantado")).found
    assert found.ts == posted.ts


async def test_without_metadata_looking_goes_by_author_and_text(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.metadata_returned = False
    since = sandbox.clock()
    await slack.post(SERVERS, "Saí do servidor <2>", op_id="a1")
    sandbox.say_in_slack("gestor_remote", "Wesley", "Saí do servidor &lt;2&gt;")
    (found,) = (await slack.find_posted(SERVERS, "a1", since, text="Saí do servidor <2>")).found
    assert found.user == "U0AGT01"
    await slack.post(SERVERS, "Saí do servidor <2>", op_id="a2")
    posted = await slack.find_posted(SERVERS, "a2", since, text="Saí do servidor <2>")
    assert len(posted.found) == 2, "unclear"


async def test_an_old_message_with_the_same_text_is_not_it(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.metadata_returned = False
    said = await slack.post(SERVERS, "Entrando, o de sempre")
    sandbox.knobs.clock.offset_seconds += 60
    posted = await slack.find_posted(SERVERS, "x", sandbox.clock(), text="Entrando, o de sempre")
    assert posted.found == ()
    assert [one.ts for one in posted.doubtful] == [said.ts], "a clock may have been set in between"
    later = sandbox.clock() + timedelta(minutes=5)
    assert await slack.find_posted(SERVERS, "x", later, text="Entrando, o de sempre") == Posted()


async def test_a_lost_answer_in_a_thread_is_looked_for_there(sandbox: Running, slack: Slack) -> None:
    since = sandbox.clock()
    head = await slack.post(MANAGER, "Para quem?")
    sandbox.knobs.slack.next_errors, sandbox.knobs.slack.errors_after_commit = ["fatal_error"], True
    with pytest.raises(OutcomeUnknown):
        await slack.post(MANAGER, "e a prioridade?", thread_ts=head.ts, op_id="t1")
    (found,) = (await slack.find_posted(MANAGER, "t1", since, head.ts, text="e a prioridade?")).found
    assert found.thread_ts == head.ts


# -- the low tier --------------------------------------------------------------------------------------


async def test_short_pages_with_more_behind_them_slow_it_down(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.rates_enforced = False
    for number in range(20):
        sandbox.say_in_slack("gestor_remote", "Otávio", f"aviso {number}")
    assert slack.slowed == frozenset()
    sandbox.knobs.slack.tier = "restricted"
    assert len(await slack.history(SERVERS, long_ago(sandbox))) >= 20
    assert slack.slowed == {SERVERS}
    assert slack.interval(SERVERS, 30) == LOW_TIER_INTERVAL
    assert slack.interval(MANAGER, 30) == 30


async def test_a_minute_to_wait_slows_the_channel_down(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.tier = "restricted"
    await slack.history(MANAGER, ts_of(sandbox.clock()))
    assert slack.slowed == frozenset()
    with pytest.raises(Throttled):
        await slack.history(MANAGER, ts_of(sandbox.clock()))
    assert slack.slowed == {MANAGER}


async def test_a_short_pause_slows_nothing_down(sandbox: Running, slack: Slack) -> None:
    sandbox.knobs.slack.next_429, sandbox.knobs.slack.retry_after = 3, 20
    with pytest.raises(Throttled):
        await slack.history(MANAGER, ts_of(sandbox.clock()))
    assert slack.slowed == frozenset()
