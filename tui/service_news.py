"""What turned red since the last reading: it rings once, and the terminal's title counts what is red (R1)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.feed import Feed
from clients.models.service import Service, ServiceState
from clients.models.service_history import newly_red
from clients.models.text import safe_text

if TYPE_CHECKING:
    from .app import PlantaoApp

NAME = "Plantão"
MOST_NAMED = 3


class ServiceNews:
    """Compares each reading with the one before."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._title = ""

    def told(self, before: Feed[Service], now: Feed[Service]) -> None:
        """Ring where something turned red; a reading that only failed tells nothing of the services."""
        if fresh := newly_red(before.items, now.items):
            self._app.bell()
            self._app.warn(_sentence(fresh, self._app.key_of("servicos")))
        self._count(now.items)

    def leave(self) -> None:
        """Give the title back."""
        self._write("")

    def _count(self, services: Sequence[Service]) -> None:
        red = sum(each.state is ServiceState.FAIL for each in services)
        self._write(f"✖ {red} em falha · {NAME}" if red else NAME)

    def _write(self, title: str) -> None:
        if title == self._title:
            return
        self._title = title
        driver = self._app._driver
        if driver is not None:
            # OSC 2 reaches the analyst's own terminal over SSH, and tmux shows it as the pane's title
            driver.write(f"\x1b]2;{safe_text(title, multiline=False)}\x07")


def _sentence(fresh: Sequence[Service], key: str) -> str:
    named = [f"{each.client} · {each.service}" for each in fresh[:MOST_NAMED]]
    more = len(fresh) - len(named)
    opened_by = [f"{key} abre os serviços."] if key else []
    head = "Ficou vermelho:" if len(fresh) == 1 else "Ficaram vermelhos:"
    return "\n".join([head, *named, *([f"e mais {more}"] if more else []), *opened_by])
