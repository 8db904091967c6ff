"""What attending one ticket has to know beside what the analyst fills in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from clients.models.conversation import Conversation
from clients.models.fields import Vocabulary
from clients.models.people import Agent
from clients.models.project import FormFields, Project, ProjectForm
from clients.models.slack_talk import Question
from clients.models.task import Enumeration, Named, Task, TaskStatus
from clients.models.text import fold
from clients.models.ticket import Ticket
from clients.models.time_entry import TimeEntry


@dataclass(frozen=True)
class TaskForm:
    """What Redmine offers for a task of one project."""

    project: ProjectForm
    people: tuple[Named, ...] = ()
    fields: FormFields = field(default_factory=FormFields)
    """Of the project's tasks of the tracker that the Tipo asks for."""


@dataclass(frozen=True)
class Around:
    """Everything that attending one ticket has to know beside what is filled in."""

    ticket: Ticket
    conversations: tuple[Conversation, ...]
    words: Vocabulary
    me: Agent
    now: datetime
    link: str = ""
    """The ticket's address."""
    tasks: tuple[Task, ...] = ()
    """Tasks of the ticket."""
    projects: tuple[Project, ...] = ()
    priorities: tuple[Enumeration, ...] = ()
    form: TaskForm | None = None
    """Of the project chosen; None while it is not known, or where there is no Redmine."""
    statuses: tuple[TaskStatus, ...] = ()
    """Situations that the task which the form is linked to may go to."""
    ticket_field: int | None = None
    """Custom field of a task that holds ticket ids."""
    trackers: Mapping[str, str] = field(default_factory=dict)
    """Tracker by Tipo, where it has another name."""
    times: tuple[TimeEntry, ...] | None = None
    """Time on the ticket; None where none is to be logged there."""
    questions: tuple[Question, ...] = ()
    """What was asked on Slack about the ticket, oldest first."""
    my_user: int | None = None
    """The analyst's id in Redmine; None where there is none."""

    @property
    def last(self) -> int:
        """Id of the newest message; 0 where there is none."""
        return max((said.id for said in self.conversations), default=0)

    def tracker(self, kind: str) -> Named | None:
        """The tracker that a Tipo asks for (R14)."""
        wanted = fold(self.trackers.get(kind, kind)).strip()
        offered = self.form.project.trackers if self.form else ()
        return next((one for one in offered if fold(one.name).strip() == wanted), None)

    def activity(self, chosen: str) -> Named | None:
        """The activity chosen."""
        offered = self.form.project.activities if self.form else ()
        return next((one for one in offered if str(one.id) == chosen), None)
