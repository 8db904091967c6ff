from dataclasses import replace

import pytest

from clients.models.feed import Feed
from tests.support import desk_sample as sample
from tests.support.mesa import MesaApp
from tests.support.painted import lines_of, settle
from widgets.pane import PaneTitle
from widgets.preview_pane import PreviewText

pytestmark = pytest.mark.anyio


def shown(app: MesaApp) -> str:
    return "\n".join(lines_of(app.preview_pane.query_one(PreviewText)))


async def test_news_of_the_same_ticket_do_not_move_the_text() -> None:
    app = MesaApp(view=sample.ticket_view())
    async with app.run_test(size=(120, 30)) as pilot:
        app.preview_pane.focus()
        await pilot.press("pagedown", "up", "j")
        await settle(pilot)
        top = app.preview_pane.query_one(PreviewText).top
        assert top > 0
        app.preview_pane.show(sample.ticket_view(), sample.VOCABULARY)
        await settle(pilot)
        assert app.preview_pane.query_one(PreviewText).top == top
        app.preview_pane.show(sample.ticket_view(5), sample.VOCABULARY)
        await settle(pilot)
        assert app.preview_pane.query_one(PreviewText).top == 0
        assert app.preview_pane.ticket_id == 48205
        assert "#48205" in lines_of(app.preview_pane.query_one(PaneTitle))[0]


async def test_enter_unfolds_what_mails_quote() -> None:
    app = MesaApp(view=sample.ticket_view())
    async with app.run_test(size=(120, 70)) as pilot:
        app.preview_pane.focus()
        await settle(pilot)
        assert "escreveu:" not in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "escreveu:" in shown(app)


async def test_without_a_ticket_it_says_what_to_do() -> None:
    app = MesaApp()
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "Nenhum ticket em foco." in shown(app)
        assert app.preview_pane.ticket_id is None


async def test_a_long_conversation_scrolls_to_its_end() -> None:
    view = sample.ticket_view()
    many = tuple(
        said.model_copy(update={"id": number * 10 + said.id, "text": "linha\n" * 100 + f"fim {number}"})
        for number in range(10)
        for said in view.conversations.items
    )
    app = MesaApp(view=replace(view, conversations=Feed(many, as_of=sample.NOW)))
    async with app.run_test(size=(120, 30)) as pilot:
        app.preview_pane.focus()
        await pilot.press("end")
        await settle(pilot)
        assert "fim 9" in shown(app)
        await pilot.press("home")
        await settle(pilot)
        assert view.ticket.subject in shown(app)
