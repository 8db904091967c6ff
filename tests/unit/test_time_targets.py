"""What time is to be logged on: a task by its number, a ticket by its #, both by a link."""

import pytest

from tui.time_targets import time_targets

FRESHDESK, REDMINE = "https://suporte.exemplo.com.br", "https://redmine.exemplo.com.br"


@pytest.mark.parametrize(
    ("typed", "targets"),
    [
        ("3017", ("task:3017", "ticket:3017")),
        ("#4102", ("ticket:4102", "task:4102")),
        (" t3017 ", ("task:3017",)),
        ("tarefa 3017", ("task:3017",)),
        ("ticket 4102", ("ticket:4102",)),
        (f"{FRESHDESK}/a/tickets/4102", ("ticket:4102",)),
        (f"{REDMINE}/issues/3017", ("task:3017",)),
        ("chamado 12", ()),
        ("nada", ()),
        ("#0", ()),
    ],
)
def test_a_number_or_a_link_is_read_as_people_write_it(typed: str, targets: tuple[str, ...]) -> None:
    assert time_targets(typed, FRESHDESK, REDMINE) == targets
