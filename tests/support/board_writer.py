"""A process that works on a board: ``python -m tests.support.board_writer WHAT ID WHO COUNT KIND ARGS…``.

WHAT: ``submit`` sends COUNT drafts of its own; ``comment`` says COUNT things of the chamado ID; ``move``
tries to approve ID, and ``announce`` to take its first event upon WHO: both print ``won`` or ``lost``.
"""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import SecretStr

from clients.boards.board import Board
from clients.boards.local import LocalBoard
from clients.boards.redmine import RedmineBoard
from clients.boards.redmine_place import BoardPlace
from clients.errors import Rejected
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.redmine import Redmine
from clients.store import Store
from tests.support.boards import draft

APPROVED = Move(to=ChamadoStatus.BACKLOG, deadline=date(2099, 3, 20))


def connect(kind: str, args: list[str]) -> Board:
    if kind == "local":
        return LocalBoard(Store(Path(args[0]), shared=True), lambda: datetime.now(UTC))
    url, key, project, tracker = args
    return RedmineBoard(Redmine(url, SecretStr(key)), BoardPlace(project, tracker), lambda: datetime.now(UTC))


async def main(what: str, id: str, who: str, count: str, kind: str, *args: str) -> None:
    board = connect(kind, list(args))
    if what == "submit":
        for number in range(int(count)):
            await board.submit(draft(f"{who}-{number}"), author=who)
    elif what == "comment":
        for number in range(int(count)):
            await board.comment(id, f"{who} diz {number}", event=f"{who}-{number}", who=who)
    elif what == "move":
        try:
            await board.move(id, APPROVED, event=f"{who}-aprova", who=who)
            print("won")
        except Rejected:
            print("lost")
    else:
        print("won" if await board.announce(id, id, who) == who else "lost")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
