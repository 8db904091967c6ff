"""Completing command lines in the shell: numbers and their titles as this machine remembers them.

Nothing is asked of a server, no program that prints a key is run, and what cannot be read is silence: whoever
presses Tab is in the middle of a line.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from .exit_codes import Code

if TYPE_CHECKING:
    from clients.store import Store

    from ..settings import Settings

VARIABLE = "_PLANTAO_COMPLETE"
"""What click looks for in the environment."""
MOST = 50
"""Numbers that are offered at once, those that moved last."""


def print_script(shell: str, program: click.Command) -> int:
    """Write what the shell has to read once for completing ``plantao``."""
    kind = get_completion_class(shell)
    assert kind is not None, shell
    click.echo(kind(program, {}, "plantao", VARIABLE).source())
    return Code.OK


def tickets(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Tickets of the queue as it was last seen."""
    return _quietly(lambda settings, store: _items(store, "tickets", "id", "subject", begun))


def chamados(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Chamados of the board of this machine; the team's in Redmine is not asked."""

    def find(settings: "Settings", store: "Store") -> list[CompletionItem]:
        folder = settings.chamados.folder
        if settings.chamados.board != "local":
            return []
        if folder is None:
            return _items(store, "chamados", "number", "title", begun)
        shared = _opened(folder / "chamados.db", shared=True)
        return _items(shared, "chamados", "number", "title", begun) if shared is not None else []

    return _quietly(find)


def queue_views(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Views of the queue."""
    from clients.models.queue import QUEUE_VIEWS

    return [CompletionItem(view.id, help=view.label) for view in QUEUE_VIEWS if view.id.startswith(begun)]


def _quietly(find: "Callable[[Settings, Store], list[CompletionItem]]") -> list[CompletionItem]:
    """What ``find`` finds in the local store; nothing where it cannot be read."""
    from clients.errors import PlantaoError

    from ..settings_reading import load_settings

    with suppress(PlantaoError):
        settings = load_settings()
        store = _opened(settings.store_file)
        return find(settings, store) if store is not None else []
    return []


def _opened(file: Path, *, shared: bool = False) -> "Store | None":
    """The store of that file; None where there is none yet: completing does not begin one."""
    from clients.store import Store

    return Store(file, shared=shared) if file.exists() else None


def _items(store: "Store", table: str, number: str, title: str, begun: str) -> list[CompletionItem]:
    rows = store.table(table).all()
    found = [row for row in rows if str(row.get(number, "")).startswith(begun)]
    newest = sorted(found, key=lambda row: str(row.get("updated_at", "")), reverse=True)[:MOST]
    return [CompletionItem(str(row[number]), help=_words(row.get(title))) for row in newest]


def _words(title: object) -> str:
    from clients.models.text import safe_text

    return " ".join(safe_text(str(title or ""), multiline=False).split())[:60]
