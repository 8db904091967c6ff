"""Talking to a running sandbox as any client would: plain httpx, nothing of our own clients."""

import httpx

from clients.sandbox.server import Running

ADMIN, COLLEAGUE, LIMITED = "freshdesk", "freshdesk_colleague", "freshdesk_limited"


def freshdesk(running: Running, key: str = ADMIN, password: str = "X") -> httpx.Client:
    """A client of the Freshdesk dialect, with one of the sandbox's keys (or any other text)."""
    return httpx.Client(
        base_url=f"{running.urls.freshdesk}/api/v2/",
        auth=(getattr(running.keys, key, key), password),
        timeout=30,
        verify=False,  # plain http: spares the loading of certificates
    )


def slack(running: Running, kind: str) -> httpx.Client:
    """A client of the Slack dialect, with the token of ``analyst``, ``bot`` or ``limited``."""
    return httpx.Client(
        base_url=f"{running.urls.slack}/api/",
        headers={"Authorization": f"Bearer {running.keys.slack[kind]}"},
        timeout=30,
        verify=False,
    )


def permalink(running: Running, channel: str, ts: str) -> str:
    """The permanent address of a message on Slack, as Slack has it."""
    with slack(running, "analyst") as web:
        asked = {"channel": channel, "message_ts": ts}
        return str(web.get("chat.getPermalink", params=asked).json()["permalink"])


def control(running: Running) -> httpx.Client:
    """A client of ``/_sandbox``."""
    headers = {"Authorization": f"Bearer {running.keys.control}"}
    return httpx.Client(
        base_url=f"{running.urls.control}/_sandbox/", headers=headers, timeout=30, verify=False
    )


def error_codes(answer: httpx.Response) -> list[tuple[str | None, str]]:
    """Field and code of each validation error."""
    return [(error.get("field"), error["code"]) for error in answer.json()["errors"]]
