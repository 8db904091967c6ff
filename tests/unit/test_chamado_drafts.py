"""A chamado that was begun is never lost, and one that is gone never comes back."""

from datetime import timedelta

import pytest

from clients.models.chamado import ChamadoDraft
from clients.store import Store
from tests.support.clock import Clock
from tui.chamado_drafts import TABLE, ChamadoDrafts
from tui.drafts import Drafts, rewriting_key


@pytest.fixture
def drafts(store: Store, clock: Clock) -> ChamadoDrafts:
    return ChamadoDrafts(store, clock)


def test_a_draft_is_on_disk_when_save_returns(drafts: ChamadoDrafts, store: Store, clock: Clock) -> None:
    drafts.save(ChamadoDraft(id="a", title="Pedido"))
    saved = drafts.save(ChamadoDraft(id="a", title="Pedido não salva", flow="Vendas >", ticket_id=7))
    again = Store(store.path)
    try:
        assert ChamadoDrafts(again, clock).list() == (saved,)
    finally:
        again.close()
    assert saved.updated_at == clock.now
    assert [draft.id for draft in drafts.list()] == ["a"]


def test_a_draft_from_before_a_field_was_asked_for_still_loads(drafts: ChamadoDrafts, store: Store) -> None:
    drafts.save(ChamadoDraft(id="a", title="Pedido", tool="Mobi"))
    row = dict(store.table(TABLE).all()[0])
    del row["tool_version"], row["tool_system"]
    store.table(TABLE).truncate()
    store.table(TABLE).insert(row)
    (draft,) = drafts.list()
    assert (draft.title, draft.tool_version, draft.tool_system) == ("Pedido", "", "")


def test_drafts_are_listed_newest_first_and_found_by_ticket(drafts: ChamadoDrafts, clock: Clock) -> None:
    drafts.save(ChamadoDraft(id="a", ticket_id=7))
    clock.forward(minutes=1)
    drafts.save(ChamadoDraft(id="b"))
    assert [draft.id for draft in drafts.list()] == ["b", "a"]
    found = drafts.of_ticket(7)
    assert found is not None
    assert found.id == "a"
    assert drafts.of_ticket(8) is None


def test_a_late_save_does_not_bring_back_what_is_gone(drafts: ChamadoDrafts) -> None:
    draft = drafts.save(ChamadoDraft(id="a", title="Pedido"))
    drafts.discard("a")
    drafts.save(draft)
    assert drafts.list() == ()


def test_what_was_made_of_proposals_goes_with_its_draft(
    drafts: ChamadoDrafts, store: Store, clock: Clock
) -> None:
    texts = Drafts(store, clock)
    for draft_id in ("a", "ab"):
        texts.save(rewriting_key(draft_id, "Onde: Vendas"), "Onde: Vendas > Pedidos")
    drafts.discard("a")
    assert texts.load(rewriting_key("a", "Onde: Vendas")) is None
    assert texts.load(rewriting_key("ab", "Onde: Vendas")) is not None


def test_what_is_long_gone_leaves_nothing_behind(drafts: ChamadoDrafts, store: Store, clock: Clock) -> None:
    drafts.save(ChamadoDraft(id="a", title="Pedido"))
    drafts.save(ChamadoDraft(id="b", title="Nota"))
    drafts.discard("a")
    clock.forward(days=20)
    drafts.discard("c")
    drafts.forget_gone(clock.now - timedelta(days=10))
    assert {row["id"] for row in store.table("chamado_drafts").all()} == {"b", "c"}
    assert [draft.id for draft in drafts.list()] == ["b"], "what is still a draft stays, however old"


def test_half_a_character_does_not_stop_the_saving(drafts: ChamadoDrafts) -> None:
    drafts.save(ChamadoDraft(id="a", title="ok \ud83d fim"))
    (found,) = drafts.list()
    assert found.title == "ok \ufffd fim"
