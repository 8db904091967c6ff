"""Handing one letter in: every way in which it can fail, and what is then known of it."""

import asyncio
import base64
import email
import email.policy
import ssl
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from pydantic import SecretStr

from clients.errors import (
    OutcomeUnknown,
    Postponed,
    Rejected,
    RemoteError,
    SettingsError,
    Unauthorized,
    Unreachable,
    Untrusted,
)
from clients.mail import Mail, MailServer, Security
from clients.mail_message import Sender, message_id
from clients.models.letter import Letter
from tests.support.clock import NOW, frozen
from tests.support.faults import refusing_port
from tests.support.leaks import told_by
from tests.support.smtp import DROP, HANG, Mailer, mailer
from tui.flows.engine import CERTAIN

pytestmark = pytest.mark.anyio
PASSWORD = "s3nha-do-correio"
SENDER = Sender("chamados@suporte.exemplo.com.br", "Suporte Exemplo")
LETTER = Letter(
    to="ana@padaria.exemplo.com.br",
    subject="[Chamado 7] Não salva produto",
    text="Olá.\n.ponto no começo\nAção",
    html="<p>Olá.</p>",
    message_key="chamado-7/aprovado/ana",
    thread_key="chamado-7",
)


def mail(
    port: int,
    security: Security = Security.NONE,
    *,
    user: str = "",
    ca_file: Path | None = None,
    patience: float = 30.0,
    last_patience: float = 30.0,
    host: str = "127.0.0.1",
) -> Mail:
    server = MailServer(host, port, security, user, SecretStr(PASSWORD) if user else None)
    return Mail(server, SENDER, frozen, ca_file=ca_file, patience=patience, last_patience=last_patience)


async def refusal(post: Mail, letter: Letter = LETTER) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        await post.send(letter)
    assert PASSWORD not in told_by(caught.value)
    return caught.value


class TestArriving:
    async def test_a_letter_arrives_whole_and_its_id_is_told(self) -> None:
        async with mailer() as served:
            sent_as = await mail(served.port).send(LETTER)
        assert served.verbs == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
        assert served.said[0] == "EHLO suporte.exemplo.com.br", "not the name of this machine"
        assert served.said[1:3] == ["MAIL FROM:<chamados@suporte.exemplo.com.br>", f"RCPT TO:<{LETTER.to}>"]
        message = read(served)
        assert message["Message-ID"] == sent_as
        assert message["To"] == LETTER.to
        assert message["Date"].datetime == NOW
        text = message.get_body(("plain",))
        assert text is not None
        assert text.get_content().splitlines() == LETTER.text.splitlines()

    async def test_the_same_message_has_the_same_id_whenever_it_is_sent(self) -> None:
        async with mailer() as served:
            post = mail(served.port)
            other = LETTER.model_copy(update={"message_key": "chamado-7/aprovado/bia"})
            ids = [await post.send(letter) for letter in (LETTER, LETTER, other)]
        assert ids[0] == ids[1] != ids[2]
        assert ids[0] == message_id(LETTER.message_key, "suporte.exemplo.com.br")

    async def test_a_server_that_is_slow_to_take_leave_has_it_all_the_same(self) -> None:
        async with mailer({"QUIT": DROP}) as served:
            assert await mail(served.port).send(LETTER)

    async def test_a_name_with_accents_is_written_as_dns_has_it(self) -> None:
        async with mailer() as served:
            await mail(served.port).send(LETTER.model_copy(update={"to": "ana@pão.exemplo.com.br"}))
        assert served.said[2] == "RCPT TO:<ana@xn--po-sia.exemplo.com.br>"

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "ana",
            "ana@b.exemplo.com.br, bia@b.exemplo.com.br",
            "ana@b.exemplo.com.br; bia@b.exemplo.com.br",
            "Ana <ana@b.exemplo.com.br>",
            "ana@b.exemplo.com.br>\r\nRCPT TO:<bia@b.exemplo.com.br",
            "ana@b.exemplo.com.br\r\nBcc: bia@b.exemplo.com.br",
            "joão@b.exemplo.com.br",
        ],
    )
    async def test_what_is_not_one_address_is_refused_before_anything_is_said(self, address: str) -> None:
        async with mailer() as served:
            error = await refusal(mail(served.port), LETTER.model_copy(update={"to": address}))
        assert type(error) is Rejected
        assert served.connections == 0


def read(served: Mailer) -> email.message.EmailMessage:
    (raw,) = served.messages
    unstuffed = raw.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
    message = email.message_from_bytes(unstuffed, policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


@dataclass(frozen=True)
class Fault:
    """At which command a server does what, and what that says about the letter."""

    at: str
    answer: bytes
    error: type[RemoteError]
    words: str


FAULTS = (
    Fault("greeting", b"554 5.7.1 Go away\r\n", Rejected, "o servidor não atende: 554 5.7.1 Go away"),
    Fault("greeting", b"421 Too busy\r\n", Postponed, "o servidor não atende: 421 Too busy"),
    Fault("greeting", DROP, Unreachable, "não foi possível conectar"),
    Fault("greeting", b"SSH-2.0-OpenSSH_9.2\r\n", Unreachable, "não fala SMTP"),
    Fault("greeting", b"HTTP/1.1 400 Bad\r\n", Unreachable, "não fala SMTP"),
    Fault("EHLO", b"502 No\r\n", Rejected, "o servidor não atende: 502 No"),
    Fault("EHLO", DROP, Unreachable, "o servidor encerrou a conexão"),
    Fault("MAIL", b"550 5.7.1 Not yours\r\n", Rejected, "o remetente foi recusado: 550 5.7.1 Not yours"),
    Fault("MAIL", b"530 5.7.0 Log in\r\n", Unauthorized, "o remetente foi recusado: 530 5.7.0 Log in"),
    Fault("MAIL", b"451 4.3.0 Later\r\n", Postponed, "o remetente foi recusado: 451 4.3.0 Later"),
    Fault("MAIL", b"421 Closing\r\n", Postponed, "o remetente foi recusado: 421 Closing"),
    Fault("MAIL", DROP, Unreachable, "o servidor encerrou a conexão"),
    Fault(
        "RCPT",
        b"550-5.1.1 The address does not\r\n550 5.1.1 exist. \x1b[31m\xe2\x80\xae\r\n",
        Rejected,
        "o destinatário foi recusado: 550 5.1.1 The address does not exist. ␛[31m<U+202E>",
    ),
    Fault("RCPT", b"450 4.2.0 Greylisted\r\n", Postponed, "450 4.2.0 Greylisted"),
    Fault("RCPT", b"421 Closing\r\n", Postponed, "421 Closing"),
    Fault("RCPT", DROP, Unreachable, "o servidor encerrou a conexão"),
    Fault("DATA", b"554 5.5.1 No\r\n", Rejected, "o servidor não aceita mensagens: 554 5.5.1 No"),
    Fault("DATA", b"451 4.3.0 Later\r\n", Postponed, "451 4.3.0 Later"),
    Fault("DATA", b"421 Closing\r\n", Postponed, "421 Closing"),
    Fault("DATA", b"250 OK\r\n", Unreachable, "não fala SMTP"),
    Fault("DATA", DROP, Unreachable, "o servidor encerrou a conexão"),
    Fault("message", b"554 5.7.1 Spam\r\n", Rejected, "a mensagem foi recusada: 554 5.7.1 Spam"),
    Fault("message", b"552 5.3.4 Too big\r\n", Rejected, "552 5.3.4 Too big"),
    Fault("message", b"451 4.3.0 Later\r\n", Postponed, "451 4.3.0 Later"),
    Fault("message", b"421 4.3.2 Closing\r\n", Postponed, "421 4.3.2 Closing"),
    Fault("message", DROP, OutcomeUnknown, "o servidor encerrou a conexão"),
    Fault("message", b"354 Go on\r\n", OutcomeUnknown, "não se entende"),
    Fault("message", b"what?\r\n", OutcomeUnknown, "não se entende"),
)


class TestFailing:
    @pytest.mark.parametrize("fault", FAULTS, ids=[f"{one.at} {one.answer[:12]!r}" for one in FAULTS])
    async def test_each_fault_says_whether_the_letter_may_have_been_sent(self, fault: Fault) -> None:
        async with mailer({fault.at: fault.answer}) as served:
            error = await refusal(mail(served.port))
            assert type(error) is fault.error
            assert fault.words in error.message
            assert error.way_out or type(error) is Rejected
            assert isinstance(error, CERTAIN) == (fault.at != "message" or fault.error is not OutcomeUnknown)
            assert served.connections == 1, "never tried twice"
            assert bool(served.messages) == (fault.at == "message")

    @pytest.mark.parametrize(
        ("at", "error"),
        [
            ("greeting", Unreachable),
            ("EHLO", Unreachable),
            ("MAIL", Unreachable),
            ("RCPT", Unreachable),
            ("DATA", Unreachable),
            ("message", OutcomeUnknown),
        ],
    )
    async def test_silence_is_waited_for_and_then_cut_off(self, at: str, error: type[RemoteError]) -> None:
        async with mailer({at: HANG}) as served:
            found = await refusal(mail(served.port, patience=0.3, last_patience=0.3))
        assert type(found) is error
        assert "sem resposta" in found.message

    async def test_a_connection_that_ends_before_the_letter_is_read_is_not_tried_again(self) -> None:
        async with mailer({"DATA": b"354 Go ahead\r\n", "content": DROP}) as served:
            error = await refusal(mail(served.port))
        # whether the end is noticed before the letter has left is up to the network
        assert type(error) in (Unreachable, OutcomeUnknown)
        assert (served.messages, served.connections) == ([], 1)

    async def test_nobody_listening(self) -> None:
        error = await refusal(mail(refusing_port()))
        assert (type(error), error.message) == (Unreachable, "E-mail: conexão recusada")

    async def test_a_name_that_does_not_exist(self) -> None:
        error = await refusal(mail(587, Security.STARTTLS, host="smtp.invalid"))
        assert type(error) is Unreachable

    async def test_who_gives_up_leaves_no_connection_behind(self) -> None:
        async with mailer({"RCPT": HANG}) as served:
            sending = asyncio.create_task(mail(served.port).send(LETTER))
            await served.hanging.wait()
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            await served.gone.wait()
        assert "DATA" not in served.verbs


class TestLoggingIn:
    async def test_one_login_before_the_letter(self) -> None:
        async with mailer() as served:
            await mail(served.port, user="plantao").send(LETTER)
        assert served.verbs == ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]
        given = base64.b64decode(served.said[1].removeprefix("AUTH PLAIN "))
        assert given == f"\0plantao\0{PASSWORD}".encode()

    async def test_a_wrong_password_is_tried_once_and_never_repeated(self) -> None:
        echoed = base64.b64encode(f"\0plantao\0{PASSWORD}".encode())
        async with mailer(
            {"AUTH": b"535 5.7.8 No: " + PASSWORD.encode() + b" " + echoed + b"\r\n"}
        ) as served:
            error = await refusal(mail(served.port, user="plantao"))
        assert type(error) is Unauthorized
        assert "535 5.7.8 No: «segredo»" in error.message
        assert echoed.decode()[:16] not in error.message
        assert "“senha” em [email]" in error.way_out
        assert served.verbs.count("AUTH") == 1
        assert "MAIL" not in served.verbs

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (b"454 4.7.0 Temporary failure\r\n", Postponed),
            (b"421 Closing\r\n", Postponed),
            (b"534 5.7.9 Application-specific password required\r\n", Unauthorized),
            (DROP, Unreachable),
        ],
    )
    async def test_other_refusals(self, answer: bytes, kind: type[RemoteError]) -> None:
        async with mailer({"AUTH": answer}) as served:
            assert type(await refusal(mail(served.port, user="plantao"))) is kind

    async def test_a_server_without_a_login_is_not_sent_to_without_it(self) -> None:
        async with mailer({"EHLO": b"250 smtp.exemplo.com.br\r\n"}) as served:
            error = await refusal(mail(served.port, user="plantao"))
        assert type(error) is Unauthorized
        assert served.verbs == ["EHLO"]


@dataclass(frozen=True)
class Trusted:
    """A company's own authority, and a server that it signed for."""

    ca_file: Path
    server: ssl.SSLContext


@pytest.fixture
def trusted(tmp_path: Path) -> Trusted:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return Trusted(tmp_path / "ca.pem", presented(authority, "127.0.0.1"))


def presented(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


class TestProtected:
    async def test_tls_from_the_first_byte(self, trusted: Trusted) -> None:
        async with mailer(implicit=trusted.server) as served:
            await mail(served.port, Security.TLS, user="plantao", ca_file=trusted.ca_file).send(LETTER)
        assert len(served.messages) == 1

    async def test_starttls_before_the_login(self, trusted: Trusted) -> None:
        async with mailer(explicit=trusted.server) as served:
            await mail(served.port, Security.STARTTLS, user="plantao", ca_file=trusted.ca_file).send(LETTER)
        assert served.verbs == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]

    async def test_a_server_without_starttls_is_told_nothing(self) -> None:
        async with mailer() as served:
            error = await refusal(mail(served.port, Security.STARTTLS, user="plantao"))
        assert type(error) is Unreachable
        assert "não oferece STARTTLS" in error.message
        assert served.verbs == ["EHLO"]

    async def test_starttls_offered_and_refused(self) -> None:
        offer = b"250-smtp.exemplo.com.br\r\n250 STARTTLS\r\n"
        async with mailer({"EHLO": offer, "STARTTLS": b"454 4.7.0 TLS not available\r\n"}) as served:
            error = await refusal(mail(served.port, Security.STARTTLS, user="plantao"))
        assert type(error) is Postponed
        assert served.verbs == ["EHLO", "STARTTLS"]

    @pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
    @pytest.mark.parametrize("wrong", ["authority", "name"])
    async def test_a_certificate_that_is_not_the_servers(
        self, trusted: Trusted, tmp_path: Path, security: Security, wrong: str
    ) -> None:
        authority = trustme.CA()
        ca_file = tmp_path / "other.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        shown = trusted.server if wrong == "authority" else presented(authority, "outro.exemplo.com.br")
        at_once = security is Security.TLS
        async with mailer(implicit=shown if at_once else None, explicit=None if at_once else shown) as served:
            error = await refusal(mail(served.port, security, user="plantao", ca_file=ca_file))
        assert type(error) is Untrusted
        assert "certificado" in error.message
        assert not {"AUTH", "MAIL"} & set(served.verbs)

    async def test_tls_towards_a_port_without(self, trusted: Trusted) -> None:
        async with mailer() as served:
            error = await refusal(mail(served.port, Security.TLS, ca_file=trusted.ca_file))
        assert type(error) is Unreachable

    def test_nothing_travels_openly_to_another_machine(self) -> None:
        with pytest.raises(SettingsError, match="sem criptografia"):
            mail(25, host="smtp.empresa.example")


async def test_a_check_logs_in_and_sends_nothing() -> None:
    async with mailer() as served:
        await mail(served.port, user="plantao").check()
    assert served.verbs == ["EHLO", "AUTH", "NOOP", "QUIT"]


async def test_a_sender_that_is_no_address() -> None:
    with pytest.raises(SettingsError, match="remetente"):
        Mail(MailServer("127.0.0.1", 25, Security.NONE), Sender("joão@b.exemplo.com.br"), frozen)
