"""The handover on the screen: prepared, kept as typed, posted once; told to the next shift, acknowledged."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import StoreError
from clients.models.handover import Part
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for, sitting
from tui.desk import Desk
from tui.handover import HandingOver
from tui.screens.handover import HandoverScreen
from tui.screens.handover_text import HandoverTextScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.tasks import TasksScreen
from tui.settings_handover import HandoverSettings
from widgets.handover_rows import SEEN_ROW, TEXT_ROW
from widgets.inputs import TextBox, TextInput
from widgets.top_line import TopLine

pytestmark = pytest.mark.anyio
TEAM = "C0PLANT04"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "equipe"
    made.mkdir()
    made.chmod(0o2770)
    return made


def desk_of(running: Running, tmp_path: Path, folder: Path, key: str) -> Desk:
    """The desk of whoever has that key of Freshdesk's, with data of their own."""
    shared = HandoverSettings.model_validate({"pasta": folder})
    settings = settings_for(running, tmp_path / key, handover=shared)
    assert settings.freshdesk is not None
    own = settings.freshdesk.model_copy(update={"key": SecretStr(getattr(running.keys, key))})
    downloads = tmp_path / key / "baixados"
    return Desk(settings.model_copy(update={"freshdesk": own, "downloads_folder": downloads}), running.clock)


async def opens(seat: Sitting) -> HandoverScreen:
    await seat.press("E")
    await seat.arrives_at(HandoverScreen)
    screen = seat.app.screen
    assert isinstance(screen, HandoverScreen)
    await seat.until(lambda: screen.pane.rows, "read what there is")
    return screen


async def said_in_the_team(running: Running) -> list[str]:
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["analyst"]))
    try:
        said = await client.history(TEAM, "0.0")
    finally:
        await client.aclose()
    return [one.text() for one in said if "Passagem de turno" in one.text()]


def saved_files(tmp_path: Path) -> list[tuple[str, int]]:
    """What was saved, and who may read it."""
    found = tmp_path.glob("freshdesk/baixados/passagem-*.txt")
    return [(each.read_text(), each.stat().st_mode & 0o777) for each in found]


def top(seat: Sitting) -> str:
    return seat.app.screen.query_one(TopLine).render_line(0).text


async def test_a_shift_is_prepared_posted_once_and_acknowledged(
    running: Running, tmp_path: Path, folder: Path
) -> None:
    mine = desk_of(running, tmp_path, folder, "freshdesk")
    async with at_the_desk(running, tmp_path, NARROW, desk=mine) as seat:
        await seat.everything_read()
        screen = await opens(seat)
        for part in (Part.OPEN, Part.CLOCKS):
            assert screen.pane.select(f"parte:{part.value}")
            await seat.press("space")
        await seat.sees("Prazos vencendo · 0 de")
        assert screen.pane.select("parte:servicos")
        await seat.press("down", "n")
        await seat.arrives_at(LineScreen)
        await seat.paste("avisar o cli")
        await seat.press("escape", "n")
        await seat.arrives_at(LineScreen)
        assert seat.app.screen.query_one(TextInput).value == "avisar o cli", "kept as it was typed"
        await seat.paste("ente")
        await seat.press("enter")
        await seat.sees("✎ avisar o cliente")
        await seat.press("a")
        await seat.arrives_at(LineScreen)
        await seat.paste("a chave está na portaria")
        await seat.press("enter")
        await seat.until(lambda: screen.pane.highlighted and screen.pane.highlighted.line, "kept")
        await seat.until(lambda: "a chave está" in _under(screen), "the cursor is on it")

        await seat.press("f9")
        await seat.arrives_at(HandoverTextScreen)
        await seat.sees("publicar em suporte", "Passagem de turno, quarta 04/03/2026")
        await seat.write("Oi. ")
        await seat.press("escape", "f9")
        await seat.arrives_at(HandoverTextScreen)
        text = seat.app.screen.query_one(TextBox).text
        assert text.startswith("Oi. Passagem")
        await seat.press("f9")
        await seat.sees("Texto · publicada em suporte", "sem ciência")
        assert await said_in_the_team(running) == [text]
        await seat.press("e")
        await seat.until(lambda: saved_files(tmp_path), "saved")
        assert saved_files(tmp_path) == [(f"{text}\n", 0o600)]
        await seat.press("y")
        assert seat.app.clipboard == text
        handed = screen.shown
        assert handed is not None

        async with sitting(desk_of(running, tmp_path, folder, "freshdesk_colleague")) as other:
            await other.hears(f"Passagem de {handed.who}, hoje 12:06: {len(handed.lines)} linhas esperam")
            await other.until(lambda: f"⇄ passagem {len(handed.lines)}" in top(other), "counted")
            theirs = await opens(other)
            await other.until(lambda: theirs.shown_id == handed.id, "came to the one that waits")
            await other.sees("Texto · publicada em suporte")
            assert theirs.pane.rows[0].key == TEXT_ROW
            first = handed.lines[0]
            assert theirs.pane.select(first.key)
            await other.press("n")
            await other.arrives_at(LineScreen)
            await other.sees(f"Perguntar a {handed.who}")
            await other.paste("com quem falo?")
            await other.press("enter")
            await other.until(lambda: theirs.shown and len(theirs.shown.seen) == 1, "acknowledged")
            await other.until(lambda: f"passagem {len(handed.lines) - 1}" in top(other), "counted down")
            who = other.app.desk.author

            screen.plantao.handover_count.look()
            await seat.hears(f"{who} deu ciência de 1 linha da sua passagem de hoje 12:06")
            await seat.hears(f"{who}, na sua passagem: com quem falo?")
            await other.press("c")
            await other.until(lambda: theirs.shown and not theirs.shown.waiting, "all of it")
            await other.until(lambda: "passagem" not in top(other), "counted none")

        screen.tick()
        await seat.until(lambda: screen.shown and not screen.shown.waiting, "saw the acknowledgements")
        assert screen.pane.select(first.key)
        await seat.sees("✓ ciente:", f"» {who}: com quem falo?")
        assert screen.pane.select(SEEN_ROW)
        await seat.sees(f"Ciência · {who} {len(handed.lines)}")
        await seat.press("c")
        await seat.hears("esta passagem é sua")


async def test_enter_leads_to_the_ticket_of_a_line(running: Running, tmp_path: Path, folder: Path) -> None:
    desk = desk_of(running, tmp_path, folder, "freshdesk")
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.everything_read()
        screen = await opens(seat)
        await seat.press("enter")
        await seat.hears("não leva a um ticket")
        await seat.press("t")
        await seat.sees("da equipe toda")
        assert desk.redmine is not None
        task = (await desk.redmine.tasks(author="me", status="open"))[0]
        made = await screen.handing.write_line(f"ver a tarefa #{task.id} cedo")
        screen.reload()
        await seat.until(lambda: screen.pane.select(made.added[0].key), "written")
        await seat.press("enter")
        await seat.arrives_at(TasksScreen)
        await seat.sees(f"{task.id} · ")
        await seat.press("1")
        await seat.arrives_at(HandoverScreen)
        line = next(
            row.line
            for row in screen.pane.rows
            if row.line is not None and row.line.ticket_id and not row.line.chamado
        )
        assert screen.pane.select(line.key)
        await seat.press("enter")
        await seat.arrives_at(MesaScreen)
        await seat.until(
            lambda: seat.mesa.queue.highlighted and seat.mesa.queue.highlighted.id == line.ticket_id, "there"
        )


async def test_what_was_typed_stays_kept_where_it_could_not_be_taken(
    running: Running, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_space(*given: object) -> None:
        raise StoreError("não há espaço")

    desk = desk_of(running, tmp_path, folder, "freshdesk")
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.everything_read()
        screen = await opens(seat)
        with monkeypatch.context() as full:
            full.setattr(HandingOver, "write_line", no_space)
            await seat.press("a")
            await seat.arrives_at(LineScreen)
            await seat.paste("a chave está na portaria")
            await seat.press("enter")
            await seat.hears("não há espaço")
        await seat.press("a")
        await seat.arrives_at(LineScreen)
        assert seat.app.screen.query_one(TextInput).value == "a chave está na portaria"
        await seat.press("enter")
        await seat.until(lambda: "a chave está" in _under(screen), "taken")
        await seat.press("a")
        await seat.arrives_at(LineScreen)
        assert seat.app.screen.query_one(TextInput).value == "", "it was used"


def _under(screen: HandoverScreen) -> str:
    row = screen.pane.highlighted
    return row.line.text if row is not None and row.line is not None else ""
