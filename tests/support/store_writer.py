"""A process that writes to a store until done or killed: ``python store_writer.py FILE WHO COUNT MODE``.

It prints each number after the write was acknowledged. MODE: ``insert``, or ``pair`` (two tables at once).
"""

import sys
from pathlib import Path

from clients.store import Store


def main(path: str, who: str, count: str, mode: str) -> None:
    store = Store(Path(path))
    for n in range(int(count)):
        if mode == "pair":
            with store.transaction():
                store.table("left").insert({"who": who, "n": n, "text": "x" * 300})
                store.table("right").insert({"who": who, "n": n})
        else:
            store.table("left").insert({"who": who, "n": n, "text": "x" * 300})
        print(n, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
