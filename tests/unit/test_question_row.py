"""A question asked on Slack in Pendências: what it is about, its first words, and the answer's."""

from datetime import timedelta

from clients.models.slack_talk import Answer, Question
from tests.support.desk_sample import NOW
from tui.screens.question import question_row, waiting_line

ASKED = Question(
    id="C1/1",
    channel="C1",
    place="gestor_remote",
    ts="1.000001",
    about="Loja Ção",
    text="Helena, você ainda\nestá em Loja Ção?",
    asked_at=NOW - timedelta(minutes=5),
)
ANSWERED = ASKED.model_copy(update={"answers": (Answer(ts="2.000001", who="Helena", text="Saí\nagora."),)})


def test_what_it_is_about_comes_first_and_then_its_first_words() -> None:
    assert question_row(ASKED).text == "Loja Ção · Helena, você ainda está em Loja Ção?"
    assert question_row(ASKED).about == "10:37 em gestor_remote"


def test_of_a_ticket_its_number() -> None:
    assert question_row(ASKED.model_copy(update={"ticket_id": 4211})).text.startswith("#4211 · Helena")


def test_an_answer_comes_before_what_was_asked() -> None:
    assert question_row(ANSWERED).text.startswith("Helena: Saí agora. ← Loja Ção")


def test_what_waits_already_says_since_when_and_what() -> None:
    assert waiting_line(ASKED).startswith("Perguntado 10:37 em gestor_remote, ainda sem resposta: “Helena")
    assert "Helena respondeu" in waiting_line(ANSWERED)
    assert "“Saí agora.”" in waiting_line(ANSWERED)
