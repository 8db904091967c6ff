"""A draft is held against the board, which is listed now and then."""

from collections.abc import Callable
from datetime import datetime

import pytest

from clients.boards.local import LocalBoard
from clients.errors import Unreachable
from clients.models.chamado import Chamado
from clients.store import Store
from tests.support.clock import Clock
from tests.support.form_desk import GOOD
from tui.flows.chamado_similar import SimilarChamados

pytestmark = pytest.mark.anyio


class Listed(LocalBoard):
    """Counts how often it is listed; the line may break."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(store, clock)
        self.times = 0
        self.broken = False

    async def chamados(self) -> tuple[Chamado, ...]:
        self.times += 1
        if self.broken:
            raise Unreachable("Quadro", "recusou")
        return await super().chamados()


async def test_a_colleagues_chamado_is_found_a_minute_later(store: Store, clock: Clock) -> None:
    board = Listed(store, clock)
    similar = SimilarChamados(lambda: board, clock)
    assert (await similar.of(GOOD)).items == ()
    await board.submit(GOOD.model_copy(update={"id": "other"}), author="Rui")
    await similar.of(GOOD)
    assert board.times == 1, "not at every pause of the typing"
    clock.forward(minutes=1)
    (found,) = (await similar.of(GOOD)).items
    assert (found.chamado.id, found.same_client, board.times) == ("other", True, 2)


async def test_of_a_board_that_went_away_what_is_known_stays_and_the_trouble_is_told(
    store: Store, clock: Clock
) -> None:
    board = Listed(store, clock)
    await board.submit(GOOD.model_copy(update={"id": "other"}))
    similar = SimilarChamados(lambda: board, clock)
    await similar.of(GOOD)
    board.broken = True
    clock.forward(minutes=2)
    feed = await similar.of(GOOD)
    assert feed.trouble is not None
    assert [found.chamado.id for found in feed.items] == ["other"]
    board.broken = False
    assert (await similar.of(GOOD)).trouble is None, "asked again at the next pause"
