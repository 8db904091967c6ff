"""What a pane says before anything was read for it: what is missing in the settings, or that it is read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .settings import Settings

_HOW_TO_CONFIGURE = "Complete [{}] na configuração; plantao configurar diz onde ela está."


def why_no_services(settings: "Settings") -> tuple[str, ...]:
    """What an empty pane of services says."""
    if settings.monitor is None:
        return ("Monitoramento não configurado.", _HOW_TO_CONFIGURE.format("monitor"))
    return ("Lendo os serviços…",)


def why_no_queue(settings: "Settings") -> tuple[str, ...]:
    """What an empty queue says."""
    if settings.freshdesk is None:
        return ("Freshdesk não configurado.", _HOW_TO_CONFIGURE.format("freshdesk"))
    return ("Lendo a fila…",)


def why_no_tasks(settings: "Settings") -> tuple[str, ...]:
    """What an empty list of tasks says."""
    if settings.redmine is None:
        return ("Redmine não configurado.", _HOW_TO_CONFIGURE.format("redmine"))
    return ("Lendo as tarefas…",)
