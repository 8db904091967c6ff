"""python-redmine, repaired: what goes out, what comes back, and what never may."""

import io
import json
import logging
import ssl
import sys
import threading
import traceback
from json import loads
from pathlib import Path
from typing import Any

import pytest
import redminelib
import requests
import trustme
from pydantic import SecretStr
from requests.adapters import BaseAdapter

from clients import redmine_engine
from clients.errors import (
    Forbidden,
    NotFound,
    OutcomeUnknown,
    Rejected,
    RemoteError,
    ServerTrouble,
    SettingsError,
    Throttled,
    Unauthorized,
    Unreachable,
    Untrusted,
)
from clients.redmine_engine import Engine, connect, origin
from tests.support.faults import refusing_port
from tests.support.scripted_server import Exchange, Script, Scripted, reply, scripted

pytestmark = pytest.mark.usefixtures("no_waiting")
KEY = "c0ffee" * 6


@pytest.fixture
def attempts() -> int:
    return redmine_engine.READ_ATTEMPTS


def engine(url: str, **options: Any) -> Engine:
    return Engine(base_url=url, secret=SecretStr(KEY), **options)


def hang(server: Scripted) -> None:
    server.over.wait(30)


def test_a_server_that_says_nothing_is_given_up_after_a_few_attempts() -> None:
    def script(exchange: Exchange, number: int) -> None:
        server.over.wait(30)

    with scripted(script) as server:
        with pytest.raises(ServerTrouble, match="no tempo"):
            engine(server.url, read_seconds=0.2).request("get", f"{server.url}/issues.json")
        assert not server.over.is_set()
        assert len(server.received) == redmine_engine.READ_ATTEMPTS


@pytest.mark.parametrize("chunked", [False, True])
def test_an_answer_that_trickles_is_given_up(chunked: bool) -> None:
    def script(exchange: Exchange, number: int) -> None:
        exchange.send_response(200)
        header = ("Transfer-Encoding", "chunked") if chunked else ("Content-Length", "1000000")
        exchange.send_header(*header)
        exchange.end_headers()
        while not server.over.wait(0.02):
            exchange.wfile.write(b"1\r\n \r\n" if chunked else b" ")

    with scripted(script) as server:
        with pytest.raises(ServerTrouble, match="não terminou"):
            engine(server.url, read_seconds=10, total_seconds=0.2).request("get", f"{server.url}/issues.json")
        assert not server.over.is_set()


def test_an_answer_without_end_is_cut() -> None:
    def script(exchange: Exchange, number: int) -> None:
        exchange.send_response(200)
        exchange.send_header("Content-Length", "100000000")
        exchange.end_headers()
        while not server.over.is_set():
            exchange.wfile.write(b" " * 1_000)

    with scripted(script) as server, pytest.raises(ServerTrouble, match="passou de 1 MB"):
        engine(server.url, max_body=1_000_000).request("get", f"{server.url}/issues.json")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_read_is_tried_again(status: int) -> None:
    def script(exchange: Exchange, number: int) -> None:
        reply(exchange, *((status, b"") if number < 2 else (200, b'{"ok": 1}')))

    with scripted(script) as server:
        assert engine(server.url).request("get", f"{server.url}/issues.json") == {"ok": 1}
        assert len(server.received) == 3


def busy_until(seconds: int) -> Script:
    """Answer 503 with the moment, by this server's clock, at which to come back."""

    def script(exchange: Exchange, number: int) -> None:
        exchange.date_time_string = lambda timestamp=None: "Wed, 04 Mar 2026 12:00:00 GMT"  # type: ignore[method-assign]
        reply(exchange, 503, b"", Retry_After=f"Wed, 04 Mar 2026 12:00:{seconds} GMT")

    return script


@pytest.mark.parametrize(("seconds", "asked"), [(20, redmine_engine.READ_ATTEMPTS), (50, 1)])
def test_a_date_to_come_back_at_is_kept_to(seconds: int, asked: int) -> None:
    with scripted(busy_until(seconds)) as server:
        with pytest.raises(ServerTrouble) as trouble:
            engine(server.url).request("get", f"{server.url}/issues.json")
        assert trouble.value.retry_after == seconds
        assert len(server.received) == asked


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (Throttled("Redmine", "", status=429, retry_after=7.0), 7.0),
        (Throttled("Redmine", "", status=429), True),
        (Throttled("Redmine", "", status=429, retry_after=31.0), False),
        (ServerTrouble("Redmine", "", status=503, retry_after=7.0), 7.0),
        (ServerTrouble("Redmine", "", status=200), False),
        (Unreachable("Redmine", ""), True),
        (Untrusted("Redmine", ""), False),
        (KeyError("issues"), False),
    ],
)
def test_how_long_a_read_waits_for_its_next_attempt(error: Exception, wait: float | bool) -> None:
    told = redmine_engine.worth_another(error)
    assert (told, type(told)) == (wait, type(wait))


def test_a_read_whose_answer_broke_off_is_tried_again() -> None:
    def script(exchange: Exchange, number: int) -> None:
        if number:
            reply(exchange)
            return
        exchange.send_response(200)
        exchange.send_header("Content-Length", "100")
        exchange.end_headers()
        exchange.wfile.write(b"{")
        exchange.close_connection = True

    with scripted(script) as server:
        assert engine(server.url).request("get", f"{server.url}/issues.json") == {}


@pytest.mark.parametrize("status", [302, 408, 500, 502, 503, 504])
def test_a_write_is_sent_once_and_its_lost_answer_leaves_the_outcome_open(status: int) -> None:
    with scripted(lambda exchange, _: reply(exchange, status, b"")) as server:
        with pytest.raises(OutcomeUnknown) as unknown:
            engine(server.url).request("put", f"{server.url}/issues/1.json", data={"issue": {}})
        assert unknown.value.status == status
        assert "antes de conferir" in unknown.value.way_out
        assert len(server.received) == 1


def test_a_write_whose_connection_broke_leaves_the_outcome_open() -> None:
    def script(exchange: Exchange, number: int) -> None:
        exchange.close_connection = True

    with scripted(script) as server:
        with pytest.raises(OutcomeUnknown):
            engine(server.url).request("post", f"{server.url}/issues.json", data={"issue": {}})
        assert len(server.received) == 1


def test_a_write_that_hangs_leaves_the_outcome_open() -> None:
    with scripted(lambda exchange, _: hang(server)) as server:
        with pytest.raises(OutcomeUnknown, match="no tempo"):
            engine(server.url, read_seconds=0.2).request("post", f"{server.url}/issues.json", data={})
        assert len(server.received) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_port_was_certainly_not_reached(method: str) -> None:
    url = f"http://127.0.0.1:{refusing_port()}"
    with pytest.raises(Unreachable, match="recusada"):
        engine(url).request(method, f"{url}/issues.json")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_proxy_that_is_not_there_is_named(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{refusing_port()}")
    with pytest.raises(Unreachable, match="proxy"):
        engine("http://redmine.example").request(method, "http://redmine.example/issues.json")


def test_what_redmine_has_no_portuguese_for_is_told_in_portuguese() -> None:
    said = {"errors": ["Data não pode ficar vazio", "Data is not a valid date"]}
    answering = scripted(lambda exchange, _: reply(exchange, 422, json.dumps(said).encode()))
    with answering as server, pytest.raises(Rejected) as refusal:
        engine(server.url).request("post", f"{server.url}/time_entries.json", data={})
    assert refusal.value.sentences == ("Data não pode ficar vazio", "Data não é uma data válida")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Rejected),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Rejected),
        (429, Throttled),
    ],
)
def test_a_refusal_without_a_body_keeps_its_meaning(status: int, error: type[RemoteError]) -> None:
    with scripted(lambda exchange, _: reply(exchange, status, b"")) as server:
        with pytest.raises(error) as refusal:
            engine(server.url).request("post", f"{server.url}/issues.json", data={})
        assert refusal.value.status == status
        assert refusal.value.trouble.message
        assert len(server.received) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '{"errors": ["Título não pode ficar vazio", "Tipo não é válido"]}',
            "vazio\nTipo não é",
        ),
        ('{"errors": []}', "dados recusados"),
        ("<html>oops</html>", "dados recusados"),
    ],
)
def test_invalid_data_is_told_in_the_servers_words(body: str, said: str) -> None:
    with (
        scripted(lambda exchange, _: reply(exchange, 422, body.encode())) as server,
        pytest.raises(Rejected, match=said),
    ):
        engine(server.url).request("post", f"{server.url}/issues.json", data={})


@pytest.mark.parametrize("body", [b"<html><body>Login</body></html>", b"", b"[]", b"[" * 100_000, b"{"])
def test_an_answer_that_is_no_redmines_says_nothing(body: bytes) -> None:
    with scripted(lambda exchange, _: reply(exchange, 200, body, "text/html")) as server:
        with pytest.raises(ServerTrouble) as trouble:
            engine(server.url).request("get", f"{server.url}/issues.json")
        assert "endereço" in trouble.value.way_out


def test_a_page_instead_of_the_answer_to_a_write_leaves_the_outcome_open() -> None:
    with (
        scripted(lambda exchange, _: reply(exchange, 200, b"<html></html>", "text/html")) as server,
        pytest.raises(OutcomeUnknown),
    ):
        engine(server.url).request("post", f"{server.url}/issues.json", data={})


def test_the_key_goes_in_a_header_and_nowhere_else() -> None:
    with scripted(lambda exchange, _: reply(exchange, Set_Cookie="_redmine_session=x; path=/")) as server:
        client = engine(server.url)
        for _ in range(2):
            client.request("get", f"{server.url}/issues.json", params={"limit": 1})
        for received in server.received:
            assert received.headers["X-Redmine-API-Key"] == KEY
            assert KEY not in received.path
            assert "Cookie" not in received.headers


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(method: str, status: int) -> None:
    with (
        scripted(lambda exchange, _: reply(exchange)) as stranger,
        scripted(lambda exchange, _: reply(exchange, status, b"", Location=stranger.url)) as server,
    ):
        with pytest.raises((ServerTrouble, OutcomeUnknown), match="outro endereço"):
            engine(server.url).request(method, f"{server.url}/issues.json")
        assert stranger.received == []


def test_nothing_is_asked_of_another_origin() -> None:
    with scripted(lambda exchange, _: reply(exchange)) as stranger:
        with pytest.raises(Rejected, match="outro servidor"):
            engine("http://127.0.0.1:1").request("get", f"{stranger.url}/attachments/1.png")
        assert stranger.received == []
        auth = redmine_engine.KeyAuth("http://127.0.0.1:1", SecretStr(KEY))
        request = requests.Request("GET", stranger.url, auth=auth)
        assert "X-Redmine-API-Key" not in request.prepare().headers


def test_origins() -> None:
    assert origin("https://redmine.example/sub") == origin("https://REDMINE.example:443/x")
    assert origin("https://redmine.example") != origin("http://redmine.example")
    assert origin("https://redmine.example") != origin("https://redmine.example.evil")
    assert origin("https://redmine.example@evil.example") == ("https", "evil.example", 443)


@pytest.mark.parametrize("key", ["", "abc\n", "abç", " abc"])
def test_a_key_that_cannot_be_one_is_refused_before_anything_is_sent(key: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        Engine(base_url="http://127.0.0.1:1", secret=SecretStr(key))
    assert not key or key not in repr(refusal.value)


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"interno\.pem"):
        engine("https://127.0.0.1:1", ca_file=tmp_path / "interno.pem")


class Recorder(BaseAdapter):
    """A transport that answers 200 and remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.crossed: list[str] = []
        self.calls = 0

    def send(self, request: requests.PreparedRequest, *_: object, **options: object) -> requests.Response:
        self.calls += 1
        number = str(request.url).rsplit("/", 1)[-1].removesuffix(".json")
        if request.body and loads(request.body) != {"issue": {"notes": f"nota da tarefa {number}"}}:
            self.crossed.append(f"{number}: {request.body!r}")
        response = requests.Response()
        response.status_code, response.request = 204, request
        response.raw = Empty()
        return response

    def close(self) -> None:
        pass


class Empty(io.BytesIO):
    def read1(self, amount: int = -1, decode_content: bool = False) -> bytes:  # type: ignore[override]
        return b""


def asked_of_a_server_signed_by(authority: trustme.CA, ca_file: Path | None) -> object:
    """Read from a server with a certificate of ``authority``, with ``ca_file`` in the settings."""
    presented = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(presented)
    with scripted(lambda exchange, number: reply(exchange, body=b'{"ok": 1}'), presented) as server:
        return engine(server.url, ca_file=ca_file).request("get", f"{server.url}/issues.json")


def written(authority: trustme.CA, path: Path) -> Path:
    authority.cert_pem.write_to_path(path)
    return path


def test_the_certificate_file_adds_to_whom_this_machine_believes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    company, machine = trustme.CA(), trustme.CA()
    monkeypatch.setenv("SSL_CERT_FILE", str(written(machine, tmp_path / "maquina.pem")))
    ca_file = written(company, tmp_path / "empresa.pem")
    assert asked_of_a_server_signed_by(company, ca_file) == {"ok": 1}
    assert asked_of_a_server_signed_by(machine, ca_file) == {"ok": 1}
    with pytest.raises(Unreachable, match="certificado"):
        asked_of_a_server_signed_by(trustme.CA(), ca_file)


def test_what_other_programs_believe_does_not_matter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    company, other = trustme.CA(), trustme.CA()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(written(other, tmp_path / "deles.pem")))
    ca_file = written(company, tmp_path / "empresa.pem")
    assert asked_of_a_server_signed_by(company, ca_file) == {"ok": 1}
    with pytest.raises(Unreachable, match="certificado"):
        asked_of_a_server_signed_by(other, ca_file)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_certificate_that_is_not_believed_is_final(method: str) -> None:
    presented = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(presented)
    with scripted(lambda exchange, _: reply(exchange), presented) as server:
        with pytest.raises(Untrusted, match="certificado") as refusal:
            engine(server.url).request(method, f"{server.url}/issues.json", data={})
        assert "ca_arquivo" in refusal.value.way_out
        assert server.connections == 1


def updates_that_cross(threads: int, each: int) -> tuple[int, list[str]]:
    """Update different issues from several threads, a client each; return how often, and what crossed."""
    recorder = Recorder()
    ready = threading.Barrier(threads)

    def work(place: int) -> None:
        client = connect("http://redmine.example", SecretStr(KEY))
        client.engine.session.mount("http://", recorder)
        ready.wait(10)
        for number in range(place * each, (place + 1) * each):
            client.issue.update(number, notes=f"nota da tarefa {number}")

    workers = [threading.Thread(target=work, args=(place,)) for place in range(threads)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        sys.setswitchinterval(interval)
    return recorder.calls, recorder.crossed


def test_what_one_thread_formats_is_not_read_back_by_another() -> None:
    path = redminelib.resources.Issue.query_update
    path.format(1, notes="minha")
    other = threading.Thread(target=path.format, args=(2,), kwargs={"notes": "de outra"})
    other.start()
    other.join()
    assert path.formatter.unused_kwargs == {"notes": "minha"}


def test_bodies_never_cross_threads() -> None:
    assert updates_that_cross(threads=4, each=500) == (2000, [])


def test_no_secret_in_a_repr_a_log_or_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with scripted(lambda exchange, _: reply(exchange, 503, b"")) as server, caplog.at_level(logging.DEBUG):
        client = connect(server.url, SecretStr(KEY))
        shown = [
            repr(client),
            repr(client.engine),
            repr(vars(client.engine)),
            repr(vars(client.engine.session)),
        ]
        try:
            client.user.get("current")
        except ServerTrouble as trouble:
            told = traceback.TracebackException.from_exception(trouble, capture_locals=True)
            shown += [*told.format(), repr(trouble), str(trouble)]
        else:
            pytest.fail("503 is trouble")
    assert server.received[0].headers["X-Redmine-API-Key"] == KEY
    assert KEY not in "\n".join([*shown, caplog.text, *(repr(vars(record)) for record in caplog.records)])


def test_the_library_is_the_release_that_was_repaired() -> None:
    assert redminelib.__version__.startswith("2.5.")
