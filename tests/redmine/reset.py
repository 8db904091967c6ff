#!/usr/bin/env python3
"""Put the seeded data back under the running test Redmine: tens of milliseconds, no restart. Root.

--anonymous also opens it to strangers (login_required=0), until the next reset.
"""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def running(state: Path) -> bool:
    # the database's own -shm file tells nothing: Redmine lets its connections go after five idle minutes
    try:
        pid = (state / "puma.pid").read_text().strip()
        return b"puma" in Path("/proc", pid, "cmdline").read_bytes()
    except OSError:
        return False


def reset(state: Path, *, anonymous: bool) -> None:
    seed = sqlite3.connect(f"file:{state}/seed.sqlite3?mode=ro&immutable=1", uri=True)
    live = sqlite3.connect(state / "redmine.sqlite3", timeout=15)
    with closing(seed), closing(live):
        seed.backup(live)
        # Redmine re-reads its cached settings only when one of them is newer than the cache
        live.execute(
            "update settings set value = ?, updated_on = strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 second')"
            " where name = 'login_required'",
            ("0" if anonymous else "1",),
        )
        live.commit()


if __name__ == "__main__":
    state = Path(os.environ.get("REDMINE_STATE", "/var/lib/plantao-redmine"))
    if not running(state):
        sys.exit("the test Redmine is not running: start it with tests/redmine/up.sh, as root")
    reset(state, anonymous="--anonymous" in sys.argv[1:])
