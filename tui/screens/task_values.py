"""Asking for the value of one field of a task: of a list, or typed and looked at before it is taken."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from clients.models.project import TaskField
from clients.models.task import CustomField, Named
from clients.models.task_changes import CustomValue
from clients.models.times import BRAZIL
from tui.flows.own_values import offered, own_refusal, own_value
from tui.flows.typed_values import NotTaken, TypedValue, example_of, typed_value
from widgets.picker import Pick

from .line import LineScreen
from .pick import PickScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

NONE = "0"
"""What is chosen where a field is to have no value."""
_OTHER = "\0"
"""No field holds it."""
_BETWEEN = "; "
"""Between the values of a field that holds several: a comma may be a part of one."""
_EMPTY = "(vazio)"


class TaskValues:
    """Methods wait for the analyst: for a worker. None where one goes back or it stays as it is."""

    def __init__(self, app: "PlantaoApp", *, verb: str = "") -> None:
        """``verb`` is what choosing or typing it does, where it does it at once."""
        self._app = app
        self._verb = verb

    async def chosen(
        self, title: str, choices: Sequence[Named], now: Named | None, *, empty: str = ""
    ) -> str | None:
        """The id of one of ``choices``, or NONE; the cursor begins on what is so ``now``.

        ``empty`` is what having none is called; "" where the field cannot be without.
        """
        listed = list(choices)
        if now is not None and all(one.id != now.id for one in choices):
            listed.insert(0, now)
        picks = [Pick(NONE, empty)] if empty else []
        picks += [Pick(str(one.id), one.name) for one in listed]
        current = NONE if now is None else str(now.id)
        chosen = await self._app.ask(PickScreen(title, picks, current, verb=self._verb))
        return None if chosen == current else chosen

    async def typed(
        self, title: str, field: str, text: str = "", *, optional: bool = False
    ) -> TypedValue | None:
        """What is typed into a core field; "" clears it, where it is ``optional``."""
        today = self._today()

        def refusal(typed: str) -> str | None:
            found = text if typed == text else typed_value(field, typed, today)
            return found.reason if isinstance(found, NotTaken) else None

        typed = await self._app.ask(
            LineScreen(
                title,
                text,
                placeholder=example_of(field),
                optional=optional,
                verb=self._verb,
                check=refusal,
            )
        )
        if not typed or typed == text:
            return None if typed == text else typed
        value = typed_value(field, typed, today)
        return None if isinstance(value, NotTaken) else value

    async def own(
        self, title: str, field: CustomField, known: TaskField | None, *, optional: bool
    ) -> CustomValue:
        """The value of one of Redmine's own fields, as it takes it; "" clears it, where it is ``optional``.

        ``known`` are the values met.
        """
        now, met, today = _BETWEEN.join(field.values), known.values if known else (), self._today()
        values = () if field.multiple else offered(met)
        chosen: str | None = _OTHER
        if values:
            picks = [Pick("", _EMPTY)] if optional else []
            if now and all(value != now for value, _ in values):
                picks.append(Pick(now, now))
            picks += [Pick(value, name) for value, name in values]
            picks.append(Pick(_OTHER, "Outro valor…", "escrever"))
            chosen = await self._app.ask(PickScreen(title, picks, now, verb=self._verb))
        if chosen == _OTHER:
            several = " (separe por ;)" if field.multiple else ""
            chosen = await self._app.ask(
                LineScreen(
                    f"{title}{several}",
                    now,
                    optional=optional,
                    verb=self._verb,
                    check=lambda typed: None if field.multiple else own_refusal(typed, met, today),
                )
            )
        if chosen is None or chosen == now:
            return None
        if field.multiple:
            return tuple(part.strip() for part in chosen.split(";") if part.strip())
        return own_value(chosen, met, today)

    def _today(self) -> date:
        return self._app.desk.clock().astimezone(BRAZIL).date()
