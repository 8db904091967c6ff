#!/usr/bin/env python3
"""Put the seeded data back under the running test Redmine: tens of milliseconds, no restart. Root, after up.sh.

--anonymous also opens it to strangers (login_required=0), until the next reset.
"""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def reset(state: Path, *, anonymous: bool) -> None:
    if not (state / "redmine.sqlite3-shm").exists():
        sys.exit("the server is not running; use up.sh")
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
    reset(state, anonymous="--anonymous" in sys.argv[1:])
