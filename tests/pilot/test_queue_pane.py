from datetime import timedelta

import pytest

from clients.models.feed import Feed, Trouble
from clients.models.lifecycle import ChamadoStatus
from clients.models.ticket import Turn
from tests.support import desk_sample as sample
from tests.support.chamados import chamado
from tests.support.mesa import MesaApp
from tests.support.painted import lines_of, repainted, settle
from widgets.filter_input import FilterInput
from widgets.line_list import LineList
from widgets.queue_pane import QueuePane

pytestmark = pytest.mark.anyio
WIDE, NARROW = (120, 36), (80, 24)


def text_of(pane: QueuePane) -> str:
    return "\n".join(line for child in pane.walk_children() if child.display for line in lines_of(child))  # type: ignore[arg-type]


def typed(pane: QueuePane) -> str:
    return pane.query_one(FilterInput).value


class RoomyApp(MesaApp):
    """The queue as wide as the screen."""

    CSS = MesaApp.CSS + "#left { width: 1fr; } PreviewPane { display: none; }"


async def test_what_breaks_next_is_on_top_and_has_the_cursor() -> None:
    app = MesaApp()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.queue_pane
        assert pane.highlighted is not None
        assert pane.highlighted.turn is Turn.UNANSWERED
        clocks = [entry.clock for entry in pane.shown if entry.turn is Turn.UNANSWERED and entry.clock]
        assert clocks == sorted(clocks)
        assert app.said[0] == QueuePane.Highlighted(pane.highlighted.id)
        assert "Fila 300" in text_of(pane)
        assert "[todos 300]" in text_of(pane)
        assert "há 5 min" in text_of(pane)


async def test_views_go_round_with_v_and_back_with_shift() -> None:
    app = MesaApp()
    async with app.run_test(size=WIDE) as pilot:
        seen = []
        for _ in range(6):
            await pilot.press("v")
            seen.append(app.queue_pane.view.id)
        assert seen == [
            "sem_resposta",
            "minha_vez",
            "aguardando_cliente",
            "aguardando_desenvolvimento",
            "vencendo",
            "todos",
        ]
        await pilot.press("V")
        await settle(pilot)
        assert app.queue_pane.view.id == "vencendo"
        assert len(app.queue_pane.shown) < 300
        assert f"Fila {len(app.queue_pane.shown)} de 300" in text_of(app.queue_pane)


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 20), (44, 12)])
async def test_the_current_view_always_shows(size: tuple[int, int]) -> None:
    app = MesaApp()
    async with app.run_test(size=size) as pilot:
        for _ in range(6):
            await pilot.press("v")
            await settle(pilot)
            assert "[" in text_of(app.queue_pane).split("\n")[1]


@pytest.mark.parametrize("key", ["f", "slash", "ctrl+f"])
async def test_the_filter_answers_at_every_letter_without_accents_and_case(key: str) -> None:
    app = MesaApp()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        counts = []
        for letter in "OTICA":
            await pilot.press(letter)
            counts.append(len(app.queue_pane.shown))
        assert counts == sorted(counts, reverse=True)
        assert {entry.ticket.client for entry in app.queue_pane.shown} == {"Ótica Visão"}
        await pilot.press("down", "down")
        highlighted = app.queue_pane.highlighted
        await pilot.press("enter")
        await settle(pilot)
        assert typed(app.queue_pane) == "OTICA"  # Enter keeps it and goes to the list
        assert app.queue_pane.highlighted is highlighted is app.queue_pane.shown[2]
        await pilot.press("escape")
        await settle(pilot)
        assert (typed(app.queue_pane), len(app.queue_pane.shown)) == ("", 300)
        assert app.queue_pane.highlighted is highlighted


async def test_letters_are_letters_inside_the_filter() -> None:
    app = MesaApp()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "v", "r", "j", "q")
        assert typed(app.queue_pane) == "vrjq"
        assert app.queue_pane.view.id == "todos"
        assert "reply" not in app.said


async def test_nothing_found_says_what_to_do() -> None:
    app = MesaApp()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("f", *"zzz")
        await settle(pilot)
        assert "Nada em “todos” com “zzz”." in text_of(app.queue_pane)
        assert "Esc limpa o filtro." in text_of(app.queue_pane)
        await pilot.press("escape")
        await settle(pilot)
        assert "Nada em" not in text_of(app.queue_pane)


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        (Feed(), "Ainda sem tickets"),
        (Feed(loading=True), "Lendo…"),
        (Feed(as_of=sample.NOW), "Nenhum ticket nos últimos 90 dias."),
        (Feed(trouble=Trouble("Sem conexão", "freshdesk: recusou", "Confira a VPN.")), "Confira a VPN."),
    ],
)
async def test_an_empty_queue_says_why(feed: Feed[object], said: str) -> None:
    app = MesaApp(tickets=feed)  # type: ignore[arg-type]
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert said in text_of(app.queue_pane)
        assert app.queue_pane.highlighted is None
        await pilot.press("down", "enter", "v", "f", "x", "escape")


async def test_a_failed_refresh_keeps_the_tickets_and_tells_the_trouble() -> None:
    app = MesaApp()
    async with app.run_test(size=NARROW) as pilot:
        failed = app.first_tickets.failed(Trouble("Sem conexão", "freshdesk: recusou"))
        app.queue_pane.show(failed, me=sample.ME, vocabulary=sample.VOCABULARY)
        await settle(pilot)
        assert "▲ Sem conexão: freshdesk: recusou" in text_of(app.queue_pane)
        assert len(app.queue_pane.shown) == 300


async def test_a_refresh_keeps_the_cursor_and_repaints_what_changed() -> None:
    app = MesaApp()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "down")
        await settle(pilot)
        assert app.queue_pane.highlighted is not None
        here = app.queue_pane.highlighted.id
        feed = app.first_tickets
        with repainted() as regions:
            app.queue_pane.show(feed, me=sample.ME, vocabulary=sample.VOCABULARY)
            await settle(pilot)
        assert regions == []
        renamed = tuple(
            ticket.model_copy(update={"subject": "Outro assunto"}) if ticket.id == here else ticket
            for ticket in feed.items
        )
        with repainted() as regions:
            app.queue_pane.show(Feed(renamed, feed.as_of), me=sample.ME, vocabulary=sample.VOCABULARY)
            await settle(pilot)
        assert [region.height for region in regions] == [1]
        assert app.queue_pane.highlighted.id == here


async def test_time_moves_clocks_and_what_is_about_to_break() -> None:
    now = [sample.NOW]
    app = MesaApp(clock=lambda: now[0])
    async with app.run_test(size=WIDE) as pilot:
        app.queue_pane.show_view("vencendo")
        await settle(pilot)
        before = len(app.queue_pane.shown)
        now[0] += timedelta(hours=6)
        app.queue_pane.tick()
        await settle(pilot)
        assert len(app.queue_pane.shown) > before
        assert "dados de 10:37" in text_of(app.queue_pane)


async def test_the_columns_grow_with_the_room() -> None:
    heads = {}
    for width in (50, 74, 80, 130, 200):
        app = RoomyApp()
        async with app.run_test(size=(width, 24)) as pilot:
            await settle(pilot)
            heads[width] = text_of(app.queue_pane).split("\n")[2].split()
            rows = lines_of(app.queue_pane.query_one(LineList))
            assert all(len(row) <= width for row in rows)
    assert heads[50] == ["nº", "assunto", "prazo", "idade"]
    assert heads[74] == ["nº", "cliente", "assunto", "situação", "com", "prazo", "idade"]
    assert heads[80] == ["nº", "cliente", "assunto", "tipo", "situação", "com", "prazo", "idade"]
    assert heads[130] == heads[200] == heads[80]


async def test_moving_the_focus_repaints_titles_cursor_rows_and_keys_only() -> None:
    app = MesaApp(view=sample.ticket_view())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        with repainted() as regions:
            app.services_pane.focus()
            await settle(pilot)
        assert regions
        assert {region.height for region in regions} == {1}
        assert len({region.y for region in regions}) <= 5


async def test_choosing_and_selecting() -> None:
    app = MesaApp()
    async with app.run_test(size=NARROW) as pilot:
        assert app.queue_pane.select(48150)
        assert not app.queue_pane.select(1)
        await pilot.press("enter")
        await settle(pilot)
        assert app.said[-1] == QueuePane.Chosen(48150)


async def test_ten_thousand_tickets_are_filtered_as_they_are_typed() -> None:
    app = MesaApp(tickets=Feed(sample.tickets(10_000), as_of=sample.NOW))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        everything = app.queue_pane.shown
        await pilot.press("f", *"padaria boleto")
        await settle(pilot)
        expected = [
            entry.id
            for entry in everything
            if entry.ticket.client.startswith("Padaria") and entry.ticket.subject.startswith("Boleto")
        ]
        assert [entry.id for entry in app.queue_pane.shown] == expected
        assert len(expected) > 100


async def test_a_publication_brings_its_ticket_up_under_a_cursor_that_stays() -> None:
    app = MesaApp()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down")
        await settle(pilot)
        pane, feed = app.queue_pane, app.first_tickets
        here, last = pane.highlighted, pane.shown[-1]
        assert here is not None
        published = {last.id: chamado(12, ChamadoStatus.PUBLICADO, created_at=sample.NOW)}
        pane.show(feed, me=sample.ME, vocabulary=sample.VOCABULARY, published=published)
        await settle(pilot)
        assert (pane.shown[0].id, pane.shown[0].to_validate) == (last.id, True)
        assert pane.highlighted is not None
        assert pane.highlighted.id == here.id
        await pilot.press("home")
        await settle(pilot)
        assert "▌★" in text_of(pane)
        with repainted() as regions:
            again = dict(published)
            pane.show(feed, me=sample.ME, vocabulary=sample.VOCABULARY, published=again)
            await settle(pilot)
        assert regions == []
        pane.show(feed, me=sample.ME, vocabulary=sample.VOCABULARY)
        await settle(pilot)
        assert pane.shown[-1].id == last.id
        assert "★" not in text_of(pane)
