from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from tests.support.painted import lines_of, repainted, settle
from widgets.cells import Line, Piece
from widgets.line_list import LineList

pytestmark = pytest.mark.anyio


class ListApp(App[None]):
    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__()
        self.drawn: list[int] = []
        self.named: list[int] = []
        self.said: list[object] = []
        self.first = rows
        self.list: LineList[int] = LineList(self.name_row, self.draw_row)

    def name_row(self, row: int) -> int:
        self.named.append(row)
        return row

    def draw_row(self, row: int, width: int) -> Line:
        self.drawn.append(row)
        return (Piece(f"linha {row}"),)

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(self.first)
        self.list.focus()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        self.said.append(event.key)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.said.append(("abre", event.key))


SIZE = (40, 10)


async def test_moving_the_cursor_repaints_two_lines() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        with repainted() as regions:
            await pilot.press("down")
            await settle(pilot)
        assert [(region.y, region.height) for region in sorted(regions, key=lambda region: region.y)] == [
            (0, 1),
            (1, 1),
        ]
        shown = lines_of(app.list)
        assert shown[0].startswith(" linha 0")
        assert shown[1].startswith("▌linha 1")


async def test_a_hundred_thousand_rows_cost_what_is_seen() -> None:
    app = ListApp(range(100_000))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "end")
        await settle(pilot)
        assert app.list.highlighted == 99_999
        assert len(set(app.drawn)) <= 2 * SIZE[1]
        assert len(app.named) < 100
        assert lines_of(app.list)[-1].startswith("▌linha 99999")


async def test_keys_of_the_list() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        for key, row in (
            ("j", 1),
            ("j", 2),
            ("k", 1),
            ("pagedown", 11),
            ("pageup", 1),
            ("G", 99),
            ("down", 99),
            ("g", 0),
            ("up", 0),
            ("end", 99),
            ("home", 0),
        ):
            await pilot.press(key)
            assert app.list.highlighted == row, key
        await pilot.press("enter")
        await settle(pilot)
        assert app.said[-1] == ("abre", 0)


async def test_the_view_jumps_half_a_page_at_its_edges() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        tops = []
        for _ in range(20):
            await pilot.press("down")
            tops.append(app.list.top)
        assert tops == [0] * 9 + [5] * 5 + [10] * 5 + [15]
        for _ in range(6):
            await pilot.press("up")
        assert (app.list.highlighted, app.list.top) == (14, 10)


async def test_the_cursor_stays_on_its_row_when_the_rows_change() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.list.move_to(30)
        await settle(pilot)
        place = app.list.cursor - app.list.top
        app.said.clear()
        app.list.set_rows([-3, -2, -1, *range(100)])
        await settle(pilot)
        assert (app.list.highlighted, app.list.cursor) == (30, 33)
        assert app.list.cursor - app.list.top == place
        assert app.said == []
        app.list.set_rows([row for row in range(100) if row != 30])
        await settle(pilot)
        assert (app.list.cursor, app.list.highlighted) == (
            33,
            34,
        )  # the place in the list, since the row is gone
        assert app.said == [34]


async def test_a_list_that_shows_its_beginning_shows_what_comes_on_top() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.list.set_rows([-1, *range(100)])
        await settle(pilot)
        assert (app.list.highlighted, app.list.cursor, app.list.top) == (0, 1, 0)
        app.list.set_rows([*range(-40, 0), *range(100)])
        await settle(pilot)
        assert (app.list.highlighted, app.list.cursor) == (0, 40)
        assert app.list.top == 39, "the cursor stays in view"


async def test_rows_that_are_the_same_repaint_nothing() -> None:
    app = ListApp(range(50))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        with repainted() as regions:
            app.list.set_rows(list(range(50)))
            await settle(pilot)
        assert regions == []
        with repainted() as regions:
            app.list.set_rows([0, 1, 2, 77, *range(4, 50)])
            await settle(pilot)
        assert [(region.y, region.height) for region in regions] == [(3, 1)]


async def test_fewer_rows_than_before_leave_no_ghosts() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("end")
        app.list.set_rows([1, 2])
        await settle(pilot)
        assert app.list.top == 0
        assert [line for line in lines_of(app.list) if line] == [" linha 1", "▌linha 2"]


async def test_an_empty_list_says_why() -> None:
    app = ListApp(())
    async with app.run_test(size=SIZE) as pilot:
        app.list.explain("Nada aqui.", "Uma explicação que é mais longa do que a linha.")
        await settle(pilot)
        said = "\n".join(lines_of(app.list))
        assert "Nada aqui." in said
        assert "que a linha." in said
        await pilot.press("down", "enter", "end")
        assert app.list.highlighted is None
        assert not [event for event in app.said if isinstance(event, tuple)]
        app.list.set_rows([5])
        await settle(pilot)
        assert app.said[-1] == 5
        assert "Nada aqui." not in "\n".join(lines_of(app.list))


async def test_another_theme_and_another_size_redraw_all() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = app.list.render_line(3)
        app.theme = "textual-light"
        await settle(pilot)
        assert app.list.render_line(3) != before
        assert app.list.render_line(3).text == before.text
        await pilot.resize_terminal(60, 15)
        await settle(pilot)
        assert app.list.render_line(14).cell_length == 60
        app.theme = "ansi-dark"
        await settle(pilot)
        assert lines_of(app.list)[1].startswith(" linha 1")


async def test_where_one_was_is_come_back_to_once_there_are_rows() -> None:
    app = ListApp(())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.list.go_back_to("7", 7)
        assert app.list.whereabouts == ("7", 7)
        app.list.set_rows(range(100))
        await settle(pilot)
        assert app.list.highlighted == 7
        assert app.said[-1] == 7
        app.list.go_back_to("gone", 40)
        await settle(pilot)
        assert app.list.highlighted == 40
        app.list.set_rows(range(100, 300))
        await settle(pilot)
        assert app.list.cursor == 40
