"""The sheet of a chamado reads the same before it is sent and afterwards."""

import pytest

from clients.boards.local import LocalBoard
from clients.models.lifecycle import LABELS
from clients.store import Store
from tests.support.form_desk import GOOD, NOON, licence
from widgets.chamado_text import chamado_text, draft_text

pytestmark = pytest.mark.anyio
DETAILS = {"integration": "Shopee", "tool_version": "3.2.1", "tool_system": "Moto G84, Android 14"}


@pytest.mark.parametrize("tool", ["Sistema", "Mobi", "Print Integrator", "Central de Integrações"])
@pytest.mark.parametrize("details", [DETAILS, {}], ids=["answered", "left-empty"])
async def test_what_the_last_look_showed_is_what_the_board_has(
    store: Store, tool: str, details: dict[str, str]
) -> None:
    draft = GOOD.model_copy(update={"tool": tool, **details})
    check = licence(draft.licence_email)
    looked_at = str(draft_text(draft, check, NOON))
    sent = await LocalBoard(store, lambda: NOON).submit(draft, author="Marina", licence=check)
    rows = [line for line in looked_at.splitlines() if "Notificar" not in line]
    rows[0] = f"nº {sent.number}  {rows[0]}"
    assert [row for row in rows if row not in str(chamado_text(sent, NOON, LABELS)).splitlines()] == []


def test_only_tools_on_the_clients_machine_have_a_version() -> None:
    for tool, expected in (("Sistema", False), ("SAT", True), ("Offline", True), ("API", False)):
        sheet = str(draft_text(GOOD.model_copy(update={"tool": tool, **DETAILS}), None, NOON))
        assert ("No cliente  versão 3.2.1 · Moto G84, Android 14" in sheet) == expected
        assert "Shopee" not in sheet
