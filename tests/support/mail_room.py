"""The sandbox's mail server by itself, and a `Mail` that hands letters in there."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from clients.mail import LAST_PATIENCE, Mail, MailServer, Security
from clients.mail_message import Sender
from clients.sandbox.knobs import MailKnobs
from clients.sandbox.mail import USER, MailRoom
from clients.sandbox.server import Running
from tests.support.clock import frozen

SENDER = Sender("chamados@suporte.exemplo.com.br", "Chamados técnicos")
_PASSWORD = "senha-de-teste"


@asynccontextmanager
async def mail_room(
    folder: Path, *, last_patience: float = LAST_PATIENCE
) -> AsyncIterator[tuple[MailRoom, Mail]]:
    """Serve in the running loop; the room's ``letters`` are what came in, its ``knobs`` what goes wrong."""
    room = MailRoom(folder, MailKnobs(), frozen, _PASSWORD)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with room.serving(listener):
            yield room, _mail(listener.getsockname()[1], USER, _PASSWORD, last_patience)


def mail_to(running: Running, password: str | None = None) -> Mail:
    """A `Mail` on the mail server of a whole sandbox."""
    port = urlsplit(running.urls.mail).port
    assert port is not None
    return _mail(port, running.keys.mail_user, password or running.keys.mail_password)


def _mail(port: int, user: str, password: str, last_patience: float = LAST_PATIENCE) -> Mail:
    server = MailServer("127.0.0.1", port, Security.NONE, user, SecretStr(password))
    return Mail(server, SENDER, frozen, last_patience=last_patience)
