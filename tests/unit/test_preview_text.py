from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.conversation import Conversation
from clients.models.feed import Feed, Trouble
from clients.models.lifecycle import LABELS, MEANING, ChamadoStatus
from clients.models.quoted import split_quote
from clients.models.ticket_changes import Change, ticket_changes
from clients.models.ticket_view import TicketView
from clients.models.validation import asking_comment, asking_event
from tests.support.chamados import chamado
from tests.support.desk_sample import NOW, VOCABULARY, ticket_view
from widgets.cells import Ground
from widgets.preview_text import preview_lines


def shown(view: TicketView, width: int = 60, *, quotes: bool = False) -> list[str]:
    lines = preview_lines(view, VOCABULARY, NOW, width, quotes=quotes)
    return ["".join(piece.text for piece in line.line) for line in lines]


def test_the_whole_conversation_reads_from_the_oldest_with_message_zero_first() -> None:
    text = "\n".join(shown(ticket_view()))
    order = ["Rejeição 539", "Estamos em análise", "Reproduzi na base", "Com todos os usuários", "Recebido"]
    assert sorted(order, key=text.index) == order
    assert text.count("Maria das Dores") == 3  # as requester, and above her two messages
    assert "#812" in text
    assert "Em andamento" in text
    assert "anexo nota-rejeitada.png · 1,2 MB" in text


def test_a_tipo_that_is_not_the_tracker_is_marked_and_an_equal_one_is_not() -> None:
    view = ticket_view()
    (task,) = view.tasks.items
    other = replace(view, ticket=view.ticket.model_copy(update={"type": "Dúvida"}))
    assert f"≠ ticket Dúvida · tarefa {task.tracker.name}" in "\n".join(shown(other))
    same = replace(view, ticket=view.ticket.model_copy(update={"type": task.tracker.name}))
    assert "≠" not in "\n".join(shown(same))
    lines = preview_lines(other, VOCABULARY, NOW, 60, trackers={"Dúvida": task.tracker.name})
    assert not any("≠" in piece.text for line in lines for piece in line.line)


def test_the_preview_and_what_changed_name_a_priority_alike() -> None:
    english = VOCABULARY.model_copy(update={"priorities": {1: "Low", 4: "Urgent"}})
    view = ticket_view()
    view = replace(view, ticket=view.ticket.model_copy(update={"priority": 4}))
    before = view.ticket.model_copy(update={"priority": 1})
    assert ticket_changes(before, view.ticket, english) == (Change("Prioridade", "Low", "Urgent"),)
    lines = preview_lines(view, english, NOW, 60)
    assert any("· Urgent" in piece.text for line in lines for piece in line.line)


def test_every_line_of_a_note_says_that_it_is_one() -> None:
    lines = preview_lines(ticket_view(), VOCABULARY, NOW, 60)
    notes = [line for line in lines if line.ground is Ground.NOTE]
    heading, *body = ["".join(piece.text for piece in line.line) for line in notes]
    assert "NOTA INTERNA" in heading
    assert "Ana Lima" in heading
    assert len(body) > 2
    assert all(line.startswith(" NOTA ┃ ") for line in body)
    assert not any("NOTA" in text for text in shown(ticket_view()) if text not in (heading, *body))


def test_our_words_and_the_clients_are_told_apart_without_colour() -> None:
    lines = shown(ticket_view())
    assert any(line.startswith(" │ Estamos em análise") for line in lines)
    assert " Com todos os usuários. Segue o print." in lines
    assert any("◄ cliente  Maria das Dores" in line for line in lines)
    assert any("► resposta  Ana Lima" in line for line in lines)


def test_quotation_is_folded_until_asked_for() -> None:
    folded, unfolded = shown(ticket_view()), shown(ticket_view(), quotes=True)
    assert any("linhas citadas · Enter mostra" in line for line in folded)
    assert not any("escreveu" in line for line in folded)
    assert any("escreveu" in line for line in unfolded)
    assert any("> Estamos em análise" in line for line in unfolded)


def test_a_bounced_mail_is_marked() -> None:
    assert any("✖ e-mail voltou" in line for line in shown(ticket_view()))


@pytest.mark.parametrize("width", [20, 38, 53, 80, 140])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    for quotes in (False, True):
        assert all(cell_len(line) <= width for line in shown(ticket_view(), width, quotes=quotes))


def test_what_is_missing_says_so() -> None:
    view = ticket_view()
    trouble = Trouble("Sem conexão", "freshdesk: não respondeu", "Confira a rede.")
    assert any("↻ lendo" in line for line in shown(replace(view, conversations=Feed(loading=True))))
    assert any("▲ Sem conexão" in line for line in shown(replace(view, conversations=Feed(trouble=trouble))))
    assert any("Ninguém respondeu" in line for line in shown(replace(view, conversations=Feed(as_of=NOW))))
    assert any("nenhuma no Redmine" in line for line in shown(replace(view, tasks=Feed(as_of=NOW))))
    assert any("▲ Sem conexão" in line for line in shown(replace(view, tasks=Feed(trouble=trouble))))


def test_two_thousand_lines_are_all_there() -> None:
    long = Conversation.model_validate(
        {
            "id": 9,
            "incoming": True,
            "body": "<br>".join(f"linha {number}" for number in range(1900)),
            "created_at": NOW,
            "updated_at": NOW,
        }
    )
    lines = shown(replace(ticket_view(), conversations=Feed((long,), as_of=NOW)))
    assert sum(line.startswith(" linha ") for line in lines) == 1900


@pytest.mark.parametrize(
    ("text", "body", "tail"),
    [
        ("Oi.\n\n> a\n> b", "Oi.", "> a\n> b"),
        (
            "Oi.\nEm qua., 18 de mar. de 2026, Ana escreveu:\n> a",
            "Oi.",
            "Em qua., 18 de mar. de 2026, Ana escreveu:\n> a",
        ),
        ("Oi.\n-----Mensagem original-----\nx", "Oi.", "-----Mensagem original-----\nx"),
        (
            "Oi.\nDe: Ana\nEnviado: hoje\nPara: Maria\nAssunto: x",
            "Oi.",
            "De: Ana\nEnviado: hoje\nPara: Maria\nAssunto: x",
        ),
        ("> a\nMinha resposta vem abaixo.", "> a\nMinha resposta vem abaixo.", ""),
        ("Oi.\n> a\nrespondo aqui\n> b", "Oi.\n> a\nrespondo aqui", "> b"),
        ("> só citação", "> só citação", ""),
        ("Para: falar com a Ana\nobrigado", "Para: falar com a Ana\nobrigado", ""),
        ("", "", ""),
    ],
)
def test_where_the_quoted_tail_begins(text: str, body: str, tail: str) -> None:
    assert split_quote(text) == (body, tail)


class TestTheChamadoOfTheTicket:
    def told(self, one: Chamado, view: TicketView, key: str = "x") -> str:
        lines = preview_lines(view, VOCABULARY, NOW, 140, chamados=(one,), labels=LABELS, validated_by=key)
        return next(
            line for line in ("".join(p.text for p in each.line) for each in lines) if "nº 12" in line
        )

    def test_is_told_with_its_meaning_for_the_client(self) -> None:
        line = self.told(chamado(12, ChamadoStatus.TEST_FINISHED), ticket_view())
        assert line == f" chamado   nº 12 · Test Finished · {MEANING[ChamadoStatus.TEST_FINISHED]}"

    def test_a_published_one_says_how_far_the_validation_is(self) -> None:
        talk = ticket_view().conversations.items
        before, after = talk[0].created_at - timedelta(hours=1), talk[-1].created_at + timedelta(hours=1)
        fresh = self.told(published_at(after), ticket_view())
        assert "nº 12 · Publicado (4.18.2) · publicado em produção: validar com o cliente" in fresh
        assert fresh.endswith("★ falta pedir ao cliente · x valida")
        released = published_at(before)
        asking = ChamadoEvent(
            id=asking_event(released),
            at=before,
            who="Téo",
            status=ChamadoStatus.PUBLICADO,
            before=ChamadoStatus.PUBLICADO,
            comment=asking_comment(released),
        )
        assert "o cliente respondeu · x valida" in self.told(released.with_event(asking), ticket_view())

    @pytest.mark.parametrize("width", [30, 43, 60])
    def test_its_meaning_is_read_to_its_end_however_narrow_the_pane(self, width: int) -> None:
        lines = preview_lines(
            ticket_view(), VOCABULARY, NOW, width, chamados=(chamado(12, ChamadoStatus.TEST_FINISHED),)
        )
        texts = ["".join(piece.text for piece in line.line) for line in lines]
        start = next(at for at, text in enumerate(texts) if "nº 12" in text)
        assert MEANING[ChamadoStatus.TEST_FINISHED] in " ".join(" ".join(texts[start : start + 6]).split())

    def test_nothing_is_said_of_a_conversation_that_was_not_read(self) -> None:
        unread = replace(ticket_view(), conversations=Feed())
        assert "★" not in self.told(published_at(NOW), unread)


def published_at(at: datetime) -> Chamado:
    moved = ChamadoEvent(
        at=at,
        who="Téo",
        status=ChamadoStatus.PUBLICADO,
        before=ChamadoStatus.TEST_FINISHED,
        version="4.18.2",
    )
    return chamado(12, ChamadoStatus.PUBLICADO, events=(moved,))
