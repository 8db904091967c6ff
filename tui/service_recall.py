"""What the local data says of the services, brought to the app: how they were, who knows of a failure."""

from typing import TYPE_CHECKING
from uuid import uuid4

from clients.errors import PlantaoError
from clients.models.excerpt import masked
from clients.models.service import Service
from clients.models.service_note import ServiceNote

if TYPE_CHECKING:
    from .app import PlantaoApp


class ServiceRecall:
    """Reads on the disk's thread; every screen sees it in the app."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._trouble = ""

    def read(self) -> None:
        """Read anew: services were looked at, or somebody wrote something."""
        self._app.run_worker(self._read(), group="service-log", exclusive=True, exit_on_error=False)

    async def acknowledge(self, service: Service, text: str) -> str:
        """Keep that the analyst knows of the failure of ``service``, masked; return what masking did.

        Raises StoreError where the disk refuses.
        """
        desk, made = self._app.desk, masked((text,))
        note = ServiceNote(
            id=uuid4().hex,
            key=service.key,
            at=desk.clock(),
            who=desk.author,
            text=made.texts[0],
            acknowledges=True,
        )
        await desk.disk(desk.local.service_log.write_down, note)
        self.read()
        return made.told

    async def _read(self) -> None:
        desk = self._app.desk
        try:
            await desk.ready()
            histories = await desk.disk(desk.local.service_log.histories)
            acknowledged = await desk.disk(desk.local.service_log.acknowledged)
        except PlantaoError as error:
            if error.trouble.message != self._trouble:  # once, not at every look at the services
                self._app.report(error.trouble)
            self._trouble = error.trouble.message
            return
        self._trouble = ""
        self._app.histories, self._app.acknowledged = histories, acknowledged
