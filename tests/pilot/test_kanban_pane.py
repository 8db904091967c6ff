"""The kanban as a pane: every column within reach, cards that stand still, only what is seen is drawn."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.feed import Feed, Trouble
from clients.models.lifecycle import LABELS, MEANING, ChamadoStatus
from tests.support.chamados import NOW, chamado, one_in_each_status
from tests.support.hostile import ACTED_UPON, HOSTILE
from tests.support.painted import lines_of, repainted, settle
from widgets.kanban import CARD
from widgets.kanban_pane import KanbanPane

pytestmark = pytest.mark.anyio
SMALL, LARGE = (80, 24), (120, 36)
S = ChamadoStatus


class KanbanDesk(App[None]):
    def __init__(self, chamados: Sequence[Chamado] = (), stuck_days: int = 3) -> None:
        super().__init__()
        self.first = tuple(chamados)
        self.pane = KanbanPane(clock=lambda: NOW, stuck_days=stuck_days)
        self.opened: list[Chamado] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.show(Feed(self.first, NOW))
        self.pane.focus()

    def on_kanban_pane_chosen(self, message: KanbanPane.Chosen) -> None:
        self.opened.append(message.chamado)

    def picture(self) -> str:
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())

    @property
    def under(self) -> Chamado | None:
        return self.pane.highlighted

    def number(self) -> int:
        """Of the card under the cursor."""
        return self.under.number if self.under else 0

    def here(self) -> S:
        """The cursor's column."""
        return self.pane.kanban.status


def waiting(number: int, status: S = S.DOING, **ago: float) -> Chamado:
    """In ``status`` for that long."""
    since = NOW - timedelta(**ago)
    moved = ChamadoEvent(at=since, who="Carla", status=status, before=S.TRIAGEM)
    return chamado(number, status, events=(moved,))


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60), (60, 20)])
async def test_every_column_is_within_reach(size: tuple[int, int]) -> None:
    app = KanbanDesk(one_in_each_status())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        seen = []
        for status in ChamadoStatus:
            await settle(pilot)
            assert app.here() is status
            assert app.under is not None
            seen.append(app.under.status)
            meaning = MEANING[status][: size[0] - 30]
            assert meaning in app.picture(), "what it means for the client"
            await pilot.press("right")
        assert seen == list(ChamadoStatus)
        await pilot.press(*["left"] * 20)
        assert app.here() is S.TRIAGEM


async def test_three_columns_at_80_and_more_where_there_is_room() -> None:
    for size, count in ((SMALL, 3), (LARGE, 4), ((200, 60), 7)):
        app = KanbanDesk(one_in_each_status())
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            assert len(app.pane.kanban.shown) == count
            assert sum(app.pane.kanban.widths()) + count - 1 == app.pane.kanban.line_cells


async def test_the_strip_names_all_fourteen_with_their_counts() -> None:
    chamados = [chamado(number, S.TRIAGEM) for number in range(1, 13)]
    chamados += [chamado(number, S.ENCERRADO) for number in range(13, 20)]
    app = KanbanDesk(chamados)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        first, second = app.picture().splitlines()[1:3]
        assert "[Triagem 12]" in first
        assert "Encerrado 7" in second
        for status in ChamadoStatus:
            assert LABELS[status].split()[0][:2] in first + second
        await pilot.press(*["right"] * 13)
        await settle(pilot)
        assert "[Encerrado 7]" in app.picture()


async def test_a_card_tells_number_title_client_and_age() -> None:
    app = KanbanDesk([waiting(7, days=2)])
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.under is not None, "the first column with a card"
        card = [line for line in app.picture().splitlines() if "▌" in line]
        assert len(card) == CARD - 1
        assert "▌ 7" in card[0]
        assert "2 d" in card[0]
        assert "Boleto sai com" in card[1]
        assert "Padaria Aurora" in card[3]


async def test_what_stands_still_and_what_is_late_is_marked() -> None:
    promised = NOW.date() - timedelta(days=1)
    late = waiting(1, days=1)
    event = late.events[0].model_copy(update={"deadline": promised})
    stuck, fresh, closed = waiting(2, days=5), waiting(3, days=2), waiting(4, S.ENCERRADO, days=50)
    app = KanbanDesk([late.model_copy(update={"events": (event,)}), stuck, fresh, closed])
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        shown = app.picture()
        assert shown.count("▲ parado há 5 d") == 1
        assert f"▲ {promised:%d/%m}" in shown
        assert "4 chamados · ▲ 1 parado" in shown
    app = KanbanDesk([fresh], stuck_days=2)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "▲ parado há 2 d" in app.picture()


async def test_the_longest_waiting_is_on_top_and_of_the_closed_the_newest() -> None:
    app = KanbanDesk(
        [
            waiting(1, days=1),
            waiting(2, days=4),
            waiting(3, S.ENCERRADO, days=9),
            waiting(4, S.ENCERRADO, days=3),
        ]
    )
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert app.number() == 2
        app.pane.kanban.go_to(S.ENCERRADO)
        await settle(pilot)
        assert app.number() == 4


async def test_walking_the_cards_of_a_column() -> None:
    app = KanbanDesk([waiting(number, minutes=1000 - number) for number in range(1, 101)])
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        numbers = []
        for key in ("down", "j", "up", "end", "up", "home", "pagedown", "k", "pageup"):
            await pilot.press(key)
            await settle(pilot)
            numbers.append(app.number())
            assert f"▌ {app.number()}" in app.picture()
        room = app.pane.kanban.line_rows // CARD
        assert numbers[:6] == [2, 3, 2, 100, 99, 1]
        assert numbers[6] in (room + 1, room + 2)
        await pilot.press("enter")
        await settle(pilot)
        assert [each.number for each in app.opened] == [app.number()]


async def test_news_leave_the_cursor_on_its_card_or_on_its_place() -> None:
    cards = [waiting(number, minutes=1000 - number) for number in range(1, 6)]
    app = KanbanDesk(cards)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("down", "down")
        app.pane.show(Feed((*cards, waiting(9, minutes=2000)), NOW))
        await settle(pilot)
        assert app.number() == 3
        moved = cards[2].model_copy(update={"status": S.PULL_REQUEST})
        app.pane.show(Feed((*cards[:2], moved, *cards[3:]), NOW))
        await settle(pilot)
        assert app.here() is S.DOING, "a card that moves does not take the cursor along"
        assert app.number() in (4, 5)


async def test_empty_columns_can_be_left_out() -> None:
    app = KanbanDesk([waiting(1, S.DOING, days=1), waiting(2, S.TESTING, days=1)])
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.here() is S.DOING
        await pilot.press("v")
        await settle(pilot)
        assert app.pane.kanban.shown == (S.DOING, S.TESTING)
        await pilot.press("right")
        assert app.here() is S.TESTING
        await pilot.press("v", "right")
        await settle(pilot)
        assert app.here() is S.TEST_FINISHED
        assert "vazia" in app.picture()
        await pilot.press("v")
        await settle(pilot)
        assert app.here() is S.TESTING, "the nearest that has cards"


async def test_the_filter_sifts_all_columns() -> None:
    app = KanbanDesk(one_in_each_status())
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f", *"homologacao")
        await settle(pilot)
        assert "1 de 14 chamados" in app.picture()
        assert "Publicado em" not in str(app.under)
        await pilot.press("escape")
        await settle(pilot)
        assert "14 chamados" in app.picture()
        assert app.pane.kanban.has_focus


async def test_the_filter_takes_the_cursor_to_the_nearest_cards_that_it_leaves() -> None:
    app = KanbanDesk([waiting(1, S.BACKLOG, days=1), waiting(2, S.PUBLICADO, days=1)])
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.here() is S.BACKLOG
        await pilot.press("f", *"publicado")
        await settle(pilot)
        assert (app.here(), app.number()) == (S.PUBLICADO, 2)
        for letter in " nada":
            await pilot.press("space" if letter == " " else letter)
        await settle(pilot)
        assert app.here() is S.PUBLICADO, "nowhere to go"


async def test_what_each_status_means_is_read_to_its_end_at_80_columns() -> None:
    app = KanbanDesk(one_in_each_status())
    async with app.run_test(size=SMALL) as pilot:
        for status in S:
            app.pane.kanban.go_to(status)
            await settle(pilot)
            assert MEANING[status] in app.picture()


async def test_a_key_repaints_the_cards_that_changed() -> None:
    app = KanbanDesk([waiting(number, minutes=1000 - number) for number in range(1, 101)])
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        board = app.pane.kanban.region
        with repainted() as regions:
            await pilot.press("down")
            await settle(pilot)
        column = app.pane.kanban.widths()[0] * 4  # the cursor stands in the last of four
        inside = [region for region in regions if board.contains_region(region)]
        assert sum(region.area for region in inside) <= 2 * CARD * column
        assert all(region.height == 1 for region in regions)


async def test_five_thousand_cost_what_is_seen() -> None:
    status = list(ChamadoStatus)
    chamados = [waiting(number, status[number % 14], minutes=number) for number in range(1, 5001)]
    app = KanbanDesk(chamados)
    drawn: list[int] = []
    draw = app.pane.kanban._draw_card

    def counting(card: Chamado, width: int) -> Sequence[object]:
        drawn.append(card.number)
        return draw(card, width)

    app.pane.kanban._draw_card = counting  # type: ignore[assignment]
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "5.000 chamados" in app.picture()
        drawn.clear()
        await pilot.press("down", "end", "right")
        await settle(pilot)
        assert len(set(drawn)) < 100


async def test_idle_it_writes_nothing() -> None:
    app = KanbanDesk(one_in_each_status())
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        with repainted() as regions:
            app.pane.tick()
            app.pane.show(Feed(one_in_each_status(), NOW))
            await settle(pilot)
        assert regions == []


async def test_hostile_titles_stay_in_their_cells() -> None:
    chamados = [
        chamado(number, list(ChamadoStatus)[number % 14], title=text, licence_email=text, licence=None)
        for number, text in enumerate(HOSTILE.values(), 1)
    ]
    app = KanbanDesk(chamados)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for _ in ChamadoStatus:
            await pilot.press("right")
            await settle(pilot)
            assert not ACTED_UPON & set(app.picture().replace("\n", ""))
            kanban = app.pane.kanban
            for strip in kanban.render_lines(Region(0, 0, kanban.size.width, kanban.size.height)):
                assert strip.cell_length == kanban.size.width


async def test_an_empty_board_and_one_that_cannot_be_read() -> None:
    app = KanbanDesk()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "vazia" in app.picture()
        await pilot.press("down", "enter", "end")
        assert app.opened == []
        app.pane.show(Feed[Chamado]().failed(Trouble("Quadro indisponível", "disco cheio")))
        await settle(pilot)
        assert "disco cheio" in app.picture()
        assert lines_of(app.pane.kanban)


async def test_the_columns_fit_after_the_window_has_changed() -> None:
    app = KanbanDesk(one_in_each_status())
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press(*["right"] * 13)
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert app.pane.kanban.shown[-1] is S.ENCERRADO
        assert "Encerrado 1/1" in app.picture()


def test_a_deadline_of_what_was_published_is_not_late() -> None:
    from clients.models.late import is_overdue

    for status, late in ((S.BACKLOG, True), (S.PUBLICADO, False), (S.ENCERRADO, False)):
        event = ChamadoEvent(at=NOW, who="x", status=status, before=S.DOING, deadline=date(2026, 1, 1))
        assert is_overdue(chamado(1, status, events=(event,)), NOW.date()) is late
