"""A real terminal for tests: the program runs in a pty, its raw bytes are kept, its screen can be read."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds until a wait gives up; generous, since the machine is shared and noisy."""

_NOT_HANDED_ON = ("PLANTAO", "TEXTUAL", "COLUMNS", "LINES")
"""The last two are what a run in this process left: they would outweigh the size of the terminal."""


class TolerantScreen(pyte.Screen):
    """pyte's screen, deaf to sequences that carry more than it expects: it raises at Textual's queries of
    the keyboard protocol and of the mouse."""


def _forgiving(name: str) -> Callable[..., None]:
    handler = getattr(pyte.Screen, name)

    def call(*args: object, **options: object) -> None:
        with contextlib.suppress(TypeError):
            handler(*args, **options)

    return call


for _name in {*pyte.Stream.csi.values(), *pyte.Stream.escape.values()}:
    setattr(TolerantScreen, _name, _forgiving(_name))


class Terminal:
    """A program in a pty of ``columns`` × ``lines``. Use it as a context manager."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        lines: int = 24,
        cwd: Path = ROOT,
    ) -> None:
        self.raw = bytearray()
        self.arrivals: list[tuple[float, int]] = []
        """When each piece came (`time.perf_counter`), and how much had come with it."""
        self.screen = TolerantScreen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._shown = 0
        self._lock = threading.Lock()
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.modes_before = termios.tcgetattr(slave)
        base = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_HANDED_ON)}
        environment = {**base, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            list(argv),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={**environment, **(env or {})},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self.slave = slave
        self.last_byte = time.perf_counter()
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGHUP)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait(10)
        self.disappear()

    def disappear(self) -> None:
        """Take the terminal itself away, as when its window is closed. Can be called again."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._reader.join()  # or it would go on reading whatever gets the number of its descriptor next
        os.close(self.slave)
        os.close(self.master)

    def _read(self) -> None:
        while not self._closing.is_set():
            try:
                ready, _, _ = select.select([self.master], [], [], 0.1)
                chunk = os.read(self.master, 65536) if ready else b""
            except (OSError, ValueError):
                return
            if chunk:
                with self._lock:
                    self.raw += chunk
                    self.last_byte = time.perf_counter()
                    self.arrivals.append((self.last_byte, len(self.raw)))

    def send(self, text: str) -> None:
        """Type ``text``; control characters and escape sequences as the terminal would send them."""
        os.write(self.master, text.encode())

    def text(self) -> str:
        """The screen as it stands, one line each."""
        with self._lock:
            fresh = bytes(self.raw[self._shown :])
            self._shown = len(self.raw)
        # read here and not as it comes: the emulator is slower than the programs under test
        self._stream.feed(fresh)
        return "\n".join(self.screen.display)

    def bytes_so_far(self) -> int:
        """How much the program has written."""
        with self._lock:
            return len(self.raw)

    def wait_for(self, wanted: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Return the screen once it shows ``wanted``. AssertionError with the screen if it never does."""
        deadline = time.monotonic() + patience
        while True:
            shown = self.text()
            if wanted in shown if isinstance(wanted, str) else wanted(shown):
                return shown
            ended = self.process.poll()
            assert time.monotonic() < deadline and ended is None, (
                f"never saw {wanted!r} (exit code {ended}); the screen was:\n{shown}"
            )
            time.sleep(0.03)

    def wait_quiet(self, quiet: float = 0.5, patience: float = PATIENCE) -> None:
        """Return once nothing was written for ``quiet`` seconds, counted from now."""
        called = time.perf_counter()
        while time.perf_counter() - max(self.last_byte, called) < quiet:
            if time.perf_counter() - called > patience:
                return
            time.sleep(0.02)

    def wait_exit(self, patience: float = PATIENCE) -> int:
        """Return the exit code."""
        return self.process.wait(patience)

    def modes_now(self) -> list[object]:
        """The terminal's modes, for comparison with `modes_before`."""
        return list(termios.tcgetattr(self.slave))
