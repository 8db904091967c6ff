"""All sources of the services' state as one: asked at once, and one that fails hides none of the others."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from .errors import PlantaoError, SourceError, Unauthorized
from .models.reading_report import SourceReading
from .models.service import Service
from .models.service_reading import ClientNames, by_our_clock, doubted_names, worst_of
from .monitor import MonitorSource
from .monitor_notes import Notes

EXPLAINED = "plantao servicos --explicar mostra o que foi lido de cada fonte."


@dataclass(frozen=True)
class NamedSource:
    """A source under the name that the settings give it."""

    name: str
    kind: str
    """In words for the screen, such as "CSV"."""
    source: MonitorSource


@dataclass(frozen=True)
class Heard:
    """What one source said."""

    reading: SourceReading
    services: tuple[Service, ...] = ()
    error: PlantaoError | None = None


@dataclass(frozen=True)
class Look:
    """What all sources said when they were asked once."""

    heard: tuple[Heard, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        """The services of all that answered, the worst where several show the same."""
        return worst_of(service for each in self.heard for service in each.services)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the sources that could not be read."""
        return tuple(each.reading.name for each in self.heard if each.error is not None)

    @property
    def error(self) -> PlantaoError | None:
        """Why some could not be read, each by its name; None where all were."""
        failed = [(each.reading.name, each.error) for each in self.heard if each.error is not None]
        if not failed or len(self.heard) == 1:
            return failed[0][1] if failed else None
        told = "; ".join(map(_named, *zip(*failed, strict=True)))
        if all(isinstance(error, Unauthorized) for _, error in failed) and len(failed) == len(self.heard):
            return Unauthorized("Monitoramento", told, title="Entrada recusada", way_out=EXPLAINED)
        if len(failed) == 1:
            error = failed[0][1]
            return SourceError(told, title=error.title, way_out=error.way_out)
        title = "Nenhuma fonte lida" if len(failed) == len(self.heard) else "Fontes não lidas"
        return SourceError(told, title=title, way_out=EXPLAINED)


class Monitors:
    """The sources of the settings, and the clients that their names stand for."""

    def __init__(
        self, sources: Sequence[NamedSource], clock: Callable[[], datetime], names: ClientNames | None = None
    ) -> None:
        self._sources = tuple(sources)
        self._clock = clock
        self.client_names = names or ClientNames({})
        self._refused: dict[str, Heard] = {}
        self.readings: tuple[SourceReading, ...] = ()
        """Of the newest look."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the sources are called."""
        return tuple(each.name for each in self._sources)

    async def look(self, *, again: bool = True) -> Look:
        """Ask every source, all at the same time.

        One that refused our login is asked ``again`` only where somebody wants it: sites lock accounts.
        """
        heard = tuple(await asyncio.gather(*(self._hear(each, again) for each in self._sources)))
        self._refused = {each.reading.name: each for each in heard if isinstance(each.error, Unauthorized)}
        self.readings = tuple(each.reading for each in heard)
        return Look(heard)

    async def _hear(self, named: NamedSource, again: bool) -> Heard:
        if not again and named.name in self._refused:
            return self._refused[named.name]
        notes = Notes(self._clock)
        try:
            found = await named.source.services(notes)
        except PlantaoError as error:
            failed = error.with_traceback(None)  # it may be kept for hours, and with it all its frames
            return Heard(notes.reading(named.name, named.kind, 0, error), error=failed)
        services = self._told(found, named.name, notes)
        return Heard(notes.reading(named.name, named.kind, len(services), None), services)

    def _told(self, found: Iterable[Service], name: str, notes: Notes) -> tuple[Service, ...]:
        named = doubted_names(self.client_names.applied(found))
        dated = by_our_clock(named, notes.clock_ahead, self._clock())
        return worst_of(item.model_copy(update={"sources": (name,)}) for item in dated)


def _named(name: str, error: PlantaoError) -> str:
    return error.message if error.message.startswith(name) else f"{name}: {error.message}"
