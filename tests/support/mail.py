"""The sandbox's mail server in the test's own loop, and what it received."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from pydantic import SecretStr

from clients.mail import Mail, MailServer, Security
from clients.mail_message import Sender
from clients.sandbox.knobs import MailKnobs
from clients.sandbox.mail import USER, MailRoom

PASSWORD = "segredo-do-correio"


@dataclass(frozen=True)
class PostOffice:
    """A mail server that takes letters in."""

    room: MailRoom
    port: int

    @property
    def received(self) -> list[tuple[str, str]]:
        """Address and text of each letter, in the order in which they came."""
        return [(letter.recipients[0], _text(letter.message)) for letter in self.room.letters]

    def mail(self, clock: Callable[[], datetime]) -> Mail:
        """A client that hands letters in here."""
        server = MailServer("127.0.0.1", self.port, Security.NONE, USER, SecretStr(PASSWORD))
        return Mail(server, Sender("plantao@parceiro.exemplo.com.br", "Plantão"), clock, patience=5)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@asynccontextmanager
async def post_office(folder: Path, clock: Callable[[], datetime]) -> AsyncIterator[PostOffice]:
    """Serve until the block ends."""
    async with serving(MailRoom(folder, MailKnobs(), clock, PASSWORD)) as office:
        yield office


@asynccontextmanager
async def serving(room: MailRoom) -> AsyncIterator[PostOffice]:
    """Serve ``room`` until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    async with room.serving(listener):
        yield PostOffice(room, listener.getsockname()[1])
