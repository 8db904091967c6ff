"""What the systems really have of one attended ticket: read over the wire, with no client of ours between."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import requests

KINDS = "public_channel,private_channel"
Json = Any
"""What came over the wire."""


@dataclass(frozen=True)
class Addresses:
    """Where to look, and with whose keys."""

    freshdesk: str
    freshdesk_key: str
    redmine: str
    redmine_key: str
    slack: str
    slack_key: str

    @classmethod
    def of(cls, ready: Mapping[str, Any]) -> "Addresses":
        """Of a sandbox, from what it says when it is ready."""
        urls, keys = ready["urls"], ready["keys"]
        return cls(
            urls["freshdesk"],
            keys["freshdesk"],
            urls["redmine"],
            next(iter(keys["redmine"].values())),
            urls["slack"],
            keys["slack"]["analyst"],
        )

    def ticket(self, path: str) -> Json:
        """Something of Freshdesk."""
        url = f"{self.freshdesk}/api/v2/tickets{path}"
        answer = requests.get(url, auth=(self.freshdesk_key, "X"), timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def write_on_ticket(self, path: str, body: Mapping[str, str]) -> None:
        """Do something in Freshdesk by hand, as the same agent."""
        url = f"{self.freshdesk}/api/v2/tickets{path}"
        answer = requests.post(url, json=body, auth=(self.freshdesk_key, "X"), timeout=30)
        assert answer.status_code == 201, answer.text

    def task(self, path: str, **query: str | int) -> Json:
        """Something of Redmine."""
        headers = {"X-Redmine-API-Key": self.redmine_key}
        answer = requests.get(f"{self.redmine}{path}", query, headers=headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def slack_said(self, channel: str) -> list[str]:
        """Texts of a channel of Slack, named; what stands in threads is not among them."""
        found = self.ask_slack("conversations.history", channel=_room(self, channel))
        return [one.get("text", "") for one in found["messages"]]

    def ask_slack(self, method: str, **query: str | int) -> Json:
        """Something of Slack."""
        headers = {"Authorization": f"Bearer {self.slack_key}"}
        answer = requests.get(f"{self.slack}/api/{method}", query, headers=headers, timeout=30).json()
        assert answer["ok"], answer
        return answer


@cache  # Slack lists its channels twenty times a minute, and no more
def _room(there: Addresses, channel: str) -> str:
    room, cursor = "", ""
    while not room:
        page = there.ask_slack("conversations.list", types=KINDS, limit=200, cursor=cursor)
        room = next((one["id"] for one in page["channels"] if one["name"] == channel), "")
        cursor = page["response_metadata"]["next_cursor"]
        assert room or cursor, f"no channel {channel}"
    return room


@dataclass(frozen=True)
class Count:
    """How much there is of everything that attending brings about."""

    tasks: int
    task_times: int
    ticket_times: int
    replies: int
    notes: int
    questions: int
    type: str
    status: int

    def since(self, before: "Count") -> "Count":
        """The same without what was there before."""
        return Count(
            self.tasks - before.tasks,
            self.task_times - before.task_times,
            self.ticket_times - before.ticket_times,
            self.replies - before.replies,
            self.notes - before.notes,
            self.questions - before.questions,
            self.type,
            self.status,
        )

    def __str__(self) -> str:
        return (
            f"tasks {self.tasks}, times {self.task_times} + {self.ticket_times}, replies {self.replies}, "
            f"notes {self.notes}, questions {self.questions}, {self.type}, status {self.status}"
        )


def counted(there: Addresses, ticket: int) -> Count:
    """Count now. Tasks and their times are all that Redmine has: one that lost its ticket counts too."""
    head = there.ticket(f"/{ticket}")
    said = there.ticket(f"/{ticket}/conversations")
    return Count(
        tasks=there.task("/issues.json", status_id="*", limit=1)["total_count"],
        task_times=there.task("/time_entries.json", limit=1)["total_count"],
        ticket_times=len(there.ticket(f"/{ticket}/time_entries")),
        replies=sum(not each["incoming"] and not each["private"] for each in said),
        notes=sum(each["private"] for each in said),
        questions=sum(f"#{ticket}" in text for text in there.slack_said("gestor_suporte")),
        type=head["type"] or "",
        status=head["status"],
    )


def fresh_ticket(there: Addresses) -> int:
    """Let a client of the sandbox write a new ticket."""
    auth = (there.freshdesk_key, "X")
    (client, *_) = requests.get(f"{there.freshdesk}/api/v2/contacts", auth=auth, timeout=30).json()
    asked = {
        "requester_id": client["id"],
        "subject": "Tabela de preço não aparece",
        "description": "O vendedor não consegue escolher a tabela nova no pedido.",
    }
    made = requests.post(f"{there.freshdesk}/api/v2/tickets", json=asked, auth=auth, timeout=30)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])
