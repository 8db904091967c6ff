"""Where a published chamado's ticket stands, and what is written to the client and on the chamado."""

from datetime import datetime, timedelta

import pytest

from clients.models.answer import Answer, Kind
from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.conversation import Conversation
from clients.models.discretion import Team
from clients.models.fields import Vocabulary
from clients.models.finding import Severity
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move, check_move
from clients.models.rules.closing import Closing
from clients.models.rules.headings import HOMOLOGATION
from clients.models.rules.reply import ReplyContext, check_answer
from clients.models.template import unfilled
from clients.models.ticket import Ticket
from clients.models.validation import (
    Stage,
    Verdict,
    asking_comment,
    asking_event,
    is_to_be_asked,
    published,
    standing,
)
from clients.models.validation_texts import (
    asking_text,
    closing_text,
    failing_comment,
    failing_text,
    validated_comment,
)
from tests.support.chamados import NOW, chamado

HOUR = timedelta(hours=1)
CLIENT: dict[str, object] = {"incoming": True}
US: dict[str, object] = {}
NOTE: dict[str, object] = {"private": True}


def released(number: int = 7, at: timedelta = HOUR, **changes: object) -> Chamado:
    """A chamado published so long ago."""
    moved = ChamadoEvent(
        at=NOW - at,
        who="Téo Ramos",
        status=ChamadoStatus.PUBLICADO,
        before=ChamadoStatus.TEST_FINISHED,
        comment="Téo Ramos publicou com a Lia.",
        version="4.18.2",
    )
    return chamado(number, ChamadoStatus.PUBLICADO, **{"ticket_id": 4102, "events": (moved,), **changes})


def event(at: datetime, id: str, comment: str, **changes: object) -> ChamadoEvent:
    here = ChamadoStatus.PUBLICADO
    fields = {"id": id, "at": at, "who": "Marina", "status": here, "before": here, "comment": comment}
    return ChamadoEvent.model_validate(fields | changes)


def asked(chamado: Chamado) -> Chamado:
    """``chamado`` after its client was asked, half an hour ago."""
    return chamado.with_event(event(NOW - HOUR / 2, asking_event(chamado), asking_comment(chamado)))


def said(text: str, ago: timedelta, who: dict[str, object]) -> Conversation:
    at = NOW - ago
    return Conversation.model_validate(
        {"id": int(10_000 - ago.total_seconds()), "text": text, "created_at": at, "updated_at": at, **who}
    )


def ticket(**changes: object) -> Ticket:
    fields: dict[str, object] = {
        "id": 4102,
        "created_at": NOW - 9 * HOUR,
        "updated_at": NOW,
        "requester": {"id": 1, "name": "Marina das Dores"},
        "stats": {"first_responded_at": NOW - 8 * HOUR, "agent_responded_at": NOW - 2 * HOUR},
    }
    return Ticket.model_validate(fields | changes)


class TestWhereItStands:
    @pytest.mark.parametrize(
        ("messages", "stage"),
        [
            ([], Stage.TO_ASK),
            ([said("Estamos vendo.", 2 * HOUR, US)], Stage.TO_ASK),
            ([said("Só para a equipe.", HOUR / 2, NOTE)], Stage.TO_ASK),
            ([said("E aí?", HOUR / 2, CLIENT)], Stage.TO_ASK),
            ([said("Estamos vendo.", HOUR / 3, US), said("Certo.", HOUR / 4, CLIENT)], Stage.TO_ASK),
        ],
    )
    def test_whatever_else_was_said_the_client_is_to_be_asked(
        self, messages: list[Conversation], stage: Stage
    ) -> None:
        assert standing(released(), messages).stage is stage

    @pytest.mark.parametrize(
        ("messages", "stage"),
        [
            ([], Stage.WAITING),
            ([said("E aí?", HOUR * 2 / 3, CLIENT), said("Pode testar?", HOUR / 2, US)], Stage.WAITING),
            ([said("Pode testar?", HOUR / 2, US), said("Deu certo.", HOUR / 3, CLIENT)], Stage.ANSWERED),
        ],
    )
    def test_once_asked_the_clients_next_words_are_the_answer(
        self, messages: list[Conversation], stage: Stage
    ) -> None:
        assert standing(asked(released()), messages).stage is stage

    def test_the_words_are_those_since_the_publication_without_the_mail_they_quote(self) -> None:
        found = standing(
            released(),
            [
                said("Não emite a nota.", 3 * HOUR, CLIENT),
                said("Pode testar?", HOUR / 2, US),
                said("Testei agora.\nAinda dá erro 539.\n\n> Pode testar?", HOUR / 3, CLIENT),
                said("E travou.", HOUR / 4, CLIENT),
            ],
        )
        assert found.words == "> Testei agora.\n> Ainda dá erro 539.\n\n> E travou."

    @pytest.mark.parametrize(
        ("text", "reads", "against"),
        [
            ("Deu certo, obrigada!", Closing.OK, Verdict.FAILING),
            ("Obrigada!", Closing.WEAK, Verdict.VALIDATED),
            ("Ainda dá erro.", Closing.COMPLAINT, Verdict.VALIDATED),
            ("Onde clico?", Closing.QUESTION, Verdict.VALIDATED),
        ],
    )
    @pytest.mark.parametrize("answered", [False, True])
    def test_the_words_are_read_whether_or_not_we_answered_them(
        self, text: str, reads: Closing, against: Verdict, answered: bool
    ) -> None:
        messages = [said("Pode testar?", HOUR / 2, US), said(text, HOUR / 3, CLIENT)]
        messages += [said("Vamos ver.", HOUR / 4, US)] if answered else []
        found = standing(released(), messages)
        assert found.ok.closing is reads
        assert [each for each in Verdict if found.against(each)] == [against]

    def test_a_client_who_said_nothing_speaks_against_nothing(self) -> None:
        found = standing(released(), [said("Não emite.", 2 * HOUR, CLIENT)])
        assert found.words == ""
        assert found.read == "O cliente não escreveu desde a publicação."
        assert not any(found.against(each) for each in Verdict)


class TestWhatTheQueueKnows:
    def test_only_the_recorded_question_asks_whatever_was_commented(self) -> None:
        commented = released().with_event(event(NOW, "outro", "Validação pedida ao cliente no ticket #4102."))
        assert is_to_be_asked(commented)
        assert not is_to_be_asked(asked(commented))
        assert not is_to_be_asked(asked(released()).with_event(event(NOW, "outro", "E agora?")))

    def test_a_second_publication_is_asked_about_again(self) -> None:
        once = asked(released(at=3 * HOUR))
        back = event(NOW - 2 * HOUR, "volta", "", before=ChamadoStatus.TEST_FINISHED)
        again = once.with_event(back)
        assert is_to_be_asked(again)
        assert asking_event(again) != asking_event(once)

    def test_of_several_chamados_of_a_ticket_the_newest_published_one_counts(self) -> None:
        board = [
            chamado(9, ChamadoStatus.DOING, ticket_id=4102),
            released(8),
            released(7),
            released(6, ticket_id=None),
        ]
        assert {at: each.number for at, each in published(board).items()} == {4102: 8}
        assert {at: each.number for at, each in published(reversed(board)).items()} == {4102: 8}


class TestWhatIsWritten:
    def test_the_request_tells_what_was_done_the_test_the_steps_and_the_result(self) -> None:
        text = asking_text(released(), ticket())
        assert text.startswith("Olá, Marina!\n\n")
        assert "na versão 4.18.2" in text
        assert "1. Acesse Vendas > Pedidos e abra o pedido 4512.\n2. Clique em Forma de pagamento" in text
        labels = [part.heading.label for part in HOMOLOGATION.parts(text)]
        assert labels == ["O que foi feito", "Teste desejado", "Passo a passo", "Resultado esperado"]
        assert not unfilled(text)

    def test_the_routine_has_only_the_missing_image_against_the_request(self) -> None:
        text = asking_text(released(), ticket())
        team = Team.gather(["Téo Ramos", "Lia Prado"], Vocabulary(agents={1: "Téo Ramos"}))
        answer = Answer(ticket_id=4102, kind=Kind.REPLY, text=text, validates=released().id)
        found = [(one.rule, one.severity) for one in check_answer(answer, ReplyContext(team=team))]
        assert found == [("homologacao.imagem", Severity.HINT)]
        typed = answer.model_copy(update={"validates": ""})
        assert [one.severity for one in check_answer(typed, ReplyContext(team=team))] == [Severity.WARN]

    @pytest.mark.parametrize(
        ("described", "steps"),
        [
            (
                "Passo a passo: 1. Acesse Vendas. 2) Clique em Salvar.",
                "1. Acesse Vendas.\n2. Clique em Salvar.",
            ),
            ("Passo a passo:\n- Acesse\n- Salve\nMensagem exata: erro", "1. Acesse\n2. Salve\n\n"),
            ("Passo a passo: acesse e salve", "1. Vendas\n2. Salvar"),
            ("Não salva.", "1. Vendas\n2. Salvar"),
        ],
    )
    def test_the_steps_are_those_that_were_told_or_else_the_screens(self, described: str, steps: str) -> None:
        one = released(description=described, flow=("Vendas", "Salvar"))
        assert f"Passo a passo:\n{steps}" in asking_text(one, ticket())

    def test_without_flow_version_or_name_nothing_is_left_blank(self) -> None:
        bare = released(flow=(), description="", events=())
        text = asking_text(bare, ticket(requester=None))
        assert text.startswith("Olá, pessoal!")
        assert "versão" not in text
        assert "Passo a passo" not in text
        assert not [part for part in HOMOLOGATION.parts(text) if part.is_blank]

    @pytest.mark.parametrize("by_phone", [False, True])
    def test_the_chamado_gets_the_clients_own_words(self, by_phone: bool) -> None:
        words = "> Ainda dá erro 539."
        for comment in (failing_comment, validated_comment):
            text = comment(released(), words, by_phone=by_phone)
            assert text.endswith(f":\n\n{words}")
            assert "na versão 4.18.2" in text
            assert ("Por telefone" in text) is by_phone

    @pytest.mark.parametrize("verdict", list(Verdict))
    def test_either_way_is_one_that_the_lifecycle_has(self, verdict: Verdict) -> None:
        move = Move(to=verdict.to, comment="> palavras")
        assert check_move(ChamadoStatus.PUBLICADO, move, today=NOW.date()) == ()

    def test_the_replies_call_the_client_by_the_first_name_and_name_nobody_inside(self) -> None:
        for text in (closing_text(ticket()), failing_text(ticket()), failing_text(ticket(), by_phone=True)):
            assert text.startswith("Olá, Marina!")
            assert "Téo" not in text
        assert "telefone" in closing_text(ticket(), by_phone=True)
