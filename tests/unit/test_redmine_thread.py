"""Every call of the Redmine client is made on one thread, in order, and none before it is needed."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable

import pytest
from pydantic import SecretStr

from clients.dedicated_thread import DedicatedThread, ThreadClosed
from clients.errors import ServerTrouble
from clients.redmine import Redmine
from tests.support.scripted_server import Exchange, reply, scripted

pytestmark = pytest.mark.anyio


async def test_calls_are_made_in_order_on_one_thread() -> None:
    worker = DedicatedThread("obra")
    seen: list[tuple[int, str]] = []
    await asyncio.gather(
        *(worker.call(lambda n=n: seen.append((n, threading.current_thread().name))) for n in range(50))  # type: ignore[misc]
    )
    assert seen == [(n, "obra") for n in range(50)]
    worker.close()


async def test_a_call_raises_what_its_work_raises() -> None:
    worker = DedicatedThread("obra")

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await worker.call(fail)
    assert await worker.call(lambda: 3) == 3
    worker.close()


async def test_a_call_whose_caller_gave_up_before_its_turn_is_not_made() -> None:
    worker = DedicatedThread("obra")
    started, free, made = threading.Event(), threading.Event(), []

    def hold() -> bool:
        started.set()
        return free.wait(30)

    first = asyncio.create_task(worker.call(hold))
    await asyncio.to_thread(started.wait, 30)
    second = asyncio.create_task(worker.call(lambda: made.append(2)))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    free.set()
    await first
    await worker.call(lambda: made.append(3))
    assert made == [3]
    worker.close()


async def test_a_closed_thread_takes_no_more_calls_and_ends() -> None:
    worker = DedicatedThread("obra que fecha")
    thread = await worker.call(threading.current_thread)
    worker.close()
    with pytest.raises(ThreadClosed):
        await worker.call(lambda: None)
    await asyncio.to_thread(thread.join, 30)
    assert not thread.is_alive()


def test_the_library_is_not_imported_before_the_first_call() -> None:
    code = (
        "import sys; from pydantic import SecretStr; from clients.redmine import Redmine;"
        "Redmine('http://redmine.example', SecretStr('k')).close();"
        "sys.exit(bool({'redminelib', 'requests', 'urllib3', 'stamina'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_a_hanging_server_does_not_keep_the_process_from_ending() -> None:
    def script(exchange: Exchange, number: int) -> None:
        server.over.wait(60)

    with scripted(script) as server:
        code = (
            "import asyncio; from pydantic import SecretStr; from clients.redmine import Redmine\n"
            "async def main():\n"
            f"    call = asyncio.create_task(Redmine('{server.url}', SecretStr('k')).check())\n"
            "    await asyncio.wait({call}, timeout=1)\n"
            "    call.cancel()\n"
            "asyncio.run(main())"
        )
        assert subprocess.run([sys.executable, "-c", code], timeout=45).returncode == 0
        assert not server.over.is_set()


@pytest.mark.parametrize(
    "body", [b"{}", b'{"user": null}', b'{"user": {"login": "sem numero"}}', b'{"user": []}']
)
async def test_json_of_another_shape_is_trouble_with_a_name(body: bytes) -> None:
    with scripted(lambda exchange, _: reply(exchange, 200, body)) as server:
        redmine = Redmine(server.url, SecretStr("k"))
        with pytest.raises(ServerTrouble, match="forma"):
            await redmine.check()
        redmine.close()


async def of_a_ticket(redmine: Redmine) -> None:
    await redmine.find_by_ticket(4102)


async def all_of_them(redmine: Redmine) -> None:
    await redmine.tasks()


@pytest.mark.parametrize("walk", [all_of_them, of_a_ticket])
async def test_a_server_that_ignores_the_walk_by_number_does_not_loop(
    walk: Callable[[Redmine], Awaitable[None]],
) -> None:
    rows = b'{"issues": [%s], "total_count": 9, "offset": 0, "limit": 1}' % (
        b'{"id": 5, "project": {"id": 1}, "tracker": {"id": 1}, "status": {"id": 1},'
        b' "custom_fields": [{"id": 3, "name": "Ticket", "value": "4102"}],'
        b' "created_on": "2026-01-01T00:00:00Z", "updated_on": "2026-01-01T00:00:00Z"}'
    )

    def script(exchange: Exchange, number: int) -> None:
        looping = number > 20
        body = b'{"user": {"id": 1}}' if "users" in exchange.path else rows
        reply(exchange, 404 if looping else 200, body)

    with scripted(script) as server:
        redmine = Redmine(server.url, SecretStr("k"), ticket_field=3)
        with pytest.raises(ServerTrouble, match="filtro por número"):
            await walk(redmine)
        redmine.close()
