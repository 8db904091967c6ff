from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "plantao.db")
    yield opened
    opened.close()
