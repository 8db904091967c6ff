"""One suite for every board: each test runs on each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.boards import BoardLab, local_lab


@pytest.fixture(params=["local"])
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BoardLab]:
    with local_lab(tmp_path) as lab:
        yield lab
