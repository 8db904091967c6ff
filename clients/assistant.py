"""A language model behind any OpenAI-compatible address: Ollama, llama.cpp, vLLM, a service on the net."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from .assistant_stream import AnswerStream, Finish
from .assistant_verdict import Loading, Refused, judge
from .errors import RemoteError, ServerTrouble, Throttled
from .http import Http, Transport, bearer_key
from .limiter import Limiter
from .loopback import Destination, destination
from .models.assistant.progress import Progress, Waiting, Writing
from .models.assistant.prompt import Prompt
from .models.text import safe_text

SYSTEM = "Assistente"
MAX_TOKENS = 4_000
TEMPERATURE = 0.2
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)
_FENCE = re.compile(r"\A\s*```[^\n`]*\n(.*?)\n?```\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Patience:
    """How long is waited, in seconds."""

    connect: float = 5.0
    first_word: float = 60.0
    """From asking to the first word of the answer."""
    total: float = 120.0
    loading: float = 180.0
    """For a model that is being loaded, or for the account's limit, over all tries."""
    between: float = 3.0
    """Two tries, where the server does not say."""


@dataclass(frozen=True)
class Answer:
    """What the model wrote."""

    text: str = field(repr=False)
    finish: Finish


class Assistant:
    """One model at one address. Use it from one event loop; close it with `aclose`.

    Cancelling `rewrite` closes the connection, which tells the server to stop.
    """

    def __init__(
        self,
        url: str,
        model: str,
        key: SecretStr | None = None,
        *,
        ca_file: Path | None = None,
        patience: Patience | None = None,
        transport: Transport | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``url`` ends before ``/chat/completions``. SettingsError where address or key cannot be used."""
        self.model = model
        self.destination: Destination = destination(url)
        self._patience = patience or Patience()
        self._sleep = sleep
        self._http = Http(
            SYSTEM,
            url,
            auth=bearer_key(key) if key is not None else None,
            limiter=Limiter(longest_wait=0.0),  # waiting is done here, where it can be told
            ca_file=ca_file,
            connect_timeout=self._patience.connect,
            read_timeout=self._patience.first_word,
            total_timeout=self._patience.total,
            judge=judge,
            transport=transport,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def models(self) -> tuple[str, ...]:
        """Return the models that the server offers, as far as it says. Raises RemoteError."""
        answer = (await self._http.read("models")).json()
        rows = answer.get("data") if isinstance(answer, Mapping) else None
        named = (row.get("id") for row in rows or () if isinstance(row, Mapping))
        return tuple(safe_text(name, multiline=False) for name in named if isinstance(name, str))

    async def rewrite(self, prompt: Prompt, told: Callable[[Progress], None]) -> Answer:
        """Ask once, and again only where the server said that it has not begun (429, a model being loaded).

        Raises RemoteError; what was written up to an error is dropped.
        """
        body = self._body(prompt)
        waited = 0.0
        while True:
            try:
                return await self._ask(body, told)
            except (Throttled, Loading) as error:
                pause = self._patience.between if error.retry_after is None else error.retry_after
                why = "modelo sendo carregado" if isinstance(error, Loading) else "limite do servidor"
                failure: RemoteError = error
            except Refused as error:
                body, changed = _adapted(body, error.param)
                if not changed:
                    raise
                continue
            waited += pause
            if waited > self._patience.loading:
                raise failure
            told(Waiting(why, pause))
            await self._sleep(pause)

    async def _ask(self, body: Mapping[str, object], told: Callable[[Progress], None]) -> Answer:
        late = asyncio.timeout(self._patience.first_word)

        def heard(characters: int) -> None:
            late.reschedule(None)  # from the first word on only the whole counts
            told(Writing(characters))

        stream = AnswerStream(heard)
        try:
            async with late:
                await self._http.converse("chat/completions", json=body, into=stream)
                stream.close()
        except TimeoutError:
            too_late = True
        else:
            too_late = False
        if too_late:
            raise ServerTrouble(SYSTEM, f"nenhuma palavra em {self._patience.first_word:.0f} s")
        return _answer(stream)

    def _body(self, prompt: Prompt) -> dict[str, object]:
        return {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "temperature": TEMPERATURE,
            "max_tokens": MAX_TOKENS,
            "stream": True,
        }


def _adapted(body: dict[str, object], param: str) -> tuple[dict[str, object], bool]:
    """The request without what newer models refuse by name, and whether that makes it another one."""
    if param == "max_tokens" and "max_tokens" in body:
        rest = {name: value for name, value in body.items() if name != "max_tokens"}
        return {**rest, "max_completion_tokens": MAX_TOKENS}, True
    if param == "temperature" and "temperature" in body:
        return {name: value for name, value in body.items() if name != "temperature"}, True
    return body, False


def _answer(stream: AnswerStream) -> Answer:
    if stream.fault:
        raise ServerTrouble(SYSTEM, f"o modelo parou no meio: {stream.fault[:300]}")
    text = clean(stream.text)
    if not stream.is_complete:
        raise ServerTrouble(SYSTEM, "a resposta foi cortada no meio")
    if not text:
        kept_back = stream.finish is Finish.FILTER
        raise ServerTrouble(
            SYSTEM,
            "o filtro do servidor reteve a resposta" if kept_back else "respondeu sem texto nenhum",
            way_out="Tente outra vez, ou use o modo offline.",
        )
    return Answer(text, stream.finish or Finish.STOP)


def clean(text: str) -> str:
    """Return an answer as text that can be shown: without thoughts, code fences and control characters."""
    text = _THOUGHTS.sub("", text)
    fenced = _FENCE.match(text)
    return safe_text(fenced[1] if fenced else text).strip()
