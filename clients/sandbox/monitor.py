"""The monitoring page: an HTML login form, a session that expires, and a table of coloured marks."""

import csv
import html
import io
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ..models.times import BRAZIL
from .clock import stamp
from .knobs import MonitorKnobs
from .outages import FAIL, OK, UNKNOWN, Light, lights

USER = "plantao"
LOGIN_PATH, STATUS_PATH = "/home/login", "/home/servicos"
_MARKS = {
    OK: ("verde", "#5cb85c", "Rodando"),
    FAIL: ("vermelho", "#d9534f", "Parado"),
    UNKNOWN: ("cinza", "#999999", "Sem informação"),
}
_LOGIN = """<!DOCTYPE html>
<html lang="pt-BR"><head><meta charset="utf-8"><title>Entrar - Monitoramento</title></head>
<body><div class="login-box"><h2>Monitoramento de serviços</h2>{error}
<form action="{path}" method="post" class="form-signin">
<input name="__RequestVerificationToken" type="hidden" value="{token}">
<input name="ReturnUrl" type="hidden" value="{status}">
<label for="Usuario">Usuário</label><input type="text" id="Usuario" name="Usuario" autocomplete="username">
<label for="Senha">Senha</label><input type="password" id="Senha" name="Senha">
<label><input type="checkbox" name="Lembrar" value="true"> Lembrar</label>
<button type="submit" class="btn btn-primary">Entrar</button>
</form></div></body></html>
"""
_ERROR = '<div class="validation-summary-errors"><ul><li>Usuário ou senha inválidos.</li></ul></div>'
_PAGE = """<!DOCTYPE html>
<html lang="pt-BR"><head><meta charset="{charset}"><title>Serviços - Monitoramento</title></head>
<body><nav><a href="/home/logout">Sair</a></nav><h1>Serviços</h1>
<p>Última verificação: <span class="verificado">{checked}</span></p>
{table}
{link}
</body></html>
"""


class Monitor:
    """The page, its sessions and its tokens."""

    def __init__(
        self, knobs: MonitorKnobs, clock: Callable[[], datetime], started: datetime, password: str
    ) -> None:
        self.knobs, self.clock, self.started, self.password = knobs, clock, started, password
        self.sessions: dict[str, datetime] = {}
        """Cookie value: when it was given."""
        self.tokens: set[str] = set()

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/", self._home),
                Route(LOGIN_PATH, self._login, methods=["GET", "POST"]),
                Route("/home/logout", self._logout),
                Route(STATUS_PATH, self._services),
                Route("/api/servicos.json", self._json),
                Route("/servicos.csv", self._csv),
            ]
        )

    def lights(self) -> list[Light]:
        """The services that are shown now."""
        every = lights(self.started, self.clock(), self.knobs.states)
        return [light for light in every if f"{light.client}/{light.service}" not in self.knobs.left_out]

    def own_clock(self) -> datetime:
        """What time the monitoring believes it is."""
        return self.clock() + timedelta(seconds=self.knobs.clock_ahead_seconds)

    async def _home(self, request: Request) -> Response:
        return RedirectResponse(STATUS_PATH, 302)

    async def _login(self, request: Request) -> Response:
        if request.method == "GET":
            return self._form()
        form = {
            key: values[-1]
            for key, values in parse_qs((await request.body()).decode("utf-8", "replace")).items()
        }
        token = form.get("__RequestVerificationToken", "")
        if token not in self.tokens or token != request.cookies.get("__RequestVerificationToken"):
            return HTMLResponse("<h1>The required anti-forgery form field is not present.</h1>", 500)
        self.tokens.discard(token)
        if form.get("Usuario") != USER or form.get("Senha") != self.password:
            return self._form(error=_ERROR)  # with status 200, as such pages do
        session = secrets.token_urlsafe(18)
        self.sessions[session] = self.clock()
        answer = RedirectResponse(STATUS_PATH, 302)
        answer.set_cookie(".ASPXAUTH", session, httponly=True)
        return answer

    def _form(self, error: str = "") -> Response:
        token = secrets.token_urlsafe(18)
        self.tokens.add(token)
        answer = HTMLResponse(_LOGIN.format(error=error, path=LOGIN_PATH, status=STATUS_PATH, token=token))
        answer.set_cookie("__RequestVerificationToken", token, httponly=True)
        return answer

    async def _logout(self, request: Request) -> Response:
        self.sessions.pop(request.cookies.get(".ASPXAUTH", ""), None)
        return RedirectResponse(LOGIN_PATH, 302)

    async def _services(self, request: Request) -> Response:
        given = self.sessions.get(request.cookies.get(".ASPXAUTH", ""))
        if given is None or self.clock() >= given + timedelta(seconds=self.knobs.session_seconds):
            return RedirectResponse(f"{LOGIN_PATH}?ReturnUrl=%2Fhome%2Fservicos", 302)
        asked = request.query_params.get("pagina", "1")
        number = int(asked) if asked.isdecimal() else 1
        if number > 1 and self._turn_down("next_lost_session"):
            self.sessions.clear()
            return RedirectResponse(LOGIN_PATH, 302)
        return self._page(number)

    def _page(self, number: int) -> Response:
        knobs, every = self.knobs, self.lights()
        size = -(-len(every) // knobs.pages)
        shown = every[(number - 1) * size : number * size]
        link = f'<a class="proxima" href="?pagina={number + 1}">Próxima</a>' if number < knobs.pages else ""
        page = _PAGE.format(
            charset=knobs.charset_said,
            checked=_local(self.own_clock()),
            table=_other_table(shown) if knobs.markup_changed else _table(shown),
            link=link,
        )
        if self._turn_down("next_broken_off"):
            page = page[: len(page) * 2 // 3]
        kind = f"text/html; charset={knobs.charset_said}"
        return Response(page.encode(knobs.charset, "replace"), headers={"content-type": kind})

    def _turn_down(self, knob: str) -> bool:
        left: int = getattr(self.knobs, knob)
        setattr(self.knobs, knob, max(0, left - 1))
        return left > 0

    async def _json(self, request: Request) -> Response:
        rows = [
            {
                "cliente": light.client,
                "servico": light.service,
                "tipo": light.kind,
                "status": light.state,
                "desde": stamp(light.since),
                "verificado_em": stamp(self.own_clock()),
                "observacao": light.note,
            }
            for light in self.lights()
        ]
        return Response(json.dumps({"servicos": rows}, ensure_ascii=False), media_type="application/json")

    async def _csv(self, request: Request) -> Response:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(("Cliente", "Serviço", "Tipo", "Status", "Desde", "Observação"))
        for light in self.lights():
            since = _local(light.since)
            writer.writerow((light.client, light.service, light.kind, light.state, since, light.note))
        return Response(text.getvalue(), media_type="text/csv; charset=utf-8")


def _local(moment: datetime) -> str:
    return moment.astimezone(BRAZIL).strftime("%d/%m/%Y %H:%M")


def _table(rows: list[Light]) -> str:
    lines = []
    for light in rows:
        css, colour, title = _MARKS[light.state]
        lines.append(
            f'<tr class="servico"><td class="cliente">{html.escape(light.client)}</td>'
            f'<td class="nome">{html.escape(light.service)}</td>'
            f'<td class="status"><span class="bolinha {css}" style="background-color: {colour}"'
            f' title="{title}"></span></td>'
            f'<td class="desde">{_local(light.since)}</td><td class="obs">{html.escape(light.note)}</td>'
            f'<td class="tipo">{html.escape(light.kind)}</td></tr>'
        )
    head = "".join(
        f"<th>{name}</th>" for name in ("Cliente", "Serviço", "Status", "Desde", "Observação", "Tipo")
    )
    body = "\n".join(lines)
    return f'<table class="table servicos"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'


def _other_table(rows: list[Light]) -> str:
    """The same after somebody redesigned the page: no class, colour or word that was known."""
    shapes = {OK: "M2 8l4 4 8-8", FAIL: "M3 3l10 10M13 3L3 13", UNKNOWN: "M8 3v7"}
    return "\n".join(
        f'<section data-c="{html.escape(light.client)}"><h3>{html.escape(light.client)}</h3>'
        f"<p>{html.escape(light.service)}</p>"
        f'<svg viewBox="0 0 16 16"><path d="{shapes[light.state]}"/></svg></section>'
        for light in rows
    )
