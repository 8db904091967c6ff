"""A task that was called by its number: what it is, who has it, which ticket it serves."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from clients.models.task import Named, Task
from tui.commands.dialogs import TASK_CARD
from widgets import phrases
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog


class TaskCard(Dialog[int | None]):
    """Gives the ticket to go to; None where one goes back."""

    TITLE = "Tarefa"
    ABOUT = "A tarefa no Redmine como está agora, e o ticket a que serve."
    CSS = """
    TaskCard { align: center middle; }
    TaskCard > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    TaskCard Static { height: auto; margin-bottom: 1; }
    """
    BINDINGS = bound(TASK_CARD)

    def __init__(self, task: Task, ticket_id: int | None, link: str) -> None:
        super().__init__()
        self._called, self._ticket_id, self._link = task, ticket_id, link

    def compose(self) -> ComposeResult:
        """Title, fields, keys."""
        with Vertical() as card:
            card.border_title = Content(f" Tarefa {self._called.id} ")
            yield Static(Content.styled(self._called.subject, "bold"))
            yield Static(Content("\n".join(self._fields())))
            yield KeyLine(self)

    def _fields(self) -> list[str]:
        task = self._called
        where = f"{task.project.name} · {task.tracker.name} · {task.status.name}"
        who = f"Com {_name(task.assigned_to, 'ninguém')} · prioridade {_name(task.priority, 'sem')}"
        changed = f"Mudou em {phrases.date_time(task.updated_on, self.plantao.desk.clock())}"
        ticket = f"Ticket {self._ticket_id}" if self._ticket_id else "Sem ticket"
        return [where, who, changed, ticket, self._link]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """To the ticket only where there is one."""
        if action == "to_ticket":
            return self._ticket_id is not None
        return super().check_action(action, parameters)

    def action_to_ticket(self) -> None:
        """Go to the ticket."""
        self.dismiss(self._ticket_id)

    def action_copy(self) -> None:
        """The link, by OSC 52."""
        self.plantao.copy(self._link)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _name(named: Named | None, without: str) -> str:
    return named.name if named is not None else without
