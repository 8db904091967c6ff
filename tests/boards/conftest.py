"""One suite for every board: each test runs on each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.boards import BoardLab, local_lab, redmine_board_lab
from tests.support.redmine_lab import Lab, real_lab, sandbox_lab

REDMINES = [
    pytest.param("sandbox", marks=pytest.mark.xdist_group("redmine")),
    pytest.param("real", marks=[pytest.mark.contract, pytest.mark.xdist_group("redmine")]),
]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with sandbox_lab(tmp_path_factory.mktemp("redmine")) as lab:
        yield lab


@pytest.fixture(scope="module")
def real() -> Iterator[Lab]:
    with real_lab() as lab:
        yield lab


@pytest.fixture(params=REDMINES)
def redmine(request: pytest.FixtureRequest) -> Lab:
    """A Redmine, whichever it is."""
    lab: Lab = request.getfixturevalue(request.param)
    lab.without_chamados()
    return lab


@pytest.fixture(params=["local", *REDMINES])
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BoardLab]:
    """A board, wherever it is kept."""
    if request.param == "local":
        with local_lab(tmp_path) as lab:
            yield lab
    else:
        redmine: Lab = request.getfixturevalue(request.param)
        redmine.without_chamados()
        with redmine_board_lab(redmine) as lab:
            yield lab
