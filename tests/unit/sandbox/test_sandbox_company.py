"""What a desk finds in the seeded company, and that it stays what it was."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.errors import StoreError
from clients.models.conversation import Conversation
from clients.models.fields import TicketField
from clients.models.ticket import Ticket
from clients.sandbox.company.facts import company_facts
from clients.sandbox.company.hostile import HOSTILE
from clients.sandbox.company.seed import seed_company
from clients.sandbox.house import SYSTEMS
from clients.sandbox.server import running_sandbox
from clients.sandbox.state import State
from clients.store import Store
from tests.support.clock import frozen
from tests.support.sandbox import freshdesk

NOW = datetime(2026, 3, 4, 15, 6, 7, tzinfo=UTC)
Json = dict[str, Any]


def company(folder: Path, *, seed: int = 2, tickets: int = 340) -> State:
    (folder / "blobs").mkdir(parents=True)
    state = State(Store(folder / "sandbox.db"), folder / "blobs")
    seed_company(state, NOW, seed=seed, tickets=tickets)
    return state


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> State:
    return company(tmp_path_factory.mktemp("company"))


def test_twelve_clients_with_three_services(desk: State) -> None:
    assert len(desk.companies) >= 12
    assert len(company_facts().services) == 3
    assert len(desk.agents) >= 5
    assert {one.client for one in company_facts().outages} <= {
        client.name for client in company_facts().clients
    }


def test_three_hundred_tickets_over_ninety_days(desk: State) -> None:
    living = [ticket for ticket in desk.tickets if not ticket["archived"]]
    assert len(living) == 340
    ages = [(NOW - datetime.fromisoformat(ticket["created_at"])).days for ticket in living]
    assert max(ages) <= 90
    assert sum(age >= 30 for age in ages) > 100
    assert all(
        ticket["created_at"] <= ticket["updated_at"] <= "2026-03-04T15:06:07Z" for ticket in desk.tickets
    )
    numbers = [ticket["created_at"] for ticket in sorted(desk.tickets, key=lambda ticket: ticket["id"])]
    assert numbers == sorted(numbers)


def test_the_queue_has_work_of_every_sort(desk: State) -> None:
    statuses = Counter(ticket["status"] for ticket in desk.tickets)
    assert set(statuses) == {status.id for status in company_facts().statuses}
    working = [ticket for ticket in desk.tickets if ticket["status"] not in (4, 5)]
    unanswered = [ticket for ticket in working if ticket["stats"]["first_responded_at"] is None]
    assert len(unanswered) >= 8
    assert sum(ticket["type"] is None for ticket in working) >= 8
    assert sum((ticket["due_by"] or "") < "2026-03-04T15:06:07Z" for ticket in working) >= 5
    assert any(ticket["responder_id"] is None for ticket in working)
    types = {ticket["type"] for ticket in desk.tickets}
    assert types == {None, *company_facts().types}


def test_stats_say_what_the_messages_say(desk: State) -> None:
    for ticket in desk.tickets:
        rows = desk.conversations.of_ticket(ticket["id"])
        replies = [row["created_at"] for row in rows if not row["incoming"] and not row["private"]]
        words = [row["created_at"] for row in rows if row["incoming"]]
        assert ticket["stats"]["first_responded_at"] == (replies[0] if replies else None)
        assert ticket["stats"]["agent_responded_at"] == (replies[-1] if replies else None)
        assert ticket["stats"]["requester_responded_at"] == (words[-1] if words else None)
        assert ticket["updated_at"] >= max((row["created_at"] for row in rows), default="")


def test_texts_are_long_short_marked_up_accented_and_hostile(desk: State) -> None:
    texts = [ticket["description"] for ticket in desk.tickets]
    assert any(len(text) > 3000 for text in texts)
    assert any(len(text) < 60 for text in texts)
    assert any("<table" in text for text in texts)
    assert any("ção" in text for text in texts)
    tags = {tag for ticket in desk.tickets for tag in ticket["tags"]}
    assert {f"hostil-{name}" for name in HOSTILE} <= tags
    attacked = [ticket for ticket in desk.tickets if "hostil-csi" in ticket["tags"]]
    assert "\x1b[45;5m" in (attacked[0]["subject"] or "")


def test_equal_seeds_make_equal_companies(desk: State, tmp_path: Path) -> None:
    again, other = company(tmp_path / "a"), company(tmp_path / "b", seed=3)
    assert again.tickets.rows == desk.tickets.rows
    assert again.conversations.rows == desk.conversations.rows
    assert other.tickets.rows != desk.tickets.rows


@pytest.mark.parametrize("tickets", [0, 1, 30])
def test_small_companies(tmp_path: Path, tickets: int) -> None:
    assert sum(not ticket["archived"] for ticket in company(tmp_path, tickets=tickets).tickets) == tickets


def test_our_models_read_all_that_is_served(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=60, clock=frozen) as running, freshdesk(running) as api:
        params = {"updated_since": "2000-01-01", "include": "requester,stats,company", "per_page": "100"}
        tickets = [Ticket.model_validate(row) for row in api.get("tickets", params=params).json()]
        assert len(tickets) > 40
        for ticket in tickets:
            rows = api.get(f"tickets/{ticket.id}/conversations").json()
            assert all(Conversation.model_validate(row).ticket_id == ticket.id for row in rows)
        fields = [TicketField.read(row) for row in api.get("ticket_fields").json()]
        status = next(field for field in fields if field.name == "status")
        assert {ticket.status for ticket in tickets} <= {choice.value for choice in status.choices}


def test_a_restarted_sandbox_goes_on_where_it_was(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=20, clock=frozen) as running, freshdesk(running) as api:
        number = api.get("tickets").json()[0]["id"]
        api.post(f"tickets/{number}/reply", json={"body": "antes"})
        api.put(f"tickets/{number}", json={"type": "Bug"})
        files = {"attachments[]": ("a.txt", b"fica", "text/plain")}
        api.post(f"tickets/{number}/notes", data={"body": "arquivo"}, files=files)
        key = running.keys.freshdesk
    with running_sandbox(tmp_path, tickets=99, clock=frozen) as running, freshdesk(running) as api:
        assert running.keys.freshdesk == key
        assert len(running.ticket_ids()) == 23
        assert api.get(f"tickets/{number}").json()["type"] == "Bug"
        rows = api.get(f"tickets/{number}/conversations").json()
        assert [row["body"] for row in rows[-2:]] == ["antes", "arquivo"]
        assert httpx.get(rows[-1]["attachments"][0]["attachment_url"]).content == b"fica"


def test_a_folder_serves_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with (
        running_sandbox(tmp_path, tickets=5, clock=frozen),
        pytest.raises(StoreError, match="outra demonstração"),
        running_sandbox(tmp_path, clock=frozen),
    ):
        pass


def start(folder: Path) -> tuple[subprocess.Popen[bytes], Json]:
    command = [sys.executable, "-m", "clients.sandbox", "--dir", str(folder), "--tickets", "10"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    return process, json.loads(process.stdout.readline())


def answers(line: Json) -> bool:
    try:
        url, key = line["urls"]["freshdesk"], line["keys"]["freshdesk"]
        return httpx.get(f"{url}/api/v2/agents/me", auth=(key, "X")).status_code == 200
    except httpx.TransportError:
        return False


def test_the_process_says_one_line_and_ends_with_its_standard_input(tmp_path: Path) -> None:
    process, line = start(tmp_path)
    with process:
        assert answers(line)
        assert set(line["urls"]) == {*SYSTEMS, "mail"}
        assert set(line["keys"]["slack"]) == {"analyst", "bot", "limited"}
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=30) == 0
        assert process.stdout
        assert process.stdout.read() == b""
    assert not answers(line)


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_process_ends_on_signals(tmp_path: Path, name: signal.Signals) -> None:
    process, line = start(tmp_path)
    with process:
        process.send_signal(name)
        assert process.wait(timeout=30) == 0
    assert not answers(line)


def test_the_process_dies_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-m', 'clients.sandbox', '--dir', {str(tmp_path)!r}, '--tickets', '5']\n"
        "child = subprocess.Popen(command, stdin=subprocess.PIPE)\n"
        "child.wait()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout
    with parent:
        line = json.loads(parent.stdout.readline())
        assert answers(line)
        os.kill(parent.pid, signal.SIGKILL)
        assert parent.stdout.read() == b""  # ends when the sandbox, which shares it, is gone
    assert not answers(line)
