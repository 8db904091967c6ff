"""Rows in the shapes in which Slack answers (contract §5–§6)."""

from collections.abc import Iterable

from ...models.slack_time import order
from .call import Json
from .rows import ChannelRow, MessageRow, UserRow
from .workspace import BOT_ID, TEAM_ID

_APP = "A0AAA1"


def user_json(row: UserRow) -> Json:
    """A person or a bot."""
    return {
        "id": row["user"],
        "team_id": TEAM_ID,
        "name": row["name"],
        "deleted": False,
        "real_name": row["real_name"],
        "tz": "America/Sao_Paulo",
        "tz_offset": -10800,
        "is_bot": row["bot_id"] is not None,
        "is_app_user": False,
        "updated": 1709000000,
        "profile": {
            "display_name": row["display_name"],
            "real_name": row["real_name"],
            **({"email": row["email"]} if row["email"] else {}),
        },
    }


def channel_json(row: ChannelRow, asking: str | None) -> Json:
    """A channel, as ``asking`` sees it; None: as `users.conversations`, which does not say who is in it."""
    member = {} if asking is None else {"is_member": asking in row["members"]}
    return {
        "id": row["channel"],
        "name": row["name"],
        "name_normalized": row["name"],
        "is_channel": not row["private"],
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": row["private"],
        "is_archived": row["archived"],
        "is_general": False,
        **member,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "created": row["created"],
        "creator": row["members"][0],
        "topic": {"value": row["topic"], "creator": row["members"][0], "last_set": row["created"]},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(row["members"]),
    }


def message_json(row: MessageRow, replies: Iterable[MessageRow] = (), *, metadata: bool = False) -> Json:
    """A message; ``replies`` make it the parent of a thread."""
    body: Json = {"type": "message", "ts": row["ts"], "text": row["text"]}
    for name in ("user", "bot_id", "username", "subtype"):
        if row[name]:
            body[name] = row[name]
    body |= _of_our_app(row) if row["bot_id"] == BOT_ID else {"team": TEAM_ID}
    if row["edited"]:
        body["edited"] = {"user": row["user"], "ts": row["ts"]}
    if row["reactions"]:
        body["reactions"] = [{**one, "count": len(one["users"])} for one in row["reactions"]]
    if row["files"]:
        body["files"] = [{"id": f"F{row['id']:06d}", "name": name, "title": name} for name in row["files"]]
    if metadata and row["metadata"]:
        body["metadata"] = row["metadata"]
    if row["thread_ts"]:
        body["thread_ts"] = row["thread_ts"]
    body |= _parent(row, sorted(replies, key=lambda reply: order(reply["ts"])))
    return body


def _parent(row: MessageRow, replies: list[MessageRow]) -> Json:
    if not replies:
        return {}
    users = list(dict.fromkeys(reply["user"] for reply in replies if reply["user"]))
    return {
        "thread_ts": row["ts"],
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1]["ts"],
        "subscribed": False,
        "is_locked": False,
    }


def _of_our_app(row: MessageRow) -> Json:
    name = row["username"] or "Plantão"
    return {"app_id": _APP, "team": TEAM_ID, "bot_profile": {"id": BOT_ID, "app_id": _APP, "name": name}}
