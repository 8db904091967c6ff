"""One thread on which everything of a library that is not made for threads is done, in order."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")


class ThreadClosed(RuntimeError):
    """Work was handed to a thread that was closed."""


class DedicatedThread:
    """Calls from any task, done one after another on a thread that starts with the first of them.

    The thread is a daemon, unlike those of ThreadPoolExecutor: a server that hangs does not keep the process
    from ending. A call whose caller was cancelled before its turn is not made.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    async def call(self, work: Callable[[], Result]) -> Result:
        """Do ``work`` on the thread; return or raise what it does."""
        future: Future[Result] = Future()

        def turn() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001  # handed to the caller, whatever it is
                future.set_exception(error)

        with self._starting:
            if self._closed:
                raise ThreadClosed(self._name)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._calls.put(turn)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let the thread end after the calls that were handed in so far. Does not wait for them."""
        with self._starting:
            self._closed = True
            self._calls.put(None)

    def _work(self) -> None:
        while (turn := self._calls.get()) is not None:
            turn()
