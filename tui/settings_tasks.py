"""[tarefas]: which of Redmine's tasks are shown, and how."""

from typing import Annotated, Literal

from pydantic import Field

from clients.models.task_columns import COLUMNS, TaskColumn
from clients.models.task_views import CONCLUDED_DAYS, TASK_VIEWS, Narrowing, Order, TaskView, saved_view

from .settings_fields import Seconds, Section

Words = tuple[Annotated[str, Field(min_length=1)], ...]
BuiltIn = Literal["minhas", "criadas", "observadas", "concluidas", "bloqueadas", "sem_horas"]


class SavedViewSettings(Section):
    """[tarefas.visoes.NOME]: a view of one's own, which narrows a built-in one."""

    base: BuiltIn = Field("minhas", alias="de")
    """The built-in view that it is a part of."""
    statuses: Words = Field((), alias="situacao")
    """Situations, any of them."""
    trackers: Words = Field((), alias="tipo")
    """Trackers, any of them."""
    projects: Words = Field((), alias="projeto")
    """Projects by name, any of them."""
    priorities: Words = Field((), alias="prioridade")
    """Priorities, any of them."""
    people: tuple[str, ...] = Field((), alias="atribuida")
    """Whom the tasks are assigned to, by the name or a part of it; "" is nobody."""
    text: str = Field("", alias="texto")
    """Words that number, title, fields or people must have."""
    order: Order | None = Field(None, alias="ordem")
    """What comes first, where it is not as in the built-in view."""

    def view(self, name: str) -> TaskView:
        """The same as a view."""
        narrowing = Narrowing(
            statuses=self.statuses,
            trackers=self.trackers,
            projects=self.projects,
            priorities=self.priorities,
            people=self.people,
            text=self.text,
        )
        return saved_view(name, self.base, narrowing, self.order)


class TaskSettings(Section):
    """[tarefas]: mode 2."""

    interval: Seconds = Field(60, alias="intervalo")
    """Seconds between two reads of what changed."""
    concluded_days: Annotated[int, Field(ge=1, le=365)] = Field(CONCLUDED_DAYS, alias="dias_concluidas")
    """How long ago a task may have been concluded to be shown."""
    in_progress: Annotated[str, Field(min_length=1)] = Field("Em andamento", alias="em_andamento")
    """The situation of the task that one is at; starting another one ends it."""
    stopped: Annotated[str, Field(min_length=1)] = Field("Aberto", alias="parada")
    """The situation that a stopped task goes back to; where Redmine offers none of that name it is asked."""
    columns: Annotated[tuple[TaskColumn, ...], Field(min_length=1)] = Field(COLUMNS, alias="colunas")
    """Columns beside number and title, the one that matters most first: the last have to go where there is
    little room."""
    views: dict[str, SavedViewSettings] = Field({}, alias="visoes")
    """[tarefas.visoes.NOME]: further views, each under its name."""

    @property
    def all_views(self) -> tuple[TaskView, ...]:
        """The built-in views, then those of one's own."""
        return (*TASK_VIEWS, *(saved.view(name) for name, saved in self.views.items()))
