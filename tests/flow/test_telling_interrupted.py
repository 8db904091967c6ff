"""Who tells of a chamado is killed in the middle of a letter: nobody is told twice, and nobody forgotten."""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from clients.boards.local import LocalBoard
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.sandbox.knobs import MailKnobs
from clients.sandbox.mail import MailRoom
from clients.store import Store
from tests.support.boards import draft
from tests.support.mail import PASSWORD, serving

pytestmark = [pytest.mark.anyio, pytest.mark.crash]
ROOT = Path(__file__).parents[2]
ADDRESSES = ["ana@padaria-aurora.example", "bruno@padaria-aurora.example"]
APPROVED = Move(to=ChamadoStatus.BACKLOG, deadline=date(2099, 3, 30))


def now() -> datetime:
    return datetime.now(UTC)


class DeadlyRoom(MailRoom):
    """Kills who hands in its ``number``-th letter: as the address is named, or when the letter is kept."""

    def arm(self, moment: str, number: int) -> None:
        self.moment, self.number, self.victim = moment, number, 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._kill("address", len(self.letters) + 1)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        await self._kill("kept", len(self.letters))
        return answer

    async def _kill(self, moment: str, number: int) -> None:
        if self.victim and (moment, number) == (self.moment, self.number):
            process = await asyncio.create_subprocess_exec("kill", "-9", str(self.victim))
            await process.wait()
            self.victim = 0


async def teller(folder: Path, name: str, port: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.letter_teller"),
        *(str(folder / "quadro"), str(folder / name), str(port)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, list[str]]:
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode().splitlines()


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("moment", ["address", "kept"])
async def test_killed_in_the_middle_of_a_letter(tmp_path: Path, moment: str, number: int) -> None:
    shared = tmp_path / "quadro"
    shared.mkdir()
    shared.chmod(0o2770)
    board = LocalBoard(Store(shared / "chamados.db", shared=True), now)
    sent = await board.submit(draft(), author="Marina")
    await board.move(sent.id, APPROVED, event="aprova", who="Téo")
    room = DeadlyRoom(tmp_path / "cartas", MailKnobs(), now, PASSWORD)
    async with serving(room) as office:
        room.arm(moment, number)
        first = await teller(tmp_path, "ana", office.port)
        room.victim = first.pid
        code, _ = await ended(first)
        assert code == -9
        _, colleague = await ended(await teller(tmp_path, "beto", office.port))
        assert colleague == [], "who took it upon them goes on with it"
        code, left = await ended(await teller(tmp_path, "ana", office.port))
        assert code == 0
        assert left == ["email.enviar ask"], "of the letter on its way only the analyst can tell"
        told = [address for address, _ in office.received]
        assert len(told) == len(set(told)), "nobody twice"
        asked_about = ADDRESSES[number - 1]
        assert sorted({*told, asked_about}) == ADDRESSES, "nobody forgotten"
        assert (asked_about in told) is (moment == "kept")
