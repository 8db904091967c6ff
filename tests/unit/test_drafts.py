import pytest

from clients.models.answer import Kind
from clients.store import Store
from tests.support.clock import Clock
from tui.drafts import Drafts, draft_key

REPLY, NOTE = draft_key(4102, Kind.REPLY), draft_key(4102, Kind.NOTE)


@pytest.fixture
def drafts(store: Store, clock: Clock) -> Drafts:
    return Drafts(store, clock)


def said(drafts: Drafts, key: str) -> str | None:
    draft = drafts.load(key)
    return draft.text if draft else None


def test_a_draft_is_on_disk_when_save_returns(drafts: Drafts, store: Store, clock: Clock) -> None:
    assert REPLY == "ticket:4102:reply"
    drafts.save(REPLY, "Olá, Marina\n")
    drafts.save(REPLY, "Olá, Marina,\n\nbom dia")
    again = Store(store.path)
    try:
        assert said(Drafts(again, clock), REPLY) == "Olá, Marina,\n\nbom dia"
    finally:
        again.close()


def test_a_draft_knows_what_it_is_to_replace_wherever_it_goes(drafts: Drafts) -> None:
    drafts.save(REPLY, "Olá")
    assert (loaded := drafts.load(REPLY))
    assert loaded.base is None
    assert drafts.begin("task:7:description", "Dois.", base="Um.")
    assert not drafts.begin("task:7:description", "Três.", base="Dois.")
    drafts.move("task:7:description", "task:8:description")
    moved = drafts.load("task:8:description")
    assert moved is not None
    assert (moved.text, moved.base) == ("Dois.", "Um.")
    assert drafts.tickets() == {4102}


def test_an_emptied_text_leaves_no_draft(drafts: Drafts) -> None:
    drafts.save(REPLY, "Olá")
    drafts.save(REPLY, "  \n")
    assert drafts.load(REPLY) is None


def test_a_draft_that_was_written_on_is_not_discarded_with_what_was_sent(drafts: Drafts) -> None:
    drafts.save(REPLY, "Já resolvido. E mais uma coisa")
    drafts.discard(REPLY, only="Já resolvido.")
    assert said(drafts, REPLY) == "Já resolvido. E mais uma coisa"
    drafts.discard(REPLY, only="Já resolvido. E mais uma coisa\n")
    assert said(drafts, REPLY) is None


def test_a_reply_that_becomes_a_note_takes_its_draft_along(drafts: Drafts) -> None:
    drafts.save(REPLY, "Cliente pediu retorno")
    assert drafts.move(REPLY, NOTE)
    assert (said(drafts, REPLY), said(drafts, NOTE)) == (None, "Cliente pediu retorno")


def test_moving_a_draft_never_overwrites_another(drafts: Drafts) -> None:
    drafts.save(REPLY, "Para o cliente")
    drafts.save(NOTE, "Entre nós")
    assert not drafts.move(REPLY, NOTE)
    assert (said(drafts, REPLY), said(drafts, NOTE)) == ("Para o cliente", "Entre nós")


def test_half_a_character_from_a_broken_paste_is_stored(drafts: Drafts) -> None:
    drafts.save(REPLY, "ok \ud83d")
    assert said(drafts, REPLY) == "ok \ufffd"
    drafts.discard(REPLY, only="ok \ud83d")
    assert drafts.load(REPLY) is None
