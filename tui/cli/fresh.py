"""What the systems say now, for commands that show what a page of the desk shows."""

from clients.errors import PlantaoError
from clients.models.chamado import Chamado
from clients.models.feed import Feed

from ..desk import Desk
from ..sync import Poller
from .headless import Item, one_refresh


async def fresh(poller: Poller[Item] | None, remembered: Feed[Item]) -> Feed[Item]:
    """Return the feed after one refresh; ``remembered`` where there is nothing to ask."""
    return remembered if poller is None else await one_refresh(poller)


async def fresh_chamados(desk: Desk) -> Feed[Chamado]:
    """Return the chamados of the board, or why they could not be read."""
    try:
        return await desk.chamado_room.read()
    except PlantaoError as error:
        return Feed[Chamado]().failed(error.trouble)
