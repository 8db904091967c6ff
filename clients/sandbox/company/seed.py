"""The first opening of a sandbox: the whole company, made from one number and one instant."""

import os
import random
from datetime import datetime
from pathlib import Path

from ..state import State
from . import people
from .files import BLOBS
from .tickets import Desk, open_tickets


def seed_company(state: State, now: datetime, *, seed: int, tickets: int) -> None:
    """Fill an empty ``state`` in one transaction; ``now`` is cut to whole seconds."""
    now = now.replace(microsecond=0)
    rng = random.Random(seed)  # noqa: S311 - an invented company, not a secret
    clients = people.companies(now)
    contacts = people.contacts(rng, now, clients)
    folders, canned = people.canned(now)
    desk = Desk(rng, now, contacts, clients, people.agents(now), _write_blobs(state.blobs))
    open_tickets(desk, tickets)
    state.save(
        (state.companies, list(clients)),
        (state.contacts, list(contacts)),
        (state.agents, list(desk.agents)),
        (state.groups, list(people.groups(now))),
        (state.folders, list(folders)),
        (state.canned, list(canned)),
        (state.licences, list(people.licences(now, clients, contacts))),
        (state.tickets, list(desk.tickets)),
        (state.conversations, list(desk.conversations)),
        (state.attachments, list(desk.attachments)),
        (state.time_entries, list(desk.time_entries)),
    )


def _write_blobs(folder: Path) -> dict[str, tuple[str, int]]:
    sizes = {}
    for name, (kind, make) in BLOBS.items():
        content = make()
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        sizes[name] = (kind, len(content))
    return sizes
