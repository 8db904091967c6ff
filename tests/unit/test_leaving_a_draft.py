"""A page with a draft is closed before one goes to any mode."""

from pathlib import Path

import pytest

from tui.desk import Desk
from tui.modes import MODES
from tui.screens.draft_screen import DraftScreen
from tui.settings import Settings


@pytest.mark.parametrize("command_id", [*MODES, "sair-confirmando"])
def test_no_mode_is_left_for_while_a_draft_is_open(command_id: str, tmp_path: Path) -> None:
    page = DraftScreen(Desk(Settings.model_validate({"pasta_de_dados": tmp_path})))
    assert page.why_not(command_id) == DraftScreen.CLOSE_FIRST
