"""The plain list of chamados: drafts on top, the one under the cursor in full."""

from datetime import timedelta

import pytest
from textual.app import App, ComposeResult
from textual.message import Message

from clients.models.chamado import ChamadoDraft
from clients.models.feed import Feed, Trouble
from clients.models.lifecycle import LABELS, MEANING, ChamadoStatus
from tests.support.chamados import BEGUN, NOW, chamado, one_in_each_status
from widgets.chamado_list import ChamadoList
from widgets.chamado_row import row_key
from widgets.detail import Detail

pytestmark = pytest.mark.anyio
SMALL, LARGE = (80, 24), (120, 36)


class ListDesk(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ChamadoList(clock=lambda: NOW)

    def on_mount(self) -> None:
        self.list.focus()

    @property
    def list(self) -> ChamadoList:
        return self.query_one(ChamadoList)

    def on_chamado_list_draft_chosen(self, message: ChamadoList.DraftChosen) -> None:
        self.heard.append(message)

    def detail(self) -> str:
        return str(self.query_one("Detail > Static").render())

    def picture(self) -> str:
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_drafts_come_first_and_the_detail_follows_the_cursor(size: tuple[int, int]) -> None:
    app = ListDesk()
    async with app.run_test(size=size) as pilot:
        app.list.show(Feed(one_in_each_status(), NOW), (BEGUN,))
        await pilot.pause()
        assert app.list.highlighted == BEGUN
        assert "rascunho" in app.picture()
        assert "Etiqueta não imprime" in app.detail()
        for status in ChamadoStatus:
            await pilot.press("down")
            await pilot.pause()
            assert LABELS[status] in app.detail()
            assert MEANING[status] in app.detail(), "what it means for the client"


async def test_enter_continues_a_draft_and_reads_a_chamado() -> None:
    app = ListDesk()
    async with app.run_test(size=SMALL) as pilot:
        app.list.show(Feed((chamado(1),), NOW), (BEGUN,))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        (message,) = app.heard
        assert isinstance(message, ChamadoList.DraftChosen)
        assert message.draft == BEGUN
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.query_one(Detail).has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert app.list.rows.has_focus


async def test_a_draft_that_was_sent_is_not_listed_twice() -> None:
    app = ListDesk()
    async with app.run_test(size=SMALL) as pilot:
        app.list.show(Feed((chamado(1),), NOW), (ChamadoDraft(id="c1", title="x"), BEGUN))
        await pilot.pause()
        assert len(app.list.rows.rows) == 2


def under(app: ListDesk) -> str:
    assert app.list.highlighted is not None
    return row_key(app.list.highlighted)


async def test_the_cursor_goes_to_what_was_just_sent_or_left() -> None:
    app = ListDesk()
    async with app.run_test(size=SMALL) as pilot:
        first = chamado(1)
        app.list.show(Feed((first,), NOW), ())
        await pilot.pause()
        assert under(app) == row_key(first)
        left = BEGUN.model_copy(update={"id": "c2", "updated_at": NOW})
        app.list.show(Feed((first,), NOW), (left,), resumed=True)
        await pilot.pause()
        assert under(app) == row_key(left)
        sent = chamado(2, created_at=NOW)
        app.list.show(Feed((sent, first), NOW), ())
        await pilot.pause()
        assert under(app) == row_key(sent)
        await pilot.press("end")
        app.list.show(Feed((sent, first), NOW), ())
        await pilot.pause()
        assert under(app) == row_key(first), "it stays where the analyst put it"
        again = BEGUN.model_copy(update={"updated_at": NOW + timedelta(minutes=1)})
        app.list.show(Feed((sent, first), NOW), (again,), resumed=True)
        await pilot.pause()
        assert under(app) == row_key(again)
        assert "Etiqueta não imprime" in app.detail()


async def test_the_cursor_stays_where_somebody_else_sends_one() -> None:
    app = ListDesk()
    async with app.run_test(size=SMALL) as pilot:
        first = chamado(1)
        app.list.show(Feed((first,), NOW), (), resumed=True)
        theirs = chamado(2, created_at=NOW)
        app.list.show(Feed((theirs, first), NOW), ())
        await pilot.pause()
        assert under(app) == row_key(first)


async def test_an_empty_list_says_why_and_what_to_do() -> None:
    app = ListDesk()
    async with app.run_test(size=SMALL) as pilot:
        app.list.show(Feed((), NOW), ())
        await pilot.pause()
        assert "Nenhum chamado ainda." in app.picture()
        trouble = Trouble("Dados locais indisponíveis", "disco cheio", "Libere espaço.")
        app.list.show(Feed((), None, trouble), ())
        await pilot.pause()
        assert "disco cheio" in app.picture()


async def test_hostile_words_are_shown_as_text() -> None:
    app = ListDesk()
    hostile = "[@click=app.quit]x[/b]\x1b]0;y\x07\u202e"
    async with app.run_test(size=LARGE) as pilot:
        app.list.show(
            Feed((chamado(1, title=hostile, description=hostile, author=hostile),), NOW),
            (BEGUN.model_copy(update={"title": hostile}),),
        )
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        picture = app.picture()
        assert "[/b]" in picture
        assert not {"\x1b", "\x07", "\u202e"} & set(picture)
