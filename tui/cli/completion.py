"""Completing command lines in the shell: numbers, ids and their titles as this machine remembers them.

Nothing is asked of a server, no program that prints a key is run, and what cannot be read is silence: whoever
presses Tab is in the middle of a line.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
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


def tasks(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Redmine's tasks that one has to do with, as they were last read."""
    return _quietly(lambda settings, store: _tasks(store, begun))


def task_to_attend(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """What stands for a new task or for none, and the tasks there are."""
    return [*_beginning(begun, {"nova": "", "nenhuma": ""}), *tasks(context, parameter, begun)]


def task_views(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Views of the tasks, one's own among them where their names are one word."""
    from clients.errors import PlantaoError
    from clients.models.task_views import TASK_VIEWS
    from widgets.task_listing import NEWS

    from ..settings_reading import load_settings

    known = {view.id: view.label for view in (NEWS, *TASK_VIEWS)}
    with suppress(PlantaoError):
        known |= {name: "" for name in load_settings().tasks.views if len(name.split()) == 1}
    return _beginning(begun, known)


def drafts(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Drafts of chamados by their ids; files where none begins so."""

    def find(settings: "Settings", store: "Store") -> list[CompletionItem]:
        from ..chamado_drafts import ChamadoDrafts

        kept = ChamadoDrafts(store, _now).list()
        return _beginning(begun, {draft.id: draft.title for draft in kept})

    return _quietly(find) or [CompletionItem(begun, type="file")]


def open_operations(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Operations without an outcome, named as short as ``plantao pendencias`` names them."""

    def find(settings: "Settings", store: "Store") -> list[CompletionItem]:
        from ..cache import Cache
        from ..flows.step_words import step_words, subject_of
        from ..journal import Journal
        from ..session import Session
        from .step_lines import SHORT

        words = Cache(store).vocabulary()
        firsts: dict[str, str] = {}
        for step in Journal(store, Session.here(), _now).pending():
            firsts.setdefault(step.workflow, f"{subject_of(step)} {step_words(step, words)}")
        length = max(SHORT, len(begun))
        return _beginning(begun, {name[:length]: told for name, told in firsts.items()})

    return _quietly(find)


def open_questions(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Questions on Slack that are followed."""

    def find(settings: "Settings", store: "Store") -> list[CompletionItem]:
        from ..slack_questions import Questions

        return _beginning(begun, {each.id: each.text for each in Questions(store).open()})

    return _quietly(find)


def runbooks(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Runbooks for a client's server, the shipped ones and the team's that can be read."""
    from clients.errors import PlantaoError
    from clients.runbooks import read_all, shipped

    from ..settings_reading import load_settings

    found = shipped()
    with suppress(PlantaoError):
        settings = load_settings().runbooks
        found, _ = read_all(settings.folder, settings.programs)
    return _beginning(begun, {each.id: each.title for each in found})


def queue_views(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Views of the queue."""
    from clients.models.queue import QUEUE_VIEWS

    return _beginning(begun, {view.id: view.label for view in QUEUE_VIEWS})


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


def _tasks(store: "Store", begun: str) -> list[CompletionItem]:
    from ..task_shelf import TaskShelf

    known = sorted(TaskShelf(store).tasks().items, key=lambda entry: entry.task.updated_on, reverse=True)
    found = _beginning(begun, {str(entry.id): entry.task.subject for entry in known})
    return found[:MOST]


def _beginning(begun: str, known: Mapping[str, str]) -> list[CompletionItem]:
    """What begins like that, each with what is said of it."""
    return [CompletionItem(name, help=_words(said)) for name, said in known.items() if name.startswith(begun)]


def _now() -> datetime:
    return datetime.now(UTC)


def _words(title: object) -> str:
    from clients.models.text import safe_text

    return " ".join(safe_text(str(title or ""), multiline=False).split())[:60]
