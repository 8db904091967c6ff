"""Real processes on one store: killed, racing, and on a full disk. What was acknowledged is there, once."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.errors import StoreError
from clients.store import Store

pytestmark = pytest.mark.crash

ROOT = Path(__file__).parents[2]
WRITER = ROOT / "tests" / "support" / "store_writer.py"


def writer(path: Path, who: object, count: int, mode: str = "insert") -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, WRITER, path, str(who), str(count), mode],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_four_processes_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plantao.db"
    processes = [writer(path, who, 200) for who in range(4)]  # they also race to create the file
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    table = Store(path).table("left")
    found = sorted((row["who"], row["n"]) for row in table)
    assert found == [(str(who), n) for who in range(4) for n in range(200)]
    assert sorted(row.doc_id for row in table) == list(range(1, 801))


def test_killed_while_writing_keeps_every_acknowledged_write(tmp_path: Path) -> None:
    path = tmp_path / "plantao.db"
    Store(path).close()
    acknowledged: dict[str, int] = {}
    for round in range(12):
        process = writer(path, round, 1_000_000, "pair")
        assert process.stdout is not None
        process.stdout.readline()  # it writes now
        time.sleep(0.01 * (round % 5))
        process.kill()
        rest = process.stdout.read().splitlines()
        process.wait()
        acknowledged[str(round)] = int(rest[-1]) + 1 if rest else 1
    store = Store(path)
    store.check()
    for who, count in acknowledged.items():
        left = [row["n"] for row in store.table("left") if row["who"] == who]
        right = [row["n"] for row in store.table("right") if row["who"] == who]
        assert left == right == list(range(len(left)))
        assert count <= len(left) <= count + 1


@contextlib.contextmanager
def tiny_disk(folder: Path) -> Iterator[None]:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k,mode=0700", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip("mounting a tmpfs is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(store: Store) -> int:
    """Insert until the disk refuses; return how many inserts were acknowledged."""
    done = 0

    def insert() -> None:
        nonlocal done
        for done in range(100_000):
            store.table("t").insert({"n": done, "text": "x" * 2_000})

    with pytest.raises(StoreError, match="já estava gravado continua lá") as caught:
        insert()
    assert str(store.path) in caught.value.message
    return done


def write_too_much(store: Store) -> None:
    with store.transaction():
        store.table("t").insert({"n": -1, "text": "x" * 200_000})
        store.table("t").insert({"n": -2})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a tiny disk")
def test_a_full_disk_loses_nothing_and_works_again_with_space(tmp_path: Path) -> None:
    folder = tmp_path / "disco"
    folder.mkdir()
    with tiny_disk(folder):
        ballast = folder / "ballast"
        ballast.write_bytes(b"x" * 100_000)
        store = Store(folder / "plantao.db")
        count = fill(store)
        assert count > 10
        assert [row["n"] for row in store.table("t")] == list(range(count))
        with pytest.raises(StoreError):
            write_too_much(store)
        ballast.unlink()
        store.table("t").insert({"n": count})
        store.close()
        again = Store(folder / "plantao.db")
        again.check()
        assert [row["n"] for row in again.table("t")] == list(range(count + 1))
        again.close()


def test_a_file_size_limit_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plantao.db"
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from tests.unit.test_store_under_fire import fill\n"
        "from clients.store import Store\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))\n"
        "print(fill(Store(Path(sys.argv[1]))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    store = Store(path)
    store.check()
    assert [row["n"] for row in store.table("t")] == list(range(int(done.stdout)))
