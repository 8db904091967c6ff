"""The model's server in all its moods: what is waited for, what is told, and what is never asked twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from pydantic import SecretStr

from clients.assistant import Assistant, Patience, clean
from clients.assistant_stream import MAX_ANSWER, AnswerStream, Finish
from clients.assistant_verdict import Loading
from clients.errors import NotFound, RemoteError, ServerTrouble, Throttled, Unauthorized, Unreachable
from clients.models.assistant.masking import mask
from clients.models.assistant.offline import rewrite
from clients.models.assistant.progress import Progress, Waiting, Writing
from clients.models.assistant.prompt import Prompt, build_prompt
from clients.sandbox.assistant import INVENTED, MODEL
from clients.sandbox.knobs import AssistantKnobs, Knobs
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.form_desk import GOOD

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
TEXT = (
    "O pedido de ana@exemplo.com.br não salva. Aparece “Erro 500: parcela inválida” com a mensagem na tela."
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=5, clock=frozen) as running:
        yield running


@pytest.fixture
def running(served: Running) -> Iterator[Running]:
    served.journal.writes.clear()
    yield served
    served.knobs.turn(Knobs().model_dump())


@pytest.fixture
def knobs(running: Running) -> AssistantKnobs:
    return running.knobs.assistant


class Paused:
    """Sleeps that take no time, and are counted."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@asynccontextmanager
async def asking(
    running: Running,
    *,
    key: str = "",
    model: str = MODEL,
    patience: Patience | None = None,
    sleep: Paused | None = None,
) -> AsyncIterator[Assistant]:
    assistant = Assistant(
        f"{running.urls.assistant}/v1",
        model,
        SecretStr(key or running.keys.assistant),
        patience=patience,
        sleep=sleep or Paused(),
    )
    try:
        yield assistant
    finally:
        await assistant.aclose()


def asked(text: str = TEXT) -> Prompt:
    return build_prompt(mask(text).text, lambda: "f00d")


def untold(progress: Progress) -> None:
    """For tests that do not look at it."""


def calls(running: Running) -> int:
    return len(running.journal.of("assistant", "POST", "/chat/completions"))


@pytest.mark.parametrize("streams", [True, False])
async def test_an_answer_streamed_or_whole(running: Running, knobs: AssistantKnobs, streams: bool) -> None:
    knobs.streams = streams
    told: list[Progress] = []
    async with asking(running) as assistant:
        answer = await assistant.rewrite(asked(GOOD.description), told.append)
    assert answer.text.split() == rewrite(GOOD.description).text.split()
    assert answer.finish is Finish.STOP
    lengths = [one.characters for one in told if isinstance(one, Writing)]
    assert lengths == sorted(lengths)
    assert lengths[-1] == len(answer.text)
    assert (len(lengths) > 3) is streams
    assert "ana@" not in running.journal.of("assistant")[0].body
    assert calls(running) == 1


async def test_only_the_masked_text_travels_and_comes_back_whole(running: Running) -> None:
    masked = mask(TEXT)
    async with asking(running) as assistant:
        answer = await assistant.rewrite(build_prompt(masked.text, lambda: "f00d"), untold)
    assert "ana@exemplo" not in running.journal.of("assistant")[0].body
    assert "ana@exemplo.com.br" in masked.restore(answer.text).text


@pytest.mark.parametrize("knob", ["loses_placeholder", "invents_fact"])
async def test_what_a_model_may_do_to_a_text_is_seen(
    running: Running, knobs: AssistantKnobs, knob: str
) -> None:
    setattr(knobs, knob, True)
    masked = mask(TEXT)
    async with asking(running) as assistant:
        answer = await assistant.rewrite(build_prompt(masked.text, lambda: "f00d"), untold)
    restored = masked.restore(answer.text)
    assert restored.missing == (("‹EMAIL_1›",) if knob == "loses_placeholder" else ())
    assert (INVENTED in restored.text) is (knob == "invents_fact")


async def test_a_model_that_is_loading_is_waited_for_and_told(
    running: Running, knobs: AssistantKnobs
) -> None:
    knobs.loading = 2
    told: list[Progress] = []
    sleep = Paused()
    async with asking(running, sleep=sleep) as assistant:
        await assistant.rewrite(asked(), told.append)
    assert [one.why for one in told if isinstance(one, Waiting)] == ["modelo sendo carregado"] * 2
    assert sleep.slept == [3.0, 3.0]
    assert calls(running) == 3


async def test_a_model_that_never_comes_is_given_up(running: Running, knobs: AssistantKnobs) -> None:
    knobs.loading = 99
    sleep = Paused()
    async with asking(running, sleep=sleep, patience=Patience(loading=7.0)) as assistant:
        with pytest.raises(Loading):
            await assistant.rewrite(asked(), untold)
    assert sleep.slept == [3.0, 3.0]


async def test_the_limit_is_waited_for_as_long_as_the_server_says(
    running: Running, knobs: AssistantKnobs
) -> None:
    knobs.next_429, knobs.retry_after = 1, 0
    sleep = Paused()
    async with asking(running, sleep=sleep) as assistant:
        await assistant.rewrite(asked(), untold)
    assert sleep.slept == [0.0]
    knobs.next_429, knobs.retry_after = 1, 4000
    async with asking(running, sleep=sleep) as assistant:
        with pytest.raises(Throttled):
            await assistant.rewrite(asked(), untold)
    assert sleep.slept == [0.0]


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"next_midstream_error": 1}, ServerTrouble, "CUDA out of memory"),
        ({"next_midstream_cut": 1}, ServerTrouble, "cortada no meio"),
        ({"next_5xx": 1}, ServerTrouble, "502"),
        ({"next_5xx": 1, "status_5xx": 503}, ServerTrouble, "503"),
        ({"drop_before_commit": 1}, ServerTrouble, "conexão"),
        ({"drop_after_commit": 1}, ServerTrouble, "conexão"),
    ],
)
async def test_what_goes_wrong_is_told_and_never_asked_again(
    running: Running,
    knobs: AssistantKnobs,
    changes: dict[str, int],
    kind: type[RemoteError],
    words: str,
) -> None:
    for knob, value in changes.items():
        setattr(knobs, knob, value)
    sleep = Paused()
    async with asking(running, sleep=sleep) as assistant:
        with pytest.raises(kind) as failed:
            await assistant.rewrite(asked(), untold)
        assert words in failed.value.message
        assert sleep.slept == []
        assert calls(running) <= 1
        await assistant.rewrite(asked(), untold)  # and the next time is as if nothing had been


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        ({"key": "outra-chave"}, Unauthorized, "Incorrect API key provided"),
        ({"model": "outro"}, NotFound, "'outro' does not exist"),
    ],
)
async def test_refusals_come_in_the_servers_words(
    running: Running, wrong: dict[str, str], kind: type[RemoteError], words: str
) -> None:
    async with asking(running, **wrong) as assistant:  # type: ignore[arg-type]
        with pytest.raises(kind) as refused:
            await assistant.rewrite(asked(), untold)
    assert words in refused.value.message
    assert "[assistente]" in refused.value.way_out
    assert "outra-chave" not in str(refused.value)


async def test_a_newer_model_gets_the_limit_under_its_newer_name(
    running: Running, knobs: AssistantKnobs
) -> None:
    knobs.refuses_max_tokens = True
    async with asking(running) as assistant:
        await assistant.rewrite(asked(), untold)
    first, second = running.journal.of("assistant")
    assert '"max_tokens"' in first.body
    assert '"max_completion_tokens"' in second.body
    assert '"max_tokens"' not in second.body


@pytest.mark.parametrize("finish", ["length", "content_filter"])
async def test_why_it_ended_is_told(running: Running, finish: str) -> None:
    running.knobs.turn({"assistant": {"finish": finish}})
    async with asking(running) as assistant:
        assert (await assistant.rewrite(asked(), untold)).finish is Finish(finish)


async def test_no_word_in_time(running: Running, knobs: AssistantKnobs) -> None:
    knobs.slow_ms = 60_000
    async with asking(running, patience=Patience(first_word=0.2)) as assistant:
        with pytest.raises(ServerTrouble, match="nenhuma palavra"):
            await assistant.rewrite(asked(), untold)


async def test_the_whole_has_an_end_too(running: Running, knobs: AssistantKnobs) -> None:
    knobs.slow_ms = 50
    async with asking(running, patience=Patience(first_word=30.0, total=0.3)) as assistant:
        with pytest.raises(ServerTrouble, match="tempo esperado"):
            await assistant.rewrite(asked(GOOD.description * 3), untold)


async def test_cancelling_closes_the_connection(running: Running, knobs: AssistantKnobs) -> None:
    knobs.slow_ms = 100
    begun = asyncio.Event()
    async with asking(running) as assistant:
        task = asyncio.create_task(assistant.rewrite(asked(GOOD.description), lambda progress: begun.set()))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        knobs.slow_ms = 0
        assert (await assistant.rewrite(asked(), untold)).text


async def test_nobody_there() -> None:
    assistant = Assistant("http://127.0.0.1:9/v1", MODEL)
    with pytest.raises(Unreachable):
        await assistant.rewrite(asked(), untold)
    await assistant.aclose()


async def test_the_models_that_a_server_lists(running: Running, knobs: AssistantKnobs) -> None:
    async with asking(running) as assistant:
        assert await assistant.models() == (MODEL,)
        knobs.lists_models = False
        with pytest.raises(NotFound):
            await assistant.models()


class TestStreams:
    """What real servers send, byte for byte."""

    @staticmethod
    def read(*pieces: str) -> AnswerStream:
        stream = AnswerStream(lambda characters: None)
        for piece in pieces:
            if not stream.write(piece.encode()):
                break
        stream.close()
        return stream

    def test_however_it_is_cut_into_pieces(self) -> None:
        sent = (
            "\ufeff: ping\r\n\r\nevent: message\r\nid: 1\r\n"
            'data:{"choices":[{"delta":{"content":"São "}}]}\r\n\r\n'
            'data: {"choices":\ndata: [{"delta":{"content":"Paulo"}}]}\n\ndata: {"choices":[]}\n\n'
            'data: {"choices":[{"delta":null,"finish_reason":"tool_calls"}]}\n\n'
            'data: [DONE]\n\ndata: {"error":"x"}\n\n'
        ).encode()
        for size in (1, 2, 7, len(sent)):
            stream = AnswerStream(lambda characters: None)
            for start in range(0, len(sent), size):
                stream.write(sent[start : start + size])
            stream.close()
            assert (stream.text, stream.fault, stream.is_complete) == ("São Paulo", "", True), size

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            ('data: {"error": {"message": "boom", "code": 500}}', "boom"),
            ('data: {"error": "boom"}', "boom"),
            ('data: {"object": "error", "message": "boom"}', "boom"),
            ('event: error\ndata: {"error": {"code": "overloaded"}}', "overloaded"),
            ("data: {nonsense", "mandou um trecho ilegível"),
        ],
    )
    def test_an_error_in_the_middle(self, line: str, fault: str) -> None:
        assert self.read('data: {"choices":[{"delta":{"content":"a"}}]}\n\n', f"{line}\n\n").fault == fault

    def test_an_end_without_done_counts_where_the_reason_was_told(self) -> None:
        assert self.read('data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}').is_complete
        assert not self.read('data: {"choices":[{"delta":{"content":"a"}}]}\n\n').is_complete
        assert not self.read("").is_complete

    def test_a_whole_answer_and_its_parts(self) -> None:
        stream = self.read('{"choices": [{"message": {"content": [{"type": "text", "te', 'xt": "olá"}]}}]}')
        assert (stream.text, stream.is_complete) == ("olá", True)
        assert self.read('{"error": {"message": "boom"}}').fault == "boom"

    def test_more_than_enough_is_cut_and_told(self) -> None:
        piece = 'data: {"choices":[{"delta":{"content":"' + "a" * 9_000 + '"}}]}\n\n'
        stream = self.read(piece, piece, piece, piece)
        assert (len(stream.text), stream.finish) == (MAX_ANSWER, Finish.LENGTH)

    @pytest.mark.parametrize(
        ("answer", "text"),
        [
            ("<think>hum</think>\n\nOnde: aqui", "Onde: aqui"),
            ("```text\nOnde: aqui\n```", "Onde: aqui"),
            ("a\x1b[31mb\u202e", "a␛[31mb<U+202E>"),
        ],
    )
    def test_what_is_shown_is_clean(self, answer: str, text: str) -> None:
        assert clean(answer) == text


async def test_a_redirect_is_not_followed_and_the_key_stays() -> None:
    seen: list[httpx.Request] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(307, headers={"location": "https://outro.exemplo.com.br/"})

    assistant = Assistant(
        "https://ia.exemplo.com.br/v1", "m", SecretStr("k1"), transport=httpx.MockTransport(elsewhere)
    )
    with pytest.raises(ServerTrouble):
        await assistant.rewrite(asked(), untold)
    assert [request.url.host for request in seen] == ["ia.exemplo.com.br"]
    await assistant.aclose()
