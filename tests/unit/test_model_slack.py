"""Messages, people and channels of Slack, in all the shapes in which they come."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from clients.models.slack import Identity, SlackMessage, SlackUser
from clients.models.slack_time import moment_of, order, ts_of


def message(**more: object) -> SlackMessage:
    return SlackMessage.model_validate({"type": "message", "ts": "1709560000.000100", **more})


def test_times_are_compared_as_numbers() -> None:
    times = ["1709560000.000200", "999999999.900000", "1709560000.000100", "1709560000.010000"]
    assert sorted(times, key=order) == [times[1], times[2], times[0], times[3]]
    # a float cannot tell these two apart
    assert float("17095600001.0000001") == float("17095600001.0000002")
    assert order("1709560000.0001") == order("1709560000.000100")


def test_a_moment_and_its_time_are_the_same() -> None:
    moment = datetime(2024, 3, 4, 13, 46, 40, 100, tzinfo=UTC)
    assert ts_of(moment) == "1709560000.000100"
    assert moment_of("1709560000.000100") == moment


@pytest.mark.parametrize("ts", ["", "1709560000", "abc.def", "1709560000.", "-1.000100", "1e9.000100"])
def test_what_is_no_time_is_refused(ts: str) -> None:
    with pytest.raises(ValidationError):
        message(ts=ts)


def test_an_unknown_subtype_is_a_message_like_any_other() -> None:
    said = message(subtype="huddle_of_next_year", text="oi", user="U0ANA01", novo={"a": 1})
    assert said.subtype == "huddle_of_next_year"
    assert said.is_talk
    assert said.text() == "oi"


@pytest.mark.parametrize("subtype", ["channel_join", "channel_leave", "channel_topic", "group_join"])
def test_comings_and_goings_are_no_talk(subtype: str) -> None:
    assert not message(subtype=subtype, text="<@U0ANA01> entrou").is_talk


def test_a_message_without_user_has_an_author_all_the_same() -> None:
    assert message(bot_id="B01", username="Lembretes").author() == "Lembretes"
    assert message(bot_id="B01", bot_profile={"name": "Freshdesk"}).author() == "Freshdesk"
    assert message(bot_id="B01").author() == "B01"
    assert message().author() == "?"
    assert message(user="U0ANA01").author({"U0ANA01": "Ana"}) == "Ana"
    assert message(user="U\x1b[2J").author() == "U␛[2J"


def test_text_is_found_in_blocks_and_attachments() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Veja "},
                    {"type": "user", "user_id": "U0ANA01"},
                    {"type": "text", "text": " em "},
                    {"type": "link", "url": "https://x.example", "text": "aqui"},
                ],
            }
        ],
    }
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*Novo* ticket"}}
    assert message(text="", blocks=[rich]).text({"U0ANA01": "Ana"}) == "Veja @Ana em aqui (https://x.example)"
    assert message(text="", blocks=[section]).text() == "*Novo* ticket"
    assert message(text=None, attachments=[{"fallback": "Ticket #1"}, {"text": "b"}]).text() == "Ticket #1\nb"
    assert message(text="", files=[{"name": "tela.png"}]).text() == "[arquivo: tela.png]"


def test_blocks_without_end_do_no_harm() -> None:
    endless: dict[str, object] = {"type": "section"}
    endless["elements"] = [endless]
    assert message(text="", blocks=[endless]).text() == ""


def test_only_our_own_metadata_holds_an_intent() -> None:
    ours = {"event_type": "plantao_op", "event_payload": {"op_id": "a1"}}
    assert message(metadata=ours).op_id == "a1"
    assert message(metadata={**ours, "event_type": "outro"}).op_id is None
    assert message(metadata={}).op_id is None
    assert message().op_id is None


def test_a_message_that_was_stored_is_read_again_as_it_was() -> None:
    said = message(text="a &lt; b", files=[{"name": "x.png"}], edited={"user": "U1"})
    assert SlackMessage.model_validate(said.model_dump(mode="json")) == said


@pytest.mark.parametrize(
    ("wire", "shown"),
    [
        ({"name": "ana", "profile": {"display_name": "Aninha", "real_name": "Ana Lima"}}, "Aninha"),
        ({"name": "ana", "profile": {"display_name": "", "real_name": "Ana Lima"}}, "Ana Lima"),
        ({"name": "ana", "real_name": "Ana L.", "profile": {}}, "Ana L."),
        ({"name": "ana"}, "ana"),
        ({}, "U0ANA01"),
    ],
)
def test_people_are_called_as_they_want_to_be(wire: dict[str, object], shown: str) -> None:
    assert SlackUser.model_validate({"id": "U0ANA01", **wire}).shown == shown


def test_links_are_built_without_asking() -> None:
    me = Identity(url="https://exemplo.slack.com/", user_id="U1")
    assert (
        me.link("C0SUP01", "1709560100.000200")
        == "https://exemplo.slack.com/archives/C0SUP01/p1709560100000200"
    )
    assert me.link("C0SUP01", "1709560100.000200", "1709560000.000100").endswith(
        "/p1709560100000200?thread_ts=1709560000.000100&cid=C0SUP01"
    )
    assert Identity(user_id="U1").link("C0SUP01", "1709560100.000200") == ""
