"""The sandbox's mail server: what comes in is kept, and what its knobs make go wrong."""

import stat
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from clients.errors import OutcomeUnknown, Postponed, Rejected, Unauthorized
from clients.models.chamado_letters import Notice, letters
from clients.models.letter import Letter
from clients.models.lifecycle import ChamadoStatus
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.mail_room import SENDER, mail_room, mail_to
from tests.support.sandbox import control

pytestmark = pytest.mark.anyio
ANA, BIA = "ana@padaria.exemplo.com.br", "bia@padaria.exemplo.com.br"
NOTICE = Notice("c0ffee", "3", ChamadoStatus.PUBLICADO, 42, "Não salva produto", version="8.3.1")


def letter(to: str = ANA) -> Letter:
    (composed,) = letters(NOTICE, [to])
    return composed


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_a_letter_is_kept_as_it_was_handed_in(sandbox: Running) -> None:
    sent_as = await mail_to(sandbox).send(letter())
    (kept,) = sandbox.mail.letters
    assert (kept.sender, kept.recipients) == (SENDER.address, (ANA,))
    assert kept.message["Message-ID"] == sent_as
    body = kept.message.get_body(("plain",))
    assert body is not None
    assert "Versão: 8.3.1" in body.get_content()
    assert kept.file.parent == sandbox.mail.folder
    assert kept.file.name.endswith(f"-{ANA}.eml")
    assert message_from_bytes(kept.file.read_bytes(), policy=default)["To"] == ANA
    assert stat.S_IMODE(kept.file.parent.stat().st_mode) == 0o700


async def test_a_wrong_password_hands_nothing_in(sandbox: Running) -> None:
    with pytest.raises(Unauthorized, match="535"):
        await mail_to(sandbox, "errada").send(letter())
    assert sandbox.mail.letters == []


async def test_a_check_sends_nothing(sandbox: Running) -> None:
    await mail_to(sandbox).check()
    assert sandbox.mail.letters == []


async def test_an_address_that_does_not_exist(sandbox: Running) -> None:
    sandbox.knobs.mail.refused = [ANA]
    with pytest.raises(Rejected, match=r"550 5\.1\.1 User unknown"):
        await mail_to(sandbox).send(letter())
    await mail_to(sandbox).send(letter(BIA))
    assert [kept.recipients for kept in sandbox.mail.letters] == [(BIA,)]


async def test_put_off_once_it_is_taken_later(sandbox: Running) -> None:
    sandbox.knobs.mail.next_4xx = 1
    with pytest.raises(Postponed, match="Greylisted"):
        await mail_to(sandbox).send(letter())
    await mail_to(sandbox).send(letter())
    assert len(sandbox.mail.letters) == 1


@pytest.mark.parametrize(("knob", "kept"), [("drop_before_commit", 0), ("drop_after_commit", 1)])
async def test_a_lost_answer_leaves_it_unknown_whether_it_was_kept(
    sandbox: Running, knob: str, kept: int
) -> None:
    setattr(sandbox.knobs.mail, knob, 1)
    with pytest.raises(OutcomeUnknown):
        await mail_to(sandbox).send(letter())
    assert len(sandbox.mail.letters) == kept


async def test_the_knobs_turn_over_the_wire(sandbox: Running) -> None:
    with control(sandbox) as steering:
        steering.put("knobs", json={"mail": {"refused": [ANA]}}).raise_for_status()
    with pytest.raises(Rejected):
        await mail_to(sandbox).send(letter())


async def test_a_slow_server_keeps_one_waiting_before_it_keeps_the_letter(tmp_path: Path) -> None:
    async with mail_room(tmp_path, last_patience=0.2) as (room, mail):
        room.knobs.latency_ms = 600_000
        with pytest.raises(OutcomeUnknown, match="sem resposta"):
            await mail.send(letter())
        assert room.letters == []


async def test_the_numbers_of_the_files_go_on(tmp_path: Path) -> None:
    for _ in range(2):
        async with mail_room(tmp_path) as (_, mail):
            await mail.send(letter())
    assert names(tmp_path) == [f"0001-{ANA}.eml", f"0002-{ANA}.eml"]


async def test_an_address_is_no_path(tmp_path: Path) -> None:
    async with mail_room(tmp_path / "emails") as (room, mail):
        await mail.send(letter("a/b/c@padaria.exemplo.com.br"))
        (kept,) = room.letters
    assert kept.file.parent == tmp_path / "emails"
    assert names(tmp_path / "emails") == ["0001-a_b_c@padaria.exemplo.com.br.eml"]


def test_a_folder_of_before_gets_the_key_that_it_lacks(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=1, clock=frozen) as running:
        about = running._sandbox.state.about
        row = about.rows[1]
        older = {name: key for name, key in row["keys"].items() if name != "mail"}
        running._inside(lambda: running._sandbox.state.save((about, [{**row, "keys": older}])))
    passwords = []
    for _ in range(2):
        with running_sandbox(tmp_path, tickets=1, clock=frozen) as running:
            passwords.append(running.keys.mail_password)
            assert running.keys.freshdesk == row["keys"]["freshdesk"]
    assert passwords[0]
    assert passwords[0] == passwords[1]
