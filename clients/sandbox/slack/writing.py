"""The methods that write: posting, reacting, joining."""

import json

from .call import Call, Json, Refused
from .limits import Limits
from .rows import MetadataRow, ReactionRow
from .shapes import channel_json, message_json

LONGEST = 40_000
_EMOJI = frozenset("eyes white_check_mark +1 heavy_check_mark raised_hands wave x thinking_face".split())


def post(call: Call, limits: Limits) -> Json:
    """A message, also into a thread that does not exist; far too long ones are cut in silence."""
    channel = call.channel()
    if channel["archived"]:
        raise Refused("is_archived")
    if call.token["user"] not in channel["members"]:
        raise Refused("not_in_channel")
    text = call.text("text") or call.text("markdown_text")
    if not text.strip() and not call.arguments.get("blocks"):
        raise Refused("no_text")
    limits.count_post(channel["channel"], call.now)
    me = call.workspace.user(call.token["user"])
    assert me is not None
    row = call.workspace.say(
        channel["channel"],
        text[:LONGEST],
        call.now,
        user=me["user"],
        bot_id=me["bot_id"],
        thread_ts=call.text("thread_ts") or None,
        broadcast=call.flag("reply_broadcast"),
        metadata=_metadata(call),
    )
    message = message_json(row, metadata=True)
    return {"channel": channel["channel"], "ts": row["ts"], "message": message}


def react(call: Call) -> Json:
    """A sign below a message."""
    channel = call.channel(inside=True)
    name = call.needed("name", "invalid_name")
    if name.partition("::")[0] not in _EMOJI:
        raise Refused("invalid_name")
    row = call.workspace.message(channel["channel"], call.needed("timestamp", "no_item_specified"))
    if row is None:
        raise Refused("message_not_found")
    users = [user for one in row["reactions"] if one["name"] == name for user in one["users"]]
    if call.token["user"] in users:
        raise Refused("already_reacted")
    grown: ReactionRow = {"name": name, "users": [*users, call.token["user"]]}
    others = [one for one in row["reactions"] if one["name"] != name]
    call.workspace.keep({**row, "reactions": [*others, grown]})
    return {}


def join(call: Call) -> Json:
    """Into a public channel; being there already is well."""
    channel = call.channel()
    if channel["private"]:
        raise Refused("method_not_supported_for_channel_type")
    return {"channel": channel_json(call.workspace.join(channel, call.token["user"]), call.token["user"])}


def _metadata(call: Call) -> MetadataRow | None:
    given = call.arguments.get("metadata")
    if isinstance(given, str) and given:  # in a form
        try:
            given = json.loads(given)
        except ValueError:
            raise Refused("invalid_metadata_format") from None
    if not given:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_payload"), dict):
        raise Refused("invalid_metadata_schema")
    return {"event_type": str(given.get("event_type", "")), "event_payload": given["event_payload"]}
