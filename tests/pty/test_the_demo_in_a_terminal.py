"""The desk in a real terminal: what strangers wrote never acts on it, and nothing is lost or left behind."""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

pytestmark = pytest.mark.pty
OPENED = "Conversa"
DOWN, ESCAPE, ENTER, F9 = "\x1b[B", "\x1b", "\r", "\x1b[20~"

# what Textual itself writes: CSI with ordinary finals, and the pointer's shape; and our own title
TITLE = "(?:(?:✖ \\d+ em falha · )?Plantão)?".encode()
SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\]22;[a-z]+(?:\x07|\x1b\\)?|\]2;" + TITLE + rb"\x07|[>=])"
)
ACTED_UPON = re.compile(
    "[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
PAYLOADS = (b"\x1b[45;5m", b"\x1b[21t", b"\x1b]52;", b"\x1b]0;", b"\x1bP", b"\x1b]8;", b"\x1b[@")


def demo(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tui", "demo", "--pasta", str(folder)]


def opened(terminal: Terminal) -> None:
    terminal.wait_for(lambda screen: "Fila" in screen and "#4" in screen and "agora" in screen)
    terminal.wait_quiet(1.5)


def leaks(raw: bytes) -> list[str]:
    """What of ``raw`` a terminal would act upon and Textual did not write of its own accord."""
    found = [repr(payload) for payload in PAYLOADS if payload in raw]
    rest = SEQUENCE.sub(b"", raw)
    found += [f"ESC at {rest[match.start() : match.start() + 24]!r}" for match in re.finditer(b"\x1b", rest)]
    found += [repr(match[0]) for match in ACTED_UPON.finditer(rest.decode("utf-8", "replace"))]
    return found


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def gone(pid: int, patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_what_strangers_wrote_never_acts_on_the_terminal(tmp_path: Path) -> None:
    """The hostile corpus in queue, conversation, composer, preview and chamado form."""
    with Terminal(demo(tmp_path), columns=120, lines=36) as terminal:
        opened(terminal)
        terminal.send("fzqz")
        terminal.wait_for(lambda screen: re.search(r"Fila \d+ de", screen) is not None)
        terminal.wait_quiet()
        terminal.send(ENTER)
        terminal.wait_quiet()
        for _ in range(25):
            terminal.send(DOWN)
            terminal.wait_quiet(0.35)
        terminal.send("r")
        terminal.wait_for("RESPOSTA AO CLIENTE")
        terminal.send("ola" + F9)
        terminal.wait_for("Esc")
        terminal.wait_quiet()
        terminal.send(ESCAPE)
        terminal.wait_quiet()
        terminal.send(ESCAPE)
        terminal.wait_for("Fila")
        terminal.send("c")
        terminal.wait_for("Entendi")
        terminal.send(ENTER)
        terminal.wait_for("Título")
        terminal.wait_quiet()
        raw = bytes(terminal.raw)
    assert raw.count(b"ZQZ") > 50
    assert leaks(raw) == []


def test_quitting_gives_the_terminal_back_as_it_was(tmp_path: Path) -> None:
    with Terminal(demo(tmp_path)) as terminal:
        opened(terminal)
        sandbox = children(terminal.process.pid)
        terminal.send("qq")
        assert terminal.wait_exit() == 0
        assert terminal.modes_now() == terminal.modes_before
        tail = bytes(terminal.raw)
    for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1004l"):
        assert mode in tail, f"{mode!r} was not restored"
    assert sandbox
    assert all(gone(pid) for pid in sandbox)


def test_what_is_kept_nowhere_is_said_to_be_gone() -> None:
    with Terminal([sys.executable, "-m", "tui", "demo"]) as terminal:
        opened(terminal)
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
        time.sleep(0.3)
        assert "O sandbox foi apagado; plantao demo --pasta DIR guarda." in bytes(terminal.raw).decode()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_dropped_link_closes_the_desk_and_the_sandbox(tmp_path: Path, number: signal.Signals) -> None:
    with Terminal(demo(tmp_path)) as terminal:
        opened(terminal)
        sandbox = children(terminal.process.pid)
        os.kill(terminal.process.pid, number)
        assert terminal.wait_exit() == 128 + number
        assert terminal.modes_now() == terminal.modes_before
        assert b"\x1b[?1049l" in bytes(terminal.raw)
    assert all(gone(pid) for pid in sandbox)


def test_closing_the_window_ends_everything(tmp_path: Path) -> None:
    """The terminal itself disappears, as when sshd dies: reads and writes fail, nothing may spin or hang."""
    terminal = Terminal(demo(tmp_path))
    opened(terminal)
    sandbox = children(terminal.process.pid)
    terminal.disappear()
    try:
        assert terminal.wait_exit() is not None
        assert all(gone(pid) for pid in sandbox)
    finally:
        terminal.process.kill()


@pytest.mark.crash
def test_a_killed_desk_loses_no_word_of_the_answer(tmp_path: Path) -> None:
    """kill -9 in the middle of writing; the sandbox ends too; the draft is there the next time."""
    with Terminal(demo(tmp_path), columns=120, lines=36) as terminal:
        opened(terminal)
        sandbox = children(terminal.process.pid)
        terminal.send("r")
        terminal.wait_for("RESPOSTA AO CLIENTE")
        terminal.send("Estamos verificando o cadastro do item")
        terminal.wait_for("cadastro do item")
        terminal.wait_quiet()
        terminal.process.kill()
        terminal.wait_exit()
        assert all(gone(pid) for pid in sandbox)
    with Terminal(demo(tmp_path), columns=120, lines=36) as terminal:
        opened(terminal)
        terminal.send("r")
        terminal.wait_for("Estamos verificando o cadastro do item")


CRASHING = """
import json, sys
from pathlib import Path
from tui.app import PlantaoApp
from tui.cli.demo import demo_settings, sandbox
import tui.app

def explode(self):
    ticket_text = "segredo do cliente"
    raise RuntimeError(f"{self.desk.settings.freshdesk.key.get_secret_value()} {ticket_text}")

PlantaoApp.do_chamados = explode
folder = Path(sys.argv[1])
with sandbox(folder / "sandbox") as ready:
    (folder / "chave").write_text(ready["keys"]["freshdesk"])
    sys.exit(tui.app.run_desk(demo_settings(ready, folder / "dados")))
"""


def test_a_crash_prints_no_secret_and_says_where_the_details_are(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", CRASHING, str(tmp_path)]) as terminal:
        opened(terminal)
        terminal.send("3")
        assert terminal.wait_exit() == 1
        time.sleep(0.3)
        raw = bytes(terminal.raw).decode("utf-8", "replace")
        assert terminal.modes_now() == terminal.modes_before
    key = (tmp_path / "chave").read_text()
    log = tmp_path / "dados" / "erros.log"
    written = log.read_text()
    assert "erro interno" in raw
    assert "RuntimeError" in written
    assert log.stat().st_mode & 0o777 == 0o600
    for secret in (key, "segredo do cliente"):
        assert secret not in raw
        assert secret not in written


def test_an_editor_that_fails_gives_the_terminal_back(tmp_path: Path) -> None:
    env = {"EDITOR": "/bin/false", "VISUAL": ""}
    with Terminal(demo(tmp_path), columns=120, lines=36, env=env) as terminal:
        opened(terminal)
        terminal.send("r")
        terminal.wait_for("RESPOSTA AO CLIENTE")
        terminal.send("\x1bOS")
        terminal.wait_for("terminou com erro")
        terminal.send("ainda escrevo")
        terminal.wait_for("ainda escrevo")
