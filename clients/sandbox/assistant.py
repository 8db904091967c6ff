"""A language model in the dialect of OpenAI: streaming and whole, deterministic, as odd as it is told to be.

The model rewrites as the offline assistant does; the second time a text comes, with the answers below their
headings.
"""

import asyncio
import hmac
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ..models.assistant.headings import ASKED, HEADINGS
from ..models.assistant.offline import rewrite
from ..models.assistant.private import PLACEHOLDER
from .knobs import AssistantKnobs

MODEL = "redator-demo"
INVENTED = "O erro passou a acontecer na versão 99.7, com o código XPTO-777."
_BETWEEN = re.compile(r"<<<([^<>\n]+)>>>\n(.*)\n<<<fim \1>>>", re.DOTALL)
_WORDS = re.compile(r"\s*\S+")
_AT_A_TIME = 3
"""Words in one event."""


def assistant_app(knobs: AssistantKnobs, key: str) -> Starlette:
    """``/v1/chat/completions`` and ``/v1/models``, for those who have ``key``."""
    model = _Model(knobs, key)
    return Starlette(
        routes=[
            Route("/v1/chat/completions", model.complete, methods=["POST"]),
            Route("/v1/models", model.offered, methods=["GET"]),
        ]
    )


class _Model:
    def __init__(self, knobs: AssistantKnobs, key: str) -> None:
        self.knobs, self.key = knobs, key
        self.asked: Counter[str] = Counter()
        """How often each text was to be rewritten."""

    async def offered(self, request: Request) -> Response:
        """The list of models, where the server has one."""
        if refusal := self._refused(request):
            return refusal
        if not self.knobs.lists_models:
            return _error(404, "Not Found", "invalid_request_error")
        return JSONResponse({"object": "list", "data": [{"id": MODEL, "object": "model"}]})

    async def complete(self, request: Request) -> Response:
        """One answer."""
        if refusal := self._refused(request):
            return refusal
        if self.knobs.loading:
            self.knobs.loading -= 1
            return JSONResponse(
                {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}, 503
            )
        try:
            body = json.loads(await request.body())
        except ValueError:
            return _error(400, "We could not parse the JSON body of your request.", "invalid_request_error")
        if refusal := self._wrong(body):
            return refusal
        text = self._answer(str(body["messages"][-1]["content"]))
        if body.get("stream") and self.knobs.streams:
            return StreamingResponse(self._events(text), media_type="text/event-stream")
        choice = {"index": 0, "message": {"role": "assistant", "content": text}}
        choice["finish_reason"] = self.knobs.finish
        return JSONResponse({"object": "chat.completion", "model": MODEL, "choices": [choice]})

    def _refused(self, request: Request) -> Response | None:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {self.key}".encode()):
            return None
        return _error(401, "Incorrect API key provided", "invalid_request_error")

    def _wrong(self, body: object) -> Response | None:
        if (
            not isinstance(body, Mapping)
            or not isinstance(body.get("messages"), list)
            or not body["messages"]
        ):
            return _error(400, "'messages' is a required property", "invalid_request_error", "messages")
        if body.get("model") != MODEL:
            return _error(404, f"The model '{body.get('model')}' does not exist", "invalid_request_error")
        if self.knobs.refuses_max_tokens and "max_tokens" in body:
            told = "Unsupported parameter: 'max_tokens' is not supported with this model."
            return _error(400, told, "invalid_request_error", "max_tokens")
        return None

    def _answer(self, content: str) -> str:
        between = _BETWEEN.search(content)
        given = between[2] if between else content
        self.asked[given] += 1
        proposal = rewrite(given)
        text = proposal.text
        if self.asked[given] % 2 == 0:
            text = re.sub(rf"(?m)^({'|'.join(HEADINGS)}): ", r"\1:\n", text)
        for heading in HEADINGS:
            if ASKED[heading] in proposal.questions:
                text += f"\n{heading}: [não informado: {ASKED[heading]}]"
        if self.knobs.loses_placeholder and (mark := PLACEHOLDER.search(text)):
            text = text.replace(mark[0], "o dado protegido")
        return f"{text}\n{INVENTED}" if self.knobs.invents_fact else text

    async def _events(self, text: str) -> AsyncIterator[str]:
        """As servers send them, oddities and all: a comment, a role without content, nulls, a last usage."""
        yield ": ping\n\n"
        yield _event({"delta": {"role": "assistant", "content": None}})
        pieces = _WORDS.findall(text)
        steps = range(0, len(pieces), _AT_A_TIME)
        for number, start in enumerate(steps):
            if self.knobs.slow_ms:
                await asyncio.sleep(self.knobs.slow_ms / 1000)
            if number == len(steps) // 2:
                if self.knobs.next_midstream_error:
                    self.knobs.next_midstream_error -= 1
                    yield 'data: {"error": {"message": "CUDA out of memory", "type": "server_error"}}\n\n'
                    return
                if self.knobs.next_midstream_cut:
                    self.knobs.next_midstream_cut -= 1
                    return
            yield _event({"delta": {"content": "".join(pieces[start : start + _AT_A_TIME])}})
        yield _event({"delta": {}, "finish_reason": self.knobs.finish})
        yield 'data: {"choices": [], "usage": {"total_tokens": 7}}\r\n\r\n'
        yield "data: [DONE]\n\n"


def _event(choice: dict[str, object]) -> str:
    body = {"object": "chat.completion.chunk", "model": MODEL, "choices": [{"index": 0, **choice}]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def _error(status: int, message: str, kind: str, param: str | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": kind, "param": param, "code": None}}, status)
