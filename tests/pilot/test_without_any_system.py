"""A desk on which nothing is configured yet: each mode and page opens, and says why it is empty."""

from pathlib import Path

import pytest

from tests.support.clock import frozen
from tests.support.desk import NARROW, sitting
from tui.desk import Desk
from tui.screens.mesa import MesaScreen
from tui.settings import Settings

pytestmark = pytest.mark.anyio
NO_TICKETS, NO_SERVICES = "Freshdesk não configurado", "Monitoramento não configurado"
NO_TASKS, NO_SLACK = "Redmine não configurado", "Slack não configurado"
MODES = {
    "1": ("Fila ?", f"{NO_TICKETS}.", "Complete [freshdesk]"),
    "f2": (f"{NO_SERVICES}.", "Complete [monitor]"),
    "f4": ("Nenhum ticket em foco.", "Escolha um na fila"),
    "2": ("[minhas ?]", f"{NO_TASKS}.", "Complete [redmine]"),
    "3": ("Chamados 0 enviados", "Nenhum chamado ainda.", "Abra um a partir de um ticket"),
    "4": ("quem está", f"{NO_SERVICES}.", "Complete [monitor]"),
    "5": ("[Hoje]", f"{NO_TASKS}.", "Complete [redmine]"),
    "v": ("[Semana]", f"{NO_TASKS}."),
    "V": ("[Gráficos]", f"{NO_TASKS}."),
}
"""What is seen after each key, one after the other."""
PAGES = {
    "R": ("Rotina da manhã", NO_SERVICES, NO_TICKETS, NO_TASKS),
    "E": ("Passagem de turno", NO_SERVICES, NO_TICKETS, NO_SLACK, "Chamados à nossa espera · nada"),
    "P": ("Nada pendente.", "Tudo o que você confirmou foi feito"),
    "H": ("Nenhum cronômetro.", "Na Mesa, i conta"),
}


async def test_each_mode_and_page_says_why_it_is_empty(tmp_path: Path) -> None:
    desk = Desk(Settings.model_validate({"pasta_de_dados": tmp_path}), frozen)
    async with sitting(desk, NARROW) as seat:
        await seat.until(lambda: desk.is_open, "opened")
        for key, words in MODES.items():
            await seat.press(key.lower())
            await seat.sees(*words)
        await seat.press("u", "1")
        await seat.arrives_at(MesaScreen)
        for key, words in PAGES.items():
            await seat.press(key)
            await seat.sees(*words)
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
        assert not seat.toasts, "nothing went wrong"
