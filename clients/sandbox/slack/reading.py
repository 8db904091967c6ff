"""The methods that read: who, which channels, what was said."""

from collections import defaultdict

from ...models.slack_time import order
from .call import Call, Json, Refused
from .paging import page_of
from .rows import ChannelRow, MessageRow
from .shapes import channel_json, message_json, user_json
from .workspace import TEAM, TEAM_ID, URL

_RESTRICTED_PAGE = 15
_TYPES = frozenset(("public_channel", "private_channel", "mpim", "im"))


def auth_test(call: Call) -> Json:
    """Whose token it is."""
    me = call.workspace.user(call.token["user"])
    assert me is not None
    bot = {"bot_id": me["bot_id"]} if me["bot_id"] else {}
    return {
        "url": URL,
        "team": TEAM,
        "user": me["name"],
        "team_id": TEAM_ID,
        "user_id": me["user"],
        **bot,
        "is_enterprise_install": False,
    }


def list_channels(call: Call) -> Json:
    """Channels by type; private ones only where the token's owner is in them."""
    return _channels(call, [row for row in call.workspace.shelves.channels if _visible(call, row)], says=True)


def own_channels(call: Call) -> Json:
    """Channels that the token's owner is in."""
    me = call.token["user"]
    rows = [row for row in call.workspace.shelves.channels if me in row["members"]]
    return _channels(call, rows, says=False)


def one_channel(call: Call) -> Json:
    """One channel by id."""
    return {"channel": channel_json(call.channel(), call.token["user"])}


def history(call: Call) -> Json:
    """What was said in a channel, newest first, without replies in threads."""
    channel = call.channel(inside=True)
    said = call.workspace.said_in(channel["channel"])
    threads = threads_of(said)
    rows = _within(call, [row for row in said if not _is_reply(row) or row["broadcast"]])[::-1]
    page, told = page_of(call, rows, default=100, most=_most(call, 999))
    metadata = _with_metadata(call)
    messages = [message_json(row, threads[row["ts"]], metadata=metadata) for row in page]
    return {
        "messages": messages,
        "has_more": bool(told["next_cursor"]),
        "pin_count": 0,
        "response_metadata": told,
    }


def replies(call: Call) -> Json:
    """A thread, oldest first, its parent at the head of every page; for a reply's ts that reply alone."""
    channel = call.channel(inside=True)
    ts = call.needed("ts", "thread_not_found")
    first = call.workspace.message(channel["channel"], ts)
    if first is None:
        raise Refused("thread_not_found")
    metadata = _with_metadata(call)
    if first["thread_ts"] not in (None, ts):
        return {"messages": [message_json(first, metadata=metadata)], "has_more": False}
    thread = threads_of(call.workspace.said_in(channel["channel"]))[ts]
    page, told = page_of(call, _within(call, thread), default=1000, most=_most(call, 1000))
    parent = message_json(first, thread, metadata=metadata)
    said = [{**message_json(row, metadata=metadata), "parent_user_id": first["user"]} for row in page]
    return {
        "messages": [parent, *said],
        "has_more": bool(told["next_cursor"]),
        "response_metadata": told,
    }


def permalink(call: Call) -> Json:
    """The address of a message."""
    channel = call.channel()["channel"]
    row = call.workspace.message(channel, call.needed("message_ts", "message_not_found"))
    if row is None:
        raise Refused("message_not_found")
    link = f"{URL}archives/{channel}/p{row['ts'].replace('.', '')}"
    if _is_reply(row):
        link += f"?thread_ts={row['thread_ts']}&cid={channel}"
    return {"channel": channel, "permalink": link}


def one_user(call: Call) -> Json:
    """One person by id."""
    row = call.workspace.user(call.needed("user", "user_not_found"))
    if row is None:
        raise Refused("user_not_found")
    return {"user": user_json(row)}


def list_users(call: Call) -> Json:
    """Everybody."""
    page, told = page_of(call, list(call.workspace.shelves.users), default=200, most=1000)
    members = [user_json(row) for row in page]
    return {"members": members, "cache_ts": int(call.now.timestamp()), "response_metadata": told}


def _channels(call: Call, rows: list[ChannelRow], *, says: bool) -> Json:
    types = set(call.text("types", "public_channel").replace(" ", "").split(","))
    if not types <= _TYPES:
        raise Refused("invalid_types")
    if "private_channel" in types and "groups:read" not in call.token["scopes"]:
        raise Refused("missing_scope", needed="groups:read", provided=",".join(call.token["scopes"]))

    def wanted(row: ChannelRow) -> bool:
        kind = "private_channel" if row["private"] else "public_channel"
        return kind in types and not (row["archived"] and call.flag("exclude_archived"))

    page, told = page_of(call, rows, default=100, most=1000, keep=wanted)
    asking = call.token["user"] if says else None
    return {"channels": [channel_json(row, asking) for row in page], "response_metadata": told}


def _visible(call: Call, row: ChannelRow) -> bool:
    return not row["private"] or call.token["user"] in row["members"]


def threads_of(said: list[MessageRow]) -> dict[str, list[MessageRow]]:
    """Replies by the ts of what they answer."""
    threads: dict[str, list[MessageRow]] = defaultdict(list)
    for row in said:
        if row["thread_ts"] is not None and _is_reply(row):
            threads[row["thread_ts"]].append(row)
    return threads


def _is_reply(row: MessageRow) -> bool:
    return row["thread_ts"] not in (None, row["ts"])


def _with_metadata(call: Call) -> bool:
    return call.flag("include_all_metadata") and call.workspace.knobs.metadata_returned


def _most(call: Call, usual: int) -> int:
    return _RESTRICTED_PAGE if call.workspace.knobs.tier == "restricted" else usual


def _within(call: Call, rows: list[MessageRow]) -> list[MessageRow]:
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.flag("inclusive")

    def fits(row: MessageRow) -> bool:
        at = order(row["ts"])
        if inclusive and at in (oldest, latest):
            return True
        return (oldest is None or at > oldest) and (latest is None or at < latest)

    return [row for row in rows if fits(row)]


def _bound(call: Call, name: str) -> tuple[int, int] | None:
    text = call.text(name)
    if not text or text == "0":
        return None
    try:
        return order(text if "." in text else f"{text}.0")
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None
