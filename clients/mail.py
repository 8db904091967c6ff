"""Sending one letter to one person by SMTP, and knowing afterwards whether it may have been sent."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import aiosmtplib
from pydantic import SecretStr

from .errors import Rejected, RemoteError, SettingsError, Unreachable
from .http_trust import tls
from .loopback import is_loopback
from .mail_message import SYSTEM, Sender, as_message, wire_address
from .mail_verdict import broken, login_refused, not_understood, refused, refused_whole, unauthorized
from .models.letter import Letter
from .redaction import Redaction

Result = TypeVar("Result")
PATIENCE = 20.0
"""Seconds for one answer while nothing has been handed over."""
AT_ONCE = 2
"""Connections; servers turn away whoever opens many."""
LAST_PATIENCE = 60.0
"""Seconds for the answer to the whole letter, which some servers first search for viruses and spam."""
FAREWELL = 2.0
"""Seconds for the answer to our goodbye, on which nothing hangs."""
_GO_AHEAD = 354
_LEADING_DOT = re.compile(rb"(?m)^\.")
_NOT_SERVING = "o servidor não atende"


class Security(StrEnum):
    """How the way to the server is protected."""

    TLS = "tls"
    """From the first byte on."""
    STARTTLS = "starttls"
    """Before anything is said; a server that does not offer it is told nothing."""
    NONE = "nenhuma"
    """Not at all: to this very machine only."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in, and by whom."""

    host: str
    port: int
    security: Security
    user: str = ""
    """Empty: without a login."""
    password: SecretStr | None = None


class Mail:
    """Hands letters in, each on a connection of its own."""

    def __init__(
        self,
        server: MailServer,
        sender: Sender,
        clock: Callable[[], datetime],
        *,
        ca_file: Path | None = None,
        patience: float = PATIENCE,
        last_patience: float = LAST_PATIENCE,
    ) -> None:
        """Raises SettingsError where ``ca_file`` cannot be used or the letters would travel openly."""
        if server.security is Security.NONE and not is_loopback(server.host):
            raise SettingsError("[email]: sem criptografia só se envia para esta própria máquina")
        self._server, self._clock = server, clock
        self._sender = _usable(sender)
        self._trust = None if server.security is Security.NONE else tls(ca_file)
        self._patience, self._last_patience = patience, last_patience
        self._room = asyncio.Semaphore(AT_ONCE)

    async def send(self, letter: Letter) -> str:
        """Send it once and return its Message-ID.

        After any error but OutcomeUnknown it was certainly not sent: Unreachable, Unauthorized, Rejected (the
        server's own words) and Postponed (refused for now). The one moment after which a lost answer is
        OutcomeUnknown is that in which the line that ends the message is handed to the connection; before
        it a server has nothing that it may deliver, and a plain yes or no after it is believed. Cancelled, it
        cuts the connection off; what became of the letter is then as open as after OutcomeUnknown.
        """
        message = as_message(letter, self._sender, self._clock())
        recipient = wire_address(letter.to)
        async with self._room, self._connected() as smtp:
            await _ask("o remetente foi recusado", lambda: smtp.mail(self._sender.address))
            await _ask("o destinatário foi recusado", lambda: smtp.rcpt(recipient))
            await self._hand_over(smtp, message.as_bytes())
        return str(message["Message-ID"])

    async def check(self) -> None:
        """Connect, protect the connection, log in, and send nothing. Raises what `send` raises."""
        async with self._connected() as smtp:
            await _ask(_NOT_SERVING, smtp.noop)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        smtp = aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.security is Security.TLS,
            start_tls=False,  # the library's own would go on in plain text where there is none
            tls_context=self._trust,
            timeout=self._patience,
            # the machine's name is nobody's business, and looking it up can take a minute
            local_hostname=self._sender.domain,
        )
        try:
            await _ask(_NOT_SERVING, smtp.connect)
            await _ask(_NOT_SERVING, smtp.ehlo)
            if self._server.security is Security.STARTTLS:
                await _protect(smtp)
            if self._server.user:
                await self._log_in(smtp)
            yield smtp
            with suppress(aiosmtplib.SMTPException, OSError):  # it is done, whatever becomes of the goodbye
                await smtp.quit(timeout=FAREWELL)
        finally:
            _cut_off(smtp)

    async def _log_in(self, smtp: aiosmtplib.SMTP) -> None:
        logins = {"plain": smtp.auth_plain, "login": smtp.auth_login, "cram-md5": smtp.auth_crammd5}
        # one of them only: three wrong ones lock an account
        login = next((logins[name] for name in logins if name in smtp.supported_auth_methods), None)
        if login is None:
            raise unauthorized("o servidor não oferece um login que o Plantão conheça")
        try:
            await login(self._server.user, _plain(self._server))
            return
        except aiosmtplib.SMTPResponseException as error:
            fault = login_refused(error, _redaction(self._server).clean)
        except (aiosmtplib.SMTPException, OSError) as error:
            fault = broken(error, handed_over=False)
        raise fault  # not from within: the library's frames hold the password

    async def _hand_over(self, smtp: aiosmtplib.SMTP, message: bytes) -> None:
        doing = "o servidor não aceita mensagens"
        reply = await _ask(doing, lambda: smtp.execute_command(b"DATA"))
        if reply.code != _GO_AHEAD:
            raise refused(doing, reply)
        whole = _LEADING_DOT.sub(b"..", message) + b".\r\n"
        handed_over = False
        fault: RemoteError | None
        try:
            wire = smtp.protocol
            if wire is None:
                raise aiosmtplib.SMTPServerDisconnected("gone between two commands")
            wire.write(whole)
            handed_over = True
            fault = refused_whole(await wire.read_response(timeout=self._last_patience))
        except aiosmtplib.SMTPResponseException:
            fault = not_understood()
        except (aiosmtplib.SMTPException, OSError) as error:
            fault = broken(error, handed_over=handed_over)
        if fault is not None:
            raise fault


def _usable(sender: Sender) -> Sender:
    try:
        return replace(sender, address=wire_address(sender.address))
    except Rejected as error:
        raise SettingsError(f"[email] remetente: {error.sentences[0]}") from None


async def _ask(doing: str, ask: Callable[[], Awaitable[Result]]) -> Result:
    """Await one exchange in which nothing is handed over yet: whatever goes wrong, nothing was sent."""
    try:
        return await ask()
    except aiosmtplib.SMTPResponseException as error:
        fault = refused(doing, error)
    except (aiosmtplib.SMTPException, OSError) as error:
        fault = broken(error, handed_over=False)
    raise fault


async def _protect(smtp: aiosmtplib.SMTP) -> None:
    if not smtp.supports_extension("starttls"):
        raise Unreachable(
            SYSTEM,
            "o servidor não oferece STARTTLS, e sem isso nada lhe é dito",
            way_out='Confira “porta” em [email]; na 465 costuma ser seguranca = "tls".',
        )
    await _ask("o servidor recusou STARTTLS", smtp.starttls)
    await _ask(_NOT_SERVING, smtp.ehlo)


def _cut_off(smtp: aiosmtplib.SMTP) -> None:
    """Let go of the connection, and of what is still on its way out: after an error nothing may follow."""
    transport = smtp.transport
    smtp.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


def _redaction(server: MailServer) -> Redaction:
    """Return what takes the password out of a server's words, also as it travels in a login."""
    travelling = base64.b64encode(f"\0{server.user}\0{_plain(server)}".encode("utf-8", "surrogatepass"))
    return Redaction((SecretStr(_plain(server)), SecretStr(travelling.decode())))


def _plain(server: MailServer) -> str:
    return "" if server.password is None else server.password.get_secret_value()
