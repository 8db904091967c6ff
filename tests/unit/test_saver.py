"""What is typed reaches the disk in order, and what the store refuses is told and tried again."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest

from clients.errors import StoreError
from tui.disk import Disk
from tui.saver import Fate, Kept, Refused, Saver, Saving

pytestmark = pytest.mark.anyio
NEVER = 3600.0


class Shelf:
    """A disk that refuses while it is full."""

    def __init__(self) -> None:
        self.full = False
        self.written: list[str] = []

    def put(self, text: str) -> Callable[[], None]:
        def write() -> None:
            if self.full:
                raise StoreError("disco cheio")
            self.written.append(text)

        return write


@pytest.fixture
def disk() -> Iterator[Disk]:
    opened = Disk()
    yield opened
    opened.close()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def saver_on(disk: Disk, heard: list[StoreError], *, slow: float = NEVER, again: float = NEVER) -> Saver:
    return Saver(disk, heard.append, slow=slow, again=again)


async def test_a_newer_text_takes_the_place_of_one_that_waits(disk: Disk, shelf: Shelf) -> None:
    saver = saver_on(disk, [])
    told: list[Fate] = []
    for text in ("a", "ab", "abc"):
        saver.save("resposta", shelf.put(text), told.append)
    await saver.flush()
    assert (shelf.written, told) == (["abc"], [Kept()])


async def test_a_text_typed_while_the_one_before_is_written_is_kept_too(disk: Disk, shelf: Shelf) -> None:
    saver = saver_on(disk, [])
    begun, goes_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        goes_on.wait()
        shelf.put("a")()

    told: list[Fate] = []
    saver.save("resposta", slowly, told.append)
    await asyncio.to_thread(begun.wait)
    saver.save("resposta", shelf.put("ab"), told.append)
    goes_on.set()
    await saver.flush()
    assert (shelf.written, told) == (["a", "ab"], [Kept()])


async def test_a_step_is_never_replaced_and_nothing_jumps_over_it(disk: Disk, shelf: Shelf) -> None:
    saver = saver_on(disk, [])
    saver.save("nota", shelf.put("nota 1"))
    saver.then(shelf.put("troca 1"))
    saver.save("nota", shelf.put("nota 2"))
    saver.save("nota", shelf.put("nota 3"))
    saver.then(shelf.put("troca 2"))
    await saver.flush()
    assert shelf.written == ["nota 1", "troca 1", "nota 3", "troca 2"]


async def test_an_outage_is_told_once_and_to_each_that_waits(disk: Disk, shelf: Shelf) -> None:
    heard: list[StoreError] = []
    saver = saver_on(disk, heard)
    told: list[Fate] = []
    shelf.full = True
    for text in ("a", "ab", "abc"):
        saver.save("resposta", shelf.put(text), told.append)
        await saver.flush()
    assert len(heard) == 1
    assert saver.refusal is not None
    assert [type(fate) for fate in told] == [Refused, Refused, Refused]

    shelf.full = False
    await saver.flush()
    assert (shelf.written, told[-1]) == (["abc"], Kept())
    shelf.full = True
    saver.save("resposta", shelf.put("abcd"))
    await saver.flush()
    assert len(heard) == 2, "the next outage is news again"


async def test_what_was_refused_stays_in_line(disk: Disk, shelf: Shelf) -> None:
    saver = saver_on(disk, [])
    shelf.full = True
    saver.save("resposta", shelf.put("resposta"))
    saver.then(shelf.put("troca"))
    await saver.flush()
    saver.save("nota", shelf.put("nota"))
    shelf.full = False
    await saver.flush()
    assert shelf.written == ["resposta", "troca", "nota"]


async def test_a_write_that_breaks_does_not_hold_the_others_back(disk: Disk, shelf: Shelf) -> None:
    def broken() -> None:
        raise KeyError("x")

    saver = saver_on(disk, [])
    saver.save("resposta", broken)
    with pytest.raises(KeyError):
        await saver.flush()
    saver.save("nota", shelf.put("nota"))
    await saver.flush()
    assert shelf.written == ["nota"]


async def test_what_was_refused_is_tried_again_by_itself(disk: Disk, shelf: Shelf) -> None:
    saver = saver_on(disk, [], again=0.0)
    kept = asyncio.Event()

    def told(fate: Fate) -> None:
        if isinstance(fate, Refused):
            shelf.full = False
        if isinstance(fate, Kept):
            kept.set()

    shelf.full = True
    saver.save("resposta", shelf.put("a"), told)
    await kept.wait()
    assert shelf.written == ["a"]
    await saver.close()


async def test_a_write_that_takes_long_is_told_to_be_on_its_way(disk: Disk) -> None:
    saver = saver_on(disk, [], slow=0.0)
    goes_on = threading.Event()
    told: list[Fate] = []

    def hear(fate: Fate) -> None:
        told.append(fate)
        goes_on.set()

    saver.save("resposta", goes_on.wait, hear)
    await saver.flush()
    assert told[0] == Saving()
    assert told[-1] == Kept()
