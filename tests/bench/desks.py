"""Desks to be measured: each with settings and a filled cache of its own, all on one sandbox."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import cast

from clients.models.ticket import Ticket, Turn
from clients.store import Store
from tests.support.terminal import ROOT
from tui.cache import Cache
from tui.cli.demo import demo_settings
from tui.cli.exit_codes import Code

COPIES_FROM = 1_000_000
"""Ids from here on are copies: the sandbox does not know them, and a refresh leaves them alone."""


@dataclass(frozen=True)
class Home:
    """Where one analyst's settings and data lie."""

    folder: Path
    argv = (sys.executable, "-m", "tui")

    @property
    def env(self) -> Mapping[str, str]:
        """What makes ``plantao`` look there."""
        return {"XDG_CONFIG_HOME": f"{self.folder}/config", "XDG_STATE_HOME": f"{self.folder}/state"}

    @property
    def data(self) -> Path:
        """The folder of the store."""
        return self.folder / "state" / "plantao"

    @property
    def store(self) -> Path:
        """The local store."""
        return self.data / "plantao.db"


def first_home(folder: Path, ready: Mapping[str, object]) -> Home:
    """A desk on the sandbox that said ``ready``, with the pauses of a real one, everything read once."""
    home = Home(folder)
    settings = demo_settings(ready, home.data)
    freshdesk, redmine, monitor = settings.freshdesk, settings.redmine, settings.monitor
    assert freshdesk and freshdesk.key and redmine and redmine.key and monitor and monitor.password
    file = folder / "config" / "plantao" / "config.toml"
    file.parent.mkdir(parents=True)
    file.touch(0o600)
    file.write_text(f"""
[freshdesk]
url = "{freshdesk.url}"
chave = "{freshdesk.key.get_secret_value()}"

[redmine]
url = "{redmine.url}"
chave = "{redmine.key.get_secret_value()}"
campo_ticket = "{redmine.ticket_field}"

[monitor]
url = "{monitor.url}"
usuario = "{monitor.user}"
senha = "{monitor.password.get_secret_value()}"
pagina.caminho_situacao = "/home/servicos"
""")
    env = {**os.environ, **home.env}
    for command in ("servicos", "fila"):  # they leave in the cache what a desk that was closed leaves there
        done = subprocess.run([*home.argv, command], env=env, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode in (Code.OK, Code.WRONG), done.stderr
    return home


def bigger_home(folder: Path, like: Home, tickets: int) -> Home:
    """The same desk with as many tickets in its cache, the rest of them copies of those it has."""
    shutil.copytree(like.folder, folder)
    home = Home(folder)
    with Store(home.store) as store:
        cache = Cache(cast(Store, store))
        known = cache.tickets()
        cache.keep_tickets(_copies(known, tickets - len(known)))
        assert len(cache.tickets()) == tickets
    return home


def _copies(tickets: tuple[Ticket, ...], count: int) -> Iterator[Ticket]:
    """History: of tickets that wait for nobody here, which the queue lists after all that do.

    Older than what they are copied from, so that a refresh goes on from the same moment.
    """
    history = [ticket for ticket in tickets if ticket.turn in (Turn.CLIENT, Turn.DONE)]
    for number, ticket in enumerate(islice(cycle(history), count)):
        earlier = timedelta(seconds=1 + number // len(history))
        yield ticket.model_copy(
            update={
                "id": COPIES_FROM + number,
                "subject": f"{ticket.subject} ({number})",
                "created_at": ticket.created_at - earlier,
                "updated_at": ticket.updated_at - earlier,
                "due_by": ticket.due_by and ticket.due_by + timedelta(days=365),
            }
        )
