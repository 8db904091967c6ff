"""A runbook as it was walked: who did which step when, and what was found there."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Self

from .base import Model, Moment
from .runbook import Act, Guard, Runbook, Step
from .text import SafeMultiline, SafeText


class Outcome(StrEnum):
    """What came of a step."""

    DONE = "done"
    """As expected."""
    OTHERWISE = "otherwise"
    """Not as expected: its author says what to do, and one stops there to ask."""
    SKIPPED = "skipped"
    """Not done, for a reason that was written down."""


class Footprint(Model):
    """One step that was dealt with. The last one of a step counts."""

    step_id: str
    outcome: Outcome
    at: Moment
    who: SafeText
    found: SafeMultiline = ""
    """What was written down: the record, or the reason."""


class Override(Model):
    """A guard that did not hold, and why one went on all the same."""

    guard: Guard
    about: SafeText
    """Whom or what it is about. Where somebody else comes, another reason is asked for."""
    seen: SafeText
    """What Plantão saw then, in words."""
    reason: SafeText
    at: Moment
    who: SafeText


class Walk(Model):
    """One going through a runbook, for one service. It keeps the runbook as it was when it began."""

    id: str
    runbook: Runbook
    client: SafeText
    service: SafeText = ""
    server: SafeText = ""
    """The server's code; empty where the settings name none."""
    who: SafeText
    begun_at: Moment
    overrides: tuple[Override, ...] = ()
    """Why one went on though nothing was red (R2), or somebody was there (R3)."""
    footprints: tuple[Footprint, ...] = ()
    ended_at: Moment | None = None

    def dealt_with(self, step: Step) -> Footprint | None:
        """What came of ``step``, if anything did."""
        return next((each for each in reversed(self.footprints) if each.step_id == step.id), None)

    @property
    def current(self) -> Step | None:
        """The step that is due; None where all are dealt with."""
        return next((step for step in self.runbook.steps if self.dealt_with(step) is None), None)

    @property
    def stopped_at(self) -> Step | None:
        """The last step, where it was not as expected: one stops there and asks."""
        last = self.footprints[-1] if self.footprints else None
        if last is None or last.outcome is not Outcome.OTHERWISE or self.ended_at:
            return None
        return next((step for step in self.runbook.steps if step.id == last.step_id), None)

    @property
    def inside(self) -> bool:
        """Whether one is on the server by this walk: entered, and not left."""
        inside = False
        for step in self.runbook.steps:
            if step.act and self._done(step):
                inside = step.act is Act.ENTER
        return inside

    @property
    def way_out(self) -> Step | None:
        """The step that announces that one leaves; None where one is not on the server."""
        if not self.inside:
            return None
        leaving = (step for step in self.runbook.steps if step.act is Act.LEAVE)
        return next((step for step in leaving if not self._done(step)), None)

    def _is_on_server(self, step: Step) -> bool:
        """Whether ``step`` is done on the server: between an entry and the leaving after it."""
        before = self.runbook.steps[: self.runbook.steps.index(step)]
        acts = [each.act for each in before if each.act is not None]
        return step.act is None and bool(acts) and acts[-1] is Act.ENTER

    def _done(self, step: Step) -> bool:
        mark = self.dealt_with(step)
        return mark is not None and mark.outcome is Outcome.DONE

    @property
    def entered_at(self) -> datetime | None:
        """When one entered; None where one is not on the server."""
        if not self.inside:
            return None
        entering = {step.id for step in self.runbook.steps if step.act is Act.ENTER}
        return max(each.at for each in self.footprints if each.step_id in entering)

    def stepped(self, step_id: str, outcome: Outcome, *, at: datetime, who: str, found: str = "") -> Self:
        """The same with what came of a step. ValueError (Portuguese) where it may not be so.

        Steps are taken in their order; only that one leaves may be announced whatever else is due.
        """
        step = next((step for step in self.runbook.steps if step.id == step_id), None)
        if step is None:
            raise ValueError("esse passo não é deste roteiro")
        if self.ended_at:
            raise ValueError("este roteiro já foi encerrado")
        due = self.current
        early = due is not None and step.id != due.id and self.dealt_with(step) is None
        if due is not None and early and step != self.way_out:
            raise ValueError(f"antes vem o passo “{due.title}”")
        text = found.strip()
        if outcome is Outcome.SKIPPED and not text:
            raise ValueError("escreva por que o passo foi pulado")
        if outcome is Outcome.OTHERWISE and not text:
            raise ValueError("escreva o que foi encontrado")
        if outcome is Outcome.DONE and step.record and not text:
            raise ValueError(f"falta “{step.record}”")
        if step.act is Act.LEAVE and outcome is Outcome.SKIPPED and self.inside:
            raise ValueError("a saída não pode ser pulada: sem ela, você continua no servidor para a equipe")
        if step.act is Act.ENTER and outcome is Outcome.SKIPPED:
            raise ValueError("a entrada não pode ser pulada; se não vai entrar, encerre o roteiro")
        if self._is_on_server(step) and outcome is not Outcome.SKIPPED and not self.inside:
            raise ValueError("a entrada no servidor não foi anunciada")
        if step.act and self._done(step):
            raise ValueError("isso já foi anunciado")
        mark = Footprint(step_id=step_id, outcome=outcome, at=at, who=who, found=text)
        return self.model_copy(update={"footprints": (*self.footprints, mark)})

    def override_of(self, guard: Guard, about: str) -> Override | None:
        """Why one goes on past ``guard`` for what it is ``about``; None where nobody said why."""
        return next((each for each in self.overrides if (each.guard, each.about) == (guard, about)), None)

    def overridden(self, override: Override) -> Self:
        """The same with a reason to go on past a guard. ValueError (Portuguese) where it may not be so."""
        if self.ended_at:
            raise ValueError("este roteiro já foi encerrado")
        if override.guard is Guard.ENTERED:
            raise ValueError("sem a entrada anunciada não há saída: pule o passo, dizendo o motivo")
        if not override.reason.strip():
            raise ValueError("escreva por que seguir assim mesmo")
        return self.model_copy(update={"overrides": (*self.overrides, override)})

    def ended(self, at: datetime) -> Self:
        """The same, closed. ValueError (Portuguese) while one is on the server by it."""
        if self.inside:
            raise ValueError("anuncie a saída do servidor antes de encerrar")
        return self.model_copy(update={"ended_at": self.ended_at or at})

    @property
    def findings(self) -> str:
        """What was found, a paragraph for each step, under its record's name."""
        return "\n\n".join(f"{step.record or step.title}: {mark.found}" for step, mark in self._found())

    @property
    def conclusion(self) -> str:
        """What was found last; empty where nothing was."""
        found = [mark.found for _, mark in self._found()]
        return found[-1] if found else ""

    @property
    def came_to_something(self) -> bool:
        """Whether something was found, or it was closed with a step done: having begun one is no doing."""
        done = any(map(self._done, self.runbook.steps))
        return bool(self.findings) or (self.ended_at is not None and done)

    def _found(self) -> Iterator[tuple[Step, Footprint]]:
        """Neither announcements nor why a step was skipped tell of the service."""
        for step in self.runbook.steps:
            mark = self.dealt_with(step)
            if step.act is None and mark and mark.found and mark.outcome is not Outcome.SKIPPED:
                yield step, mark
