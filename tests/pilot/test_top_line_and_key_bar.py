import pytest

from tests.support import desk_sample as sample
from tests.support.mesa import MesaApp
from tests.support.painted import lines_of, repainted, settle
from widgets.cells import Piece, Tone
from widgets.key_bar import KeyBar
from widgets.tones import palette_of

pytestmark = pytest.mark.anyio


async def test_the_key_bar_follows_the_focus() -> None:
    app = MesaApp(view=sample.ticket_view())
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        bar = app.query_one(KeyBar)
        assert lines_of(bar)[0].startswith(" v Visão  f Filtrar  r Responder")
        app.preview_pane.focus()
        await settle(pilot)
        assert lines_of(bar)[0].startswith(" Enter Citações  r Responder")
        await pilot.press("n")  # cannot be used now
        assert "note" not in app.said
        dim = palette_of(bar).style(Tone.DIM)
        told = {segment.text.strip(): segment.style for segment in bar.render_line(0)}
        assert told["n Nota"] == dim
        assert told["Responder"] != dim


async def test_a_key_that_moves_the_cursor_leaves_the_key_bar_alone() -> None:
    app = MesaApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        with repainted() as regions:
            await pilot.press("down")
            await settle(pilot)
        assert {region.y for region in regions} == {4, 5}


async def test_the_key_bar_drops_whole_pairs_where_there_is_no_room() -> None:
    app = MesaApp()
    async with app.run_test(size=(24, 20)) as pilot:
        await settle(pilot)
        assert lines_of(app.query_one(KeyBar))[0] == " v Visão  f Filtrar"


async def test_what_is_called_for_comes_before_the_rest_by_the_name_it_has_now() -> None:
    app = MesaApp()
    async with app.run_test(size=(50, 20)) as pilot:
        await settle(pilot)
        bar = app.query_one(KeyBar)
        assert "Abrir" not in lines_of(bar)[0]
        bar.called_for, bar.labels = frozenset(("lista.abrir",)), {"lista.abrir": "Ler a conversa"}
        await settle(pilot)
        assert "Enter Ler a conversa" in lines_of(bar)[0]


async def test_a_remapped_key_shows_as_it_is() -> None:
    app = MesaApp()
    app.set_keymap({"fila.visao": "x"})
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert " x Visão" in lines_of(app.query_one(KeyBar))[0]
        await pilot.press("x")
        assert app.queue_pane.view.id == "sem_resposta"


@pytest.mark.parametrize("width", [120, 80, 50, 40])
async def test_the_top_line_always_has_the_mode_and_the_time(width: int) -> None:
    app = MesaApp()
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        line = lines_of(app.top)[0]
        assert line.startswith(" Plantão") is (width > 40)
        assert ("[1 Mesa]" if width > 40 else "[1]") in line
        assert line.endswith("10:42")
        assert ("2 Tarefas" in line) is (width == 120)


async def test_the_same_minute_writes_nothing() -> None:
    app = MesaApp()
    async with app.run_test(size=(120, 36)) as pilot:
        counters = (Piece("✖ 2 ", Tone.BAD),)
        app.top.tell("1", counters, sample.NOW)
        await settle(pilot)
        with repainted() as regions:
            app.top.tell("1", (Piece("✖ 2 ", Tone.BAD),), sample.NOW.replace(second=50))
            app.queue_pane.tick()
            app.services_pane.tick()
            app.preview_pane.tick()
            await settle(pilot)
        assert regions == []
