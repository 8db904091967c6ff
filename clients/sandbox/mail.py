"""The mail server: real SMTP on loopback, and every letter kept as a file that a mail program opens."""

import asyncio
import hmac
import logging
import re
import socket
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from .knobs import MailKnobs

USER = "plantao"
_OK = "250 2.0.0 OK"
_ODD = re.compile(r"[^A-Za-z0-9@._-]+")


@dataclass(frozen=True)
class Kept:
    """A letter as it was handed in."""

    at: datetime
    sender: str
    """Whom the envelope names."""
    recipients: tuple[str, ...]
    """To whom it would be delivered, whatever its headers say."""
    raw: bytes
    file: Path

    @property
    def message(self) -> EmailMessage:
        """Headers and parts."""
        read = message_from_bytes(self.raw, policy=default)
        assert isinstance(read, EmailMessage)
        return read


class MailRoom:
    """Takes letters in, from whoever logs in, and delivers none. The names of its hooks are aiosmtpd's."""

    def __init__(self, folder: Path, knobs: MailKnobs, clock: Callable[[], datetime], password: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder, self.knobs, self.clock = folder, knobs, clock
        self.letters: list[Kept] = []
        """What came in since the start, oldest first; the folder also keeps what came before."""
        self._password = password
        self._number = max(
            (int(file.name.partition("-")[0]) for file in folder.glob("[0-9]*.eml")), default=0
        )
        self._open: weakref.WeakSet[SMTP] = weakref.WeakSet()

    @asynccontextmanager
    async def serving(self, listener: socket.socket) -> AsyncIterator[None]:
        """Serve in the running loop until the block ends; who is connected is then cut off."""
        # aiosmtpd warns of ordinary things, and what it says would come up in the middle of the demo's screen
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        server = await asyncio.get_running_loop().create_server(self._protocol, sock=listener)
        try:
            yield
        finally:
            server.close()
            for connection in tuple(self._open):
                _cut(connection)

    def _protocol(self) -> SMTP:
        protocol = SMTP(
            self,
            hostname="sandbox.exemplo.com.br",
            ident="Plantao sandbox",
            auth_require_tls=False,  # loopback
            auth_callback=self._may_enter,
            loop=asyncio.get_running_loop(),
        )
        self._open.add(protocol)
        return protocol

    def _may_enter(self, mechanism: str, user: bytes, password: bytes) -> bool:
        return user == USER.encode() and hmac.compare_digest(password, self._password.encode())

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender of someone who logged in."""
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return _OK

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, unless a knob says otherwise."""
        if address.casefold() in {refused.casefold() for refused in self.knobs.refused}:
            return "550 5.1.1 User unknown"
        if self.knobs.next_4xx:
            self.knobs.next_4xx -= 1
            return "450 4.2.0 Greylisted, please try again later"
        envelope.rcpt_tos.append(address)
        return _OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter, or lose it or the answer as a knob asks."""
        if self.knobs.latency_ms:
            await asyncio.sleep(self.knobs.latency_ms / 1000)
        if self.knobs.drop_before_commit:
            self.knobs.drop_before_commit -= 1
            _cut(server)
            return _OK
        self._keep(envelope)
        if self.knobs.drop_after_commit:
            self.knobs.drop_after_commit -= 1
            _cut(server)
        return _OK

    def _keep(self, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        self._number += 1
        first = _ODD.sub("_", envelope.rcpt_tos[0])[:80]
        file = self.folder / f"{self._number:04}-{first}.eml"
        file.write_bytes(envelope.content)
        kept = Kept(self.clock(), envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content, file)
        self.letters.append(kept)


def _cut(connection: SMTP) -> None:
    """End the connection without a byte of an answer."""
    if isinstance(connection.transport, asyncio.WriteTransport):
        connection.transport.abort()
