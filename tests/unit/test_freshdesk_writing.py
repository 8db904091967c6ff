"""Writing to Freshdesk: the smallest update, replies and notes as HTML, time, files; once each."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from clients.errors import (
    Forbidden,
    NoteExposed,
    NotFound,
    OutcomeUnknown,
    Rejected,
    ServerTrouble,
    StoreError,
    Unreachable,
)
from clients.freshdesk_files import read_upload, safe_file_name
from clients.freshdesk_wire import difference
from clients.models.html import html_to_text
from clients.models.outgoing import same_message, to_html
from clients.models.ticket import MAX_TICKET_BYTES, Ticket
from tests.support.freshdesk_account import Account, said, ticket
from tests.support.leaks import told_by

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]


@pytest.fixture
def account() -> Account:
    return Account()


# -- fields --------------------------------------------------------------------------------------------


async def test_only_what_changes_is_sent(account: Account) -> None:
    account.on("PUT tickets/1", ticket(1, status=4))
    had = Ticket.model_validate(ticket(1, type="Bug", tags=["nfe"], custom_fields={"cf_a": "x", "cf_b": 1}))
    wanted = {
        "status": 4,
        "type": "Bug",
        "tags": ["nfe", "sefaz"],
        "custom_fields": {"cf_a": "x", "cf_b": 2},
        "group_id": None,
    }
    changes = difference(had, wanted)
    updated = await account.freshdesk().update(1, changes)
    assert account.sent() == {"status": 4, "tags": ["nfe", "sefaz"], "custom_fields": {"cf_b": 2}}
    assert updated.status == 4


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"id": 1},
        {"status": 4, "updated_at": "2026-03-04"},
        {"agent_id": 1},
        {"status": "4"},
        {"priority": True},
        {"group_id": 1.0},
    ],
)
async def test_what_the_server_would_refuse_is_not_sent(account: Account, changes: dict[str, object]) -> None:
    with pytest.raises(Rejected):
        await account.freshdesk().update(1, changes)
    assert account.requests == []


async def test_an_owner_can_be_taken_off(account: Account) -> None:
    account.on("PUT tickets/1", ticket(1))
    await account.freshdesk().update(1, {"responder_id": None})
    assert account.sent() == {"responder_id": None}


async def test_a_spam_ticket_takes_no_change(account: Account) -> None:
    account.on("PUT tickets/1", {"message": "PUT method is not allowed."}, status=405)
    with pytest.raises(Rejected, match="PUT method is not allowed"):
        await account.freshdesk().update(1, {"status": 4})


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, json=[]), httpx.Response(200, json={"id": 1}), httpx.Response(502)]
)
async def test_an_update_whose_answer_cannot_be_read_is_unknown(
    account: Account, answer: httpx.Response
) -> None:
    account.on("PUT tickets/1", answer)
    with pytest.raises(OutcomeUnknown):
        await account.freshdesk().update(1, {"status": 4})
    assert len(account.requests) == 1


# -- words ---------------------------------------------------------------------------------------------


async def test_a_reply_is_html_made_of_plain_text(account: Account) -> None:
    created = {key: value for key, value in said(9).items() if key not in ("private", "incoming", "source")}
    account.on("POST tickets/1/reply", created, status=201)
    reply = await account.freshdesk().reply(
        1, 'Olá <b>Rui</b> & "cia"\r\n\r\n1 > 0\n', cc=["ana@exemplo.com"]
    )
    assert account.sent() == {
        "body": "<div>Olá &lt;b&gt;Rui&lt;/b&gt; &amp; &quot;cia&quot;<br><br>1 &gt; 0</div>",
        "cc_emails": ["ana@exemplo.com"],
    }
    assert (reply.id, reply.private, reply.incoming) == (9, False, False)


@pytest.mark.parametrize("text", ["", "  \n\t"])
async def test_nothing_is_not_sent(account: Account, text: str) -> None:
    with pytest.raises(Rejected, match="vazio"):
        await account.freshdesk().reply(1, text)
    assert account.requests == []


@pytest.mark.parametrize("status", [500, 502, 504, 408])
async def test_a_reply_is_never_sent_twice(account: Account, status: int) -> None:
    account.on("POST tickets/1/reply", status=status)
    with pytest.raises(OutcomeUnknown):
        await account.freshdesk().reply(1, "Olá")
    assert account.calls == ["POST tickets/1/reply"]


async def test_a_note_is_private_unless_asked_otherwise(account: Account) -> None:
    account.on("POST tickets/1/notes", said(9, private=True), status=201)
    assert (await account.freshdesk().note(1, "só nós")).private
    assert account.sent() == {"body": "<div>só nós</div>", "private": True}


async def test_a_public_note(account: Account) -> None:
    account.on("POST tickets/1/notes", said(9, private=False), status=201)
    assert not (await account.freshdesk().note(1, "para todos", private=False)).private
    assert account.sent() == {"body": "<div>para todos</div>", "private": False}


@pytest.mark.parametrize("echo", [{"private": False}, {"private": None}, {"private": "true"}])
async def test_a_private_note_that_came_out_public_raises_the_alarm(
    account: Account, echo: dict[str, object]
) -> None:
    row = said(9)
    del row["private"]
    account.on(
        "POST tickets/1/notes", {**row, **{k: v for k, v in echo.items() if v is not None}}, status=201
    )
    with pytest.raises(NoteExposed, match="ticket 1"):
        await account.freshdesk().note(1, "só nós")


LINKED = "&lt;<a href='https://x.example/a'>https://x.example/a</a>&gt; &amp; só"


@pytest.mark.parametrize(
    ("sent", "found", "same"),
    [
        ("Olá\n\nRui", "Olá Rui", True),
        ("a <b> & c", "a <b> & c", True),
        ("veja www.x.example já", "veja www.x.example <http://www.x.example> já", True),
        ("<https://x.example/a> & só", html_to_text(LINKED), True),
        ("Olá", "Olá!", False),
        ("Ola", "Olá", False),
    ],
)
def test_the_same_message_is_told_from_another(sent: str, found: str, same: bool) -> None:
    assert same_message(sent, found) is same


def test_line_breaks_of_every_kind() -> None:
    assert to_html("\na\r\nb\rc\n\nd\n\n") == "<div>a<br>b<br>c<br><br>d</div>"


# -- time ----------------------------------------------------------------------------------------------


async def test_time_is_logged_without_starting_a_timer(account: Account) -> None:
    account.on("POST tickets/1/time_entries", {"id": 6, "time_spent": "01:35"}, status=201)
    entry = await account.freshdesk().log_time(1, 95, "Análise de log")
    assert account.sent() == {
        "time_spent": "01:35",
        "timer_running": False,
        "note": "Análise de log",
        "billable": True,
        "executed_at": "2026-03-04T15:00:00Z",
    }
    assert entry.id == 6


async def test_time_of_another_day_and_over_a_day(account: Account) -> None:
    account.on("POST tickets/1/time_entries", {"id": 6}, status=201)
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await account.freshdesk().log_time(1, 1500, "Mutirão", billable=False, executed_at=when)
    sent = account.sent()
    assert isinstance(sent, dict)
    assert (sent["time_spent"], sent["executed_at"]) == ("25:00", "2026-03-01T12:00:00Z")


@pytest.mark.parametrize("minutes", [0, -5])
async def test_no_time_is_not_logged(account: Account, minutes: int) -> None:
    with pytest.raises(Rejected):
        await account.freshdesk().log_time(1, minutes, "nada")
    assert account.requests == []


async def test_time_entries_are_listed(account: Account) -> None:
    account.on("GET tickets/1/time_entries", [{"id": 6, "agent_id": 77, "time_spent": "00:10", "note": None}])
    [entry] = await account.freshdesk().time_entries(1)
    assert (entry.id, entry.time_spent) == (6, "00:10")


async def test_time_tracking_that_the_plan_lacks(account: Account) -> None:
    account.on(
        "GET tickets/1/time_entries", {"code": "require_feature", "message": "not in plan"}, status=403
    )
    with pytest.raises(Forbidden, match="not in plan"):
        await account.freshdesk().time_entries(1)


# -- files up ------------------------------------------------------------------------------------------


def with_attachments(account: Account, ticket_bytes: int = 0, said_bytes: int = 0) -> None:
    def file(size: int) -> list[dict[str, object]]:
        return [{"id": size, "name": "a.png", "size": size, "attachment_url": "https://balde.example/a"}]

    account.on("GET tickets/1", ticket(1, attachments=file(ticket_bytes)))
    account.on("GET tickets/1/conversations", [said(3, attachments=file(said_bytes))])


async def test_files_go_as_parts_of_the_reply(account: Account, tmp_path: Path) -> None:
    with_attachments(account)
    account.on("POST tickets/1/reply", said(9), status=201)
    image = tmp_path / "Erro São Paulo.png"
    image.write_bytes(b"\x89PNG")
    await account.freshdesk().reply(1, "Veja", cc=["a@x.example", "b@x.example"], attachments=[image])
    body = account.requests[-1].content.decode("utf-8", "replace")
    assert account.requests[-1].headers["content-type"].startswith("multipart/form-data")
    assert 'name="attachments[]"; filename="Erro São Paulo.png"' in body
    assert "Content-Type: image/png" in body
    assert body.count('name="cc_emails[]"') == 2
    assert "<div>Veja</div>" in body


async def test_a_note_with_a_file_is_as_private(account: Account, tmp_path: Path) -> None:
    with_attachments(account)
    account.on("POST tickets/1/notes", said(9, private=True), status=201)
    log = tmp_path / "log.txt"
    log.write_text("x")
    await account.freshdesk().note(1, "log", attachments=[log])
    assert b'name="private"\r\n\r\ntrue\r\n' in account.requests[-1].content


async def test_the_limit_counts_what_the_ticket_already_has(account: Account, tmp_path: Path) -> None:
    with_attachments(account, ticket_bytes=12_000_000, said_bytes=7_999_000)
    file = tmp_path / "a.log"
    file.write_bytes(b"x" * 1001)
    with pytest.raises(Rejected, match="20,0 MB; o limite é 20 MB"):
        await account.freshdesk().reply(1, "Veja", attachments=[file])
    assert not any(call.startswith("POST") for call in account.calls)


async def test_what_cannot_be_read_before_the_files_go_leaves_no_doubt(
    account: Account, tmp_path: Path
) -> None:
    (picture := tmp_path / "tela.png").write_bytes(b"abc")
    account.on("GET tickets/1", status=502)
    with pytest.raises(Unreachable, match="Freshdesk: ") as failure:
        await account.freshdesk().reply(1, "Segue a tela.", attachments=[picture])
    assert "Nada foi gravado" in failure.value.way_out


async def test_files_that_are_too_much_by_themselves_ask_nothing(account: Account, tmp_path: Path) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    for file in files:
        file.write_bytes(b"x" * (MAX_TICKET_BYTES // 2 + 1))
    with pytest.raises(Rejected):
        await account.freshdesk().reply(1, "Veja", attachments=files)
    assert account.requests == []


async def test_the_desks_own_files_are_never_attached(account: Account, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "chaves.toml").write_text("x")
    detour = config / ".." / "config" / "chaves.toml"
    with pytest.raises(Rejected, match="próprio Plantão"):
        await account.freshdesk(keep_out=[config]).reply(1, "Veja", attachments=[detour])
    assert account.requests == []


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    target = tmp_path / "alvo"
    target.write_bytes(b"conteudo")
    link = tmp_path / "atalho"
    link.symlink_to(target)
    pipe = tmp_path / "cano"
    os.mkfifo(pipe)
    big = tmp_path / "grande"
    with big.open("wb") as file:
        file.truncate(MAX_TICKET_BYTES + 1)
    for path in (link, pipe, big, tmp_path, tmp_path / "nada", Path("/dev/zero"), tmp_path / "a\0b"):
        with pytest.raises(Rejected):
            read_upload(path)
    assert read_upload(target).content == b"conteudo"
    assert "conteudo" not in repr(read_upload(target))


# -- files down ----------------------------------------------------------------------------------------


def signed(host: str = "https://balde.example") -> list[dict[str, object]]:
    url = f"{host}/arquivo?X-Amz-Signature=assinatura123"
    return [{"id": 5, "name": "../../.bashrc", "size": 4, "attachment_url": url}]


class Bucket:
    """The account, and the host of files beside it."""

    def __init__(self, account: Account, answer: httpx.Response) -> None:
        self.account = account
        self.answer = answer
        self.asked: list[httpx.Request] = []
        account.on("GET /arquivo", self.serve)

    def serve(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answer


async def test_a_file_is_fetched_anew_and_saved_safely(account: Account, tmp_path: Path) -> None:
    account.on("GET tickets/1", ticket(1))
    account.on("GET tickets/1/conversations", [said(3, attachments=signed())])
    bucket = Bucket(account, httpx.Response(200, content=b"\x89PNG"))
    folder = tmp_path / "baixados"
    first = await account.freshdesk().download(1, 5, folder)
    again = await account.freshdesk().download(1, 5, folder)
    assert (first, again) == (folder / "bashrc", folder / "bashrc (2)")
    assert first.read_bytes() == b"\x89PNG"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all("authorization" not in request.headers for request in bucket.asked)


async def test_a_failed_download_leaves_nothing_and_tells_no_signature(
    account: Account, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    account.on("GET tickets/1", ticket(1, attachments=signed()))
    account.on("GET tickets/1/conversations", [])
    Bucket(account, httpx.Response(403, text="<Error>expired</Error>"))
    with pytest.raises(Forbidden) as told:
        await account.freshdesk().download(1, 5, tmp_path)
    assert os.listdir(tmp_path) == []
    assert "assinatura123" not in told_by(told.value) + caplog.text


async def test_a_file_that_is_gone(account: Account, tmp_path: Path) -> None:
    account.on("GET tickets/1", ticket(1))
    account.on("GET tickets/1/conversations", [])
    with pytest.raises(NotFound, match="anexo 5"):
        await account.freshdesk().download(1, 5, tmp_path)


async def test_a_file_is_not_fetched_in_the_clear(account: Account, tmp_path: Path) -> None:
    account.on("GET tickets/1", ticket(1, attachments=signed("http://balde.example")))
    account.on("GET tickets/1/conversations", [])
    bucket = Bucket(account, httpx.Response(200, content=b"x"))
    with pytest.raises(Rejected, match="criptografia"):
        await account.freshdesk().download(1, 5, tmp_path)
    assert bucket.asked == []


async def test_a_file_that_breaks_off(account: Account, tmp_path: Path) -> None:
    def break_off(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset")

    account.on("GET tickets/1", ticket(1, attachments=signed()))
    account.on("GET tickets/1/conversations", [])
    account.on("GET /arquivo", break_off)
    with pytest.raises(ServerTrouble):
        await account.freshdesk().download(1, 5, tmp_path)
    assert os.listdir(tmp_path) == []


async def test_a_folder_that_cannot_be_written(account: Account, tmp_path: Path) -> None:
    account.on("GET tickets/1", ticket(1, attachments=signed()))
    account.on("GET tickets/1/conversations", [])
    (tmp_path / "arquivo").write_text("")
    with pytest.raises(StoreError):
        await account.freshdesk().download(1, 5, tmp_path / "arquivo" / "pasta")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("nota.pdf", "nota.pdf"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\sistema.ini", "sistema.ini"),
        ("..", "anexo"),
        ("", "anexo"),
        (".profile", "profile"),
        ("a/.b", "b"),
        ("nome\n\x1b[31m.txt", "nome ␛[31m.txt"),
        ('x:y*"z?.txt', "x_y__z_.txt"),
        ("São João.png", "São João.png"),
        ("a" * 300 + ".jpeg", "a" * 115 + ".jpeg"),
        ("é" * 300, "é" * 60),
        ("a." + "b" * 300, "a"),
    ],
)
def test_a_name_fit_for_any_folder(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe
    assert len(safe_file_name(name).encode()) <= 120
