"""What is told of a message whose answer was lost, by what is there."""

from datetime import UTC, datetime, timedelta

from clients.models.slack import OP_EVENT, SlackMessage
from clients.models.slack_time import ts_of
from clients.slack_posted import Posted, told_apart

SINCE = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
SENT = "Entrando em Rio Manso"


def said(
    text: str, seconds: float = 1, user: str = "U1", mark: str | None = None, **more: object
) -> SlackMessage:
    metadata = {"event_type": OP_EVENT, "event_payload": {"op_id": mark}} if mark else None
    ts = ts_of(SINCE + timedelta(seconds=seconds))
    return SlackMessage.model_validate({"ts": ts, "user": user, "text": text, "metadata": metadata, **more})


def looked(*there: SlackMessage) -> Posted:
    return told_apart(there, "U1", "a1", SENT, SINCE)


def test_a_mark_tells_whatever_the_words_and_the_time() -> None:
    marked = said("Entrando em :ocean:", seconds=-200, mark="a1")
    assert looked(said(SENT), marked) == Posted((marked,))


def test_our_own_words_of_the_time_tell_where_no_mark_does() -> None:
    same = said(SENT)
    assert looked(same, said("bom dia", seconds=2)) == Posted((same,))


def test_other_words_of_our_own_leave_it_in_doubt() -> None:
    other = said("Entrando em Rio Manso :ocean:")
    assert looked(other) == Posted(doubtful=(other,))


def test_the_same_words_from_before_leave_it_in_doubt_and_others_do_not() -> None:
    before = said(SENT, seconds=-60)
    assert looked(before, said("bom dia", seconds=-30)) == Posted(doubtful=(before,))


def test_where_marks_are_given_back_what_has_none_is_not_it() -> None:
    assert looked(said("bom dia"), said("Saí", seconds=-100, mark="a0")) == Posted()


def test_what_others_say_and_who_came_in_are_not_it() -> None:
    assert looked(said(SENT, user="U2"), said("<@U1> entrou", subtype="channel_join")) == Posted()
