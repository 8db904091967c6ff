"""``/api/<method>``: the gate before the methods, any verb, arguments from anywhere."""

import functools
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import reading, writing
from .call import Call, Json, RateLimited, Refused, answer, arguments_of, throttled
from .limits import Limits
from .rows import TokenRow
from .workspace import Workspace

Method = Callable[[Call], Json]
_VERBS = ["GET", "POST"]


def slack_app(workspace: Workspace) -> Starlette:
    """The app on what `seed_slack` put into ``workspace``."""
    gate = _Gate(workspace)
    return Starlette(routes=[Route("/api/{method}", gate.serve, methods=_VERBS)])


class _Gate:
    """What every call passes: token, limit, scope, the faults that are asked for; then its method."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.limits = workspace, Limits(workspace.knobs)
        post = functools.partial(writing.post, limits=self.limits)
        self.methods: dict[str, tuple[Method, str]] = {
            # the method, and the scope that it needs; with {} its kind is that of the channel
            "auth.test": (reading.auth_test, ""),
            "conversations.list": (reading.list_channels, "channels:read"),
            "users.conversations": (reading.own_channels, "channels:read"),
            "conversations.info": (reading.one_channel, "{}:read"),
            "conversations.join": (writing.join, "channels:join"),
            "conversations.history": (reading.history, "{}:history"),
            "conversations.replies": (reading.replies, "{}:history"),
            "chat.postMessage": (post, "chat:write"),
            "chat.getPermalink": (reading.permalink, ""),
            "users.info": (reading.one_user, "users:read"),
            "users.list": (reading.list_users, "users:read"),
            "reactions.add": (writing.react, "reactions:write"),
        }

    async def serve(self, request: Request) -> Response:
        """Answer one request; refusals are 200 with ``ok: false``."""
        token: TokenRow | None = None
        try:
            token = self._token(request)
            arguments = await arguments_of(request)
            body = {"ok": True, **self._do(request.path_params["method"], token, arguments)}
        except Refused as refused:
            body = {"ok": False, "error": refused.word, **refused.more}
        except RateLimited as limit:
            return throttled(limit.wait)
        return answer(body, request, token)

    def _token(self, request: Request) -> TokenRow:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer" or not secret.strip():
            raise Refused("not_authed")
        token = self.workspace.token(secret.strip())
        if token is None:
            raise Refused("invalid_auth")
        return token

    def _do(self, name: str, token: TokenRow, arguments: dict[str, object]) -> Json:
        if name not in self.methods:
            raise Refused("unknown_method")
        method, scope = self.methods[name]
        now, knobs = self.workspace.clock(), self.workspace.knobs
        self.limits.count(name, token["user"], now)
        call = Call(self.workspace, token, arguments, now)
        fails = bool(knobs.next_errors) and knobs.faults_on in f"POST /api/{name}"
        if fails and not knobs.errors_after_commit:
            raise Refused(self._next_error())
        self._need(call, scope)
        self.workspace.catch_up()
        done = method(call)
        if fails:
            raise Refused(self._next_error())
        return done

    def _next_error(self) -> str:
        word, *left = self.workspace.knobs.next_errors
        self.workspace.knobs.next_errors = left
        return word

    def _need(self, call: Call, scope: str) -> None:
        row = self.workspace.channel(call.text("channel"))
        needed = scope.format("groups" if row is not None and row["private"] else "channels")
        if needed and needed not in call.token["scopes"]:
            raise Refused("missing_scope", needed=needed, provided=",".join(call.token["scopes"]))
