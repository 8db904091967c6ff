import re

import pytest

from clients.models.lifecycle import ChamadoStatus
from clients.models.queue import Queue, QueueEntry
from clients.models.ticket import Turn
from tests.support.chamados import chamado
from tests.support.desk_sample import ME, NOW, VOCABULARY, tickets
from widgets import phrases
from widgets.cells import line_width
from widgets.queue_row import Columns, draw_entry, draw_header

ENTRIES = Queue.read(tickets(60), me=ME, vocabulary=VOCABULARY, now=NOW).entries


@pytest.mark.parametrize("width", [40, 44, 60, 76, 80, 100, 150, 200])
def test_a_row_fills_its_width_as_the_header_does(width: int) -> None:
    columns = Columns.for_width(width)
    assert {line_width(draw_entry(entry, columns, NOW)) for entry in ENTRIES} == {width}
    assert line_width(draw_header(columns)) == width + 1  # the list's own first cell is above the header


def test_what_is_to_be_validated_has_a_mark_of_its_own() -> None:
    columns, ticket = Columns.for_width(76), ENTRIES[0].ticket
    answered = ticket.model_copy(update={"stats": None})
    entry = QueueEntry.of(answered, ME, VOCABULARY, chamado(7, ChamadoStatus.PUBLICADO))
    glyphs = {phrases.turn(turn)[0] for turn in Turn}
    mark = draw_entry(entry, columns, NOW)[0].text.strip()
    assert mark == phrases.TO_VALIDATE[0]
    assert mark not in glyphs
    assert line_width(draw_entry(entry, columns, NOW)) == 76


def test_deadline_and_age_do_not_read_as_one_time() -> None:
    columns = Columns.for_width(76)
    for entry in ENTRIES:
        row = "".join(piece.text for piece in draw_entry(entry, columns, NOW))
        assert row[-columns.age - 2 : -columns.age] == "  "
        assert not re.search(r"em \d+ \w+ \d+ \w+$", row)
