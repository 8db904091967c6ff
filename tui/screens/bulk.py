"""Several tickets at once: one preview, each workflow once, one result for each ticket."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.carrier import Result
from tui.flows.step_words import step_words, subject_of
from tui.intent import Step
from widgets.phrases import counted

from .confirm import ConfirmScreen
from .results import ResultsScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


@dataclass(frozen=True)
class Plan:
    """One workflow before it is confirmed."""

    steps: tuple[Step, ...]
    against: tuple[str, ...] = ()
    """What stands against it; deciding is the analyst's."""
    also: Callable[[str], object] = lambda workflow: None
    """Told the workflow as it is planned, as of `Journal.plan`."""


class Bulk:
    """Previews plans, carries them out one after the other, tells what became of each."""

    def __init__(self, app: "PlantaoApp", one: str = "ticket", many: str = "tickets") -> None:
        """``one`` and ``many`` are what the plans are about."""
        self._app = app
        self._one, self._many = one, many

    async def confirm(self, question: str, plans: Sequence[Plan], verb: str, reminder: str = "") -> bool:
        """Ask once for all ``plans``; ``reminder`` is said above them. For a worker."""
        words = self._app.desk.account.vocabulary
        told = [reminder, ""] if reminder else []
        for plan in plans:
            told += [f"{subject_of(step)}  {step_words(step, words)}" for step in plan.steps]
            told += [f"   ▲ {sentence}" for sentence in plan.against]
        return await self._app.ask(ConfirmScreen(question, "\n".join(told), verb))

    def carry(self, plans: Sequence[Plan], left_out: Sequence[Result] = ()) -> None:
        """Carry ``plans`` out in the background; ``left_out`` are results of those that were not begun."""
        self._app.say(f"{counted(len(plans), self._one, self._many)} a caminho…")
        self._app.run_worker(self._carry(plans, left_out), group="bulk", exit_on_error=False)

    async def _carry(self, plans: Sequence[Plan], left_out: Sequence[Result]) -> None:
        carrier = self._app.carrier
        results = (*[await carrier.result(plan.steps, plan.also) for plan in plans], *left_out)
        done = sum(result.done for result in results)
        told = counted(len(results), f"{self._one} feito", f"{self._many} feitos")
        self._app.say(f"{done} de {told}.")
        if done < len(results):
            self._app.push_screen(ResultsScreen(results))
