"""Who else works on the same ticket on this machine: real sockets, real processes, another Unix user."""

import os
import pwd
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

import pytest

from tui.presence import MOST_TOLD, TABLE, Colleague, Presence, account_of

ROOT = Path(__file__).parents[2]
HOLDER = ROOT / "tests" / "support" / "holding_presence.py"
NOBODY = 65534
ME = pwd.getpwuid(os.getuid()).pw_name
pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="the kernel keeps no list of sockets")


@pytest.fixture
def account() -> str:
    """An account of this test's own: others test on the same machine."""
    return f"{secrets.token_hex(6)}.exemplo"


@contextmanager
def session(account: str, login: str, pid: int) -> Iterator[Presence]:
    """A desk of somebody's, in this process."""
    presence = Presence(account, login=login, pid=pid)
    yield presence
    presence.close()


@contextmanager
def process(account: str, ticket_id: int, *user: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Another session in a process of its own, and whom it saw there."""
    holder = subprocess.Popen(
        [sys.executable, HOLDER, account, str(ticket_id), *map(str, user)],
        stdout=PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert holder.stdout is not None
    try:
        yield holder, holder.stdout.readline().strip()
    finally:
        holder.kill()
        holder.communicate()


@contextmanager
def bound(name: bytes, kind: int = socket.SOCK_DGRAM) -> Iterator[None]:
    """What somebody on the machine bound by hand."""
    with socket.socket(socket.AF_UNIX, kind) as held:
        held.bind(b"\0" + name)
        yield


# ── two on one ticket ──


def test_two_on_one_ticket_see_each_other_and_not_themselves(account: str) -> None:
    with session(account, "ana", 11) as ana, session(account, "bruno", 12) as bruno:
        ana.enter(4102)
        assert ana.others(4102) == ()
        assert bruno.others(4102) == (Colleague(login="ana", pid=11, mine=False),)
        bruno.enter(4102)
        assert ana.others(4102) == (Colleague(login="bruno", pid=12, mine=False),)


def test_ones_own_other_session_is_told_apart_by_its_process(account: str) -> None:
    with session(account, "ana", 11) as here, session(account, "ana", 12) as there:
        here.enter(4102)
        there.enter(4102)
        assert here.others(4102) == (Colleague(login="ana", pid=12, mine=True),)
        assert there.others(4102) == (Colleague(login="ana", pid=11, mine=True),)


def test_another_ticket_and_another_account_are_nobodys_business(account: str) -> None:
    with session(account, "ana", 11) as ana, session(f"x{account}", "bruno", 12) as elsewhere:
        ana.enter(4102)
        assert ana.others(4103) == ()
        assert elsewhere.others(4102) == ()
        with session(account, "clara", 13) as clara:
            clara.enter(41)
            assert set(clara.everybody()) == {4102}
            assert set(ana.everybody()) == {41}


def test_a_ticket_is_left_with_the_last_page_on_it(account: str) -> None:
    with session(account, "ana", 11) as ana, session(account, "bruno", 12) as bruno:
        ana.enter(4102)
        ana.enter(4102)
        ana.leave(4102)
        assert bruno.others(4102)
        ana.leave(4102)
        assert bruno.others(4102) == ()
        ana.enter(4102)
        assert bruno.others(4102)
        ana.close()
        assert bruno.others(4102) == ()


def test_nobody_can_leave_anything_in_the_socket(account: str) -> None:
    with session(account, "ana", 11) as ana, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
        ana.enter(4102)
        with pytest.raises(BrokenPipeError):
            other.sendto(b"x", f"\0plantao/1/{account}/ticket/4102/ana/11".encode())


# ── real processes ──


def test_another_process_is_seen_and_is_gone_with_kill_9(account: str) -> None:
    mine = Presence(account)
    mine.enter(4102)
    with process(account, 4102) as (holder, saw):
        assert saw == f"{ME}/{os.getpid()}"
        assert mine.others(4102) == (Colleague(login=ME, pid=holder.pid, mine=True),)
        holder.kill()
        holder.wait()
        assert mine.others(4102) == ()
    mine.close()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_unix_user_is_seen_and_sees(account: str) -> None:
    mine = Presence(account)
    mine.enter(4102)
    with process(account, 4102, NOBODY) as (holder, saw):
        assert saw == f"{ME}/{os.getpid()}"
        login = pwd.getpwuid(NOBODY).pw_name
        assert mine.others(4102) == (Colleague(login=login, pid=holder.pid, mine=False),)
    mine.close()


def test_an_editor_that_outlives_its_session_does_not_keep_it_there(account: str) -> None:
    with session(account, "ana", 11) as ana, session(account, "bruno", 12) as bruno:
        ana.enter(4102)
        with subprocess.Popen(["/bin/cat"], stdin=PIPE, stdout=PIPE, close_fds=False) as editor:
            assert editor.stdin is not None
            assert editor.stdout is not None
            editor.stdin.write(b"x\n")
            editor.stdin.flush()
            assert editor.stdout.readline() == b"x\n", "it runs, and has closed what it should not have"
            ana.close()
            assert bruno.others(4102) == ()


# ── names ──


@pytest.mark.parametrize(
    ("host", "login"),
    [
        ("exemplo.freshdesk.com", "ana"),
        (f"{'filial-' * 12}grande.exemplo.com.br:8443", "ana"),
        ("exemplo.freshdesk.com", "EMPRESA\\ana p/apoio"),
        ("exemplo.freshdesk.com", "conceição"),
        ("exemplo.freshdesk.com", "ç" * 80),
    ],
    ids=["plain", "long host", "login of a domain", "accents", "long login"],
)
def test_every_name_fits_and_is_read_as_it_was_meant(host: str, login: str, account: str) -> None:
    host, largest = f"{account}.{host}", 10**19 - 1
    with session(host, login, 2**31) as there, session(host, "bruno", 12) as here:
        there.enter(largest)
        (seen,) = here.others(largest)
        assert seen.login
        assert login.startswith(seen.login)
        assert len(login) > 26 or seen.login == login
        assert there.others(largest) == (), "it knows itself also where the name was cut"


def test_long_hosts_that_begin_alike_stay_apart(account: str) -> None:
    long = f"{account}.{'filial-' * 12}"
    with session(f"{long}a.exemplo", "ana", 11) as ana, session(f"{long}b.exemplo", "bruno", 12) as bruno:
        ana.enter(4102)
        assert bruno.others(4102) == ()


@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("https://Exemplo.freshdesk.com", "exemplo.freshdesk.com"),
        ("https://exemplo.freshdesk.com/a/tickets", "exemplo.freshdesk.com"),
        ("http://127.0.0.1:8123", "127.0.0.1:8123"),
        ("https://ana@exemplo.freshdesk.com", "exemplo.freshdesk.com"),
    ],
)
def test_the_account_is_the_host_of_its_address(url: str, account: str) -> None:
    assert account_of(url) == account


# ── what others bind ──


@pytest.mark.parametrize(
    "rest",
    [
        b"4102/ana",
        b"4102/ana/",
        b"4102/ana/12x",
        b"4102/ana/12/",
        b"4102//12",
        b"4102/%20/12",
        b"4102/an a/12",
        b"4102/ana\0/12",
        b"x/ana/12",
        b"-1/ana/12",
        b"4102/ana/99999999999",
        b"4102/\xff\xfe/12",
        b"4102/" + b"a" * 27 + b"/12",
    ],
)
def test_a_name_that_does_not_parse_is_passed_over(account: str, rest: bytes) -> None:
    with session(account, "bruno", 12) as bruno, session(account, "clara", 13) as clara:
        clara.enter(4102)
        with bound(f"plantao/1/{account}/ticket/".encode() + rest):
            seen = bruno.everybody()
        assert seen == {4102: (Colleague(login="clara", pid=13, mine=False),)}


def test_only_a_name_that_ends_with_its_line_counts(account: str) -> None:
    place = f"plantao/1/{account}/ticket/4102".encode()
    with session(account, "bruno", 12) as bruno, bound(place + b"/ana/1", socket.SOCK_STREAM):
        assert bruno.others(4102) == (), "another kind of socket"
        with bound(b"x/" + place + b"/ana/1"):
            assert bruno.others(4102) == (), "another product's name"


def test_a_hostile_login_is_plain_text(account: str) -> None:
    with (
        session(account, "bruno", 12) as bruno,
        bound(f"plantao/1/{account}/ticket/4102/%1B[2J/1".encode()),
        bound(f"plantao/1/{account}/ticket/4102/%1B%5B2J%0Aana/2".encode()),
        bound(f"plantao/1/{account}/ticket/4102/%E2%80%AEana%FF/3".encode()),
    ):
        assert [each.login for each in bruno.others(4102)] == ["<U+202E>ana\ufffd", "␛[2J ana"]


def test_a_flood_of_names_is_cut_and_still_says_that_somebody_is_there(account: str) -> None:
    held = []
    for number in range(MOST_TOLD * 3):
        each = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        each.bind(f"\0plantao/1/{account}/ticket/4102/x{number}/{number}".encode())
        held.append(each)
    with session(account, "bruno", 12) as bruno, session(account, "ana", 11) as ana:
        ana.enter(4103)
        assert len(bruno.others(4102)) == MOST_TOLD
        assert [other.login for other in bruno.others(4103)] == ["ana"], "another ticket is not drowned"
    for each in held:
        each.close()


def test_ones_own_name_taken_by_somebody_else_is_no_trouble(account: str) -> None:
    with bound(f"plantao/1/{account}/ticket/4102/ana/11".encode()), session(account, "ana", 11) as ana:
        ana.enter(4102)
        assert ana.others(4102) == ()
        ana.leave(4102)


# ── where there is nothing to be seen ──


def test_without_the_kernels_list_there_is_nobody_and_nothing_is_bound(account: str, tmp_path: Path) -> None:
    alone = Presence(account, login="ana", pid=11, table=tmp_path / "unix")
    with session(account, "bruno", 12) as bruno:
        bruno.enter(4102)
        alone.enter(4102)
        assert alone.others(4102) == ()
        assert bruno.others(4102) == ()
        alone.leave(4102)


def test_without_an_account_nothing_is_told() -> None:
    nowhere = Presence("", login="ana", pid=2**31 - 7)
    nowhere.enter(4102)
    assert f"/ana/{2**31 - 7}".encode() not in TABLE.read_bytes()
    assert nowhere.everybody() == {}
    nowhere.close()


def test_a_list_that_cannot_be_read_any_more_shows_nobody(account: str, tmp_path: Path) -> None:
    table = tmp_path / "unix"
    table.write_bytes(b"Num\n0: 2 0 0 0002 01 5 @plantao/1/%s/ticket/4102/ana/12\n0: 2" % account.encode())
    bruno = Presence(account, login="bruno", pid=13, table=table)
    assert [other.login for other in bruno.others(4102)] == ["ana"]
    table.unlink()
    assert bruno.others(4102) == ()


def test_a_line_that_was_cut_short_is_not_taken_for_a_whole_one(account: str, tmp_path: Path) -> None:
    table = tmp_path / "unix"
    table.write_bytes(b"0: 2 0 0 0002 01 5 @plantao/1/%s/ticket/4102/ana/12" % account.encode())
    assert Presence(account, login="bruno", pid=13, table=table).others(4102) == ()
