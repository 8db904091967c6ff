"""Before anything is read: what this process keeps from others on the same machine."""

import ctypes
import os
import resource

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """Make new files private, and keep memory out of core dumps and out of other processes' reach.

    Not dumpable also means that not even the same user reads this process's environment or attaches to it.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except AttributeError:  # Linux alone has it
        return
