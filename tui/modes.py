"""The modes of the desk and the screens that they open; those of the chamados are pages of one."""

from collections.abc import Callable

from textual.screen import Screen

PAGE_ORDER = ("chamados", "kanban", "triagem")
"""The modes that are pages of one: its digit walks them."""

# each is imported when it is opened: a start should not wait for the others


def _mesa() -> Screen[None]:
    from .screens.mesa import MesaScreen

    return MesaScreen()


def _tasks() -> Screen[None]:
    from .screens.tasks import TasksScreen

    return TasksScreen()


def _chamados() -> Screen[None]:
    from .screens.chamados import ChamadosScreen

    return ChamadosScreen()


def _kanban() -> Screen[None]:
    from .screens.kanban import KanbanScreen

    return KanbanScreen()


def _triage() -> Screen[None]:
    from .screens.triage import TriageScreen

    return TriageScreen()


def _services() -> Screen[None]:
    from .screens.services import ServicesScreen

    return ServicesScreen()


def _today() -> Screen[None]:
    from .screens.today import TodayScreen

    return TodayScreen()


MODES: dict[str, Callable[[], Screen[None]]] = {
    "mesa": _mesa,
    "tarefas": _tasks,
    "chamados": _chamados,
    "kanban": _kanban,
    "triagem": _triage,
    "servicos": _services,
    "hoje": _today,
}
"""By name."""


def page_after(shown: str, current: str) -> str:
    """Return the page of the chamados to go to: ``shown`` last, or the one after it where that is current."""
    again = current == shown
    return PAGE_ORDER[(PAGE_ORDER.index(shown) + again) % len(PAGE_ORDER)]
