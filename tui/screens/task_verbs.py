"""Verbs on a ticket's task: observing it, and making the ticket's Tipo and its tracker equal (R14, R23)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.rules.matching_type import Match, TypeMatch, tipo_and_tracker, type_key
from clients.models.task import Named, Task
from clients.models.ticket import Ticket
from clients.models.timer import ticket_target
from tui.flows.planning import tracker_step
from tui.flows.tasks import Watch, watch_step
from tui.flows.ticket_fields import edit_step
from tui.intent import Step
from widgets.picker import Pick

from .pick import PickScreen

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp

_TICKET, _TASK = "ticket", "task"


class TaskVerbs:
    """What single keys of the Mesa do to the task of a ticket. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def observe(self, tickets: Sequence[Ticket]) -> bool:
        """Observe the first ticket's task, or observe it no longer. True where something was begun."""
        ticket, redmine = tickets[0], self._redmine()
        if redmine is None:
            return False
        me = await redmine.current_user()
        # who observes a task is told by the task alone
        tasks = [await redmine.task(task.id) for task in await redmine.find_by_ticket(ticket.id)]
        observed = {task.id for task in tasks if any(person.id == me.id for person in task.watchers)}
        task = await self._which(ticket, tasks, observed)
        if task is None:
            return False
        on = task.id not in observed
        watch = Watch(task_id=task.id, user_id=me.id, observe=on)
        self._app.carrier.start([watch_step(watch, ticket_target(ticket.id))], _observing(task.id, on))
        return True

    async def observe_task(self, task_id: int) -> None:
        """Observe a task, or observe it no longer; what is then true is read anew."""
        redmine, app = self._redmine(), self._app
        if redmine is None:
            return
        me = await redmine.current_user()
        task = await redmine.task(task_id)
        on = all(person.id != me.id for person in task.watchers)
        app.carrier.start(
            [watch_step(Watch(task_id=task_id, user_id=me.id, observe=on))], _observing(task_id, on)
        )

    async def match_types(self, tickets: Sequence[Ticket]) -> bool:
        """Make the first ticket's Tipo and the tracker of its only task equal, on the side that is chosen."""
        ticket, redmine = tickets[0], self._redmine()
        if redmine is None:
            return False
        tasks = await redmine.find_by_ticket(ticket.id)
        match = tipo_and_tracker(ticket, tasks, self._app.desk.settings.attend.trackers)
        if match.match is not Match.DIFFER:
            self._nothing_to_match(ticket, match, len(tasks))
            return False
        step = await self._side(ticket, tasks[0], match, await self._tracker(tasks[0], match))
        if step is None:
            return False
        self._app.carrier.start([step])
        return True

    # ── below ──

    def _redmine(self) -> "Redmine | None":
        if self._app.desk.redmine is None:
            self._app.refuse("Redmine não configurado: complete [redmine] na configuração.")
        return self._app.desk.redmine

    async def _which(self, ticket: Ticket, tasks: Sequence[Task], observed: set[int]) -> Task | None:
        if not tasks:
            self._app.refuse(f"O #{ticket.id} não tem tarefa no Redmine.")
            return None
        if len(tasks) == 1:
            return tasks[0]
        picks = [
            Pick(str(task.id), f"{task.id} {task.subject}", "você observa" if task.id in observed else "")
            for task in tasks
        ]
        chosen = await self._app.ask(PickScreen("Observar, ou deixar de observar", picks, verb="Mudar"))
        return next((task for task in tasks if str(task.id) == chosen), None)

    def _nothing_to_match(self, ticket: Ticket, match: TypeMatch, count: int) -> None:
        match match.match:
            case Match.SUSPENDED:
                self._app.refuse(f"O #{ticket.id} tem {count} tarefas: o Tipo pode ser outro que o delas.")
            case Match.NO_TASK:
                self._app.refuse(f"O #{ticket.id} não tem tarefa no Redmine.")
            case _:
                self._app.say(f"Tipo do #{ticket.id} e da tarefa já são iguais.")

    async def _tracker(self, task: Task, match: TypeMatch) -> Named | None:
        """The tracker that goes with the Tipo, where the task's project has it."""
        offers = self._app.desk.offers
        if offers is None or not match.tracker_wanted:
            return None
        form = await offers.form(task.project.id, match.tracker_wanted)
        wanted = type_key(match.tracker_wanted)
        return next((one for one in form.project.trackers if type_key(one.name) == wanted), None)

    async def _side(self, ticket: Ticket, task: Task, match: TypeMatch, tracker: Named | None) -> Step | None:
        types = self._app.desk.account.vocabulary.types
        tipo = next((name for name in types if type_key(name) == type_key(match.tipo_wanted)), None)
        picks = []
        if tipo is not None:
            picks.append(Pick(_TICKET, f"Mudar o ticket para {tipo}", match.tipo or "sem tipo"))
        if tracker is not None:
            picks.append(Pick(_TASK, f"Mudar a tarefa {task.id} para {tracker.name}", match.tracker))
        if not picks:
            told = f"Nem o Freshdesk tem o tipo «{match.tipo_wanted}», nem o projeto da tarefa o do ticket."
            self._app.refuse(f"{told} [atender.trackers] liga os dois.")
            return None
        chosen = await self._app.ask(PickScreen(f"#{ticket.id} · igualar Tipo e tarefa", picks))
        if chosen == _TICKET:
            return edit_step(ticket, {"type": tipo})
        if chosen == _TASK and tracker is not None:
            return tracker_step(task, tracker.id, tracker.name, ticket_target(ticket.id))
        return None


def _observing(task_id: int, on: bool) -> str:
    return f"agora você observa a tarefa {task_id}." if on else f"você não observa mais a tarefa {task_id}."
