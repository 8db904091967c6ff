from datetime import timedelta

import pytest

from clients.models.feed import Feed
from clients.models.service import ServiceState
from tests.support import desk_sample as sample
from tests.support.mesa import MesaApp
from tests.support.painted import lines_of, repainted, settle
from widgets.line_list import LineList
from widgets.pane import PaneTitle
from widgets.services_pane import ServicesPane

pytestmark = pytest.mark.anyio


def rows(app: MesaApp) -> list[str]:
    return [line for line in lines_of(app.services_pane.query_one(LineList)) if line]


async def test_red_comes_first_then_the_unknown_then_what_runs() -> None:
    app = MesaApp()
    async with app.run_test(size=(120, 50)) as pilot:
        await settle(pilot)
        shown = rows(app)
        assert [row[1] for row in shown[:4]] == ["✖", "✖", "?", "●"]
        assert "falha" in shown[0]
        assert "Ótica Visão" in shown[0]
        title = lines_of(app.services_pane.query_one(PaneTitle))[0]
        assert "2 falhas · 1 desconhecido · 18 ok" in title
        assert "há 5 min" in title


async def test_a_service_that_fails_moves_up_and_the_cursor_stays_on_its_row() -> None:
    app = MesaApp()
    async with app.run_test(size=(120, 50)) as pilot:
        app.services_pane.focus()
        await pilot.press("end")
        last = app.services_pane.highlighted
        assert last is not None
        items = tuple(
            service.model_copy(update={"state": ServiceState.FAIL}) if service.key == last.key else service
            for service in sample.services()
        )
        app.services_pane.show(Feed(items, as_of=sample.NOW))
        await settle(pilot)
        now = app.services_pane.highlighted
        assert now is not None
        assert (now.key, now.state) == (last.key, ServiceState.FAIL)
        await pilot.press("enter")
        await settle(pilot)
        assert app.said[-1] == ServicesPane.Chosen(now)


async def test_green_turns_unknown_while_one_looks_once_nobody_checks_any_more() -> None:
    now = [sample.NOW]
    app = MesaApp(clock=lambda: now[0])
    async with app.run_test(size=(160, 50)) as pilot:
        await settle(pilot)
        assert "18 ok" in lines_of(app.services_pane._title)[0]
        now[0] += timedelta(hours=3)
        app.services_pane.tick()
        await settle(pilot)
        assert "2 falhas · 19 desconhecidos" in lines_of(app.services_pane._title)[0]
        assert "●" not in "".join(rows(app))


async def test_an_unchecked_service_says_so_where_there_is_room_for_a_note() -> None:
    app = MesaApp()
    async with app.run_test(size=(160, 50)) as pilot:
        green = sample.services()[0].model_copy(update={"last_check": sample.NOW - timedelta(hours=3)})
        app.services_pane.styles.width = 150
        app.services_pane.show(Feed((green,), as_of=sample.NOW))
        await settle(pilot)
        (row,) = rows(app)
        assert "? desconhecido" in row
        assert "sem verificação há 3 h" in row


async def test_no_services_say_why() -> None:
    app = MesaApp(services=Feed(as_of=sample.NOW))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "Confira os seletores" in "\n".join(rows(app))


async def test_fetching_shows_one_mark_and_moves_nothing() -> None:
    app = MesaApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        before = lines_of(app.services_pane.query_one(PaneTitle))[0]
        with repainted() as regions:
            app.services_pane.show(app.first_services.busy())
            await settle(pilot)
        assert [region.height for region in regions] == [1]
        after = lines_of(app.services_pane.query_one(PaneTitle))[0]
        assert "↻" in after
        assert after.index("há 5 min") == before.index("há 5 min")
