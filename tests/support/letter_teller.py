"""A process that tells of what is new on a shared board: ``python -m tests.support.letter_teller ARGS``.

ARGS: folder of the board, folder of its own data, port of the mail server. It first settles what was
interrupted, as a session does when it starts, and prints how each step stands at the end.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from clients.boards.local import LocalBoard
from clients.mail import Mail, MailServer, Security
from clients.mail_message import Sender
from clients.models.feed import Feed
from clients.models.lifecycle import LABELS
from clients.sandbox.mail import USER
from clients.store import Store
from tests.support.mail import PASSWORD
from tui.chamado_room import ChamadoRoom
from tui.disk import Disk
from tui.flows.workflows import Workflows
from tui.journal import Journal
from tui.session import Session


def clock() -> datetime:
    return datetime.now(UTC)


async def main(board_folder: str, own_folder: str, port: str) -> None:
    board = LocalBoard(Store(Path(board_folder) / "chamados.db", shared=True), clock)
    server = MailServer("127.0.0.1", int(port), Security.NONE, USER, SecretStr(PASSWORD))
    mail = Mail(server, Sender("plantao@parceiro.exemplo.com.br", "Plantão"), clock)
    disk, journal = Disk(), Journal(Store(Path(own_folder) / "plantao.db"), Session.here(), clock)
    room = ChamadoRoom(board, mail, journal, disk, clock, LABELS)
    workflows = Workflows(journal, disk, clock, room.remotes(), quarantine=timedelta())
    for steps in await workflows.pending():
        await workflows.settle(steps[0].workflow)
    for workflow in await room.letters(Feed(await board.chamados())):
        await workflows.carry_on(workflow)
    for intent in journal.pending():
        print(intent.kind, intent.state.value)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
