from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from clients.models.conversation import Conversation, Voice
from clients.models.text import fold
from clients.models.ticket import Attachment, Ticket, TicketStats, Turn

T1, T2, T3 = "2026-07-31T09:00:00Z", "2026-07-31T10:00:00Z", "2026-07-31T11:00:00Z"


def ticket(**changes: Any) -> Ticket:
    wire: dict[str, Any] = {"id": 70000000123, "created_at": T1, "updated_at": T1, "stats": {}}
    return Ticket.model_validate(wire | changes)


@pytest.mark.parametrize(
    ("stats", "turn"),
    [
        ({}, Turn.UNANSWERED),
        ({"requester_responded_at": T2}, Turn.UNANSWERED),
        ({"agent_responded_at": T2}, Turn.CLIENT),
        ({"first_responded_at": T1}, Turn.CLIENT),
        ({"agent_responded_at": T2, "requester_responded_at": T3}, Turn.OURS),
        ({"agent_responded_at": T3, "requester_responded_at": T2}, Turn.CLIENT),
        ({"agent_responded_at": T2, "requester_responded_at": T2}, Turn.CLIENT),
        ({"first_responded_at": T1, "requester_responded_at": T2}, Turn.OURS),
        ({"agent_responded_at": T2, "requester_responded_at": "2026-07-31T10:30:00-03:00"}, Turn.OURS),
        (None, Turn.CLIENT),
    ],
)
def test_whose_turn_it_is_is_told_by_replies_and_not_by_the_status(
    stats: dict[str, str] | None, turn: Turn
) -> None:
    assert ticket(stats=stats).turn is turn
    assert ticket(stats=stats, status=9).turn is turn  # a status of the account's own is open work


@pytest.mark.parametrize("changes", [{"status": 4}, {"status": 5}, {"deleted": True}, {"spam": True}])
def test_what_is_done_is_nobodys_turn_and_has_no_clock(changes: dict[str, object]) -> None:
    done = ticket(fr_due_by=T2, due_by=T3, **changes)
    assert done.turn is Turn.DONE
    assert done.clock is None


def test_the_clock_is_the_first_responses_until_somebody_answered() -> None:
    due = {"fr_due_by": T2, "due_by": T3}
    assert ticket(**due).clock == datetime(2026, 7, 31, 10, tzinfo=UTC)
    assert ticket(**due, stats={"agent_responded_at": T1}).clock == datetime(2026, 7, 31, 11, tzinfo=UTC)
    assert ticket(due_by=T3).clock == datetime(2026, 7, 31, 11, tzinfo=UTC)
    assert ticket().clock is None


def test_nulls_and_absent_keys_are_normal() -> None:
    bare = ticket(
        **dict.fromkeys(
            "subject type responder_id group_id company_id due_by fr_due_by cc_emails tags custom_fields "
            "stats requester company attachments fr_escalated".split()
        )
    )
    assert (bare.subject, bare.cc_emails, bare.tags, bare.custom_fields, bare.client) == ("", (), (), {}, "")
    assert bare.text is None
    assert ticket(description=None).text == ""


def test_ids_are_64_bit_and_unknown_keys_are_ignored() -> None:
    read = ticket(id=9007199254740993, novidade={"a": 1})
    assert read.id == 9007199254740993
    assert not hasattr(read, "novidade")


def test_moments_with_offsets_become_utc_and_naive_ones_are_utc() -> None:
    assert ticket(created_at="2026-07-31T09:00:00+05:30").created_at == datetime(
        2026, 7, 31, 3, 30, tzinfo=UTC
    )
    naive = TicketStats.model_validate({"agent_responded_at": "2026-07-31T09:00:00"}).agent_responded_at
    assert naive == datetime(2026, 7, 31, 9, tzinfo=UTC)
    assert naive is not None
    assert naive.tzinfo is UTC
    brazil = datetime(2026, 7, 31, 9, tzinfo=timezone(timedelta(hours=-3)))
    assert ticket(updated_at=brazil).updated_at.hour == 12


def test_custom_values_keep_their_kind() -> None:
    values = {"cf_n": 7, "cf_dec": "124.0", "cf_ok": True, "cf_nada": None, "cf_texto": "a\x1bb"}
    assert ticket(custom_fields=values).custom_fields == {**values, "cf_texto": "a␛b"}


def test_the_description_is_read_as_text_and_the_subject_is_cleaned() -> None:
    read = ticket(subject="NF\x1b[2J\nparada", description="<p>um</p><p>dois</p>")
    assert read.subject == "NF␛[2J parada"
    assert read.text == "um\n\ndois"


def test_an_attachments_address_is_never_told() -> None:
    file = Attachment.model_validate(
        {"id": 1, "name": "print.png", "file_size": 9, "attachment_url": "https://s3.exemplo.com.br/?sig=x"}
    )
    assert file.size == 9
    assert "sig=x" not in repr(file)
    assert "sig=x" not in file.model_dump_json()


def test_the_queues_filter_finds_number_client_and_labels() -> None:
    read = ticket(
        subject="Emissão parada",
        tags=["nfe"],
        requester={"id": 1, "name": "João", "email": "joao@x.com.br"},
        company={"id": 2, "name": "Padaria São José"},
    )
    haystack = read.haystack("Aguardando Desenvolvimento")
    assert all(
        fold(query) in haystack
        for query in ("#70000000123", "emissao", "JOAO", "sao jose", "nfe", "desenvolvimento", "joao@x")
    )
    assert read.client == "Padaria São José"
    assert ticket(requester={"id": 1, "name": "João"}).client == "João"


@pytest.mark.parametrize(
    ("incoming", "private", "voice"),
    [
        (True, False, Voice.CLIENT),
        (False, False, Voice.REPLY),
        (False, True, Voice.NOTE),
        (True, True, Voice.NOTE),
    ],
)
def test_a_private_message_is_a_note_whoever_wrote_it(incoming: bool, private: bool, voice: Voice) -> None:
    message = Conversation.model_validate(
        {
            **{"id": 1, "incoming": incoming, "private": private, "source": 99, "user_id": None},
            **{"body": "<div>a<br>b</div>", "body_text": "a b", "to_emails": None, "attachments": None},
            **{"created_at": T1, "updated_at": T1, "email_failure_count": 1},
        }
    )
    assert message.voice is voice
    assert message.text == "a\nb"
    assert message.bounced
