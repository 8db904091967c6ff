"""[tarefas]: views of one's own, and what is refused of them."""

from datetime import timedelta
from typing import get_args

import pytest
from pydantic import ValidationError

from clients.models.task_views import BUILT_IN, listed
from tests.support.clock import NOW
from tests.support.tasks import ME, entry
from tui.settings_tasks import BuiltIn, TaskSettings


def test_without_a_word_there_are_the_built_in_views() -> None:
    assert tuple(view.id for view in TaskSettings().all_views) == BUILT_IN
    assert get_args(BuiltIn) == BUILT_IN


def test_ones_own_views_come_after_them_and_hold_what_they_say() -> None:
    settings = TaskSettings.model_validate(
        {"visoes": {"urgentes": {"prioridade": ["Urgente"]}, "da casa": {"de": "criadas", "ordem": "titulo"}}}
    )
    *_, urgent, house = settings.all_views
    assert (urgent.label, house.label) == ("urgentes", "da casa")
    rows = (
        entry(1, assigned=ME, priority=4),
        entry(2, assigned=ME),
        entry(3, author=ME, subject="Zelo"),
        entry(4, author=ME, subject="Alvo"),
    )
    since = NOW - timedelta(days=30)
    assert [one.id for one in listed(rows, urgent, since)] == [1]
    assert [one.id for one in listed(rows, house, since)] == [4, 3]


@pytest.mark.parametrize(
    "wrong",
    [
        {"visoes": {"x": {"de": "todas"}}},
        {"visoes": {"x": {"situação": ["Nova"]}}},
        {"visoes": {"x": {"ordem": "cor"}}},
        {"visoes": {"x": {"tipo": [""]}}},
        {"colunas": ["assunto"]},
        {"colunas": []},
        {"dias_concluidas": 0},
        {"intervalo": 5},
    ],
)
def test_what_means_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TaskSettings.model_validate(wrong)
