from datetime import timedelta

import pytest

from tests.support.form_desk import NOON, licence
from widgets.licence_line import licence_line


@pytest.mark.parametrize(
    ("later", "told"), [(timedelta(hours=3), "10/03 12:00"), (timedelta(days=365), "10/03/2026 12:00")]
)
def test_a_check_of_another_year_is_not_read_as_one_of_this_year(later: timedelta, told: str) -> None:
    line = licence_line(licence("ana@exemplo.com.br"), NOON + later)
    assert line.plain == f"● válida · Padaria Aurora · até 31/12/2026 · lista de licenças, {told}"
