"""R16, R17, R18: what the routine has to say on a reply before it leaves."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.discretion import Team
from clients.models.finding import Finding, Severity
from clients.models.rules.by_voice import CallLimits, check_by_voice, returns_of
from clients.models.rules.closed_ticket import check_closed, closed_about
from clients.models.rules.headings import CALL, HOMOLOGATION, blank_headings
from clients.models.rules.homologation import check_homologation, is_homologation
from clients.models.rules.reply import ReplyContext, check_answer
from clients.models.rules.shipped import (
    CALL_SUMMARY,
    HOMOLOGATION_REPLY,
    PLANNING_REPLY,
    UNDER_REVIEW,
    shipped_templates,
    titled,
    with_shipped,
)
from clients.models.template import Template, fill, unfilled
from clients.models.ticket import CLOSED, OPEN, Ticket

WHEN = datetime(2026, 7, 31, 12, tzinfo=UTC)
COMPLETE = """\
Olá, Marina!

O que foi feito: corrigimos o total do pedido com desconto.

Teste desejado: faturar um pedido com 10% de desconto.

Passo a passo:
1. Acesse Vendas > Pedidos
2. Clique em Faturar

Resultado esperado: a nota sai com R$ 90,00.

Imagens: em anexo.

Aguardamos seu retorno."""


def talk(turns: str) -> tuple[Conversation, ...]:
    """A conversation, oldest first: ``c`` the client, ``r`` a reply, ``n`` a note."""
    return tuple(
        Conversation(id=number, incoming=turn == "c", private=turn == "n", created_at=WHEN, updated_at=WHEN)
        for number, turn in enumerate(turns)
    )


def rules(findings: object) -> list[str]:
    assert isinstance(findings, tuple | list)
    return [finding.rule for finding in findings]


def quoted(text: str, finding: Finding) -> str:
    assert finding.span is not None
    return text[slice(*finding.span)]


class TestHomologation:
    @pytest.mark.parametrize(
        "text",
        [
            "Favor testar.",
            "Por gentileza, validar o ajuste.",
            "Pode testar, por favor?",
            "Pedimos que façam o teste.",
            "A correção foi liberada para testes.",
            "Está disponível no ambiente de homologação.",
            "O que foi feito: x\nResultado esperado: y",
        ],
    )
    def test_a_reply_that_asks_to_test_is_one(self, text: str) -> None:
        assert is_homologation(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Bom dia, estamos analisando.",
            "Testamos aqui e o erro não ocorreu.",
            "Pode enviar um print da tela?",
            "Teste: 123",
            "",
        ],
    )
    def test_any_other_has_no_findings(self, text: str) -> None:
        assert not is_homologation(text)
        assert list(check_homologation(text)) == []

    def test_status_and_template_tell_it_too(self) -> None:
        for told in ({"status": "Em Homologação"}, {"template": "Pedido de HOMOLOGACAO"}):
            assert "homologacao.falta" in rules(list(check_homologation("Segue.", **told)))

    def test_complete_with_a_picture_nothing_stands_against_it(self) -> None:
        assert list(check_homologation(COMPLETE, attachments=["Tela.PNG"])) == []

    def test_without_headings_the_words_themselves_count(self) -> None:
        text = (
            "Corrigimos o desconto. Favor testar a emissão: acesse Vendas, abra o pedido e clique em Faturar."
            " A nota deverá sair com R$ 90,00. Não há imagem, pois a tela não muda."
        )
        assert list(check_homologation(text)) == []

    def test_what_is_missing_points_at_the_words_that_ask_for_the_test(self) -> None:
        text = "Marina,\nfavor testar."
        findings = list(check_homologation(text))
        assert [finding.message for finding in findings] == [
            "Homologação: diga o que foi feito.",
            "Homologação: diga que teste o cliente deve fazer.",
            "Homologação: falta o passo a passo.",
            "Homologação: diga o resultado esperado.",
            "Homologação sem imagem: anexe um print, ou diga por que não há.",
        ]
        assert {quoted(text, finding) for finding in findings} == {"favor testar"}
        assert all(finding.example and finding.severity is Severity.WARN for finding in findings)

    def test_a_blank_heading_points_at_itself(self) -> None:
        text = COMPLETE.replace(" faturar um pedido com 10% de desconto.", "")
        (finding,) = check_homologation(text, attachments=["a.png"])
        assert finding.rule == "homologacao.em_branco"
        assert quoted(text, finding) == "Teste desejado:"
        assert finding.example.startswith("Teste desejado: ")

    @pytest.mark.parametrize(
        ("images", "attachments", "wanting"),
        [
            ("Imagens: em anexo.", [], True),
            ("Imagens: em anexo.", ["relatorio.pdf"], True),
            ("Imagens: em anexo.", ["video.mp4"], False),
            ("Imagens: sem imagem, porque a tela não muda.", [], False),
            ("Não foi possível incluir prints desta vez.", [], False),
            ("Imagens: não se aplica.", [], False),
        ],
    )
    def test_an_image_or_the_reason_why_there_is_none(
        self, images: str, attachments: list[str], wanting: bool
    ) -> None:
        text = COMPLETE.replace("Imagens: em anexo.", images)
        found = rules(list(check_homologation(text, attachments=attachments)))
        assert found == (["homologacao.imagem"] if wanting else [])


class TestBlankHeadings:
    def test_a_template_of_ours_is_blank_at_every_heading(self) -> None:
        for title, form in ((HOMOLOGATION_REPLY, HOMOLOGATION), (CALL_SUMMARY, CALL)):
            text = titled(shipped_templates(), title).text
            assert [part.heading for part in blank_headings(text)] == list(form.headings)

    def test_a_filled_one_is_not(self) -> None:
        assert blank_headings(COMPLETE) == ()

    @pytest.mark.parametrize("body", ["", "\n", "\n1.\n2.", "\n•", " …"])
    def test_list_marks_and_dots_are_no_answer(self, body: str) -> None:
        (part,) = blank_headings(f"O que foi feito: x\nPASSO A PASSO:{body}\nResultado esperado: y")
        assert part.heading.label == "Passo a passo"

    def test_a_farewell_is_no_answer(self) -> None:
        (part,) = blank_headings("O que foi feito: x\nImagens:\n\nAtenciosamente,\nBia")
        assert part.heading.label == "Imagens"

    def test_a_line_of_any_other_text_may_end_in_a_colon(self) -> None:
        assert blank_headings("Segue o procedimento:\n\nQuando:\n") == ()


class TestByVoice:
    def test_a_long_text_points_at_where_it_is_too_long(self) -> None:
        text = "palavra " * 400 + "demais aqui"
        (finding,) = check_by_voice(text)
        assert finding.rule == "ligacao.longa"
        assert "402 palavras" in finding.message
        assert quoted(text, finding) == "demais"
        assert list(check_by_voice("palavra " * 400)) == []

    @pytest.mark.parametrize(
        ("turns", "returns"),
        [("", 0), ("ccc", 0), ("rc", 1), ("rccc", 1), ("rnc", 1), ("rcncrc", 2), ("crcrcrc", 3), ("nc", 0)],
    )
    def test_a_return_is_a_client_who_writes_again_after_an_answer(self, turns: str, returns: int) -> None:
        assert returns_of(talk(turns)) == returns

    def test_a_client_who_came_back_often_is_called(self) -> None:
        assert list(check_by_voice("Segue.", talk("rcrc"))) == []
        (finding,) = check_by_voice("Segue.", talk("rcrcrc"))
        assert (finding.rule, finding.field, finding.span) == ("ligacao.vaivem", "conversation", None)
        assert "3 vezes" in finding.message

    @pytest.mark.parametrize(("said", "called"), [("Deu certo, obrigado!", False), ("Ainda não deu.", True)])
    def test_a_client_whose_last_word_is_the_ok_needs_no_call(self, said: str, called: bool) -> None:
        *before, last = talk("rcrcrc")
        turns = (*before, last.model_copy(update={"text": said}))
        assert rules(list(check_by_voice("Obrigado.", turns))) == (["ligacao.vaivem"] if called else [])

    @pytest.mark.parametrize(
        "told", ["Conforme falamos por telefone, segue.", titled(shipped_templates(), CALL_SUMMARY).text]
    )
    def test_who_tells_of_the_call_has_called(self, told: str) -> None:
        assert list(check_by_voice(told + " palavra" * 500, talk("rcrcrc"))) == []

    def test_the_figures_are_the_desk_s_and_zero_is_off(self) -> None:
        text, turns = "um dois três quatro", talk("rcrcrc")
        assert rules(list(check_by_voice(text, turns, CallLimits(3, 4)))) == ["ligacao.longa"]
        assert rules(list(check_by_voice(text * 200, turns, CallLimits(0, 0)))) == []


class TestAnswer:
    CONTEXT = ReplyContext(
        team=Team(marks=("bsilva",), people=("Otávio Prado",)), conversations=talk("rcrcrc")
    )
    TEXT = "Favor testar com o Otávio ou com bsilva."

    def test_all_rules_speak_on_a_reply_names_first(self) -> None:
        answer = Answer(ticket_id=1, kind=Kind.REPLY, text=self.TEXT)
        findings = check_answer(answer, self.CONTEXT)
        assert [quoted(self.TEXT, finding) for finding in findings[:2]] == ["Otávio", "bsilva"]
        assert rules(findings)[0] == "resposta.equipe"
        assert {rule.split(".")[0] for rule in rules(findings)} == {"resposta", "homologacao", "ligacao"}

    def test_a_note_is_ours(self) -> None:
        assert check_answer(Answer(ticket_id=1, kind=Kind.NOTE, text=self.TEXT), self.CONTEXT) == ()

    def test_the_attachments_of_the_answer_are_looked_at(self) -> None:
        answer = Answer(ticket_id=1, kind=Kind.REPLY, text=COMPLETE, attachments=(Path("/tmp/tela.png"),))
        assert check_answer(answer, ReplyContext()) == ()


class TestTemplates:
    def test_those_without_headings_leave_no_gap_even_where_nobody_is_known(self) -> None:
        for title in (UNDER_REVIEW, PLANNING_REPLY):
            text = fill(titled(shipped_templates(), title).text, {})
            assert unfilled(text) == ()
            assert blank_headings(text) == ()
            assert text.startswith("Olá, pessoal!")

    def test_the_planning_one_tells_of_the_comite_and_of_closing(self) -> None:
        text = titled(shipped_templates(), PLANNING_REPLY).text
        assert "comitê" in text
        assert "encerramos este ticket" in text

    def test_the_team_s_template_of_the_same_title_takes_the_place(self) -> None:
        own = Template(id="equipe:x", title="EM ANALISE", text="Nosso texto.")
        assert titled(with_shipped([own]), UNDER_REVIEW) == own
        assert len(with_shipped([own])) == len(shipped_templates())

    def test_the_settings_text_goes_before_both(self) -> None:
        own = Template(id="equipe:x", title="Em análise", text="Nosso texto.")
        offered = with_shipped([own], "Das configurações.")
        assert titled(offered, UNDER_REVIEW).text == "Das configurações."
        assert [template.title for template in offered].count("Em análise") == 1

    def test_an_unknown_title_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            titled((), "x")


def of_status(status: int) -> Ticket:
    return Ticket(id=7, subject="Nota fiscal", status=status, created_at=WHEN, updated_at=WHEN)


def test_answering_a_closed_ticket_says_that_it_stays_closed() -> None:
    reply, note = (Answer(ticket_id=7, kind=kind, text="Bom dia.") for kind in (Kind.REPLY, Kind.NOTE))
    (found,) = check_closed(reply, of_status(CLOSED), "Fechado")
    assert found.severity is Severity.WARN
    assert found.message.startswith("O ticket está Fechado, e responder não o reabre")
    assert not list(check_closed(note, of_status(CLOSED), "Fechado")), "a note answers nobody"
    assert not list(check_closed(reply, of_status(OPEN), "Aberto"))


def test_the_frame_names_the_status_of_a_closed_ticket_before_its_subject() -> None:
    assert closed_about(of_status(CLOSED), "Fechado") == "#7 ▲ Fechado: responder não o reabre · Nota fiscal"
    assert closed_about(of_status(OPEN), "Aberto") == "#7 Nota fiscal"
