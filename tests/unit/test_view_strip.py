"""The line of saved views above the queue: whole at every width, the current one always there."""

import pytest

from clients.models.queue import QUEUE_VIEWS
from widgets.cells import line_width
from widgets.queue_head import ViewStrip

COUNTS = {view.id: 60 for view in QUEUE_VIEWS} | {"a_validar": 1, "minha_vez": 0}


@pytest.mark.parametrize("width", range(30, 140))
@pytest.mark.parametrize("current", [view.id for view in QUEUE_VIEWS])
def test_no_view_is_cut(width: int, current: str) -> None:
    strip = ViewStrip()
    strip._current, strip._counts = current, COUNTS
    line = strip.lay_out(width)
    assert line_width(line) <= width
    assert any(piece.text.startswith("[") for piece in line)


def test_what_was_not_read_is_not_counted_as_none() -> None:
    strip = ViewStrip()
    strip.tell("todos", {})
    told = "".join(piece.text for piece in strip.lay_out(140))
    assert "[todos ?]" in told
    assert "0" not in told
