"""A problem that is on the board already is told before it is sent a second time."""

from pathlib import Path

import pytest

from clients.errors import Unreachable
from clients.models.chamado import ChamadoDraft
from clients.models.feed import Feed, Trouble
from clients.models.similar import Lookalikes, Similar
from clients.sandbox.server import Running
from tests.pilot.test_chamado_form import settle, text_of
from tests.support.chamados import chamado
from tests.support.clock import frozen
from tests.support.desk import at_the_desk, settings_for
from tests.support.form_desk import GOOD, FormDesk
from tui.desk import Desk
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamados import ChamadosScreen
from widgets.chamado_form import ChamadoForm
from widgets.send_preview import SendPreview

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
FROM_A_TICKET = GOOD.model_copy(update={"ticket_id": 4312})


def alike(draft: ChamadoDraft) -> Feed[Similar]:
    board = [chamado(12, ticket_id=4312), chamado(8, ticket_id=None, licence_email=GOOD.licence_email)]
    return Feed(Lookalikes(board).of(draft))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_what_is_alike_is_told_below_the_title_and_in_the_last_look(size: tuple[int, int]) -> None:
    app = FormDesk(FROM_A_TICKET)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert [message.draft for message in app.heard if isinstance(message, ChamadoForm.SimilarWanted)]
        app.form.similar = alike(FROM_A_TICKET)
        await settle(pilot)
        note = text_of(app, "#field-title > .note")
        assert "▲ Este ticket já tem o chamado nº 12 (Triagem, há " in note
        assert "▲ parecido com o nº 8 (Triagem, há " in note
        assert "do mesmo cliente" in note
        assert "em comum: " in note
        await pilot.press("f9")
        await settle(pilot)
        assert app.query(SendPreview), "it is told, and does not block"
        warnings = text_of(app, "SendPreview > .warnings")
        assert "Este ticket já tem o chamado nº 12" in warnings
        assert "e mais 1 parecido" in warnings


async def test_each_pause_of_the_typing_asks_once_more() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = len([each for each in app.heard if isinstance(each, ChamadoForm.SimilarWanted)])
        app.form.sheet.focus_field("title")
        await pilot.press("x", "y")
        await settle(pilot)
        asked = [each for each in app.heard if isinstance(each, ChamadoForm.SimilarWanted)]
        assert len(asked) > before
        assert asked[-1].draft.title == app.form.draft.title
        app.form.sheet.focus_field("notify")
        count = len(asked)
        await pilot.press("x")
        await settle(pilot)
        assert len([each for each in app.heard if isinstance(each, ChamadoForm.SimilarWanted)]) == count


async def test_that_nobody_could_look_is_said_as_well() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.form.similar = Feed(trouble=Trouble("Quadro", "sem resposta"))
        await settle(pilot)
        assert "Não se sabe se há outros parecidos: sem resposta" in text_of(app, "#field-title > .note")
        await pilot.press("f9")
        await settle(pilot)
        assert "Não se sabe se há outros parecidos" in text_of(app, "SendPreview > .warnings")


async def test_the_board_is_looked_through_while_one_types(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(settings_for(running, tmp_path), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await desk.board.submit(GOOD.model_copy(update={"id": "sent"}))
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.sees("Entendi")
        await seat.press("enter")
        form = seat.app.screen.query_one(ChamadoForm)
        form.sheet.write("title", "Forma de pagamento alterada: pedido nao salva")
        await seat.sees("▲ parecido com o nº 1 (Triagem, agora)")
        form.sheet.write("title", "Boleto sai em branco")
        await seat.until(lambda: "parecido com" not in seat.text())

        async def gone() -> None:
            raise Unreachable("Quadro", "recusou")

        monkeypatch.setattr(desk.board, "chamados", gone)
        await seat.press("escape")
        await seat.arrives_at(ChamadosScreen)
    async with at_the_desk(
        running, tmp_path, desk=(again := Desk(settings_for(running, tmp_path), frozen))
    ) as seat:
        monkeypatch.setattr(again.board, "chamados", gone)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.press("enter")
        await seat.sees("Não se sabe se há outros parecidos")
