"""Where the state of the clients' services comes from, and the first such source: the status page (R1)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

from pydantic import SecretStr

from .charset import mended
from .errors import OutcomeUnknown, PlantaoError, ServerTrouble, SourceError, Unauthorized
from .models.page_rules import PageRules
from .models.service import Service
from .models.service_reading import worst_of
from .monitor_login import LoginForm, find_login
from .monitor_notes import Notes
from .monitor_page import Page
from .monitor_whole import broken_off

if TYPE_CHECKING:
    from .http import Http, Response

MAX_PAGES = 20
_STATUS, _LOGIN, _SENT = "página de situação", "página de entrada", "envio da entrada"


class MonitorSource(Protocol):
    """Anything that knows which services run."""

    async def services(self, notes: Notes | None = None) -> tuple[Service, ...]:
        """Return all services, in the source's order; never an empty board for one that was not read.

        ``notes`` is told what was met on the way. `SourceError` where the source does not say what it
        should, `RemoteError` where it cannot be had.
        """
        ...


@dataclass(frozen=True)
class _Seen:
    """A page that came."""

    answer: "Response"
    html: str
    form: LoginForm | None
    """The login form that it shows: it is not what was asked for then."""


class StatusPage:
    """The status page behind its login form. ``http`` must keep cookies (``browser=True``)."""

    def __init__(self, http: "Http", user: str, password: SecretStr, rules: PageRules | None = None) -> None:
        self._http = http
        self._user = user
        self._password = password
        self._rules = rules or PageRules()

    async def services(self, notes: Notes | None = None) -> tuple[Service, ...]:
        """Read the page and those that follow it, logging in where the session is new or has run out.

        A session that ends between two pages is renewed once, and all is read anew: rows may have moved.
        """
        notes = notes or Notes()
        found = await self._read_pages(notes)
        if not found:
            notes.anew()
            found = await self._read_pages(notes)
        if not found:
            raise SourceError(
                f"{self._http.system}: a entrada foi feita de novo, e a sessão se perdeu outra vez",
                title="Sessão perdida entre as páginas",
                way_out="Veja se alguém mais usa o mesmo usuário, ou se a sessão dura pouco.",
            )
        return found

    async def _read_pages(self, notes: Notes) -> tuple[Service, ...]:
        """Return the services of all pages; none where the session ended between two of them."""
        seen: _Seen | None = await self._enter(notes)
        visited: set[str] = set()
        services: list[Service] = []
        number = 1
        while seen is not None and seen.form is None:
            page = Page(self._whole(seen), self._where(seen.answer), self._rules, notes)
            services += page.services()
            here = seen.answer.url.partition("#")[0]
            following = self._following(page.next_address(), here, visited | {here})
            if not following:
                return worst_of(services)
            if number == MAX_PAGES:
                raise self._endless(f"são mais de {MAX_PAGES} páginas")
            number, visited = number + 1, visited | {here, following}
            seen = await self._look(following, f"página {number}", notes)
        return ()

    async def _enter(self, notes: Notes) -> _Seen:
        """Return the status page, which wants a login once at most."""
        seen = await self._look(self._rules.status_path, _STATUS, notes)
        if seen is None or seen.form is not None:
            await self._log_in(seen.form if seen is not None else None, notes)
            seen = await self._look(self._rules.status_path, _STATUS, notes)
        if seen is None or seen.form is not None:
            raise Unauthorized(
                self._http.system,
                "a página voltou a pedir a senha depois da entrada",
                title="A entrada não se mantém",
                way_out="Confira caminho_situacao, e se esse usuário pode ver a página.",
            )
        return seen

    async def _look(self, address: str, what: str, notes: Notes) -> _Seen | None:
        """Fetch a page, with the login form that it shows; None on 401."""
        try:
            return await self._fetch(address, what, notes)
        except Unauthorized:
            return None

    async def _fetch(self, address: str, what: str, notes: Notes) -> _Seen:
        notes.begin()
        try:
            answer = await self._http.read(address)
        except PlantaoError as error:
            notes.refused(what, self._http.address(address), error)
            raise
        return self._seen(answer, what, notes)

    def _seen(self, answer: "Response", what: str, notes: Notes) -> _Seen:
        decoded, rules = mended(answer.decoded()), self._rules
        try:
            form = find_login(
                decoded.text, answer.url, user_field=rules.user_field, password_field=rules.password_field
            )
        except SourceError:  # a form that cannot be used, which is still an answer
            notes.answered(what, answer, decoded)
            raise
        asks = form is not None and what != _LOGIN
        notes.answered(f"{what} (pediu a senha)" if asks else what, answer, decoded)
        return _Seen(answer, decoded.text, form)

    async def _log_in(self, form: LoginForm | None, notes: Notes) -> None:
        if form is None:
            page = await self._fetch(self._rules.login_path, _LOGIN, notes)
            form = page.form
            if form is None:
                raise SourceError(
                    f"{self._where(page.answer)}: não há formulário com campo de senha",
                    title="Entrada do monitoramento",
                    way_out="Confira caminho_login na configuração.",
                )
        if not self._http.is_ours(form.action):
            raise SourceError(
                f"o formulário de entrada envia a senha para outro servidor: {form.action.partition('?')[0]}",
                title="Entrada do monitoramento",
                way_out="Confira o endereço (http ou https) na configuração.",
            )
        came = await self._send(form, notes)
        if came.form is not None:
            led_back = came.answer.url.partition("?")[0] != form.action.partition("?")[0]
            raise Unauthorized(
                self._http.system,
                f"usuário ou senha recusados{', ou a sessão não se mantém' if led_back else ''}",
                title="Entrada recusada",
                way_out="Confira usuário e senha na configuração.",
            )

    async def _send(self, form: LoginForm, notes: Notes) -> _Seen:
        """Send the form; return the page that answers."""
        trouble = ""
        notes.begin()
        try:
            answer = await self._http.write("POST", form.action, form=form.filled(self._user, self._password))
        except OutcomeUnknown as error:  # nothing was changed by a login: it may be tried again
            notes.refused(_SENT, form.action, error)
            trouble = error.message
        except PlantaoError as error:
            notes.refused(_SENT, form.action, error)
            raise
        if trouble:
            raise ServerTrouble(self._http.system, f"sem resposta à entrada ({trouble})")
        return self._seen(answer, _SENT, notes)

    def _whole(self, seen: _Seen) -> str:
        """Return the page's markup. `SourceError` where it broke off: its rows are not all there are."""
        if why := broken_off(seen.html):
            raise SourceError(
                f"{self._where(seen.answer)}: a página {why}",
                title="Página incompleta",
                way_out="Tente de novo em instantes; se continuar, veja o servidor do monitoramento.",
            )
        return seen.html

    def _following(self, href: str, here: str, visited: set[str]) -> str:
        """Return the address of the next page; empty on the last one, whose link goes nowhere."""
        if not href or href.startswith("#"):
            return ""
        try:
            address = urljoin(here, href).partition("#")[0]
        except ValueError:
            raise self._stopped("o endereço da próxima página é inválido") from None
        if address == here:
            return ""
        if not self._http.is_ours(address):
            raise self._stopped(
                f"a próxima página não é um endereço deste servidor: {href.partition('?')[0][:60]}"
            )
        if address in visited:
            raise self._endless("a próxima página é uma que já foi lida")
        return address

    def _stopped(self, why: str) -> SourceError:
        way_out = "Confira “proxima” em [monitor.pagina], ou peça a página inteira em caminho_situacao."
        return SourceError(f"{self._http.system}: {why}", title="Próxima página recusada", way_out=way_out)

    def _endless(self, why: str) -> SourceError:
        way_out = "Confira “proxima” em [monitor.pagina]: precisa achar só o link para a frente."
        return SourceError(f"{self._http.system}: {why}", title="Páginas sem fim", way_out=way_out)

    def _where(self, answer: "Response") -> str:
        return f"{self._http.system} ({answer.url.partition('?')[0]})"
