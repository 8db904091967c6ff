"""What was seen of a service is worded for each place that it goes on to."""

from datetime import UTC, datetime

from clients.models.chamado import ChamadoDraft
from clients.models.passing_on import (
    LONGEST_SUBJECT,
    QUESTION_LINES,
    chamado_fields,
    description,
    question,
    subject,
    ticket_note,
)
from clients.models.server_talk import TalkWords, by_name, occupants
from clients.models.service import Service, ServiceState
from clients.models.service_note import Destination, Passed, ServiceNote, failing_line
from clients.models.slack_talk import Heard
from clients.models.slack_time import ts_of
from clients.slack import LONGEST_TEXT

NOW = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)
SERVICE = Service(
    client="Transportes Rio Manso",
    service="CTE",
    kind="tarefa agendada",
    state=ServiceState.FAIL,
    since=datetime(2026, 3, 4, 11, 56, tzinfo=UTC),
    note="código 0x1",
)
EXCERPT = "08:12 Serviço iniciado\n08:13 ERRO Certificado vencido ‹CNPJ_1›\n08:14 Próxima tentativa em 300 s"


def seen(text: str = "Certificado A1 venceu.\nFalta o novo.", excerpt: str = EXCERPT) -> ServiceNote:
    return ServiceNote(id="1", key=SERVICE.key, at=NOW, who="Beatriz", text=text, excerpt=excerpt)


def test_a_question_says_where_since_when_and_what() -> None:
    text = question(SERVICE, seen())
    assert text.startswith(
        "Transportes Rio Manso · CTE em falha desde 04/03/2026 08:56\ncódigo 0x1\nCertificado A1 venceu."
    )
    assert f"```\n{EXCERPT}\n```" in text
    assert text.endswith("Como seguimos?")


def test_a_question_is_nobody_s_entry_on_the_server_nor_said_for_somebody() -> None:
    text = question(SERVICE, seen(excerpt="08:12 conectado ao banco"))
    own = Heard(channel="gestor_remote", ts=ts_of(NOW), who="Plantão", text=text, own=True)
    assert list(by_name([own], "Beatriz")) == [own]
    names = {"rio manso": ("Transportes Rio Manso",)}
    assert occupants([own], names, TalkWords(), NOW) == {"rio manso": ()}


def test_a_question_has_room_on_slack_and_ends_its_block_itself() -> None:
    text = question(SERVICE, seen(excerpt="\n".join("```" + "x" * 400 for _ in range(200))))
    assert len(text) < LONGEST_TEXT
    assert text.count("```") == 2
    short = question(SERVICE, seen(excerpt="\n".join(map(str, range(100)))))
    assert short.count("\n") < QUESTION_LINES + 8
    assert "```\n85\n" in short


def test_without_an_excerpt_nothing_is_said_of_one() -> None:
    note = seen(excerpt="")
    for text in (question(SERVICE, note), ticket_note(SERVICE, note), description(SERVICE, note)):
        assert "Trecho" not in text
        assert "```" not in text
        assert "<pre>" not in text


def test_a_note_of_a_ticket_says_who_saw_it_and_when() -> None:
    text = ticket_note(SERVICE, seen())
    assert "Visto em 04/03/2026 12:06 por Beatriz." in text
    assert text.endswith(f"Trecho do log:\n{EXCERPT}")


def test_a_task_has_a_short_subject_and_the_log_as_it_is() -> None:
    assert subject(SERVICE, seen()) == "Transportes Rio Manso · CTE: Certificado A1 venceu."
    assert len(subject(SERVICE, seen(text="x" * 500))) == LONGEST_SUBJECT
    text = description(SERVICE, seen(excerpt="*a*\n</pre>\nh1. b"))
    assert text.endswith("<pre>\n*a*\n< /pre>\nh1. b\n</pre>")


def test_a_chamado_answers_what_is_known_and_leaves_the_other_headings() -> None:
    fields = chamado_fields(SERVICE, seen(text="O serviço não envia CT-e."))
    draft = ChamadoDraft(id="1", **fields)
    assert draft.title == "CTE: O serviço não envia CT-e."
    lines = draft.description.splitlines()
    assert "Onde acontece: serviço CTE (tarefa agendada), no servidor do cliente" in lines
    assert "O que acontece: O serviço não envia CT-e." in lines
    assert "Mensagem exata: 08:13 ERRO Certificado vencido ‹CNPJ_1›" in lines
    assert "Desde quando: 04/03/2026 08:56" in lines
    assert "Passo a passo:" in lines
    assert draft.description.rstrip().endswith(EXCERPT)
    assert SERVICE.client not in draft.description


def test_the_gist_is_the_first_line_or_what_failed() -> None:
    assert seen().gist == "Certificado A1 venceu."
    assert seen(text="").gist == "08:13 ERRO Certificado vencido ‹CNPJ_1›"
    assert failing_line("tudo bem\nfim") == "fim"
    assert failing_line("") == ""


def test_where_it_went_is_told_and_drafts_are_called_so() -> None:
    told = [Passed(to=to, place="#1", at=NOW, who="Bia").told for to in Destination]
    assert sum("rascunho" in one for one in told) == 2
    assert sum("perguntado em #1" in one for one in told) == 2


def test_what_was_begun_as_a_draft_and_sent_is_one_no_more() -> None:
    note = Passed(to=Destination.NOTE, place="#1", at=NOW, who="Bia", arrived=True)
    chamado = Passed(to=Destination.CHAMADO, place="nº 12", at=NOW, who="Bia", arrived=True)
    assert (note.told, chamado.told) == ("nota no #1", "chamado nº 12")
