"""The e-mails of a chamado: who is told what, and that no stranger's words get out of their place."""

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clients.mail_message import Sender, as_message
from clients.models.chamado_letters import MAILED, MOST_QUOTED, Notice, letters
from clients.models.letter import Letter
from clients.models.lifecycle import MEANING, ChamadoStatus
from tests.support.clock import NOW
from tests.support.hostile import HOSTILE

SENDER = Sender("chamados@suporte.exemplo.com.br", "Chamados técnicos")
ANA, BIA = "ana@padaria.exemplo.com.br", "bia@padaria.exemplo.com.br"
VOID = {"meta", "br"}


def notice(kind: ChamadoStatus = ChamadoStatus.PUBLICADO, **more: object) -> Notice:
    about = {
        "chamado_id": "c0ffee",
        "event_key": "3",
        "kind": kind,
        "number": 42,
        "title": "Produtos: não salva produto importado por planilha",
        "ticket_id": 1234,
        "board": "Desenvolvimento",
        "who": "Bruno Exemplo",
    }
    return Notice(**{**about, **more})  # type: ignore[arg-type]


def one(told: Notice) -> Letter:
    (letter,) = letters(told, [ANA])
    return letter


def travelled(letter: Letter) -> EmailMessage:
    """The message as a mail program reads it."""
    raw = as_message(letter, SENDER, NOW).as_bytes()
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines), "no line end but SMTP's"
    assert max(map(len, lines)) <= 998
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return text.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


class Nesting(HTMLParser):
    """Follows the tags and remembers those that do not close what was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


KNOWN_TAGS = {"html", "head", "meta", "title", "body", "div", "table", "tr", "td", "a", "br"}
TOLD: dict[ChamadoStatus, tuple[str, dict[str, Any], str]] = {
    ChamadoStatus.BACKLOG: ("Chamado aprovado", {"deadline": date(2026, 3, 12)}, "Prazo: 12/03/2026"),
    ChamadoStatus.REPROVADO: (
        "Chamado reprovado",
        {"comment": "Sem o fluxo."},
        "Motivo (Bruno Exemplo):\n> Sem",
    ),
    ChamadoStatus.AGUARDANDO_INFORMACOES: (
        "Falta informação",
        {"comment": "Qual usuário?\nQual versão?"},
        "O que se pergunta (Bruno Exemplo):\n> Qual usuário?\n> Qual versão?",
    ),
    ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO: (
        "Pronto para testar em homologação",
        {"url": "https://hml.exemplo.com.br/padaria?a=1&b=2"},
        "Onde testar: https://hml.exemplo.com.br/padaria?a=1&b=2",
    ),
    ChamadoStatus.PUBLICADO: ("Publicado em produção", {"version": "8.3.1"}, "Versão: 8.3.1"),
    ChamadoStatus.ENCERRADO: (
        "Chamado encerrado",
        {"comment": "Validado."},
        "Comentário (Bruno Exemplo):\n> Validado.",
    ),
}


class TestWhoIsToldWhat:
    @pytest.mark.parametrize("kind", list(TOLD))
    def test_each_status_says_its_news(self, kind: ChamadoStatus) -> None:
        heading, more, fact = TOLD[kind]
        letter = one(notice(kind, **more))
        text, html = parts(travelled(letter))
        assert heading in text
        assert fact in text
        assert MEANING[kind] in text
        assert "Ticket 1234 · Desenvolvimento" in text
        page = LexborHTMLParser(html).text(separator=" ")
        for words in (heading, MEANING[kind], "Chamado 42: Produtos", fact.split(": ")[-1].split("> ")[-1]):
            assert words.split("\n")[0] in page

    def test_every_status_of_the_routine_and_no_other_is_mailed(self) -> None:
        assert set(TOLD) == MAILED
        for kind in ChamadoStatus:
            assert bool(letters(notice(kind), [ANA])) == (kind in MAILED)

    def test_nobody_sees_anothers_address(self) -> None:
        told = letters(notice(), [ANA, f" {BIA}", ANA.upper(), " "])
        assert [letter.to for letter in told] == [ANA, BIA]
        for letter, other in zip(told, (BIA, ANA), strict=True):
            assert other not in as_message(letter, SENDER, NOW).as_string()

    def test_approved_without_a_deadline_and_the_deadline_later(self) -> None:
        assert "Prazo: ainda não definido" in one(notice(ChamadoStatus.BACKLOG)).text
        later = one(notice(ChamadoStatus.BACKLOG, again=True, deadline=date(2026, 3, 2), event_key="4"))
        assert "Prazo definido" in later.text
        assert "02/03/2026" in later.text
        assert "aprovado\n" not in later.text

    def test_a_duplicate_is_sent_to_the_original_and_not_to_another_chamado(self) -> None:
        why = "Duplicado do nº 7: Produtos não salvam"
        told = one(notice(ChamadoStatus.REPROVADO, comment=why, duplicate_of=7)).text
        assert "Acompanhe o chamado nº 7, o original: não abra outro." in told
        assert "abra outro chamado" not in told
        assert "abra outro chamado" in one(notice(ChamadoStatus.REPROVADO, comment="Sem o fluxo.")).text

    def test_a_question_says_what_brings_the_chamado_back(self) -> None:
        told = " ".join(one(notice(ChamadoStatus.AGUARDANDO_INFORMACOES, comment="Qual?")).text.split())
        assert "Responda no Plantão: em 3 Chamados, m (Mover)" in told
        assert "um comentário não o devolve" in told
        assert told.endswith("não responda a este e-mail.")

    def test_the_board_may_call_a_status_by_another_name(self) -> None:
        assert "Situação: Em produção (" in one(notice(label="Em produção")).text


class TestHeaders:
    def test_what_mail_programs_and_servers_go_by(self) -> None:
        message = travelled(one(notice()))
        assert message["From"].addresses[0].display_name == "Chamados técnicos"
        assert message["From"].addresses[0].addr_spec == SENDER.address
        assert message["To"] == ANA
        assert (
            message["Subject"]
            == "[CH-0042] Publicado em produção — Produtos: não salva produto importado por planilha"
        )
        assert message["Date"].datetime == NOW
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_content_type() == "multipart/alternative"
        for part in message.iter_parts():
            assert part["Content-Transfer-Encoding"] == "quoted-printable"
            assert part.get_content_charset() == "utf-8"
            assert "MIME-Version" not in part

    def test_an_inbox_tells_the_letters_of_a_chamado_apart(self) -> None:
        dated = {"deadline": date(2026, 3, 12)}
        told = [
            one(notice(ChamadoStatus.BACKLOG)),
            one(notice(ChamadoStatus.BACKLOG, **dated)),
            one(notice(ChamadoStatus.BACKLOG, again=True, **dated)),
            one(notice(ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO)),
            one(notice(ChamadoStatus.PUBLICADO, version="4.2")),
            one(notice(ChamadoStatus.PUBLICADO, version="4.3")),
        ]
        subjects = [letter.subject.partition(" — ")[0] for letter in told]
        assert subjects == [
            "[CH-0042] Chamado aprovado",
            "[CH-0042] Chamado aprovado para 12/03/2026",
            "[CH-0042] Prazo definido para 12/03/2026",
            "[CH-0042] Pronto para testar em homologação",
            "[CH-0042] Publicado na versão 4.2",
            "[CH-0042] Publicado na versão 4.3",
        ]

    def test_all_letters_of_a_chamado_make_one_thread(self) -> None:
        first = travelled(one(notice(ChamadoStatus.BACKLOG, event_key="2")))
        second = travelled(one(notice(event_key="3")))
        other = travelled(one(notice(chamado_id="beef")))
        assert first["References"] == first["In-Reply-To"] == second["References"] != other["References"]
        assert first["Subject"] != second["Subject"]
        assert len({message["Message-ID"] for message in (first, second, other)}) == 3

    def test_told_again_it_is_the_same_letter(self) -> None:
        assert letters(notice(), [ANA, BIA]) == letters(notice(), [ANA, BIA])
        assert len({letter.message_key for letter in letters(notice(), [ANA, BIA])}) == 2


class TestStrangersWords:
    @pytest.mark.parametrize("kind", sorted(MAILED))
    def test_the_page_is_well_formed_and_fetches_nothing(self, kind: ChamadoStatus) -> None:
        _, html = parts(travelled(one(notice(kind, **TOLD[kind][1]))))
        page = Nesting(html)
        assert (page.open, page.wrong) == ([], [])
        assert page.seen <= KNOWN_TAGS
        assert not re.search(r"src=|url\(|@import|class=|\son\w+=", html)

    @pytest.mark.parametrize(
        "words", [*HOSTILE.values(), "<script>alert(1)</script>", '"><img src=x onerror=a()>']
    )
    def test_hostile_words_stay_words(self, words: str) -> None:
        told = notice(
            title=words, who=words, comment=words, url=words, version=words, board=words, label=words
        )
        for kind in MAILED:
            message = travelled(one(Notice(**{**vars(told), "kind": kind})))
            assert set(message.keys()) == set(travelled(one(notice(kind))).keys())
            text, html = parts(message)
            page = Nesting(html)
            assert (page.open, page.wrong) == ([], [])
            assert page.seen <= KNOWN_TAGS
            assert "\x1b" not in text + html
            assert "\u202e" not in text + html

    def test_a_title_cannot_write_headers(self) -> None:
        message = travelled(one(notice(title="Erro\r\nBcc: todos@mal.exemplo.com.br\r\n\r\nLeia")))
        assert message["Bcc"] is None
        assert message["Subject"] == (
            "[CH-0042] Publicado em produção — Erro Bcc: todos@mal.exemplo.com.br  Leia"
        )

    @pytest.mark.parametrize(
        ("url", "linked"),
        [
            ('https://hml.exemplo.com.br/a?b=1&c="x"', True),
            ("http://hml.exemplo.com.br", True),
            ("javascript:alert(1)", False),
            ("data:text/html,x", False),
            ("https://", False),
            ("https://[::1", False),
            ("https://banco.exemplo.com.br@mal.exemplo.com.br/", False),
            ("https://hml.exemplo.com.br com senha 123", False),
            ("hml.exemplo.com.br", False),
        ],
    )
    def test_only_web_addresses_become_links(self, url: str, linked: bool) -> None:
        text, html = parts(travelled(one(notice(ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO, url=url))))
        links = [node.attributes["href"] for node in LexborHTMLParser(html).css("a")]
        assert links == ([url] if linked else [])
        assert f"Onde testar: {url}" in text

    def test_a_comment_without_end_is_cut(self) -> None:
        letter = one(notice(comment="x" * (MOST_QUOTED * 3)))
        assert "[o resto está no chamado]" in letter.text
        assert len(letter.html) < 2 * MOST_QUOTED + 10_000

    @given(words=st.text(max_size=300), name=st.text(max_size=80))
    def test_whatever_is_written_travels(self, words: str, name: str) -> None:
        told = notice(ChamadoStatus.REPROVADO, title=words, comment=words, who=words)
        raw = as_message(one(told), Sender(SENDER.address, name), NOW).as_bytes()
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        message = message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        _, html = parts(message)
        assert Nesting(html).wrong == []
        assert message["From"].addresses[0].addr_spec == SENDER.address
