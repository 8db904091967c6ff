"""Files of this machine go with an answer: chosen, shown, taken back, sent."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.desk import NARROW, Sitting, at_the_desk
from tui.screens.answer import AnswerScreen
from tui.screens.attach import AttachScreen
from tui.screens.last_look import SendScreen
from tui.screens.mesa import MesaScreen
from widgets.inputs import TextInput

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


async def attach(seat: Sitting, path: Path | str) -> None:
    """Give a path and wait until it is taken or refused: the name alone is on the screen before that."""
    field = seat.app.screen.query_one(TextInput)
    field.value = str(path)
    await seat.press("enter")
    await seat.until(lambda: not field.value or "✖ " in seat.text(), "took or refused the file")


async def test_a_file_is_chosen_shown_and_sent(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "print da tela.png").write_bytes(b"png")
    (tmp_path / "log.txt").write_bytes(b"log")
    async with at_the_desk(running, tmp_path / "dados", NARROW) as seat:
        entry = seat.mesa.queue.highlighted
        assert entry is not None
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        await seat.write("Segue.")
        await seat.press("f5")
        await seat.arrives_at(AttachScreen)
        await seat.sees("Nenhum anexo ainda.", "F8 Tirar o último")
        await attach(seat, "~/print da tela.png")
        await seat.sees("print da tela.png")
        await attach(seat, tmp_path / "log.txt")
        await seat.sees("log.txt")
        await seat.press("f8")
        await seat.until(lambda: "log.txt" not in seat.text())
        await attach(seat, tmp_path / "nada.txt")
        await seat.sees("✖ ", "nada.txt")
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("Anexos: print da tela.png")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        await seat.sees("Anexos    print da tela.png")
        await seat.press("enter")
        await seat.arrives_at(MesaScreen)
        await seat.hears(f"no #{entry.ticket.id}.")
        seen = await anext(seat.app.desk.read(entry.ticket.id))
        assert [file.name for file in seen.conversations.items[-1].attachments] == ["print da tela.png"]


async def test_what_may_not_leave_is_refused_at_once(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    keys = tmp_path / "config" / "plantao" / "config.toml"
    keys.parent.mkdir(parents=True)
    keys.write_text('chave = "abcd1234"')
    big = tmp_path / "grande.bin"
    big.touch()
    with big.open("r+b") as file:
        file.truncate(20_000_001)
    async with at_the_desk(running, tmp_path / "dados") as seat:
        own = seat.app.desk.settings.store_file
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f5")
        await seat.arrives_at(AttachScreen)
        for path, reason in (
            (big, "passa de 20 MB"),
            (own, "próprio Plantão"),
            (keys, "config.toml: é um arquivo do próprio Plantão"),
            (tmp_path, "é uma pasta"),
        ):
            await attach(seat, path)
            await seat.sees(reason, "Nenhum anexo ainda.")


async def test_the_files_of_a_note_never_go_with_a_reply(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "log interno.txt").write_bytes(b"log")
    async with at_the_desk(running, tmp_path / "dados", NARROW) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.write("Ao cliente")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        await seat.write("Entre nos")
        await seat.press("f5")
        await seat.arrives_at(AttachScreen)
        await attach(seat, "~/log interno.txt")
        await seat.sees("log interno.txt")
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("Anexos: log interno.txt")
        await seat.press("f6")
        await seat.sees("Ao cliente")
        assert "Anexos" not in seat.text()
        await seat.press("f6")
        await seat.sees("Anexos: log interno.txt")


async def test_a_draft_remembers_its_files(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "log.txt").write_bytes(b"log")
    async with at_the_desk(running, tmp_path / "dados", NARROW) as seat:
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        await seat.write("Segue.")
        await seat.press("f5")
        await seat.arrives_at(AttachScreen)
        await attach(seat, "~/log.txt")
        await seat.sees("log.txt")
        await seat.press("escape", "escape")
        await seat.arrives_at(MesaScreen)
    async with at_the_desk(running, tmp_path / "dados", NARROW) as seat:
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        await seat.sees("Segue.", "Anexos: log.txt")
        await seat.press("f6")
        await seat.sees("RESPOSTA AO CLIENTE", "Segue.", "Anexos: log.txt")  # it goes along, in plain sight


async def test_a_path_is_completed_and_choices_are_shown(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "casa"))
    (tmp_path / "casa").mkdir()
    for name in ("print da tela.png", "print do erro.png"):
        (tmp_path / "casa" / name).write_bytes(b"png")
    async with at_the_desk(running, tmp_path / "dados", NARROW) as seat:
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f5")
        await seat.arrives_at(AttachScreen)
        field = seat.app.screen.query_one(TextInput)
        await seat.write("~/p")
        await seat.press("tab")
        await seat.sees("print da tela.png   print do erro.png")
        assert field.value == "~/print d"
        await seat.write("o")
        await seat.until(lambda: "print da tela.png" not in seat.text())
        await seat.press("tab")
        await seat.until(lambda: field.value == "~/print do erro.png")
        await seat.press("enter")
        await seat.sees("print do erro.png  (de ")
