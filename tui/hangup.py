"""A dropped SSH link, a closed tmux pane, a polite kill: the desk closes, and never lingers."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable

GRACE = 4.0
"""Seconds for closing in order. Writing to a terminal that is gone can block for ever."""


def close_on_hangup(close: Callable[[int], None]) -> None:
    """Call ``close`` with the exit code (128 + signal) on SIGHUP or SIGTERM; end hard after `GRACE`.

    To be called from the running event loop.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, _hang_up, number, close)


def _hang_up(number: signal.Signals, close: Callable[[int], None]) -> None:
    code = 128 + number
    deadline = threading.Timer(GRACE, os._exit, (code,))
    deadline.daemon = True
    deadline.start()
    close(code)
