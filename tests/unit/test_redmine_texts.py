"""What a chamado and what is said of it become in Redmine's texts, and what is read back from those."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.boards.columns import Column
from clients.boards.redmine_left_out import left_out
from clients.boards.redmine_notes import NoteKind, comment_note, event_of, move_note, note_of
from clients.boards.redmine_place import BoardPlace, Layout
from clients.boards.redmine_record import recorded, with_record
from clients.boards.redmine_sheet import description_of, read_sheet, subject_of
from clients.models.chamado import Chamado, ChamadoEvent, Tool
from clients.models.licence import Licence, LicenceCheck, LicenceState
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.moves import Move
from clients.models.task import JournalEntry, Task

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
OPENING = "{{collapse(Registro do Plantão)"
WORDS = st.text(max_size=200)
LINES = st.lists(st.one_of(WORDS, st.sampled_from(("*Dados do chamado*", OPENING, "}}", "{", "> ", "---"))))
TEXTS = LINES.map("\n".join)
LAYOUT = Layout(
    project=1,
    tracker=1,
    approved_project=None,
    approved_tracker=None,
    statuses={},
    names={},
    columns={Column.CHAMADO: 13},
    labels=LABELS,
)


def chamado(**changes: object) -> Chamado:
    fields: dict[str, object] = {
        "id": "c1",
        "number": 7,
        "title": "NF-e rejeitada",
        "licence_email": "financeiro@padaria-aurora.example",
        "licence": LicenceCheck(
            email="financeiro@padaria-aurora.example",
            state=LicenceState.VALID,
            source="Painel",
            checked_at=NOW,
            licence=Licence(email="financeiro@padaria-aurora.example", expires=date(2027, 1, 1)),
        ),
        "tool": Tool.CENTRAL_DE_INTEGRACOES,
        "integration": "Shopee",
        "flow": ("Fiscal", "Notas"),
        "notify": ("ana@padaria-aurora.example",),
        "files": ("https://exemplo.example/video",),
        "ticket_id": 42,
        "author": "Marina",
        "created_at": NOW,
        "updated_at": NOW,
        "events": (ChamadoEvent(id="c1", at=NOW, who="Marina", status=ChamadoStatus.TRIAGEM),),
    }
    return Chamado.model_validate(fields | changes)


def task(sent: Chamado, description: str) -> Task:
    """Its task, as Redmine gives it: with other line ends."""
    reference = {"id": 1, "name": "x"}
    return Task.model_validate(
        {
            **dict.fromkeys(("project", "tracker", "status"), reference),
            "id": sent.number,
            "subject": subject_of(sent),
            "description": description.replace("\n", "\r\n"),
            "custom_fields": [{"id": 13, "name": "Chamado", "value": sent.id}],
            "created_on": NOW,
            "updated_on": NOW,
        }
    )


def entry(notes: str, *, private: bool = False) -> JournalEntry:
    return JournalEntry(id=1, notes=notes, private_notes=private, created_on=NOW)


@given(TEXTS, WORDS, WORDS)
def test_whatever_was_typed_is_read_back(description: str, title: str, step: str) -> None:
    sent = chamado(description=description.strip(), title=f"T{title}".strip(), flow=(step,))
    sent = sent.model_copy(update={"description": sent.description.strip(), "title": sent.title.strip()})
    found, record = read_sheet(task(sent, description_of(sent, ())), LAYOUT)
    assert record
    assert found.model_copy(update={"events": sent.events}) == sent


@given(TEXTS)
def test_whatever_was_said_along_with_a_move_is_read_back(comment: str) -> None:
    move = Move(to=ChamadoStatus.PUBLICADO, comment=comment, version="4.18.2", duplicate_of=3)
    text, note = note_of(entry(move_note(move, "e1", "Téo", told={"Versão publicada": "4.18.2"})))
    assert note is not None
    event = event_of(note, NOW, text, ChamadoStatus.TEST_FINISHED, ChamadoStatus.PUBLICADO, "outro")
    assert (event.id, event.who, event.comment) == ("e1", "Téo", move.comment)
    assert (event.version, event.duplicate_of, event.url) == ("4.18.2", 3, "")


@given(TEXTS.filter(str.strip))
def test_whatever_was_said_is_read_back(comment: str) -> None:
    said = Move(to=ChamadoStatus.TRIAGEM, comment=comment.strip()).comment
    text, note = note_of(entry(comment_note(said, "e1", "Téo")))
    assert note is not None
    assert (note.kind, note.event, text) == (NoteKind.COMMENT, "e1", said)


@given(TEXTS)
def test_nothing_that_people_write_upsets_the_reading(text: str) -> None:
    note_of(entry(text))
    read_sheet(task(chamado(), text), LAYOUT)


def test_a_note_of_ours_that_somebody_quotes_is_theirs() -> None:
    ours = comment_note("Está parado.", "e1", "Téo")
    quoted = "Téo escreveu:\n" + "\n".join(f"> {line}" for line in ours.split("\n")) + "\n\nJá vi."
    text, note = note_of(entry(quoted))
    assert note is None
    assert text.endswith("Já vi.")
    pasted = f"{ours}\n\nJá vi."
    assert note_of(entry(pasted)) == (pasted, None)


def test_a_private_note_is_not_read() -> None:
    assert note_of(entry(comment_note("entre nós", "e1", "Téo"), private=True)) == ("", None)


def test_what_somebody_adds_below_the_record_belongs_to_the_description() -> None:
    sent = chamado(description="Não salva.")
    found, record = read_sheet(task(sent, description_of(sent, ()) + "\n\nVisto na base 12."), LAYOUT)
    assert record
    assert found.description == "Não salva.\n\nVisto na base 12."


def test_a_record_that_was_tampered_with_is_done_without() -> None:
    sent = chamado(description="Não salva.")
    found, record = read_sheet(task(sent, with_record("Não salva.", {"tool": "Planilha"})), LAYOUT)
    assert record == {}
    assert (found.title, found.description, found.id) == (sent.title, "Não salva.", sent.id)


@pytest.mark.parametrize("text", ["", "oi", f"{OPENING}\n[1]\n}}}}", f"{OPENING}\n{{}}", f"x {OPENING}"])
def test_a_text_without_a_record_is_all_peoples(text: str) -> None:
    assert recorded(text) == (text, None, "")


def test_a_field_that_redmine_left_out_is_called_as_the_settings_call_it() -> None:
    place = BoardPlace("chamados", "Chamado", fields={Column.VERSION: "Saiu na"})
    layout = replace(LAYOUT, columns={Column.CHAMADO: 13, Column.VERSION: 14})
    sent = chamado()
    body = {"custom_fields": [{"id": 14, "value": "4.19"}]}
    assert list(left_out(task(sent, ""), body, place, layout)) == ["o campo “Saiu na” não ficou"]
