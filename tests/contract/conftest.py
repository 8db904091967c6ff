"""Every contract test runs on the real server and on the sandbox; a module starts on fresh data."""

from collections.abc import Iterator

import pytest

from tests.support.redmine_lab import Lab, real_lab, sandbox_lab


@pytest.fixture(scope="module", params=["real", "sandbox"])
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    if request.param == "real":
        with real_lab() as lab:
            yield lab
    else:
        with sandbox_lab(tmp_path_factory.mktemp("redmine")) as lab:
            yield lab
