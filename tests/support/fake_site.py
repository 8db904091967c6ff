"""A site at the transport: a status page behind a login form, as browsers meet it."""

from collections.abc import Callable
from urllib.parse import parse_qs

import httpx

from clients.http import Http

LOGIN = """
<html><body><form action="/home/entrar" method="post">
<input type="hidden" name="__RequestVerificationToken" value="t0ken">
<input type="text" name="Usuario"><input type="password" name="Senha">
<button type="submit" name="acao" value="entrar">Entrar</button></form></body></html>
"""


class Site:
    """Holds one session; ``page`` is what it shows to those who are in."""

    def __init__(self, page: str | bytes, *, password: str = "segredo") -> None:
        self.page = page
        self.password = password
        self.login_page = LOGIN
        self.content_type = "text/html"
        self.sessions: set[str] = set()
        self.logins: list[dict[str, str]] = []
        self.forgets_at_once = False
        self.redirects_to_login = False
        self.drops_logins = False
        self.closed: set[str] = set()
        """Paths that want a login of everybody, always."""
        self.pages: dict[str, str] = {}
        """Further pages, by what ``?p=`` says."""
        self.lost_between = 0
        """How many sessions end when a further page is asked for."""
        self.asked: list[str] = []

    def http(self, base_url: str = "http://monitor.exemplo.com.br") -> Http:
        """Return a client whose transport is this site."""
        return Http("Monitoramento", base_url, browser=True, transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append(request.method + " " + request.url.raw_path.decode())
        further = request.url.params.get("p")
        if further and self.lost_between:
            self.lost_between -= 1
            self.sessions.clear()
        if request.method == "POST":
            return self._log_in(request)
        cookie = request.headers.get("cookie", "").partition("sessao=")[2]
        if path == "/home/login" or cookie not in self.sessions or path in self.closed:
            if self.redirects_to_login and path != "/home/login":
                return httpx.Response(302, headers={"location": "/home/login"})
            return httpx.Response(200, text=self.login_page, headers={"content-type": "text/html"})
        if self.forgets_at_once:
            self.sessions.clear()
        page = self.pages[further] if further else self.page
        content = page if isinstance(page, bytes) else page.encode()
        return httpx.Response(200, content=content, headers={"content-type": self.content_type})

    def _log_in(self, request: httpx.Request) -> httpx.Response:
        if self.drops_logins:
            raise httpx.ReadError("connection lost")
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        self.logins.append(form)
        expected = {"__RequestVerificationToken": "t0ken", "Senha": self.password}
        if request.url.path != "/home/entrar" or not expected.items() <= form.items():
            return httpx.Response(200, text=self.login_page, headers={"content-type": "text/html"})
        session = f"s{len(self.logins)}"
        if not self.forgets_at_once:
            self.sessions.add(session)
        return httpx.Response(302, headers={"location": "/", "set-cookie": f"sessao={session}; Path=/"})


def serving(answer: Callable[[httpx.Request], httpx.Response]) -> Http:
    """Return a client of a system that answers as ``answer`` says."""
    return Http("Licenças", "http://licencas.exemplo.com.br", transport=httpx.MockTransport(answer))
