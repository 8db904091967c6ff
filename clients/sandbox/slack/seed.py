"""The first opening of the sandbox's Slack: the team's people, its channels, and the day so far."""

import secrets
from datetime import datetime, timedelta

from .facts import MessageFact, chatter
from .people import person
from .rows import ChannelRow, MessageRow, TokenRow, UserRow
from .workspace import BOT, BOT_ID, Workspace

READ = ("channels:read", "groups:read", "channels:history", "groups:history", "users:read")
WRITE = ("chat:write", "reactions:write", "channels:join")


def seed_slack(workspace: Workspace) -> dict[str, str]:
    """Fill an empty workspace as of its start, once; return the token of each kind.

    ``analyst`` is the owner of the Freshdesk key, ``bot`` an app's, ``limited`` an app's that may only list
    channels and write.
    """
    shelves, started = workspace.shelves, workspace.started
    if not len(shelves.tokens):
        people = _people(workspace)
        with workspace.state.store.transaction():
            workspace.state.save((shelves.users, list(people)), (shelves.tokens, list(_tokens())))
            workspace.state.save((shelves.channels, list(_channels(people, started))))
            _talk(workspace, started)
            workspace.catch_up()
    return {row["kind"]: row["token"] for row in shelves.tokens}


def _people(workspace: Workspace) -> list[UserRow]:
    people: list[UserRow] = [
        {
            "id": place + 1,
            "user": person(place),
            "name": agent["email"].split("@")[0],
            "real_name": agent["name"],
            "display_name": agent["name"].split()[0],
            "email": agent["email"],
            "bot_id": None,
        }
        for place, agent in enumerate(workspace.state.agents)
    ]
    bot: UserRow = {
        "id": len(people) + 1,
        "user": BOT,
        "name": "plantao",
        "real_name": "Plantão",
        "display_name": "",
        "email": "",
        "bot_id": BOT_ID,
    }
    return [*people, bot]


def _channels(people: list[UserRow], started: datetime) -> list[ChannelRow]:
    everybody = [row["user"] for row in people if row["bot_id"] is None]
    return [
        {
            "id": place + 1,
            "channel": f"C0PLANT{place + 1:02d}",
            "name": fact.name,
            "topic": fact.topic,
            "private": fact.private,
            "archived": False,
            "created": int((started - timedelta(days=700)).timestamp()),
            "members": [*everybody, BOT] if fact.bot_is_in else everybody,
        }
        for place, fact in enumerate(chatter().channels)
    ]


def _talk(workspace: Workspace, started: datetime) -> None:
    for fact in chatter().channels:
        channel = workspace.channel_named(fact.name)["channel"]
        for message in fact.messages:
            said = _say(workspace, channel, message, started)
            for reply in message.replies:
                at = started - timedelta(minutes=reply.at)
                workspace.say(channel, reply.text, at, thread_ts=said["ts"], user=person(reply.who))


def _say(workspace: Workspace, channel: str, fact: MessageFact, started: datetime) -> MessageRow:
    return workspace.say(
        channel,
        fact.text,
        started - timedelta(minutes=fact.at),
        user=None if fact.who is None else person(fact.who),
        bot_id="B0REMIND" if fact.who is None else None,
        username=fact.username or None,
        subtype=fact.subtype,
        edited=fact.edited,
        files=fact.files,
        reactions=[{"name": name, "users": [person(2), person(3)]} for name in fact.reactions],
    )


def _tokens() -> list[TokenRow]:
    kinds = (
        ("analyst", "xoxp", person(0), [*READ, *WRITE]),
        ("bot", "xoxb", BOT, [*READ, *WRITE]),
        ("limited", "xoxb", BOT, ["channels:read", "groups:read", "chat:write"]),
    )
    return [
        {
            "id": place,
            "kind": kind,
            "token": f"{prefix}-{secrets.token_hex(16)}",
            "user": user,
            "scopes": scopes,
        }
        for place, (kind, prefix, user, scopes) in enumerate(kinds, start=1)
    ]
