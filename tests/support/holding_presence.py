"""Another session: a process that works on a ticket until it is ended.

Arguments: account, ticket, and, where it is to be another Unix user, that user's number.
"""

import os
import signal
import sys

from tui.hardening import harden
from tui.presence import Colleague, Presence

account, ticket, *user = sys.argv[1:]
Colleague(login="", pid=0, mine=True)  # all imports now: another user may not read the interpreter's files
if user:
    os.setgroups([])
    os.setgid(int(user[0]))
    os.setuid(int(user[0]))
harden()
presence = Presence(account)
presence.enter(int(ticket))
seen = presence.others(int(ticket))
print(" ".join(f"{other.login}/{other.pid}" for other in seen) or "ninguém", flush=True)
signal.pause()
